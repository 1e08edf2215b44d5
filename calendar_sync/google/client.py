"""The one module that imports Google's API client; it translates and decides nothing.

What is discovered only builds requests and is shared; httplib2 is not thread-safe, so every call has an `Http` of
its own. Wire format: the discovery document inside google-api-python-client.
"""

import datetime as dt
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from http.client import HTTPException
from typing import Any, TypeVar

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_noop as N_
from pydantic import BaseModel

from calendar_sync.google.answers import Calendars, Channel, Event, Events, FreeBusy, Nothing, Written
from calendar_sync.google.errors import (
    CalendarError,
    CalendarRefused,
    CalendarRevoked,
    CalendarUnreachable,
    EventChanged,
    EventDeleted,
    EventExists,
    EventGone,
    SyncLost,
)
from calendar_sync.google.oauth import SCOPES, TIMEOUT, token_json, token_uri
from calendar_sync.google.reading import Interval, ReadEvent, read_event

_BY_STATUS = {401: CalendarRevoked, 404: EventGone, 409: EventExists, 410: EventDeleted, 412: EventChanged}
PAGE = 2500  # the most that Google gives at once
# What is not asked for can't be kept by mistake: no title, no description, no guest's address.
_ITEM = "id,etag,status,start,end,updated,transparency,eventType,recurringEventId,extendedProperties"
FIELDS = f"timeZone,accessRole,nextPageToken,nextSyncToken,items({_ITEM},attendees(self,responseStatus))"
_QUOTA = {
    "rateLimitExceeded",
    "userRateLimitExceeded",
    "quotaExceeded",
    "dailyLimitExceeded",
    "calendarUsageLimitsExceeded",
    "calendarLimitsExceeded",
}
Answer = TypeVar("Answer", bound=BaseModel)


@dataclass(frozen=True, kw_only=True)
class CalendarEntry:
    """One calendar of an account."""

    id: str
    name: str
    primary: bool
    writable: bool


@dataclass(frozen=True, kw_only=True)
class EventsRead:
    """A calendar's events, or what changed in them since a sync token; recurring ones as instances."""

    events: list[ReadEvent]
    timezone: str
    free_busy_only: bool
    sync_token: str  # for the next reading


@dataclass(frozen=True, kw_only=True)
class OpenChannel:
    """A push channel as Google opened it."""

    id: str
    resource: str
    expires_at: dt.datetime


