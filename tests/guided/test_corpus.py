"""A sample of recorded dialogues with the flow alone; `manage.py evaluate dialogues` replays them all for real."""

from pathlib import Path

import pytest

from conversations.evaluation.recorded import read_dialogues
from tests.guided.replaying import replay

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "data" / "appointment_dialogues.jsonl"
EVERY = 7  # so that each kind of business is in the sample
FLOOR = 0.95


def test_recorded_people_get_the_appointment_that_they_wanted() -> None:
    if not CORPUS.exists():
        pytest.skip(f"{CORPUS} is absent: recorded dialogues are not part of the repository")
    sample = list(read_dialogues(CORPUS))[::EVERY]
    wrong = [each.id for each in sample if not replay(each).is_right_for(each)]
    assert len(wrong) <= (1 - FLOOR) * len(sample), wrong
