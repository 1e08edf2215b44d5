"""The product's one clock, so that a command or a test can set it."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from zoneinfo import ZoneInfo

from django.db import connection

_pinned: ContextVar[dt.datetime | None] = ContextVar("pinned_now", default=None)
_wrong_by: ContextVar[dt.timedelta] = ContextVar("wrong_by", default=dt.timedelta(0))


def now() -> dt.datetime:
    """The present moment, aware, in UTC."""
    return _pinned.get() or dt.datetime.now(dt.UTC) + _wrong_by.get()


def latest() -> dt.datetime:
    """The later of this machine's clock and the database's: a clock that is slow must not let the past be booked."""
    if _pinned.get() is not None:
        return now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return max(now(), cursor.fetchone()[0].astimezone(dt.UTC))


def local_now(timezone: str) -> dt.datetime:
    """The present moment in the named zone; decisions about days and hours use this one."""
    return now().astimezone(ZoneInfo(timezone))


@contextmanager
def pinned(moment: dt.datetime) -> Iterator[None]:
    """Hold the clock at an aware moment within the block (this thread and context only)."""
    if moment.tzinfo is None:
        raise ValueError("the clock takes an aware datetime")
    token = _pinned.set(moment.astimezone(dt.UTC))
    try:
        yield
    finally:
        _pinned.reset(token)


@contextmanager
def wrong_by(skew: dt.timedelta) -> Iterator[None]:
    """This machine's clock is slow (negative) or fast within the block, as a real one may be."""
    token = _wrong_by.set(skew)
    try:
        yield
    finally:
        _wrong_by.reset(token)
