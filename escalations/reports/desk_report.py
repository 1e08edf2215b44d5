"""The report on enquiries: figures, pictures and tables in the shape that page and download share."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from calendar_sync import brief
from calendar_sync.models.places import Weekday
from escalations.reports import figures
from escalations.reports.desk_figures import Cost, Reason, Satisfaction, hours_in, sums_in
from escalations.reports.enquiries import Answered, Enquiry, enquiries_in, summed_up
from escalations.reports.figures import Figure, compared, length_of, percent
from escalations.reports.period import LENGTHS, Period
from escalations.reports.pictures import Bars, Grid, stacked, week
from tenants.formats import money, number
from tenants.models import Business

PARTS = (_("Assistant alone"), _("With people"), _("Not answered"))


@dataclass(frozen=True, kw_only=True)
class DeskReport:
    period: Period
    figures: list[Figure]
    answered: Answered
    days: Bars
    reasons: list[Reason]
    hours: Grid
    hour_counts: list[list[int]]

    @property
    def empty(self) -> bool:
        return not self.answered.enquiries


def desk_report(business: Business, period: Period) -> DeskReport:
    """Four queries, and five more for the opening hours when they were edited."""
    found = enquiries_in(period, since=period.before.begins)
    asked = [each for each in found if each.day >= period.first]
    open_times = brief.open_times(business, period.first - dt.timedelta(days=1), period.last)
    answered, sums, counts = summed_up(asked, open_times), sums_in(period), hours_in(period)
    return DeskReport(
        period=period,
        figures=_figures(period, answered, len(found) - len(asked), sums.satisfaction, sums.cost),
        answered=answered,
        days=stacked(period, [str(part) for part in PARTS], _by_day(asked)),
        reasons=sums.reasons,
        hours=week(counts, [str(day.label) for day in Weekday]),
        hour_counts=counts,
    )


def _by_day(asked: Sequence[Enquiry]) -> dict[dt.date, list[int]]:
    days: dict[dt.date, list[int]] = {}
    for each in asked:
        part = 0 if each.alone else 1 if each.by_people or each.replied_by else 2
        days.setdefault(each.day, [0, 0, 0])[part] += 1
    return days


def _figures(period: Period, answered: Answered, then: int, rated: Satisfaction, cost: Cost) -> list[Figure]:
    length = LENGTHS[period.days]
    each = cost.micro / 1_000_000 / answered.enquiries if answered.enquiries else 0
    return [
        Figure(
            label=gettext("Enquiries"),
            value=str(answered.enquiries),
            note=compared(answered.enquiries, then, length),
            counts=figures.ENQUIRIES,
        ),
        Figure(
            label=gettext("By the assistant alone"),
            value=percent(answered.alone_share),
            note=gettext("%(part)s of %(all)s") % {"part": answered.alone, "all": answered.enquiries},
            counts=figures.ALONE,
        ),
        Figure(
            label=gettext("First reply"),
            value=length_of(answered.first_reply),
            note=_within(answered.slow_reply),
            counts=figures.FIRST_REPLY,
        ),
        Figure(
            label=gettext("While you were closed"),
            value=str(answered.closed),
            note=gettext("%(percent)s by the assistant alone") % {"percent": percent(answered.closed_share)}
            if answered.closed
            else "",
            counts=figures.CLOSED,
        ),
        Figure(
            label=gettext("Satisfaction"),
            value=gettext("%(average)s of 5") % {"average": number(rated.average, 1)}
            if rated.average is not None
            else "–",
            note=gettext("%(answered)s of %(asked)s answered") % {"answered": rated.answered, "asked": rated.asked}
            if rated.asked
            else gettext("nobody was asked"),
            counts=figures.SATISFACTION,
        ),
        Figure(
            label=gettext("Cost of an enquiry"),
            value=money(each, places=3) if each and cost.known else "–",
            note=_spent(cost),
            counts=figures.COST,
        ),
    ]


def _spent(cost: Cost) -> str:
    if cost.unknown:
        return ngettext("a call of unknown cost", "%(number)s calls of unknown cost", cost.unknown) % {
            "number": cost.unknown
        }
    return (
        gettext("%(sum)s in all") % {"sum": money(cost.micro / 1_000_000)}
        if cost.micro
        else gettext("nothing was spent")
    )


def _within(seconds: float | None) -> str:
    return "" if seconds is None else gettext("nine of ten within %(time)s") % {"time": length_of(seconds)}