class GoogleAccount:
    """Calls to Calendar v3 in the name of one connected account; for one thread, outside of transactions.

    `token` is the JSON kept in CalendarConnection.token; `on_refresh` gets the new one when Google renews it.
    Every method raises CalendarError.
    """

    def __init__(self, token: str, on_refresh: Callable[[str], None]) -> None:
        self._token = json.loads(token)
        self._on_refresh = on_refresh
        self._credentials: Any = None

    def calendars(self) -> list[CalendarEntry]:
        entries: list[CalendarEntry] = []
        page: str | None = None
        while True:
            answer = self._run(_part("calendarList").list(maxResults=250, pageToken=page), Calendars)
            entries += [
                CalendarEntry(
                    id=item.id,
                    name=item.summary_override or item.summary or item.id,
                    primary=item.primary,
                    writable=item.access_role in ("owner", "writer"),
                )
                for item in answer.items
            ]
            page = answer.next_page_token
            if not page:
                return entries

    def busy(self, calendar_ids: Sequence[str], start: dt.datetime, end: dt.datetime) -> dict[str, list[Interval]]:
        """Busy intervals by calendar id; a calendar that Google reports an error for is missing from the answer.

        At most 50 calendars and about 90 days at once.
        """
        body = {
            "timeMin": start.isoformat(),
            "timeMax": end.isoformat(),
            "items": [{"id": calendar_id} for calendar_id in calendar_ids],
        }
        answer = self._run(_part("freebusy").query(body=body), FreeBusy)
        return {
            calendar_id: [(each.start, each.end) for each in part.busy]
            for calendar_id, part in answer.calendars.items()
            if not part.errors
        }

    def events(self, calendar_id: str, *, window: Interval | None = None, sync_token: str = "") -> EventsRead:
        """All that is within the window, or what changed since the token (deleted events, too).

        Raises SyncLost when the token is no longer good.
        """
        asked: dict[str, Any] = {"calendarId": calendar_id, "singleEvents": True, "maxResults": PAGE, "fields": FIELDS}
        if sync_token:
            asked["syncToken"] = sync_token
        if window:
            asked |= {"timeMin": window[0].isoformat(), "timeMax": window[1].isoformat()}
        try:
            answers = self._pages(_part("events").list, asked)
        except EventDeleted as error:
            raise SyncLost(str(error)) from error
        except CalendarRefused as error:
            if sync_token and str(error).startswith("400"):
                raise SyncLost(str(error)) from error
            raise
        last = answers[-1]
        if not last.next_sync_token:
            raise CalendarUnreachable("no sync token")
        return EventsRead(
            events=[read_event(item, last.time_zone) for answer in answers for item in answer.items],
            timezone=last.time_zone,
            free_busy_only=last.access_role == "freeBusyReader",
            sync_token=last.next_sync_token,
        )

    def series(self, calendar_id: str, event_id: str, *, window: Interval) -> list[ReadEvent]:
        """The instances of one recurring event within the window; none when it is gone."""
        asked = {"calendarId": calendar_id, "eventId": event_id, "maxResults": PAGE, "fields": FIELDS}
        asked |= {"timeMin": window[0].isoformat(), "timeMax": window[1].isoformat()}
        try:
            answers = self._pages(_part("events").instances, asked)
        except EventGone:
            return []
        return [read_event(item, answer.time_zone) for answer in answers for item in answer.items]

    def _pages(self, method: Callable[..., Any], asked: dict[str, Any]) -> list[Events]:
        answers = [self._run(method(**asked), Events)]
        while answers[-1].next_page_token:
            answers.append(self._run(method(**asked, pageToken=answers[-1].next_page_token), Events))
        return answers

    def watch(self, calendar_id: str, *, channel_id: str, secret: str, address: str, seconds: int) -> OpenChannel:
        """Have Google post to `address` whenever something changes."""
        body = {
            "id": channel_id,
            "type": "web_hook",
            "address": address,
            "token": secret,
            "params": {"ttl": str(seconds)},
        }
        answer = self._run(_part("events").watch(calendarId=calendar_id, body=body), Channel)
        expires_at = dt.datetime.fromtimestamp(answer.expiration / 1000, dt.UTC)
        return OpenChannel(id=answer.id, resource=answer.resource_id, expires_at=expires_at)

    def stop(self, channel_id: str, resource: str) -> None:
        self._run(_part("channels").stop(body={"id": channel_id, "resourceId": resource}), Nothing)

    def insert(self, calendar_id: str, body: dict[str, Any]) -> str:
        """The new event's etag. EventExists when our id is taken: Google may have written it before a lost answer."""
        return self._run(_part("events").insert(calendarId=calendar_id, body=body), Written).etag

    def read(self, calendar_id: str, event_id: str, timezone: str = "UTC") -> ReadEvent:
        """Also a deleted event: it is there, cancelled."""
        return read_event(self._run(_part("events").get(calendarId=calendar_id, eventId=event_id), Event), timezone)

    def update(self, calendar_id: str, event_id: str, body: dict[str, Any], *, etag: str) -> str:
        """The new etag; EventChanged when the event is no longer the one with `etag`.

        A patch: what the practitioner added in Google (a colour, guests) stays. A deleted event comes back.
        """
        # An event that was made all-day in Google has a date, which may not stand beside our time.
        timed = {**body, "start": {**body["start"], "date": None}, "end": {**body["end"], "date": None}}
        request = _part("events").patch(calendarId=calendar_id, eventId=event_id, body=timed)
        if etag:
            request.headers["If-Match"] = etag
        return self._run(request, Written).etag

    def delete(self, calendar_id: str, event_id: str) -> None:
        self._run(_part("events").delete(calendarId=calendar_id, eventId=event_id), Nothing)

    def _run(self, request: Any, answer: type[Answer]) -> Answer:
        from google.auth.exceptions import GoogleAuthError, RefreshError
        from googleapiclient.errors import HttpError
        from httplib2 import Http, HttpLib2Error

        with transaction.atomic(durable=True):
            pass  # refuses to be called inside a transaction, which would stay open for as long as Google takes
        http = Http(timeout=TIMEOUT)
        try:
            return answer.model_validate(request.execute(http=self._authorized(http), num_retries=0) or {})
        except RefreshError as error:
            raise _refresh_failed(error) from error
        except HttpError as error:
            raise _by_status(error) from error
        except (GoogleAuthError, HttpLib2Error, HTTPException, OSError) as error:
            raise CalendarUnreachable(type(error).__name__) from error
        except ValueError as error:  # not JSON, or not what the discovery document promises
            raise CalendarUnreachable("unreadable answer") from error
        finally:
            http.close()
            self._keep_renewed_token()

    def _authorized(self, http: Any) -> Any:
        from google.oauth2.credentials import Credentials
        from google_auth_httplib2 import AuthorizedHttp

        if self._credentials is None:
            expiry = self._token.get("expiry")
            self._credentials = Credentials(
                token=self._token.get("token"),
                refresh_token=self._token.get("refresh_token"),
                token_uri=token_uri(),
                client_id=settings.GOOGLE_CLIENT_ID,
                client_secret=settings.GOOGLE_CLIENT_SECRET,
                scopes=list(SCOPES),
                # google-auth compares with a naive UTC clock
                expiry=dt.datetime.fromisoformat(expiry).replace(tzinfo=None) if expiry else None,
            )
        return AuthorizedHttp(self._credentials, http=http)

    def _keep_renewed_token(self) -> None:
        if self._credentials is not None and self._credentials.token != self._token.get("token"):
            self._token = token_json(self._credentials)
            self._on_refresh(json.dumps(self._token))


