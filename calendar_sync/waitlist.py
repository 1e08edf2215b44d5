"""The waiting list: joining and leaving it, and the offers to those who wait.

open ──▶ accepted | declined | expired | lost | withdrawn. Each step is a conditional UPDATE of the offer's row, under
the practitioner's lock: of two answers in the same second one counts. Whoever gets no appointment keeps their place.
"""

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_noop as N_

from calendar_sync import held_booking, holds, locking
from calendar_sync.availability import moment
from calendar_sync.errors import DiaryError
from calendar_sync.freed import SLOT_FREED
from calendar_sync.models import (
    HOLDS_TIME,
    Appointment,
    BookedBy,
    BookingRules,
    Hold,
    Location,
    Patient,
    Practitioner,
    Service,
    Told,
    WaitlistEntry,
    WaitlistOffer,
)
from calendar_sync.offer_times import offer_times, quiet_hours
from calendar_sync.wanted import Actor
from tenants import clock, events, worklist
from tenants.models import Business
from tenants.worklist import Lease

OFFER = "conversations.waitlist_offer"  # the task that sends it, and sees to its deadline
ENTRY_ENDS = "calendar_sync.waitlist_ends"
LIVE = (WaitlistEntry.Status.WAITING, WaitlistEntry.Status.OFFERED)
LATELY, TWICE = dt.timedelta(days=3), dt.timedelta(minutes=10)
GRACE = dt.timedelta(minutes=15)  # the hold outlives the deadline until the offer was settled
Status = WaitlistOffer.Status


class OfferGone(Exception):
    """The offer stands no longer."""


