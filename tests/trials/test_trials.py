"""A trial asked for at the desk: in slices, saved one by one, resumed by whoever comes next; nothing is left behind."""

import datetime as dt
from pathlib import Path

import pytest
from django.db import connection
from django_tenants.utils import schema_context

from agents.evaluation.score import go_live_score
from agents.models import AssistantVersion, Trial, TrialResult, Turn
from agents.versions import published
from calendar_sync.models import Appointment, Patient, Practitioner, Service
from conversations.evaluation import trials
from conversations.evaluation.playing import copy_of, play
from conversations.models import Message
from conversations.tasks import play_trial
from tenants import clock
from tenants.models import Business, WorkItem
from tenants.throw_away import LEFT_BEHIND, SLUG, discard_left_behind, find, make, throw_away
from tests.crash.workers import killed_at

ROOT = Path(__file__).resolve().parents[2]
NO_FLAGS = 3  # scenarios; enough to be killed in between


def schemas() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'b\\_%%'")
        return {name for (name,) in cursor.fetchall()}


def ring_until_done(business, trial):
    for _ in range(20):
        play_trial.body(business, trial.pk)
        trial.refresh_from_db()
        if trial.status not in trials.OPEN:
            return
    raise AssertionError("the trial does not come to an end")


def test_it_is_played_to_its_end_and_leaves_nothing_behind(fresh_business):
    before = schemas(), Business.objects.count()
    trial = trials.ask_for_trial(fresh_business, published(), None, scenarios=NO_FLAGS)
    assert go_live_score(published()) is None
    ring_until_done(fresh_business, trial)
    assert (trial.status, trial.played, trial.model) == (Trial.Status.DONE, NO_FLAGS, "guided")
    results = list(TrialResult.objects.filter(trial=trial).order_by("scenario"))
    assert trial.passed_once == pytest.approx(sum(each.passed for each in results) / NO_FLAGS)
    assert all(each.lines and each.lines[0]["who"] == "patient" for each in results)
    assert all(bool(each.faults) != each.passed for each in results)
    score = go_live_score(published())
    assert score is not None
    assert (score.trial_id, score.scenarios, score.repeats) == (trial.pk, NO_FLAGS, 1)
    assert (schemas(), Business.objects.count()) == before
    assert not any(each.objects.exists() for each in (Appointment, Patient, Message))
    assert not Turn.objects.exists()
    assert not WorkItem.objects.filter(business_id=fresh_business.pk).exists()


def test_asking_twice_is_one_trial(fresh_business):
    first = trials.ask_for_trial(fresh_business, published(), None, scenarios=1)
    assert trials.ask_for_trial(fresh_business, published(), None, scenarios=1) == first


def test_a_killed_worker_costs_nothing_that_was_played(fresh_business):
    """Killed after the second result; the next one plays the third, and no scenario twice."""
    trial = trials.ask_for_trial(fresh_business, published(), None, scenarios=NO_FLAGS)
    assert killed_at("trial.kept:2")
    kept = {each.pk for each in TrialResult.objects.filter(trial=trial)}
    assert len(kept) == 2
    WorkItem.objects.filter(kind=trials.TRIAL, object_id=trial.pk).update(leased_until=None)
    ring_until_done(fresh_business, trial)
    after = list(TrialResult.objects.filter(trial=trial))
    assert kept < {each.pk for each in after}
    assert len({each.scenario for each in after}) == len(after) == NO_FLAGS
    assert trial.status == Trial.Status.DONE
    assert not Business.objects.filter(slug__startswith=SLUG).exists()


def test_who_offers_nothing_is_told_so(fresh_business):
    Service.objects.update(active=False)
    trial = trials.ask_for_trial(fresh_business, published(), None, scenarios=2)
    ring_until_done(fresh_business, trial)
    assert trial.status == Trial.Status.FAILED
    assert "check services" in trial.problem
    assert go_live_score(published()) is None


def test_a_poisonous_trial_is_given_up(fresh_business):
    trial = trials.ask_for_trial(fresh_business, published(), None, scenarios=2)
    WorkItem.objects.filter(kind=trials.TRIAL, object_id=trial.pk).update(attempts=9)
    play_trial.body(fresh_business, trial.pk)
    trial.refresh_from_db()
    assert (trial.status, trial.problem) == (Trial.Status.FAILED, trials.INTERRUPTED)


def test_the_copy_has_the_configuration_and_none_of_the_people(fresh_business):
    """Renamed services, a colleague's absence without its reason, the draft's words; no patient."""
    Patient.objects.create(name="Real Person")
    Service.objects.filter(name="Check-up").update(name="Look-see")
    who = Practitioner.objects.get()
    who.time_off.create(starts_at=clock.now(), ends_at=clock.now() + dt.timedelta(days=1), reason="private")
    draft = AssistantVersion.objects.create(number=9, instructions="Be quick.", provider="guided")
    with copy_of(fresh_business, draft) as offering:
        assert offering.business.pk != fresh_business.pk
        assert "Look-see" in offering.service_names()
        assert not Patient.objects.exists()
        assert list(Practitioner.objects.get().time_off.values_list("reason", flat=True)) == [""]
        assert (published().number, published().instructions) == (9, "Be quick.")
        assert AssistantVersion.objects.count() == 1
    assert published().number == 1


def test_playing_leaves_the_copy_as_it_was(dentist):
    play(dentist, seed=1, index=0, repeat=1, first=dt.date(2026, 11, 23), model="guided")
    assert not any(each.objects.exists() for each in (Appointment, Patient, Message))


def test_the_same_seed_ends_the_same(dentist):
    ends = [play(dentist, seed=2, index=3, repeat=2, first=dt.date(2026, 11, 23), model="guided") for _ in range(2)]
    assert ends[0].lines == ends[1].lines or ends[0].got == ends[1].got
    assert ends[0].faults == ends[1].faults


def test_a_throw_away_is_dropped_when_its_experiment_fails(fresh_business):
    before = schemas()
    with pytest.raises(RuntimeError, match="no more"), throw_away(fresh_business):
        raise RuntimeError("no more")
    assert schemas() == before


def test_what_killed_experiments_left_is_swept_up_once_it_is_old(fresh_business):
    with schema_context("public"):
        left = make(fresh_business, "left-behind")
        discard_left_behind()
        assert Business.objects.filter(pk=left.pk).exists()
        Business.objects.filter(pk=left.pk).update(created_at=clock.now() - LEFT_BEHIND - dt.timedelta(minutes=1))
        discard_left_behind()
        assert not Business.objects.filter(pk=left.pk).exists()
    assert left.schema_name not in schemas()


def test_a_copy_that_was_not_finished_is_not_found_again(fresh_business):
    with schema_context("public"):
        left = make(fresh_business, "half-made")
        assert find("half-made") is None
    assert left.schema_name not in schemas()
