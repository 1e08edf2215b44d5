"""The one module that imports Google's API client; it translates and decides nothing.

The discovered service only builds requests and is shared; httplib2 is not thread-safe, so every call has an `Http` of
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
from pydantic import BaseModel

from calendar_sync.google.answers import Calendars, Event, FreeBusy, Nothing
from calendar_sync.google.errors import (
    CalendarError,
    CalendarRefused,
    CalendarRevoked,
    CalendarUnreachable,
    EventChanged,
    EventExists,
    EventGone,
)
from calendar_sync.google.oauth import SCOPES, TIMEOUT, token_json, token_uri

_BY_STATUS = {401: CalendarRevoked, 404: EventGone, 409: EventExists, 410: EventGone, 412: EventChanged}
_QUOTA = {
    "rateLimitExceeded",
    "userRateLimitExceeded",
    "quotaExceeded",
    "dailyLimitExceeded",
    "calendarUsageLimitsExceeded",
    "calendarLimitsExceeded",
}
Answer = TypeVar("Answer", bound=BaseModel)
Interval = tuple[dt.datetime, dt.datetime]


@dataclass(frozen=True, kw_only=True)
class CalendarEntry:
    """One calendar of an account."""

    id: str
    name: str
    primary: bool
    writable: bool


@dataclass(frozen=True, kw_only=True)
class StoredEvent:
    """What Google holds of one of our events."""

    etag: str
    ours: str  # extendedProperties.private.frontdesk
    cancelled: bool


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
            answer = self._run(_service().calendarList().list(maxResults=250, pageToken=page), Calendars)
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
        answer = self._run(_service().freebusy().query(body=body), FreeBusy)
        return {
            calendar_id: [(each.start, each.end) for each in part.busy]
            for calendar_id, part in answer.calendars.items()
            if not part.errors
        }

    def insert(self, calendar_id: str, body: dict[str, Any]) -> str:
        """The new event's etag. EventExists when our id is taken: Google may have written it before a lost answer."""
        return self._run(_service().events().insert(calendarId=calendar_id, body=body), Event).etag

    def read(self, calendar_id: str, event_id: str) -> StoredEvent:
        """Also a deleted event: it is there, cancelled."""
        found = self._run(_service().events().get(calendarId=calendar_id, eventId=event_id), Event)
        ours = found.extended_properties.private.get("frontdesk", "")
        return StoredEvent(etag=found.etag, ours=ours, cancelled=found.status == "cancelled")

    def update(self, calendar_id: str, event_id: str, body: dict[str, Any], *, etag: str) -> str:
        """The new etag; EventChanged when the event is no longer the one with `etag`.

        A patch: what the practitioner added in Google (a colour, guests) stays. A deleted event comes back.
        """
        # An event that was made all-day in Google has a date, which may not stand beside our time.
        timed = {**body, "start": {**body["start"], "date": None}, "end": {**body["end"], "date": None}}
        request = _service().events().patch(calendarId=calendar_id, eventId=event_id, body=timed)
        if etag:
            request.headers["If-Match"] = etag
        return self._run(request, Event).etag

    def delete(self, calendar_id: str, event_id: str) -> None:
        self._run(_service().events().delete(calendarId=calendar_id, eventId=event_id), Nothing)

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


def _service() -> Any:
    return _discovered(settings.GOOGLE_BASE_URL.rstrip("/"))


@lru_cache(maxsize=1)
def _discovered(base: str) -> Any:
    from googleapiclient.discovery import build
    from httplib2 import Http

    options = {"api_endpoint": f"{base}/calendar/v3/"} if base else None
    return build("calendar", "v3", http=Http(timeout=TIMEOUT), static_discovery=True, client_options=options)


def _by_status(error: Any) -> CalendarError:
    status, reason = int(error.resp.status), _reason(error)
    words = f"{status} {reason}".strip()
    if status == 429 or (status == 403 and reason in _QUOTA):
        return CalendarUnreachable(words, "Google asks us to slow down.")
    if status == 408 or status >= 500:
        return CalendarUnreachable(words, "Google has a problem of its own at the moment.")
    if status == 403:
        return CalendarRefused(words, "This account may not write to the calendar.")
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
