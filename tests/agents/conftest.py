"""A turn as the conversation would ask for it, without the conversation."""

import datetime as dt
import itertools
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from agents import receptionist
from agents.types import Arrival, Decision, KnownPerson, TurnInput
from calendar_sync.models import Practitioner, Service
from tenants import clock

MONDAY = dt.datetime(2026, 11, 23, 8, 0, tzinfo=dt.UTC)
_ids = itertools.count(1)


@pytest.fixture
def monday() -> Any:
    """The clock stands at Monday 2026-11-23 08:00 in London."""
    with clock.pinned(MONDAY):
        yield MONDAY


@pytest.fixture
def say(clinic: Any, monday: Any) -> Callable[..., Decision]:
    """`say("text")`: one turn over what the contact wrote, finished as the conversation would."""

    def turn(
        *texts: str, kind: str = "text", provider: str = "anthropic", finish: bool = True, **more: Any
    ) -> Decision:
        arrivals = tuple(
            Arrival(message_id=next(_ids), author="contact", kind=kind, text=text, at=clock.now()) for text in texts
        )
        fields: dict[str, Any] = {
            "business": clinic,
            "conversation_id": 1,
            "contact_id": 1,
            "contact_name": "Maria Lopes",
            "known": KnownPerson(names=("Maria Lopes",), phones=("+447911123456",)),
            "arrivals": arrivals,
            "hold": lambda: None,
            "renew": lambda: None,
            "provider": provider,
        }
        decision = receptionist.take_turn(TurnInput(**(fields | more)))
        if finish:
            with transaction.atomic():
                receptionist.finish(decision)
        return decision

    return turn


@pytest.fixture
def check_up(clinic: Any) -> Service:
    return Service.objects.get(name="Check-up")


@pytest.fixture
def dentist(clinic: Any) -> Practitioner:
    return Practitioner.objects.get()
