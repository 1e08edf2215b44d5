"""The templates of a number as they stand at the vendor: read every hour and by button.

Ours (of a purpose) learn that WhatsApp has paused them; those made at the vendor become rows that staff can use.
"""

from collections.abc import Iterable

import structlog
from django.db import transaction

from conversations.channels.base import ChannelError, ListedTemplate
from conversations.channels.registry import adapter_for
from conversations.models import Channel, KnownContent, MessageTemplate
from conversations.placeholders import place_of, placed
from tenants import clock, events
from tenants.models import Business, ChannelRoute

log = structlog.get_logger(__name__)
LIST = "conversations.list_templates"
Purpose, State = MessageTemplate.Purpose, MessageTemplate.State
LOST = (State.PAUSED, State.REJECTED, State.GONE)


def read_route(business: Business, route_id: int) -> None:
    """The channel behind a public route; what went wrong is shown on the settings page."""
    route = ChannelRoute.objects.filter(pk=route_id, business=business).first()
    if route is None:
        return
    channel = Channel.objects.filter(kind=route.kind, address=route.address, active=True).first()
    if channel is None:
        return
    try:
        read(business, channel)
    except ChannelError as error:
        log.warning("templates.not_listed", channel=channel.pk, code=error.code)


def read(business: Business, channel: Channel) -> int:
    """Ask the vendor and note what it says; how many templates that were made there. Raises ChannelError.

    No transaction is open while the vendor is asked.
    """
    if not adapter_for(channel.kind).has_window:
        return 0
    try:
        told = adapter_for(channel.kind).list_templates(channel)
    except ChannelError as error:
        Channel.objects.filter(pk=channel.pk).update(templates_error=error.code[:60])
        raise
    with transaction.atomic():
        Channel.objects.select_for_update(no_key=True).get(pk=channel.pk)
        theirs = _note_ours(channel, told)
        _note_theirs(channel, theirs)
        Channel.objects.filter(pk=channel.pk).update(templates_listed_at=clock.now(), templates_error="")
        events.publish(business, "templates")
    return len(theirs)


def _note_ours(channel: Channel, told: Iterable[ListedTemplate]) -> list[ListedTemplate]:
    """What became of those that we handed in; all the others."""
    ours = MessageTemplate.objects.filter(channel=channel).exclude(purpose=Purpose.OTHER)
    by_sid = {sid: row for row in ours for sid in (row.sid, row.approved_sid) if sid}
    shapes = set(KnownContent.objects.filter(channel=channel).values_list("sid", flat=True))
    others = []
    for each in told:
        row = by_sid.get(each.sid)
        if row is None:
            others += [] if each.sid in shapes or not each.sid else [each]
        elif each.state in LOST and row.approved_sid == each.sid:
            lost = {"state": each.state, "reason": each.reason} if row.sid == each.sid else {}
            MessageTemplate.objects.filter(pk=row.pk).update(approved_sid="", checked_at=clock.now(), **lost)
        elif each.state == State.APPROVED and row.state == State.PAUSED and row.sid == each.sid:
            MessageTemplate.objects.filter(pk=row.pk).update(
                state=State.APPROVED, reason="", approved_sid=row.sid, checked_at=clock.now()
            )
    return others


def _note_theirs(channel: Channel, told: Iterable[ListedTemplate]) -> None:
    now, seen = clock.now(), []
    for each in told:
        seen.append(each.sid[:40])
        body, usable = placed(each.body), each.state == State.APPROVED and not each.unfit
        MessageTemplate.objects.update_or_create(
            channel=channel,
            purpose=Purpose.OTHER,
            sid=each.sid[:40],
            defaults={
                "name": each.name[:200],
                "language": each.language[:10],
                "category": each.category[:20],
                "body": body,
                "buttons": [{"title": title} for title in each.buttons],
                "samples": {place_of(blank): value for blank, value in each.samples.items()},
                "state": each.state,
                "reason": each.reason,
                "unfit": each.unfit[:120],
                "approved_sid": each.sid[:40] if usable else "",
                "approved_body": body if usable else "",
                "checked_at": now,
            },
        )
    missing = MessageTemplate.objects.filter(channel=channel, purpose=Purpose.OTHER).exclude(sid__in=seen)
    missing.exclude(state=State.GONE).update(state=State.GONE, approved_sid="", checked_at=now)
