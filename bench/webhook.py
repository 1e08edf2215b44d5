"""Twilio's webhook in this process, one at a time: signature, dedupe, contact, message, work list, doorbell; by the
product's own WSGI application, from the request to the end of its answer.

Beside it one plain INSERT of the same message by psycopg, which is what storing costs at least.
"""

import io
import secrets
from collections.abc import Callable
from itertools import cycle
from typing import Any
from urllib.parse import urlencode

import psycopg
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django_tenants.utils import tenant_context
from twilio.request_validator import RequestValidator

from bench.cast import new_business, phone
from bench.measure import Row, Sample, figures, round_trips, row, sample
from conversations.connecting import connect
from tenants import schema

PATH, NUMBER, ACCOUNT, TOKEN = "/webhooks/twilio/", "whatsapp:+441134960000", "AC" + "0" * 32, "bench-token"
TIMES, PATIENTS = 100, 20  # fewer would be taken for floods
TARGET_TRIPS, TARGET_RATIO = 3, 10


def measure() -> list[Row]:
    schema.leave()
    business = new_business()
    with tenant_context(business):
        connect(business, address=NUMBER, account=ACCOUNT, secret=TOKEN)
    sender = _Sender()
    for number in range(PATIENTS):
        sender.says(phone(number))()
    trips = round_trips(sender.says(phone(1)))
    trips_of_copy = round_trips(sender.again)
    raw, ours, copies, strangers = _alternating(sender)
    return [
        row("raw INSERT by psycopg", raw),
        row(
            "Twilio webhook",
            ours,
            target=f"≤ {TARGET_TRIPS} round trips",
            met=trips <= TARGET_TRIPS,
            note=_trips(trips),
        ),
        row("… the same message again", copies, note=_trips(trips_of_copy)),
        row("… of somebody new", strangers),
        Row(
            what="Twilio webhook p99 ÷ raw INSERT p99",
            target=f"{ours.p99 / raw.p99:.1f} ≤ {TARGET_RATIO}",
            met=ours.p99 <= TARGET_RATIO * raw.p99,
            note=f"p50 {ours.p50 / raw.p50:.1f}",
        ),
    ]


def _trips(number: int) -> str:
    return f"{number} round trips"


def _alternating(sender: "_Sender"):
    """In the same rounds, so that a busy machine slows all of them alike."""
    taken: list[tuple[Sample, ...]] = []
    known = cycle(range(PATIENTS))
    with _RawInsert() as raw:
        for round_ in range(3):
            strangers = range(1000 * (round_ + 1), 1000 * (round_ + 1) + TIMES // 2)
            taken.append(
                (
                    sample(raw.insert, TIMES),
                    _each([sender.says(phone(next(known))) for _ in range(TIMES)]),
                    _each([sender.again for _ in range(TIMES // 2)]),
                    _each([sender.says(phone(number)) for number in strangers]),
                )
            )
    return tuple(figures(kind) for kind in zip(*taken, strict=True))


def _each(acts: list[Callable[[], object]]) -> Sample:
    waiting = iter(acts)
    return sample(lambda: next(waiting)(), len(acts))


class _Sender:
    """Twilio, as far as the webhook can tell. What it does itself is done before it calls."""

    def __init__(self) -> None:
        self._application = get_wsgi_application()
        self._validator = RequestValidator(TOKEN)
        self.again: Callable[[], None] = lambda: None

    def says(self, who: str) -> Callable[[], None]:
        form = _form(who)
        signature = self._validator.compute_signature(settings.PUBLIC_ORIGIN + PATH, form)
        body = urlencode(form).encode()
        self.again = lambda: self._call(body, signature)
        return self.again

    def _call(self, body: bytes, signature: str) -> None:
        heard: list[str] = []
        environ: dict[str, Any] = {
            "REQUEST_METHOD": "POST",
            "PATH_INFO": PATH,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "HTTP_HOST": settings.PUBLIC_ORIGIN.split("://")[1],
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "HTTP_X_TWILIO_SIGNATURE": signature,
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(),
        }
        answer = self._application(environ, lambda status, _: heard.append(status))
        said = b"".join(answer)
        answer.close()
        assert heard == ["200 OK"], (heard, said)


def _form(who: str) -> dict[str, str]:
    """https://www.twilio.com/docs/messaging/guides/webhook-request."""
    sid = "SM" + secrets.token_hex(16)
    return {
        "SmsMessageSid": sid,
        "NumMedia": "0",
        "ProfileName": "Anna",
        "MessageType": "text",
        "SmsSid": sid,
        "WaId": who.removeprefix("+"),
        "SmsStatus": "received",
        "Body": "Hi, could I see the dentist on Tuesday at half past ten please?",
        "To": NUMBER,
        "NumSegments": "1",
        "ReferralNumMedia": "0",
        "MessageSid": sid,
        "AccountSid": ACCOUNT,
        "From": f"whatsapp:{who}",
        "ApiVersion": "2010-04-01",
    }


class _RawInsert:
    """One row of the same size, one round trip, one commit."""

    def __enter__(self) -> "_RawInsert":
        values = connection.get_connection_params()
        names = ("dbname", "user", "password", "host", "port")
        self._database = psycopg.connect(**{name: values[name] for name in names if name in values}, autocommit=True)
        self._database.execute(
            "CREATE TABLE bench_raw (id bigserial PRIMARY KEY, sid text UNIQUE, body text, form text)"
        )
        return self

    def __exit__(self, *error: object) -> None:
        self._database.execute("DROP TABLE bench_raw")
        self._database.close()

    def insert(self) -> None:
        form = _form(phone(1))
        self._database.execute(
            "INSERT INTO bench_raw (sid, body, form) VALUES (%s, %s, %s)",
            [form["MessageSid"], form["Body"], urlencode(form)],
            prepare=True,
        )
