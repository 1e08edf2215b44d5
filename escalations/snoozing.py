"""Snoozing: out of sight until a time or until the contact writes, whichever comes first."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext

from conversations import handoffs
from conversations.models import Conversation, ConversationEvent
from tenants import clock, events, worklist
from tenants.models import Business, User
from tenants.worklist import Lease

WAKE = "escalations.wake"
MORNING = dt.time(9)
LONGEST = dt.timedelta(days=366)


@dataclass(frozen=True, kw_only=True)
class Until:
    """A choice of the menu."""

    words: str
    at: dt.datetime


def choices(business: Business) -> Sequence[Until]:
    """In three hours, tomorrow morning, on Monday, in the business's own time."""
    now = clock.local_now(business.timezone)
    zone = ZoneInfo(business.timezone)

    def morning(days: int) -> dt.datetime:
        return dt.datetime.combine(now.date() + dt.timedelta(days=days), MORNING, zone)

    to_monday = 7 - now.weekday()
    found = [
        Until(words=gettext("In three hours"), at=now + dt.timedelta(hours=3)),
        Until(words=gettext("Tomorrow, 9:00"), at=morning(1)),
    ]
    if to_monday > 1:
        found.append(Until(words=gettext("Monday, 9:00"), at=morning(to_monday)))
    return found


def snooze(business: Business, conversation: Conversation, user: User, until: dt.datetime) -> None:
    """Raises handoffs.TransitionRefused when the time does not lie ahead."""
    wait = until - clock.now()
    if not dt.timedelta(0) < wait <= LONGEST:
        raise handoffs.TransitionRefused(gettext("Choose a time within the next year."))
    with transaction.atomic():
        locked = Conversation.objects.select_for_update(no_key=True).get(pk=conversation.pk)
        if locked.status == Conversation.Status.RESOLVED:
            raise handoffs.TransitionRefused(gettext("This conversation is resolved already."))
        Conversation.objects.filter(pk=locked.pk).update(
            status=Conversation.Status.SNOOZED, snoozed_until=until, unread=0
        )
        _line(business, locked.pk, "snoozed", user, until=until.isoformat())
        worklist.call_for(business.pk, WAKE, locked.pk, wait=wait)


def wake_now(business: Business, conversation: Conversation, user: User | None) -> bool:
    """Back into the inbox; False when it was there already."""
    with transaction.atomic():
        asleep = Conversation.objects.filter(pk=conversation.pk, status=Conversation.Status.SNOOZED)
        if not asleep.update(status=Conversation.Status.OPEN, snoozed_until=None):
            return False
        _line(business, conversation.pk, "woken", user)
    return True


def wake(business: Business, conversation_id: int, lease: Lease) -> None:
    """Its time has come, unless it was moved or is awake."""
    conversation = Conversation.objects.filter(pk=conversation_id, status=Conversation.Status.SNOOZED).first()
    if conversation is not None and conversation.snoozed_until is not None:
        left = conversation.snoozed_until - clock.now()
        if left > dt.timedelta(0):
            return lease.retry_in(left, forgive=True)
        with transaction.atomic():
            lease.hold()
            wake_now(business, conversation, None)
            lease.finish()
        return None
    return lease.finish()


def _line(business: Business, conversation_id: int, act: str, user: User | None, **detail: str) -> None:
    ConversationEvent.objects.create(
        conversation_id=conversation_id, act=act, staff_id=user.pk if user else None, detail=detail, at=clock.now()
    )
    events.publish(business, "conversation", conversation_id)
