"""Redis forgets everything, or the worker is killed, while the assistant thinks: the patient is answered, once."""

from typing import Any

import pytest

from agents.models import Turn
from conversations.models import Message
from tenants.models import WorkItem
from tests.stories.patient import Patient
from tests.stories.stack import SHORT_LEASE, Stack, eventually

pytestmark = pytest.mark.stack
GREETING = "Good morning! How can we help?"
THINKING = 4.0  # seconds that the model takes; less than a short lease


def test_redis_flushed_in_the_middle_of_a_turn(stack: Stack, patient: Patient, thinking: Any) -> None:
    stack.employ_with_claude()
    patient.write("Hello")
    eventually(thinking, "the model is asked")
    stack.flush_redis()
    assert patient.next_answer(0) == GREETING
    answered_once(patient)


def test_redis_flushed_before_a_worker_heard_the_bell(stack: Stack, patient: Patient, thinking: Any) -> None:
    stack.dismiss()
    patient.write("Hello")
    stack.flush_redis()
    stack.employ_with_claude()
    assert patient.next_answer(0) == GREETING
    answered_once(patient)


def test_the_worker_killed_in_the_middle_of_a_turn(stack: Stack, patient: Patient, thinking: Any) -> None:
    """Its lease runs out (here after 5 s instead of 90), then the sweeper rings for the next worker."""
    stack.employ_with_claude(LEASE_SECONDS=str(SHORT_LEASE))
    patient.write("Hello")
    eventually(thinking, "the model is asked")
    stack.kill_the_worker()
    stack.employ_with_claude()
    assert patient.next_answer(0) == GREETING
    answered_once(patient)


@pytest.fixture
def thinking(stack: Stack) -> Any:
    """A slow model; called, it says whether the model is thinking now."""
    stack.sandbox.script({"text": GREETING, "delay": THINKING, "times": 0})

    def asked() -> bool:
        (line,) = stack.sandbox.get("/anthropic/script")["answers"]
        return line["used"] > 0 and Turn.objects.filter(status=Turn.Status.RUNNING).exists()

    return asked


def answered_once(patient: Patient) -> None:
    """Nothing is left to do that could say it again, and it was said once."""
    due = WorkItem.objects.filter(kind__startswith="conversations.")  # calendars are read again for ever
    eventually(lambda: not due.all().exists(), "the work list is empty")
    assert patient.answers() == [GREETING]
    assert Message.objects.filter(direction=Message.Direction.OUT).count() == 1
    assert list(Turn.objects.values_list("status", flat=True)) == [Turn.Status.DONE]
