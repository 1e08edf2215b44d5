"""Ending holds: their time is free again. Under the locks of whoever wants the time, or by itself when it is over."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from calendar_sync import sessions
from calendar_sync.freed import tell_freed
from calendar_sync.models import BookingRules, GroupSession, Hold, TakenTime
from calendar_sync.travel import place_of
from calendar_sync.wanted import Wanted
from tenants import clock
from tenants.models import Business
from tenants.statements import later, read


def let_go(business: Business, hold_ids: Iterable[int], *, used: bool = False) -> list[Hold]:
    """End those that haven't ended yet. `used`: their time is taken in the same transaction, so nobody is told."""
    ids = list(hold_ids)
    if not ids:
        return []
    now = clock.now()
    ended = read(Hold, "WHERE id = ANY(%s) AND released_at IS NULL ORDER BY id FOR UPDATE", [ids])
    if not ended:
        return []
    ids = [each.pk for each in ended]
    later("DELETE FROM calendar_sync_takentime WHERE hold_id = ANY(%s)", [ids])
    later("UPDATE calendar_sync_hold SET released_at = %s WHERE id = ANY(%s)", [now, ids])
    for hold in ended:
        hold.released_at = now
        if used:
            continue
        if sessions.is_group(hold.service):
            _leave_session(hold, now)
        if hold.reason == Hold.Reason.UNDO:
            tell_freed(
                business,
                practitioner_id=hold.practitioner_id,
                service_id=hold.service_id,
                during=hold.during,
                change=hold.change,
            )
    return ended


def end_expired(business: Business) -> int:
    """All that are over, under everybody's locks; how many it was."""
    over = Hold.objects.filter(released_at__isnull=True, expires_at__lte=clock.now())
    return len(let_go(business, over.values_list("pk", flat=True)))


def make_way(
    business: Business, wanted: Wanted, resource_ids: Iterable[int], contact_id: int | None
) -> list[TakenTime]:
    """End what would only seem to stand in the way: expired holds, and this contact's own. What is left does stand."""
    now = clock.now()
    found = _in_the_way(wanted, resource_ids)
    holds = {each.hold.pk: each.hold for each in found if each.hold is not None}
    expired = {pk for pk, hold in holds.items() if hold.expires_at <= now}
    own = {pk for pk, hold in holds.items() if contact_id is not None and hold.contact_id == contact_id} - expired
    if sessions.is_group(wanted.service) and contact_id is not None:
        own |= set(_seats_kept(wanted, contact_id).values_list("pk", flat=True))
    if expired:
        let_go(business, expired)
    if own:
        let_go(business, own, used=True)
    return [each for each in found if each.hold_id not in expired | own]


def _seats_kept(wanted: Wanted, contact_id: int) -> QuerySet[Hold]:
    """A seat that is kept takes no time of its own."""
    return Hold.objects.filter(
        contact_id=contact_id,
        service=wanted.service,
        practitioner=wanted.practitioner,
        during=wanted.during,
        released_at__isnull=True,
    )


def set_aside(business: Business, holds: Iterable[Hold]) -> None:
    """Staff overrule: what was kept for others is no longer."""
    let_go(business, [each.pk for each in holds], used=True)


def _in_the_way(wanted: Wanted, resource_ids: Iterable[int]) -> list[TakenTime]:
    """What overlaps it; and, with a travel time, what the practitioner has at other locations too near to it."""
    blocks, way = wanted.blocks, BookingRules.of_this_business().travel
    theirs = Q(practitioner=wanted.practitioner) | Q(resource__in=list(resource_ids))
    rows = TakenTime.objects.filter(theirs, during__overlap=(blocks.starts_at, blocks.ends_at)).select_related("hold")
    found = list(rows)
    if way:
        near = TakenTime.objects.filter(
            practitioner=wanted.practitioner, during__overlap=(blocks.starts_at - way, blocks.ends_at + way)
        ).exclude(pk__in=[each.pk for each in found])
        near = near.select_related("appointment", "session", "hold")
        found += [each for each in near if place_of(each, wanted.practitioner) != wanted.location_id]
    return found


def _leave_session(hold: Hold, now: dt.datetime) -> None:
    at = GroupSession.objects.filter(service=hold.service, practitioner=hold.practitioner_id, during=hold.during)
    for pk in at.values_list("pk", flat=True):
        sessions.remove_if_empty(pk, now)
