"""Circuit breakers over calls of vendors' models, shared by all workers through Redis.

A call passes three circuits: what a business can't use of a vendor (its key, its money), what fails for a business
at one model, and what fails at one model for everybody. An open circuit lets nothing through; when its rest is over
one call tries (half-open): success closes it, failure opens it for twice as long. The last circuit opens only when
several businesses fail, so that one business's trouble does not silence the others.

Redis holds it and may lose it: a Redis that is away or was flushed means closed, never an error.
"""

import time
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import redis
import structlog
from django.conf import settings

from agents.errors import ModelError, ModelRefused

log = structlog.get_logger(__name__)
FAILURES = 5  # one after the other, without a success between them
WINDOW = 60.0  # seconds after the last failure in which they are remembered
REST, LONGEST_REST = 15.0, 300.0  # seconds: doubled with each failed try, up to the longest
REFUSED_REST = 600.0  # after a refusal that only a person can mend
PROBE = 60.0  # seconds that the one trying call may take
SEVERAL = 2  # businesses
AWAY = 5.0  # seconds for which a Redis that did not answer is left alone

_ALLOW = """
for _, name in ipairs(KEYS) do
  local reason = redis.call('GET', name .. ':open')
  if reason then return reason end
end
local mine = {}
for _, name in ipairs(KEYS) do
  if redis.call('EXISTS', name .. ':trips') == 1 then
    if not redis.call('SET', name .. ':probe', '1', 'NX', 'PX', ARGV[1]) then
      for _, each in ipairs(mine) do redis.call('DEL', each) end
      return ARGV[2]
    end
    table.insert(mine, name .. ':probe')
  end
end
return ''
"""
_FAIL = """
local name, who, reason = KEYS[1], ARGV[1], ARGV[2]
local failures, several = tonumber(ARGV[3]), tonumber(ARGV[4])
local rest, longest, least = tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7])
local window, memory = ARGV[8], ARGV[9]
if redis.call('EXISTS', name .. ':open') == 1 then return 0 end
local count = redis.call('INCR', name .. ':fails')
redis.call('PEXPIRE', name .. ':fails', window)
redis.call('SADD', name .. ':who', who)
redis.call('PEXPIRE', name .. ':who', window)
local trying = redis.call('EXISTS', name .. ':trips') == 1
if not trying and (count < failures or redis.call('SCARD', name .. ':who') < several) then return 0 end
local trips = redis.call('INCR', name .. ':trips')
redis.call('PEXPIRE', name .. ':trips', memory)
local time = math.max(math.min(rest * 2 ^ (trips - 1), longest), least)
redis.call('SET', name .. ':open', reason, 'PX', math.floor(time))
redis.call('DEL', name .. ':fails', name .. ':who', name .. ':probe')
return 1
"""
_MEMORY = 3600.0  # seconds for which a circuit that was open remembers it
_PARTS = (":open", ":trips", ":fails", ":who", ":probe")


@dataclass(frozen=True, kw_only=True)
class Circuits:
    """The circuits that a call of `model` for a business passes; `business` is its schema's name."""

    business: str
    vendor: str
    model: str

    @property
    def account(self) -> str:
        return f"breaker:{self.business}:{self.vendor}"

    @property
    def own(self) -> str:
        return f"breaker:{self.business}:{self.vendor}:{self.model}"

    @property
    def shared(self) -> str:
        return f"breaker::{self.vendor}:{self.model}"

    def forbids(self) -> str:
        """Why this call may not be made now; "" when it may (it may be the one that tries)."""
        names = [self.account, self.own, self.shared]
        found = _run(_ALLOW, names, [_ms(PROBE), "another call is just trying it"])
        return found.decode() if isinstance(found, bytes) else ""

    def succeeded(self) -> None:
        self._forget(self.account, self.own, self.shared)

    def failed(self, error: ModelError) -> None:
        """Count what the model or the account is to blame for. A bad request says nothing about either."""
        if not isinstance(error, ModelRefused):
            least = min(error.retry_after or 0.0, LONGEST_REST)
            hurried = least > REST  # told to stay away for long: at once
            self._fail(self.own, str(error), failures=1 if hurried else FAILURES, least=least)
            self._fail(self.shared, str(error), failures=FAILURES, several=SEVERAL, least=least)
        elif error.blames == "request":
            self.succeeded()
        else:
            name = self.account if error.blames == "account" else self.own
            self._fail(name, str(error), failures=1, least=REFUSED_REST)
            _command("DEL", self.own + ":probe", self.shared + ":probe")  # it tried nothing for them

    def _fail(self, name: str, reason: str, *, failures: int, several: int = 1, least: float = 0.0) -> None:
        rest, longest = _ms(REST), _ms(LONGEST_REST)
        given = [self.business, reason, failures, several, rest, longest, _ms(least), _ms(WINDOW), _ms(_MEMORY)]
        if _run(_FAIL, [name], given):
            log.warning("breaker.opened", circuit=name, reason=reason)

    @staticmethod
    def _forget(*names: str) -> None:
        _command("DEL", *(name + part for name in names for part in _PARTS))


def close_for(business: str, vendor: str, models: list[str]) -> None:
    """A person has mended it (a new key, more money): a business's own circuits are closed at once."""
    for model in models:
        circuits = Circuits(business=business, vendor=vendor, model=model)
        circuits._forget(circuits.account, circuits.own)


def resting(business: str, vendor: str, models: list[str]) -> dict[str, str]:
    """What is not called for a business now (the vendor's name: nothing of it), and why; tries nothing."""
    names = {f"breaker:{business}:{vendor}:open": vendor}
    for model in models:
        circuits = Circuits(business=business, vendor=vendor, model=model)
        names |= {f"{circuits.shared}:open": model, f"{circuits.own}:open": model}
    reasons = zip(names.values(), _command("MGET", *names) or [], strict=False)
    return {name: reason.decode() for name, reason in reasons if reason is not None}


@lru_cache(maxsize=2)
def _redis(url: str) -> redis.Redis:
    return redis.Redis.from_url(url, socket_timeout=0.5, socket_connect_timeout=0.5)


class _Away:
    until = 0.0


def _run(script: str, keys: list[str], values: list[Any]) -> Any:
    return _command("EVAL", script, len(keys), *keys, *values)


def _command(*words: Any) -> Any:
    """Redis's answer; None when there is none."""
    if time.monotonic() < _Away.until:
        return None
    try:
        return _redis(settings.REDIS_URL).execute_command(*words)
    except redis.RedisError as error:
        _Away.until = time.monotonic() + AWAY
        log.warning("breaker.redis_away", kind=type(error).__name__)
        return None


def _ms(seconds: float) -> int:
    return round(seconds * 1000)
