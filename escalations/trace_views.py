"""What the assistant did: turns, their steps in words, and exactly what the model saw."""

import json
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from agents import telemetry
from agents.models import Step, Turn
from conversations.models import Message
from escalations import inbox, media_words, step_words, wording
from escalations.model_request import differences, seen_by
from escalations.model_words import model_words, why_words
from escalations.overview import overview
from escalations.statement_rows import statements_of
from escalations.trace_search import TraceSearch, find_turns
from tenants.access import business_of, find, staff_page
from tenants.models import Business

PAGE = 50
MESSAGES_SHOWN = 60


@staff_page
@require_safe
def traces_page(request: HttpRequest) -> HttpResponse:
    business = business_of(request)
    search = TraceSearch(request.GET)
    rows = find_turns(business, search.cleaned_data) if search.is_valid() else Turn.objects.none()
    before = request.GET.get("before", "")
    if before.isascii() and before.isdecimal() and len(before) < 19:
        rows = rows.filter(pk__lt=int(before))
    turns = list(rows.select_related("version").order_by("-pk")[: PAGE + 1])
    names = inbox.titles_of(business, {turn.conversation_id for turn in turns})
    context = {
        "search": search,
        "turns": [_row(turn, names) for turn in turns[:PAGE]],
        "more_url": _older(request, turns[PAGE - 1].pk) if len(turns) > PAGE else "",
        "nav_counts": overview(business),
    }
    return render(request, "desk/traces.html", context)


def _older(request: HttpRequest, before: int) -> str:
    query = request.GET.copy()
    query["before"] = str(before)
    return f"?{query.urlencode()}"


@staff_page
@require_safe
def trace_page(request: HttpRequest, turn_id: int) -> HttpResponse:
    turn = find(request, Turn.objects.select_related("version"), pk=turn_id)
    said = _messages(turn)
    context = _row(turn, inbox.titles_of(business_of(request), {turn.conversation_id})) | {
        "asked": [each for each in said if each["message"].direction == Message.Direction.IN],
        "answered": [each for each in said if each["message"].direction == Message.Direction.OUT],
        "ending": step_words.ending(turn),
        "route": why_words(turn.route),
        "model": model_words(turn.model),
        "sources": turn.sources if turn.outcome == Turn.Outcome.REPLY else [],
        "steps": _steps(turn),
        **_telemetry(business_of(request), turn),
        "section": "traces",
        "nav_counts": overview(business_of(request)),
    }
    return render(request, "desk/trace.html", context)


def _telemetry(business: Business, turn: Turn) -> dict[str, str]:
    """Under which the operator's collector has the turn, and its page there; nothing where telemetry is off."""
    if not telemetry.enabled():
        return {}
    trace = telemetry.trace_id(business.schema_name, turn.pk)
    return {"trace": trace, "trace_link": settings.TRACE_LINK.replace("{trace_id}", trace)}


def _row(turn: Turn, names: dict[int, str]) -> dict[str, Any]:
    took = (turn.ended_at - turn.started_at).total_seconds() * 1000 if turn.ended_at else None
    return {
        "turn": turn,
        "model": model_words(turn.model),
        "took": took,
        "reason": step_words.reason(turn) if turn.outcome == Turn.Outcome.HANDOFF else "",
        "name": names.get(turn.conversation_id, gettext("Contact is gone")),
    }


def _messages(turn: Turn) -> list[dict[str, Any]]:
    """The messages that a turn answered, and those that it wrote."""
    rows = Message.objects.filter(Q(answered_by=turn.pk) | Q(turn_id=turn.pk), conversation_id=turn.conversation_id)
    shown = []
    for each in rows.annotate(file_rows=media_words.files_of()).order_by("pk")[:MESSAGES_SHOWN]:
        state, problem = wording.delivery(each)
        shown.append({"message": each, "media": media_words.items_of(each), "state": state, "problem": problem})
    return shown


def _steps(turn: Turn) -> list[dict[str, Any]]:
    """The request of a model call has a page of its own."""
    steps = list(turn.steps.all())
    return [
        {
            "step": step,
            "icon": step_words.icon(step),
            "words": words,
            "failed": step.status == Step.Status.ERROR,
            "seen": bool(step.input.get("request")),
            "sent": _pretty({name: value for name, value in step.input.items() if name != "request"}),
            "answered": _pretty(step.output),
            "statements": statements_of(step),
        }
        for step, words in zip(steps, step_words.sentences(steps), strict=True)
    ]


@staff_page
@require_safe
def seen_page(request: HttpRequest, turn_id: int, index: int) -> HttpResponse:
    """Exactly what one model call was sent, redacted as it was; beside the call before it, or another one."""
    turn = find(request, Turn, pk=turn_id)
    calls = [step for step in turn.steps.all() if step.input.get("request")]
    places = {step.index: place for place, step in enumerate(calls)}
    if index not in places:
        raise Http404("no such call")
    here, place = calls[places[index]], places[index]
    other = _other_call(request.GET.get("with", ""), calls, place)
    seen, before = seen_by(here), seen_by(other) if other else None
    context = {
        "turn": turn,
        "step": here,
        "number": place + 1,
        "seen": seen,
        "raw": _pretty(here.input["request"]),
        "calls": [
            {"number": number, "step": step, "here": step.pk == here.pk} for number, step in enumerate(calls, start=1)
        ],
        "compared_with": places[other.index] + 1 if other else None,
        "differences": differences(before, seen) if before and seen else [],
        "section": "traces",
        "nav_counts": overview(business_of(request)),
    }
    return render(request, "desk/seen.html", context)


def _other_call(wanted: str, calls: list[Step], place: int) -> Step | None:
    """The call that was asked for, or the last one before this that asked for the same."""
    chosen = next((step for step in calls if str(step.index) == wanted and step is not calls[place]), None)
    return chosen or next((each for each in reversed(calls[:place]) if each.kind == calls[place].kind), None)


def _pretty(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)
