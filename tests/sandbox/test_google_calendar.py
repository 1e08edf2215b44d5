"""Google's own client libraries connect an account and work with its calendar."""

import json
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from google.auth.exceptions import RefreshError
from google.auth.transport.requests import Request
from google_auth_oauthlib.flow import Flow
from googleapiclient.errors import HttpError

from tests.sandbox.conftest import CALENDAR, GOOGLE_CLIENT, GOOGLE_SECRET, OWNER, Product, Sandbox, credentials_of

SCOPES = ["openid", "https://www.googleapis.com/auth/userinfo.email", "https://www.googleapis.com/auth/calendar"]
REDIRECT = "http://127.0.0.1:9/google/callback"


def at(hour: int, day: int = 23) -> dict[str, str]:
    return {"dateTime": f"2026-11-{day}T{hour:02}:00:00+00:00"}


def event(start: int = 9, end: int = 10, **fields: Any) -> dict[str, Any]:
    return {"summary": "Check-up", "start": at(start), "end": at(end), **fields}


def insert(calendar: Any, **fields: Any) -> dict[str, Any]:
    return calendar.events().insert(calendarId=CALENDAR, body=event(**fields)).execute()


def refused(request: Any) -> tuple[int, str]:
    """Status and reason of the error that a request gets."""
    with pytest.raises(HttpError) as error:
        request.execute()
    body = json.loads(error.value.content)["error"]
    assert body["code"] == error.value.resp.status
    return error.value.resp.status, body["errors"][0]["reason"]


def flow(sandbox: Sandbox) -> Flow:
    config = {
        "web": {
            "client_id": GOOGLE_CLIENT,
            "client_secret": GOOGLE_SECRET,
            "auth_uri": f"{sandbox.url}/google/o/oauth2/v2/auth",
            "token_uri": f"{sandbox.url}/google/token",
        }
    }
    return Flow.from_client_config(config, scopes=SCOPES, redirect_uri=REDIRECT)


def press(url: str, decision: str, account: str = OWNER) -> dict[str, list[str]]:
    """Opens the consent page and presses a button; the query of the redirect back."""
    page = httpx.get(url)
    assert page.status_code == 200
    assert OWNER in page.text
    assert "form-action 'self' http://127.0.0.1:9" in page.headers["content-security-policy"]
    answer = httpx.post(url, data={"account": account, "decision": decision})
    assert answer.status_code == 302
    assert answer.headers["location"].startswith(REDIRECT)
    return parse_qs(urlsplit(answer.headers["location"]).query)


def test_an_owner_allows_access_and_the_tokens_work(account, monkeypatch):
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
    oauth = flow(account)
    url, state = oauth.authorization_url(access_type="offline", prompt="consent")
    back = press(url, "allow")
    assert back["state"] == [state]

    oauth.fetch_token(code=back["code"][0])

    assert oauth.credentials.refresh_token
    headers = {"Authorization": f"Bearer {oauth.credentials.token}"}
    assert httpx.get(f"{account.url}/google/oauth2/v2/userinfo", headers=headers).json()["email"] == OWNER
    credentials = oauth.credentials
    credentials.refresh(Request())
    assert credentials.token != oauth.credentials.token
    oauth.oauth2session.close()


def test_a_code_works_once_and_only_with_its_verifier(account, monkeypatch):
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
    oauth = flow(account)
    url, _ = oauth.authorization_url(access_type="offline", prompt="consent")
    assert oauth.code_verifier
    form = {
        "grant_type": "authorization_code",
        "code": press(url, "allow")["code"][0],
        "redirect_uri": REDIRECT,
        "client_id": GOOGLE_CLIENT,
        "client_secret": GOOGLE_SECRET,
    }
    wrong = httpx.post(f"{account.url}/google/token", data={**form, "code_verifier": "wrong"})
    again = httpx.post(f"{account.url}/google/token", data={**form, "code_verifier": oauth.code_verifier})
    assert (wrong.status_code, wrong.json()["error_description"]) == (400, "Invalid code verifier.")
    assert (again.status_code, again.json()["error"]) == (400, "invalid_grant")
    stranger = httpx.post(f"{account.url}/google/token", data={**form, "client_secret": "wrong"})
    assert (stranger.status_code, stranger.json()["error"]) == (401, "invalid_client")
    oauth.oauth2session.close()


