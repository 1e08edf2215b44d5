"""Writing what was read of a calendar into its mirror, in one transaction: readers see the old or the new whole."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Q

from calendar_sync.google import proposals
from calendar_sync.google.reading import Interval, ReadEvent
from calendar_sync.models import CalendarConnection, CalendarEventLink, CalendarMirror, MirroredEvent
from tenants.events import publish
from tenants.models import Business


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What Google told, and of which span. `series`: recurring events that changed, with all their instances."""

    whole: bool
    events: list[ReadEvent]
    window: Interval
    timezone: str
    sync_token: str
    at: dt.datetime  # begun then: later changes may be missing
    series: dict[str, list[ReadEvent]] = field(default_factory=dict)

    @property
    def told(self) -> list[ReadEvent]:
        """Single events, and the instances of each changed series as they were read last."""
        alone = [each for each in self.events if each.series_id not in self.series]
        return [*alone, *(each for instances in self.series.values() for each in instances)]


def apply(business: Business, mirror: CalendarMirror, reading: Reading, before: dict[str, str]) -> bool:
    """Whether it counted: not when another reading, or another account's access, came first.

    `before`: event id → etag of our copies there as they were known before Google was asked.
    """
    with transaction.atomic():
        row = CalendarMirror.objects.select_for_update(no_key=True).filter(pk=mirror.pk).first()
        if row is None or row.sync_token != mirror.sync_token or not _connected(row):
            return False
        told = reading.told
        links = _links(row, told)
        changed = _forget(row, reading)
        changed += _insert(row, [each for each in told if each.overlaps(reading.window)], links)
        row.sync_token, row.timezone = reading.sync_token, reading.timezone
        row.covered_from, row.covered_until = reading.window
        row.synced_at = reading.at
        row.whole_at = reading.at if reading.whole else row.whole_at
        row.save()
        proposals.notice(business, row, told, whole=reading.whole, before=before)
        if changed:
            publish(business, "diary")
    for name in ("sync_token", "timezone", "covered_from", "covered_until", "synced_at", "whole_at"):
        setattr(mirror, name, getattr(row, name))
    return True


def forget_all(mirror: CalendarMirror) -> None:
    """Nothing is known until the whole calendar was read: its time is busy, never free."""
    CalendarMirror.objects.filter(pk=mirror.pk).update(sync_token="", synced_at=None)
    mirror.sync_token, mirror.synced_at = "", None


def our_copies(mirror: CalendarMirror) -> dict[str, str]:
    rows = CalendarEventLink.objects.filter(calendar_id=mirror.calendar_id, removed_at__isnull=True)
    return dict(rows.values_list("event_id", "etag"))


def _connected(mirror: CalendarMirror) -> bool:
    status = CalendarConnection.objects.values_list("status", flat=True).get(pk=mirror.connection_id)
    return status == CalendarConnection.Status.CONNECTED


def _links(mirror: CalendarMirror, told: Iterable[ReadEvent]) -> dict[str, int]:
    """Event id → our link. By the calendar and the id, whichever account wrote it there: never by time."""
    marked = [each.id for each in told if each.mark]
    rows = CalendarEventLink.objects.filter(calendar_id=mirror.calendar_id, event_id__in=marked)
    return dict(rows.values_list("event_id", "pk"))


def _forget(mirror: CalendarMirror, reading: Reading) -> int:
    rows = MirroredEvent.objects.filter(mirror=mirror)
    if not reading.whole:
        ids = {each.id for each in reading.events}
        rows = rows.filter(Q(event_id__in=ids) | Q(series_id__in={*reading.series, *ids}))
    return rows.delete()[0]


def _insert(mirror: CalendarMirror, told: Sequence[ReadEvent], links: dict[str, int]) -> int:
    rows = {each.id: _row(mirror, each, links) for each in told if not each.cancelled}
    MirroredEvent.objects.bulk_create(rows.values(), batch_size=500)
    return len(rows)


def _row(mirror: CalendarMirror, event: ReadEvent, links: dict[str, int]) -> MirroredEvent:
    assert event.during is not None
    return MirroredEvent(
        mirror=mirror,
        event_id=event.id,
        series_id=event.series_id,
        etag=event.etag[:80],
        status=event.status[:20],
        kind=event.kind[:20],
        transparent=event.transparent,
        declined=event.declined,
        starts_at=event.during[0],
        ends_at=event.during[1],
        first_day=event.days[0] if event.days else None,
        after_last_day=event.days[1] if event.days else None,
        updated=event.updated,
        blocks=event.blocks,
        link_id=links.get(event.id),
        moved_by_hand=event.moved_by_hand,
    )
