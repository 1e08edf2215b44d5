import datetime as dt

import pytest
from django.template import Context, Template
from django.utils import timezone

from tenants import clock
from tenants.templatetags.icons import UnknownIcon, icon
from tenants.templatetags.people import initials
from tenants.templatetags.times import age, day_heading, seconds, short_time

NOW = dt.datetime(2026, 11, 26, 23, 30, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _now():
    with clock.pinned(NOW), timezone.override("Europe/London"):
        yield


def test_an_icon_is_silent_unless_it_has_a_label():
    assert 'aria-hidden="true"' in icon("inbox")
    labelled = Template('{% load icons %}{% icon "send" label=words %}').render(Context({"words": '"Send" & go'}))
    assert 'role="img" aria-label="&quot;Send&quot; &amp; go"' in labelled
    assert "aria-hidden" not in labelled


@pytest.mark.parametrize("name", ["no-such-icon", "../licences/htmx", "", "inbox.svg"])
def test_an_unknown_icon_is_an_error_that_names_it(name):
    with pytest.raises(UnknownIcon, match="static/vendor/icons"):
        icon(name)


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Maria Lopes", "ML"),
        ("Maria da Silva Lopes", "ML"),
        ("maria", "M"),
        ("+44 7700 900417", "#"),
        ("", "?"),
        (None, "?"),
        ("Élodie Åberg", "ÉÅ"),
        ("Dr. 👋", "D"),
    ],
)
def test_initials_of_a_name(name, letters):
    assert initials(name) == letters


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (NOW - dt.timedelta(hours=2), "21:30"),
        (NOW - dt.timedelta(hours=24), "Yesterday"),
        (NOW - dt.timedelta(days=4), "Sun"),
        (NOW - dt.timedelta(days=14), "12 Nov"),
        (NOW - dt.timedelta(days=400), "23 Oct 2025"),  # summer time: past midnight in London
        (None, ""),
    ],
)
def test_a_time_is_as_short_as_its_age_allows(moment, words):
    assert short_time(moment) == words


def test_days_are_those_of_the_active_timezone():
    with timezone.override("Asia/Kolkata"):
        assert day_heading(NOW) == "Today"
        assert day_heading(NOW - dt.timedelta(hours=6)) == "Yesterday"
        assert short_time(NOW - dt.timedelta(hours=6)) == "Yesterday"
    assert day_heading(NOW - dt.timedelta(hours=6)) == "Today"
    assert day_heading(dt.date(2026, 12, 3)) == "Thu 3 December"


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        ({"seconds": 20}, "just now"),
        ({"minutes": 4}, "4 min"),
        ({"hours": 3}, "3 h"),
        ({"hours": 50}, "2 d"),
        ({"hours": -1}, "just now"),
    ],
)
def test_an_age_has_one_unit(ago, words):
    assert age(NOW - dt.timedelta(**ago)) == words


def test_durations_change_their_unit_at_a_second():
    assert [seconds(84.4), seconds(1040), seconds(None)] == ["84 ms", "1.04 s", ""]
