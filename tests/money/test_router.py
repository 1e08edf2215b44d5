"""The router's rules, one by one, and that its choice is the turn's."""

import pytest

from agents.models import AssistantVersion, ModelRoles, Turn, UsageRecord
from agents.runtime.router import RULES, Signals, route
from tenants.models import WorkItem


@pytest.mark.parametrize(
    ("signals", "role", "reason"),
    [
        (Signals(), "fast", "an ordinary message"),
        (Signals(money_left=0.19, failed_lately=True), "fast", "less than a fifth of the money is left"),
        (Signals(queue=20, length=900), "fast", "many patients wait for an answer"),
        (Signals(failed_lately=True, kind="tap"), "capable", "something went wrong in the last answers"),
        (Signals(kind="tap", length=900), "fast", "a tapped answer"),
        (Signals(wishes=frozenset({"complaint"})), "capable", "a complaint or a question of health"),
        (Signals(wishes=frozenset({"cancel", "another", "book"})), "capable", "several wishes at once"),
        (Signals(wishes=frozenset({"cancel", "book"})), "fast", "an ordinary message"),
        (Signals(known_language=False), "capable", "a language that is not one of ours"),
        (Signals(length=501), "capable", "a long message"),
    ],
)
def test_each_rule_decides_when_it_is_the_first_that_fits(signals, role, reason):
    chosen = route(signals)
    assert (chosen.role, chosen.reason) == (role, reason)


def test_every_reason_fits_the_trace():
    assert all(0 < len(rule.reason) <= 120 for rule in RULES)


def turn_after(say, *texts, **more):
    say(*texts, **more)
    return Turn.objects.latest("pk")


@pytest.mark.parametrize(
    ("text", "model", "reason"),
    [
        ("A check-up tomorrow at two please", "claude-haiku-5-5", "an ordinary message"),
        ("This is unacceptable, I want my money back", "claude-sonnet-5-5", "a complaint or a question of health"),
        ("Cancel mine and make a second one for my son", "claude-sonnet-5-5", "several wishes at once"),
        ("Das war unverschämt, ich möchte mich beschweren", "claude-sonnet-5-5", "a complaint or a question of health"),
        ("Здравствуйте, можно записаться к врачу?", "claude-sonnet-5-5", "a language that is not one of ours"),
        ("Please " + "tell me more " * 50, "claude-sonnet-5-5", "a long message"),
    ],
)
def test_the_words_of_a_message_choose_the_model_and_the_turn_says_why(sandbox, say, text, model, reason):
    sandbox.script({"text": "Of course."})
    turn = turn_after(say, text)
    assert (turn.model, turn.route) == (model, reason)
    asked = UsageRecord.objects.values_list("role", "model").order_by("pk")
    assert list(asked) == [(turn.role, model), ("judge", "claude-sonnet-5-5")]


def test_a_refused_draft_calls_the_more_capable_model_next_time(sandbox, say):
    sandbox.script({"text": "You're booked for Tuesday at 14:00."}, {"text": "Which day?"}, {"text": "Yes?"})
    assert turn_after(say, "Hello").role == "fast"
    turn = turn_after(say, "Tuesday please")
    assert (turn.role, turn.route) == ("capable", "something went wrong in the last answers")


def test_when_many_turns_are_due_the_fast_model_answers(sandbox, say, clinic):
    sandbox.script({"text": "Of course.", "times": 0})
    long = "Please " + "tell me more " * 50
    WorkItem.objects.bulk_create(
        WorkItem(business=clinic, kind="conversations.turn", object_id=number, due_at="2020-01-01T00:00Z")
        for number in range(20)
    )
    assert turn_after(say, long).route == "many patients wait for an answer"


def test_with_little_money_left_the_fast_model_answers(sandbox, say, used):
    used(4_100_000)  # of five dollars
    sandbox.script({"text": "Of course.", "times": 0})
    turn = turn_after(say, "This is unacceptable, I want my money back")
    assert (turn.role, turn.route) == ("fast", "less than a fifth of the money is left")


def test_the_business_chooses_the_models_and_a_version_may_override_them(sandbox, say):
    sandbox.script({"text": "Of course.", "times": 0})
    ModelRoles.objects.create(fast="claude-sonnet-5-5")
    assert turn_after(say, "Hello").model == "claude-sonnet-5-5"
    AssistantVersion.objects.update(roles={"fast": "claude-opus-5-5"})
    assert turn_after(say, "Hello again").model == "claude-opus-5-5"
    AssistantVersion.objects.update(model="claude-haiku-5-5")
    turn = turn_after(say, "This is unacceptable, I want my money back")
    assert (turn.role, turn.model, turn.route) == ("fixed", "claude-haiku-5-5", "this version always asks this model")


def test_the_choice_costs_one_query(sandbox, clinic, monday, django_assert_num_queries):
    from agents.chain import plan_for
    from agents.types import Arrival, KnownPerson, TurnInput
    from tenants import clock, platform_switch

    platform_switch.brake()  # asked once in some seconds
    version = AssistantVersion.objects.get()
    arrival = Arrival(message_id=1, author="contact", kind="text", text="Hello", at=clock.now())
    turn_input = TurnInput(
        business=clinic, conversation_id=1, contact_id=1, contact_name="", known=KnownPerson(), arrivals=(arrival,),
        hold=lambda: None, renew=lambda: None,
    )  # fmt: skip
    plan_for(turn_input, version)  # what the days before cost is summed once a day
    with django_assert_num_queries(1):
        plan = plan_for(turn_input, version)
    assert [each.model_name for each in plan.providers] == ["claude-haiku-5-5", "claude-sonnet-5-5", "guided"]
