"""Turns of several businesses, and whatever forgets what other tests did to breakers and brakes."""

import datetime as dt
import itertools
import secrets
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django_tenants.utils import tenant_context

from agents import receptionist
from agents.models import SpendWarning, TranscriptEntry, Turn, UsageRecord
from agents.types import Arrival, Decision, KnownPerson, TurnInput
from tenants import clock, platform_switch
from tests.agents.conftest import monday, say  # noqa: F401 (fixtures)
from tests.desk.conftest import alices, bobs, scene  # noqa: F401 (fixtures)
from tests.diary.conftest import ada, check_up, rosa  # noqa: F401 (fixtures)

_ids = itertools.count(1_000_000)


@pytest.fixture(autouse=True)
def _nothing_is_remembered() -> Iterator[None]:
    platform_switch.forget()
    yield
    platform_switch.forget()


@pytest.fixture(scope="module")
def two_businesses(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[Any, Any]]:
    """Two dentists with real commits, for threads; made once, because making a schema takes a while."""
    from tenants.models import User
    from tenants.provisioning import Details, create_business, discard

    with django_db_blocker.unblock():
        owner = User.objects.get(email="alice@clinic.test")
        made = [
            create_business(
                name=name,
                slug=f"{name.lower()}-{secrets.token_hex(4)}",
                kind="dentist",
                timezone="Europe/London",
                owner=owner,
                details=Details(always_open=True),
            )
            for name in ("Stormy", "Calm")
        ]
        yield made[0], made[1]
        connection.set_schema_to_public()
        for each in made:
            discard(each)
        connection.close()


@pytest.fixture
def stormy_and_calm(two_businesses: tuple[Any, Any], django_db_blocker: Any) -> Iterator[tuple[Any, Any]]:
    """The two of them as new; no schema is entered."""
    with django_db_blocker.unblock():
        for each in two_businesses:
            with tenant_context(each):
                for rows in (UsageRecord, SpendWarning, TranscriptEntry, Turn):
                    rows.objects.all().delete()
        connection.set_schema_to_public()
        yield two_businesses
        connection.set_schema_to_public()


def turn_of(business: Any, conversation_id: int, text: str) -> Decision:
    """One whole turn of a business, finished; in its own schema, on this thread's connection."""
    with tenant_context(business):
        decision = receptionist.take_turn(
            TurnInput(
                business=business,
                conversation_id=conversation_id,
                contact_id=conversation_id,
                contact_name="Maria Lopes",
                known=KnownPerson(),
                arrivals=(Arrival(message_id=next(_ids), author="contact", kind="text", text=text, at=clock.now()),),
                hold=lambda: None,
                renew=lambda: None,
                provider="anthropic",
            )
        )
        with transaction.atomic():
            receptionist.finish(decision)
    return decision


@pytest.fixture
def used() -> Callable[..., UsageRecord]:
    """`used(4_000_000, days_ago=1)`: a call that cost four dollars yesterday."""

    def note(micro: int | None, *, days_ago: float = 0, **more: Any) -> UsageRecord:
        fields = {"provider": "anthropic", "model": "claude-haiku-5-5", "ok": True, "input_tokens": 100}
        at = clock.now() - dt.timedelta(days=days_ago)
        return UsageRecord.objects.create(cost_micro=micro, counted_micro=micro or 0, at=at, **fields | more)

    return note
