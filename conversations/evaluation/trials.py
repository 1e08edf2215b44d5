"""A trial asked for at the desk: a row, and work done slice by slice, so that a killed worker costs one scenario.

The first slice makes a throw-away copy of the business, the last one drops it; every result is saved as it is played.
"""

import datetime as dt
import time
from zoneinfo import ZoneInfo

import structlog
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_noop as N_
from django_tenants.utils import tenant_context

from agents.models import AssistantVersion, Trial, TrialResult
from conversations.evaluation.playing import forget_copy, kept_copy_of, play
from conversations.evaluation.replay import SORT, Replayed, conversations_of, replay, scenario_of
from conversations.evaluation.scenario import CannotPlay, Played
from conversations.evaluation.spent import charge
from conversations.evaluation.tally import Ended, Tally, tally
from tenants import clock, events, worklist
from tenants.crashpoints import reach
from tenants.models import Business
from tenants.worklist import Lease

log = structlog.get_logger(__name__)
TRIAL = "conversations.trial"
SCENARIOS = 60  # of a trial at the desk: more than one round of all sorts
SLICE = 15.0  # seconds of playing, so that no worker is held for long
OPEN = (Trial.Status.WAITING, Trial.Status.RUNNING)
MISSED = "red flag missed"  # in TrialResult.got
INTERRUPTED = N_("It was interrupted again and again. Please try once more.")
NOTHING_TO_BOOK = N_("Nobody can book anything here yet: check services, practitioners and hours.")


def model_of(version: AssistantVersion) -> str:
    """Who plays the assistant: the version's own provider where it can be asked, else the guided flow."""
    anthropic = AssistantVersion.Provider.ANTHROPIC
    return str(anthropic) if version.provider == anthropic and settings.ANTHROPIC_API_KEY else "guided"


def ask_for_trial(
    business: Business, version: AssistantVersion, user_id: int | None, *, scenarios: int = SCENARIOS, repeats: int = 1
) -> Trial:
    """The trial that is open for this version, made if there is none."""
    try:
        with transaction.atomic():
            trial = Trial.objects.create(
                kind=Trial.Kind.GO_LIVE,
                version=version,
                model=model_of(version),
                scenarios=scenarios,
                repeats=repeats,
                asked_by_id=user_id,
                asked_at=clock.now(),
            )
            worklist.call_for(business.pk, TRIAL, trial.pk)
            events.publish(business, "trial", trial.pk)
            return trial
    except IntegrityError:
        return Trial.objects.get(version=version, kind=Trial.Kind.GO_LIVE, status__in=OPEN)


def go_on(business: Business, trial_id: int, lease: Lease) -> None:
    """One slice; rings itself again until all is played."""
    trial = Trial.objects.select_related("version").filter(pk=trial_id, status__in=OPEN).first()
    if trial is None:
        return lease.finish()
    if lease.exhausted:
        return _fail(business, trial, lease, INTERRUPTED)
    Trial.objects.filter(pk=trial.pk).update(status=Trial.Status.RUNNING)
    if trial.kind == Trial.Kind.REPLAY:
        return _replay_a_slice(business, trial, lease)
    try:
        _play_a_slice(business, trial, lease)
    except CannotPlay:
        return _fail(business, trial, lease, NOTHING_TO_BOOK)
    if TrialResult.objects.filter(trial=trial).count() < trial.scenarios * trial.repeats:
        return lease.retry_in(dt.timedelta(0), forgive=True)
    return _finish(business, trial, lease)


def _play_a_slice(business: Business, trial: Trial, lease: Lease) -> None:
    """From the first scenario that has no result yet, for as long as a slice takes."""
    done = TrialResult.objects.filter(trial=trial).count()
    first = trial.asked_at.astimezone(ZoneInfo(business.timezone)).date()
    with kept_copy_of(business, trial.version, _copy_name(business, trial)) as offering:
        until = time.monotonic() + SLICE
        for place in range(done, trial.scenarios * trial.repeats):
            index, repeat = divmod(place, trial.repeats)
            lease.renew()
            played = play(offering, seed=trial.pk, index=index, repeat=repeat + 1, first=first, model=trial.model)
            with tenant_context(business):
                _keep(business, trial, played, lease)
            reach("trial.kept")
            if time.monotonic() > until:
                return


def _replay_a_slice(business: Business, trial: Trial, lease: Lease) -> None:
    """Conversations that have no result yet, for as long as a slice takes."""
    done = set(TrialResult.objects.filter(trial=trial).values_list("scenario", flat=True))
    until = time.monotonic() + SLICE
    for conversation_id in conversations_of(trial):
        if scenario_of(conversation_id) in done:
            continue
        if time.monotonic() > until:
            return lease.retry_in(dt.timedelta(0), forgive=True)
        lease.renew()
        _keep_replayed(business, trial, replay(business, trial, conversation_id), lease)
    return _finish(business, trial, lease)


def _keep_replayed(business: Business, trial: Trial, replayed: Replayed, lease: Lease) -> None:
    with transaction.atomic():
        lease.hold()
        TrialResult.objects.create(
            trial=trial,
            scenario=replayed.scenario,
            sort=SORT,
            passed=not replayed.faults,
            faults=replayed.faults,
            lines=replayed.lines,
            got=replayed.got,
        )
        Trial.objects.filter(pk=trial.pk).update(played=TrialResult.objects.filter(trial=trial).count())
        events.publish(business, "trial", trial.pk)


def _copy_name(business: Business, trial: Trial) -> str:
    return f"{business.pk}-{trial.pk}"


def _keep(business: Business, trial: Trial, played: Played, lease: Lease) -> None:
    with transaction.atomic():
        lease.hold()
        TrialResult.objects.create(
            trial=trial,
            scenario=played.name,
            sort=played.sort,
            repeat=played.repeat,
            passed=played.passed,
            faults=list(played.faults),
            lines=[{"who": each.who, "text": each.text} for each in played.lines],
            wanted=played.wanted,
            got={**played.got, MISSED: played.red_flag_missed},
        )
        Trial.objects.filter(pk=trial.pk).update(played=TrialResult.objects.filter(trial=trial).count())
        charge(played.usage)
        events.publish(business, "trial", trial.pk)


def _finish(business: Business, trial: Trial, lease: Lease) -> None:
    score = tally_of(trial)
    forget_copy(_copy_name(business, trial))
    with transaction.atomic():
        lease.hold()
        Trial.objects.filter(pk=trial.pk).update(
            status=Trial.Status.DONE,
            passed_once=score.once,
            passed_always=score.always,
            red_flags_missed=score.red_flags_missed,
            ended_at=clock.now(),
        )
        events.publish(business, "trial", trial.pk)
        lease.finish()


def _fail(business: Business, trial: Trial, lease: Lease, problem: str) -> None:
    forget_copy(_copy_name(business, trial))
    with transaction.atomic():
        lease.hold()
        Trial.objects.filter(pk=trial.pk).update(status=Trial.Status.FAILED, problem=problem, ended_at=clock.now())
        events.publish(business, "trial", trial.pk)
        lease.finish()
    log.warning("trial.failed", trial=trial.pk)


def tally_of(trial: Trial) -> Tally:
    """Of what has been played so far."""
    rows = TrialResult.objects.filter(trial=trial).values_list("scenario", "sort", "passed", "got")
    return tally(
        Ended(scenario=scenario, sort=sort, passed=passed, red_flag_missed=bool(got.get(MISSED)))
        for scenario, sort, passed, got in rows
    )
