"""Values are written as psycopg itself writes them, and moments come back in UTC."""

import datetime as dt
import decimal
import json
from zoneinfo import ZoneInfo

import psycopg
import pytest
from django.db import connection
from psycopg.types.json import Jsonb
from psycopg.types.range import Range

from tenants.statements import row

LONDON = dt.datetime(2026, 7, 1, 9, 30, 0, 120, ZoneInfo("Europe/London"))
VALUES = [
    *(None, True, False, 0, 7, -7, 2**40, 1.5, decimal.Decimal("1.50")),
    *("", "plain", "Ünïcode 🦷", "it's", "back\\slash", "100% %s", "line\nbreak"),
    *(LONDON, LONDON.astimezone(dt.UTC), LONDON.replace(tzinfo=None), LONDON.date(), dt.timedelta(hours=6)),
    *([1, 2], ["a", "b'c"], [], Range(LONDON, None, "[)"), Jsonb({"a": "it's"}), b"\x00\x01"),
    *(Jsonb({"a": [1, "é"]}, dumps=json.dumps), Jsonb(["x"], dumps=json.dumps), Jsonb("it's", dumps=json.dumps)),
    type("Word", (str,), {})("a subclass"),
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: f"{type(value).__name__} {value!r:.20}")
def test_a_value_is_written_as_psycopg_writes_it(db, value):
    with connection.cursor() as cursor:
        ours = cursor.cursor.mogrify("SELECT %s, %s", [value, 1])
        assert ours == psycopg.ClientCursor(cursor.connection).mogrify("SELECT %s, %s", [value, 1])


@pytest.mark.parametrize("text", ["nothing\x00ness", "half a \ud83e character"])
def test_what_postgres_cannot_hold_is_refused(db, text):
    with connection.cursor() as cursor, pytest.raises((psycopg.DataError, ValueError)):
        cursor.cursor.mogrify("SELECT %s", [text])


def test_moments_come_back_in_utc(db):
    (moment, none, span, text) = row("SELECT %s, NULL::timestamptz, tstzrange(%s, NULL), %s", [LONDON, LONDON, "it's"])
    assert (moment, none, text) == (LONDON, None, "it's")
    assert moment.tzinfo is span.lower.tzinfo is dt.UTC
    assert row("SELECT '-infinity'::date IS NULL, %s::jsonb", [json.dumps({"a": 1})])[0] is False
