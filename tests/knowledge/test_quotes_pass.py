# ruff: noqa: E501 (texts)
"""What the business wrote may be quoted: the check of what goes out lets its own words through, and no claim."""

import pytest

from agents.types import Reply
from tests.agents.conftest import monday, say  # noqa: F401

WRITTEN = [
    ("Gutter", "en", "On Mondays the gutter room opens at 7:30 and closes at 16:00.", "When is the gutter room open?"),
    ("Gutter", "en", "A gutter kit is £40, or €48, and takes 20 minutes.", "Is there a gutter kit?"),
    ("Gutter", "en", "Call the gutter line on 0113 496 0123, or write to gutter@practice.test.", "Is there a gutter line?"),
    ("Gutter", "en", "The gutter entrance is at 14 Mill Lane, Leeds LS1 4AB.", "Is there a gutter entrance?"),
    ("Gutter", "en", "Once your gutter appointment is booked you get a form.", "Is there a gutter form?"),
    ("Rinne", "de", "Abgesagte Termine für die Rinne kosten 25 €, wenn Sie später als 24 Stunden vorher absagen.", "Gibt es eine Gebühr für die Rinne?"),
]  # fmt: skip


@pytest.mark.parametrize(("title", "language", "body", "question"), WRITTEN)
def test_its_own_words_are_let_through(say, wrote, title, language, body, question):  # noqa: F811
    wrote(title, body, language)
    outcome = say(question, provider="guided").outcome
    assert isinstance(outcome, Reply), outcome
    assert body in outcome.text
