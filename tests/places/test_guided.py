"""Patients of a business in two places, answered by the guided flow with the real diary, in five languages."""

import datetime as dt

import pytest

from calendar_sync.models import Appointment, HoursException, Practitioner, Service, WaitlistEntry
from tests.agents.conftest import say

__all__ = ["say"]

ASKED = {
    "en": ("A check-up on Tuesday at 11 please", "Headingley", "yes", "Which location would you like?"),
    "de": ("Ich hätte gern eine Kontrolle am Dienstag um 11", "in Headingley", "ja", "An welchen Standort"),
    "es": ("Hola, quiero una revisión el martes a las 11", "la segunda", "sí", "¿En qué sede"),
    "fr": ("Bonjour, je voudrais un contrôle mardi à 11h", "à Headingley", "oui", "Quel site préférez-vous"),
    "pt": ("Olá, queria marcar um check-up na terça-feira às 11h", "a 2", "sim", "Em que local prefere?"),
}
EITHER = {
    "en": ("A check-up on Tuesday at 11 please", "either"),
    "de": ("Ich hätte gern eine Kontrolle am Dienstag um 11", "egal"),
    "es": ("Hola, quiero una revisión el martes a las 11", "me da igual"),
    "fr": ("Bonjour, je voudrais un contrôle mardi à 11h", "peu importe"),
    "pt": ("Olá, queria marcar um check-up na terça-feira às 11h", "tanto faz"),
}


@pytest.fixture
def write(headingley, say):
    """`write("text")` → what is answered."""
    return lambda text, **more: say(text, provider="guided", **more).outcome.text


@pytest.mark.parametrize(("wish", "place", "yes", "question"), ASKED.values(), ids=ASKED.keys())
def test_it_asks_where_once_and_books_there(write, wish, place, yes, question):
    asked = write(wish)
    assert question in asked
    assert "1. Park Street, 1 Park Street, Leeds\n2. Headingley, 2 Otley Road, Leeds" in asked
    read_back = write(place)
    assert "Headingley, 2 Otley Road, Leeds" in read_back
    assert question not in read_back
    assert "Headingley" in write(yes)
    assert Appointment.objects.get().where.name == "Headingley"


@pytest.mark.parametrize(("wish", "either"), EITHER.values(), ids=EITHER.keys())
def test_whoever_does_not_mind_gets_a_time_with_its_place(write, wish, either):
    write(wish)
    assert "Park Street, 1 Park Street, Leeds" in write(either)


def test_a_place_named_at_once_is_not_asked_for(write):
    offered = write("A check-up on Tuesday at 11 at the Headingley branch please")
    assert "Dr Bea Wolf on Tuesday 24 November at 11:00" in offered


def test_a_place_without_an_address_is_told_by_its_name(write, headingley):
    headingley.address = ""
    headingley.save()
    assert "2. Headingley\n" in write("A check-up on Tuesday at 11 please")
    assert "That is at Headingley." in write("the second one")
    assert "That is at Headingley." in write("yes")


def test_nothing_is_asked_where_only_one_place_has_the_time(write):
    offered = write("A check-up on Tuesday at 9 please")
    assert "Shall I book it?" in offered
    assert "Park Street, 1 Park Street, Leeds" in offered


def test_nothing_is_asked_where_only_one_place_does_it(write):
    Practitioner.objects.get(name="Dr Bea Wolf").services.remove(Service.objects.get(name="Hygienist"))
    assert "Dr Ada Silva" in write("The hygienist on Tuesday at 11 please")


def test_nothing_is_asked_where_a_practitioner_is_named(write):
    assert "Headingley" in write("A check-up with Dr Wolf on Tuesday at 11 please")


def test_whoever_does_not_mind_sees_each_time_once(write):
    write("A check-up on Tuesday afternoon please")
    listed = write("either")
    times = [line.split(" at ")[1][:5] for line in listed.splitlines() if line[:1].isdigit()]
    assert len(times) == len(set(times)) > 2
    assert "Park Street" in listed
    assert "Headingley" in listed
    third = next(line for line in listed.splitlines() if line.startswith("3."))
    assert third.rsplit(", ", 1)[1] in write("3")


def test_an_appointment_is_moved_at_its_place_unless_another_is_named(write):
    for words in ("A check-up on Tuesday at 14:00 at Headingley please", "yes"):
        write(words)
    assert "Headingley" in write("can I move it to 12?")
    write("yes")
    assert Appointment.objects.get().where.name == "Headingley"
    there = write("I'd rather come to Park Street on Thursday at 9")
    assert "Park Street, 1 Park Street, Leeds" in there
    write("yes")
    assert Appointment.objects.get().where.name == "Park Street"


def test_hours_and_addresses_are_those_of_the_place_that_is_named(write):
    both = write("Where are you?")
    assert "1 Park Street, Leeds" in both
    assert "2 Otley Road, Leeds" in both
    one = write("When do you open in Headingley?")
    assert "Tuesday 10:00–16:00" in one
    assert "08:30" not in one
    each = write("When are you open on Saturday?")
    assert "Park Street:\nSaturday closed\nHeadingley:\nSaturday 10:00–12:00" in each
    assert "0002" in write("What's the phone number in Headingley?")


def test_a_closed_day_of_one_place_is_told_as_that(write, headingley, monday):
    HoursException.objects.create(location=headingley, date="2026-11-25", periods=[], note="New floor")
    told = write("When are you open on Wednesday?")
    assert "Wednesday 25 November, Headingley: closed (New floor)" in told


def test_what_is_coming_is_told_with_its_place(write):
    for words in ("A check-up on Tuesday at 14:00 at Headingley please", "yes"):
        write(words)
    assert write("What time is my appointment?").endswith("Tuesday 24 November at 14:00, Headingley")


def test_whoever_works_in_both_places_is_asked_for_by_place(write, headingley, park_street):
    cleo = Practitioner.objects.create(name="Cleo Marsh", location=park_street, position=2)
    cleo.services.set(Service.objects.all())
    cleo.working_hours.create(weekday=1, starts=dt.time(9), ends=dt.time(12))
    cleo.working_hours.create(weekday=1, starts=dt.time(12), ends=dt.time(16), location=headingley)
    assert "Which location would you like?" in write("A check-up with Cleo Marsh on Tuesday please")
    there = write("Headingley")
    assert "12:00" in there
    assert "11:00" not in there
    for words in ("14:00", "yes"):
        told = write(words)
    assert "Headingley, 2 Otley Road, Leeds" in told
    booked = Appointment.objects.get()
    assert (booked.practitioner, booked.where) == (cleo, headingley)


def test_the_waiting_list_keeps_the_place_that_was_named(write, headingley):
    write("Please put me on the waiting list for a check-up at Headingley")
    assert WaitlistEntry.objects.get().location == headingley
