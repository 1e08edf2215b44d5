"""The one module that imports Google's libraries; it translates and decides nothing.

The discovered service only builds requests and is shared; httplib2 is not thread-safe, so every account object has
an `Http` of its own. Wire format: the discovery document inside google-api-python-client.
"""

import datetime as dt
import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings

from calendar_sync.google.errors import (
    CalendarError,
    CalendarRefused,
    CalendarRevoked,
    CalendarUnreachable,
    EventChanged,
    EventExists,
    EventGone,
)

SCOPES = ("https://www.googleapis.com/auth/calendar.events", "https://www.googleapis.com/auth/calendar.readonly")
TIMEOUT = 10  # seconds
_BY_STATUS = {401: CalendarRevoked, 404: EventGone, 409: EventExists, 410: EventGone, 412: EventChanged}
_QUOTA = {"rateLimitExceeded", "userRateLimitExceeded", "quotaExceeded", "calendarUsageLimitsExceeded"}


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
    """Calls to Calendar v3 in the name of one connected account.

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
            answer = self._run(_service().calendarList().list(maxResults=250, pageToken=page))
            entries += [
                CalendarEntry(
                    id=item["id"],
                    name=item.get("summaryOverride") or item.get("summary", item["id"]),
                    primary=item.get("primary", False),
                    writable=item.get("accessRole") in ("owner", "writer"),
                )
                for item in answer.get("items", [])
            ]
            page = answer.get("nextPageToken")
            if not page:
                return entries

    def busy(
        self, calendar_ids: Sequence[str], start: dt.datetime, end: dt.datetime
    ) -> dict[str, list[tuple[dt.datetime, dt.datetime]]]:
        """Busy intervals by calendar id; a calendar that Google reports an error for is missing from the answer."""
        body = {
            "timeMin": start.isoformat(),
            "timeMax": end.isoformat(),
            "items": [{"id": calendar_id} for calendar_id in calendar_ids],
        }
        answer = self._run(_service().freebusy().query(body=body))
        return {
            calendar_id: [(_moment(each["start"]), _moment(each["end"])) for each in part.get("busy", [])]
            for calendar_id, part in answer.get("calendars", {}).items()
            if not part.get("errors")
        }

    def insert(self, calendar_id: str, body: dict[str, Any]) -> str:
        """The new event's etag. EventExists when our id is taken: Google may have written it before a lost answer."""
        return str(self._run(_service().events().insert(calendarId=calendar_id, body=body))["etag"])

    def read(self, calendar_id: str, event_id: str) -> StoredEvent:
        found = self._run(_service().events().get(calendarId=calendar_id, eventId=event_id))
        private = found.get("extendedProperties", {}).get("private", {})
        return StoredEvent(
            etag=found["etag"], ours=private.get("frontdesk", ""), cancelled=found.get("status") == "cancelled"
        )

    def update(self, calendar_id: str, event_id: str, body: dict[str, Any], *, etag: str) -> str:
        """The new etag; EventChanged when the event is no longer the one with `etag`."""
        request = _service().events().update(calendarId=calendar_id, eventId=event_id, body=body)
        if etag:
            request.headers["If-Match"] = etag
        return str(self._run(request)["etag"])

    def delete(self, calendar_id: str, event_id: str) -> None:
        self._run(_service().events().delete(calendarId=calendar_id, eventId=event_id))

    def _run(self, request: Any) -> Any:
        from google.auth.exceptions import GoogleAuthError, RefreshError, TransportError
        from googleapiclient.errors import HttpError
        from httplib2 import HttpLib2Error

        http = self._authorized_http()
        try:
            answer = request.execute(http=http, num_retries=0)
        except RefreshError as error:
            raise _refresh_failed(error) from error
        except HttpError as error:
            raise _by_status(error) from error
        except (TransportError, GoogleAuthError, HttpLib2Error, OSError, ValueError) as error:
            raise CalendarUnreachable(type(error).__name__) from error
        finally:
            self._keep_renewed_token()
        return answer

    def _authorized_http(self) -> Any:
        from google.oauth2.credentials import Credentials
        from google_auth_httplib2 import AuthorizedHttp
        from httplib2 import Http

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
        return AuthorizedHttp(self._credentials, http=Http(timeout=TIMEOUT))

    def _keep_renewed_token(self) -> None:
        if self._credentials is not None and self._credentials.token != self._token.get("token"):
            self._token = token_json(self._credentials)
            self._on_refresh(json.dumps(self._token))


def token_json(credentials: Any) -> dict[str, str | None]:
    """What is kept of google-auth's credentials (encrypted, in CalendarConnection.token)."""
    expiry = credentials.expiry.isoformat() if credentials.expiry else None
    return {"token": credentials.token, "refresh_token": credentials.refresh_token, "expiry": expiry}


def oauth_flow(state: str | None = None) -> Any:
    """google_auth_oauthlib's web flow, pointed at Google or at GOOGLE_BASE_URL."""
    from google_auth_oauthlib.flow import Flow

    if settings.GOOGLE_BASE_URL.startswith("http://"):
        os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"  # a stand-in on loopback has no certificate
    # Google may grant the scopes in another order or with more; what we need is checked by using it.
    os.environ["OAUTHLIB_RELAX_TOKEN_SCOPE"] = "1"  # noqa: S105 (no password)
    base = settings.GOOGLE_BASE_URL.rstrip("/")
    web = {
        "client_id": settings.GOOGLE_CLIENT_ID,
        "client_secret": settings.GOOGLE_CLIENT_SECRET,
        "auth_uri": f"{base}/o/oauth2/v2/auth" if base else "https://accounts.google.com/o/oauth2/v2/auth",
        "token_uri": token_uri(),
    }
    return Flow.from_client_config({"web": web}, scopes=list(SCOPES), state=state, redirect_uri=redirect_uri())


def redirect_uri() -> str:
    """To be entered in the Google project's OAuth client, letter for letter."""
    return f"{settings.PUBLIC_ORIGIN}/calendar/google/callback/"


def token_uri() -> str:
    base = settings.GOOGLE_BASE_URL.rstrip("/")
    return f"{base}/token" if base else "https://oauth2.googleapis.com/token"


@lru_cache(maxsize=1)
def _service() -> Any:
    from googleapiclient.discovery import build
    from httplib2 import Http

    base = settings.GOOGLE_BASE_URL.rstrip("/")
    options = {"api_endpoint": f"{base}/calendar/v3/"} if base else None
    return build("calendar", "v3", http=Http(timeout=TIMEOUT), static_discovery=True, client_options=options)


def _by_status(error: Any) -> CalendarError:
    status = int(error.resp.status)
    reason = _reason(error)
    if status in (408, 429) or status >= 500 or (status == 403 and reason in _QUOTA):
        return CalendarUnreachable(f"{status} {reason}".strip())
    kind = _BY_STATUS.get(status, CalendarRefused)
    return kind(f"{status} {reason}".strip())


def _reason(error: Any) -> str:
    try:
        return str(json.loads(error.content)["error"]["errors"][0]["reason"])
    except (ValueError, KeyError, IndexError, TypeError):
        return ""


def _refresh_failed(error: Any) -> CalendarError:
    """google-auth marks what may be tried again; invalid_grant means that access was withdrawn."""
    if getattr(error, "retryable", False):
        return CalendarUnreachable("token endpoint")
    details = " ".join(str(part) for part in error.args)
    if "invalid_grant" in details or "unauthorized_client" in details:
        return CalendarRevoked("invalid_grant")
    return CalendarUnreachable("token endpoint")


def _moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text.replace("Z", "+00:00"))
