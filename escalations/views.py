"""The inbox: the list, a thread, the panel beside it, and what staff do there."""

import json
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from conversations import handoffs
from conversations.models import Conversation
from escalations import (
    acts,
    attaching,
    clock_words,
    drafts,
    inbox,
    later,
    panel,
    promising,
    quoting,
    snoozing,
    step_words,
    thread,
)
from escalations.inbox_address import asked_in, at_hand, id_in, id_in_post, is_id, query_of
from escalations.knowledge.offering import answer_to_keep
from escalations.models import Label
from escalations.overview import overview
from escalations.people import name_by_id, name_of
from escalations.telling import notices
from tenants.access import business_of, find, membership_of, staff_page

CLOSED = _(
    "WhatsApp lets a business write freely for 24 hours after the last message. You can write again as soon as they do."
)
SUSPENDED = _("Nothing can be sent while the business is suspended.")


class ReplyForm(forms.Form):
    text = forms.CharField(
        max_length=4000,
        required=False,
        error_messages={
            "max_length": _("This is too long for one message: at most 4,000 characters."),
        },
    )


@staff_page
@require_safe
def inbox_page(request: HttpRequest) -> HttpResponse:
    """The list alone; a wide screen shows the thread beside it once one is opened."""
    return render(request, "desk/inbox.html", _page_context(request, None))


@staff_page
@require_safe
def list_fragment(request: HttpRequest) -> HttpResponse:
    """Views and rows, refetched on news; `?open=` is the conversation shown beside them."""
    return render(request, "desk/_list.html", _list_context(request, id_in(request, "open")))


@staff_page
@require_safe
def conversation_page(request: HttpRequest, conversation_id: int) -> HttpResponse:
    conversation = conversation_at(request, conversation_id)
    _seen(request, conversation)
    return render(request, "desk/inbox.html", _page_context(request, conversation))


@staff_page
@require_safe
def thread_fragment(request: HttpRequest, conversation_id: int) -> HttpResponse:
    """Head and messages, refetched on news; read only when the page is in view (thread.js says so)."""
    conversation = conversation_at(request, conversation_id)
    if "FD-In-View" in request.headers:
        _seen(request, conversation)
    return render(request, "desk/_thread.html", _thread_context(request, conversation))


@staff_page
@require_safe
def panel_fragment(request: HttpRequest, conversation_id: int) -> HttpResponse:
    conversation = conversation_at(request, conversation_id)
    shown = panel.read(conversation)
    context = {
        "conversation": conversation,
        "title": inbox.title_of(business_of(request), conversation),
        "panel": shown,
        "steps": [
            {"step": each, "icon": step_words.icon(each), "words": step_words.sentence(each)} for each in shown.steps
        ],
        "ending": step_words.ending(shown.turn) if shown.turn else "",
    }
    return render(request, "desk/_panel.html", context)


@staff_page
@require_safe
def composer_fragment(request: HttpRequest, conversation_id: int) -> HttpResponse:
    """Asked for by a page on which nothing could be written (`shut`: why): perhaps it can now.

    204 while it is as it was, so that a template that somebody is filling in stays.
    """
    context = _composer_context(request, conversation_at(request, conversation_id))
    if context["shut"] and request.GET.get("shut") == context["shut"]:
        return HttpResponse(status=204)
    return render(request, "desk/_composer.html", context)


@staff_page
@require_safe
def nav_counts(request: HttpRequest) -> HttpResponse:
    unseen = notices.unseen(membership_of(request).user_id)
    return render(
        request, "components/nav_counts.html", {"nav_counts": overview(business_of(request)), "unseen": unseen}
    )


