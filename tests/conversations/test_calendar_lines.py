"""A reply that booked or moved something ends with the address of its calendar file."""

import datetime as dt
import re

import pytest
from django.conf import settings
from django.db import connection
from icalendar import Calendar

from agents.models import Step, TranscriptEntry
from agents.types import Reply
from calendar_sync import booking, patients, slots, tickets
from calendar_sync.ics.links import link_for
from calendar_sync.models import Appointment, BookedBy, Service
from conversations.simulation import SimulatedPatient
from conversations.turns import TURN, run_turn
from tenants import clock
from tenants.models import Business
from tests.conversations.conftest import lease_for, sent_texts

MONDAY = dt.datetime(2026, 11, 23, 8, 0, tzinfo=dt.UTC)


@pytest.fixture
def take_turn(clinic, conversation, listener):
    def run():
        run_turn(clinic, conversation.pk, lease_for(clinic, TURN, conversation.pk), receptionist=listener)
        return sent_texts(conversation)

    return run


@pytest.fixture
def acting(clinic, conversation, listener):
    """What the assistant does in its turn before it answers."""

    def act(*acts):
        def all_of_them():
            from agents.models import Turn

            turn = Turn.objects.latest("pk")
            for each in acts:
                each(turn.pk)

        listener.meanwhile = [all_of_them]

    return act


@pytest.fixture
def ticket(clinic, conversation):
    def made(place):
        window = (clock.now(), clock.now() + dt.timedelta(days=20))
        offers = slots.find_slots(clinic, service=Service.objects.get(name="Check-up"), window=window)
        return tickets.issue(clinic, offers[place], contact_id=conversation.contact_id)

    return made


@pytest.fixture
def book(clinic, conversation, ticket):
    def made(turn_id, place=0):
        contact_id = conversation.contact_id
        return booking.book(
            clinic,
            ticket=ticket(place),
            contact_id=contact_id,
            patient=patients.patient_for(contact_id, "Rosa Blum"),
            by=BookedBy.ASSISTANT,
            turn_id=turn_id,
        )

    return made


def test_a_booking_carries_its_link_as_the_last_line(take_turn, listener, acting, book, clinic):
    listener.outcomes = [Reply(text="You're booked in.")]
    acting(book)
    [text] = take_turn()
    link = link_for(clinic, Appointment.objects.get())
    assert text == f"You're booked in.\n\nAdd to your calendar: {link}"
    assert not any(link in str(entry.blocks) for entry in TranscriptEntry.objects.all())


def test_a_move_carries_it_again_and_a_cancellation_does_not(
    take_turn, write, listener, acting, book, ticket, clinic, conversation
):
    made = book(None)
    link = link_for(clinic, made)
    listener.outcomes = [Reply(text="Moved."), Reply(text="Cancelled.")]

    def move(turn_id):
        contact_id, by = conversation.contact_id, BookedBy.ASSISTANT
        booking.reschedule(clinic, made, ticket=ticket(9), contact_id=contact_id, by=by, turn_id=turn_id)

    acting(move)
    [moved] = take_turn()
    assert moved.endswith(link)
    write("Cancel it, please")
    acting(lambda turn_id: booking.cancel(clinic, made, by=BookedBy.ASSISTANT, turn_id=turn_id))
    assert take_turn()[-1] == "Cancelled."


def test_a_reply_that_made_nothing_carries_nothing(take_turn, listener, book):
    book(None)
    listener.outcomes = [Reply(text="We open at eight.")]
    assert take_turn() == ["We open at eight."]


def test_several_are_told_apart_by_their_time(take_turn, listener, acting, book):
    listener.outcomes = [Reply(text="Both are booked.")]
    acting(book, lambda turn_id: book(turn_id, place=20))
    [text] = take_turn()
    lines = text.splitlines()[2:]
    assert len(lines) == len(set(lines)) == 2
    assert all(
        re.fullmatch(r"Add to your calendar, \w+ \d+ \w+ at \d\d:\d\d: http\S+/c/\S+\.ics", each) for each in lines
    )


def test_it_is_said_in_the_businesss_language(take_turn, listener, acting, book, clinic):
    Business.objects.filter(pk=clinic.pk).update(language="pt-BR")
    clinic.refresh_from_db()
    listener.outcomes = [Reply(text="Está marcado.")]
    acting(book)
    assert "Adicionar ao seu calendário: http" in take_turn()[0]


def test_a_patient_gets_a_link_that_opens_and_the_model_never_sees_it(clinic, client):
    with clock.pinned(MONDAY):
        maria = SimulatedPatient(clinic, "+447911123456", "Maria", provider="guided")
        maria.say("I'd like a check-up on Wednesday at 10am please")
        booked = " ".join(maria.say("Yes"))
        maria.say("Can I move it to Thursday at 11am?")
        moved = " ".join(maria.say("Yes"))
        [visit] = maria.visits
        assert visit.start.isoformat() == "2026-11-26T11:00:00+00:00"
        [link], [again] = re.findall(r"http\S+\.ics", booked), re.findall(r"http\S+\.ics", moved)
        assert link == again
        told = [str(each.blocks) for each in TranscriptEntry.objects.all()]
        told += [str(each.__dict__) for each in Step.objects.all()]
        assert told
        assert not any("/c/" in each for each in told)
        connection.set_schema_to_public()
        response = client.get(link.removeprefix(settings.PUBLIC_ORIGIN))
    [event] = Calendar.from_ical(response.content).events
    assert event.start.isoformat() == "2026-11-26T11:00:00+00:00"
    assert b"Maria" not in response.content
