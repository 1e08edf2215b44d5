"""What a collector gets of a turn: names and numbers of the convention, and nothing of anybody."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from celery.signals import worker_process_shutdown, worker_shutdown

import frontdesk.celery  # noqa: F401  (its signals)
from agents import telemetry
from agents.asking import ask
from agents.models import Turn
from agents.rehearsal import rehearse
from agents.types import Arrival, HandOver, Question, Reply
from agents.versions import published
from tests.agents.test_turns_with_claude import BOOK, FIND

MODEL = "claude-haiku-5-5"
TURN = "invoke_agent receptionist"
BOOKED = "Booked: check-up on Tuesday 24 November at 14:00."
SEEDED = ("Maria", "Lopes", "07911", "7911123456", "maria.lopes", "toothache", "Check-up", "24 November")


def books(sandbox):
    sandbox.script(
        {"after": "user", "content": [FIND]},
        {"after": "find_slots", "content": [BOOK]},
        {"after": "book_appointment", "text": BOOKED},
    )


def test_a_turn_is_a_span_with_its_calls_and_skills_within(collector, sandbox, say):
    books(sandbox)
    assert say("A check-up tomorrow at two please").outcome == Reply(text=BOOKED)
    chat = (f"chat {MODEL}", TURN)
    assert collector.tree() == [
        chat,
        ("execute_tool find_slots", TURN),
        chat,
        ("execute_tool book_appointment", TURN),
        chat,
        ("chat claude-sonnet-5-5", TURN),  # the second look
        (TURN, ""),
    ]
    spans = collector.spans()
    assert len({each["trace_id"] for each in spans}) == 1
    assert {each["resource"]["service.name"] for each in spans} == {"frontdesk"}
    assert {(each["kind"], each["name"][:4]) for each in spans} == {
        ("client", "chat"),
        ("internal", "exec"),
        ("internal", "invo"),
    }
    assert not any(each["error"] for each in spans)


def test_attributes_are_those_of_the_convention(collector, sandbox, say, clinic):
    books(sandbox)
    say("A check-up tomorrow at two please")
    turn = Turn.objects.get()
    about = {
        "frontdesk.business": clinic.schema_name,
        "frontdesk.turn.id": turn.pk,
        "frontdesk.rehearsal": False,
        "gen_ai.conversation.id": f"{clinic.schema_name}/1",
    }
    assert collector.of(TURN)[0]["attributes"] == about | {
        "gen_ai.operation.name": "invoke_agent",
        "gen_ai.provider.name": "anthropic",
        "gen_ai.request.model": MODEL,
        "gen_ai.agent.name": "receptionist",
        "gen_ai.agent.version": str(turn.version.number),
        "frontdesk.outcome": "reply",
    }
    assert collector.of("execute_tool find_slots")[0]["attributes"] == about | {
        "gen_ai.operation.name": "execute_tool",
        "gen_ai.tool.name": "find_slots",
        "gen_ai.tool.type": "function",
    }
    calls = [each["attributes"] for each in collector.of(f"chat {MODEL}")]
    assert [each["gen_ai.response.finish_reasons"] for each in calls] == [["tool_call"], ["tool_call"], ["stop"]]
    steps = turn.steps.filter(kind="model").order_by("index")
    assert [each["gen_ai.usage.output_tokens"] for each in calls] == [step.output_tokens for step in steps]
    usage = "gen_ai.usage"
    for call, step in zip(calls, steps, strict=True):
        assert call.items() >= about.items()
        assert (call["gen_ai.request.model"], call["gen_ai.response.model"]) == (MODEL, MODEL)
        cached = call[f"{usage}.cache_read.input_tokens"] + call[f"{usage}.cache_write.input_tokens"]
        assert call[f"{usage}.cache_read.input_tokens"] == step.cached_tokens
        assert call[f"{usage}.input_tokens"] >= cached
    assert calls[-1][f"{usage}.cache_read.input_tokens"] > 0


def test_nothing_of_a_person_and_no_word_is_in_the_bytes(collector, sandbox, say):
    books(sandbox)
    say("I'm Maria Lopes with a toothache, 07911 123456, maria.lopes@example.org: a check-up tomorrow at two")
    sandbox.script({"content": [{"type": "tool_use", "name": "call_Maria_Lopes", "input": {"why": "toothache"}}]})
    sandbox.script({"after": "call_Maria_Lopes", "text": "You're booked, Maria.", "times": 2})
    assert isinstance(say("And Maria Lopes' other toothache?").outcome, Reply | HandOver)
    sent = collector.bytes()
    assert b"gen_ai.tool.name" in sent
    for personal in SEEDED:
        assert personal.lower().encode() not in sent.lower()


def test_neither_errors_nor_what_a_library_would_trace_brings_words_along(collector, sandbox, say):
    sandbox.fault(
        vendor="anthropic",
        path="/v1/messages",
        kind="status",
        status=529,
        times=50,
        body={"type": "error", "error": {"type": "overloaded_error", "message": "not now, Maria Lopes"}},
    )
    say("I'm Maria Lopes")
    calls = collector.of(f"chat {MODEL}")
    assert {each["attributes"]["error.type"] for each in calls} == {"overloaded_error"}
    assert all(each["error"] and not each["message"] and not each["events"] for each in calls)
    assert collector.of("chat guided")[0]["kind"] == "internal"
    assert {each["scope"] for each in collector.spans()} == {"frontdesk"}
    assert b"Maria" not in collector.bytes()


def test_the_vendor_is_not_told_our_trace(collector, sandbox, say):
    sandbox.script({"text": "Hello, how can we help?"})
    say("Hello")
    assert collector.of("chat")
    assert all("traceparent" not in entry["headers"] for entry in sandbox.log("anthropic"))


def test_a_skill_that_was_refused_is_an_error_and_made_up_names_are_unknown(collector, sandbox, say):
    sandbox.script(
        {"after": "user", "content": [{"type": "tool_use", "name": "delete_everything", "input": {}}]},
        {"after": "delete_everything", "text": "Which day did you mean?"},
    )
    say("hello")
    (tool,) = collector.of("execute_tool")
    assert (tool["name"], tool["error"]) == ("execute_tool unknown", True)
    assert tool["attributes"]["error.type"] == "refused"


def test_a_trace_is_found_by_its_turn_and_belongs_to_one_business(collector, sandbox, say, clinic):
    sandbox.script({"text": "Hello, how can we help?"})
    say("Hello")
    turn = Turn.objects.get()
    assert collector.of(TURN)[0]["trace_id"] == telemetry.trace_id(clinic.schema_name, turn.pk)
    assert telemetry.trace_id("another", turn.pk) != telemetry.trace_id(clinic.schema_name, turn.pk)


def test_two_turns_are_two_traces(collector, sandbox, say):
    sandbox.script({"text": "Hello, how can we help?", "times": 2})
    say("Hello")
    say("Hello again")
    assert len({each["trace_id"] for each in collector.spans()}) == 2
    assert [each["parent_id"] for each in collector.of(TURN)] == ["", ""]


def test_a_rehearsal_says_that_it_is_one(collector, sandbox, clinic, monday):
    sandbox.script({"text": "Hello, how can we help?"})
    rehearse(clinic, published(), arrivals=[Arrival(message_id=1, author="contact", kind="text", text="Hi", at=monday)])
    attributes = collector.of(TURN)[0]["attributes"]
    assert attributes["frontdesk.rehearsal"] is True
    assert "frontdesk.turn.id" not in attributes


def test_a_question_beside_any_conversation_is_a_trace_of_its_own(collector, sandbox, clinic, monday):
    sandbox.script({"text": "They want mornings."})
    assert ask(clinic, Question(system="Sum up.", text="…", model=""), 7, role="fast", purpose="memory") is not None
    (span,) = collector.spans()
    assert (span["name"].split()[0], span["parent_id"]) == ("chat", "")
    assert span["attributes"]["gen_ai.conversation.id"] == f"{clinic.schema_name}/7"


@pytest.mark.parametrize(
    "fault", [{"kind": "drop"}, {"kind": "status", "status": 503}, {"kind": "status", "status": 400}]
)
def test_a_collector_that_fails_disturbs_no_turn(collector, sandbox, say, fault):
    sandbox.post("/faults", {"vendor": "otlp", "times": 0, **fault})
    books(sandbox)
    assert say("A check-up tomorrow at two please").outcome == Reply(text=BOOKED)
    assert collector.spans() == []
    assert sandbox.log("otlp")


def test_nobody_listening_disturbs_no_turn(sandbox, say, settings):
    settings.OTEL_EXPORTER_OTLP_ENDPOINT = "http://127.0.0.1:9"
    sandbox.script({"text": "Hello, how can we help?"})
    assert say("Hello").outcome == Reply(text="Hello, how can we help?")
    telemetry.end()


@pytest.mark.parametrize("ends", [worker_shutdown, worker_process_shutdown], ids=["worker", "its process"])
def test_what_waits_is_sent_when_a_worker_ends(collector, sandbox, say, ends):
    sandbox.script({"text": "Hello, how can we help?"})
    say("Hello")
    ends.send(sender=None)
    assert len(sandbox.get("/otlp/spans")["spans"]) == 3  # the call, the second look, the turn


def test_without_the_setting_nothing_is_loaded_or_sent(sandbox, say):
    sandbox.script({"text": "Hello, how can we help?"})
    say("Hello")
    assert sandbox.log("otlp") == []
    program = (
        "import django, sys; django.setup()\n"
        "from agents import telemetry\n"
        "with telemetry.skill('find_slots') as span: span.failed('refused')\n"
        "telemetry.end()\n"
        "ours = ('opentelemetry.exporter', 'opentelemetry.sdk.trace')\n"
        "print([name for name in sys.modules if name.startswith(ours)])"
    )
    said = subprocess.run(
        [sys.executable, "-c", program],
        cwd=Path(__file__).resolve().parents[2],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "frontdesk.settings"},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert said.stdout.strip() == "[]"
