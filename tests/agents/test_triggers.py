"""What makes a handoff is written down with it: on the handoff, on the turn, in words that staff can search for."""

import pytest

from agents.models import AssistantVersion, Turn
from agents.runtime.frustration import frustrated
from agents.types import HandOver, Reply
from conversations import handoffs
from conversations.models import Channel, Contact, ContactIdentity, Conversation, Handoff

FRUSTRATED = [
    *("This bot is useless", "I've told you three times already!!", "you are not listening", "stop wasting my time"),
    *(
        "Zum dritten Mal: am Montag!",
        "Sie verstehen mich einfach nicht",
        "blöder Bot",
        "das ist doch Zeitverschwendung",
    ),
    *("ya se lo he dicho tres veces", "esto es una pérdida de tiempo", "por tercera vez, el lunes", "robot inútil"),
    *("pour la troisième fois, lundi", "vous me faites perdre mon temps", "robot stupide", "j'en ai marre de ce robot"),
    *("já lhe disse três vezes", "isto é inútil", "pela terceira vez: segunda", "robô burro"),
]
CALM = [
    *(
        "I'm fed up with this toothache",
        "sorry to waste your lunch break",
        "third time lucky, Monday?",
        "this is useless info, but I'm tall",
    ),
    *(
        "zum dritten Termin komme ich später",
        "mir reicht ein kurzer Termin",
        "das ist nichts für mich",
        "ich verstehe nicht ganz",
    ),
    *("estoy harta del dolor", "es la tercera vez que voy", "esto es nuevo para mí", "no me sirve el lunes"),
    *(
        "c'est nul de ma part, je suis en retard",
        "pour la troisième séance",
        "j'ai marre de ma dent",
        "c'est bon merci",
    ),
    *("estou farta da dor de dentes", "é a terceira vez que venho", "isto é novo para mim", "não dá na segunda"),
]


def handed(decision):
    assert isinstance(decision.outcome, HandOver)
    turn = Turn.objects.order_by("-pk").first()
    assert turn.trigger == decision.outcome.trigger
    return decision.outcome.reason, decision.outcome.trigger


def call(**arguments):
    return {"content": [{"type": "tool_use", "name": "hand_over", "input": {"summary": "x", **arguments}}]}


@pytest.mark.parametrize("text", FRUSTRATED)
def test_whoever_has_had_enough_gets_a_person(text):
    assert frustrated([text])


@pytest.mark.parametrize("text", CALM)
def test_whoever_is_only_in_pain_or_late_does_not(text):
    assert not frustrated([text])


def test_frustration_needs_no_model(sandbox, say):
    assert handed(say("This bot is useless")) == ("customer_request", "frustration")
    assert sandbox.turns() == []


@pytest.mark.parametrize(
    ("arguments", "trigger"),
    [
        ({"reason": "customer_request", "signal": "asked", "rule": None}, "asked"),
        ({"reason": "missing_knowledge", "signal": "unsure", "rule": None}, "unsure"),
        ({"reason": "missing_knowledge", "signal": "other", "rule": None}, "not_known"),
        ({"reason": "policy", "signal": "rule", "rule": "r7"}, "rule r7"),
    ],
)
def test_the_models_own_signal_is_kept(sandbox, say, arguments, trigger):
    sandbox.script(call(**arguments))
    assert handed(say("Hello")) == (arguments["reason"], trigger)


def test_a_rule_in_plain_words_reaches_the_model_with_its_number(sandbox, say):
    rules = [{"id": "r7", "kind": "escalate", "text": "Anything about insurance.", "correction": None}]
    AssistantVersion.objects.update(rules=rules)
    sandbox.script({"text": "Hello!"})
    say("Hello")
    body = sandbox.turns()[0]["body"]
    assert "Anything about insurance." in body
    assert "r7" in body


def test_the_same_answer_is_not_sent_three_times(sandbox, say):
    sandbox.script({"text": "Which day would suit you?", "times": 0})
    assert isinstance(say("hm").outcome, Reply)
    assert isinstance(say("well").outcome, Reply)
    assert handed(say("er")) == ("missing_knowledge", "loop")


def test_the_same_refusal_again_and_again_ends_in_a_handoff(sandbox, say):
    wrong = {"type": "tool_use", "name": "confirm_appointment", "input": {"appointment": "#9999"}}
    sandbox.script({"content": [wrong], "times": 0})
    assert handed(say("Yes I will come")) == ("tool_failure", "loop")


def test_the_guided_flow_says_whether_a_person_was_asked_for_or_nothing_was_understood(clinic, say):
    assert handed(say("I want to speak to a person", provider="guided")) == ("customer_request", "asked")
    say("blorgh wibble", provider="guided", conversation_id=2)
    assert handed(say("snorf quux", provider="guided", conversation_id=2)) == ("missing_knowledge", "not_understood")


def test_an_unfounded_claim_and_a_limit_are_told_apart(sandbox, say):
    sandbox.script({"text": "You're booked for Tuesday at 14:00.", "times": 2})
    assert handed(say("Book me in")) == ("tool_failure", "unfounded_claim")


def test_it_stands_on_the_handoff_that_staff_see(clinic, monday):
    channel = Channel.objects.create(kind="simulator", address="simulator:triggers")
    contact = Contact.objects.create(profile_name="Maria")
    identity = ContactIdentity.objects.create(contact=contact, kind="simulator", address="simulator:1")
    conversation = Conversation.objects.create(channel=channel, contact=contact, identity=identity)
    handoffs.hand_over(clinic, conversation, "missing_knowledge", trigger="not_understood")
    assert Handoff.objects.get().set_off_by == "not understood"


@pytest.mark.parametrize(
    ("trigger", "said"),
    [("loop", "going in circles"), ("rule r7", "house rule r7"), ("limit_steps", "a limit was reached"), ("", "")],
)
def test_staff_read_words_not_codes(trigger: str, said: str) -> None:
    assert Handoff(trigger=trigger).set_off_by == said
