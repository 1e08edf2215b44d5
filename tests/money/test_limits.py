"""Limits stop calls, not service; warnings come once; the operator's brake stops everybody."""

import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django_tenants.utils import tenant_context

from agents.chain import model_for
from agents.errors import ModelUnavailable
from agents.models import AssistantVersion, SpendLimit, SpendWarning, Step, Turn, UsageRecord
from agents.runtime.spending import warn_of
from agents.runtime.standing import budget_of
from agents.types import ModelAnswer, Reply, Usage
from agents.usage import record_usage
from tenants import platform_switch
from tenants.models import AuditEntry, PlatformSwitch, WorkItem
from tests.agents.test_turns_with_claude import FIND

MODEL = "claude-haiku-5-5"


def guided_because() -> str:
    turn = Turn.objects.latest("pk")
    assert turn.role == "guided"
    return turn.route


@pytest.mark.parametrize(
    ("limit", "days_ago", "conversation", "why"),
    [
        ("per_day_micro", 0, 7, "today’s spend limit is reached"),
        ("per_month_micro", 10, 7, "this month’s spend limit is reached"),
        ("per_conversation_micro", 0, 1, "this conversation’s spend limit of the day is reached"),
    ],
)
def test_fault_50_a_reached_limit_makes_no_call_and_the_guided_flow_answers(
    sandbox, say, used, limit, days_ago, conversation, why
):
    SpendLimit.objects.update(**{limit: 900_000})
    used(900_000, days_ago=days_ago, conversation_id=conversation)
    assert "Check-up" in say("What do you offer?").outcome.text
    assert sandbox.log("anthropic") == []
    assert guided_because() == why


@pytest.mark.parametrize(
    ("limit", "days_ago", "conversation"),
    [("per_day_micro", 1, 1), ("per_month_micro", 24, 1), ("per_conversation_micro", 0, 7)],
)
def test_what_was_spent_before_or_elsewhere_does_not_count(sandbox, say, used, limit, days_ago, conversation):
    SpendLimit.objects.update(**{limit: 900_000})
    used(900_000, days_ago=days_ago, conversation_id=conversation)
    sandbox.script({"text": "Hello from Claude"})
    assert say("Hello").outcome == Reply(text="Hello from Claude")


def test_fault_50_other_businesses_are_not_touched(sandbox, say, used, clinic, salon):
    with tenant_context(salon):
        used(900_000_000)
        assert budget_of(salon).exhausted()
    connection.set_tenant(clinic)
    sandbox.script({"text": "Hello from Claude"})
    assert say("Hello").outcome == Reply(text="Hello from Claude")


def test_fault_50_a_limit_reached_in_the_middle_of_a_turn_stops_its_next_call(sandbox, say):
    SpendLimit.objects.update(per_day_micro=1)
    sandbox.script({"content": [FIND], "times": 0})
    told = say("A check-up tomorrow at half past two please").outcome
    assert len(sandbox.log("anthropic")) == 1
    assert "14:30" in told.text
    withheld = Step.objects.filter(name="model_withheld")
    assert {each.output["error"] for each in withheld} == {"today’s spend limit is reached"}


@pytest.mark.parametrize("limit", ["per_turn_micro", "tokens_per_turn"])
def test_a_turns_own_limit_stops_calls_and_not_the_answer(sandbox, say, limit):
    SpendLimit.objects.update(**{limit: 1})
    sandbox.script({"content": [FIND], "times": 0})
    assert "14:30" in say("A check-up tomorrow at half past two please").outcome.text
    assert len(sandbox.log("anthropic")) == 1


def test_every_call_is_counted_whatever_became_of_it(clinic):
    asked = Usage(input_tokens=1000, output_tokens=100)
    known = ModelAnswer(blocks=(), stop="end", model=MODEL, usage=asked, cost_micro=150)
    record_usage(None, "anthropic", MODEL, known, None, 5.0, purpose="memory", role="fast", conversation_id=4)
    record_usage(None, "anthropic", "claude-next", ModelAnswer(
        blocks=(), stop="end", model="claude-next", usage=asked, cost_micro=None), None, 5.0, purpose="review"
    )  # fmt: skip
    record_usage(None, "anthropic", MODEL, None, ModelUnavailable("overloaded_error"), 5.0)
    record_usage(None, "anthropic", MODEL, None, ModelUnavailable("timeout", billed=True), 5.0)
    rows = UsageRecord.objects.order_by("pk").values_list("ok", "purpose", "cost_micro", "counted_micro", "error")
    assert list(rows) == [
        (True, "memory", 150, 150, ""),
        (True, "review", None, 6000, ""),  # unknown, and counted as the dearest model: 1000 × 4 + 100 × 20
        (False, "turn", 0, 0, "overloaded_error"),
        (False, "turn", None, 0, "timeout"),
    ]


