"""Our own dialogues about visits, series and classes; they were written before the flow understood them."""

import pytest

from tests.guided.together.playing import dialogues, play


@pytest.mark.parametrize("dialogue", dialogues(), ids=lambda each: each["id"])
def test_people_get_what_they_asked_for_and_nothing_else(dialogue) -> None:
    ending = play(dialogue)
    assert ending.is_right_for(dialogue), ending.lines
