"""The report on enquiries: figures, pictures and tables in the shape that page and download share."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from calendar_sync import brief
from calendar_sync.models.places import Weekday
from escalations.reports import figures
from escalations.reports.desk_figures import Cost, Reason, Satisfaction, hours_in, sums_in
from escalations.reports.enquiries import Answered, Enquiry, enquiries_in, summed_up
from escalations.reports.figures import Figure, compared, length_of, percent
from escalations.reports.period import LENGTHS, Period
from escalations.reports.pictures import Bars, Grid, stacked, week
from tenants.models import Business

PARTS = ("Assistant alone", "With people", "Not answered")


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
        days=stacked(period, PARTS, _by_day(asked)),
        reasons=sums.reasons,
        hours=week(counts, [day.label for day in Weekday]),
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
            label="Enquiries",
            value=str(answered.enquiries),
            note=compared(answered.enquiries, then, length),
            counts=figures.ENQUIRIES,
        ),
        Figure(
            label="By the assistant alone",
            value=percent(answered.alone_share),
            note=f"{answered.alone} of {answered.enquiries}",
            counts=figures.ALONE,
        ),
        Figure(
            label="First reply",
            value=length_of(answered.first_reply),
            note=f"nine of ten within {length_of(answered.slow_reply)}" if answered.slow_reply is not None else "",
            counts=figures.FIRST_REPLY,
        ),
        Figure(
            label="While you were closed",
            value=str(answered.closed),
            note=f"{percent(answered.closed_share)} by the assistant alone" if answered.closed else "",
            counts=figures.CLOSED,
        ),
        Figure(
            label="Satisfaction",
            value=f"{rated.average:.1f} of 5" if rated.average is not None else "–",
            note=f"{rated.answered} of {rated.asked} answered" if rated.asked else "nobody was asked",
            counts=figures.SATISFACTION,
        ),
        Figure(
            label="Cost of an enquiry",
            value=f"${each:.3f}" if each and cost.known else "–",
            note=_spent(cost),
            counts=figures.COST,
        ),
    ]


def _spent(cost: Cost) -> str:
    if cost.unknown:
        return f"{cost.unknown} calls of unknown cost" if cost.unknown > 1 else "a call of unknown cost"
    return f"${cost.micro / 1_000_000:.2f} in all" if cost.micro else "nothing was spent"
