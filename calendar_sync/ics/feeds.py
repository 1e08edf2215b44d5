"""A practitioner's appointments as a calendar to subscribe to, at a private address.

Calendars ask again and again: what stands in the feed is one query, and its fingerprint is known before a line of
it is written.
"""

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Max, Subquery

from calendar_sync.ics import tokens
from calendar_sync.ics.links import address_of
from calendar_sync.ics.writing import Event, document, status_of
from calendar_sync.models import HOLDS_TIME, Appointment, BookingRules, CalendarFeed
from tenants import clock
from tenants.models import Business
from tenants.templatetags.people import initials

PURPOSE = "feed"
BACK = dt.timedelta(days=30)
AHEAD = dt.timedelta(days=366)
REFRESH = dt.timedelta(minutes=15)
FORM = 1  # grows when the same appointments are written in another way


@dataclass(frozen=True, kw_only=True)
class Line:
    """What is known of one appointment in a feed."""

    pk: int
    revision: int
    status: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    changed_at: dt.datetime
    session_id: int | None
    service: str
    patient: str
    location: str = ""  # where it is elsewhere than the practitioner works now


@dataclass(frozen=True, kw_only=True)
class Feed:
    """`fingerprint` is the same as long as the file is."""

    business: Business
    name: str
    location: str
    full_names: bool
    lines: tuple[Line, ...]

    @property
    def fingerprint(self) -> str:
        facts = (FORM, self.business.slug, self.name, self.location, self.full_names, self.lines)
        return hashlib.sha256(repr(facts).encode()).hexdigest()[:32]


def address_for(business: Business, feed: CalendarFeed) -> str:
    """The absolute address of the feed."""
    token = tokens.sealed(PURPOSE, (business.pk, feed.practitioner_id), feed.secret)
    return f"{settings.PUBLIC_ORIGIN}/feeds/{token}.ics"


def business_of(token: str) -> Business | None:
    """The business that a token claims; only its own schema can tell whether the token is genuine."""
    numbers = tokens.numbers_in(token, 2)
    if numbers is None:
        return None
    return Business.objects.filter(pk=numbers[0]).exclude(status=Business.Status.PREPARING).first()


def feed_at(token: str, business: Business) -> Feed | None:
    """The feed, within the business's schema; None for an address that is old, forged, or of somebody who left."""
    numbers = tokens.numbers_in(token, 2) or (0, 0)
    row = (
        CalendarFeed.objects.filter(practitioner_id=numbers[1], practitioner__active=True)
        .select_related("practitioner__location")
        .annotate(shows=Subquery(BookingRules.objects.values("feeds_show")[:1]))
        .first()
    )
    if row is None or not tokens.is_genuine(token, PURPOSE, numbers, row.secret):
        return None
    practitioner = row.practitioner
    return Feed(
        business=business,
        name=f"{practitioner.name} · {business.name}",
        location=address_of(practitioner.location),
        full_names=row.shows == BookingRules.FeedsShow.NAMES,
        lines=tuple(_lines(practitioner.pk)),
    )


def _lines(practitioner_id: int) -> Iterator[Line]:
    now = clock.now()
    rows = (
        Appointment.objects.filter(
            practitioner_id=practitioner_id,
            status__in=HOLDS_TIME,
            during__endswith__gt=now - BACK,
            during__startswith__lt=now + AHEAD,
        )
        .annotate(changed_at=Max("changes__at"))
        .order_by("during", "pk")
        .values_list(
            *("pk", "revision", "status", "during", "changed_at", "created_at", "session_id"),
            *("service__name", "patient__name", "location__name", "location__address"),
        )
    )
    for pk, revision, status, during, changed_at, created_at, session_id, service, patient, *where in rows:
        yield Line(
            pk=pk,
            revision=revision,
            status=status,
            starts_at=during.lower,
            ends_at=during.upper,
            changed_at=changed_at or created_at,
            session_id=session_id,
            service=service,
            patient=patient,
            location=", ".join(filter(None, where)),
        )


def file_of(feed: Feed) -> bytes:
    """The feed as a file. A group's patients share one event."""
    groups: dict[tuple[str, int], list[Line]] = {}
    for line in feed.lines:
        key = ("appointment", line.pk) if line.session_id is None else ("group", line.session_id)
        groups.setdefault(key, []).append(line)
    events = (_event(feed, kind, number, lines) for (kind, number), lines in groups.items())
    return document(events, name=feed.name, refresh=REFRESH)


def _event(feed: Feed, kind: str, number: int, lines: list[Line]) -> Event:
    first = lines[0]
    shown = [line.patient if feed.full_names else initials(line.patient) for line in lines]
    return Event(
        uid=f"diary-{kind}-{feed.business.pk}-{number}@frontdesk",
        starts_at=first.starts_at,
        ends_at=max(line.ends_at for line in lines),
        changed_at=max(line.changed_at for line in lines),
        sequence=sum(line.revision for line in lines),
        status=status_of(first.status),
        summary=f"{first.service} · {', '.join(shown)}",
        location=first.location or feed.location,
        url=f"{settings.PUBLIC_ORIGIN}{feed.business.path}diary/appointments/{first.pk}/",
    )
