"""News becomes events, and an event a delivery for everybody who wants it.

What the desk itself does is noted in its own transaction (`note`). What happens below it stands in rows there
already; the feed claims those every few seconds (`claim`), so that neither a booking nor a message pays for it. Ids
may become visible out of order: the feed looks a little back each time, and an event's `source` is unique.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max, Model, QuerySet

from calendar_sync.models import AppointmentChange
from conversations.models import Message
from escalations.models import NewsCursor, WebhookDelivery, WebhookEndpoint, WebhookEvent
from escalations.webhooks.kinds import BY_ACT, Kind
from tenants import clock, worklist
from tenants.models import Business
from tenants.worklist import Lease

FEED = "escalations.webhook_feed"
DELIVER = "escalations.webhook_deliver"
EVERY = dt.timedelta(seconds=5)
LOOK_BACK = 500  # ids
BATCH = 1000  # rows
RECENT = dt.timedelta(days=7)
KEPT = dt.timedelta(days=30)
FORGOTTEN_AT_ONCE = 1000
FEED_ID = 1  # there is one for each business


def note(business: Business, kind: Kind, source: str, **data: int | None) -> None:
    """Within the caller's transaction; told once per `source`. Nothing where nobody listens."""
    endpoints = listening()
    if endpoints:
        event = WebhookEvent(kind=kind, data=data, source=source, at=clock.now())
        _tell(business, [event], endpoints)


def begin(business: Business) -> None:
    """Within the transaction that makes an endpoint active: what lies before this moment is no news."""
    if WebhookEndpoint.objects.filter(active=True).count() <= 1:
        for name, rows in _sources().items():
            newest = rows.aggregate(newest=Max("pk"))["newest"] or 0
            NewsCursor.objects.update_or_create(name=name, defaults={"first_id": newest, "last_id": newest})
    worklist.call_for(business.pk, FEED, FEED_ID)


def claim(business: Business, lease: Lease) -> None:
    """One round of the feed; it ends when nobody listens."""
    with transaction.atomic():
        lease.hold()
        endpoints = listening()
        if not endpoints:
            lease.finish()
            return
        changes, more_changes = _new("changes")
        messages, more_messages = _new("messages")
        events = [*map(_of_change, changes), *map(_of_message, messages)]
        _tell(business, events, endpoints)
        _forget()
        wait = dt.timedelta(0) if more_changes or more_messages else EVERY
        lease.retry_in(wait, forgive=True)


def listening() -> list[WebhookEndpoint]:
    return list(WebhookEndpoint.objects.filter(active=True).order_by("pk"))


def _tell(business: Business, events: Sequence[WebhookEvent], endpoints: Sequence[WebhookEndpoint]) -> None:
    if not events:
        return
    known = set(
        WebhookEvent.objects.filter(source__in=[each.source for each in events]).values_list("source", flat=True)
    )
    made = WebhookEvent.objects.bulk_create([each for each in events if each.source not in known])
    now = clock.now()
    wanted = [
        WebhookDelivery(endpoint=endpoint, event=event, next_at=now)
        for event in made
        for endpoint in endpoints
        if not endpoint.kinds or event.kind in endpoint.kinds
    ]
    WebhookDelivery.objects.bulk_create(wanted)
    for endpoint_id in {each.endpoint_id for each in wanted}:
        worklist.call_for(business.pk, DELIVER, endpoint_id)


def _sources() -> dict[str, QuerySet[Any]]:
    return {
        "changes": AppointmentChange.objects.filter(act__in=BY_ACT).select_related("appointment"),
        "messages": Message.objects.filter(direction=Message.Direction.IN).select_related("conversation"),
    }


def _new(name: str) -> tuple[Sequence[Model], bool]:
    """Rows that nobody was told of, perhaps among others, and whether there are more."""
    cursor = NewsCursor.objects.get(name=name)
    at = "at" if name == "changes" else "created_at"
    recent = {f"{at}__gt": clock.now() - RECENT}  # what is older was told, and its event is forgotten
    rows = _sources()[name].filter(pk__gt=max(cursor.first_id, cursor.last_id - LOOK_BACK), **recent)
    found = list(rows.order_by("pk")[: LOOK_BACK + BATCH])
    if found and found[-1].pk > cursor.last_id:
        NewsCursor.objects.filter(pk=cursor.pk).update(last_id=found[-1].pk)
    return found, len(found) == LOOK_BACK + BATCH


def _of_change(change: Any) -> WebhookEvent:
    appointment = change.appointment
    data = {"appointment": appointment.pk, "patient": appointment.patient_id, "contact": appointment.contact_id}
    return WebhookEvent(kind=BY_ACT[change.act], data=data, source=f"change:{change.pk}", at=change.at)


def _of_message(message: Any) -> WebhookEvent:
    data = {
        "message": message.pk,
        "conversation": message.conversation_id,
        "contact": message.conversation.contact_id,
    }
    source = f"message:{message.pk}"
    return WebhookEvent(kind=Kind.MESSAGE_RECEIVED, data=data, source=source, at=message.created_at)


def _forget() -> None:
    old = WebhookEvent.objects.filter(at__lt=clock.now() - KEPT).order_by("at").values_list("pk", flat=True)
    numbers: Iterable[int] = list(old[:FORGOTTEN_AT_ONCE])
    if numbers:
        WebhookEvent.objects.filter(pk__in=numbers).delete()
