"""Ending holds: their time is free again. Under the locks of whoever wants the time, or by itself when it is over."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import QuerySet

from calendar_sync import sessions
from calendar_sync.freed import tell_freed
from calendar_sync.models import Appointment, BookingRules, GroupSession, Hold, TakenTime
from calendar_sync.travel import place_of
from calendar_sync.wanted import Wanted, range_of
from tenants import clock
from tenants.models import Business
from tenants.postgres.prepared import Prepared
from tenants.statements import Question, joined, joining, later, models_in, rows

STANDING = Prepared("""
  FROM calendar_sync_hold JOIN calendar_sync_service ON calendar_sync_service.id = service_id
 WHERE calendar_sync_hold.id = ANY(%s) AND released_at IS NULL
 ORDER BY calendar_sync_hold.id FOR UPDATE OF calendar_sync_hold""")
ENDED = Prepared("""
WITH ended AS (SELECT id FROM calendar_sync_hold WHERE id = ANY(%(holds)s) AND released_at IS NULL
                ORDER BY id FOR UPDATE),
     gone AS (DELETE FROM calendar_sync_takentime WHERE hold_id IN (SELECT id FROM ended))
UPDATE calendar_sync_hold SET released_at = %(now)s FROM ended WHERE calendar_sync_hold.id = ended.id""")
OFFERS = Prepared("SELECT id FROM calendar_sync_hold WHERE contact_id = %s AND reason = %s AND released_at IS NULL")
FOR_EARLIER = Prepared("""
SELECT hold.id FROM calendar_sync_hold hold JOIN calendar_sync_appointmentchange change ON change.id = hold.change_id
 WHERE change.appointment_id = %s AND hold.released_at IS NULL""")
IN_THE_WAY = Prepared("""
  FROM calendar_sync_takentime LEFT JOIN calendar_sync_hold ON calendar_sync_hold.id = hold_id
 WHERE (calendar_sync_takentime.practitioner_id = %s OR resource_id = ANY(%s::bigint[]))
   AND calendar_sync_takentime.during && %s::tstzrange""")


def let_go(business: Business, hold_ids: Iterable[int], *, used: bool = False) -> int:
    """End those that haven't ended yet; how many that were. `used`: their time is taken in the same transaction, so
    nobody is told, nor counted."""
    ids, now = list(hold_ids), clock.now()
    if used and ids:
        later(ENDED, {"holds": ids, "now": now})
    if used or not ids:
        return 0
    ended = joined((Hold,), STANDING, [ids], also="calendar_sync_service.seats")
    if ended:
        later(ENDED, {"holds": [hold.pk for hold, _ in ended], "now": now})
    for hold, seats in ended:
        if seats > 1:
            _leave_session(hold, now)
        if hold.reason == Hold.Reason.UNDO:
            tell_freed(
                business,
                practitioner_id=hold.practitioner_id,
                service_id=hold.service_id,
                during=hold.during,
                change_id=hold.change_id,
            )
    return len(ended)


def offers_kept(contact_id: int) -> Question:
    """Asks for the ids of what is kept for a contact while they answer."""
    return OFFERS, [contact_id, str(Hold.Reason.OFFER)]


def kept_for_earlier(appointment: Appointment) -> Question:
    """Asks for the ids of what is kept so that earlier changes could be undone."""
    return FOR_EARLIER, [appointment.pk]


def end_expired(business: Business) -> int:
    """All that are over, under everybody's locks; how many it was."""
    over = Hold.objects.filter(released_at__isnull=True, expires_at__lte=clock.now())
    return let_go(business, over.values_list("pk", flat=True))


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
    found = []
    for taken, hold in models_in((TakenTime, Hold), rows(*in_the_way(wanted, resource_ids))):
        taken.hold = hold if taken.hold_id is not None else None
        found.append(taken)
    if way:
        near = TakenTime.objects.filter(
            practitioner=wanted.practitioner, during__overlap=(blocks.starts_at - way, blocks.ends_at + way)
        ).exclude(pk__in=[each.pk for each in found])
        near = near.select_related("appointment", "session", "hold")
        found += [each for each in near if place_of(each, wanted.practitioner) != wanted.location_id]
    return found


def in_the_way(wanted: Wanted, resource_ids: Iterable[int]) -> Question:
    """Asks for what is taken then, with its hold where it is one's."""
    values = [wanted.practitioner.pk, list(resource_ids), range_of(wanted.blocks)]
    return joining((TakenTime, Hold), IN_THE_WAY, values)


def _leave_session(hold: Hold, now: dt.datetime) -> None:
    at = GroupSession.objects.filter(service=hold.service, practitioner=hold.practitioner_id, during=hold.during)
    for pk in at.values_list("pk", flat=True):
        sessions.remove_if_empty(pk, now)
