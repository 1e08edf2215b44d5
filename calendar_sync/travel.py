"""The way between two locations: kept free between two things of one practitioner that are at different ones."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence

from calendar_sync.availability import Period
from calendar_sync.models import Appointment, BookingRules, Practitioner, TakenTime
from calendar_sync.spans import Span
from calendar_sync.taking import STANDING
from calendar_sync.working_hours import DayRules
from tenants.statements import rows

# A hold that has ended has no taken time. Where nothing is said it is at the practitioner's usual location.
TAKEN_WHERE = f"""
SELECT taken.practitioner_id, coalesce(appointment.location_id, session.location_id, hold.location_id),
       array_agg(date_part('epoch', lower(taken.during))::bigint),
       array_agg(date_part('epoch', upper(taken.during))::bigint)
  FROM calendar_sync_takentime taken LEFT JOIN calendar_sync_hold hold ON hold.id = taken.hold_id
       LEFT JOIN calendar_sync_appointment appointment ON appointment.id = taken.appointment_id
       LEFT JOIN calendar_sync_groupsession session ON session.id = taken.session_id
 WHERE taken.practitioner_id = ANY(%(ids)s) AND lower(taken.during) >= %(begin)s AND lower(taken.during) < %(end)s
   AND {STANDING}
 GROUP BY 1, 2"""  # noqa: S608 (names of ours)


def travel_of(
    practitioners: Sequence[Practitioner],
    rules: Mapping[int, Mapping[int, DayRules]],
    reach: Period,
    house: BookingRules,
    *,
    now: dt.datetime,
    moving: Appointment | None,
    contact_id: int | None,
) -> dict[tuple[int, int], list[Span]]:
    """(practitioner, location) → what they have at other locations, the travel time around it. One query; none where no
    travel time is set."""
    if not house.travel_minutes:
        return {}
    way, usual = house.travel, {each.pk: each.location_id for each in practitioners}
    asked = {"ids": list(usual), "begin": reach.starts_at - way, "end": reach.ends_at + way}
    asked |= {"now": now, "contact": contact_id, "moving": moving.pk if moving is not None else None}
    seconds = round(way.total_seconds())
    found: dict[tuple[int, int], list[Span]] = defaultdict(list)
    for pk, where, starts, ends in rows(TAKEN_WHERE, asked):
        around = [(begin - seconds, end + seconds) for begin, end in zip(starts, ends, strict=True)]
        for place in rules[pk].keys() - {where or usual[pk]}:
            found[pk, place] += around
    return found


def place_of(taken: TakenTime, practitioner: Practitioner) -> int:
    """Where it is. `taken` with its appointment, session and hold."""
    owner = taken.appointment or taken.session or taken.hold
    return (owner.location_id if owner is not None else None) or practitioner.location_id
