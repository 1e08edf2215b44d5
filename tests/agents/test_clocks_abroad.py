import datetime as dt

import pytest

from agents.clocks_abroad import clock_to_name
from tests.guided.desk import Chat, Practice, brief_of

WINTER = dt.datetime(2026, 11, 20, 10, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("phones", "timezone", "country", "told"),
    [
        (["+447911123456"], "Europe/London", "GB", ""),
        (["+4915112345678"], "Europe/London", "GB", "London"),
        (["+351912345678"], "Europe/London", "GB", ""),  # Lisbon's clocks show London's time
        (["+12125550123"], "America/Los_Angeles", "US", ""),  # one's own country says nothing
        (["+447911123456"], "America/New_York", "US", "New York"),
        (["+447911123456", "+12125550123"], "America/New_York", "GB", ""),  # one of two fits
        ([], "Europe/London", "GB", ""),
        (["not a number"], "Europe/London", "GB", ""),
    ],
)
def test_the_clock_is_named_only_to_those_whose_own_shows_another_time(phones, timezone, country, told):
    assert clock_to_name(phones, timezone, country, WINTER) == told


def test_times_are_read_back_with_the_name_of_the_clock_and_still_book():
    chat = Chat(Practice(brief_of(clock_of="London")))
    said = chat.say("Can I have a check-up next Tuesday at quarter past nine?")
    assert "on Tuesday 24 November at 09:15 (London time), 30 minutes" in said
    chat.say("yes please")
    assert [each["start"] for each in chat.practice.appointments.values()] == ["2026-11-24T09:15"]


def test_a_time_of_several_is_chosen_as_ever():
    chat = Chat(Practice(brief_of(clock_of="London")))
    chat.say("A check-up on Tuesday afternoon?")
    chat.say("the second one")
    chat.say("yes")
    assert len(chat.practice.appointments) == 1
