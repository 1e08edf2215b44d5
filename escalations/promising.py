"""What was promised to a contact, as tasks with an owner and a deadline: made by staff out of their own message, and by
itself out of the assistant's.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.postgres.expressions import ArraySubquery
from django.db import transaction
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject
from django.utils.translation import gettext

from calendar_sync.brief import periods_ahead
from calendar_sync.open_time import due
from conversations.callbacks import promised
from conversations.models import Message
from escalations.models import Notice, Promise, ServiceLevel
from escalations.snoozing import Until
from escalations.telling.audience import audience
from escalations.telling.notices import tell
from tenants import clock, formats, worklist
from tenants.events import publish
from tenants.models import Business, User
from tenants.worklist import Lease

DUE = "escalations.promise_due"
WARNED_BEFORE = dt.timedelta(minutes=15)
OFFERED_FOR = dt.timedelta(hours=1)
LONGEST = dt.timedelta(days=366)
CLOSED_DAY_AT = dt.time(17)


class NotAhead(ValueError):
    """The deadline does not lie within the next year."""


def choices(business: Business) -> Sequence[Until]:
    """By the end of today, and of the next day that is open."""
    now, zone = clock.now(), ZoneInfo(business.timezone)
    ends: dict[dt.date, dt.datetime] = {}
    for each in periods_ahead(business, now):
        ends[each.starts_at.astimezone(zone).date()] = each.ends_at
    today = now.astimezone(zone).date()
    days = sorted(ends)[:2] or [today + dt.timedelta(days=1)]
    names = {today: gettext("By the end of today"), today + dt.timedelta(days=1): gettext("By the end of tomorrow")}
    return [
        Until(
            words=names.get(day, gettext("By the end of %(day)s") % {"day": formats.shown(day, "l")}),
            at=ends.get(day, dt.datetime.combine(day, CLOSED_DAY_AT, zone)),
        )
        for day in days
    ]


def offered(lines: Sequence[Any]) -> dict[str, Any] | None:
    """{"message_id", "text"}: a colleague has just promised something, and it is no task yet. A query only then."""
    newest = next((each.message for each in reversed(lines) if each.message is not None), None)
    if newest is None or newest.author != Message.Author.STAFF or clock.now() - newest.created_at > OFFERED_FOR:
        return None
    text = promised(newest.text)
    if not text or Promise.objects.filter(message_id=newest.pk).exists():
        return None
    return {"message_id": newest.pk, "text": text}


def open_of(conversation_id: str) -> ArraySubquery:
    """To annotate conversations with: what is still open, [{"id", "text", "due"}], the next one first."""
    rows = Promise.objects.filter(conversation=OuterRef(conversation_id), done_at__isnull=True).order_by("due_at")
    return ArraySubquery(rows.values(one=JSONObject(id=F("pk"), text=F("text"), due=F("due_at"))))


def make(business: Business, message: Message, text: str, due_at: dt.datetime, owner: int | None) -> Promise:
    """One for each message, however often this runs. Raises NotAhead."""
    if not dt.timedelta(0) < due_at - clock.now() <= LONGEST:
        raise NotAhead
    with transaction.atomic():
        promise, made = Promise.objects.get_or_create(
            message_id=message.pk,
            defaults={
                "conversation_id": message.conversation_id,
                "text": text[:300],
                "owner_id": owner,
                "due_at": due_at,
                "created_at": clock.now(),
            },
        )
        if made:
            _call(business, promise)
            _changed(business, promise)
    return promise


def note_assistants(business: Business, turn_id: int, lease: Lease) -> None:
    """The assistant said that somebody will call: a task for whoever has the conversation, within the time that the
    business means to answer in."""
    rows = Message.objects.filter(turn_id=turn_id, author=Message.Author.ASSISTANT, direction=Message.Direction.OUT)
    rows = rows.exclude(delivery=Message.Delivery.WITHHELD).select_related("conversation").order_by("pk")
    found = [(each, text) for each in rows if (text := promised(each.text, by_people=True))]
    minutes, now = ServiceLevel.of_this_business().first_reply_minutes, clock.now()
    deadline = due(business, now, minutes) or now + dt.timedelta(days=1)
    with transaction.atomic():
        lease.hold()
        for message, text in found[:1]:
            make(business, message, text, max(deadline, now + WARNED_BEFORE), message.conversation.staff_id)
        lease.finish()


def done(business: Business, promise: Promise, user: User) -> None:
    with transaction.atomic():
        now = clock.now()
        if Promise.objects.filter(pk=promise.pk, done_at__isnull=True).update(done_at=now, done_by=user.pk):
            _changed(business, promise)


def undo(business: Business, promise: Promise) -> None:
    """It is open again; who was warned of it already is not warned twice."""
    with transaction.atomic():
        if Promise.objects.filter(pk=promise.pk, done_at__isnull=False).update(done_at=None, done_by=None):
            _call(business, promise)
            _changed(business, promise)


def warn(business: Business, promise_id: int, lease: Lease) -> None:
    """Shortly before it is due, whoever has it is told."""
    promise = Promise.objects.filter(pk=promise_id, done_at__isnull=True).first()
    if promise is None:
        return lease.finish()
    left = promise.due_at - WARNED_BEFORE - clock.now()
    if left > dt.timedelta(0):
        return lease.retry_in(left, forgive=True)
    kind = Notice.Kind.PROMISE
    with transaction.atomic():
        lease.hold()
        people = audience(business, kind, owner=promise.owner_id)
        tell(business, kind, people, conversation_id=promise.conversation_id, object_id=promise.pk)
        Promise.objects.filter(pk=promise.pk).update(warned_at=clock.now())
        _changed(business, promise)
        lease.finish()
    return None


def _call(business: Business, promise: Promise) -> None:
    worklist.call_for(
        business.pk, DUE, promise.pk, wait=max(promise.due_at - WARNED_BEFORE - clock.now(), dt.timedelta(0))
    )


def _changed(business: Business, promise: Promise) -> None:
    publish(business, "promise", promise.pk)
    publish(business, "conversation", promise.conversation_id)
