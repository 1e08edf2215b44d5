"""Named cases; all of them together are held by test_availability_by_reference.py."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from calendar_sync.availability import Calendar, DayRules, Demand, Hours, Period, Pool, free_starts, moment, pool_bars
from calendar_sync.special_days import SpecialDay, on_days
from calendar_sync.working_hours import opening_spans

LONDON = ZoneInfo("Europe/London")


def at(text):
    return dt.datetime.fromisoformat(text)


def hours(*periods):
    return [Hours(dt.time.fromisoformat(begin), dt.time.fromisoformat(end)) for begin, end in periods]


def rules(*periods, zone=LONDON, **more):
    return DayRules(zone=zone, weekly=dict.fromkeys(range(7), hours(*periods)), **more)


def opened(week):
    return opening_spans(LONDON, week, {}, TUESDAY - dt.timedelta(3), TUESDAY + dt.timedelta(3))


def span(begin, end):
    return Period(at(begin), at(end)).span


def starts(calendar, begin, end, minutes=60, grid=60, before=0, after=0, pools=()):
    """In the window, as the wall clock shows them."""
    demand = Demand(length=minutes * 60, before=before * 60, after=after * 60, grid=grid * 60)
    found = free_starts(calendar, demand, Period(begin, end), barred=pool_bars(pools, demand))
    return [f"{dt.datetime.fromtimestamp(each, calendar.rules.zone):%H:%M}" for each in found]


def starts_on(day, calendar, **options):
    begin, end = (dt.datetime.combine(each, dt.time.min, calendar.rules.zone) for each in (day, day + dt.timedelta(1)))
    return starts(calendar, begin, end, **options)


TUESDAY = dt.date(2026, 11, 24)


def test_each_period_of_a_day_has_its_own_grid():
    calendar = Calendar(rules=rules(("08:30", "11:00"), ("12:15", "14:20")))
    assert starts_on(TUESDAY, calendar) == ["08:30", "09:30", "12:15", "13:15"]


def test_an_appointment_must_fit_whole_between_what_is_taken():
    calendar = Calendar(rules=rules(("09:00", "13:00")), taken=[span("2026-11-24T10:10Z", "2026-11-24T10:20Z")])
    assert starts_on(TUESDAY, calendar, minutes=30, grid=30) == [
        "09:00",
        "09:30",
        "10:30",
        "11:00",
        "11:30",
        "12:00",
        "12:30",
    ]


def test_ones_own_exception_goes_before_everybodys_and_that_before_the_week():
    morning, evening = [Hours(dt.time(9), dt.time(10))], [Hours(dt.time(19), dt.time(20))]
    everybodys = {TUESDAY: morning, dt.date(2026, 11, 25): []}
    calendar = Calendar(rules=rules(("12:00", "13:00"), own_days={TUESDAY: evening}, everybodys_days=everybodys))
    assert starts_on(TUESDAY, calendar) == ["19:00"]
    assert starts_on(dt.date(2026, 11, 25), calendar) == []
    assert starts_on(dt.date(2026, 11, 26), calendar) == ["12:00"]


def test_nothing_before_or_after_the_window():
    calendar = Calendar(rules=rules(("09:00", "13:00")))
    assert starts(calendar, at("2026-11-24T09:01Z"), at("2026-11-24T11:00Z")) == ["10:00"]


def test_an_hour_that_the_clock_skips_is_not_offered():
    calendar = Calendar(rules=rules(("00:00", "04:00")))
    assert starts_on(dt.date(2026, 3, 29), calendar, grid=30) == ["00:00", "00:30", "02:00", "02:30", "03:00"]


def test_an_appointment_across_the_skipped_hour_has_its_real_length():
    calendar = Calendar(rules=rules(("00:30", "02:30")))  # one real hour
    assert starts_on(dt.date(2026, 3, 29), calendar, minutes=60, grid=15) == ["00:30"]


def test_an_hour_that_comes_twice_is_offered_once_the_first_time():
    calendar = Calendar(rules=rules(("00:30", "03:00")))
    demand = Demand(length=30 * 60, grid=30 * 60)
    found = free_starts(calendar, demand, Period(at("2026-10-24T23:00Z"), at("2026-10-25T23:00Z")))
    assert [f"{dt.datetime.fromtimestamp(each, dt.UTC):%H:%M}" for each in found] == [
        "23:30",
        "00:00",
        "00:30",
        "02:00",
        "02:30",
    ]


def test_a_period_that_begins_in_the_skipped_hour_begins_when_it_is_over():
    assert moment(dt.date(2026, 3, 29), dt.time(1, 30), LONDON) == at("2026-03-29T01:00Z")
    calendar = Calendar(rules=rules(("01:30", "03:00")))
    assert starts_on(dt.date(2026, 3, 29), calendar, minutes=30, grid=30) == ["02:00", "02:30"]


def test_a_day_without_midnight_still_has_its_hours():
    cairo = ZoneInfo("Africa/Cairo")  # 2026-04-24 begins at 01:00
    calendar = Calendar(rules=rules(("00:00", "03:00"), zone=cairo))
    assert starts_on(dt.date(2026, 4, 24), calendar) == ["01:00", "02:00"]


def test_hours_past_midnight_belong_to_the_day_on_which_they_begin():
    friday = {4: hours(("22:00", "02:00"))}
    calendar = Calendar(rules=DayRules(zone=LONDON, weekly=friday))
    assert starts_on(dt.date(2026, 11, 27), calendar) == ["22:00", "23:00"]
    assert starts_on(dt.date(2026, 11, 28), calendar) == ["00:00", "01:00"]
    assert starts_on(dt.date(2026, 11, 29), calendar) == []


def test_equal_times_are_a_whole_day_and_days_that_touch_are_one():
    calendar = Calendar(rules=rules(("00:00", "00:00")))
    assert starts_on(TUESDAY, calendar, minutes=120, grid=480) == ["00:00", "08:00", "16:00"]
    assert "23:00" in starts_on(TUESDAY, calendar, minutes=120)  # ends after midnight
    assert starts(calendar, at("2026-11-24T22:30Z"), at("2026-11-24T23:30Z"), minutes=120) == ["23:00"]


def test_hours_past_midnight_cross_a_clock_change():
    calendar = Calendar(rules=rules(("22:00", "04:00")))
    begin, end = at("2026-03-28T20:00Z"), at("2026-03-29T12:00Z")
    assert starts(calendar, begin, end) == ["22:00", "23:00", "00:00", "02:00", "03:00"]


def test_weeks_alternate_without_regard_to_the_year():
    weeks = {"weekly": {0: hours(("09:00", "10:00"))}, "other_weekly": {0: hours(("19:00", "20:00"))}}
    calendar = Calendar(rules=DayRules(zone=LONDON, fortnight_from=dt.date(2026, 12, 14), **weeks))
    mondays = [dt.date(2026, 12, 7) + number * dt.timedelta(7) for number in range(6)]  # 2026 has 53 ISO weeks
    found = [starts_on(each, calendar) for each in mondays]
    assert found == [["19:00"], ["09:00"], ["19:00"], ["09:00"], ["19:00"], ["09:00"]]


def test_without_a_first_a_week_every_week_is_one():
    weeks = {"weekly": {0: hours(("09:00", "10:00"))}, "other_weekly": {0: hours(("19:00", "20:00"))}}
    calendar = Calendar(rules=DayRules(zone=LONDON, **weeks))
    assert {tuple(starts_on(dt.date(2026, 11, day), calendar)) for day in (16, 23, 30)} == {("09:00",)}


def test_nobody_works_while_the_location_is_closed():
    opening = opened({1: hours(("08:30", "12:30"), ("14:00", "16:00"))})
    calendar = Calendar(rules=rules(("08:00", "18:00"), opening=opening))
    assert starts_on(TUESDAY, calendar) == ["08:30", "09:30", "10:30", "11:30", "14:00", "15:00"]
    assert starts_on(TUESDAY + dt.timedelta(1), calendar) == []


def test_an_exception_is_not_cut_to_the_opening_hours():
    opening = opened({1: hours(("08:30", "12:30"))})
    calendar = Calendar(rules=rules(opening=opening, own_days={TUESDAY: hours(("18:00", "20:00"))}))
    assert starts_on(TUESDAY, calendar) == ["18:00", "19:00"]


def special(date, yearly=True, *periods):
    return SpecialDay(date=dt.date.fromisoformat(date), yearly=yearly, hours=hours(*periods))


@pytest.mark.parametrize(
    ("known", "first", "last", "found"),
    [
        ([special("2024-12-24")], "2026-12-20", "2028-01-05", ["2026-12-24", "2027-12-24"]),
        ([special("2026-12-24")], "2025-12-20", "2026-12-31", ["2026-12-24"]),  # not before it began
        ([special("2026-12-24", False)], "2027-12-20", "2027-12-31", []),
        ([special("2024-02-29")], "2025-02-20", "2028-03-05", ["2028-02-29"]),
        ([special("2024-01-01")], "2026-12-30", "2027-01-02", ["2027-01-01"]),
    ],
)
def test_a_yearly_exception_comes_again_where_its_day_exists(known, first, last, found):
    days = on_days(known, dt.date.fromisoformat(first), dt.date.fromisoformat(last))
    assert sorted(map(str, days)) == found


def test_a_date_of_its_own_goes_before_a_yearly_one_and_a_younger_one_before_an_older():
    oldest, older, dated = (
        special("2023-12-24"),
        special("2024-12-24"),
        special("2026-12-24", False, ("09:00", "12:00")),
    )
    days = on_days([dated, older, oldest], dt.date(2025, 1, 1), dt.date(2026, 12, 31))
    assert days == {dt.date(2025, 12, 24): older, dt.date(2026, 12, 24): dated}


def test_buffers_keep_off_what_is_taken_but_may_lie_outside_working_hours():
    calendar = Calendar(rules=rules(("09:00", "12:00")), taken=[span("2026-11-24T10:00Z", "2026-11-24T10:30Z")])
    wanted = {"minutes": 30, "grid": 15, "before": 15, "after": 15}
    assert starts_on(TUESDAY, calendar, **wanted) == ["09:00", "09:15", "10:45", "11:00", "11:15", "11:30"]


def test_buffers_may_lie_in_time_off():
    calendar = Calendar(rules=rules(("09:00", "12:00")), time_off=[span("2026-11-24T10:00Z", "2026-11-24T11:00Z")])
    assert starts_on(TUESDAY, calendar, grid=30, before=30, after=30) == ["09:00", "11:00"]


def test_the_same_room_must_be_free_all_the_time():
    """At every moment one of the two is free, but neither is for an hour."""
    calendar = Calendar(rules=rules(("09:00", "11:00")))
    one, other = [span("2026-11-24T09:00Z", "2026-11-24T10:00Z")], [span("2026-11-24T10:00Z", "2026-11-24T11:00Z")]
    assert starts_on(TUESDAY, calendar, grid=30, pools=[Pool(taken=[one, other])]) == ["09:00", "10:00"]
    assert starts_on(TUESDAY, calendar, grid=30, pools=[Pool(taken=[one, other], needed=2)]) == []


def test_of_each_kind_enough_must_be_free():
    calendar = Calendar(rules=rules(("09:00", "12:00")))
    morning = [span("2026-11-24T09:00Z", "2026-11-24T10:00Z")]
    rooms, laser = (
        Pool(taken=[morning, [], []], needed=2),
        Pool(taken=[[span("2026-11-24T11:00Z", "2026-11-24T12:00Z")]]),
    )
    assert starts_on(TUESDAY, calendar, pools=[rooms, laser]) == ["09:00", "10:00"]
    assert starts_on(TUESDAY, calendar, pools=[rooms, Pool(taken=[], needed=1)]) == []
