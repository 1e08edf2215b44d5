"""The days that a report is about, in the business's own calendar, and the as many days before them."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from tenants import clock

LENGTHS = {7: _("7 days"), 28: _("4 weeks"), 91: _("13 weeks"), 364: _("52 weeks")}
USUAL = 28
BY_DAY, BY_WEEK = 31, 120  # up to so many days a picture has a bar for each day, for each week; else for four weeks


@dataclass(frozen=True, kw_only=True)
class Period:
    """`days` local days that end with `last`, today or earlier."""

    last: dt.date
    days: int
    timezone: str

    @classmethod
    def read(cls, days: str, last: str, timezone: str) -> "Period":
        """What an address says; what can't be read, or lies ahead, is the usual: four weeks until today."""
        today = clock.local_now(timezone).date()
        length = int(days) if days.isdecimal() and int(days) in LENGTHS else USUAL
        try:
            end = dt.date.fromisoformat(last)
        except ValueError:
            end = today
        return cls(last=end if dt.date(2000, 1, 1) < end <= today else today, days=length, timezone=timezone)

    @property
    def first(self) -> dt.date:
        return self.last - dt.timedelta(days=self.days - 1)

    @property
    def begins(self) -> dt.datetime:
        return dt.datetime.combine(self.first, dt.time.min, ZoneInfo(self.timezone))

    @property
    def ends(self) -> dt.datetime:
        return dt.datetime.combine(self.last + dt.timedelta(days=1), dt.time.min, ZoneInfo(self.timezone))

    @property
    def before(self) -> "Period":
        return Period(last=self.first - dt.timedelta(days=1), days=self.days, timezone=self.timezone)

    @property
    def after(self) -> "Period | None":
        """The next one; None while this one ends today."""
        today = clock.local_now(self.timezone).date()
        if self.last >= today:
            return None
        return Period(last=min(self.last + dt.timedelta(days=self.days), today), days=self.days, timezone=self.timezone)

    @property
    def address(self) -> str:
        """Its part of a page's address."""
        return f"days={self.days}&until={self.last.isoformat()}"

    @property
    def step(self) -> int:
        """Days that a bar of a picture stands for."""
        return 1 if self.days <= BY_DAY else 7 if self.days <= BY_WEEK else 28

    def bars(self) -> Iterator[tuple[dt.date, dt.date]]:
        """First and last day of each bar, oldest first; the oldest may be shorter."""
        for length in range(self.days % self.step or self.step, self.days + 1, self.step):
            begin = self.first + dt.timedelta(days=max(0, length - self.step))
            yield begin, self.first + dt.timedelta(days=length - 1)