def test_a_second_consent_without_prompt_gives_no_refresh_token(account):
    def connect(prompt: str) -> dict[str, Any]:
        query = f"client_id={GOOGLE_CLIENT}&redirect_uri={REDIRECT}&response_type=code&scope=email&access_type=offline"
        back = press(f"{account.url}/google/o/oauth2/v2/auth?{query}{prompt}", "allow")
        form = {
            "grant_type": "authorization_code",
            "code": back["code"][0],
            "redirect_uri": REDIRECT,
            "client_id": GOOGLE_CLIENT,
            "client_secret": GOOGLE_SECRET,
        }
        return httpx.post(f"{account.url}/google/token", data=form).json()

    assert "refresh_token" in connect("")
    assert "refresh_token" not in connect("")
    assert "refresh_token" in connect("&prompt=consent")


def test_an_owner_denies(account, monkeypatch):
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
    url, state = flow(account).authorization_url()
    assert press(url, "deny") == {"state": [state], "error": ["access_denied"]}


def test_a_wrong_client_sees_a_page_not_a_redirect(account):
    answer = httpx.get(f"{account.url}/google/o/oauth2/v2/auth?client_id=x&response_type=code&redirect_uri={REDIRECT}")
    assert answer.status_code == 400
    assert "invalid_client" in answer.text


def test_revoked_access_is_invalid_grant(account, calendar):
    credentials = credentials_of(account)
    account.post("/google/revoke", email=OWNER)
    with pytest.raises(RefreshError) as error:
        credentials.refresh(Request())
    assert "invalid_grant" in str(error.value)
    with pytest.raises(RefreshError):
        calendar.calendarList().list().execute()


def test_an_expired_access_token_is_refreshed_by_the_client(account, calendar):
    account.post("/google/expire-access")
    assert calendar.calendarList().list().execute()["items"]


def test_the_calendars_of_the_account_are_listed(calendar):
    items = calendar.calendarList().list().execute()["items"]
    assert [(item["id"], item.get("primary", False)) for item in items] == [(OWNER, True), (CALENDAR, False)]
    assert calendar.calendars().get(calendarId="primary").execute()["id"] == OWNER


def test_a_narrow_scope_is_not_enough(connect):
    reader = connect("https://www.googleapis.com/auth/calendar.freebusy")
    assert refused(reader.events().list(calendarId=CALENDAR)) == (403, "insufficientPermissions")


def test_an_event_lives_and_its_id_is_never_used_again(calendar):
    made = insert(calendar, id="appt0001", extendedProperties={"private": {"appointment": "1"}})
    assert (made["id"], made["status"], made["sequence"]) == ("appt0001", "confirmed", 0)

    events = calendar.events()
    moved = events.patch(calendarId=CALENDAR, eventId="appt0001", body={"start": at(11), "end": at(12)}).execute()
    assert (moved["summary"], moved["sequence"]) == ("Check-up", 1)
    assert moved["etag"] != made["etag"]
    assert events.get(calendarId=CALENDAR, eventId="appt0001").execute() == moved
    replaced = events.update(calendarId=CALENDAR, eventId="appt0001", body=event(13, 14, summary="New")).execute()
    assert "extendedProperties" not in replaced

    events.delete(calendarId=CALENDAR, eventId="appt0001").execute()
    assert events.get(calendarId=CALENDAR, eventId="appt0001").execute()["status"] == "cancelled"
    assert refused(events.delete(calendarId=CALENDAR, eventId="appt0001")) == (410, "deleted")
    assert refused(events.insert(calendarId=CALENDAR, body=event(id="appt0001"))) == (409, "duplicate")
    assert refused(events.get(calendarId=CALENDAR, eventId="nothere")) == (404, "notFound")
    assert refused(events.get(calendarId="stranger@x.example", eventId="nothere")) == (404, "notFound")


def test_an_old_etag_is_refused(calendar):
    made = insert(calendar, id="appt0001")
    change = calendar.events().patch(calendarId=CALENDAR, eventId="appt0001", body={"summary": "One"})
    change.headers["If-Match"] = made["etag"]
    change.execute()
    assert refused(change) == (412, "conditionNotMet")
    delete = calendar.events().delete(calendarId=CALENDAR, eventId="appt0001")
    delete.headers["If-Match"] = made["etag"]
    assert refused(delete) == (412, "conditionNotMet")


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"id": "has-a-dash"}, "invalid"),
        ({"id": "abc"}, "invalid"),
        ({"sumary": "typo"}, "badRequest"),
        ({"summary": 5}, "badRequest"),
        ({"end": {"dateTime": "2026-11-23T10:00:00Z", "zone": "UTC"}}, "badRequest"),
        ({"end": at(8)}, "timeRangeEmpty"),
        ({"end": None}, "required"),
        ({"start": {"dateTime": "2026-11-23T09:00:00"}}, "required"),
        ({"recurrence": ["RRULE:FREQ=WEEKLY"]}, "required"),
        ({"start": {"dateTime": "tomorrow"}}, "invalid"),
    ],
)
def test_it_refuses_what_google_refuses(calendar, fields, reason):
    request = calendar.events().insert(calendarId=CALENDAR, body={**event(), **fields})
    assert refused(request) == (400, reason)


