"""Our own dialogues, in five languages and all kinds of business: other people's wording, undecided, corrected,
misspelt, with questions in between. The files were written before the rules that understand them.
"""

from pathlib import Path

import pytest

from conversations.evaluation.recorded import Dialogue, read_dialogues
from tests.guided.replaying import replay

FILES = sorted((Path(__file__).parent / "dialogues").glob("*.jsonl"))
LANGUAGES = ("de", "en", "es", "fr", "pt")
FLOOR = 0.97  # of all of them
FLOOR_OF_A_LANGUAGE = 0.94
FEWEST = 30  # dialogues in each language


@pytest.fixture(scope="module")
def dialogues() -> list[Dialogue]:
    return [each for file in FILES for each in read_dialogues(file)]


@pytest.fixture(scope="module")
def misunderstood(dialogues: list[Dialogue]) -> list[Dialogue]:
    """Each is held once, for all that is asked of them."""
    return [each for each in dialogues if not replay(each).is_right_for(each)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_people_get_what_they_wanted_in_their_language(
    dialogues: list[Dialogue], misunderstood: list[Dialogue], language: str
) -> None:
    theirs = [each for each in dialogues if each.language == language]
    assert len(theirs) >= FEWEST
    wrong = [each.id for each in misunderstood if each.language == language]
    assert len(wrong) <= (1 - FLOOR_OF_A_LANGUAGE) * len(theirs), wrong


def test_hardly_anybody_is_misunderstood(dialogues: list[Dialogue], misunderstood: list[Dialogue]) -> None:
    wrong = [each.id for each in misunderstood]
    assert len(wrong) <= (1 - FLOOR) * len(dialogues), wrong


def test_every_kind_of_business_is_among_them(dialogues: list[Dialogue]) -> None:
    for language in LANGUAGES:
        kinds = {each.business for each in dialogues if each.language == language}
        assert kinds == {"dentist", "doctor", "hair_salon", "physiotherapist", "therapist"}
