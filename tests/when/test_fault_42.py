"""Fault 42: "Next Friday", "12/11", "half 4" are read in the business's timezone, and read back before booking."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from calendar_sync.when import day_first_in, for_booking
from tests.guided.desk import Chat, Practice, brief_of

# Friday 20 November in London, already Saturday in Auckland, and still Thursday in Honolulu.
MOMENT = dt.datetime(2026, 11, 20, 9, 30, tzinfo=dt.UTC)


def first_day(text, zone, country):
    now = MOMENT.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    return for_booking(text, now=now, day_first=day_first_in(country)).dates[0].readings[0].first


@pytest.mark.parametrize(
    ("zone", "country", "day"),
    [
        ("Europe/London", "GB", dt.date(2026, 11, 27)),
        ("Pacific/Kiritimati", "KI", dt.date(2026, 11, 27)),
        ("Pacific/Honolulu", "US", dt.date(2026, 11, 27)),
    ],
)
def test_fault_42_next_friday_counts_from_the_businesss_own_day(zone, country, day):
    assert first_day("next Friday", zone, country) == day


def test_fault_42_tomorrow_is_the_businesss_tomorrow():
    assert first_day("tomorrow", "Europe/London", "GB") == dt.date(2026, 11, 21)
    assert first_day("tomorrow", "Pacific/Honolulu", "US") == dt.date(2026, 11, 20)


def test_fault_42_the_country_tells_the_order_of_day_and_month():
    assert first_day("12/11", "Europe/London", "GB") == dt.date(2027, 11, 12)
    assert first_day("12/11", "America/Chicago", "US") == dt.date(2026, 12, 11)
    readings = for_booking("12/11", now=dt.datetime(2026, 11, 20), day_first=day_first_in("CA")).dates[0].readings
    assert {reading.first for reading in readings} == {dt.date(2027, 11, 12), dt.date(2026, 12, 11)}


def test_fault_42_half_4_is_half_past():
    readings = for_booking("half 4", now=dt.datetime(2026, 11, 20, 10)).times[0].readings
    assert [reading.start for reading in readings] == [dt.time(16, 30), dt.time(4, 30)]


@pytest.mark.parametrize(
    ("country", "words", "read_back", "start"),
    [
        ("GB", "a check-up next Friday at half 4", "Friday 27 November at 16:30", "2026-11-27T16:30"),
        ("GB", "a check-up on 12/12 at half 4", "Saturday 12 December at 16:30", "2026-12-12T16:30"),
        ("GB", "a check-up on 4/12 at 2pm", "Friday 4 December at 14:00", "2026-12-04T14:00"),
        ("US", "a check-up on 12/11 at half past 3", "Friday, December 11 at 3:30 pm", "2026-12-11T15:30"),
    ],
)
def test_fault_42_it_is_read_back_and_booked_on_yes(country, words, read_back, start):
    chat = Chat(Practice(brief_of(country=country)))
    assert read_back in chat.say(f"Can I have {words}?")
    assert chat.practice.appointments == {}
    chat.say("yes please")
    assert [each["start"] for each in chat.practice.appointments.values()] == [start]
