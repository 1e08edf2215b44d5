"""Google's push channels: it posts to us when a calendar changes. They carry no contents, expire, and lose messages.

https://developers.google.com/workspace/calendar/api/guides/push. A new one is opened a day before the old one ends.
"""

import datetime as dt
import hashlib
import secrets
from contextlib import suppress
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.db.models import Max

from calendar_sync.google.accounts import open_account
from calendar_sync.google.errors import CalendarError
from calendar_sync.models import CalendarConnection, CalendarMirror, MirroredEvent
from tenants import clock
from tenants.events import publish
from tenants.models import Business, CalendarRoute

log = structlog.get_logger(__name__)
LIFE = dt.timedelta(days=7)
RENEWED_BEFORE = dt.timedelta(days=1)
TRY_AGAIN = dt.timedelta(hours=1)
LATE = dt.timedelta(minutes=2)  # a change that we weren't told of by then was lost
PATH = "/calendar/google/notifications/"


def possible() -> bool:
    """Whether Google can reach us at all: it posts to https only (a stand-in on loopback takes http)."""
    return settings.SECURE_ORIGIN or urlsplit(settings.PUBLIC_ORIGIN).hostname in ("127.0.0.1", "localhost")


def keep_open(business: Business, mirror: CalendarMirror) -> None:
    """Open a channel where there is none, a new one where it ends soon or seems lost. Outside of transactions."""
    if not possible() or mirror.access != CalendarMirror.Access.EVENTS or mirror.synced_at is None:
        return
    now = clock.now()
    if mirror.channel_tried_at and now - mirror.channel_tried_at < TRY_AGAIN:
        return
    ends = mirror.channel_expires_at
    if ends is None or ends - now < RENEWED_BEFORE or _lost(mirror, now):
        _open(business, mirror, now)


def close(mirror: CalendarMirror) -> None:
    """Have Google stop; whether it did or not, what still comes is not ours any more."""
    if not mirror.channel_id:
        return
    CalendarRoute.objects.filter(channel_id=mirror.channel_id).delete()
    if mirror.connection.status == CalendarConnection.Status.CONNECTED:
        with suppress(CalendarError):
            open_account(mirror.connection).stop(mirror.channel_id, mirror.channel_resource)
    CalendarMirror.objects.filter(pk=mirror.pk, channel_id=mirror.channel_id).update(
        channel_id="", channel_resource="", channel_expires_at=None, channel_tried_at=None, channel_error=""
    )


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _open(business: Business, mirror: CalendarMirror, now: dt.datetime) -> None:
    """The route stands before the channel does: its first message may come at once."""
    name, secret, old = secrets.token_hex(16), secrets.token_urlsafe(32), mirror.channel_id
    old_resource = mirror.channel_resource
    CalendarRoute.objects.create(channel_id=name, token_digest=digest(secret), business=business, mirror_id=mirror.pk)
    account = open_account(mirror.connection)
    address = settings.PUBLIC_ORIGIN + PATH
    try:
        opened = account.watch(
            mirror.calendar_id, channel_id=name, secret=secret, address=address, seconds=int(LIFE.total_seconds())
        )
    except CalendarError as error:
        log.warning("calendar.no_channel", mirror=mirror.pk, reason=str(error))
        CalendarRoute.objects.filter(channel_id=name).delete()
        _note(mirror, channel_tried_at=now, channel_error=error.said[:200])
        return
    _note(
        mirror,
        channel_id=opened.id,
        channel_resource=opened.resource,
        channel_expires_at=opened.expires_at,
        channel_tried_at=now,
        channel_error="",
    )
    publish(business, "calendars")
    if old:
        CalendarRoute.objects.filter(channel_id=old).delete()
        with suppress(CalendarError):
            account.stop(old, old_resource)


def _note(mirror: CalendarMirror, **fields: object) -> None:
    CalendarMirror.objects.filter(pk=mirror.pk).update(**fields)
    for name, value in fields.items():
        setattr(mirror, name, value)


def _lost(mirror: CalendarMirror, now: dt.datetime) -> bool:
    """The poll found a change of which we heard nothing."""
    newest = MirroredEvent.objects.filter(mirror=mirror).aggregate(newest=Max("updated"))["newest"]
    heard = max(each for each in (mirror.notified_at, mirror.channel_tried_at, mirror.created_at) if each)
    return newest is not None and heard < newest < now - LATE
