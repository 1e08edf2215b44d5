"""Questions that nothing answered: answer one, and it becomes an entry; or say that it needs none."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agents.knowledge import entries, gaps
from agents.models import KnowledgeEntry, KnowledgeGap
from conversations.models import Conversation, Message
from escalations import inbox
from escalations.knowledge.forms import LANGUAGES, EntryForm
from escalations.knowledge.pages import surroundings
from tenants.access import business_of, find, membership_of, staff_page
from tenants.audit import record

PAGE = 100
Status = KnowledgeGap.Status


@staff_page
@require_safe
def gaps_page(request: HttpRequest) -> HttpResponse:
    """The open ones, asked most first; those that were closed lately beneath."""
    rows = list(KnowledgeGap.objects.filter(status=Status.OPEN).order_by("-times", "-last_at")[:PAGE])
    closed = KnowledgeGap.objects.exclude(status=Status.OPEN).select_related("entry").order_by("-last_at")[:10]
    names = _names(request, rows)
    given = request.GET.get("dismissed", "")
    known = given.isascii() and given.isdecimal() and len(given) < 19
    context = surroundings(request, "knowledge_gaps", count=len(rows) if len(rows) < PAGE else None) | {
        "rows": [{"gap": each, "name": names.get(each.conversation_id, "")} for each in rows],
        "closed": closed,
        "dismissed": KnowledgeGap.objects.filter(pk=int(given), status=Status.DISMISSED).first() if known else None,
    }
    return render(request, "knowledge/gaps.html", context)


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def answer_page(request: HttpRequest, knowledge_gap_id: int) -> HttpResponse:
    """`?message=`: what a colleague has answered in the conversation, to be made the entry's text."""
    gap = find(request, KnowledgeGap, pk=knowledge_gap_id)
    if gap.status != Status.OPEN:
        messages.info(request, gettext("This question is no longer open."))
        return redirect("knowledge_gaps")
    form = EntryForm(request.POST or None, initial=_suggested(request, gap))
    if request.method == "POST" and form.is_valid():
        return _saved(request, gap, form)
    context = surroundings(request, "") | {
        "gap": gap,
        "form": form,
        "name": _names(request, [gap]).get(gap.conversation_id),
    }
    return render(request, "knowledge/answer.html", context, status=422 if form.errors else 200)


@staff_page
@require_POST
def dismiss(request: HttpRequest, knowledge_gap_id: int) -> HttpResponse:
    gap = find(request, KnowledgeGap, pk=knowledge_gap_id)
    if gaps.dismiss(gap, user_id=membership_of(request).user_id):
        record(business_of(request), membership_of(request).user, "knowledge.gap_dismissed", f"knowledge gap {gap.pk}")
    return redirect(f"{reverse('knowledge_gaps')}?dismissed={gap.pk}")


@staff_page
@require_POST
def reopen(request: HttpRequest, knowledge_gap_id: int) -> HttpResponse:
    gap = find(request, KnowledgeGap, pk=knowledge_gap_id)
    if gaps.reopen(gap):
        record(business_of(request), membership_of(request).user, "knowledge.gap_reopened", f"knowledge gap {gap.pk}")
    return redirect("knowledge_gaps")


def _saved(request: HttpRequest, gap: KnowledgeGap, form: EntryForm) -> HttpResponse:
    user = membership_of(request).user
    with transaction.atomic():
        entry = entries.add(form.writing(origin=KnowledgeEntry.Origin.ANSWER), user_id=user.pk)
        gaps.answer(gap, entry, user_id=user.pk)
        record(business_of(request), user, "knowledge.gap_answered", f"knowledge gap {gap.pk}", entry=entry.pk)
    messages.success(request, gettext("Saved. Whoever asks next gets this answer."))
    return redirect("knowledge_gaps")


def _suggested(request: HttpRequest, gap: KnowledgeGap) -> dict[str, Any]:
    language = gap.language if gap.language in LANGUAGES else business_of(request).language
    title = gap.question.strip(" ?¿!¡.…")[:120]
    return {"title": title[:1].upper() + title[1:], "body": _their_answer(request, gap), "language": language}


def _their_answer(request: HttpRequest, gap: KnowledgeGap) -> str:
    given = request.GET.get("message", "")
    if not (given.isascii() and given.isdecimal() and len(given) < 19):
        return ""
    said = Message.objects.filter(pk=int(given), conversation_id=gap.conversation_id, author=Message.Author.STAFF)
    return said.values_list("text", flat=True).first() or ""


def _names(request: HttpRequest, rows: list[KnowledgeGap]) -> dict[int, str]:
    ids = {each.conversation_id for each in rows}
    found = Conversation.objects.filter(pk__in=ids).select_related("contact", "identity") if ids else ()
    return {each.pk: inbox.title_of(business_of(request), each) for each in found}
