"""Personal data everywhere it can stand: messages, profile names, facts, event titles, knowledge, summaries. Then
everything that a run leaves behind is read: what went to Anthropic and to the collector of spans, traces and
transcripts, application logs, task payloads, Redis, the audit trail.

The recorded dialogues of five languages are played by people of their own, by Claude (in the sandbox, scripted to look
everything up) and by the guided flow. Facts are noted and recalled, knowledge is kept and found, events come by a sync
with Google, as in life. Committed for real, so that the bell rings into the real Redis.

Each finds what is written about the ones before, too: whoever the business knows is hidden there. The name of somebody
whom it does not know, written into its own knowledge, is not.

Every tenth recording is played. The whole suite, the shared corpus included, is played in parts:
for part in 1 2 3 4 5 6 7 8; do LEAKS_PART=$part/8 nice python -m pytest -p no:xdist tests/leaks; done
"""

import datetime as dt
import logging
import os
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from agents import telemetry
from agents.knowledge import entries
from agents.knowledge.entries import Writing
from agents.memory import facts
from agents.models import ConversationSummary, Step
from agents.remembering import REMEMBER, remember
from calendar_sync import tasks
from calendar_sync.google import connecting, mirrors
from calendar_sync.models import CalendarConnection, MirroredEvent, Practitioner
from conversations import handoffs
from conversations.evaluation.recorded import Dialogue, read_dialogues
from conversations.models import Conversation, Message
from conversations.simulation import SimulatedPatient
from tenants import bell, clock, worklist
from tenants.models import User, WorkItem
from tests.google.consent import ACCOUNT, connect_through_the_pages
from tests.leaks.artefacts import listening, redis_dump, rows_for_models, spans, wire
from tests.leaks.test_no_personal_data_reaches_the_model import CORPUS, person, secrets_of
from tests.vendors import Sandbox

DIALOGUES = Path(__file__).resolve().parents[1] / "guided" / "dialogues"
INTRODUCTIONS = {
    "en": "My name is {name}, number {phone}",
    "de": "Ich heiße {name}, erreichbar unter {phone}",
    "fr": "Je m'appelle {name}, mon numéro : {phone}",
    "es": "Me llamo {name}, mi móvil es {phone}",
    "pt": "Chamo-me {name}, o meu telemóvel é {phone}",
}
LOOK_UPS = [
    ("my_appointments", {}),
    ("about_the_business", {"topic": "services"}),
    ("about_the_business", {"topic": "everything"}),  # no such topic: the model is told so
    ("search_knowledge", {"query": "parking and payment"}),  # refused: the argument is called otherwise
    ("search_knowledge", {"question": "parking and payment", "language": "en"}),
]
EVERY = 10
SAID_AT_MOST = 1
LONG, EVERY_LONG = 5, 8  # so many more messages, of every eighth person


def chosen() -> list[Dialogue]:
    """Every tenth recording of each language."""
    return [each for language in INTRODUCTIONS for each in [*read_dialogues(DIALOGUES / f"{language}.jsonl")][::EVERY]]


def part_of_all(part: str) -> list[Dialogue]:
    """ "3/8": the third eighth of the shared corpus and of all recordings of ours."""
    number, parts = map(int, part.split("/"))
    files = [CORPUS, *sorted(DIALOGUES.glob("*.jsonl"))]
    return [each for file in files for each in read_dialogues(file)][number - 1 :: parts]


def claude_looks_everything_up(sandbox: Sandbox) -> None:
    calls = [{"type": "tool_use", "name": name, "input": given} for name, given in LOOK_UPS]
    sandbox.post(
        "/anthropic/script",
        {
            "answers": [
                {"after": "user", "times": 0, "content": calls},
                {"after": "tool_result", "times": 0, "text": "Which day would suit you best?"},
            ]
        },
    )


def note(contact_id: int, message_id: int, who: dict[str, str]) -> None:
    """A fact, as it is noted after a conversation, and an entry of the knowledge, with this person's data in them."""
    text = f"{who['name']} can be reached on {who['phone']} or {who['email']}, NHS {who['nhs']}"
    fact = facts.note(
        facts.NewFact(contact_id=contact_id, subject="other", text=text, source_message_id=message_id, heard="reached")
    )
    assert fact is not None
    body = f"Parking is behind the house. {who['name']}, {who['phone']}, {who['email']}, pays by invoice."
    entries.add(Writing(title="Parking and payment", body=body, language="en"), user_id=None)


def rest(business: Any, conversation_id: int) -> None:
    """What the worker does when a conversation has rested: summaries, and facts out of it."""
    worklist.call_for(business.pk, REMEMBER, conversation_id)
    lease = worklist.claim(business.pk, REMEMBER, conversation_id, early=True)
    assert lease is not None
    remember(business, conversation_id, lease)


def fill_the_google_calendar(business: Any, sandbox: Sandbox, people: list[dict[str, str]]) -> None:
    """Events named after the people stand in the practitioner's own calendar and are mirrored."""
    sandbox.post("/google/accounts", {"email": ACCOUNT, "name": "P", "calendars": [{"summary": "A", "id": "a@g.test"}]})
    client = Client()
    client.force_login(User.objects.get(email="alice@clinic.test"))
    connect_through_the_pages(client, business, sandbox)
    connection.set_tenant(business)
    choice = connecting.Choice(connection=CalendarConnection.objects.get(), calendar_id="a@g.test", name="A")
    connecting.choose(business, Practitioner.objects.get(), choice)
    for number, who in enumerate(people):
        start = dt.datetime(2026, 11, 24, 9, tzinfo=dt.UTC) + dt.timedelta(minutes=20 * number)
        event = {
            "summary": f"{who['name']} {who['phone']}",
            "description": f"{who['email']} NHS {who['nhs']}",
            "start": {"dateTime": start.isoformat()},
            "end": {"dateTime": (start + dt.timedelta(minutes=15)).isoformat()},
        }
        sandbox.post("/google/events", {"calendar": "a@g.test", "event": event})
    for item in WorkItem.objects.filter(business=business, kind=mirrors.SYNC):
        tasks.sync_calendar.body(business, item.object_id)
    assert MirroredEvent.objects.count() >= len(people)


