"""What counts as an enquiry, who is said to have answered it, how long it took."""

import csv
import datetime as dt
import html
import io
import re

import pytest
from django.db import connection

from agents.models import UsageRecord
from conversations import handoffs
from escalations.models import Rating
from escalations.reports.period import Period
from tenants import clock
from tests.desk.conftest import DeskClient

FRIDAY = dt.datetime(2026, 11, 27, 12, 0, tzinfo=dt.UTC)


def at(day, time):
    """A moment of November 2026, when London is on UTC."""
    hour, minute = time.split(":")
    return clock.pinned(dt.datetime(2026, 11, day, int(hour), int(minute), tzinfo=dt.UTC))


@pytest.fixture
def friday(clinic):
    with clock.pinned(FRIDAY):
        yield


def figures(client, query=""):
    """Label → value and note, as they stand on the page."""
    page = " ".join(html.unescape(client.get(f"reports/{query}").content.decode()).split())
    cards = re.findall(
        r'figure-card__label">(.*?) <span class="counts">.*?figure-card__value">(.*?)</p>'
        r'(?: <p class="figure-card__note">(.*?)</p>)?',
        page,
    )
    return {label: (value, note) for label, value, note in cards}


def table(client, name, path="reports/table.csv"):
    answer = client.get(f"{path}?table={name}&days=28")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.reader(io.StringIO(answer.content.decode())))


@pytest.fixture
def a_week(scene, bob):
    """Maria: the assistant alone, twice. Tom: handed over, Bob after an hour. Grace: at night. Omar: nobody yet."""
    with at(23, "10:00"):
        maria = scene.writes("Maria", "Do you do check-ups?")
        scene.writes("Maria", "For children too?")
    with at(23, "10:01"):
        scene.says(maria, "Yes, we do.")
    with at(24, "09:00"):
        scene.writes("Maria", "And on Friday?")
    with at(24, "09:03"):
        scene.says(maria, "On Friday too.")
    with at(24, "11:00"):
        tom = scene.writes("Tom", "I want a person")
        scene.says(tom, "I'll ask the team.")
        scene.hands_over(tom)
    with at(24, "12:00"):
        handoffs.take_over(scene.business, tom, bob)
        scene.says(tom, "Bob here.", author="staff", staff_id=bob.pk)
    with at(24, "23:30"):
        grace = scene.writes("Grace", "Are you open tomorrow?")
        scene.says(grace, "From half past eight.")
    with at(26, "16:00"):
        scene.writes("Omar", "Hello?")
    return {"maria": maria, "tom": tom, "grace": grace}


def test_a_conversations_day_is_one_enquiry_and_alone_means_that_nobody_else_had_to(alices, a_week, friday):
    found = figures(alices)
    assert found["Enquiries"] == ("5", "")
    assert found["By the assistant alone"] == ("60 %", "3 of 5")
    days = {row[0]: row[2:] for row in table(alices, "days")[1:]}
    assert days["2026-11-23"] == ["1", "0", "0"]
    assert days["2026-11-24"] == ["2", "1", "0"]
    assert days["2026-11-26"] == ["0", "0", "1"]
    assert days["2026-11-25"] == ["0", "0", "0"]


def test_the_first_reply_is_measured_from_the_first_message(alices, a_week, friday):
    # 60 s, 180 s, and twice at once: the median lies between 0 and 60.
    assert figures(alices)["First reply"] == ("30 s", "nine of ten within 3 min")


def test_what_was_asked_while_closed_is_told_apart(alices, a_week, friday):
    assert figures(alices)["While you were closed"] == ("1", "100 % by the assistant alone")


def test_why_people_were_needed_says_how_long_patients_waited(alices, a_week, friday):
    assert table(alices, "reasons")[1:] == [["Asked for a person", "1", "1", "3600"]]


