"""What the assistant did: turns, their steps in words, and exactly what the model saw."""

import json
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agents.models import Step, Turn
from conversations.models import Conversation, Message
from escalations import inbox, step_words, wording
from escalations.overview import overview
from tenants.access import business_of, find, staff_page
from tenants.models import Business

PAGE = 50
MESSAGES_SHOWN = 60


@staff_page
@require_safe
def traces_page(request: HttpRequest) -> HttpResponse:
    outcome = request.GET.get("outcome", "")
    outcome = outcome if outcome in Turn.Outcome.values else ""
    rows = Turn.objects.filter(outcome=outcome) if outcome else Turn.objects.all()
    before = request.GET.get("before", "")
    if before.isascii() and before.isdecimal() and len(before) < 19:
        rows = rows.filter(pk__lt=int(before))
    turns = list(rows.order_by("-pk")[: PAGE + 1])
    names = _titles(business_of(request), {turn.conversation_id for turn in turns})
    context = {
        "turns": [_row(turn, names) for turn in turns[:PAGE]],
        "more_url": f"?outcome={outcome}&before={turns[PAGE - 1].pk}" if len(turns) > PAGE else "",
        "tabs": [
            {"label": label, "url": f"?outcome={value}", "active": outcome == value}
            for value, label in [("", "All"), *Turn.Outcome.choices]
        ],
        "nav_counts": overview(business_of(request)),
    }
    return render(request, "desk/traces.html", context)


@staff_page
@require_safe
def trace_page(request: HttpRequest, turn_id: int) -> HttpResponse:
    turn = find(request, Turn.objects.select_related("version"), pk=turn_id)
    said = _messages(turn)
    context = _row(turn, _titles(business_of(request), {turn.conversation_id})) | {
        "asked": [each for each in said if each["message"].direction == Message.Direction.IN],
        "answered": [each for each in said if each["message"].direction == Message.Direction.OUT],
        "ending": step_words.ending(turn),
        "sources": turn.sources if turn.outcome == Turn.Outcome.REPLY else [],
        "steps": [_step(each) for each in turn.steps.all()],
        "section": "traces",
        "nav_counts": overview(business_of(request)),
    }
    return render(request, "desk/trace.html", context)


def _row(turn: Turn, names: dict[int, str]) -> dict[str, Any]:
    took = (turn.ended_at - turn.started_at).total_seconds() * 1000 if turn.ended_at else None
    return {
        "turn": turn,
        "took": took,
        "reason": step_words.reason(turn) if turn.outcome == Turn.Outcome.HANDOFF else "",
        "name": names.get(turn.conversation_id, "Contact is gone"),
    }


def _messages(turn: Turn) -> list[dict[str, Any]]:
    """The messages that a turn answered, and those that it wrote."""
    rows = Message.objects.filter(Q(answered_by=turn.pk) | Q(turn_id=turn.pk), conversation_id=turn.conversation_id)
    shown = []
    for each in rows.order_by("pk")[:MESSAGES_SHOWN]:
        state, problem = wording.delivery(each)
        shown.append({"message": each, "media": wording.media_of(each), "state": state, "problem": problem})
    return shown


def _step(step: Step) -> dict[str, Any]:
    return {
        "step": step,
        "icon": step_words.icon(step),
        "words": step_words.sentence(step),
        "failed": step.status == Step.Status.ERROR,
        "sent": _pretty(step.input),
        "answered": _pretty(step.output),
    }


def _titles(business: Business, conversation_ids: set[int]) -> dict[int, str]:
    rows = Conversation.objects.filter(pk__in=conversation_ids).select_related("contact", "identity")
    return {each.pk: inbox.title_of(business, each) for each in rows}


def _pretty(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)
