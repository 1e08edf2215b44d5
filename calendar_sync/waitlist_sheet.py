"""What the waiting list's page shows, in a constant number of queries."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from calendar_sync.models import BookingRules, Told, WaitlistEntry, WaitlistOffer
from calendar_sync.offer_times import offer_times, quiet_hours
from calendar_sync.offering_freed import allows
from calendar_sync.slots import Slot, find_slots
from calendar_sync.waitlist import LIVE
from calendar_sync.when.clocks import PARTS
from tenants import clock
from tenants.formats import shown
from tenants.models import Business

SETTLED_SHOWN = 10
AHEAD = dt.timedelta(days=28)
TIMES_SHOWN, A_DAY = 24, 6

# Plurals, as in "only on Mondays"; by isoweekday minus one.
ON_DAYS = [
    *(_("Mondays"), _("Tuesdays"), _("Wednesdays"), _("Thursdays")),
    *(_("Fridays"), _("Saturdays"), _("Sundays")),
]

# As patients said it: "in the afternoon" was noted as the hours that it stands for.
PARTS_OF_DAY = {
    PARTS["morning"]: _("in the morning"),
    PARTS["midday"]: _("around midday"),
    PARTS["afternoon"]: _("in the afternoon"),
    PARTS["evening"]: _("in the evening"),
}


@dataclass(frozen=True, kw_only=True)
class Sheet:
    to_call: list[WaitlistOffer]  # open, and nobody but you can tell the patient
    offers: list[WaitlistOffer]  # open, sent or about to be
    waiting: list[WaitlistEntry]
    settled: list[WaitlistOffer]  # the newest


def sheet() -> Sheet:
    offers = WaitlistOffer.objects.select_related(
        "entry__patient", "entry__service", "practitioner__location", "hold__location"
    )
    open_ = list(offers.filter(status=WaitlistOffer.Status.OPEN).order_by("deadline"))
    waiting = WaitlistEntry.objects.filter(status__in=LIVE).select_related(
        "patient", "service", "practitioner", "location", "for_appointment"
    )
    return Sheet(
        to_call=[each for each in open_ if each.told == Told.STAFF],
        offers=[each for each in open_ if each.told != Told.STAFF],
        waiting=list(waiting.order_by("-urgent", "waiting_since", "pk")),
        settled=list(offers.exclude(status=WaitlistOffer.Status.OPEN).order_by("-settled_at")[:SETTLED_SHOWN]),
    )


def wish_words(entry: WaitlistEntry) -> str:
    """ "Mondays and Fridays, 14:00–16:00, from 2 December, with Dr Silva"; "any time" when all is open."""
    said = [
        _and([str(ON_DAYS[each]) for each in entry.weekdays]),
        _between(entry.time_from, entry.time_to),
        _days(entry.earliest, entry.latest),
        gettext("with %(practitioner)s") % {"practitioner": entry.practitioner.name} if entry.practitioner else "",
        gettext("at %(place)s") % {"place": entry.location.name} if entry.location else "",
    ]
    return ", ".join(filter(None, said)) or gettext("any time")


def times_for(business: Business, entry: WaitlistEntry) -> list[Slot]:
    """Free times of the next four weeks that fit the wish and leave time to answer, soonest first; a few each day."""
    now, zone, rules = clock.now(), ZoneInfo(business.timezone), BookingRules.of_this_business()
    quiet, within = quiet_hours(business, rules), dt.timedelta(minutes=rules.waitlist_minutes)
    found = find_slots(
        business,
        service=entry.service,
        window=(now, now + AHEAD),
        practitioner=entry.practitioner,
        location_id=entry.location_id,
    )
    by_day: dict[dt.date, list[Slot]] = {}
    for each in found:
        day = by_day.setdefault(each.starts_at.astimezone(zone).date(), [])
        in_time = offer_times(now, each.starts_at, quiet=quiet, answer_within=within)
        if in_time and allows(entry, each.starts_at, zone, each.location_id):
            day.append(each)
    spread = [each for day in by_day.values() for each in day[:: max(1, len(day) // A_DAY)][:A_DAY]]
    return spread[:TIMES_SHOWN]


def _between(begin: dt.time | None, end: dt.time | None) -> str:
    if begin and end:
        return str(PARTS_OF_DAY.get((begin, end), f"{begin:%H:%M}–{end:%H:%M}"))
    if begin:
        return gettext("after %(time)s") % {"time": shown(begin, "H:i")}
    return gettext("before %(time)s") % {"time": shown(end, "H:i")} if end else ""


def _days(first: dt.date | None, last: dt.date | None) -> str:
    if first and last:
        return (
            gettext("%(first)s to %(last)s") % {"first": _day(first), "last": _day(last)}
            if first != last
            else gettext("on %(day)s") % {"day": _day(first)}
        )
    if first:
        return gettext("from %(day)s") % {"day": _day(first)}
    return gettext("until %(day)s") % {"day": _day(last)} if last else ""


def _day(day: dt.date) -> str:
    return shown(day, "D j M")


def _and(words: list[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return gettext("%(several)s and %(last)s") % {"several": ", ".join(words[:-1]), "last": words[-1]}
