"""The guided flow reads the newest entries only, and answers as if it had read them all."""

import pytest

from agents.briefing import brief_of
from agents.llm.guided.flow import Guided
from agents.models import Step, TranscriptEntry
from agents.runtime.checkpoints import dump
from agents.skills.registry import all_skills
from agents.types import Blocks, Entry, ModelRequest, Reply
from agents.versions import published
from calendar_sync.models import Appointment
from conversations.turns import READ_UP_TO
from tenants.statements import row
from tests.memory.conftest import booking, chat

DIALOGUE = ("A check-up tomorrow at 14:00 please", "later, at 15:00", "yes", "Can I move it to Wednesday at 10", "yes")


def answers_with_the_whole_transcript(clinic) -> list[list]:
    """What the flow says at each step of the conversation when it is given everything from the beginning."""
    rows = TranscriptEntry.objects.filter(conversation_id=1).order_by("index")
    whole = tuple(Entry(role=row.role, blocks=Blocks.validate_python(row.blocks), at=row.at) for row in rows)
    tools = tuple(skill.spec for skill in all_skills().values())
    brief = brief_of(clinic, published())
    asked = Step.objects.filter(kind="model").order_by("turn_id", "index")
    said = []
    for step in asked:
        request = ModelRequest(brief=brief, transcript=whole[: step.input["read"]], tools=tools, model="guided")
        said.append(dump(Guided().respond(request).blocks))
    return said


@pytest.mark.parametrize("earlier", [0, 61, 79, 80, 83, 600])
def test_a_booking_goes_on_wherever_the_past_ends(clinic, say, past, earlier):
    past([*booking(), *chat(earlier // 2)][:earlier])
    for words in DIALOGUE:
        outcome = say(words, provider="guided").outcome
        assert isinstance(outcome, Reply)
    said = [step.output["blocks"] for step in Step.objects.filter(kind="model").order_by("turn_id", "index")]
    assert said == answers_with_the_whole_transcript(clinic)
    appointment = Appointment.objects.get()
    assert f"{appointment.starts_at:%A %H:%M}" == "Wednesday 10:00"


def test_a_booking_longer_than_the_window_is_still_booked(clinic, say, past):
    past(chat(200))
    say("A check-up tomorrow at 14:00 please", provider="guided")
    for number in range(12):  # undecided for two dozen entries and more
        say(f"hm, rather at {15 - number % 2}:00", provider="guided")
    say("yes", provider="guided")
    assert Appointment.objects.get().status == "confirmed"


def test_ids_of_calls_go_on_counting_from_the_beginning(say, past):
    past(chat(100))
    say("A check-up tomorrow at 14:00 please", provider="guided")
    ids = [step.call_id for step in Step.objects.filter(kind="tool")]
    assert ids
    assert all(int(each.removeprefix("g").split("_")[0]) > 200 for each in ids)


def test_entries_are_numbered_without_a_gap(say, past):
    past(chat(100))
    for words in DIALOGUE:
        say(words, provider="guided")
    indexes = list(TranscriptEntry.objects.filter(conversation_id=1).order_by("index").values_list("index", flat=True))
    assert indexes == list(range(len(indexes)))


def test_reading_takes_as_many_queries_with_a_long_past_as_with_none(say, past):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counted = []
    for _ in range(2):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            say("Do you have parking?", provider="guided")
        counted.append(len(queries))
        past(chat(300), conversation_id=1)
    assert counted[1] <= counted[0]


def test_the_newest_message_is_found_by_an_index(clinic, past):
    past(chat(500))
    assert row(f"SELECT {READ_UP_TO}", {"conversation": 1}) == (900_000 + 998,)
