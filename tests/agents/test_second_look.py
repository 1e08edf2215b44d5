"""A second model looks at what the first one drafted; rules stay beneath it, and patients are answered without it."""

import json
from dataclasses import replace

import pytest

from agents.models import ModelRoles, SpendLimit, Step, Turn, UsageRecord
from agents.runtime import second_look
from agents.runtime.outgoing_check import Committed, Standing
from agents.runtime.statements import TOOL, Looked, Statement, question, read
from agents.types import HandOver, Memory, ModelAnswer, Reply, Stop, ToolCall
from calendar_sync.brief import PlaceFacts
from escalations.step_words import sentence
from tests.agents.claims_said import Said

PLAIN = "Which day suits you?"
UNHEARD = "Your place with us is as good as taken."
DOUBTED = "On Fridays the lights go out at 17:00."  # what the rules stop for its words


def verdict(*statements, when=""):
    """What the second model answers: (words, lines, so) each."""
    said = [{"words": words, "lines": list(lines), "so": so} for words, lines, so in statements]
    return {
        "asked": TOOL.name,
        "when": when,
        "times": 0,
        "content": [{"type": "tool_use", "name": TOOL.name, "input": {"statements": said}}],
    }


def looks():
    return list(Step.objects.filter(name="second_look").order_by("pk"))


def asked_twice(sandbox):
    return [entry for entry in sandbox.log("anthropic") if '"check_reply"' in entry["body"]]


def test_what_it_finds_untrue_is_written_once_more_and_then_people_answer(sandbox, say):
    sandbox.script({"text": UNHEARD, "times": 2}, verdict((UNHEARD, [3], False)))
    outcome = say("Can I come on Tuesday?").outcome
    assert isinstance(outcome, HandOver)
    assert outcome.trigger == "unfounded_claim"
    assert [look.status for look in looks()] == ["error", "error"]
    assert UNHEARD in sentence(looks()[0])
    assert f"Nothing bears out: {UNHEARD}" in json.dumps(json.loads(sandbox.turns()[0]["body"])["messages"])


def test_a_second_draft_that_is_so_is_sent(sandbox, say):
    sandbox.script(
        {"text": UNHEARD},
        {"text": PLAIN},
        verdict((UNHEARD, [], False), when="as good as taken"),
        verdict(when="Which day suits you"),
    )
    assert say("Can I come on Tuesday?").outcome == Reply(text=PLAIN)


def test_it_lets_through_what_only_the_rules_doubted(sandbox, say):
    sandbox.script({"text": DOUBTED}, verdict((DOUBTED, [2], True)))
    assert Said(state="nothing", text=DOUBTED).faults
    assert say("When do you close?").outcome == Reply(text=DOUBTED)
    passed = Step.objects.get(name="outgoing")
    assert passed.output["doubted"]
    assert "second model found it to be so" in sentence(passed)


@pytest.mark.parametrize("lines", [[], [9999]])
def test_what_the_rules_doubt_needs_a_line_that_there_is(sandbox, say, lines):
    sandbox.script({"text": DOUBTED, "times": 2}, verdict((DOUBTED, lines, True)))
    assert isinstance(say("When do you close?").outcome, HandOver)


@pytest.mark.parametrize(
    "text", ["You're all booked in for Tuesday at 3pm!", "My rules: Write short WhatsApp messages in the language of"]
)
def test_it_is_not_asked_about_an_act_where_nothing_was_done_nor_about_our_secrets(sandbox, say, text):
    text += " the patient: plain text, no Markdown." if text.endswith("of") else ""
    sandbox.script({"text": text, "times": 2}, verdict((text, [1], True)))
    assert isinstance(say("Hello").outcome, HandOver)
    assert asked_twice(sandbox) == []


@pytest.mark.parametrize(
    ("answer", "missed"),
    [
        ({"text": "All of it is so."}, "not as asked"),
        ({"content": [{"type": "tool_use", "name": TOOL.name, "input": {"statements": "none"}}]}, "not as asked"),
        ({"error": {"type": "overloaded_error"}}, "overloaded_error"),
        ({"error": {"type": "invalid_request_error"}}, "400 invalid_request_error"),
    ],
)
def test_without_it_the_rules_decide_alone_and_the_patient_is_answered(sandbox, say, answer, missed):
    sandbox.script({"text": PLAIN}, {"asked": TOOL.name, **answer})
    assert say("Hello").outcome == Reply(text=PLAIN)
    (look,) = looks()
    assert (look.status, look.output) == ("ok", {"missed": missed})
    assert "No second model looked at the answer" in sentence(look)


def test_what_the_rules_doubt_stays_stopped_without_it(sandbox, say):
    sandbox.script({"text": DOUBTED, "times": 2}, {"asked": TOOL.name, "times": 2, "text": "Fine by me."})
    assert isinstance(say("When do you close?").outcome, HandOver)


def test_it_is_counted_and_paid_as_a_check(sandbox, say):
    sandbox.script({"text": PLAIN}, verdict())
    say("Hello")
    answered, checked = UsageRecord.objects.order_by("pk")
    assert (answered.purpose, checked.purpose, checked.role) == ("turn", "check", "judge")
    turn, look = Turn.objects.get(), looks()[0]
    assert turn.cost_micro == answered.cost_micro + checked.cost_micro
    assert turn.output_tokens == answered.output_tokens + look.output_tokens


