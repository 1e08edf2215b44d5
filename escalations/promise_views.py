"""The list of what was promised; making a task of it, ticking it off, and taking that back."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from conversations.callbacks import promised
from conversations.models import Message
from escalations import clock_words, inbox, promising
from escalations.inbox_address import id_in_post
from escalations.models import Promise
from escalations.overview import overview
from escalations.people import name_of
from escalations.snooze_views import moment_in
from escalations.views import after, conversation_at
from tenants.access import business_of, find, membership_of, staff_page
from tenants.models import Business

OPEN_SHOWN = 200
DONE_SHOWN = 20


def tabs(here: str) -> list[dict[str, Any]]:
    """Of the two lists of what waits for people."""
    waiting = Promise.objects.filter(done_at__isnull=True).count()
    return [
        {"label": gettext("Waiting"), "url": reverse("escalations"), "active": here == "escalations", "count": 0},
        {"label": gettext("Promised"), "url": reverse("promises"), "active": here == "promises", "count": waiting},
    ]


@staff_page
@require_safe
def promises_page(request: HttpRequest) -> HttpResponse:
    business = business_of(request)
    rows = Promise.objects.select_related("conversation__contact", "conversation__identity")
    rows = rows.annotate(owner_name=name_of("owner_id"), done_name=name_of("done_by"))
    still = rows.filter(done_at__isnull=True).order_by("due_at", "pk")[:OPEN_SHOWN]
    lately = rows.filter(done_at__isnull=False).order_by("-done_at")[:DONE_SHOWN]
    context = {
        "open": [_shown(business, each) for each in still],
        "done": [_shown(business, each) for each in lately],
        "tabs": tabs("promises"),
        "can_act": not business.suspended,
        "section": "escalations",
        "nav_counts": overview(business),
    }
    return render(request, "desk/promises.html", context)


def _shown(business: Business, promise: Promise) -> dict[str, Any]:
    name = inbox.title_of(business, promise.conversation)
    return {"promise": promise, "name": name, "due": clock_words.due_at(promise.due_at, what=clock_words.PROMISE)}


@staff_page
@require_POST
def make(request: HttpRequest, conversation_id: int) -> HttpResponse:
    """Out of a colleague's message; the deadline is one of the buttons' or typed in."""
    conversation, business = conversation_at(request, conversation_id), business_of(request)
    said = conversation.messages.filter(author=Message.Author.STAFF)
    message = find(request, said, pk=id_in_post(request, "message") or 0)
    due_at = moment_in(request.POST.get("due", ""), business.timezone)
    if due_at is None:
        return after(request, conversation, gettext("Choose a day and a time."))
    try:
        owner = message.staff_id or membership_of(request).user_id
        promising.make(business, message, promised(message.text) or message.text, due_at, owner)
    except promising.NotAhead:
        return after(request, conversation, gettext("Choose a time within the next year."))
    return after(request, conversation, gettext("It is a task now, under Escalations → Promised."))


@staff_page
@require_POST
def done(request: HttpRequest, promise_id: int) -> HttpResponse:
    promise = find(request, Promise, pk=promise_id)
    promising.done(business_of(request), promise, membership_of(request).user)
    return _back(request, promise)


@staff_page
@require_POST
def undo(request: HttpRequest, promise_id: int) -> HttpResponse:
    promise = find(request, Promise, pk=promise_id)
    promising.undo(business_of(request), promise)
    return _back(request, promise)


def _back(request: HttpRequest, promise: Promise) -> HttpResponse:
    """To the thread where it was ticked off, else to the list."""
    if "from_thread" in request.POST:
        return after(request, conversation_at(request, promise.conversation_id))
    return redirect("promises")