class CannotOffer(Exception):
    """This slot can't be offered to this entry now; the text says why to a person."""


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What somebody waits for; days and times are local, empty is open."""

    patient: Patient
    service: Service
    practitioner: Practitioner | None = None
    location: Location | None = None
    earliest: dt.date | None = None
    latest: dt.date | None = None
    time_from: dt.time | None = None
    time_to: dt.time | None = None
    weekdays: Sequence[int] = field(default_factory=tuple)
    urgent: bool = False
    for_appointment: Appointment | None = None


def join(business: Business, wish: Wish, *, contact_id: int | None, actor: Actor) -> WaitlistEntry:
    """Put them on the list; whoever waits for this service already keeps the place with the new wish."""
    wanted: dict[str, Any] = {
        "practitioner": wish.practitioner,
        "location": wish.location,
        "earliest": wish.earliest,
        "latest": wish.latest,
        "time_from": wish.time_from,
        "time_to": wish.time_to,
        "weekdays": sorted(set(wish.weekdays)),
        "for_appointment": wish.for_appointment,
    }
    if actor.by == BookedBy.STAFF:
        wanted["urgent"] = wish.urgent
    entry, _ = WaitlistEntry.objects.update_or_create(
        patient=wish.patient,
        service=wish.service,
        status__in=LIVE,
        defaults=wanted,
        create_defaults={**wanted, "contact_id": contact_id, "by": actor.by, "user_id": actor.user_id},
    )
    ends_at = last_moment(business, entry)
    if ends_at is not None:
        worklist.call_for(business.pk, ENTRY_ENDS, entry.pk, wait=max(ends_at - clock.now(), dt.timedelta(0)))
    events.publish(business, "waitlist", entry.pk)
    return entry


def last_moment(business: Business, entry: WaitlistEntry) -> dt.datetime | None:
    """When waiting any longer makes no sense: after the last day, or when the later appointment begins."""
    ends = [entry.for_appointment.starts_at] if entry.for_appointment else []
    if entry.latest:
        ends.append(moment(entry.latest + dt.timedelta(days=1), dt.time.min, ZoneInfo(business.timezone)))
    return min(ends, default=None)


def end_when_late(business: Business, entry_id: int, lease: Lease) -> None:
    """The work item ENTRY_ENDS: whose last moment has come waits no longer."""
    entry = WaitlistEntry.objects.select_related("for_appointment").filter(pk=entry_id, status__in=LIVE).first()
    ends_at = last_moment(business, entry) if entry else None
    if entry is None or ends_at is None:
        return lease.finish()
    if ends_at > clock.now():
        return lease.retry_in(ends_at - clock.now(), forgive=True)
    leave(business, entry, status=WaitlistEntry.Status.EXPIRED)
    return lease.finish()


def leave(business: Business, entry: WaitlistEntry, *, status: str = WaitlistEntry.Status.LEFT) -> None:
    """Off the list; a slot held for them goes on to the next. Leaving twice is fine."""
    with transaction.atomic():
        for offer in entry.offers.filter(status=Status.OPEN).select_related("hold"):
            settle(business, offer, Status.WITHDRAWN)
        WaitlistEntry.objects.filter(pk=entry.pk, status__in=LIVE).update(status=status, closed_at=clock.now())
        events.publish(business, "waitlist", entry.pk)


def waiting(contact_id: int) -> list[WaitlistEntry]:
    """What this contact waits for, longest first."""
    rows = WaitlistEntry.objects.filter(contact_id=contact_id, status__in=LIVE)
    return list(rows.select_related("service", "practitioner", "location", "patient").order_by("waiting_since"))


def offer(
    business: Business,
    entry: WaitlistEntry,
    *,
    practitioner: Practitioner,
    starts_at: dt.datetime,
    location_id: int | None = None,
    freed_id: int | None = None,
    user_id: int | None = None,
) -> WaitlistOffer:
    """Hold the slot for them and have it sent. Raises CannotOffer or DiaryError; then nothing has changed."""
    now, rules = clock.now(), BookingRules.of_this_business()
    times = offer_times(
        now,
        starts_at,
        quiet=quiet_hours(business, rules),
        answer_within=dt.timedelta(minutes=rules.waitlist_minutes),
    )
    if times is None:
        raise CannotOffer(N_("This time is too near to be offered: nobody could answer in time."))
    with transaction.atomic():
        locking.lock_practitioners(practitioner.pk)
        claimed = WaitlistEntry.objects.filter(pk=entry.pk, status=WaitlistEntry.Status.WAITING)
        if not claimed.update(status=WaitlistEntry.Status.OFFERED):
            raise CannotOffer(N_("They have another offer, or are no longer on the list."))
        hold = holds.keep(
            business,
            service=entry.service,
            practitioner=practitioner,
            starts_at=starts_at,
            contact_id=entry.contact_id,
            reason=Hold.Reason.WAITLIST,
            minutes=math.ceil((times.deadline + GRACE - now).total_seconds() / 60),
            moving=entry.for_appointment,
            by=BookedBy(entry.by),
            location_id=location_id,
        )
        made = WaitlistOffer.objects.create(
            entry=entry,
            hold=hold,
            practitioner=practitioner,
            starts_at=starts_at,
            freed_id=freed_id,
            send_at=times.send_at,
            deadline=times.deadline,
            user_id=user_id,
        )
        worklist.call_for(business.pk, OFFER, made.pk, wait=times.send_at - now)
        events.publish(business, "waitlist", entry.pk)
    return made


def open_offer(contact_id: int) -> WaitlistOffer | None:
    """The offer that this contact may answer now."""
    return _offers(contact_id).filter(status=Status.OPEN, told_at__isnull=False).order_by("-told_at").first()


def late_answer_to(contact_id: int) -> WaitlistOffer | None:
    """What a "yes" may still mean when nothing stands open: the newest offer of the last days, if it has gone, or was
    taken a moment ago (they said it twice).
    """
    now = clock.now()
    gone = Q(status__in=[Status.EXPIRED, Status.LOST, Status.WITHDRAWN], told_at__gte=now - LATELY)
    taken = Q(status=Status.ACCEPTED, settled_at__gte=now - TWICE)
    newest = _offers(contact_id).filter(told_at__isnull=False).order_by("-told_at")[:1]
    return _offers(contact_id).filter(gone | taken, pk__in=newest.values("pk")).first()


def accept(business: Business, offer: WaitlistOffer, *, actor: Actor) -> Appointment:
    """They take it: one appointment, or OfferGone and their old place. Within the caller's transaction or its own.

    Accepting twice returns the same appointment while it stands.
    """
    try:
        with transaction.atomic():
            locking.lock_practitioners(*_practitioners(offer))
            if not _close(offer, Status.ACCEPTED):
                return _accepted_before(offer)
            made = _make(business, offer, actor)
            WaitlistOffer.objects.filter(pk=offer.pk).update(appointment=made)
            WaitlistEntry.objects.filter(pk=offer.entry_id).update(
                status=WaitlistEntry.Status.BOOKED, closed_at=clock.now()
            )
            events.publish(business, "waitlist", offer.entry_id)
            return made
    except DiaryError as error:
        if error.retryable:
            raise
        # The hold was overrun (workers were down until it expired, or Google says busy): the time is not theirs.
        settle(business, offer, Status.LOST)
        raise OfferGone from error


def settle(business: Business, offer: WaitlistOffer, status: str) -> bool:
    """The offer ends without an appointment: the slot is let go and offered on, the entry waits again as before.

    False when it had ended already.
    """
    with transaction.atomic():
        locking.lock_practitioners(offer.practitioner_id)
        if not _close(offer, status):
            return False
        holds.release(business, offer.hold)
        WaitlistEntry.objects.filter(pk=offer.entry_id, status=WaitlistEntry.Status.OFFERED).update(
            status=WaitlistEntry.Status.WAITING
        )
        if offer.freed_id is not None:
            worklist.call_for(business.pk, SLOT_FREED, offer.freed_id)
        if offer.told_at is not None and status in (Status.LOST, Status.WITHDRAWN):
            worklist.call_for(business.pk, OFFER, offer.pk)  # they are told that it has gone
        events.publish(business, "waitlist", offer.entry_id)
    return True


def note_told(business: Business, offer: WaitlistOffer, how: str) -> None:
    """Within the transaction that queues the message. `how`: Told; by staff, who see on the page whom to call."""
    rows = WaitlistOffer.objects.filter(pk=offer.pk, status=Status.OPEN, told_at__isnull=True)
    rows.update(told=how, told_at=clock.now())
    if how == Told.STAFF:
        events.publish(business, "waitlist_needs_you", offer.entry_id)
    events.publish(business, "waitlist", offer.entry_id)


def note_gone_told(offer: WaitlistOffer) -> bool:
    """They know that it has gone; False when they knew already."""
    rows = WaitlistOffer.objects.filter(pk=offer.pk, gone_told_at__isnull=True)
    return bool(rows.update(gone_told_at=clock.now()))


def _offers(contact_id: int) -> QuerySet[WaitlistOffer]:
    return WaitlistOffer.objects.filter(entry__contact_id=contact_id).select_related(
        "entry__service", "entry__patient", "entry__for_appointment", "practitioner", "hold__service",
        "hold__practitioner__location", "hold__location", "appointment",
    )  # fmt: skip


def _close(offer: WaitlistOffer, status: str) -> bool:
    """The one step out of `open`."""
    rows = WaitlistOffer.objects.filter(pk=offer.pk, status=Status.OPEN)
    return bool(rows.update(status=status, settled_at=clock.now()))


def _practitioners(offer: WaitlistOffer) -> set[int]:
    earlier = offer.entry.for_appointment
    return {offer.practitioner_id} | ({earlier.practitioner_id} if earlier else set())


def _make(business: Business, offer: WaitlistOffer, actor: Actor) -> Appointment:
    entry = offer.entry
    if entry.for_appointment is not None and entry.for_appointment.status in HOLDS_TIME:
        return held_booking.move_offered(business, offer.hold, entry.for_appointment, actor=actor)
    return held_booking.book_offered(
        business, offer.hold, patient=entry.patient, contact_id=entry.contact_id, actor=actor
    )


def _accepted_before(offer: WaitlistOffer) -> Appointment:
    row = WaitlistOffer.objects.select_related("appointment__service", "appointment__practitioner").get(pk=offer.pk)
    stands = row.appointment is not None and row.appointment.status in HOLDS_TIME
    if row.status != Status.ACCEPTED or not stands or row.appointment is None:
        raise OfferGone
    return row.appointment
