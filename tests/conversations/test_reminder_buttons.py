"""What patients answer to a reminder: Confirm, Change, Cancel, or words."""

import pytest

from calendar_sync import booking, by_hand, reminding
from calendar_sync.models import (
    Appointment,
    BookedBy,
    PatientConfirmation,
)
from conversations.models import Conversation, Message
from conversations.turns import TURN, run_turn
from tenants.models import WorkItem
from tests.conversations.conftest import lease_for
from tests.conversations.practice import local, practice

BUTTONS = [{"id": "confirm:{reference}", "title": "Confirm"}, {"id": "cancel:{reference}", "title": "Cancel"}]

__all__ = ["practice"]


@pytest.fixture
def reminded(practice, twilio):
    made = practice.book("2026-12-03 10:00", offsets=[1440])
    practice.wrote("2026-12-02 09:00")
    practice.at("2026-12-02 10:00")
    practice.out().update(delivery="delivered", provider_id="SM" + "e" * 32)
    Message.objects.filter(direction="in").update(answered_by=0)
    WorkItem.objects.filter(kind=TURN).delete()
    return made


def hear(practice, listener):
    conversation = Conversation.objects.get()
    run_turn(
        practice.business, conversation.pk, lease_for(practice.business, TURN, conversation.pk), receptionist=listener
    )
    return listener.inputs[-1].arrivals


def test_confirm_is_written_down_and_thanked_for_without_a_turn(practice, reminded, twilio):
    twilio.says("Confirm", ButtonText="Confirm", ButtonPayload=f"confirm:{reminded.reference}")
    confirmation = PatientConfirmation.objects.get()
    assert (confirmation.appointment, confirmation.revision) == (reminded, 1)
    assert practice.out().order_by("-pk").first().text == (
        "Thank you, Rosa. We look forward to seeing you Thursday 3 December at 10:00."
    )
    assert not WorkItem.objects.filter(kind=TURN).exists()
    twilio.says("Confirm", ButtonText="Confirm", ButtonPayload=f"confirm:{reminded.reference}")
    assert PatientConfirmation.objects.count() == 1


def test_a_moved_appointment_has_to_be_confirmed_anew(practice, reminded, twilio):
    twilio.says("Confirm", ButtonPayload=f"confirm:{reminded.reference}")
    assert reminding.confirmed_at(reminded) is not None
    moved = by_hand.move_by_hand(
        practice.business,
        reminded,
        starts_at=local("2026-12-04 11:00"),
        practitioner=reminded.practitioner,
        user_id=None,
        overrule=True,
    )
    assert reminding.confirmed_at(moved) is None


def test_a_confirmation_of_what_no_longer_stands_is_for_the_assistant(practice, reminded, twilio):
    booking.cancel(practice.business, reminded, by=BookedBy.STAFF)
    twilio.says("Confirm", ButtonPayload=f"confirm:{reminded.reference}")
    assert not PatientConfirmation.objects.exists()
    assert WorkItem.objects.filter(kind=TURN).exists()


def test_somebody_elses_appointment_is_not_confirmed(practice, reminded, twilio):
    Appointment.objects.update(contact_id=reminded.contact_id + 1)
    twilio.says("Confirm", ButtonPayload=f"confirm:{reminded.reference}")
    assert not PatientConfirmation.objects.exists()


def test_while_staff_have_it_a_confirmation_is_written_down_in_silence(practice, reminded, twilio):
    Conversation.objects.update(handling="staff")
    before = practice.out().count()
    twilio.says("Confirm", ButtonPayload=f"confirm:{reminded.reference}")
    assert (PatientConfirmation.objects.count(), practice.out().count()) == (1, before)


def test_the_assistant_knows_what_was_said_and_which_appointment_is_meant(practice, reminded, twilio, listener):
    twilio.says("Could I come an hour later?")
    twilio.says("or on Friday")
    _, told, first, second = hear(practice, listener)
    assert (told.author, reminded.reference in told.text) == ("system", True)
    assert (first.about, second.about) == (reminded.reference, "")


def test_a_quoted_reminder_is_known_also_later(practice, reminded, twilio, listener):
    twilio.says("What do I have to bring?")
    hear(practice, listener)
    twilio.says("And this one, can I change it?", OriginalRepliedMessageSid="SM" + "e" * 32)
    assert hear(practice, listener)[-1].about == reminded.reference


def test_after_somebody_else_wrote_it_is_no_longer_about_the_reminder(practice, reminded, twilio, listener, clinic):
    from conversations import outbox

    outbox.queue(clinic, Conversation.objects.get(), "Alice here: do you still need the letter?", author="staff")
    twilio.says("Yes please")
    assert hear(practice, listener)[-1].about == ""


def test_the_other_buttons_name_their_appointment_themselves(practice, reminded, twilio, listener):
    twilio.says("Cancel", ButtonPayload=f"cancel:{reminded.reference}")
    last = hear(practice, listener)[-1]
    assert (last.text, last.choice, last.about) == ("Cancel", f"cancel:{reminded.reference}", "")
