"""When reminders go out: wall time, clock changes (fault 40), quiet hours."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from calendar_sync.reminder_times import QuietHours, before_start, offset_before

LONDON, NEW_YORK = ZoneInfo("Europe/London"), ZoneInfo("America/New_York")
NEVER = QuietHours(begins=dt.time(0), ends=dt.time(0), zone=LONDON)
NIGHT = QuietHours(begins=dt.time(20), ends=dt.time(8), zone=LONDON)
LUNCH = QuietHours(begins=dt.time(12), ends=dt.time(14), zone=LONDON)


def local(text, zone=LONDON, fold=0):
    return dt.datetime.fromisoformat(text).replace(tzinfo=zone, fold=fold)


def shown(moment, zone=LONDON):
    return moment.astimezone(zone).strftime("%a %d %b %H:%M")


@pytest.mark.parametrize(
    ("start", "minutes", "goes_out"),
    [
        ("2026-12-03 09:00", 1440, "Wed 02 Dec 09:00"),
        ("2026-12-03 09:00", 180, "Thu 03 Dec 06:00"),
        # The clocks go forward on 29 March 2026 at 01:00, back on 25 October 2026 at 02:00.
        ("2026-03-29 10:00", 1440, "Sat 28 Mar 10:00"),
        ("2026-03-29 10:00", 2880, "Fri 27 Mar 10:00"),
        ("2026-03-29 03:30", 180, "Sat 28 Mar 23:30"),
        ("2026-10-25 10:00", 1440, "Sat 24 Oct 10:00"),
        ("2026-10-25 03:30", 180, "Sun 25 Oct 01:30"),
        ("2026-10-26 01:30", 1440, "Sun 25 Oct 01:30"),
        # A wall time that the clocks skip is the end of what they skip.
        ("2026-03-30 01:30", 1440, "Sun 29 Mar 02:00"),
    ],
)
def test_fault_40_a_reminder_goes_out_at_the_right_local_time(start, minutes, goes_out):
    assert shown(before_start(local(start), minutes, NEVER)) == goes_out


def test_the_second_half_past_one_of_an_autumn_night_is_told_from_the_first():
    first, second = local("2026-10-25 01:30"), local("2026-10-25 01:30", fold=1)
    assert offset_before(second, 60, LONDON) == offset_before(first, 60, LONDON) + dt.timedelta(hours=1)
    assert shown(offset_before(second, 1440, LONDON)) == "Sat 24 Oct 01:30"


def test_the_businesss_own_zone_counts():
    start = local("2026-03-09 09:00", NEW_YORK)  # the clocks went forward there on the 8th
    assert shown(offset_before(start, 1440, NEW_YORK), NEW_YORK) == "Sun 08 Mar 09:00"


@pytest.mark.parametrize(
    ("start", "minutes", "quiet", "goes_out"),
    [
        ("2026-12-03 12:00", 180, NIGHT, "Thu 03 Dec 09:00"),
        ("2026-12-03 10:30", 180, NIGHT, "Thu 03 Dec 08:00"),  # 07:30 is too early; 08:00 is soon enough
        ("2026-12-03 08:30", 180, NIGHT, "Wed 02 Dec 19:30"),  # 08:00 would be too late: the evening before
        ("2026-12-03 21:00", 1440, NIGHT, "Thu 03 Dec 08:00"),
        ("2026-12-03 07:00", 1440, NIGHT, "Wed 02 Dec 08:00"),
        ("2026-12-03 08:15", 30, NIGHT, "Thu 03 Dec 08:00"),  # a quarter of an hour is half of what was wanted
        ("2026-12-03 16:00", 180, LUNCH, "Thu 03 Dec 14:00"),
        ("2026-12-03 14:30", 120, LUNCH, "Thu 03 Dec 11:30"),
        ("2026-12-03 20:00", 1440, NIGHT, "Thu 03 Dec 08:00"),  # quiet begins with its first minute
        ("2026-12-03 08:00", 1440, NIGHT, "Wed 02 Dec 08:00"),  # and is over with its last
        ("2026-03-29 08:30", 180, NIGHT, "Sat 28 Mar 19:30"),
    ],
)
def test_quiet_hours_move_it(start, minutes, quiet, goes_out):
    due = before_start(local(start), minutes, quiet)
    assert shown(due) == goes_out
    assert not quiet.covers(due)
