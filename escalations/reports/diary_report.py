"""The report on the diary: figures, pictures and tables in the shape that page and download share."""

from collections.abc import Sequence
from dataclasses import dataclass

from calendar_sync.models.appointments import BookedBy
from escalations.reports import figures
from escalations.reports.diary_figures import (
    Bookings,
    Freed,
    VisitFigures,
    Waitlist,
    bookings_in,
    freed_in,
    parted,
    visits_in,
    waitlist_in,
)
from escalations.reports.figures import Figure, compared, percent
from escalations.reports.period import LENGTHS, Period
from escalations.reports.pictures import Bars, stacked


@dataclass(frozen=True, kw_only=True)
class DiaryReport:
    period: Period
    figures: list[Figure]
    bookings: Bookings
    days: Bars
    visits: VisitFigures

    @property
    def empty(self) -> bool:
        return not self.bookings.all and not self.visits.total.planned and not self.visits.total.cancelled

    @property
    def sources(self) -> list[tuple[str, int]]:
        return [(BookedBy(source).label, count) for source, count in self.bookings.by_source.items()]


def diary_report(period: Period) -> DiaryReport:
    """Four queries."""
    bookings, then = parted(bookings_in(period, since=period.before.begins), period)
    visits = visits_in(period)
    sources: Sequence[str] = BookedBy.values
    by_day = {day: [counts.get(source, 0) for source in sources] for day, counts in bookings.by_day.items()}
    return DiaryReport(
        period=period,
        figures=_figures(period, bookings, then, visits, freed_in(period), waitlist_in(period)),
        bookings=bookings,
        days=stacked(period, [BookedBy(source).label for source in sources], by_day),
        visits=visits,
    )


def _figures(
    period: Period, bookings: Bookings, then: Bookings, visits: VisitFigures, freed: Freed, waitlist: Waitlist
) -> list[Figure]:
    total = visits.total
    return [
        Figure(
            label="Booked",
            value=str(bookings.all),
            note=compared(bookings.all, then.all, LENGTHS[period.days]),
            counts=figures.BOOKINGS,
        ),
        Figure(
            label="By the assistant",
            value=percent(bookings.assistants_share),
            note=f"{bookings.by_source[BookedBy.ASSISTANT]} of {bookings.all}",
            counts=figures.BY_ASSISTANT,
        ),
        Figure(
            label="No-shows",
            value=percent(total.missed_share),
            note=f"{total.missed} of {total.missed + total.came} that are over",
            counts=figures.MISSED,
        ),
        Figure(
            label="Freed times filled",
            value=percent(freed.share),
            note=f"{freed.filled} of {freed.times}",
            counts=figures.FILLED,
        ),
        Figure(
            label="Waiting list",
            value=str(waitlist.accepted),
            note=f"of {waitlist.offered} offers accepted" if waitlist.offered else "no offers",
            counts=figures.WAITLIST,
        ),
        Figure(
            label="Time booked",
            value=f"{total.hours:g} h",
            note=f"{total.planned} appointments",
            counts=figures.VISITS,
        ),
    ]