def test_a_dated_edition_of_a_model_costs_what_the_model_costs():
    from agents.llm.catalogue import cost_micro

    usage = Usage(input_tokens=1000, output_tokens=100, cache_read_tokens=500, cache_write_tokens=400)
    assert cost_micro("claude-sonnet-5-5-20261001", usage) == 2000 + 1000 + 50 + 1000
    assert cost_micro("claude-unheard-of", usage) is None


@pytest.mark.parametrize(
    ("spent", "told"),
    [(3_900_000, []), (4_000_000, [("day", 80)]), (5_000_000, [("day", 100)]), (9_000_000, [("day", 100)])],
)
def test_a_line_that_is_crossed_is_told_once(sandbox, say, used, clinic, spent, told):
    used(spent)
    sandbox.script({"text": "Hello", "times": 0})
    for _ in range(3):
        say("Hello")
    assert list(SpendWarning.objects.values_list("period", "percent")) == told
    assert WorkItem.objects.filter(kind="escalations.warn_of_spending").count() == len(told)


def test_the_call_that_crosses_a_line_tells_of_it(sandbox, say):
    SpendLimit.objects.update(per_month_micro=1)
    sandbox.script({"text": "Hello"})
    say("Hello")
    assert list(SpendWarning.objects.values_list("period", "percent")) == [("month", 100)]


def test_a_warning_comes_once_however_many_workers_see_it(stormy_and_calm, used):
    business, _ = stormy_and_calm
    gate = threading.Barrier(8, timeout=60)

    def worker() -> None:
        with tenant_context(business):
            budget = budget_of(business)
            gate.wait()
            warn_of(business, budget)
        connection.close()

    with tenant_context(business):
        used(4_500_000)
        threads = [threading.Thread(target=worker) for _ in range(8)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        assert SpendWarning.objects.count() == 1
    item = WorkItem.objects.get(business=business, kind="escalations.warn_of_spending")
    assert item.version == 1


def test_the_operators_brake_stops_every_call_and_patients_are_still_answered(sandbox, say):
    call_command("models", "off", "--reason", "Anthropic has an incident")
    platform_switch.forget()
    assert isinstance(say("Hello").outcome, Reply)
    assert sandbox.log("anthropic") == []
    assert guided_because() == "language models are switched off: Anthropic has an incident"
    assert AuditEntry.objects.filter(action="models.off", business=None).exists()
    call_command("models", "on")
    platform_switch.forget()
    sandbox.script({"text": "How can I help you?"})
    assert say("Hello").outcome == Reply(text="How can I help you?")
    assert PlatformSwitch.objects.count() == 1


def test_the_brake_is_asked_for_once_in_some_seconds(clinic, django_assert_num_queries):
    PlatformSwitch.objects.count()  # the connection has set its schema
    platform_switch.forget()
    with django_assert_num_queries(1):
        for _ in range(50):
            platform_switch.brake()
    assert platform_switch.REMEMBERED_SECONDS < 10


def test_the_brake_needs_a_reason(clinic):
    with pytest.raises(CommandError, match="reason"):
        call_command("models", "off")
    assert not PlatformSwitch.objects.exists()


def test_other_work_gets_a_model_behind_the_same_guards(sandbox, clinic, used):
    judge = model_for(clinic, "judge")
    assert judge is not None
    assert judge.model_name == "claude-sonnet-5-5"
    version = AssistantVersion.objects.get()
    version.roles = {"judge": "claude-opus-5-5"}
    assert model_for(clinic, "judge", version=version).model_name == "claude-opus-5-5"
    used(5_000_000)
    assert model_for(clinic, "judge") is None
