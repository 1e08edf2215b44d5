"""The report on the diary: figures, pictures and tables in the shape that page and download share."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

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
        return [(str(BookedBy(source).label), count) for source, count in self.bookings.by_source.items()]


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
        days=stacked(period, [str(BookedBy(source).label) for source in sources], by_day),
        visits=visits,
    )


def _figures(
    period: Period, bookings: Bookings, then: Bookings, visits: VisitFigures, freed: Freed, waitlist: Waitlist
) -> list[Figure]:
    total = visits.total
    return [
        Figure(
            label=gettext("Booked"),
            value=str(bookings.all),
            note=compared(bookings.all, then.all, LENGTHS[period.days]),
            counts=figures.BOOKINGS,
        ),
        Figure(
            label=gettext("By the assistant"),
            value=percent(bookings.assistants_share),
            note=gettext("%(part)s of %(all)s") % {"part": bookings.by_source[BookedBy.ASSISTANT], "all": bookings.all},
            counts=figures.BY_ASSISTANT,
        ),
        Figure(
            label=gettext("No-shows"),
            value=percent(total.missed_share),
            note=gettext("%(missed)s of %(over)s that are over")
            % {"missed": total.missed, "over": total.missed + total.came},
            counts=figures.MISSED,
        ),
        Figure(
            label=gettext("Freed times filled"),
            value=percent(freed.share),
            note=gettext("%(part)s of %(all)s") % {"part": freed.filled, "all": freed.times},
            counts=figures.FILLED,
        ),
        Figure(
            label=gettext("Waiting list"),
            value=str(waitlist.accepted),
            note=gettext("of %(offered)s offers accepted") % {"offered": waitlist.offered}
            if waitlist.offered
            else gettext("no offers"),
            counts=figures.WAITLIST,
        ),
        Figure(
            label=gettext("Time booked"),
            value=gettext("%(hours)s h") % {"hours": f"{total.hours:g}"},
            note=gettext("%(number)s appointments") % {"number": total.planned},
            counts=figures.VISITS,
        ),
    ]
