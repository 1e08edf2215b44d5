"""The inbox: the list, a thread, the panel beside it, and what staff do there."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from conversations import handoffs
from conversations.models import Conversation
from escalations import acts, inbox
from escalations.wording import step_icon, step_note
from tenants.access import business_of, find, staff_page
from tenants.models import User


class ReplyForm(forms.Form):
    text = forms.CharField(max_length=4000, strip=True, error_messages={"required": "Write something first."})


@staff_page
@require_GET
def inbox_page(request: HttpRequest) -> HttpResponse:
    """The list alone; a wide screen shows the thread beside it once one is opened."""
    return render(request, "desk/inbox.html", _list_context(request))


@staff_page
@require_GET
def conversation_page(request: HttpRequest, conversation_id: int) -> HttpResponse:
    conversation = _conversation(request, conversation_id)
    if conversation.unread:
        with transaction.atomic():
            handoffs.mark_read(business_of(request), conversation)
        conversation.unread = 0
    context = _list_context(request, conversation) | _thread_context(request, conversation)
    return render(request, "desk/inbox.html", context | _panel_context(conversation))


@staff_page
@require_GET
def thread_fragment(request: HttpRequest, conversation_id: int) -> HttpResponse:
    """Head and messages, refetched on news."""
    conversation = _conversation(request, conversation_id)
    return render(request, "desk/_thread.html", _thread_context(request, conversation))


@staff_page
@require_GET
def panel_fragment(request: HttpRequest, conversation_id: int) -> HttpResponse:
    conversation = _conversation(request, conversation_id)
    context = _thread_context(request, conversation) | _panel_context(conversation)
    return render(request, "desk/_panel.html", context)


@staff_page
@require_GET
def nav_counts(request: HttpRequest) -> HttpResponse:
    return render(request, "components/nav_counts.html", {"nav_counts": inbox.counts()})


@staff_page
@require_POST
def reply(request: HttpRequest, conversation_id: int) -> HttpResponse:
    conversation = _conversation(request, conversation_id)
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return _composer(request, conversation, error=form.errors["text"][0])
    if inbox.window_closes_at(conversation) is None:
        return _composer(request, conversation, error="WhatsApp's 24 hours are over: wait until the patient writes.")
    acts.reply(business_of(request), conversation, _user(request), form.cleaned_data["text"])
    return _after(request, conversation)


@staff_page
@require_POST
def act(request: HttpRequest, conversation_id: int, verb: str) -> HttpResponse:
    """Take over, return, resolve."""
    conversation = _conversation(request, conversation_id)
    deeds = {"take-over": acts.take_over, "return": acts.return_to_assistant, "resolve": acts.resolve}
    try:
        deeds[verb](business_of(request), conversation, _user(request))
    except handoffs.TransitionRefused as error:
        messages.warning(request, str(error))
    return _after(request, conversation)


def _after(request: HttpRequest, conversation: Conversation) -> HttpResponse:
    """The thread again for htmx, the page for a browser without JavaScript."""
    if not request.headers.get("HX-Request"):
        return redirect("conversation", conversation.pk)
    fresh = _conversation(request, conversation.pk)
    return render(request, "desk/_thread.html", _thread_context(request, fresh))


def _composer(request: HttpRequest, conversation: Conversation, error: str) -> HttpResponse:
    """The page again with the error beside the box and what was typed still in it."""
    messages.error(request, error)
    context = (
        _list_context(request, conversation) | _thread_context(request, conversation) | _panel_context(conversation)
    )
    context |= {"reply_error": error, "reply_value": request.POST.get("text", "")[:4000]}
    template = "desk/_thread.html" if request.headers.get("HX-Request") else "desk/inbox.html"
    return render(request, template, context, status=422)


def _conversation(request: HttpRequest, conversation_id: int) -> Conversation:
    rows = Conversation.objects.select_related("contact", "identity", "channel")
    return find(request, rows, pk=conversation_id)


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def _list_context(request: HttpRequest, selected: Conversation | None = None) -> dict[str, Any]:
    business = business_of(request)
    view = request.GET.get("view", "all")
    view = view if view in inbox.VIEWS else "all"
    query = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    before = request.GET.get("before", "")
    page, more = inbox.conversations(view, query, int(before) if before.isdecimal() and len(before) < 19 else None)
    counts = inbox.counts()
    names = inbox.staff_names(each.staff_id for each in page)
    suffix = f"?view={view}" if view != "all" else ""
    return {
        "section": "inbox",
        "rows": [
            {
                "conversation": each,
                "url": reverse("conversation", args=[each.pk]) + suffix,
                "name": inbox.title_of(business, each),
                "owner": names.get(each.staff_id or 0, ""),
                "selected": selected is not None and each.pk == selected.pk,
            }
            for each in page
        ],
        "more_url": f"{reverse('inbox')}?view={view}&q={query}&before={page[-1].pk}" if more else "",
        "views": [
            {
                "label": label,
                "url": f"{reverse('inbox')}?view={name}",
                "active": name == view,
                "count": counts["inbox"] if name == "needs_you" else 0,
            }
            for name, label in inbox.VIEWS.items()
        ],
        "view": view,
        "query": query,
        "list_url": request.get_full_path(),
        "nav_counts": counts,
    }


def _thread_context(request: HttpRequest, conversation: Conversation) -> dict[str, Any]:
    before = request.GET.get("earlier", "")
    lines, earlier = inbox.thread(conversation, int(before) if before.isdecimal() and len(before) < 19 else None)
    closes = inbox.window_closes_at(conversation)
    names = inbox.staff_names([conversation.staff_id])
    return {
        "conversation": conversation,
        "title": inbox.title_of(business_of(request), conversation),
        "lines": lines,
        "earlier": earlier,
        "window_closes": closes,
        "owner_name": names.get(conversation.staff_id or 0, ""),
        "is_mine": conversation.staff_id == request.user.pk,
    }


def _panel_context(conversation: Conversation) -> dict[str, Any]:
    panel = inbox.panel(conversation)
    steps = [{"step": step, "icon": step_icon(step), "note": step_note(step)} for step in panel.steps]
    owner = panel.escalation.owner_id if panel.escalation else None
    return {"panel": panel, "panel_steps": steps, "escalation_owner": inbox.staff_names([owner]).get(owner or 0, "")}