def play(business: Any, dialogue: Dialogue, who: dict[str, str], provider: str, *, long: bool) -> None:
    """They introduce themselves, say what was recorded, and add who they are once more; `long`: until a summary
    stands for the beginning."""
    phone = "+" + "".join(filter(str.isdigit, who["phone"]))
    patient = SimulatedPatient(business, phone, who["name"], provider=provider)
    introduction = INTRODUCTIONS[dialogue.language].format(**who)
    patient.say(introduction)
    assert patient.conversation is not None
    first = Message.objects.filter(conversation=patient.conversation).earliest("pk")
    note(patient.conversation.contact_id, first.pk, who)
    for text in dialogue.said[:SAID_AT_MOST]:
        patient.say(text)
    if long:
        for number in range(LONG):
            patient.say(f"{introduction}. {who['email']}, NHS number {who['nhs']}: can {number} of us park and pay?")
        rest(business, patient.conversation.pk)
        assert ConversationSummary.objects.filter(conversation_id=patient.conversation.pk).exists()
        if patient.conversation.handling != Conversation.Handling.ASSISTANT:  # who asks on and on gets a person
            alice = User.objects.get(email="alice@clinic.test")
            handoffs.return_to_assistant(business, patient.conversation, alice)
    patient.say(f"{who['email']}, NHS number {who['nhs']}, date of birth {who['birth']}, {who['postcode']}")


@pytest.fixture
def practice(fresh_business: Any, settings: Any) -> Any:
    settings.PUBLIC_ORIGIN = "http://testserver"
    with clock.pinned(dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC)):
        yield fresh_business


def test_fault_61_nothing_personal_stays_behind(practice: Any, sandbox: Sandbox, settings: Any) -> None:
    settings.OTEL_EXPORTER_OTLP_ENDPOINT = f"{sandbox.url}/otlp"
    played_without_a_trace(practice, sandbox, chosen())


@pytest.mark.shared_data
def test_fault_61_nothing_of_the_whole_suite_stays_behind(practice: Any, sandbox: Sandbox, settings: Any) -> None:
    part = os.environ.get("LEAKS_PART", "")
    if not part or not CORPUS.exists():
        pytest.skip("needs ../shared/data and LEAKS_PART, such as 1/8: it takes a while")
    settings.OTEL_EXPORTER_OTLP_ENDPOINT = f"{sandbox.url}/otlp"
    played_without_a_trace(practice, sandbox, part_of_all(part))


def played_without_a_trace(practice: Any, sandbox: Sandbox, dialogues: list[Dialogue]) -> None:
    people = [person(50_000 + number) for number in range(len(dialogues))]
    fill_the_google_calendar(practice, sandbox, people)
    claude_looks_everything_up(sandbox)
    sandbox.http.delete("/control/log")
    with listening() as (logs, events):
        for number, (dialogue, who) in enumerate(zip(dialogues, people, strict=True)):
            provider = "guided" if number % 4 == 3 else "anthropic"
            play(practice, dialogue, who, provider, long=number % EVERY_LONG == 0)
        left, payloads = redis_dump(events)
    places = {
        "anthropic": wire(sandbox),
        "rows": rows_for_models(),
        "logs": "\n".join(logs.lines),
        "redis": left,
        "spans": spans(sandbox),
    }
    assert places["anthropic"].count("/v1/messages") >= len(dialogues)
    assert places["spans"].count("invoke_agent") >= len(dialogues)
    assert payloads > len(dialogues), "tasks were rung for into Redis"
    assert Step.objects.filter(kind=Step.Kind.TOOL, name="my_appointments").exists()
    assert Step.objects.filter(status=Step.Status.ERROR, output__message__startswith="Arguments refused").exists()
    assert "pays by invoice" in places["anthropic"], "knowledge was found"
    assert "can be reached on" in places["anthropic"], "facts were recalled"
    assert "Last written before this" in places["anthropic"], "summaries stood for the beginning"
    secrets = {secret for who in people for secret in secrets_of(who)}
    leaks = sorted((place, secret) for place, text in places.items() for secret in secrets if secret in text)
    assert leaks == []


def test_the_scan_would_see_a_leak(practice: Any, sandbox: Sandbox, settings: Any) -> None:
    """The scanner itself is tried: a name put into each place is found there."""
    with listening() as (logs, events):
        logging.getLogger("tests.leaks").info("for %s", "Echeverría")
        bell.send("tests.nobody_listens", 4711)
        left, payloads = redis_dump(events)
    assert "Echeverría" in "\n".join(logs.lines)
    assert payloads == 1
    assert "4711" in left
    sandbox.script({"text": "Hello, which day?"})
    SimulatedPatient(practice, "+447911123456", "", provider="anthropic").say("on the Grzybowskistreet I saw you")
    assert "Grzybowskistreet" in wire(sandbox)
    assert "Grzybowskistreet" in rows_for_models()
    settings.OTEL_EXPORTER_OTLP_ENDPOINT = f"{sandbox.url}/otlp"
    with telemetry.skill("Grzybowskistreet"):
        pass
    assert "Grzybowskistreet" in spans(sandbox)
