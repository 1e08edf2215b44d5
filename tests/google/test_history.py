"""Two hundred edits on both sides while Google fails, loses answers and sync tokens: in the end both sides agree.

    HISTORY_SEEDS=50 .venv/bin/python -m pytest -p no:xdist tests/google/test_history.py -s

plays fifty stories instead of two; HISTORY_SEEDS=10:20 plays those.
"""

import os

import pytest

from calendar_sync.models import CalendarMirror
from tests.google.history import History

pytestmark = pytest.mark.django_db
first, _, last = os.environ.get("HISTORY_SEEDS", "2").rpartition(":")
SEEDS = range(int(first or 0), int(last))
EDITS = 200


@pytest.mark.parametrize("seed", SEEDS)
def test_after_two_hundred_edits_and_any_trouble_both_sides_agree(desk, seed):
    story = History(desk, seed)
    story.play(EDITS)
    left = story.settle()

    assert left == []
    there = story.google()
    assert [number for number, _ in there] == sorted(story.diary()), "one event for each appointment, and no other"
    assert dict(there) == story.diary()
    for mirror in CalendarMirror.objects.all():
        assert story.mirrored(mirror) == story.live(mirror)
    assert story.done["faults"] > 10
    print(f"seed {seed}: {len(there)} appointments, {story.done}")  # -s shows it
