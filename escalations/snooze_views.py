"""Snoozing a conversation from its thread, and waking it."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from conversations import handoffs
from escalations import snoozing
from escalations.views import after, conversation_at
from tenants import formats
from tenants.access import business_of, membership_of, staff_page


@staff_page
@require_POST
def snooze(request: HttpRequest, conversation_id: int) -> HttpResponse:
    """Until `until`: ISO 8601; without an offset it is the business's own time."""
    conversation = conversation_at(request, conversation_id)
    until = moment_in(request.POST.get("until", ""), business_of(request).timezone)
    if until is None:
        return after(request, conversation, gettext("Choose a day and a time."))
    try:
        snoozing.snooze(business_of(request), conversation, membership_of(request).user, until)
    except handoffs.TransitionRefused as error:
        return after(request, conversation, str(error))
    shown = formats.shown(until, "D j M, H:i")
    return after(request, conversation, gettext("Snoozed until %(shown)s, or until they write.") % {"shown": shown})


@staff_page
@require_POST
def wake(request: HttpRequest, conversation_id: int) -> HttpResponse:
    conversation = conversation_at(request, conversation_id)
    woken = snoozing.wake_now(business_of(request), conversation, membership_of(request).user)
    return after(
        request, conversation, gettext("Back in the inbox.") if woken else gettext("It is in the inbox already.")
    )


def moment_in(text: str, zone: str) -> dt.datetime | None:
    """Of a form: ISO 8601; without an offset it is the business's own time. None: it is no moment."""
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    if found is None:
        return None
    return found if found.tzinfo else found.replace(tzinfo=ZoneInfo(zone))
