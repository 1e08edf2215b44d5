"""Times that several patients share, and how many seats are left in them."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from calendar_sync.availability import Period
from calendar_sync.models import HOLDS_TIME, Appointment, GroupSession, Hold, Service


@dataclass(frozen=True, kw_only=True)
class Seating:
    """One session; `left` may be 0."""

    session_id: int
    practitioner_id: int
    starts_at: dt.datetime
    ends_at: dt.datetime
    left: int
    location_id: int | None = None  # None: at the practitioner's usual one


def seatings(
    service: Service,
    practitioner_ids: Sequence[int],
    window: Period,
    *,
    now: dt.datetime,
    moving: Appointment | None = None,
    contact_id: int | None = None,
) -> list[Seating]:
    """The sessions of the service that begin in the window. At most two queries; none for a service without seats.

    `moving`: an appointment that gives its seat up. A seat that is held for somebody else is not left.
    """
    if service.seats == 1:
        return []
    rows = GroupSession.objects.filter(
        service=service,
        practitioner__in=practitioner_ids,
        during__startswith__gte=window.starts_at,
        during__startswith__lt=window.ends_at,
    )
    sitting = Count("appointments", filter=Q(appointments__status__in=HOLDS_TIME))
    found = list(rows.annotate(sitting=sitting).order_by("during", "practitioner_id"))
    given_up = moving.session_id if moving is not None and moving.status in HOLDS_TIME else None
    held = _held(service, practitioner_ids, window, now, contact_id) if found else Counter()
    return [
        Seating(
            session_id=each.pk,
            practitioner_id=each.practitioner_id,
            starts_at=each.during.lower,
            ends_at=each.during.upper,
            left=max(
                0, each.seats - each.sitting - held[each.practitioner_id, each.during.lower] + (each.pk == given_up)
            ),
            location_id=each.location_id,
        )
        for each in found
    ]


def _held(
    service: Service, practitioner_ids: Sequence[int], window: Period, now: dt.datetime, contact_id: int | None
) -> Counter[tuple[int, dt.datetime]]:
    """Seats kept for others: holds on the same service, practitioner and start."""
    rows = Hold.objects.filter(
        service=service,
        practitioner__in=practitioner_ids,
        released_at__isnull=True,
        expires_at__gt=now,
        during__startswith__gte=window.starts_at,
        during__startswith__lt=window.ends_at,
    )
    if contact_id is not None:
        rows = rows.exclude(contact_id=contact_id)
    return Counter((each.practitioner_id, each.during.lower) for each in rows)
