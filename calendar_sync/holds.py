"""Keeping a slot for one contact until it expires: while they answer, while somebody waiting is asked.

A hold takes the practitioner's and the resources' time like an appointment, so the constraints keep everybody else
out; a hold for a group keeps a seat. Booking by the same contact uses it up. A visit is kept whole, part by part.
"""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from calendar_sync import checking, sessions, visits
from calendar_sync.checking import Fit, check
from calendar_sync.errors import SessionFull
from calendar_sync.giving_up import HOLD_ENDS
from calendar_sync.letting_go import let_go, offers_kept
from calendar_sync.locking import changing, lock, lock_practitioners
from calendar_sync.models import Appointment, BookedBy, BookingRules, Hold, Practitioner, Service
from calendar_sync.taking import pass_to_hold, rows_of
from calendar_sync.wanted import Actor, Wanted, wanted_at, wanted_by
from tenants import clock, worklist
from tenants.models import Business
from tenants.statements import add, ask_ahead, forget, number, rows
from tenants.worklist import Lease


def keep_offer(business: Business, *, ticket: str, contact_id: int, moving: Appointment | None = None) -> Hold:
    """Keep the ticket's slot, or every part of its visit, for its contact, as long as the house rules say.

    `moving`: the appointment of this contact that would move there; it doesn't stand in its own way.
    The hold that ends first. Raises as booking it would, and then keeps nothing.
    """
    wanted = [wanted_by(business, each) for each in visits.parts_in(business, ticket, contact_id=contact_id)]
    with changing(business, wanted[0], contact_id):
        ask_ahead(Hold)
        taken = [checking.asked_of(each) for each in wanted if len(wanted) == 1]  # a second has to see the first one's
        lock(wanted, ahead=[offers_kept(contact_id), *taken])
        if _end_older_offers(business, contact_id):
            forget(*taken)
        made: list[Hold] = []
        for seats in _by_time(wanted):
            fit = check(business, seats[0], actor=Actor(by=BookedBy.ASSISTANT), contact_id=contact_id, moving=moving)
            made += [_write(business, each, fit, contact_id, Hold.Reason.OFFER, None, moving) for each in seats]
            _none_too_many(seats[0], len(seats))
        return min(made, key=lambda hold: hold.expires_at)


def keep(
    business: Business,
    *,
    service: Service,
    practitioner: Practitioner,
    starts_at: dt.datetime,
    contact_id: int | None,
    reason: str,
    minutes: int | None = None,
    moving: Appointment | None = None,
    by: BookedBy = BookedBy.ASSISTANT,
    location_id: int | None = None,
) -> Hold:
    """Keep it for `minutes` (default: as the house rules say). A contact has one offer kept: a new one ends the older.

    `moving`: the appointment that would move there; `by` staff: what only they may book. Without a contact (somebody
    who is called by phone) it is in everybody's way. `location_id`: where, else where the practitioner is then.

    Raises what booking raises: SlotTaken (with alternatives), OutsideHours, RuleRefused, …
    """
    wanted = wanted_at(business, service, practitioner, starts_at, location_id)
    with changing(business, wanted, contact_id):
        ask_ahead(Hold)
        lock([wanted])
        if reason == Hold.Reason.OFFER and contact_id is not None:
            _end_older_offers(business, contact_id)
        fit = check(business, wanted, actor=Actor(by=by), contact_id=contact_id, moving=moving)
        return _write(business, wanted, fit, contact_id, reason, minutes, moving)


def release(business: Business, hold: Hold) -> None:
    """End it before its time; ending it twice is fine. The time that a change had given up is news for the waitlist."""
    with changing(business):
        lock_practitioners(hold.practitioner_id)
        let_go(business, [hold.pk])


def sweep(business: Business) -> int:
    """End everything that has expired; how many holds it was. Whoever wants their time doesn't wait for it."""
    with changing(business):
        due = Hold.objects.filter(released_at__isnull=True, expires_at__lte=clock.now())
        found = list(due.order_by("expires_at").values_list("pk", "practitioner_id")[:500])
        lock_practitioners(*{practitioner_id for _, practitioner_id in found})
        return let_go(business, [pk for pk, _ in found])


def end(business: Business, hold_id: int, lease: Lease) -> None:
    """The work item of a hold: it ends when its time is over, not before."""
    hold = Hold.objects.filter(pk=hold_id, released_at__isnull=True).first()
    left = hold.expires_at - clock.now() if hold is not None else dt.timedelta(0)
    if left > dt.timedelta(0):
        lease.retry_in(left, forgive=True)
        return
    with transaction.atomic():
        lease.hold()
        if hold is not None:
            release(business, hold)
        lease.finish()


def _by_time(wanted: Sequence[Wanted]) -> list[list[Wanted]]:
    """Seats of one session together: whatever is looked at after the first would be told of the first's hold."""
    found: dict[object, list[Wanted]] = {}
    for place, each in enumerate(wanted):
        same = (each.service.pk, each.practitioner.pk, each.starts_at) if sessions.is_group(each.service) else place
        found.setdefault(same, []).append(each)
    return list(found.values())


def _none_too_many(wanted: Wanted, seats: int) -> None:
    """The look said that one seat is left; several need as many."""
    session = sessions.joinable(wanted) if seats > 1 else None
    if session is not None and sessions.taken_in(session, clock.now()) > session.seats:
        raise SessionFull


def _end_older_offers(business: Business, contact_id: int) -> int:
    return let_go(business, [pk for (pk,) in rows(*offers_kept(contact_id))])


def _write(
    business: Business,
    wanted: Wanted,
    fit: Fit,
    contact_id: int | None,
    reason: str,
    minutes: int | None,
    moving: Appointment | None,
) -> Hold:
    now = clock.now()
    lasts = dt.timedelta(minutes=minutes or BookingRules.of_this_business().hold_minutes)
    hold = Hold(
        reason=reason,
        contact_id=contact_id,
        service=wanted.service,
        practitioner=wanted.practitioner,
        during=wanted.during,
        location_id=wanted.elsewhere,
        expires_at=min(now + lasts, wanted.starts_at),
    )
    number(hold)
    add(hold)
    if not sessions.is_group(wanted.service):
        beside = list(moving.taken_times.all()) if moving is not None else []
        pass_to_hold(rows_of(hold, fit.resource_ids), hold, beside)
    elif fit.session is None and sessions.joinable(wanted) is None:
        sessions.begin(wanted, fit.resource_ids)
    worklist.call_for(business.pk, HOLD_ENDS, hold.pk, wait=hold.expires_at - now)
    return hold
