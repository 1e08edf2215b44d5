"""Every request to Google is held against its discovery document; the `google` fixture fails whoever sent another."""

import pytest

from calendar_sync.google.accounts import open_account
from calendar_sync.google.client import GoogleAccount
from calendar_sync.google.errors import CalendarRefused
from tests.google.conftest import HOUR, at

pytestmark = pytest.mark.django_db


def complaints(sandbox):
    return sandbox.get("/complaints")["complaints"]


@pytest.mark.parametrize(
    ("method", "path", "query", "body", "said"),
    [
        ("GET", "calendars/x/events", {"syncTokens": "1"}, None, 'Unknown name "syncTokens"'),
        ("GET", "calendars/x/events", {"maxResults": "many"}, None, "Invalid value 'many' for maxResults"),
        ("GET", "calendars/x/event", {}, None, "Not Found"),
        ("POST", "calendars/x/events", {}, {"begin": {}}, 'Unknown name "begin"'),
        ("POST", "calendars/x/events", {}, {"summary": 5}, "Invalid value at 'summary'"),
        ("POST", "calendars/x/events/watch", {}, {"addres": ""}, 'Unknown name "addres"'),
        ("GET", "calendars/x/events/e1", {}, {"a": 1}, "takes no body"),
    ],
)
def test_what_the_document_does_not_know_is_marked_and_refused(sandbox, method, path, query, body, said):
    granted = authorise(sandbox)
    answer = sandbox.http.request(
        method, f"{sandbox.url}/google/calendar/v3/{path}", params=query, json=body, headers=granted
    )
    assert answer.status_code in (400, 404)
    assert [each for each in complaints(sandbox) if said in each], complaints(sandbox)
    assert said in sandbox.log("google")[0]["complaint"]
    sandbox.http.delete("/control/log")
    assert complaints(sandbox), "kept when the log is emptied"


def test_a_request_that_a_fault_keeps_from_being_answered_is_held_against_it_too(sandbox):
    sandbox.fault(vendor="google", path="/events", kind="status", status=503)
    sandbox.http.get(f"{sandbox.url}/google/calendar/v3/calendars/x/events", params={"wrong": "1"})
    assert len(complaints(sandbox)) == 1


def test_everything_the_client_can_send_is_as_the_document_says(desk):
    """Each method once, so that a new one can't be forgotten; the fixture looks for complaints."""
    account, day = open_account(desk.now()), (at(0), at(23))
    token = account.events("ada@group.test", window=day).sync_token
    account.events("ada@group.test", sync_token=token)
    account.calendars()
    account.busy(["ada@group.test"], *day)
    made = desk.book(10)
    desk.work()
    name = made.event_links.get().event_id
    etag = account.read("ada@group.test", name).etag
    account.update("ada@group.test", name, {"start": {"dateTime": at(11).isoformat()}, "end": {"dateTime": at(12).isoformat()}}, etag=etag)  # fmt: skip # noqa: E501
    assert account.series("ada@group.test", name, window=day) == []
    opened = account.watch(
        "ada@group.test",
        channel_id="c1",
        secret="s",
        address="https://desk.test/hook",
        seconds=int(HOUR.total_seconds()),
    )
    account.stop(opened.id, opened.resource)
    account.delete("ada@group.test", name)
    with pytest.raises(CalendarRefused):
        account.insert("ada@group.test", {"id": "UPPER"})
    public = {each for each in vars(GoogleAccount) if not each.startswith("_")}
    assert public == {
        "calendars", "busy", "events", "series", "watch", "stop", "insert", "read", "update", "delete",
    }  # fmt: skip


def authorise(sandbox):
    sandbox.post("/google/accounts", {"email": "x"})
    return {"Authorization": f"Bearer {sandbox.post('/google/grant', {'email': 'x'})['access_token']}"}
