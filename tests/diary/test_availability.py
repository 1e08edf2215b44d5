import datetime as dt
from functools import cache
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from calendar_sync.availability import (
    Calendar,
    DayRules,
    Hours,
    Period,
    free_starts,
    is_busy,
    moment,
    works_during,
)

LONDON = ZoneInfo("Europe/London")
UTC = dt.UTC
MINUTE = dt.timedelta(minutes=1)


def at(text):
    return dt.datetime.fromisoformat(text)


def rules(*periods, zone=LONDON, **dated):
    hours = [Hours(dt.time.fromisoformat(begin), dt.time.fromisoformat(end)) for begin, end in periods]
    return DayRules(zone=zone, weekly=dict.fromkeys(range(7), hours), **dated)


def starts_on(day, calendar, minutes=60, grid=60, **options):
    zone = calendar.rules.zone
    begin = dt.datetime.combine(day, dt.time.min, zone)
    window = Period(begin, dt.datetime.combine(day + dt.timedelta(days=1), dt.time.min, zone))
    found = free_starts(calendar, length=minutes * MINUTE, window=window, grid=grid * MINUTE, **options)
    return [f"{each.astimezone(zone):%H:%M}" for each in found]


TUESDAY = dt.date(2026, 11, 24)


def test_each_period_of_a_day_has_its_own_grid():
    calendar = Calendar(rules=rules(("08:30", "11:00"), ("12:15", "14:20")))
    assert starts_on(TUESDAY, calendar) == ["08:30", "09:30", "12:15", "13:15"]


def test_an_appointment_must_fit_whole_between_what_is_taken():
    busy = [Period(at("2026-11-24T10:10Z"), at("2026-11-24T10:20Z"))]
    calendar = Calendar(rules=rules(("09:00", "13:00")), busy=busy)
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


def test_nothing_before_the_earliest_start():
    calendar = Calendar(rules=rules(("09:00", "12:00")))
    assert starts_on(TUESDAY, calendar, earliest=at("2026-11-24T09:01Z")) == ["10:00", "11:00"]


def test_an_hour_that_the_clock_skips_is_not_offered():
    calendar = Calendar(rules=rules(("00:00", "04:00")))
    assert starts_on(dt.date(2026, 3, 29), calendar, grid=30) == ["00:00", "00:30", "02:00", "02:30", "03:00"]


def test_an_appointment_across_the_skipped_hour_has_its_real_length():
    calendar = Calendar(rules=rules(("00:30", "02:30")))  # one real hour
    assert starts_on(dt.date(2026, 3, 29), calendar, minutes=60, grid=15) == ["00:30"]


def test_an_hour_that_comes_twice_is_offered_once_the_first_time():
    calendar = Calendar(rules=rules(("00:30", "03:00")))
    window = Period(at("2026-10-24T23:00Z"), at("2026-10-25T23:00Z"))
    found = free_starts(calendar, length=30 * MINUTE, window=window, grid=30 * MINUTE)
    assert [f"{each:%H:%M}" for each in found] == ["23:30", "00:00", "00:30", "02:00", "02:30"]


def test_a_period_that_begins_in_the_skipped_hour_begins_when_it_is_over():
    assert moment(dt.date(2026, 3, 29), dt.time(1, 30), LONDON) == at("2026-03-29T01:00Z")
    calendar = Calendar(rules=rules(("01:30", "03:00")))
    assert starts_on(dt.date(2026, 3, 29), calendar, minutes=30, grid=30) == ["02:00", "02:30"]


def test_a_day_without_midnight_still_has_its_hours():
    cairo = ZoneInfo("Africa/Cairo")  # 2026-04-24 begins at 01:00
    calendar = Calendar(rules=rules(("00:00", "03:00"), zone=cairo))
    assert starts_on(dt.date(2026, 4, 24), calendar) == ["01:00", "02:00"]


