"""Sentences that are stored now and said later, in the reader's language."""

import datetime as dt

from django.utils import translation

from tenants.sentences import moment, say, sentence

START = dt.datetime(2026, 12, 3, 15, 30)


def test_blanks_are_filled_in_when_it_is_said():
    assert say(sentence("It said “%(words)s”.", words="100 % sure")) == "It said “100 % sure”."


def test_a_sentence_without_blanks_may_hold_a_percent_sign():
    assert say(sentence("20 % of it")) == "20 % of it"


def test_moments_are_said_as_the_reader_writes_them():
    stored = sentence("%(when)s", when=moment(START))
    assert say(stored) == "Thursday 3 December, 15:30"
    with translation.override("de"):
        assert "3. Dezember" in say(stored)


def test_sentences_and_codes_within_are_worded_too():
    stored = sentence("%(one)s: %(act)s.", one=sentence("Stored %(n)s", n=1), act={"skill": "find_slots"})
    assert say(stored, skill=str.upper) == "Stored 1: FIND_SLOTS."
    assert say(stored) == "Stored 1: find slots."


def test_what_an_older_release_stored_is_said_as_it_is():
    assert say("It was wrong.") == "It was wrong."
    assert say("") == ""
