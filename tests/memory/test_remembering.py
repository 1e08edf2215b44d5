"""Facts out of conversations that have come to rest, through the front door: inbox, turn, work item."""

import datetime as dt
import json

import pytest

from agents.memory import facts
from agents.models import Fact, FactsRead, UsageRecord
from agents.remembering import REMEMBER, RESTED, remember
from conversations.models import Message
from conversations.simulation import SimulatedPatient
from tenants import worklist
from tenants.models import WorkItem
from tests.memory.conftest import chat

PHONE = "+447911123456"


@pytest.fixture
def patient(clinic, settings) -> SimulatedPatient:
    settings.ANTHROPIC_API_KEY = ""
    return SimulatedPatient(clinic, PHONE, "Maria Lopes", provider="guided")


def rest(clinic, patient) -> list[str]:
    """The conversation has rested: what is known of the contact now."""
    lease = worklist.claim(clinic.pk, REMEMBER, patient.conversation.pk, early=True)
    assert lease is not None
    remember(clinic, patient.conversation.pk, lease)
    return [fact.text for fact in facts.standing(patient.conversation.contact_id).order_by("pk")]


def test_each_turn_calls_for_it_and_its_time_moves_on(clinic, patient):
    patient.say("Hello")
    first = WorkItem.objects.get(kind=REMEMBER).due_at
    patient.say("Do you have parking?")
    item = WorkItem.objects.get(kind=REMEMBER)
    assert item.due_at > first
    assert item.due_at - item.created_at < RESTED + dt.timedelta(minutes=1)


def test_what_is_said_plainly_is_noted_with_its_message(clinic, patient):
    patient.say("Hello, I always prefer mornings and I'm afraid of needles")
    patient.say("It is for my daughter Mia")
    known = rest(clinic, patient)
    assert known == ["Prefers mornings.", "Is afraid of needles.", "Has a daughter, her name is Mia."]
    fact = Fact.objects.get(subject="time_of_day")
    assert "I always prefer mornings" in Message.objects.get(pk=fact.source_message_id).text
    assert fact.made_by == "assistant"
    assert not WorkItem.objects.filter(kind=REMEMBER).exists()


@pytest.mark.parametrize(
    ("said", "known"),
    [
        ("I usually see Dr Silva", "Prefers Dr Ada Silva."),
        ("Ich komme lieber vormittags", "Prefers mornings."),
        ("Am liebsten nachmittags bitte", "Prefers afternoons."),
        ("Ich habe Angst vor Spritzen", "Is afraid of needles."),
        ("Ich sitze im Rollstuhl", "Uses a wheelchair."),
        ("Je préfère le matin", "Prefers mornings."),
        ("J'ai peur des piqûres", "Is afraid of needles."),
        ("Je suis en fauteuil roulant", "Uses a wheelchair."),
        ("Prefiero por las tardes", "Prefers afternoons."),
        ("Tengo miedo a las agujas", "Is afraid of needles."),
        ("Voy en silla de ruedas", "Uses a wheelchair."),
        ("Prefiro de manhã", "Prefers mornings."),
        ("Tenho medo de agulhas", "Is afraid of needles."),
        ("Ando de cadeira de rodas", "Uses a wheelchair."),
        ("I'm in a wheelchair", "Uses a wheelchair."),
        ("für meine Tochter Mia", "Has a daughter, her name is Mia."),
        ("C'est pour mon fils Léo", "Has a son, his name is Léo."),
        ("Es para mi hijo Mateo", "Has a son, his name is Mateo."),
        ("É para a minha filha Inês", "Has a daughter, her name is Inês."),
    ],
)
def test_five_languages_are_understood(clinic, patient, said, known):
    patient.say(said)
    assert known in rest(clinic, patient)


@pytest.mark.parametrize(
    "said",
    [
        "Could I come tomorrow morning?",
        "I'd prefer Tuesday morning",
        "I'd prefer 9 in the morning",
        "I don't prefer mornings",
        "Do you have a wheelchair ramp?",
        "Is there access with a wheelchair?",
        "Are you afraid of needles?",
        "I am not afraid of needles at all",
        "Is Dr Silva in this morning?",
        "Lieber morgen Vormittag",
        "Prefiero mañana por la mañana",
        "Je préfère demain matin",
        "Prefiro amanhã de manhã",
        "My daughter likes ice cream",
    ],
)
def test_a_wish_for_once_a_question_or_a_no_is_no_fact(clinic, patient, said):
    patient.say(said)
    assert rest(clinic, patient) == []


