"""Signed requests to the product. https://www.twilio.com/docs/usage/webhooks/webhooks-security."""

import base64
import hashlib
import hmac
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode, urlsplit

import aiohttp
from yarl import URL

from sandbox.core.journal import Entry, masked, text_of
from sandbox.core.world import World

TIMEOUT_SECONDS = 15.0


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """What the product answered. `status` is None when no answer came; `error` then says why."""

    status: int | None
    body: str = ""
    error: str | None = None
    attempts: int = 1


def signature(token: str, url: str, form: Mapping[str, str]) -> str:
    """Base64(HMAC-SHA1(token, URL as configured, without fragment, + each name and value by name))."""
    text = url + "".join(name + form[name] for name in sorted(form))
    digest = hmac.new(token.encode(), text.encode(), hashlib.sha1).digest()
    return base64.b64encode(digest).decode()


async def post(
    world: World,
    account: str,
    url: str,
    form: Mapping[str, str],
    *,
    idempotency_token: str | None = None,
    forged_signature: str | None = None,
) -> Delivery:
    """Sends a form as Twilio would, with the retries that the URL's fragment orders (#rc=…&rp=…)."""
    target, _, fragment = url.partition("#")
    orders = parse_qs(fragment)
    retries = int(orders.get("rc", ["1"])[0])
    policy = orders.get("rp", ["ct"])[0].split(",")
    headers = {
        "Content-Type": "application/x-www-form-urlencoded; charset=utf-8",
        "User-Agent": "TwilioProxy/1.1",
        "Accept": "*/*",
        "X-Home-Region": "us1",
        "I-Twilio-Idempotency-Token": idempotency_token or str(uuid.uuid4()),
        "X-Twilio-Signature": forged_signature or signature(_token(world, account), target, form),
    }
    attempt = 0
    while True:
        attempt += 1
        answer = await _send(world, target, headers, urlencode(form), attempt)
        if attempt > retries or not _again(answer, policy):
            return answer


def _token(world: World, account: str) -> str:
    return world.options.twilio_accounts[account]


def _again(answer: Delivery, policy: list[str]) -> bool:
    if answer.status is None:
        return "all" in policy or "ct" in policy or ("rt" in policy and answer.error == "timeout")
    return answer.status >= 400 and ("all" in policy or f"{answer.status // 100}xx" in policy)


async def _send(world: World, url: str, headers: dict[str, str], body: str, attempt: int) -> Delivery:
    parts = urlsplit(url)
    entry = Entry(
        vendor="twilio",
        direction="out",
        method="POST",
        path=parts.path,
        query=parts.query,
        headers={"host": parts.netloc, **masked(list(headers.items()))},
        body=body,
    )
    world.journal.add(entry)
    started = time.monotonic()
    try:
        answer = await _exchange(world, url, headers, body, attempt)
    except TimeoutError:
        answer = Delivery(status=None, error="timeout", attempts=attempt)
    except aiohttp.ClientError as error:
        answer = Delivery(status=None, error=str(error) or type(error).__name__, attempts=attempt)
    entry.milliseconds = round((time.monotonic() - started) * 1000, 1)
    entry.status, entry.answer = answer.status, answer.body or answer.error or ""
    return answer


async def _exchange(world: World, url: str, headers: dict[str, str], body: str, attempt: int) -> Delivery:
    assert world.http is not None
    limit = aiohttp.ClientTimeout(total=TIMEOUT_SECONDS, connect=5)
    # Twilio sends Host of the configured URL, also where the request is rerouted.
    sent = {**headers, "Host": urlsplit(url).netloc}
    target = URL(rerouted(world, url), encoded=True)
    async with world.http.post(target, data=body.encode(), headers=sent, timeout=limit) as response:
        content = await response.read()
        return Delivery(status=response.status, body=text_of(content), attempts=attempt)


def rerouted(world: World, url: str) -> str:
    """The address to connect to for a public URL."""
    for origin, address in world.options.reroute.items():
        if url.startswith(origin):
            return address + url.removeprefix(origin)
    return url
