"""A whole turn: what a model may pass on, what it sees of it, and where it ends."""

from typing import Any

from agents import gateway
from agents.models import Step, Turn
from agents.types import Entry, HandOver, Text, ToolCall
from calendar_sync.models import Verification, VerificationTry
from conversations.known_people import known_in


def verify(born: str, name: str = "Anna Weber") -> dict[str, Any]:
    call = {"type": "tool_use", "name": "verify_patient", "input": {"patient_name": name, "date_of_birth": born}}
    return {"after": "user", "content": [call]}


def outcomes() -> list[dict[str, Any]]:
    return [each.output for each in Step.objects.filter(name="verify_patient").order_by("pk")]


def test_a_date_that_the_patient_never_wrote_is_not_even_tried(
    sandbox: Any,
    rules: Any,
    booked: Any,
    say: Any,
) -> None:
    """Guessed by the model, or read in a note: it proves nothing, and no try is spent."""
    sandbox.script(verify("3 April 1985"), {"text": "What is your date of birth?"})
    say("When is the appointment that Anna Weber booked by phone?", contact_id=5, conversation_id=5)
    assert outcomes()[0]["message"] == gateway.NOT_WRITTEN
    assert not Verification.objects.exists()
    assert not VerificationTry.objects.exists()


def test_staff_writing_a_birth_date_into_the_conversation_prove_nothing() -> None:
    call = ToolCall(id="1", name="verify_patient", arguments={"patient_name": "A", "date_of_birth": "3 April 1985"})
    by = {
        role: gateway.refusal(call, [], [Entry(role=role, blocks=(Text(text="Born  3 April\n1985."),))])
        for role in ("patient", "staff", "assistant")
    }
    assert by == {"patient": "", "staff": gateway.NOT_WRITTEN, "assistant": gateway.NOT_WRITTEN}
    for born in ("3", "1985", "", "    "):
        call = ToolCall(id="1", name="verify_patient", arguments={"patient_name": "A", "date_of_birth": born})
        assert gateway.refusal(call, [], [Entry(role="patient", blocks=(Text(text="3 April 1985"),))])


def test_the_model_sees_placeholders_and_the_skill_the_date(
    sandbox: Any,
    rules: Any,
    booked: Any,
    say: Any,
) -> None:
    sandbox.script({"text": "What is your full name and date of birth?"})
    say("I booked by phone, when is it?", contact_id=5, conversation_id=5)
    sandbox.script(verify("[BIRTH_DATE_1]"), {"text": "Thank you, I found it."})
    say("My name is Anna Weber, born 3 April 1985", contact_id=5, conversation_id=5)
    (outcome,) = outcomes()
    assert outcome["confirmed"] is True, outcome
    seen = [str(step.input) + str(step.output) for step in Step.objects.all()]
    assert any("BIRTH_DATE_1" in each for each in seen)
    assert not any(day in each for each in seen for day in ("1985-04-03", "April 1985"))
    assert Verification.objects.get().patient == booked.patient


def test_the_third_miss_hands_over_with_its_reason(
    sandbox: Any,
    rules: Any,
    booked: Any,
    say: Any,
) -> None:
    for day in (5, 6, 7):
        sandbox.script(verify(f"[BIRTH_DATE_{day - 4}]"), {"text": "That could not be confirmed."})
        decision = say(f"My name is Anna Weber, born {day} April 1985", contact_id=5, conversation_id=5)
    assert isinstance(decision.outcome, HandOver)
    assert (decision.outcome.reason, decision.outcome.trigger) == ("policy", "verification")
    assert Turn.objects.order_by("-pk").first().trigger == "verification"


def test_whose_appointments_are_open_is_hidden_from_models(clinic: Any, rules: Any, booked: Any, prove: Any) -> None:
    from conversations.models import Channel, Contact, ContactIdentity, Conversation

    contact = Contact.objects.create(pk=5)
    channel = Channel.objects.create(kind="sms", address="+1")
    identity = ContactIdentity.objects.create(contact=contact, kind="sms", address="+447700900999")
    conversation = Conversation.objects.create(contact=contact, channel=channel, identity=identity)
    assert known_in(conversation).names == ()
    prove()
    assert known_in(conversation).names == ("Anna Weber",)
