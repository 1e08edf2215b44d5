"""What the assistant did: turns, their steps, and exactly what the model saw."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from agents.models import Turn
from conversations.models import Conversation
from escalations import inbox
from escalations.wording import step_icon, step_note
from tenants.access import business_of, find, staff_page

PAGE = 50


@staff_page
@require_GET
def traces_page(request: HttpRequest) -> HttpResponse:
    outcome = request.GET.get("outcome", "")
    rows = Turn.objects.select_related("version")
    if outcome in Turn.Outcome.values:
        rows = rows.filter(outcome=outcome)
    before = request.GET.get("before", "")
    if before.isdecimal() and len(before) < 19:
        rows = rows.filter(pk__lt=int(before))
    turns = list(rows.order_by("-pk")[: PAGE + 1])
    names = _titles(request, {turn.conversation_id for turn in turns})
    tabs: list[dict[str, Any]] = [{"label": "All", "url": "?", "active": outcome == ""}]
    tabs += [
        {"label": label, "url": f"?outcome={value}", "active": outcome == value}
        for value, label in Turn.Outcome.choices
    ]
    context = {
        "turns": [{"turn": turn, "name": names.get(turn.conversation_id, "")} for turn in turns[:PAGE]],
        "more_url": f"?outcome={outcome}&before={turns[PAGE - 1].pk}" if len(turns) > PAGE else "",
        "tabs": tabs,
        "nav_counts": inbox.counts(),
    }
    return render(request, "desk/traces.html", context)


@staff_page
@require_GET
def trace_page(request: HttpRequest, turn_id: int) -> HttpResponse:
    turn = find(request, Turn.objects.select_related("version"), pk=turn_id)
    steps = [
        {
            "step": step,
            "icon": step_icon(step),
            "note": step_note(step),
            "sent": _pretty(step.input),
            "answered": _pretty(step.output),
        }
        for step in turn.steps.all()
    ]
    names = _titles(request, {turn.conversation_id})
    took = (turn.ended_at - turn.started_at).total_seconds() * 1000 if turn.ended_at else None
    context = {
        "turn": turn,
        "steps": steps,
        "name": names.get(turn.conversation_id, ""),
        "took": took,
        "section": "traces",
        "nav_counts": inbox.counts(),
    }
    return render(request, "desk/trace.html", context)


def _titles(request: HttpRequest, conversation_ids: set[int]) -> dict[int, str]:
    rows = Conversation.objects.filter(pk__in=conversation_ids).select_related("contact", "identity")
    return {each.pk: inbox.title_of(business_of(request), each) for each in rows}


def _pretty(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)
