"""Simulated patients by seed: the same seed plays the same people, repeats differ in words only."""

import datetime as dt
import random
from collections import Counter

import pytest
from django.db import transaction

from conversations.evaluation.phrases import LANGUAGES, phrases_of
from conversations.evaluation.replies import moments_in
from conversations.evaluation.saying import Voice
from conversations.evaluation.scenarios import SORTS, moment_of, scenario, sort_of
from tenants import clock

FIRST = dt.date(2026, 11, 23)
NOW = dt.datetime(2026, 11, 23, 9)


def made(offering, index, repeat=1, seed=4):
    with clock.pinned(moment_of(offering.business, seed, index, FIRST)), transaction.atomic():
        found, _ = scenario(offering, seed, index, repeat)
        transaction.set_rollback(True)
    return found


def test_a_round_holds_every_sort_and_rounds_differ():
    size = sum(sort.weight for sort in SORTS.values())
    first, second = ([sort_of(7, turn * size + place) for place in range(size)] for turn in (0, 1))
    assert Counter(first) == Counter(second) == {name: sort.weight for name, sort in SORTS.items()}
    assert first != second
    assert first != [sort_of(8, place) for place in range(size)]


def test_the_same_seed_makes_the_same_patient(dentist):
    one, other = made(dentist, 3), made(dentist, 3)
    assert (one.name, one.plan) == (other.name, other.plan)


def test_repeats_want_the_same_in_other_words(dentist):
    ordinary = next(index for index in range(60) if sort_of(4, index) == "ordinary")
    repeats = [made(dentist, ordinary, repeat) for repeat in range(1, 9)]
    wanted = {(each.name, tuple((new.service_id, new.starts) for new in each.wanted.new)) for each in repeats}
    assert len(wanted) == 1
    assert len({each.plan.goals[0].opening for each in repeats}) > 4


def test_what_is_wanted_is_free_where_it_says_so(dentist):
    """A wish for an exact time is one that the business can grant."""
    ordinary = next(index for index in range(60) if sort_of(4, index) == "practitioner")
    found = made(dentist, ordinary)
    assert found.wanted.new[0].starts
    assert all(start > NOW for start in found.wanted.new[0].starts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_can_say_everything(language):
    english = phrases_of("en").said
    assert set(phrases_of(language).said) == set(english)
    voice = Voice(language, random.Random(3))
    values = {"f": "invoices", "s": "Check-up", "w": "on Monday", "d": "Monday", "p": "Dr X", "n": "7", "r": "son"}
    for name in english:
        assert voice.say(name, **values).strip()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_time_is_said_in_many_ways(language):
    start = dt.datetime(2026, 12, 3, 15, 30)
    said = {Voice(language, random.Random(seed)).when(start, NOW) for seed in range(60)}
    assert len(said) >= 6


@pytest.mark.parametrize(
    ("reply", "start"),
    [
        ("Check-up with Dr Ada Silva on Thursday 3 December at 15:30, 30 minutes, £45. Shall I book it?", "03T15:30"),
        ("… am Donnerstag, 3. Dezember um 15:30 Uhr, 30 Minuten.", "03T15:30"),
        ("… el jueves 3 de diciembre a las 15:30.", "03T15:30"),
        ("… le jeudi 3 décembre à 15h30.", "03T15:30"),
        ("quinta-feira, 3 de dezembro, às 15:30", "03T15:30"),
        ("Thursday, December 3 at 3:30 pm", "03T15:30"),
        ("Thu 3 Dec at 3pm", "03T15:00"),
    ],
)
def test_a_patient_reads_a_time_in_any_language(reply, start):
    assert [each.isoformat(timespec="minutes") for each in moments_in(reply, NOW)] == [f"2026-12-{start}"]


def test_a_price_or_a_length_is_no_time():
    assert list(moments_in("Filling: 45 minutes, £110. We are open 08:30–12:30.", NOW)) == []
