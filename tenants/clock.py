"""The product's one clock, so that a command or a test can set it."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from zoneinfo import ZoneInfo

_pinned: ContextVar[dt.datetime | None] = ContextVar("pinned_now", default=None)


def now() -> dt.datetime:
    """The present moment, aware, in UTC."""
    return _pinned.get() or dt.datetime.now(dt.UTC)


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
