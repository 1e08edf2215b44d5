import json

import pytest
from django.db import connection

from calendar_sync.models import CalendarConnection, Practitioner, PractitionerCalendar
from tenants.models import AuditEntry, Membership
from tests.google.consent import ACCOUNT, connect_through_the_pages, decide, leave, query_of

pytestmark = pytest.mark.django_db


def test_a_manager_connects_an_account_and_chooses_a_calendar(clinic, manager, google):
    page = connect_through_the_pages(manager, clinic, google)
    assert page.redirect_chain[-1][0] == f"{clinic.path}settings/calendars/"
    assert f"{ACCOUNT} is connected" in page.content.decode()
    account, ada = CalendarConnection.objects.get(), Practitioner.objects.get()
    assert (account.account, account.status) == (ACCOUNT, "connected")

    chosen = {"calendar": f"{account.pk}|ada@group.test"}
    page = manager.post(f"{clinic.path}settings/calendars/practitioners/{ada.pk}/", chosen, follow=True)
    assert f"Calendar of {ada.name}: Dr Ada." in page.content.decode()
    assert PractitionerCalendar.objects.get().calendar_id == "ada@group.test"
    assert set(AuditEntry.objects.values_list("action", flat=True)) >= {"calendar.connected", "calendar.chosen"}


def test_google_is_asked_for_lasting_access_with_pkce_and_no_more_scopes_than_needed(clinic, manager, google):
    asked = query_of(leave(manager, clinic))
    assert asked["access_type"] == "offline"
    assert asked["prompt"] == "consent"
    assert asked["code_challenge_method"] == "S256"
    assert {scope.rpartition("/")[2] for scope in asked["scope"].split()} == {"calendar.events", "calendar.readonly"}


def test_tokens_are_not_in_plain_in_the_database(account, google):
    with connection.cursor() as cursor:
        cursor.execute("SELECT token FROM calendar_sync_calendarconnection")
        stored = cursor.fetchone()[0]
    token = json.loads(account.token)
    assert token["refresh_token"].startswith("1//")
    assert token["refresh_token"] not in stored
    assert token["token"] not in stored


def test_denying_connects_nothing(clinic, manager, google):
    page = manager.get(decide(leave(manager, clinic), "deny"), follow=True)
    assert "access was not allowed" in page.content.decode()
    assert not CalendarConnection.objects.exists()


def test_a_way_back_works_once(clinic, manager, google):
    back = decide(leave(manager, clinic))
    manager.get(back)
    CalendarConnection.objects.all().delete()
    assert manager.get(back)["Location"] == "/home/"
    assert not CalendarConnection.objects.exists()


@pytest.mark.parametrize("state", ["", "nonsense", "WzEsMV0:1abc:forged", "\x00"])
def test_a_forged_way_back_connects_nothing_and_spoils_nothing(clinic, manager, google, state):
    back = decide(leave(manager, clinic))
    assert manager.get("/calendar/google/callback/", {"state": state, "code": "x"})["Location"] == "/home/"
    assert not CalendarConnection.objects.exists()
    manager.get(back)
    assert CalendarConnection.objects.exists()


def test_nobody_comes_back_in_somebody_elses_session(clinic, manager, google, browser_of, charlie):
    """Charlie is lured to a way back that Alice (or an attacker) began."""
    other = browser_of(charlie)
    assert other.get(decide(leave(manager, clinic)))["Location"] == "/home/"
    assert not CalendarConnection.objects.exists()


def test_a_stranger_is_sent_to_the_log_in(clinic, manager, google, browser_of):
    assert browser_of(None).get(decide(leave(manager, clinic)))["Location"].startswith("/accounts/login/")


def test_who_is_no_manager_any_more_when_coming_back_finds_nothing(clinic, manager, google, alice):
    back = decide(leave(manager, clinic))
    Membership.objects.filter(business=clinic, user=alice).update(role="staff")
    assert manager.get(back).status_code == 404
    assert not CalendarConnection.objects.exists()


def test_for_staff_the_pages_do_not_exist(clinic, account, browser_of, bob):
    client = browser_of(bob)
    ada = Practitioner.objects.get()
    assert client.get(f"{clinic.path}settings/calendars/").status_code == 404
    for path in ("connect/", "write/", f"{account.pk}/disconnect/", f"practitioners/{ada.pk}/"):
        assert client.post(f"{clinic.path}settings/calendars/{path}").status_code == 404
    account.refresh_from_db()
    assert account.status == "connected"


def test_without_a_google_project_the_page_says_what_is_missing(clinic, manager, settings):
    settings.GOOGLE_CLIENT_ID = settings.GOOGLE_CLIENT_SECRET = ""
    page = manager.get(f"{clinic.path}settings/calendars/").content.decode()
    assert "GOOGLE_CLIENT_ID" in page
    assert "/calendar/google/callback/" in page
    assert "Connect Google Calendar" not in page
    answer = manager.post(f"{clinic.path}settings/calendars/connect/", follow=True)
    assert "is missing" in answer.content.decode()


def test_half_the_permissions_are_refused_with_the_reason(clinic, manager, google):
    url = leave(manager, clinic)
    events = "https%3A%2F%2Fwww.googleapis.com%2Fauth%2Fcalendar.events"
    assert events in url
    back = decide(url.replace(f"{events}+", ""))
    assert "Both permissions are needed" in manager.get(back, follow=True).content.decode()
    assert not CalendarConnection.objects.exists()


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "status", "status": 500, "path": "/token"},
        {"kind": "drop", "path": "/token"},
        {"kind": "wrong_body", "path": "/token", "body": {"hello": 1}},
        {"kind": "wrong_body", "path": "calendarList", "body": {"items": "none"}},
        {"kind": "status", "status": 503, "path": "calendarList"},
    ],
)
def test_trouble_at_google_while_connecting_is_told_and_connects_nothing(clinic, manager, google, fault):
    back = decide(leave(manager, clinic))
    google.fault(vendor="google", times=0, **fault)
    assert "Google Calendar was not connected" in manager.get(back, follow=True).content.decode()
    assert not CalendarConnection.objects.exists()


def test_only_calendars_that_can_be_written_to_are_offered(clinic, manager, google, account):
    google.post(
        "/google/accounts",
        {"email": ACCOUNT, "calendars": [{"summary": "Holidays <b>", "id": "holidays@x", "accessRole": "reader"}]},
    )
    page = manager.get(f"{clinic.path}settings/calendars/").content.decode()
    assert "Dr Ada (practice@clinic.test)" in page
    writable = page.partition("<select")[2].partition("</select>")[0]
    assert "Dr Ada" in writable
    assert "Holidays" not in writable, "it can only block"
    ada = Practitioner.objects.get()
    picked = {"calendar": f"{account.pk}|holidays@x"}
    answer = manager.post(f"{clinic.path}settings/calendars/practitioners/{ada.pk}/", picked)
    assert answer.status_code == 422
    assert "Select a valid choice" in answer.content.decode()


def test_connecting_again_keeps_one_row_per_account(clinic, manager, google, account):
    connect_through_the_pages(manager, clinic, google)
    again = CalendarConnection.objects.get()
    assert again.pk == account.pk
    assert again.token != account.token
