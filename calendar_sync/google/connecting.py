"""Connecting a Google account to a business: the way out to Google, the way back, choosing calendars, letting go."""

import json
from dataclasses import dataclass

from django.core import signing
from django.db import transaction

from calendar_sync.google import push
from calendar_sync.google.client import GoogleAccount, oauth_flow, token_json
from calendar_sync.google.errors import CalendarRefused
from calendar_sync.models import CalendarConnection, Practitioner, PractitionerCalendar
from tenants.events import publish
from tenants.models import Business, User

SALT = "calendar_sync.google.connecting"
WITHIN = 15 * 60  # seconds from leaving for Google to coming back


@dataclass(frozen=True, kw_only=True)
class Errand:
    """Who left for Google, for which business; signed, so that nobody connects a calendar to somebody else's."""

    business_id: int
    user_id: int
    verifier: str


def leave_for_google(business: Business, user: User) -> tuple[str, str]:
    """The address of Google's consent page, and the errand for the session to remember."""
    flow = oauth_flow()
    flow.autogenerate_code_verifier = True
    state = signing.dumps([business.pk, user.pk], salt=SALT)
    url, _ = flow.authorization_url(
        state=state, access_type="offline", prompt="consent", include_granted_scopes="false"
    )
    return url, signing.dumps({"state": state, "verifier": flow.code_verifier}, salt=SALT)


def come_back(state: str, errand: str, user: User) -> Errand:
    """Check what came back against what the session remembers; raises signing.BadSignature when it doesn't fit."""
    remembered = signing.loads(errand, salt=SALT, max_age=WITHIN)
    business_id, user_id = signing.loads(state, salt=SALT, max_age=WITHIN)
    if remembered["state"] != state or user_id != user.pk:
        raise signing.BadSignature("another errand")
    return Errand(business_id=business_id, user_id=user_id, verifier=remembered["verifier"])


def connect(business: Business, errand: Errand, code: str) -> CalendarConnection:
    """Exchange the code, learn the account's name (its primary calendar), keep the token. Raises CalendarError."""
    token = json.dumps(_exchange(code, errand.verifier))
    calendars = GoogleAccount(token, lambda _: None).calendars()
    account = next((each.id for each in calendars if each.primary), "")
    if not account:
        raise CalendarRefused("the account has no calendar of its own")
    with transaction.atomic():
        connection, _ = CalendarConnection.objects.update_or_create(
            account=account,
            defaults={
                "token": token,
                "status": CalendarConnection.Status.CONNECTED,
                "failing_since": None,
                "last_error": "",
                "connected_by_id": errand.user_id,
            },
        )
        push.write_what_lags(business)
        publish(business, "calendars")
    return connection


def choose(
    business: Business,
    practitioner: Practitioner,
    connection: CalendarConnection | None,
    calendar_id: str,
    name: str,
    *,
    offer_when_unreachable: bool = False,
) -> None:
    """Give the practitioner this calendar, or none; what stands in the diary is written there."""
    with transaction.atomic():
        current = PractitionerCalendar.objects.filter(practitioner=practitioner).first()
        if connection is None:
            if current is not None:
                current.delete()
        elif current is not None and (current.connection_id, current.calendar_id) == (connection.pk, calendar_id):
            current.offer_when_unreachable = offer_when_unreachable
            current.save(update_fields=["offer_when_unreachable"])
        else:
            PractitionerCalendar.objects.update_or_create(
                practitioner=practitioner,
                defaults={
                    "connection": connection,
                    "calendar_id": calendar_id,
                    "calendar_name": name[:200],
                    "offer_when_unreachable": offer_when_unreachable,
                    "busy": [],
                    "busy_from": None,
                    "busy_until": None,
                    "busy_read_at": None,
                },
            )
        push.write_what_lags(business)
        publish(business, "calendars")


def disconnect(business: Business, connection: CalendarConnection) -> None:
    """Let go of the account: its token is forgotten; events that stand in Google stay there."""
    with transaction.atomic():
        CalendarConnection.objects.filter(pk=connection.pk).update(
            status=CalendarConnection.Status.DISCONNECTED, token="", failing_since=None, last_error=""
        )
        publish(business, "calendars")


def _exchange(code: str, verifier: str) -> dict[str, str | None]:
    from oauthlib.oauth2 import OAuth2Error
    from requests import RequestException

    flow = oauth_flow()
    flow.code_verifier = verifier
    try:
        flow.fetch_token(code=code, timeout=10)
    except (OAuth2Error, RequestException, ValueError) as error:
        raise CalendarRefused(type(error).__name__) from error
    return token_json(flow.credentials)