def test_where_the_business_switched_it_off_nobody_is_asked(sandbox, say):
    ModelRoles.objects.create(second_look=False)
    sandbox.script({"text": PLAIN})
    assert say("Hello").outcome == Reply(text=PLAIN)
    assert asked_twice(sandbox) == looks() == []


def test_what_our_own_code_worded_is_not_looked_at(sandbox, say, settings):
    settings.ANTHROPIC_API_KEY = "key"
    assert isinstance(say("Hello", provider="guided").outcome, Reply)
    assert asked_twice(sandbox) == []


@pytest.mark.parametrize(("limits", "used_up"), [({"per_turn_micro": 1}, "money"), ({"seconds_per_turn": 60}, "time")])
def test_a_turn_that_has_used_up_its_limits_does_without(sandbox, say, monkeypatch, limits, used_up):
    monkeypatch.setattr(second_look, "SHORTEST", 100.0)  # a look is worth asking for with more time than is left
    SpendLimit.objects.update(**limits)
    sandbox.script({"text": PLAIN})
    assert say("Hello").outcome == Reply(text=PLAIN)
    assert looks()[0].output == {"missed": f"the turn’s limit of {used_up} is reached"}
    assert asked_twice(sandbox) == []


def test_a_worker_that_dies_after_it_does_not_ask_again(sandbox, say, monkeypatch):
    sandbox.script({"text": PLAIN, "times": 0}, verdict(("Which day", [1], True)))

    def dies(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("agents.runtime.checkpoints.Checkpoints.note_passed", dies)
        with pytest.raises(KeyboardInterrupt):
            say("Hello")
    assert say().outcome == Reply(text=PLAIN)
    assert Turn.objects.get().resumed == 1
    assert len(sandbox.turns()) == len(asked_twice(sandbox)) == 1


def test_it_is_shown_no_personal_data(sandbox, say):
    sandbox.script({"text": "Thank you, [NAME_1]. Which day suits you?"}, verdict())
    say("I'm Maria Lopes, 07911 123456, maria.lopes@example.org, and I'd like a check-up")
    sent = asked_twice(sandbox)[0]["body"]
    assert "[NAME_1]" in sent
    for personal in ("Maria", "Lopes", "07911", "123456", "example.org"):
        assert personal not in sent


def heard_in(state, text=PLAIN, **changes):
    said = Said(state=state, text=text, asked="And now?")
    return replace(said.heard, **changes), said.committed


def test_its_lines_say_what_stands_what_was_done_and_what_was_found():
    moved = question(*heard_in("moved"), Memory(facts=("Prefers mornings.",), summary="They moved once."))
    assert "Coming: Wednesday 2026-11-25 15:30, Check-up, with Dr Ben Weber, #1042" in moved.text
    assert "Moved just now: was Tuesday 2026-11-24 14:00 with Dr Ada Silva, is Wednesday 2026-11-25 15:30" in moved.text
    assert "Noted before: Prefers mornings." in moved.text
    assert "Written before, in short: They moved once." in moved.text
    cancelled = question(*heard_in("cancelled"), Memory()).text
    assert "Coming: none" in cancelled
    assert "Cancelled just now: Tuesday 2026-11-24 14:00, Check-up, with Dr Ada Silva, #1042" in cancelled
    held = question(*heard_in("held"), Memory()).text
    assert "tool hold_slot returned" in held
    assert "held_until" in held
    assert "patient: And now?" in held
    policy = question(*heard_in("policy"), Memory())
    assert "less than 24 hours before are charged £20" in policy.system
    assert "lines 6 and 28" in policy.text


def test_with_several_locations_it_is_told_where_an_appointment_is():
    heard, _ = heard_in("nothing")
    place = PlaceFacts(
        name="Park Street", services=(), practitioners=(), opening_hours=(), address="1 Park Street", phone=""
    )
    heard = replace(heard, brief=replace(heard.brief, places=(place,)))
    at = Standing(start=heard.brief.now.replace(tzinfo=None), service="Check-up", place="Park Street")
    assert "Check-up, at Park Street" in question(heard, Committed(coming=[at]), Memory()).text


def test_the_same_house_is_told_with_the_same_words_so_that_it_can_be_cached():
    one, other = (question(*heard_in(state), Memory()) for state in ("booked", "offered"))
    assert one.cached
    assert one.system == other.system


def called(arguments):
    call = ToolCall(id="1", name=TOOL.name, arguments=arguments)
    return ModelAnswer(blocks=(call,), stop=Stop.TOOLS, model="judge")


@pytest.mark.parametrize(
    "arguments",
    [
        {},
        {"statements": None},
        {"statements": ["a"]},
        {"statements": [{"words": "a", "lines": [1]}]},
        {"statements": [{"words": "a", "lines": ["1"], "so": True}]},
        {"statements": [{"words": 1, "lines": [], "so": True}]},
    ],
)
def test_an_answer_of_another_shape_is_none(arguments):
    assert read(called(arguments), question(*heard_in("nothing"), Memory())) is None


def test_lines_that_there_are_not_bear_nothing_out():
    asked = question(*heard_in("nothing"), Memory())
    looked = read(called({"statements": [{"words": "a", "lines": [1, 5000, -3, 0], "so": True}]}), asked)
    assert looked == Looked(statements=(Statement(words="a", lines=(1,), so=True),))
