"""The lines that `manage.py when` reads and writes."""

import io
import json
from datetime import datetime

import pytest

from calendar_sync.when.command import local_now, run
from calendar_sync.when.order import day_first_in, day_order

NOW = datetime(2026, 11, 18, 10)


def answers(lines, **options):
    out = io.StringIO()
    run(lines, out, now=NOW, **options)
    return [json.loads(line)["values"] for line in out.getvalue().splitlines()]


def test_each_line_gets_one_answer():
    assert answers(["tomorrow at 3pm\n", "hello\n", "\n", "14:00\n"]) == [["2026-11-19 15:00"], [], [], ["14:00"]]


def test_days_that_are_over_can_be_left_out():
    assert answers(["Monday"]) == [["2026-11-23", "2026-11-16"]]
    assert answers(["Monday"], future_only=True) == [["2026-11-23"]]


def test_an_answer_is_written_before_the_next_line_is_read():
    out = io.StringIO()
    seen = []

    def lines():
        yield "today"
        seen.append(out.getvalue())
        yield "tomorrow"

    run(lines(), out, now=NOW)
    assert json.loads(seen[0]) == {"values": ["2026-11-18"]}


@pytest.mark.parametrize(
    ("timezone", "language", "order"),
    [
        ("Europe/London", "en", True),
        ("America/New_York", "en", False),
        ("America/Indiana/Knox", "en", False),
        (None, "en", None),
        (None, "de", True),
        ("America/New_York", "es", True),
    ],
)
def test_the_order_of_day_and_month_follows_the_country(timezone, language, order):
    assert day_order(timezone=timezone, language=language) is order


@pytest.mark.parametrize(
    ("timezone", "country", "order"),
    [
        *(("Europe/London", "GB", True), ("America/New_York", "US", False), ("America/Toronto", "CA", None)),
        *(("US/Pacific", "US", False), ("Asia/Manila", "PH", False), ("Australia/Sydney", "AU", True)),
    ],
)
def test_country_and_timezone_agree_about_the_order(timezone, country, order):
    assert day_order(timezone=timezone, language="en") is order
    assert day_first_in(country) is order


def test_now_is_taken_to_the_timezone_of_the_business():
    assert local_now("2026-07-01T23:30:00Z", "Europe/Berlin") == datetime(2026, 7, 2, 1, 30)
    assert local_now("2026-07-01T23:30:00", "Europe/Berlin") == datetime(2026, 7, 1, 23, 30)
