"""Floors on texts that nobody here wrote; skipped where the shared folder is absent."""

import json
from collections import Counter
from pathlib import Path

import pytest

from agents.privacy.finding import find
from agents.privacy.known import known_values

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
FLOORS = {
    "EMAIL_ADDRESS": 0.99,
    "CREDIT_CARD": 0.99,
    "IBAN_CODE": 0.99,
    "IP_ADDRESS": 0.99,
    "PHONE_NUMBER": 0.95,
    "PERSON": 1.0,
}
pytestmark = pytest.mark.shared_data


def lines(name: str) -> list[dict[str, object]]:
    path = DATA / name
    if not path.exists():
        pytest.skip(f"{name} is not here: ../shared/data is absent")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_it_finds_what_others_marked() -> None:
    hidden, marked = Counter(), Counter()
    for row in lines("pii_texts.jsonl"):
        text = row["text"]
        known = known_values(names=[span["text"] for span in row["spans"] if span["type"] == "PERSON"])
        covered = {place for span in find(text, known=known) for place in range(span.start, span.end)}
        for span in row["spans"]:
            letters = [place for place in range(span["start"], span["end"]) if text[place].isalnum()]
            marked[span["type"]] += len(letters)
            hidden[span["type"]] += sum(place in covered for place in letters)
    rates = {type: hidden[type] / marked[type] for type in FLOORS}
    print({type: f"{rate:.2%}" for type, rate in rates.items()})
    assert {type: rate for type, rate in rates.items() if rate < FLOORS[type]} == {}


@pytest.mark.parametrize("name", ["date_expressions.jsonl", "date_utterances.jsonl"])
def test_it_leaves_dates_readable(name: str) -> None:
    texts = [row["text"] for row in lines(name)]
    wrong = sum(span.end - span.start for text in texts for span in find(text))
    share = wrong / sum(map(len, texts))
    print(f"{name}: {share:.2%} of characters wrongly replaced")
    assert share <= 0.02


def test_dates_of_real_bookings_survive() -> None:
    """What patients said for date and time is still there after redaction, or nothing can be booked."""
    lost = []
    for row in lines("appointment_dialogues.jsonl"):
        for turn in row["turns"]:
            if turn["speaker"] != "user":
                continue
            hidden = [turn["text"][span.start : span.end] for span in find(turn["text"], country="US")]
            lost += [
                (phrase, turn["text"])
                for phrase in (*turn["date"], *turn["time"])
                if any(phrase in part or part in phrase for part in hidden)
            ]
    assert lost == []
