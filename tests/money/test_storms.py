"""Vendors fail for many at once: calls are bounded, every patient is answered, other businesses are not touched."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import redis
from django.db import connection
from django_tenants.utils import tenant_context

from agents.models import SpendLimit, Step, Turn, UsageRecord
from agents.runtime import breaker
from agents.runtime.breaker import FAILURES, REST, Circuits
from agents.types import HandOver, Reply
from tests.money.conftest import turn_of

WORKERS, TURNS, MODELS = 8, 32, 2
CLAUDE = Reply(text="Hello from Claude")


def most_calls(seconds: float) -> int:
    """What fails until a circuit opens, what is in flight then, and one try for each rest that is over."""
    return MODELS * (FAILURES + WORKERS - 1 + int(seconds / REST))


def storm(business, other):
    """Many patients of one business at once, some of another in between; what each was told."""

    def patient(number):
        try:
            if number % 4 == 0:
                return "other", turn_of(other, 5000 + number, "Good morning").outcome
            return "own", turn_of(business, 5000 + number, "Good morning, storm").outcome
        finally:
            connection.close()

    started = time.monotonic()
    with ThreadPoolExecutor(WORKERS) as workers:
        told = list(workers.map(patient, range(TURNS)))
    return told, time.monotonic() - started


@pytest.mark.parametrize(
    "trouble",
    [
        {"error": {"type": "rate_limit_error", "message": "slow down"}},
        {"error": {"type": "rate_limit_error", "message": "slow down", "retry_after": 60}},
        {"error": {"type": "overloaded_error"}},
        {"error": {"type": "timeout_error"}},
        {"text": "too late", "delay": 6},
    ],
    ids=["429", "429-told-to-wait", "529", "504", "timeout"],
)
def test_fault_45_a_storm_makes_few_calls_answers_everybody_and_stays_in_its_business(
    sandbox, stormy_and_calm, trouble
):
    stormy, calm = stormy_and_calm
    with tenant_context(stormy):
        SpendLimit.objects.update(seconds_per_turn=2)
    sandbox.script({"when": "storm", **trouble, "times": 0}, {"text": CLAUDE.text, "times": 0})
    told, seconds = storm(stormy, calm)
    own = [outcome for whose, outcome in told if whose == "own"]
    assert len(own) == 24
    assert all(isinstance(each, Reply) and each != CLAUDE for each in own)
    assert [outcome for whose, outcome in told if whose == "other"] == [CLAUDE] * 8
    calls = [entry for entry in sandbox.turns() if "storm" in entry["body"]]
    assert 1 <= len(calls) <= most_calls(seconds)
    with tenant_context(stormy):
        assert UsageRecord.objects.filter(ok=False).count() == len(calls)
        assert not Turn.objects.exclude(status="done").exists()
    with tenant_context(calm):
        assert not UsageRecord.objects.filter(ok=False).exists()


def test_what_fails_for_several_businesses_is_soon_not_asked_for_any(sandbox, clinic, salon, monkeypatch):
    monkeypatch.setattr(breaker, "REST", 600.0)  # longer than the turns below take on any machine
    sandbox.script({"error": {"type": "overloaded_error"}, "times": 0})
    for number in range(3):
        turn_of(clinic, 100 + number, "Hello")
        turn_of(salon, 100 + number, "Hello")
    calls = len(sandbox.turns())
    for business in ("a-third", "a-fourth"):
        for model in ("claude-haiku-5-5", "claude-sonnet-5-5"):
            assert Circuits(business=business, vendor="anthropic", model=model).forbids() == "overloaded_error"
    assert calls <= MODELS * (FAILURES + 1)


@pytest.mark.parametrize(
    ("error", "why"),
    [
        ({"type": "authentication_error", "message": "invalid x-api-key"}, "401: Anthropic refuses the API key"),
        ({"type": "billing_error", "message": "no"}, "402: the account at Anthropic has no money left"),
        (
            {"type": "invalid_request_error", "message": "Your credit balance is too low to access the Anthropic API."},
            "400: the account at Anthropic has no money left",
        ),
        (
            {"type": "invalid_request_error", "message": "You have reached your specified API usage limits."},
            "400: the account at Anthropic has no money left",
        ),
    ],
)
def test_fault_45_what_only_a_person_can_mend_is_asked_once_and_says_why(sandbox, say, salon, error, why):
    sandbox.script({"error": error, "times": 0})
    for _ in range(4):
        assert isinstance(say("Hello").outcome, Reply)
    assert len(sandbox.turns()) == 1
    assert {step.output["error"] for step in Step.objects.filter(status="error")} == {why}
    assert UsageRecord.objects.get().error == why
    other = Circuits(business=salon.schema_name, vendor="anthropic", model="claude-haiku-5-5")
    assert other.forbids() == ""


def test_fault_45_a_bad_request_of_one_conversation_closes_nothing_for_others(sandbox, say):
    sandbox.script({"when": "poison", "error": {"type": "invalid_request_error"}, "times": 0}, {"text": "Hello!"})
    for _ in range(FAILURES + 1):
        say("poison")
    assert say("Good morning", conversation_id=2).outcome == Reply(text="Hello!")


def test_fault_45_a_short_wait_that_the_vendor_asks_for_is_kept(sandbox, say):
    sandbox.script({"error": {"type": "rate_limit_error", "retry_after": 0.2}}, {"text": "Hello!"})
    assert say("Hello").outcome == Reply(text="Hello!")
    assert UsageRecord.objects.filter(ok=False).count() == 1


def test_when_one_model_is_down_the_other_role_answers(sandbox, say):
    sandbox.script({"error": {"type": "overloaded_error"}, "times": 2}, {"text": "Hello from Sonnet"})
    assert say("Hello").outcome == Reply(text="Hello from Sonnet")
    answered = UsageRecord.objects.exclude(role="judge").get(ok=True)
    assert (answered.role, answered.model) == ("capable", "claude-sonnet-5-5")


@pytest.mark.parametrize("stop", [{"stop_reason": "refusal"}, {"stop_reason": "max_tokens"}, {"content": []}])
def test_fault_51_an_answer_that_is_none_ends_with_people_and_never_blank(sandbox, say, stop):
    sandbox.script({"content": [], **stop, "times": 0})
    outcome = say("Hello").outcome
    assert isinstance(outcome, HandOver)
    assert len(sandbox.turns()) <= 2


@pytest.fixture
def memory(settings, sandbox):
    with redis.Redis.from_url(settings.REDIS_URL) as client:
        yield client


@pytest.fixture
def circuits():
    return Circuits(business="clinic", vendor="anthropic", model="claude-haiku-5-5")


def trip(circuits):
    from agents.errors import ModelUnavailable

    for _ in range(FAILURES):
        assert circuits.forbids() == ""
        circuits.failed(ModelUnavailable("overloaded_error"))


def rest_is_over(memory, circuits):
    assert memory.delete(f"{circuits.own}:open") == 1


def test_when_its_rest_is_over_one_call_of_all_workers_tries(memory, circuits):
    trip(circuits)
    assert circuits.forbids() == "overloaded_error"
    rest_is_over(memory, circuits)
    gate, answers = threading.Barrier(8, timeout=60), []

    def worker():
        gate.wait()
        answers.append(circuits.forbids())

    threads = [threading.Thread(target=worker) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert answers.count("") == 1
    circuits.succeeded()
    assert circuits.forbids() == ""
    assert memory.keys("breaker:*") == []


def test_a_try_that_fails_makes_it_rest_for_longer(memory, circuits):
    from agents.errors import ModelUnavailable

    trip(circuits)
    first = memory.pttl(f"{circuits.own}:open")
    rest_is_over(memory, circuits)
    assert circuits.forbids() == ""
    circuits.failed(ModelUnavailable("overloaded_error"))
    assert memory.pttl(f"{circuits.own}:open") > first
    assert circuits.forbids() == "overloaded_error"


def test_a_wait_that_the_vendor_asks_for_is_kept_by_all_and_capped(memory, circuits):
    from agents.errors import ModelUnavailable

    circuits.failed(ModelUnavailable("rate_limit_error", retry_after=7200))
    rest = memory.pttl(f"{circuits.own}:open")
    assert 200_000 < rest <= breaker.LONGEST_REST * 1000


def test_a_success_between_failures_keeps_it_closed(memory, circuits):
    from agents.errors import ModelUnavailable

    for _ in range(3 * FAILURES):
        circuits.failed(ModelUnavailable("overloaded_error"))
        circuits.succeeded()
    assert circuits.forbids() == ""


def test_a_flushed_redis_means_closed(memory, circuits):
    trip(circuits)
    memory.flushdb()
    assert circuits.forbids() == ""


def test_without_redis_turns_go_on(sandbox, say, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    sandbox.script({"text": "Hello!"})
    try:
        assert say("Hello").outcome == Reply(text="Hello!")
    finally:
        breaker._Away.until = 0.0