ZONES = [
    LONDON,
    ZoneInfo("America/New_York"),
    ZoneInfo("Australia/Lord_Howe"),
    ZoneInfo("Africa/Cairo"),
    ZoneInfo("Asia/Kolkata"),
]
CHANGES = [
    dt.date(2026, 3, 29),
    dt.date(2026, 10, 25),
    dt.date(2026, 3, 8),
    dt.date(2026, 11, 1),
    dt.date(2026, 4, 5),
    dt.date(2026, 4, 24),
]
times = st.integers(0, 24 * 12 - 1).map(lambda five: dt.time(five // 12, five % 12 * 5))
hours = st.tuples(times, times).filter(lambda pair: pair[0] < pair[1]).map(lambda pair: Hours(*pair))
some_hours = st.lists(hours, max_size=3)


@st.composite
def cases(draw):
    day = draw(st.sampled_from(CHANGES)) + dt.timedelta(days=draw(st.integers(-2, 1)))
    dates = st.integers(-1, 3).map(lambda more: day + dt.timedelta(days=more))
    dated = st.dictionaries(dates, some_hours, max_size=2)
    begin = dt.datetime.combine(day, dt.time.min, UTC)
    moments = st.integers(-60, 4 * 24 * 60).map(lambda minutes: begin + minutes * MINUTE)
    lengths = st.integers(1, 300)
    periods = st.lists(
        st.builds(lambda start, length: Period(start, start + length * MINUTE), moments, lengths), max_size=6
    )
    calendar = Calendar(
        rules=DayRules(
            zone=draw(st.sampled_from(ZONES)),
            weekly=draw(st.dictionaries(st.integers(0, 6), some_hours, min_size=4)),
            own_days=draw(dated),
            everybodys_days=draw(dated),
        ),
        time_off=draw(periods),
        busy=draw(periods),
    )
    start = draw(moments)
    window = Period(start, start + draw(st.integers(0, 36 * 60)) * MINUTE)
    return (
        calendar,
        window,
        draw(moments),
        draw(st.integers(1, 24)) * 5 * MINUTE,
        draw(st.sampled_from([5, 10, 15, 20, 45, 60])),
    )


def reference(calendar, window, earliest, length, grid):
    """Every minute of the window, looked at by a patient clerk with a clock on the wall."""
    found, offered = [], set()
    blocked = [*calendar.time_off, *calendar.busy]
    minute = window.starts_at
    wall_times_seen = _wall_times_before(window.starts_at, calendar.rules.zone)
    while minute < window.ends_at:
        wall = minute.astimezone(calendar.rules.zone).replace(tzinfo=None, fold=0)
        if wall not in offered and wall not in wall_times_seen:
            offered.add(wall)
            span = Period(minute, minute + length)
            on_grid = any(
                hours.starts <= wall.time() < hours.ends
                and (wall - dt.datetime.combine(wall.date(), hours.starts)) % (grid * MINUTE) == dt.timedelta(0)
                and span.ends_at <= _end(wall.date(), hours.ends, calendar.rules.zone)
                for hours in _hours_on(calendar.rules, wall.date())
            )
            if on_grid and minute >= earliest and not any(each.overlaps(span) for each in blocked):
                found.append(minute)
        minute += MINUTE
    return found


def _hours_on(its, day):
    if day in its.own_days:
        return its.own_days[day]
    if day in its.everybodys_days:
        return its.everybodys_days[day]
    return its.weekly.get(day.weekday(), [])


def _wall_times_before(start, zone):
    return {(start - n * MINUTE).astimezone(zone).replace(tzinfo=None, fold=0) for n in range(1, 200)}


@cache
def _end(day, wall, zone):
    """The first minute whose wall clock shows the time, or more."""
    minute = dt.datetime.combine(day, wall, UTC) - dt.timedelta(hours=13)
    target = dt.datetime.combine(day, wall)
    while minute.astimezone(zone).replace(tzinfo=None, fold=0) < target:
        minute += MINUTE
    return minute


@given(cases())
@settings(max_examples=100, deadline=None, derandomize=True, database=None)
def test_it_agrees_with_a_slow_and_obvious_reference(case):
    calendar, window, earliest, length, grid = case

    found = free_starts(calendar, length=length, window=window, earliest=earliest, grid=grid * MINUTE)

    assert found == reference(calendar, window, earliest, length, grid)
    for start in found:
        assert works_during(calendar, Period(start, start + length))
        assert not is_busy(calendar, Period(start, start + length))
