"""A patient is late: does the visit still fit before what comes next?

What comes next is the next thing that takes the practitioner or one of the rooms (with the buffer before it), or the
end of working hours. The visit's own buffer after it may be used up: that is what it is for. A visit can be shortened
to half of its time; with less nothing sensible is left of it (NEEDED).
"""

import datetime as dt
import math
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from calendar_sync.availability import Period, working_periods
from calendar_sync.external_busy import external_busy_of
from calendar_sync.models import HOLDS_TIME, Appointment, LateNotice, Practitioner, TakenTime
from calendar_sync.taking import resources_of, standing
from calendar_sync.timetable import rules_of
from calendar_sync.verified import open_to
from tenants import clock, events
from tenants.models import Business

NEEDED = 0.5  # of the visit; less is too late for it
LOOK_AHEAD = dt.timedelta(hours=12)
Verdict = LateNotice.Verdict


@dataclass(frozen=True, kw_only=True)
class Judgement:
    verdict: str
    minutes_left: int | None = None  # of the visit, where it is shortened


def todays(business: Business, contact_id: int, now: dt.datetime) -> list[Appointment]:
    """The contact's appointments of today that haven't ended, soonest first: only these can one be late for."""
    zone = ZoneInfo(business.timezone)
    midnight = dt.datetime.combine(now.astimezone(zone).date() + dt.timedelta(days=1), dt.time.min, zone)
    rows = Appointment.objects.filter(
        open_to(contact_id), status__in=HOLDS_TIME, during__endswith__gt=now, during__startswith__lt=midnight
    )
    return list(rows.select_related("service", "practitioner", "patient").order_by("during"))


def judge(business: Business, appointment: Appointment, minutes: int) -> Judgement:
    """What becomes of the visit when it begins so many minutes after its start."""
    limit = _limit(business, appointment)
    if limit is None:
        return Judgement(verdict=Verdict.UNKNOWN)
    length = appointment.ends_at - appointment.starts_at
    arrival = appointment.starts_at + dt.timedelta(minutes=minutes)
    if arrival + length <= limit:
        return Judgement(verdict=Verdict.FINE)
    left = math.floor((limit - arrival).total_seconds() / 60)
    if left >= length.total_seconds() / 60 * NEEDED:
        return Judgement(verdict=Verdict.SHORTENED, minutes_left=left)
    return Judgement(verdict=Verdict.TOO_LATE)


def note(business: Business, appointment: Appointment, minutes: int, *, turn_id: int | None = None) -> LateNotice:
    """Within the caller's transaction: judged, kept, and shown on open pages. The newest counts."""
    judgement = judge(business, appointment, minutes)
    kept = LateNotice.objects.create(
        appointment=appointment,
        minutes=minutes,
        verdict=judgement.verdict,
        minutes_left=judgement.minutes_left,
        turn_id=turn_id,
        at=clock.now(),
    )
    events.publish(business, "diary", appointment.pk)
    events.publish(business, "late", appointment.pk)
    return kept


def _limit(business: Business, appointment: Appointment) -> dt.datetime | None:
    """Until when the visit may last; None when a connected calendar can't tell."""
    ends_at, person = appointment.ends_at, appointment.practitioner_id
    after = Period(ends_at, ends_at + LOOK_AHEAD)
    busy = external_busy_of([person], after, clock.now(), appointment).get(person, [])
    if any(each.starts_at <= after.starts_at and each.ends_at >= after.ends_at for each in busy):
        return None
    limits = [each.starts_at for each in busy if each.ends_at > ends_at]
    limits += list(_taken_after(appointment, after).values_list("during__startswith", flat=True)[:1])
    limits.append(_end_of_work(business, appointment.practitioner, ends_at))
    return max(ends_at, min(limits))


def _taken_after(appointment: Appointment, after: Period) -> QuerySet[TakenTime]:
    rows = standing(clock.now(), moving=appointment, contact_id=appointment.contact_id)
    if appointment.session_id is not None:
        rows = rows.exclude(session=appointment.session_id)
    mine = Q(practitioner=appointment.practitioner_id) | Q(resource__in=resources_of([appointment]))
    return rows.filter(mine, during__overlap=(after.starts_at, after.ends_at)).order_by("during__startswith")


def _end_of_work(business: Business, practitioner: Practitioner, ends_at: dt.datetime) -> dt.datetime:
    """The end of the working period in which the visit ends; a visit outside of working hours has its own end."""
    moment = Period(ends_at - dt.timedelta(minutes=1), ends_at)
    posts = rules_of(business, [practitioner], Period(ends_at - dt.timedelta(days=1), ends_at))[practitioner.pk]
    found = (each for rules in posts.values() for each in working_periods(rules, moment))
    return next((each.ends_at for each in found if each.holds(moment)), ends_at)
