"""Hours that a clock change leaves out or brings twice (fault 40, the part of reading)."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calendar_sync.local_time import moments_at

LONDON = ZoneInfo("Europe/London")
ZONES = [ZoneInfo(name) for name in ("Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Tokyo")]


def utc(*parts):
    return dt.datetime(*parts, tzinfo=dt.UTC)


def test_an_hour_that_the_clock_skips_is_no_moment():
    assert moments_at(dt.datetime(2027, 3, 28, 1, 30), LONDON) == ()


def test_an_hour_that_comes_twice_is_two_moments():
    assert moments_at(dt.datetime(2026, 10, 25, 1, 30), LONDON) == (utc(2026, 10, 25, 0, 30), utc(2026, 10, 25, 1, 30))


def test_any_other_time_is_one_moment():
    assert moments_at(dt.datetime(2026, 11, 20, 14, 0), LONDON) == (utc(2026, 11, 20, 14),)
    assert moments_at(dt.datetime(2027, 3, 28, 2, 0), LONDON) == (utc(2027, 3, 28, 1),)


def test_a_time_with_an_offset_is_refused():
    with pytest.raises(ValueError, match="no offset"):
        moments_at(utc(2026, 11, 20), LONDON)


@settings(max_examples=300)
@given(st.datetimes(min_value=dt.datetime(1995, 1, 1), max_value=dt.datetime(2036, 1, 1)), st.sampled_from(ZONES))
def test_every_moment_is_found_under_the_time_that_its_clock_shows(moment, zone):
    moment = moment.replace(microsecond=0, tzinfo=dt.UTC)
    local = moment.astimezone(zone).replace(tzinfo=None, fold=0)
    assert moment in moments_at(local, zone)
