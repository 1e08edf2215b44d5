"""Measures on other people's sentences, kept beside the repository; floors, below which something broke."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from calendar_sync.when import for_booking, resolve, understand

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
pytestmark = [
    pytest.mark.shared_data,
    pytest.mark.skipif(not DATA.is_dir(), reason="the shared data folder is not beside this checkout"),
]


def rows(name):
    return [json.loads(line) for line in (DATA / name).read_text().splitlines()]


def values_wanted(row):
    """Our form of the corpus's values: no seconds, and nothing for what can't be resolved."""
    wanted = set()
    for value in row["values"]:
        if value != "not resolved":
            wanted.add(value[:-3] if value.count(":") == 2 else value)
    return wanted


@pytest.mark.parametrize("day_first", [False, None])
def test_it_reads_the_recognizers_expressions(day_first):
    corpus = rows("date_expressions.jsonl")
    exact = wrong = 0
    for row in corpus:
        now = datetime.fromisoformat(row["now"])
        got, wanted = set(resolve(understand(row["text"], now=now, day_first=day_first))), values_wanted(row)
        exact += got == wanted
        wrong += bool(got) and not got & wanted
    assert exact / len(corpus) >= 0.92
    assert wrong / len(corpus) <= 0.03


def test_it_reads_forty_utterances_in_five_languages():
    right = 0
    for row in rows("date_utterances.jsonl"):
        now = datetime.fromisoformat(row["now"])
        got = resolve(understand(row["text"], now=now, language=row["language"]), since=now)
        right += got[:1] == [f"{row['date']} {row['time']}" if row["time"] else row["date"]]
    assert right >= 38


def test_the_last_day_and_time_a_patient_names_is_what_was_booked():
    corpus = rows("appointment_dialogues.jsonl")
    right = 0
    for row in corpus:
        now = datetime.fromisoformat(f"{row['today']}T09:00")
        day = moment = None
        for turn in row["turns"]:
            if turn["speaker"] == "user":
                wish = for_booking(turn["text"], now=now, day_first=False)
                day = wish.dates[-1].readings[0].first.isoformat() if wish.dates else day
                reading = wish.times[-1].readings[0] if wish.times else None
                moment = f"{reading.start or reading.end:%H:%M}" if reading else moment
        right += (day, moment) == (row["booked"]["date"], row["booked"]["time"])
    assert right / len(corpus) >= 0.97


def test_it_finds_days_and_times_where_people_marked_them_and_nowhere_else():
    marked = found = extra = unmarked = 0
    for row in rows("appointment_dialogues.jsonl"):
        now = datetime.fromisoformat(f"{row['today']}T09:00")
        for turn in row["turns"]:
            if turn["speaker"] != "user":
                continue
            wish = for_booking(turn["text"], now=now, day_first=False)
            for spans, got in ((turn["date"], wish.dates), (turn["time"], wish.times)):
                if any(span.lower() in turn["text"].lower() for span in spans):
                    marked, found = marked + 1, found + bool(got)
                else:
                    unmarked, extra = unmarked + 1, extra + bool(got)
    assert found / marked >= 0.99
    assert extra / unmarked <= 0.005
