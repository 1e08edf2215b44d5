"""CPU of the guided model per message: stories are told through inbox, turn and outbox, then it is asked again
over each stored transcript, as conversations.evaluation does. One message may ask it several times."""

from django_tenants.utils import tenant_context

from agents.briefing import brief_of
from agents.llm.guided.flow import Guided
from agents.models import TranscriptEntry
from agents.types import Blocks, Entry, ModelRequest
from agents.versions import published
from bench.cast import MORNING, STORY, new_business, phone
from bench.measure import Row, Sample, in_rounds, row
from conversations.simulation import SimulatedPatient
from tenants import clock, schema

STORIES = 3
TARGET_CPU_MS = 10


def measure() -> list[Row]:
    schema.leave()
    business = new_business()
    with clock.pinned(MORNING), tenant_context(business):
        for number in range(STORIES):
            patient = SimulatedPatient(business, phone(number), provider=Guided.name)
            for text in STORY:
                patient.say(text)
        messages = _requests_per_message(business)
        found = in_rounds(lambda: _ask_again(messages))
    return [
        row(
            "guided flow, per message",
            found,
            target=f"CPU ≤ {TARGET_CPU_MS} ms",
            met=(found.cpu or 0) <= TARGET_CPU_MS,
            note=f"{sum(map(len, messages)) / len(messages):.1f} calls each",
        )
    ]


def _requests_per_message(business) -> list[list[ModelRequest]]:
    """What the model was asked for each message of the patients, from the stored transcripts."""
    brief = brief_of(business, published())
    messages: list[list[ModelRequest]] = []
    told: list[Entry] = []
    talk = None
    for line in TranscriptEntry.objects.order_by("conversation_id", "index"):
        if line.conversation_id != talk:
            talk, told = line.conversation_id, []
        if line.role == "patient":
            messages.append([])
        if line.role == "assistant":
            messages[-1].append(ModelRequest(brief=brief, transcript=tuple(told), tools=(), model=Guided.name))
        told.append(Entry(role=line.role, blocks=Blocks.validate_python(line.blocks), at=line.at))
    return messages


def _ask_again(messages: list[list[ModelRequest]]) -> Sample:
    taken = Sample()
    for requests in messages:
        with taken.one():
            for request in requests:
                Guided().respond(request)
    return taken
