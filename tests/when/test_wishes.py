"""What somebody who books wishes, on Wednesday 18 November 2026, 10:00."""

from datetime import date, datetime, time

import pytest

from calendar_sync.when import DayRange, for_booking

NOW = datetime(2026, 11, 18, 10)


def wish(text, **options):
    return for_booking(text, now=NOW, **options)


def fits(text, start, **options):
    return wish(text, **options).rank(datetime.fromisoformat(start)) is not None


def best(text, **options):
    """(day, time) of each option, by its likeliest reading."""
    found = []
    for option in wish(text, **options).options:
        day = option.date.readings[0].first.isoformat() if option.date else None
        moment = option.time.readings[0] if option.time else None
        found.append((day, f"{moment.start or moment.end:%H:%M}" if moment else None))
    return found


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("Do it for 4 in the evening on Saturday this week", [("2026-11-21", "16:00")]),
        ("Monday at 3 or Tuesday at 4", [("2026-11-23", "15:00"), ("2026-11-24", "16:00")]),
        ("Monday at 3 or Tuesday", [("2026-11-23", "15:00"), ("2026-11-24", None)]),
        ("Monday or Tuesday at 3", [("2026-11-23", "15:00"), ("2026-11-24", "15:00")]),
        ("Thursday or Friday next week", [("2026-11-26", None), ("2026-11-27", None)]),
        ("some time next week, ideally Thursday", [("2026-11-26", None)]),
        ("the 3rd, 4th or 5th of December", [("2026-12-03", None), ("2026-12-04", None), ("2026-12-05", None)]),
        ("in the morning is best, about ten", [(None, "10:00")]),
    ],
)
def test_alternatives_keep_their_own_times(text, options):
    assert best(text) == options


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("Tuesday at 3. No wait, Wednesday of next week", [("2026-11-25", "15:00")]),
        ("Monday at 3, sorry, 4", [("2026-11-23", "16:00")]),
        ("Monday at 3, sorry, at 4", [("2026-11-23", "16:00")]),
        ("Actually no, make it the 12th of March at 10:00", [("2027-03-12", "10:00")]),
        ("move my 3pm on Friday to Monday at 4", [("2026-11-23", "16:00")]),
        ("can you move it from Tuesday to Thursday?", [("2026-11-19", None)]),
    ],
)
def test_what_is_taken_back_is_gone(text, options):
    assert wish(text).correction
    assert best(text) == options


def test_what_is_moved_from_is_told():
    moved = wish("move it from Tuesday at 3 to Thursday")
    assert moved.taken_back[0].date.weekday == 1


def test_a_stretch_of_time_fits_what_is_in_it():
    assert fits("any time after 5 on Friday", "2026-11-20T17:30")
    assert not fits("before 5 on Friday", "2026-11-20T17:00")
    assert fits("by 5 on Friday", "2026-11-20T17:00")
    assert fits("tomorrow between 2 and 4pm", "2026-11-19T15:45")
    assert not fits("tomorrow between 2 and 4pm", "2026-11-19T16:30")
    assert fits("around 3 tomorrow", "2026-11-19T15:45")
    assert not fits("around 3 tomorrow", "2026-11-19T16:30")
    assert fits("Friday 9-11", "2026-11-20T10:15")


def test_noon_is_not_morning():
    assert not fits("Friday morning", "2026-11-20T12:00")
    assert fits("Friday afternoon", "2026-11-20T12:00")


def test_the_office_hour_ranks_before_the_other():
    assert wish("tomorrow at 3").rank(datetime(2026, 11, 19, 15)) == 0
    assert wish("tomorrow at 3").rank(datetime(2026, 11, 19, 3)) == 1
    assert wish("tomorrow at 3 pm").rank(datetime(2026, 11, 19, 3)) is None


def test_stretches_of_days_fit_what_is_in_them():
    assert wish("early next week").dates[0].readings == (DayRange(first=date(2026, 11, 23), last=date(2026, 11, 24)),)
    assert fits("from Monday to Wednesday", "2026-11-24T09:00")
    assert not fits("after the 25th", "2026-11-25T09:00")
    assert fits("not before Thursday", "2026-11-19T09:00")
    assert fits("within two weeks", "2026-12-01T09:00")
    assert fits("by Friday", "2026-11-19T09:00")


def test_this_week_does_not_begin_before_today():
    assert wish("this week").dates[0].readings[0].first == NOW.date()


def test_what_is_ruled_out_does_not_fit():
    for text in ("any day but Monday", "I can't do Monday", "Monday doesn't work", "not Monday or Tuesday"):
        assert not fits(text, "2026-11-30T09:00"), text
        assert fits(text, "2026-11-26T09:00"), text
    assert not fits("not in the morning", "2026-11-26T09:00")
    assert not fits("weekdays after 5", "2026-11-21T18:00")


def test_not_this_but_that():
    assert best("not Monday, Tuesday at 5") == [("2026-11-24", "17:00")]
    assert best("the 25th instead of the 24th") == [("2026-11-25", None)]


def test_the_named_weekday_of_today_may_be_in_a_week():
    readings = wish("Wednesday at 4").dates[0].readings
    assert [reading.first for reading in readings] == [date(2026, 11, 18), date(2026, 11, 25)]


def test_days_that_are_over_are_no_wish():
    for text in ("yesterday", "last Friday", "3 April 1985", "it hurts since Monday"):
        assert wish(text).past, text
        assert wish(text).options == (), text


def test_as_soon_as_possible_is_no_time():
    assert wish("as soon as possible please").asap
    assert wish("can I come now?").asap
    assert wish("next available").options == ()


@pytest.mark.parametrize(
    ("text", "sign", "days", "minutes"),
    [
        ("no, I meant the week after", 1, 7, 0),
        ("the day before?", -1, 1, 0),
        ("an hour later", 1, 0, 60),
        ("half an hour earlier", -1, 0, 30),
        ("anything later?", 1, 0, 0),
    ],
)
def test_a_change_against_what_was_said_is_kept_for_the_caller(text, sign, days, minutes):
    found = wish(text)
    assert (found.shift.sign, found.shift.days, found.shift.minutes) == (sign, days, minutes)
    assert found.options == ()


def test_it_repeats():
    assert wish("every two weeks, six times").recurring.every_days == 14
    assert wish("every two weeks, six times").recurring.times == 6
    assert wish("every Monday at 10").recurring.every_days == 7


def test_a_lone_figure_is_read_as_what_was_asked_for():
    assert best("3") == []
    assert best("3", expecting="time") == [(None, "15:00")]
    assert best("make it 9-11", expecting="time") == [(None, "09:00")]
    assert best("the 21", expecting="date") == [("2026-11-21", None)]
    assert best("option 2", expecting="time") == []
    assert best("2 people", expecting="time") == []


def test_a_time_range_has_both_ends():
    reading = wish("tomorrow between 2 and 4pm").times[0].readings[0]
    assert (reading.start, reading.end) == (time(14), time(16))
