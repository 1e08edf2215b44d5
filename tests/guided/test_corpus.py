"""A sample of recorded dialogues with the flow alone; `manage.py evaluate dialogues` replays them all for real."""

import datetime as dt
from pathlib import Path

import pytest

from conversations.evaluation.recorded import (
    Dialogue,
    answer_of_agreeable_patient,
    asks_something,
    read_dialogues,
)
from tests.guided.desk import Chat, Practice, brief_of

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "data" / "appointment_dialogues.jsonl"
EVERY = 7  # so that each kind of business is in the sample
FLOOR = 0.95
MORE_ANSWERS = 5


def ends_with(dialogue: Dialogue) -> list[dt.datetime]:
    brief = brief_of(dialogue.business.replace(" ", "_"), now=f"{dialogue.today}T09:00")
    chat = Chat(Practice(brief))
    said = ""
    for text in dialogue.said:
        said = chat.say(text)
    for _ in range(MORE_ANSWERS):
        if asks_something(said, settled=bool(chat.practice.appointments)):
            said = chat.say(answer_of_agreeable_patient(dialogue, said, brief.now.replace(tzinfo=None)))
    return [dt.datetime.fromisoformat(each["start"]) for each in chat.practice.appointments.values()]


def test_recorded_people_get_the_appointment_that_they_wanted() -> None:
    if not CORPUS.exists():
        pytest.skip(f"{CORPUS} is absent: recorded dialogues are not part of the repository")
    sample = list(read_dialogues(CORPUS))[::EVERY]
    wrong = [each.id for each in sample if ends_with(each) != [each.booked]]
    assert len(wrong) <= (1 - FLOOR) * len(sample), wrong
