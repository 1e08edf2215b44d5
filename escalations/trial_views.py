"""The go-live score: simulated patients played against the draft, their score, and what went wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from agents.evaluation.score import ENOUGH_ONCE, Score, score_of
from agents.models import AssistantVersion, Trial, TrialResult
from conversations.evaluation import trials
from conversations.evaluation.faults_told import scenario_told, told
from conversations.evaluation.replay import ask_for_replay, conversation_of
from conversations.evaluation.scenario import Line, Played
from conversations.evaluation.tally import Tally
from conversations.evaluation.trial_report import page_of
from conversations.reason_words import reason_words
from escalations import inbox
from escalations.assistant_tabs import assistant_tabs
from escalations.overview import overview
from tenants import clock
from tenants.access import business_of, find, manager_page, membership_of, staff_page
from tenants.audit import record
from tenants.formats import percent
from tenants.models import Business

EARLIER = 10
FAILED_SHOWN = 60
AGAIN_AND_AGAIN = 4  # times that each patient is played where a manager wants to know more: k of pass^k


@dataclass(frozen=True, kw_only=True)
class Talk:
    """One conversation that ended wrong, or in a replay differently: there with `conversation_id`, if it is kept."""

    id: int
    title: str
    faults: list[str]
    lines: list[Mapping[str, str]]
    conversation_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One trial as the page shows it."""

    trial: Trial
    score: Score | None
    tally: Tally
    failed: list[Talk]

    @property
    def running(self) -> bool:
        return self.trial.status in trials.OPEN

    @property
    def total(self) -> int:
        return self.trial.scenarios * self.trial.repeats

    @property
    def once(self) -> str:
        return percent(self.score.once) if self.score else ""

    @property
    def too_few(self) -> bool:
        return self.score is not None and self.score.once < ENOUGH_ONCE

    @property
    def always(self) -> str:
        return percent(self.score.always) if self.score else ""


@staff_page
@require_safe
def trials_page(request: HttpRequest, trial_id: int | None = None) -> HttpResponse:
    """The newest trial of the version that is being prepared, or the one that is asked for; and the earlier ones."""
    business, version = business_of(request), _version()
    rows = Trial.objects.filter(kind=Trial.Kind.GO_LIVE).select_related("version").order_by("-pk")
    trial = find(request, rows, pk=trial_id) if trial_id else rows.filter(version=version).first()
    context: dict[str, Any] = {
        "tabs": assistant_tabs("trials"),
        "section": "assistant",
        "version": version,
        "shown": _shown(trial) if trial else None,
        "earlier": [(each, score_of(each)) for each in rows.exclude(pk=trial.pk if trial else 0)[:EARLIER]],
        "may_play": membership_of(request).manages and not business.suspended,
        "playing": Trial.objects.filter(version=version, kind=Trial.Kind.GO_LIVE, status__in=trials.OPEN).exists(),
        "count": trials.SCENARIOS,
        "times": AGAIN_AND_AGAIN,
        "model": trials.model_of(version),
        "replay": _replayed(business, version),
        "may_replay": version.status == AssistantVersion.Status.DRAFT,
        "nav_counts": overview(business),
    }
    return render(request, "trials/trials.html", context)


@manager_page
@require_POST
def play_trial(request: HttpRequest) -> HttpResponse:
    business, member = business_of(request), membership_of(request)
    if business.suspended:
        raise Http404("suspended")
    repeats = request.POST.get("repeats", "1")
    if repeats not in ("1", str(AGAIN_AND_AGAIN)):
        raise Http404("not offered")
    trial = trials.ask_for_trial(business, _version(), member.user_id, repeats=int(repeats))
    record(business, member.user, "trial.asked", f"trial {trial.pk}")
    return redirect("trials")


@manager_page
@require_POST
def replay_past(request: HttpRequest) -> HttpResponse:
    """The past conversations once more, on the draft."""
    business, member, version = business_of(request), membership_of(request), _version()
    if business.suspended or version.status != AssistantVersion.Status.DRAFT:
        raise Http404("nothing to replay on")
    trial = ask_for_replay(business, version, member.user_id, kind_of_work=trials.TRIAL)
    record(business, member.user, "replay.asked", f"trial {trial.pk}")
    return redirect("trials")


@staff_page
@require_safe
def trial_report(request: HttpRequest, trial_id: int) -> HttpResponse:
    """The report as a file of its own."""
    trial = find(request, Trial.objects.select_related("version"), pk=trial_id, kind=Trial.Kind.GO_LIVE)
    business = business_of(request)
    page = page_of(
        business=business.name,
        model=trial.model,
        score=trials.tally_of(trial),
        played=[_played(each) for each in TrialResult.objects.filter(trial=trial).order_by("scenario", "repeat")],
        repeats=trial.repeats,
        at=trial.ended_at or clock.now(),
    )
    name = f"{slugify(business.name) or 'trial'}-go-live-{trial.pk}.html"
    return HttpResponse(page, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _version() -> AssistantVersion:
    """The draft; without one, what is published."""
    rows = AssistantVersion.objects.exclude(status=AssistantVersion.Status.ARCHIVED)
    version = rows.order_by("status").first()  # "draft" comes before "published"
    if version is None:
        raise Http404("no assistant")
    return version


def _replayed(business: Business, version: AssistantVersion) -> dict[str, Any] | None:
    """The newest replay on the version, with the conversations that would have come out differently."""
    trial = Trial.objects.filter(version=version, kind=Trial.Kind.REPLAY).order_by("-pk").first()
    if trial is None:
        return None
    results = list(TrialResult.objects.filter(trial=trial).order_by("pk"))
    return {
        "trial": trial,
        "running": trial.status in trials.OPEN,
        "same": sum(each.passed for each in results),
        "total": len(results),
        "different": _talks_again(business, [each for each in results if not each.passed]),
        "today": sum(each.got.get("looked_up_today", 0) for each in results),
    }


def _shown(trial: Trial) -> Shown:
    failed = TrialResult.objects.filter(trial=trial, passed=False).order_by("scenario", "repeat")
    talks = [_talk(each) for each in failed[:FAILED_SHOWN]]
    return Shown(trial=trial, score=score_of(trial), tally=trials.tally_of(trial), failed=talks)


def _talk(row: TrialResult) -> Talk:
    faults = [told(each) for each in row.faults]
    return Talk(id=row.pk, title=scenario_told(row.scenario), faults=faults, lines=row.lines)


def _talks_again(business: Business, rows: list[TrialResult]) -> list[Talk]:
    """Of a replay: with whom, and what the draft would have done where it would have said nothing."""
    ids = {row.pk: conversation_of(row) for row in rows}
    names = inbox.titles_of(business, set(ids.values()))
    return [
        Talk(
            id=row.pk,
            title=names.get(ids[row.pk], gettext("A conversation that is no longer here")),
            faults=[told(each) for each in row.faults],
            lines=[{**line, "why": reason_words(line.get("reason", ""))} for line in row.lines],
            conversation_id=ids[row.pk] if ids[row.pk] in names else None,
        )
        for row in rows
    ]


def _played(row: TrialResult) -> Played:
    return Played(
        name=row.scenario,
        sort=row.sort,
        repeat=row.repeat,
        lines=tuple(Line(who=each["who"], text=each["text"]) for each in row.lines),
        faults=tuple(row.faults),
        wanted=row.wanted,
        got=row.got,
        red_flag_missed=bool(row.got.get(trials.MISSED)),
    )