def _part(name: str) -> Any:
    """The collection "events", "freebusy", …, built once: the service would build its methods each time, in 2 ms."""
    return _discovered(settings.GOOGLE_BASE_URL.rstrip("/"), name)


@lru_cache(maxsize=4)
def _discovered(base: str, name: str) -> Any:
    return getattr(_service(base), name)()


@lru_cache(maxsize=1)
def _service(base: str) -> Any:
    from googleapiclient.discovery import build
    from httplib2 import Http

    options = {"api_endpoint": f"{base}/calendar/v3/"} if base else None
    return build("calendar", "v3", http=Http(timeout=TIMEOUT), static_discovery=True, client_options=options)


def _by_status(error: Any) -> CalendarError:
    status, reason = int(error.resp.status), _reason(error)
    words = f"{status} {reason}".strip()
    if status == 429 or (status == 403 and reason in _QUOTA):
        return CalendarUnreachable(words, N_("Google asks us to slow down."))
    if status == 408 or status >= 500:
        return CalendarUnreachable(words, N_("Google has a problem of its own at the moment."))
    if status == 403:
        return CalendarRefused(words, N_("This account may not write to the calendar."))
    return _BY_STATUS.get(status, CalendarRefused)(words)


def _reason(error: Any) -> str:
    try:
        return str(json.loads(error.content)["error"]["errors"][0]["reason"])
    except (ValueError, KeyError, IndexError, TypeError):
        return ""


def _refresh_failed(error: Any) -> CalendarError:
    """invalid_grant: withdrawn. unauthorized_client: granted to another Google project. Else it may pass."""
    details = " ".join(str(part) for part in error.args)
    lasting = "invalid_grant" in details or "unauthorized_client" in details
    if lasting and not getattr(error, "retryable", False):
        return CalendarRevoked("invalid_grant")
    return CalendarUnreachable("token endpoint")
