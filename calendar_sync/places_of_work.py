"""Where somebody works when: their hours taken apart by location. Pure; locations are ids.

A period that names no location is at the usual one. At each location they are as good as another person with the hours
that they have there; what keeps them from being at two at once is that what is taken is taken everywhere.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from zoneinfo import ZoneInfo

from calendar_sync.spans import Span
from calendar_sync.working_hours import DayRules, Days, Hours, Week, shared


@dataclass(frozen=True, kw_only=True)
class Work:
    """All hours of one practitioner, of their weeks (as in DayRules) and of days of their own."""

    zone: ZoneInfo
    usual: int
    weekly: Week
    other_weekly: Week | None = None
    fortnight_from: dt.date | None = None
    own_days: Days = field(default_factory=dict)

    @cached_property
    def places(self) -> list[int]:
        """The usual one first."""
        named: set[int | None] = set()
        for week in (self.weekly, self.other_weekly or {}, self.own_days):
            for hours in week.values():
                named.update([each.place for each in hours])
        return [self.usual, *sorted(each for each in named - {self.usual} if each is not None)]

    def at(self, place: int, *, everybodys_days: Days, opening: Sequence[Span] | None) -> DayRules:
        """The hours there. `everybodys_days` and `opening` are that location's."""
        whole = self._rules(opening, everybodys_days)
        if self.places == [place]:
            return whole
        return replace(
            whole,
            weekly=self._there(self.weekly, place),
            other_weekly=None if self.other_weekly is None else self._there(self.other_weekly, place),
            own_days={day: self._of(hours, place) for day, hours in self.own_days.items()},
            everybodys_days={
                day: self._on_special(hours, whole.week_of(day).get(day.weekday(), ()), place)
                for day, hours in everybodys_days.items()
            },
        )

    def _rules(self, opening: Sequence[Span] | None, everybodys_days: Days) -> DayRules:
        """Wherever they are."""
        return DayRules(
            zone=self.zone,
            weekly=self.weekly,
            other_weekly=self.other_weekly,
            fortnight_from=self.fortnight_from,
            opening=opening,
            own_days=self.own_days,
            everybodys_days=everybodys_days,
        )

    def _on_special(self, hours: Sequence[Hours], usually: Sequence[Hours], place: int) -> Sequence[Hours]:
        """A day that is special for everybody is worked where they would be: on a day at two locations, at each while
        they would be there."""
        where = {each.place or self.usual for each in usually} or {self.usual}
        if place not in where:
            return ()
        return hours if len(where) == 1 else shared(hours, self._of(usually, place))

    def _there(self, week: Week, place: int) -> Week:
        return {weekday: self._of(hours, place) for weekday, hours in week.items()}

    def _of(self, hours: Sequence[Hours], place: int) -> list[Hours]:
        return [each for each in hours if (each.place or self.usual) == place]
