"""Local times as moments, clock changes included. Pure."""

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache
from zoneinfo import ZoneInfo

DAY = dt.timedelta(days=1)


def moment(day: dt.date, wall: dt.time, zone: ZoneInfo) -> dt.datetime:
    """A local time as a moment in UTC: the first of two; where the clock skips it, the end of the gap."""
    local = dt.datetime.combine(day, wall, zone)
    found = local.astimezone(dt.UTC)
    if exists(local):
        return found
    early, late = local.replace(fold=1).astimezone(dt.UTC), found
    before = early.astimezone(zone).utcoffset()
    while late - early > dt.timedelta(seconds=1):
        middle = early + (late - early) // 2
        if middle.astimezone(zone).utcoffset() == before:
            early = middle
        else:
            late = middle
    return late.replace(microsecond=0)


def exists(local: dt.datetime) -> bool:
    """Whether the clock on the wall ever shows it; aware, by its own zone."""
    back = local.astimezone(dt.UTC).astimezone(local.tzinfo)
    return back.replace(tzinfo=None, fold=0) == local.replace(tzinfo=None, fold=0)


def moments_at(local: dt.datetime, zone: ZoneInfo) -> tuple[dt.datetime, ...]:
    """The moments in UTC at which a clock of the zone shows the naive local time, in order.

    None where the clock is put forward over it (01:30 on the British spring date), two where it is put back
    (01:30 in autumn), else one.
    """
    if local.tzinfo is not None:
        raise ValueError("a local time has no offset")
    shown = (local.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    return tuple(sorted({each.astimezone(dt.UTC) for each in shown if exists(each)}))


def second(day: dt.date, wall: dt.time, zone: ZoneInfo) -> int:
    """`moment` in seconds since 1970."""
    midnight = _steady_midnight(day, zone)
    if midnight is None:
        return int(moment(day, wall, zone).timestamp())
    return midnight + wall.hour * 3600 + wall.minute * 60 + wall.second


def walk(begin: int, last: int, step: int, zone: ZoneInfo) -> Sequence[int]:
    """Every `step` seconds on the local clock from `begin` to `last`, in order; at most a few days.

    What the clock skips is left out, what it shows twice is taken the first time.
    """
    if last < begin or _shift(begin, zone) == _shift(last, zone):
        return range(begin, last + 1, step)
    wall = dt.datetime.fromtimestamp(begin, zone).replace(tzinfo=None)
    found: list[int] = []
    while True:
        local = wall.replace(tzinfo=zone, fold=0)
        at = int(local.timestamp())
        if exists(local):
            if at > last:
                return found
            if at >= begin:
                found.append(at)
        wall += dt.timedelta(seconds=step)


def date_of(seconds: int, zone: ZoneInfo) -> dt.date:
    return dt.datetime.fromtimestamp(seconds, zone).date()


@lru_cache(maxsize=8192)
def _steady_midnight(day: dt.date, zone: ZoneInfo) -> int | None:
    """When the day begins, if its offset holds until it ends."""
    midnight = dt.datetime(day.year, day.month, day.day, tzinfo=zone)
    return int(midnight.timestamp()) if midnight.utcoffset() == (midnight + DAY).utcoffset() else None


def _shift(seconds: int, zone: ZoneInfo) -> dt.timedelta | None:
    return dt.datetime.fromtimestamp(seconds, zone).utcoffset()
