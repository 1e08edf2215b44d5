"""Conversations with a past; turns are those of tests/agents."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from agents.models import TranscriptEntry
from agents.runtime.checkpoints import dump
from agents.types import Entry, Text, ToolCall, ToolOutcome
from tenants import worklist
from tests.agents.conftest import MONDAY, check_up, dentist, monday, say

__all__ = ["check_up", "dentist", "monday", "say"]
LAST_WEEK = MONDAY - dt.timedelta(days=7)
_slot = "s.awP5iAAAAAEAAAEAAAFrBZhgXPWQS472aArtM8NR7Cs"


def patient(text: str, at: dt.datetime = LAST_WEEK) -> Entry:
    return Entry(role="patient", blocks=(Text(text=text),), at=at)


def assistant(text: str, at: dt.datetime = LAST_WEEK) -> Entry:
    return Entry(role="assistant", blocks=(Text(text=text),), at=at)


def called(name: str, content: dict[str, Any], at: dt.datetime = LAST_WEEK, number: int = 0) -> list[Entry]:
    """A call and its outcome."""
    call = ToolCall(id=f"toolu_{name}_{number}", name=name, arguments={})
    outcome = ToolOutcome(call_id=call.id, name=name, content={"status": "ok"} | content)
    return [
        Entry(role="assistant", blocks=(call,), at=at),
        Entry(role="tools", blocks=(outcome,), at=at),
    ]


def booking(at: dt.datetime = LAST_WEEK, reference: str = "#1001") -> list[Entry]:
    """Asked, offered, taken and told."""
    offers = [
        {"slot": _slot, "start": f"2026-11-24T{hour}:00", "weekday": "Tuesday", "practitioner": "Dr Ada Silva"}
        for hour in range(10, 16)
    ]
    made = {"appointment": reference, "service": "Check-up", "practitioner": "Dr Ada Silva", "patient": "[NAME_1]"}
    made |= {"start": "2026-11-24T10:00", "weekday": "Tuesday", "status": "confirmed"}
    return [
        patient("A check-up on Tuesday please", at),
        *called("find_slots", {"service": "Check-up", "offers": offers}, at),
        assistant("I have 10:00, 11:00 and 12:00. Which one?", at),
        patient("The first", at),
        assistant("Tuesday at 10:00 with Dr Silva. Shall I book it?", at),
        patient("Yes", at),
        *called("book_appointment", {"booked": made}, at),
        assistant("You're booked in for Tuesday at 10:00.", at),
    ]


def chat(pairs: int, at: dt.datetime = LAST_WEEK) -> list[Entry]:
    """Small talk in which nothing is open."""
    said = (
        (
            patient(f"Question {number}: do you have parking for my car?", at),
            assistant(f"Answer {number}: yes, behind the house, free of charge.", at),
        )
        for number in range(pairs)
    )
    return [entry for pair in said for entry in pair]


@pytest.fixture
def past(clinic: Any) -> Callable[..., None]:
    """`past(entries)`: what stands in the transcript of conversation 1 already."""

    def write(entries: Sequence[Entry], conversation_id: int = 1) -> None:
        begin = TranscriptEntry.objects.filter(conversation_id=conversation_id).count()
        TranscriptEntry.objects.bulk_create(
            TranscriptEntry(
                conversation_id=conversation_id,
                index=begin + number,
                role=entry.role,
                blocks=dump(entry.blocks),
                message_id=900_000 * conversation_id + begin + number if entry.role == "patient" else None,
                at=entry.at or LAST_WEEK,
            )
            for number, entry in enumerate(entries)
        )

    return write


@pytest.fixture
def work(clinic: Any) -> Callable[..., None]:
    """`work(KIND, act)`: what the worker does when the item of conversation 1 is due."""

    def do(kind: str, act: Callable[..., None], conversation_id: int = 1) -> None:
        worklist.call_for(clinic.pk, kind, conversation_id)
        lease = worklist.claim(clinic.pk, kind, conversation_id, early=True)
        assert lease is not None
        act(clinic, conversation_id, lease)

    return do
