"""Turns with Claude at the end of a socket: the sandbox answers from a script and checks every request."""

import json

import pytest

from agents.models import Step, Turn, UsageRecord
from agents.types import HandOver, Reply
from calendar_sync.models import Appointment

FIND = {"type": "tool_use", "name": "find_slots", "input": {
    "service": "Check-up", "date": "2026-11-24", "weekday": "Tuesday", "days": 1,
    "time_from": "14:00", "time_to": "16:00", "practitioner": None}}  # fmt: skip
BOOK = {"type": "tool_use", "name": "book_appointment", "input": {
    "slot": {"$from_last_tool_result": "offers.0.slot"}, "patient_name": None}}  # fmt: skip
PERSON = {
    "type": "tool_use",
    "name": "hand_over",
    "input": {"reason": "customer_request", "summary": "Wants a person."},
}


@pytest.fixture(params=[True, False], ids=["streaming", "plain"])
def streaming(request, settings):
    settings.ANTHROPIC_STREAM = request.param


def test_it_books_through_the_tools_and_says_so_only_then(sandbox, say, streaming):
    sandbox.script(
        {"after": "user", "content": [FIND]},
        {"after": "find_slots", "content": [BOOK]},
        {"after": "book_appointment", "text": "Booked: check-up on Tuesday 24 November at 14:00."},
    )
    decision = say("A check-up tomorrow at two please, I'm Maria Lopes, 07911 123456")
    assert decision.outcome == Reply(text="Booked: check-up on Tuesday 24 November at 14:00.")
    appointment = Appointment.objects.get()
    assert (appointment.contact_id, appointment.booked_by, appointment.patient.name) == (1, "assistant", "Maria Lopes")
    turn = Turn.objects.get()
    assert (turn.status, turn.outcome) == ("done", "reply")
    model = "anthropic:claude-haiku-5-5"
    names = [step.name for step in turn.steps.exclude(kind="check")]
    assert names == [model, "find_slots", model, "book_appointment", model]
    assert turn.input_tokens > 0
    assert turn.cost_micro is not None
    asked = UsageRecord.objects.filter(ok=True).order_by("pk")
    assert [each.role for each in asked] == ["fast", "fast", "fast", "judge"]


def test_the_model_never_sees_who_the_patient_is(sandbox, say, streaming):
    sandbox.script({"text": "Thank you, [NAME_1]."})
    decision = say("My name is Maria Lopes, call me on 07911 123456 or maria.lopes@example.org")
    assert decision.outcome == Reply(text="Thank you, Maria Lopes.")
    sent = json.dumps([entry["body"] for entry in sandbox.turns()])
    for personal in ("Maria", "Lopes", "07911", "123456", "maria.lopes", "example.org"):
        assert personal not in sent
    trace = json.dumps([[step.input, step.output] for step in Step.objects.all()])
    assert "Lopes" not in trace


def test_fault_52_a_claim_without_an_appointment_never_leaves(sandbox, say):
    sandbox.script({"text": "You're booked for Tuesday at 14:00.", "times": 2})
    decision = say("Book me in on Tuesday at two")
    assert isinstance(decision.outcome, HandOver)
    assert decision.outcome.reason == "tool_failure"
    assert "booked" not in decision.outcome.text.lower()


def test_a_draft_that_claims_too_much_is_written_once_more(sandbox, say):
    sandbox.script({"text": "You're booked for Tuesday at 14:00."}, {"text": "Which service would you like?"})
    assert say("Book me in").outcome == Reply(text="Which service would you like?")


def test_asking_for_a_person_ends_the_turn_in_a_handoff(sandbox, say, streaming):
    sandbox.script({"content": [PERSON]})
    outcome = say("I want to speak to a person").outcome
    assert isinstance(outcome, HandOver)
    assert (outcome.reason, outcome.summary) == ("customer_request", "Wants a person.")


def test_an_unknown_tool_and_bad_arguments_are_told_to_the_model_and_do_nothing(sandbox, say):
    sandbox.script(
        {"after": "user", "content": [{"type": "tool_use", "name": "delete_everything", "input": {}}]},
        {"after": "delete_everything", "content": [{**FIND, "input": {**FIND["input"], "weekday": "Friday"}}]},
        {"after": "find_slots", "text": "Which day did you mean?"},
    )
    assert say("hello").outcome == Reply(text="Which day did you mean?")
    tools = Step.objects.filter(kind="tool").order_by("index")
    assert [step.status for step in tools] == ["error", "error"]
    assert "is a Tuesday, not a Friday" in tools[1].output["message"]


def test_another_conversations_placeholder_in_an_argument_is_refused(sandbox, say):
    sandbox.script(
        {"after": "user", "content": [FIND]},
        {"after": "find_slots", "content": [{**BOOK, "input": {**BOOK["input"], "patient_name": "[NAME_9]"}}]},
        {"after": "book_appointment", "text": "For whom is it?"},
    )
    assert say("a check-up for a friend").outcome == Reply(text="For whom is it?")
    assert not Appointment.objects.exists()


@pytest.mark.parametrize("status", [429, 500, 529])
def test_a_model_that_fails_is_tried_again_and_then_the_guided_flow_answers(sandbox, say, status, settings):
    sandbox.fault(vendor="anthropic", path="/v1/messages", kind="status", status=status, times=50)
    decision = say("Hello")
    assert isinstance(decision.outcome, Reply)
    assert 2 <= len(sandbox.turns()) <= 4
    assert UsageRecord.objects.filter(ok=False).exists()


def test_fault_46_a_stream_that_dies_inside_a_tool_call_executes_nothing(sandbox, say, settings):
    settings.ANTHROPIC_STREAM = True
    sandbox.script(*[{"content": [PERSON], "cut_after_events": 4}] * 8)
    decision = say("Hello")
    assert isinstance(decision.outcome, Reply)  # the guided flow's
    assert not Step.objects.filter(name="hand_over").exists()


@pytest.mark.parametrize("stop", ["refusal", "max_tokens"])
def test_a_refused_or_truncated_answer_ends_in_a_handoff_and_no_tool_runs(sandbox, say, stop):
    sandbox.script({"content": [FIND], "stop_reason": stop, "times": 4})
    assert isinstance(say("Hello").outcome, HandOver)
    assert not Step.objects.filter(kind="tool").exists()


def test_fault_49_a_runaway_loop_ends_at_the_step_limit(sandbox, say):
    sandbox.script({"content": [FIND], "times": 0})
    outcome = say("Hello").outcome
    assert isinstance(outcome, HandOver)
    assert outcome.reason == "limit_reached"
    assert Step.objects.filter(kind="model").count() <= 6


def test_a_red_flag_is_answered_before_any_model(sandbox, say):
    outcome = say("I took pills, I want to kill myself").outcome
    assert isinstance(outcome, HandOver)
    assert outcome.reason == "red_flag"
    assert "116 123" in outcome.text
    assert sandbox.turns() == []


def test_a_spent_day_calls_no_model_and_still_answers(sandbox, say, clinic):
    from agents.models import SpendLimit

    SpendLimit.objects.update(per_day_micro=0)
    assert isinstance(say("Hello").outcome, Reply)
    assert sandbox.turns() == []


def test_the_stable_prefix_is_marked_for_caching(sandbox, say):
    sandbox.script({"text": "Hello!"}, {"text": "Bye!"})
    say("Hello")
    say("Bye")
    first, second = (json.loads(entry["body"]) for entry in sandbox.turns())
    assert first["system"] == second["system"]
    assert first["tools"] == second["tools"]
    assert first["system"][-1]["cache_control"] == {"type": "ephemeral"}
