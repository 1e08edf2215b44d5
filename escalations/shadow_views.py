"""The draft in the shadow: how often it would have done the same, and what it would have said."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from agents import cases, corrections, shadowing, versions
from agents.models import AssistantVersion, ShadowAnswer
from conversations.models import Message
from conversations.reason_words import reason_words
from escalations import inbox
from escalations.assistant_tabs import assistant_tabs
from escalations.overview import overview
from escalations.step_words import skill_words
from tenants.access import business_of, find, manager_page, membership_of, staff_page
from tenants.audit import record
from tenants.models import Business

SHOWN = 50
TONES = {"same": "good", "different": "info", "draft_over": "warn", "live_over": "warn", "failed": "bad"}


@staff_page
@require_safe
def shadow_page(request: HttpRequest) -> HttpResponse:
    """The draft's answers since its words were changed last."""
    draft = versions.draft()
    answers = ShadowAnswer.objects.none()
    if draft is not None:
        answers = ShadowAnswer.objects.filter(version=draft, at__gte=draft.changed_at)
    only = request.GET.get("only", "")
    only = only if only in ShadowAnswer.Compared.values else ""
    counts = dict(answers.values_list("compared").annotate(count=Count("pk")))
    total = sum(counts.values())
    context = {
        "tabs": assistant_tabs("shadow"),
        "section": "assistant",
        "draft": draft,
        "total": total,
        "bars": [
            {
                "value": value,
                "label": label,
                "count": counts.get(value, 0),
                "percent": round(100 * counts.get(value, 0) / (total or 1)),
                "here": value == only,
            }
            for value, label in ShadowAnswer.Compared.choices
        ],
        "cost": answers.aggregate(sum=Sum("cost_micro"))["sum"] or 0,
        "only": only,
        "answers": _rows(business_of(request), answers.filter(compared=only) if only else answers),
        "share": round(100 * shadowing.SHARE),
        "editable": membership_of(request).manages and not business_of(request).suspended,
        "nav_counts": overview(business_of(request)),
    }
    return render(request, "desk/shadow.html", context)


@staff_page
@require_safe
def answer_page(request: HttpRequest, shadow_answer_id: int) -> HttpResponse:
    """One turn, both answers side by side."""
    rows = ShadowAnswer.objects.select_related("turn__version", "version")
    answer = find(request, rows, pk=shadow_answer_id)
    heard = cases.entries_of(corrections.heard_before(answer.turn))
    live = {
        "said": corrections.said_in(answer.turn),
        "calls": [skill_words(each) for each in answer.turn.steps.filter(kind="tool").values_list("name", flat=True)],
        "reason": reason_words(answer.turn.reason),
    }
    context = _row(answer) | {
        "tabs": assistant_tabs("shadow"),
        "section": "assistant",
        "heard": [each for each in heard if each.text],
        "live": live,
        "draft_reason": reason_words(answer.reason),
        "tried": [skill_words(str(call.get("name", ""))) for call in answer.calls],
        "nav_counts": overview(business_of(request)),
    }
    return render(request, "desk/shadow_answer.html", context)


@manager_page
@require_POST
def switch(request: HttpRequest, version_id: int) -> HttpResponse:
    """On or off (`on`)."""
    business, user = business_of(request), membership_of(request).user
    draft = find(request, AssistantVersion, pk=version_id)
    on = request.POST.get("on") == "1"
    try:
        versions.shadow(draft.pk, on)
    except versions.VersionRefused as refused:
        messages.error(request, str(refused))
    else:
        record(business, user, f"assistant.shadow_{'on' if on else 'off'}", f"version {draft.number}")
    return redirect("shadow")


def _rows(business: Business, answers: QuerySet[ShadowAnswer]) -> list[dict[str, Any]]:
    """The newest, with who wrote and what they wrote last."""
    shown = list(answers.select_related("turn").order_by("-pk")[:SHOWN])
    turns = [each.turn_id for each in shown]
    asked = Message.objects.filter(answered_by__in=turns, direction=Message.Direction.IN).order_by("pk")
    wrote = {turn: text or heard for turn, text, heard in asked.values_list("answered_by", "text", "heard")}
    names = inbox.titles_of(business, {each.turn.conversation_id for each in shown})
    return [
        _row(each) | {"name": names.get(each.turn.conversation_id, ""), "wrote": wrote.get(each.turn_id, "")}
        for each in shown
    ]


def _row(answer: ShadowAnswer) -> dict[str, Any]:
    return {"answer": answer, "tone": TONES[answer.compared]}
