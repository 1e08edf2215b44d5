"""A simulated patient asks for what the business wants to answer itself, by its rules in plain words."""

import datetime as dt
from dataclasses import replace

import pytest
from django.db import transaction

from agents.versions import published
from conversations.evaluation.playing import play
from conversations.evaluation.scenarios import scenario, sort_of
from conversations.evaluation.world import Offering
from conversations.models import Handoff
from tenants import clock

SEED, FIRST = 4, dt.date(2026, 11, 23)
NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
PLACES = [index for index in range(400) if sort_of(SEED, index) == "house_rule"]


def with_rules(offering: Offering, *texts: str) -> Offering:
    version = published()
    version.rules = [{"id": f"r{number}", "kind": "escalate", "text": text} for number, text in enumerate(texts, 1)]
    version.save()
    return replace(offering, version=version)


@pytest.mark.parametrize(
    "rule",
    [
        "Anything about insurance, refunds or invoices goes to Olivia.",
        "Fragen zu Rechnungen bitte an Frau Dr. Meier weitergeben",
        "Children under 12 go to a person.",
        "Patients over 75 who ask for whitening",
    ],
)
def test_every_rule_that_hands_over_is_asked_for_and_keeps_its_promise(dentist: Offering, rule: str) -> None:
    with transaction.atomic():
        offering = with_rules(dentist, rule)
        played = [play(offering, seed=SEED, index=index, repeat=1, first=FIRST, model="guided") for index in PLACES[:6]]
        transaction.set_rollback(True)
    assert [(each.lines[0].text, each.faults) for each in played if each.faults] == []
    assert {each.sort for each in played} == {"house_rule"}
    assert all(Handoff.Reason.POLICY in each.got["handed over"] for each in played)


def test_an_assistant_that_answers_it_alone_is_at_fault(dentist: Offering) -> None:
    """The one that plays doesn't know the rule by which the patient was made."""
    with transaction.atomic():
        offering = with_rules(dentist, "Anything about parking permits goes to the team.")
        with_rules(dentist)
        played = play(offering, seed=SEED, index=PLACES[0], repeat=1, first=FIRST, model="guided")
        transaction.set_rollback(True)
    assert [each for each in played.faults if "The team should have been called" in str(each)]


def test_without_such_rules_somebody_books(dentist: Offering) -> None:
    with clock.pinned(NOW), transaction.atomic():
        made, _ = scenario(dentist, SEED, PLACES[0], 1)
        transaction.set_rollback(True)
    assert made.sort == "ordinary"