def test_unknown_and_wrong_query_parameters_are_refused(account):
    credentials = credentials_of(account)
    headers = {"Authorization": f"Bearer {credentials.token}"}
    for query in ("timeMn=2026-01-01T00:00:00Z", "maxResults=many", "singleEvents=1", "timeMin=2026-01-01T00:00:00"):
        answer = httpx.get(f"{account.url}/google/calendar/v3/calendars/primary/events?{query}", headers=headers)
        assert answer.status_code == 400, query
    assert httpx.get(f"{account.url}/google/calendar/v3/nothing", headers=headers).status_code == 404
    assert httpx.get(f"{account.url}/google/calendar/v3/users/me/calendarList").status_code == 401


def test_sync_tokens_bring_what_changed_and_expire(account, calendar):
    events = calendar.events()
    insert(calendar, id="appt0001")
    first = events.list(calendarId=CALENDAR).execute()
    assert [e["id"] for e in first["items"]] == ["appt0001"]

    insert(calendar, id="appt0002")
    events.delete(calendarId=CALENDAR, eventId="appt0001").execute()
    second = events.list(calendarId=CALENDAR, syncToken=first["nextSyncToken"]).execute()
    assert [(e["id"], e["status"]) for e in second["items"]] == [("appt0002", "confirmed"), ("appt0001", "cancelled")]
    assert "start" not in second["items"][1]
    third = events.list(calendarId=CALENDAR, syncToken=second["nextSyncToken"]).execute()
    assert third["items"] == []

    both = events.list(calendarId=CALENDAR, syncToken=first["nextSyncToken"], timeMin="2026-01-01T00:00:00Z")
    assert refused(both) == (400, "badRequest")
    account.post("/google/expire-sync")
    expired = events.list(calendarId=CALENDAR, syncToken=third["nextSyncToken"])
    assert refused(expired) == (410, "fullSyncRequired")
    assert refused(events.list(calendarId=CALENDAR, syncToken="nonsense")) == (410, "fullSyncRequired")


def test_lists_come_in_pages(calendar):
    for n in range(5):
        insert(calendar, id=f"appt{n:04}")
    request, ids, tokens = calendar.events().list(calendarId=CALENDAR, maxResults=2), [], []
    while request is not None:
        answer = request.execute()
        ids.append([e["id"] for e in answer["items"]])
        tokens.append("nextSyncToken" in answer)
        request = calendar.events().list_next(request, answer)
    assert ids == [["appt0000", "appt0001"], ["appt0002", "appt0003"], ["appt0004"]]
    assert tokens == [False, False, True]


def weekly(**fields: Any) -> dict[str, Any]:
    zone = {"timeZone": "Europe/London"}
    return {
        "id": "seriesa1",
        "start": {"dateTime": "2026-03-16T09:00:00", **zone},
        "end": {"dateTime": "2026-03-16T10:00:00", **zone},
        **fields,
    }


def test_a_recurring_event_keeps_its_hour_over_the_clock_change(calendar):
    events = calendar.events()
    rule = ["RRULE:FREQ=WEEKLY;UNTIL=20260413T080000Z", "EXDATE;TZID=Europe/London:20260323T090000"]
    events.insert(calendarId=CALENDAR, body=weekly(recurrence=rule)).execute()
    span = {"timeMin": "2026-03-01T00:00:00Z", "timeMax": "2026-05-01T00:00:00Z"}

    def shown() -> list[str]:
        answer = events.list(calendarId=CALENDAR, singleEvents=True, orderBy="startTime", **span).execute()
        return [e["start"]["dateTime"] for e in answer["items"]]

    assert shown() == [
        "2026-03-16T09:00:00Z",
        "2026-03-30T09:00:00+01:00",
        "2026-04-06T09:00:00+01:00",
        "2026-04-13T09:00:00+01:00",
    ]
    # One instance moves, another goes: both keep an event of their own.
    moved = {"start": {"dateTime": "2026-03-30T15:00:00+01:00"}, "end": {"dateTime": "2026-03-30T16:00:00+01:00"}}
    events.patch(calendarId=CALENDAR, eventId="seriesa1_20260330T080000Z", body=moved).execute()
    events.delete(calendarId=CALENDAR, eventId="seriesa1_20260406T080000Z").execute()
    assert shown() == ["2026-03-16T09:00:00Z", "2026-03-30T15:00:00+01:00", "2026-04-13T09:00:00+01:00"]


