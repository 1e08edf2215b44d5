"""How well phrases of a file are read: the score itself, the command, and the floors on phrases of our own."""

import io
import json
from datetime import datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from calendar_sync.when.measuring import by_the_grammar, measure, read_cases

HERE = Path(__file__).parent
PHRASES = [
    {"text": "Monday", "now": "2026-11-18T10:00:00", "values": ["2026-11-16", "2026-11-23"]},
    {"text": "tomorrow at 3pm", "now": "2026-11-18T10:00:00", "values": ["2026-11-19 15:00:00"]},
    {"text": "30 February", "now": "2026-11-18T10:00:00", "values": ["not resolved"]},
    {"language": "de", "text": "morgen um drei", "now": "2026-11-18T10:00:00", "date": "2026-11-19", "time": "15:00"},
    {"language": "fr", "text": "demain", "now": "2026-11-18T10:00:00", "date": "2026-11-19", "time": None},
    {"text": "as soon as possible", "now": "2026-11-18T10:00:00", "first": None},
]


def score_of(rows):
    return score_of_lines(json.dumps(row) for row in rows)


def score_of_lines(lines):
    return measure("when", by_the_grammar(the_day_first), read_cases(lines))


def the_day_first(language):
    return None if language == "en" else True


def test_what_is_read_exactly_is_counted():
    score = score_of(PHRASES)
    assert (score.total, score.exact, score.wrong, score.silent) == (6, 6, 0, 0)


def test_wrong_and_silent_are_counted_apart():
    wrong = {"text": "tomorrow", "now": "2026-11-18T10:00:00", "values": ["2026-11-20"]}
    partly = {"text": "Monday", "now": "2026-11-18T10:00:00", "values": ["2026-11-23"]}
    silent = {"text": "when pigs fly", "now": "2026-11-18T10:00:00", "values": ["2026-11-20"]}
    guessed = {"text": "tomorrow", "now": "2026-11-18T10:00:00", "values": []}
    score = score_of([wrong, partly, silent, guessed])
    assert (score.total, score.exact, score.wrong, score.silent) == (4, 0, 2, 1)


def test_the_command_prints_both_in_one_run(tmp_path):
    file = tmp_path / "phrases.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in PHRASES))
    out = io.StringIO()
    call_command("when", measure=file, against="dateparser", stdout=out)
    first, head, ours, theirs = out.getvalue().splitlines()
    assert first == "6 phrases of phrases.jsonl"
    assert head.split() == ["exact", "none", "right", "silent", "CPU", "ms", "each"]
    assert ours.split()[:3] == ["when", "6", "100.0%"]
    assert theirs.startswith("dateparser.search_dates")


def test_a_file_that_can_not_be_measured_is_named(tmp_path):
    file = tmp_path / "phrases.jsonl"
    file.write_text('{"text": "tomorrow"}\n')
    with pytest.raises(CommandError, match="line 1 is no phrase"):
        call_command("when", measure=file)
    with pytest.raises(CommandError, match="No such file"):
        call_command("when", measure=tmp_path / "none.jsonl")


def test_without_a_file_the_reference_time_is_needed():
    with pytest.raises(CommandError, match="--now is needed"):
        call_command("when")


@pytest.mark.parametrize("name", ["own", "fresh", "blind", "last", "contact", "second_contact"])
def test_our_own_phrases_are_read(name):
    """Floors, below which something broke."""
    score = score_of_lines((HERE / f"{name}_expressions.jsonl").read_text().splitlines())
    assert score.exact / score.total >= 0.95
    assert score.wrong / score.total <= 0.03


@pytest.mark.parametrize("language", ["en", "de", "es", "fr", "pt"])
def test_no_language_is_left_behind(language):
    lines = [line for file in HERE.glob("*_expressions.jsonl") for line in file.read_text().splitlines()]
    score = score_of_lines(line for line in lines if json.loads(line)["language"] == language)
    assert score.total >= 80
    assert score.exact / score.total >= 0.95
    assert score.wrong / score.total <= 0.03


def test_our_own_phrases_are_many_and_their_days_real():
    rows = [json.loads(line) for line in (HERE / "own_expressions.jsonl").read_text().splitlines()]
    assert len(rows) >= 300
    for row in rows:
        for value in row.get("values", [row.get("first")] if row.get("first") else []):
            datetime.fromisoformat(value if "-" in value else f"2000-01-01 {value}")