def test_the_language_is_noted_when_it_is_not_the_houses(clinic, patient):
    patient.say("Guten Tag, ich hätte gerne einen Termin zur Kontrolle")
    patient.say("Haben Sie am Dienstag noch etwas frei?")
    assert rest(clinic, patient) == ["Writes German."]


def test_somebody_who_writes_the_houses_language_is_not_worth_a_note(clinic, patient):
    patient.say("Good morning, I would like to have an appointment please")
    patient.say("Do you have anything on Tuesday?")
    assert rest(clinic, patient) == []


def test_a_change_of_mind_supersedes_and_a_message_is_read_once(clinic, patient):
    patient.say("I prefer mornings")
    rest(clinic, patient)
    patient.say("I can only do evenings now")
    assert rest(clinic, patient) == ["Prefers evenings."]
    assert Fact.objects.get(text="Prefers evenings.").supersedes.text == "Prefers mornings."
    read = FactsRead.objects.get()
    patient.say("ok")
    rest(clinic, patient)
    assert FactsRead.objects.get().up_to > read.up_to
    assert Fact.objects.count() == 2


def test_what_staff_deleted_stays_deleted_when_all_is_read_again(clinic, patient):
    patient.say("I prefer mornings")
    rest(clinic, patient)
    facts.delete(Fact.objects.get().pk, 1)
    FactsRead.objects.all().delete()
    patient.say("ok")
    assert rest(clinic, patient) == []


def noted(*each: dict) -> dict:
    return {"content": [{"type": "tool_use", "name": "note_facts", "input": {"facts": list(each)}}], "times": 0}


def fact(subject="other", text="Travels a lot.", message=0, of=None) -> dict:
    return {"subject": subject, "fact": text, "message": message, "of": of}


def test_the_fast_model_notes_facts_of_the_redacted_text_and_they_become_real(sandbox, clinic, patient, settings):
    patient.say("Hello, my daughter Mia would come, you know we travel all the time")
    settings.ANTHROPIC_API_KEY = "sk-ant-tests"
    sandbox.script(noted(fact(), fact("family", "Has a daughter, [NAME_1].", of="[NAME_1]")))
    assert rest(clinic, patient) == ["Travels a lot.", "Has a daughter, Mia."]
    assert Fact.objects.get(kind="family").subject == "family:mia"
    body = json.loads(sandbox.turns()[0]["body"])
    assert body["tools"][0]["strict"] is True
    assert "Mia" not in json.dumps(body)
    assert UsageRecord.objects.get().purpose == "memory"
    assert FactsRead.objects.get().made_by == "claude-haiku-5-5"


@pytest.mark.parametrize(
    "answer",
    [
        noted(fact(message=77)),
        noted(fact(subject="password")),
        noted(fact(text="Knows [NAME_9].")),
        noted(fact(text="")),
    ],
)
def test_what_no_message_says_is_not_taken_from_a_model(sandbox, clinic, patient, settings, answer):
    patient.say("Hello")
    settings.ANTHROPIC_API_KEY = "sk-ant-tests"
    sandbox.script(answer)
    assert rest(clinic, patient) == []


@pytest.mark.parametrize(
    "answer", [{"text": "No facts.", "times": 0}, {"text": "", "stop_reason": "refusal", "times": 0}]
)
def test_a_model_that_does_not_answer_as_asked_leaves_it_to_the_rules(sandbox, clinic, patient, settings, answer):
    patient.say("I prefer mornings")
    settings.ANTHROPIC_API_KEY = "sk-ant-tests"
    sandbox.script(answer)
    assert rest(clinic, patient) == ["Prefers mornings."]


def test_a_long_conversation_is_read_to_its_end(clinic, patient, past):
    patient.say("Hello")
    past(chat(200), conversation_id=patient.conversation.pk)
    patient.say("I prefer mornings")
    assert rest(clinic, patient) == ["Prefers mornings."]


def test_the_next_turn_with_a_model_is_told(sandbox, clinic, patient, settings):
    patient.say("I prefer mornings, and it's for my daughter Mia")
    rest(clinic, patient)
    settings.ANTHROPIC_API_KEY = "sk-ant-tests"
    sandbox.script({"text": "Hello!"})
    patient.provider = "anthropic"
    patient.say("Hello again")
    body = json.dumps(json.loads(sandbox.turns()[-1]["body"]), ensure_ascii=False)
    assert "- Prefers mornings." in body
    assert "Has a daughter, her name is [NAME_" in body
    assert "Mia" not in body
