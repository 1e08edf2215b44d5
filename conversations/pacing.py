"""How fast messages leave: a token bucket per number and one per number and recipient, shared by all workers.

WhatsApp takes 80 messages a second from a number, and about one in six seconds to one person, with bursts. Who has to
wait goes back to the work list, so the order within a conversation stays (delivery.py). An answer that says "too fast"
empties the bucket and halves its rate for a minute, again with each further one.

Redis holds the buckets and may lose them: full ones are assumed. While it is away each process keeps a slow pace of its
own: messages go out, and no vendor is flooded.
"""

import datetime as dt
import hashlib
import random
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass

import redis
import structlog

from tenants.models import Business
from tenants.tidings import client

log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class Pace:
    per_second: float
    burst: int


NUMBER, PAIR = Pace(per_second=60, burst=60), Pace(per_second=1 / 6, burst=30)
ALONE_NUMBER, ALONE_PAIR = Pace(per_second=5, burst=5), Pace(per_second=1 / 6, burst=3)  # of one process, without Redis
AWAY = 5.0  # seconds for which a Redis that did not answer is left alone
SLOW_FOR, SLOWEST = 60.0, 6  # seconds; how often a rate is halved at most
LEAST_WAIT = 0.2  # seconds: many that wait must not ask all the time
KEPT_ALONE = 2_000  # buckets of one process
# The vendors' codes for "too fast": of the number as a whole, or to this one person.
OF_NUMBER = frozenset({"429", "20429", "21611", "30001", "63017", "63018", "4", "80007", "130429", "131048"})
OF_PAIR = frozenset({"131056"})

_TAKE = """
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local found, wait = {}, 0
for place, key in ipairs(KEYS) do
  local rate, burst = tonumber(ARGV[2 * place - 1]), tonumber(ARGV[2 * place])
  rate = rate / 2 ^ tonumber(redis.call('GET', key .. ':slow') or '0')
  local kept = redis.call('HMGET', key, 'tokens', 'at')
  local tokens = math.min(burst, (tonumber(kept[1]) or burst) + (now - (tonumber(kept[2]) or now)) * rate / 1000)
  if tokens < 1 then wait = math.max(wait, (1 - tokens) / rate * 1000) end
  found[place] = {key, tokens, burst / rate * 1000}
end
if wait > 0 then return math.ceil(wait) end
for _, each in ipairs(found) do
  redis.call('HSET', each[1], 'tokens', tostring(each[2] - 1), 'at', tostring(now))
  redis.call('PEXPIRE', each[1], math.ceil(each[3]) + 1000)
end
return 0
"""
_SLOW = """
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local slow = math.min(tonumber(redis.call('GET', KEYS[1] .. ':slow') or '0') + 1, tonumber(ARGV[1]))
redis.call('SET', KEYS[1] .. ':slow', slow, 'PX', ARGV[2])
redis.call('HSET', KEYS[1], 'tokens', '0', 'at', tostring(now))
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return slow
"""


def take(
    business: Business, channel_id: int, address: str, *, number: Pace = NUMBER, pair: Pace = PAIR
) -> dt.timedelta | None:
    """May one message leave now? None: yes, and it is counted. Else how long to wait before asking again."""
    keys = _keys(business, channel_id, address)
    if _away.over():
        try:
            pace = (number.per_second, number.burst, pair.per_second, pair.burst)
            return _wait(int(client().eval(_TAKE, len(keys), *keys, *map(str, pace))) / 1000)
        except redis.RedisError:
            _away.begin()
            log.warning("pacing.alone")
    return _wait(_alone.take(keys, (ALONE_NUMBER, ALONE_PAIR)))


def note_refusal(business: Business, channel_id: int, address: str, code: str) -> None:
    """The vendor said something: where it was "too fast", messages leave slower for a while."""
    of_number, of_pair = _keys(business, channel_id, address)
    key, pace = (of_pair, PAIR) if code in OF_PAIR else (of_number, NUMBER)
    if code not in OF_NUMBER | OF_PAIR:
        return
    longest = (pace.burst / pace.per_second) * 2**SLOWEST
    try:
        slow = client().eval(_SLOW, 1, key, str(SLOWEST), str(int(SLOW_FOR * 1000)), str(int(longest * 1000)))
        log.warning("pacing.slower", channel=channel_id, code=code, halved=slow)
    except redis.RedisError:
        _away.begin()
        _alone.empty(key)


def _keys(business: Business, channel_id: int, address: str) -> tuple[str, str]:
    """No number stands in a key."""
    of_number = f"pace:{business.schema_name}:{channel_id}"
    return of_number, f"{of_number}:{hashlib.sha256(address.encode()).hexdigest()[:24]}"


def _wait(seconds: float) -> dt.timedelta | None:
    """Those that wait come back one after the other rather than all at once."""
    if seconds <= 0:
        return None
    return dt.timedelta(seconds=max(seconds, LEAST_WAIT) * random.uniform(1, 1.5))  # noqa: S311 (no secret)


class _Away:
    """Since when Redis did not answer."""

    def __init__(self) -> None:
        self._until = 0.0

    def over(self) -> bool:
        return time.monotonic() >= self._until

    def begin(self) -> None:
        self._until = time.monotonic() + AWAY

    def end(self) -> None:
        self._until = 0.0


class _Alone:
    """The buckets of this process; the oldest are forgotten."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, keys: tuple[str, ...], paces: tuple[Pace, ...]) -> float:
        """Seconds to wait; 0 when one was taken of each."""
        now = time.monotonic()
        with self._lock:
            found = []
            for key, pace in zip(keys, paces, strict=True):
                tokens, at = self._buckets.get(key, (float(pace.burst), now))
                found.append(min(pace.burst, tokens + (now - at) * pace.per_second))
            waits = [(1 - tokens) / pace.per_second for tokens, pace in zip(found, paces, strict=True) if tokens < 1]
            if waits:
                return max(waits)
            for key, tokens in zip(keys, found, strict=True):
                self._buckets[key] = (tokens - 1, now)
                self._buckets.move_to_end(key)
            while len(self._buckets) > KEPT_ALONE:
                self._buckets.popitem(last=False)
        return 0.0

    def empty(self, key: str) -> None:
        with self._lock:
            self._buckets[key] = (0.0, time.monotonic())

    def forget(self) -> None:
        with self._lock:
            self._buckets.clear()


_away, _alone = _Away(), _Alone()


def forget() -> None:
    """As a process that has just begun: for tests."""
    _away.end()
    _alone.forget()
