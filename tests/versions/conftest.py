"""Versions rehearsed over what a patient wrote, without a conversation."""

import datetime as dt
import itertools
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from agents.rehearsal import Rehearsed, RehearsedContact, rehearse
from agents.types import Arrival, Entry, KnownPerson, Text
from agents.versions import published
from tenants import clock
from tests.desk.conftest import DeskClient

MONDAY = dt.datetime(2026, 11, 23, 8, 0, tzinfo=dt.UTC)
MARIA = RehearsedContact(
    id=77, name="Maria Lopes", known=KnownPerson(names=("Maria Lopes",), phones=("+447911123456",))
)
_ids = itertools.count(1)


@pytest.fixture
def monday() -> Any:
    """The clock stands at Monday 2026-11-23 08:00 in London."""
    with clock.pinned(MONDAY):
        yield MONDAY


def heard(*texts: str) -> tuple[Entry, ...]:
    """A redacted transcript in which the patient wrote these."""
    return tuple(Entry(role="patient", blocks=(Text(text=text),), at=MONDAY) for text in texts)


def arrival(text: str) -> Arrival:
    return Arrival(message_id=next(_ids), author="contact", kind="text", text=text, at=clock.now())


class Chat:
    """Several rehearsals, each going on where the last one stopped."""

    def __init__(self, business: Any, **more: Any) -> None:
        self.business, self.more = business, more
        self.transcript: tuple[Entry, ...] = ()
        self.pseudonyms: tuple[Any, ...] = ()

    def say(self, text: str) -> Rehearsed:
        done = rehearse(
            self.business,
            published(),
            transcript=self.transcript,
            arrivals=[arrival(text)],
            pretended_from=0,
            pseudonyms=self.pseudonyms,
            **self.more,
        )
        self.transcript += done.entries
        self.pseudonyms = done.pseudonyms
        return done


@pytest.fixture
def chat(clinic: Any, monday: Any) -> Chat:
    return Chat(clinic, contact=MARIA)


@pytest.fixture
def rows() -> Callable[[], dict[str, str]]:
    """What every table of the business and of the platform holds, as digests; models' usage apart."""

    def read() -> dict[str, str]:
        schemas = (connection.schema_name, "public")
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT table_schema, table_name FROM information_schema.tables"
                " WHERE table_schema = ANY(%s) AND table_type = 'BASE TABLE'",
                [list(schemas)],
            )
            tables = [f'"{schema}"."{name}"' for schema, name in cursor.fetchall() if name != "agents_usagerecord"]
            digests = {}
            for table in tables:
                cursor.execute(f"SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {table} t")
                digests[table] = cursor.fetchone()[0]
        return digests

    return read


@pytest.fixture
def alices(clinic: Any, alice: Any) -> DeskClient:
    return DeskClient(clinic, alice)


@pytest.fixture
def bobs(clinic: Any, bob: Any) -> DeskClient:
    return DeskClient(clinic, bob)