def test_free_busy_merges_what_blocks(calendar):
    insert(calendar, start=9, end=10)
    insert(calendar, start=9, end=11, status="tentative")
    insert(calendar, start=13, end=14, transparency="transparent")
    insert(calendar, start=15, end=16, eventType="outOfOffice")
    gone = insert(calendar, start=17, end=18)
    calendar.events().delete(calendarId=CALENDAR, eventId=gone["id"]).execute()
    day = {"summary": "Holiday", "start": {"date": "2026-11-24"}, "end": {"date": "2026-11-25"}}
    calendar.events().insert(calendarId=CALENDAR, body=day).execute()
    body = {
        "timeMin": "2026-11-23T09:30:00Z",
        "timeMax": "2026-11-24T12:00:00Z",
        "items": [{"id": CALENDAR}, {"id": "stranger@x.example"}],
    }
    answer = calendar.freebusy().query(body=body).execute()["calendars"]
    assert answer[CALENDAR]["busy"] == [
        {"start": "2026-11-23T09:30:00Z", "end": "2026-11-23T11:00:00Z"},
        {"start": "2026-11-23T15:00:00Z", "end": "2026-11-23T16:00:00Z"},
        {"start": "2026-11-24T00:00:00Z", "end": "2026-11-24T12:00:00Z"},
    ]
    assert answer["stranger@x.example"]["errors"] == [{"domain": "global", "reason": "notFound"}]
    assert refused(calendar.freebusy().query(body={**body, "timeMax": None})) == (400, "required")


def test_a_watcher_is_told_without_content(account, calendar, product: Product):
    channel = {"id": "channel-1", "type": "web_hook", "address": f"{product.url}/google/watch", "token": "secret"}
    made = calendar.events().watch(calendarId=CALENDAR, body=channel).execute()
    product.wait_for(1)
    insert(calendar)
    hooks = product.wait_for(2)
    assert [hook.headers["x-goog-resource-state"] for hook in hooks] == ["sync", "exists"]
    assert [hook.headers["x-goog-message-number"] for hook in hooks] == ["1", "2"]
    assert hooks[1].headers["x-goog-channel-token"] == "secret"
    assert hooks[1].raw == b""

    assert refused(calendar.events().watch(calendarId=CALENDAR, body=channel)) == (400, "channelIdNotUnique")
    insecure = {**channel, "id": "channel-2", "address": "http://desk.example.org/"}
    assert refused(calendar.events().watch(calendarId=CALENDAR, body=insecure)) == (400, "push.webhookUrlNotHttps")
    stop = {"id": "channel-1", "resourceId": made["resourceId"]}
    calendar.channels().stop(body=stop).execute()
    assert refused(calendar.channels().stop(body=stop)) == (404, "notFound")


def test_the_control_api_plays_the_calendars_owner(account, calendar):
    made = account.post("/google/events", calendar=CALENDAR, event=event(summary="Own time"))
    account.post("/google/events", calendar=CALENDAR, id=made["id"], event={"summary": "Own long time"})
    assert calendar.events().get(calendarId=CALENDAR, eventId=made["id"]).execute()["summary"] == "Own long time"
    answer = account.control.request("DELETE", "/google/events", json={"calendar": CALENDAR, "id": made["id"]})
    assert answer.is_success
    assert account.control.get("/google/events", params={"calendar": CALENDAR}).json()["events"] == []
    bad = account.control.post("/google/events", json={"calendar": CALENDAR, "event": {"sumary": "x"}})
    assert (bad.status_code, "sumary" in bad.json()["error"]) == (400, True)


def test_a_person_adds_a_busy_time_on_the_week_page(account, calendar):
    url = f"{account.url}/google/calendar/{CALENDAR}"
    form = {"summary": "<b>Dentist's own</b>", "day": "2026-11-25", "start": "10:00", "end": "11:30"}
    added = httpx.post(url, data=form)
    assert added.status_code == 303
    page = httpx.get(str(httpx.URL(url).join(added.headers["location"])))
    assert "10:00–11:30" in page.text
    assert "&lt;b&gt;" in page.text
    assert re.search("Out of range|empty", httpx.post(url, data={**form, "end": "09:00"}).text)
    [stored] = calendar.events().list(calendarId=CALENDAR).execute()["items"]
    assert stored["start"] == {"dateTime": "2026-11-25T10:00:00Z", "timeZone": "Europe/London"}