def test_the_busiest_hour_is_in_the_businesss_own_time(alices, scene):
    with clock.pinned(dt.datetime(2026, 7, 6, 22, 30, tzinfo=dt.UTC)):  # 23:30 on Monday in London
        scene.writes("Nora", "Hello")
    with clock.pinned(dt.datetime(2026, 7, 6, 23, 30, tzinfo=dt.UTC)):  # half past midnight on Tuesday
        scene.writes("Nora", "Anybody there?")
        hours = {row[0]: row[1:] for row in table(alices, "hours")[1:]}
        assert hours["Monday"][23] == "1"
        assert hours["Tuesday"][0] == "1"
        assert figures(alices)["Enquiries"][0] == "2"
        assert "Busiest: Monday, 23:00 to 24:00, 1 message." in alices.get("reports/").content.decode()


def test_cost_and_satisfaction_are_of_these_days_only(alices, a_week, friday):
    def used(micro, at=FRIDAY, purpose="turn"):
        UsageRecord.objects.create(provider="anthropic", model="m", ok=True, cost_micro=micro, at=at, purpose=purpose)

    used(20_000)
    used(30_000)
    used(9_000_000, purpose="trial")
    used(9_000_000, at=FRIDAY - dt.timedelta(days=40))
    Rating.objects.create(conversation=a_week["maria"], score=5, answered_at=FRIDAY)
    Rating.objects.create(conversation=a_week["tom"], score=2, answered_at=FRIDAY)
    Rating.objects.create(conversation=a_week["grace"])
    found = figures(alices)
    assert found["Cost of an enquiry"] == ("$0.010", "$0.05 in all")
    assert found["Satisfaction"] == ("3.5 of 5", "2 of 3 answered")
    used(None)
    assert figures(alices)["Cost of an enquiry"] == ("–", "a call of unknown cost")


def test_the_days_before_are_compared_with(alices, scene, a_week, friday):
    assert figures(alices, "?days=7&until=2026-11-30")["Enquiries"][0] == "5"  # ahead: until today
    assert "Later" in alices.get("reports/?days=7&until=2026-11-23").content.decode()
    with clock.pinned(FRIDAY + dt.timedelta(days=7)):
        scene.writes("Nora", "Hello")
        assert figures(alices, "?days=7")["Enquiries"] == ("1", "4 fewer than in the 7 days before")


def test_nothing_in_these_days_says_what_to_do(alices, friday):
    page = html.unescape(alices.get("reports/").content.decode())
    assert "No enquiries in these days" in page
    assert "Your WhatsApp number" in page


@pytest.mark.parametrize(
    "query", ["?days=0&until=x", "?days=9999999999&until=0001-01-01", "?until=2026-02-31", "?days=²"]
)
def test_nonsense_in_the_address_is_the_usual_four_weeks(query, alices, friday):
    page = alices.get(f"reports/{query}").content.decode()
    assert "31 Oct – 27 Nov 2026" in page


def test_bars_cover_every_day_once():
    for days in (7, 28, 91, 364):
        with clock.pinned(FRIDAY):
            period = Period.read(str(days), "", "Europe/London")
        covered = [
            first + dt.timedelta(days=number)
            for first, last in period.bars()
            for number in range((last - first).days + 1)
        ]
        assert covered == [period.first + dt.timedelta(days=number) for number in range(days)]


def test_no_report_asks_the_database_more_than_twelve_times(alices, a_week, friday, django_assert_max_num_queries):
    for path in ("reports/", "reports/diary/", "reports/table.csv?table=hours"):
        alices.get(path)
        with django_assert_max_num_queries(12):
            alices.get(path)


def test_another_businesss_owner_sees_nothing(clinic, charlie, a_week, friday):
    strangers = DeskClient(clinic, charlie)
    for path in ("reports/", "reports/table.csv", "reports/diary/", "reports/diary/table.csv"):
        assert strangers.get(path).status_code == 404
    assert connection.schema_name == clinic.schema_name
