"""Connecting a Google account to a business: the way out to Google, the way back, choosing calendars, letting go."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.core import signing
from django.db import transaction
from django.utils.translation import gettext_noop as N_

from calendar_sync.google import mirrors, oauth, push_channels
from calendar_sync.google.client import GoogleAccount
from calendar_sync.google.errors import CalendarRefused
from calendar_sync.google.lagging import write_what_lags
from calendar_sync.locking import lock_practitioners
from calendar_sync.models import CalendarConnection, CalendarMirror, Practitioner, PractitionerCalendar
from tenants import clock
from tenants.events import publish
from tenants.models import Business, User

SALT = "calendar_sync.google.connecting"
WITHIN = 15 * 60  # seconds from leaving for Google to coming back
Status = CalendarConnection.Status


@dataclass(frozen=True, kw_only=True)
class Errand:
    """Who left for Google, for which business; signed, so that nobody connects a calendar to somebody else's."""

    business_id: int
    user_id: int
    verifier: str


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A calendar of a connected account."""

    connection: CalendarConnection
    calendar_id: str
    name: str
    writable: bool = True


def leave_for_google(business: Business, user: User) -> tuple[str, str]:
    """The address of Google's consent page, and the errand for the session to remember."""
    state = signing.dumps([business.pk, user.pk], salt=SALT)
    url, verifier = oauth.consent_url(state)
    return url, signing.dumps({"state": state, "verifier": verifier}, salt=SALT)


def come_back(state: str, errand: str, user: User) -> Errand:
    """Check what came back against what the session remembers; raises signing.BadSignature when it doesn't fit."""
    remembered = signing.loads(errand, salt=SALT, max_age=WITHIN)
    if remembered["state"] != state:
        raise signing.BadSignature("another errand")
    business_id, user_id = signing.loads(state, salt=SALT, max_age=WITHIN)
    if user_id != user.pk:
        raise signing.BadSignature("somebody else's errand")
    return Errand(business_id=business_id, user_id=user_id, verifier=remembered["verifier"])


def connect(business: Business, errand: Errand, code: str) -> CalendarConnection:
    """Exchange the code, learn the account's name (its primary calendar), keep the token. Raises CalendarError.

    Connected again, everything that was missed since is written.
    """
    token = json.dumps(oauth.exchange(code, errand.verifier))
    calendars = GoogleAccount(token, lambda _: None).calendars()
    account = next((each.id for each in calendars if each.primary), "")
    if not account:
        raise CalendarRefused("no primary calendar", N_("This Google account has no calendar of its own."))
    with transaction.atomic():
        before = CalendarConnection.objects.select_for_update(no_key=True).filter(account=account).first()
        connection, _ = CalendarConnection.objects.update_or_create(
            account=account,
            defaults={
                "token": token,
                "status": Status.CONNECTED,
                "failing_since": None,
                "last_error": "",
                "connected_by_id": errand.user_id,
            },
        )
        CalendarMirror.objects.filter(connection=connection).update(failures=0, retry_at=None, last_error="")
        write_what_lags(business, since=before.failing_since if before else None)
        mirrors.call_for_all(business)
        publish(business, "calendars")
    return connection


def choose(
    business: Business,
    practitioner: Practitioner,
    choice: Choice | None,
    *,
    blocking: Sequence[Choice] = (),
    offer_when_unreachable: bool = False,
) -> None:
    """Have the practitioner's appointments written to this calendar, or to none; coming events are moved there, or
    taken away. What is busy in it, and in those that are `blocking`, is not offered; any other calendar is ignored.
    """
    wanted = {(each.connection.pk, each.calendar_id): each for each in [*blocking, *([choice] if choice else [])]}
    with transaction.atomic():
        lock_practitioners(practitioner.pk)  # who books meanwhile is seen here, or sees the new calendars
        current = PractitionerCalendar.objects.filter(practitioner=practitioner)
        kept = {(row.connection_id, row.calendar_id): row for row in current}
        current.filter(pk__in=[row.pk for place, row in kept.items() if place not in wanted]).delete()
        current.update(written_to=False)  # first, so that there are never two
        for place, each in wanted.items():
            row = kept.get(place) or PractitionerCalendar(
                practitioner=practitioner, connection=each.connection, calendar_id=each.calendar_id
            )
            row.calendar_name, row.blocks = each.name[:200], True
            row.written_to, row.offer_when_unreachable = each is choice, offer_when_unreachable
            row.save()
        write_what_lags(business)
        mirrors.call_for_all(business)
        publish(business, "calendars")


def follow(business: Business, connection: CalendarConnection, on_change: str) -> None:
    """What happens when somebody moves or deletes an appointment in Google. Open questions stay open."""
    CalendarConnection.objects.filter(pk=connection.pk).update(on_change=on_change)
    publish(business, "calendars")


def disconnect(business: Business, connection: CalendarConnection) -> None:
    """Let go of the account: its token is forgotten; events that stand in Google stay there.

    The grant isn't withdrawn at Google: that would end it for other businesses with the same account, too.
    """
    for mirror in CalendarMirror.objects.filter(connection=connection).select_related("connection"):
        push_channels.close(mirror)
    with transaction.atomic():
        row = CalendarConnection.objects.select_for_update(no_key=True).get(pk=connection.pk)
        row.status, row.token, row.last_error = Status.DISCONNECTED, "", ""
        row.failing_since = row.failing_since or clock.now()  # what is missed from here on is written later
        row.save(update_fields=["status", "token", "last_error", "failing_since"])
        publish(business, "calendars")
