"""What is told to Redis and may be lost: bells and events. What the hooks of one commit tell leaves in one message."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache

import redis
from django.conf import settings


@dataclass(frozen=True, kw_only=True)
class _Tiding:
    command: tuple[str, ...]
    lost: Callable[[], None]


_together: ContextVar[list[_Tiding] | None] = ContextVar("together", default=None)


@lru_cache(maxsize=1)
def _redis(url: str) -> redis.Redis:
    return redis.Redis.from_url(url, socket_timeout=2, socket_connect_timeout=2)


def client() -> redis.Redis:
    """The process's own connection, for what may be lost."""
    return _redis(settings.REDIS_URL)


def tell(*command: str, lost: Callable[[], None]) -> None:
    """At once, or with all others of the same commit, in the order in which they were told. `lost` is called when
    Redis didn't take it."""
    tiding = _Tiding(command=command, lost=lost)
    waiting = _together.get()
    if waiting is None:
        _send([tiding])
    else:
        waiting.append(tiding)


@contextmanager
def told_together() -> Iterator[None]:
    """What is told within it leaves at its end, even when it ends by an error."""
    waiting: list[_Tiding] = []
    before = _together.set(waiting)
    try:
        yield
    finally:
        _together.reset(before)
        _send(waiting)


def _send(tidings: Sequence[_Tiding]) -> None:
    if not tidings:
        return
    try:
        for tiding, answer in zip(tidings, _answers(tidings), strict=True):
            if isinstance(answer, redis.RedisError):
                tiding.lost()
    except redis.RedisError:
        for tiding in tidings:
            tiding.lost()


def _answers(tidings: Sequence[_Tiding]) -> list[object]:
    if len(tidings) == 1:
        return [client().execute_command(*tidings[0].command)]
    pipe = client().pipeline(transaction=False)
    for each in tidings:
        pipe.execute_command(*each.command)
    return list(pipe.execute(raise_on_error=False))
