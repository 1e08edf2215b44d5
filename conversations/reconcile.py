"""After an outage: receive what the vendor has and we have not (a webhook that failed is dropped by the vendor)."""

import datetime as dt

import structlog

from conversations import inbox
from conversations.channels.base import ChannelError
from conversations.channels.registry import adapter_for
from conversations.models import Channel
from tenants import clock
from tenants.models import Business, ChannelRoute

log = structlog.get_logger(__name__)
RECONCILE_CHANNEL = "conversations.reconcile_channel"
OVERLAP = dt.timedelta(minutes=15)  # the vendor's list may lag, and clocks differ


def reconcile_route(business: Business, route_id: int) -> None:
    """The channel behind a public route, from where the last comparison ended."""
    route = ChannelRoute.objects.filter(pk=route_id, business=business).first()
    if route is None:
        return
    channel = Channel.objects.filter(kind=route.kind, address=route.address, active=True).first()
    if channel is None:
        return
    try:
        reconcile(business, channel)
    except ChannelError as error:
        log.warning("reconcile.failed", channel=channel.pk, code=error.code)


def reconcile(business: Business, channel: Channel, since: dt.datetime | None = None) -> int:
    """Receive everything missed since then (default: since the last comparison); how many it were.

    Raises ChannelError when the vendor can't be asked; the next comparison then starts where this one did.
    """
    started = clock.now()
    start = since or (channel.reconciled_at or channel.created_at) - OVERLAP
    missed = 0
    for message in adapter_for(channel.kind).inbound_since(channel, start):
        if inbox.receive(business, channel, message) is not None:
            missed += 1
    Channel.objects.filter(pk=channel.pk).update(reconciled_at=started)
    if missed:
        log.warning("reconcile.received", channel=channel.pk, missed=missed)
    return missed