@staff_page
@require_safe
def assistant_state(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/_assistant_state.html", {"assistant": overview(business_of(request)).assistant})


@staff_page
@require_POST
def reply(request: HttpRequest, conversation_id: int) -> HttpResponse:
    conversation = conversation_at(request, conversation_id)
    form = ReplyForm(request.POST)
    try:
        files = attaching.files_in(request, conversation)
    except attaching.FileRefused as error:
        return refused(request, conversation, str(error))
    if not form.is_valid():
        return refused(request, conversation, str(form.errors["text"][0]))
    text = form.cleaned_data["text"]
    if not text and not files:
        return refused(request, conversation, gettext("Write something first."))
    if not inbox.window_open(conversation):
        return refused(request, conversation, gettext("WhatsApp’s 24 hours ended meanwhile: this was not sent."))
    user = membership_of(request).user
    if unseen := thread.written_since(conversation, id_in_post(request, "seen"), user.pk):
        return refused(
            request,
            conversation,
            gettext("%(unseen)s answered while you wrote. Read it, then send yours again.") % {"unseen": unseen},
        )
    quoted = quoting.asked_in(request, conversation)
    acts.reply(business_of(request), conversation, user, text, files=files, reply_to=quoted)
    drafts.forget(conversation, user)
    return after(request, conversation)


@staff_page
@require_POST
def act(request: HttpRequest, conversation_id: int, verb: str) -> HttpResponse:
    """Take over, return, resolve. `from` names the colleague from whom it is taken."""
    conversation = conversation_at(request, conversation_id)
    business, user = business_of(request), membership_of(request).user
    try:
        if verb == "take-over":
            seen = request.POST.get("from", "")
            acts.take_over(business, conversation, user, seen_owner=int(seen) if is_id(seen) else None)
        else:
            {"return": acts.return_to_assistant, "resolve": acts.resolve}[verb](business, conversation, user)
    except handoffs.TransitionRefused as error:
        return after(request, conversation, str(error))
    except acts.AlreadyTaken as error:
        return after(
            request,
            conversation,
            gettext("%(name)s has this conversation already.") % {"name": name_by_id(error.owner_id)},
        )
    return after(request, conversation)


def after(request: HttpRequest, conversation: Conversation, note: str = "") -> HttpResponse:
    """The thread again for htmx, the page for a browser without JavaScript; a note in the corner."""
    if "HX-Request" not in request.headers:
        if note:
            messages.info(request, note)
        return redirect("conversation", conversation.pk)
    fresh = conversation_at(request, conversation.pk)
    response = render(request, "desk/_thread.html", _thread_context(request, fresh))
    if note:
        response["HX-Trigger"] = json.dumps({"fd:toast": {"level": "info", "text": note}})
    return response


def refused(request: HttpRequest, conversation: Conversation, error: str) -> HttpResponse:
    """What was typed again, with the error beside it."""
    written = {"reply_error": error, "reply_value": request.POST.get("text", "").replace("\x00", "")[:8000]}
    if "HX-Request" not in request.headers:
        return render(request, "desk/inbox.html", _page_context(request, conversation) | written, status=422)
    context = _composer_context(request, conversation) | written
    response = render(request, "desk/_composer.html", context, status=422)
    response["HX-Retarget"], response["HX-Reswap"] = "#composer", "outerHTML"
    return response


def _seen(request: HttpRequest, conversation: Conversation) -> None:
    """Staff of a suspended business may look, which changes nothing."""
    if conversation.news and not business_of(request).suspended:  # type: ignore[attr-defined]
        notices.see(business_of(request), membership_of(request).user_id, conversation_id=conversation.pk)
    if conversation.unread and not business_of(request).suspended:
        handoffs.mark_read(business_of(request), conversation)
        conversation.unread = 0


def conversation_at(request: HttpRequest, conversation_id: int) -> Conversation:
    rows = Conversation.objects.select_related("contact", "identity", "channel").annotate(
        owner_name=name_of("staff_id"),
        label_marks=inbox.marks_of("pk"),
        draft_text=drafts.text_of(membership_of(request).user_id),
        clock=clock_words.clock_of("pk"),
        promised=promising.open_of("pk"),
        news=notices.unseen_about("pk", membership_of(request).user_id),
        later=later.listed("pk"),
    )
    return find(request, rows, pk=conversation_id)


def _page_context(request: HttpRequest, conversation: Conversation | None) -> dict[str, Any]:
    now = overview(business_of(request))
    context = _list_context(request, conversation.pk if conversation else None, needs_you=now.inbox)
    context |= {"section": "inbox", "nav_counts": now, "assistant": now.assistant}
    if conversation is not None:
        context |= _thread_context(request, conversation) | _composer_context(request, conversation)
    return context


def _list_context(request: HttpRequest, open_id: int | None, needs_you: int | None = None) -> dict[str, Any]:
    business = business_of(request)
    asked = asked_in(request)
    page, more = inbox.conversations(asked, id_in(request, "before"))
    needing = overview(business).inbox if needs_you is None else needs_you
    here = reverse("conversation", args=[open_id]) if open_id else reverse("inbox")
    stay = {"view": asked.view, "q": asked.words, "label": asked.label_id or ""}
    rows = [
        {
            "conversation": each,
            "url": reverse("conversation", args=[each.pk]) + query_of(**stay),
            "name": inbox.title_of(business, each),
            "selected": each.pk == open_id,
            "due": clock_words.shown(each.clock),  # type: ignore[attr-defined]
        }
        for each in page
    ]
    views = [
        {
            "label": inbox.VIEWS[name],
            "url": here + query_of(view=name, q=asked.words),
            "active": name == asked.view and not asked.label_id,
            "count": needing if name == "needs_you" else 0,
        }
        for name in at_hand(asked.view)
    ]
    before = request.GET.get("before", "")[:20]
    return {
        "rows": rows,
        "views": views,
        "view": asked.view,
        "query": asked.words,
        "label": Label.objects.filter(pk=asked.label_id).first() if asked.label_id else None,
        "without_label_url": here + query_of(view=asked.view, q=asked.words),
        "search_url": here,
        "menu_url": reverse("inbox_menu") + query_of(**stay, open=open_id or ""),
        "list_url": reverse("inbox_list") + query_of(**stay, before=before, open=open_id or ""),
        "more_url": here + query_of(**stay, before=page[-1].pk) if more else "",
        "newest_url": here + query_of(**stay) if before else "",
    }


def _thread_context(request: HttpRequest, conversation: Conversation) -> dict[str, Any]:
    business = business_of(request)
    since = id_in(request, "since")
    shown = thread.read(conversation, since)
    to_promise = promising.offered(shown.lines)
    return {
        "conversation": conversation,
        "title": inbox.title_of(business, conversation),
        "lines": shown.lines,
        "newest": shown.newest,
        "earlier": shown.earlier,
        "thread_url": reverse("thread", args=[conversation.pk]) + query_of(since=since or ""),
        "window_open": inbox.window_open(conversation),
        "owner_name": conversation.owner_name,  # type: ignore[attr-defined]
        "due": clock_words.shown(conversation.clock),  # type: ignore[attr-defined]
        "promised": clock_words.promises_in(conversation.promised),  # type: ignore[attr-defined]
        "to_promise": to_promise,
        "promise_choices": promising.choices(business) if to_promise else (),
        "is_mine": conversation.staff_id == membership_of(request).user_id,
        "can_act": not business.suspended,
        "snooze_choices": snoozing.choices(business),
        "window_ends": later.window_ends(conversation),
        "to_keep": None if business.suspended else answer_to_keep(conversation, shown.lines),
    }


def _composer_context(request: HttpRequest, conversation: Conversation) -> dict[str, Any]:
    suspended = business_of(request).suspended
    closed = "" if inbox.window_open(conversation) else CLOSED
    return {
        "conversation": conversation,
        "composer_closed": SUSPENDED if suspended else closed,
        "shut": "suspended" if suspended else "window" if closed else "",
        "suspended": suspended,
        "accept": "" if suspended else attaching.accepted(conversation.channel),
        "file_limits": attaching.limits_json(conversation.channel),
        "reply_quote": quoting.quote_of(quoting.asked_in(request, conversation)),
        "reply_value": conversation.draft_text or "",  # type: ignore[attr-defined]
        "later_choices": [] if suspended else later.choices(business_of(request)),
    }
