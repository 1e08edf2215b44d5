"""Telling the owners that a calendar needs them: access withdrawn, or not to be reached for a while."""

import datetime as dt
import smtplib

from django.conf import settings
from django.core.mail import send_mail
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from calendar_sync.models import CalendarConnection
from tenants import clock, worklist
from tenants.languages import in_language_of
from tenants.models import Business, Membership, Role, User
from tenants.worklist import Lease

KIND = "calendar_sync.tell_owner"
LASTING = dt.timedelta(minutes=30)  # shorter troubles mend themselves
Status = CalendarConnection.Status

WITHDRAWN = _("""\
%(business)s can no longer use the Google Calendar of %(account)s: access was withdrawn.

Until it is connected again, times of the practitioners on that account are not offered (except where you allowed it),
and appointments are kept in Frontdesk only. Nothing is lost: everything is written to Google once it is connected.

Connect it again here: %(link)s
""")
UNREACHABLE = _("""\
%(business)s has not reached the Google Calendar of %(account)s for %(minutes)s minutes. %(reason)s

Meanwhile, times of the practitioners on that account are not offered (except where you allowed it). We keep trying,
and everything is written to Google once it answers. There is nothing that you have to do.

How it is now: %(link)s
""")


def call(business: Business, connection: CalendarConnection) -> None:
    """In the caller's transaction: have the owners told, at once or when the trouble lasts."""
    wait = dt.timedelta(0) if connection.status == Status.REVOKED else LASTING
    worklist.call_for(business.pk, KIND, connection.pk, wait=wait)


def tell_owners(business: Business, connection_id: int, lease: Lease) -> None:
    connection = CalendarConnection.objects.filter(pk=connection_id).first()
    to = _managers(business)
    if connection is None or connection.failing_since is None or connection.status == Status.DISCONNECTED or not to:
        return lease.finish()
    lasted = clock.now() - connection.failing_since
    if connection.status == Status.CONNECTED and lasted < LASTING:  # it healed and failed anew
        return lease.retry_in(LASTING - lasted, forgive=True)
    try:
        for readers in to:
            with in_language_of(readers[0]):
                send_mail(*_letter(business, connection, lasted), None, [each.email for each in readers])
    except (smtplib.SMTPException, OSError):
        return lease.retry_in(dt.timedelta(seconds=min(600, 5 * 2 ** min(lease.attempts, 10))))
    return lease.finish()


def _managers(business: Business) -> list[list[User]]:
    """Those who read the same language get one mail together."""
    rows = Membership.objects.filter(business=business, role__in=[Role.OWNER, Role.ADMIN], user__is_active=True)
    by_language: dict[str, list[User]] = {}
    for each in rows.select_related("user"):
        by_language.setdefault(each.user.language, []).append(each.user)
    return list(by_language.values())


def _letter(business: Business, connection: CalendarConnection, lasted: dt.timedelta) -> tuple[str, str]:
    withdrawn = connection.status == Status.REVOKED
    values = {
        "business": business.name,
        "account": connection.account,
        "minutes": int(lasted.total_seconds() // 60),
        "reason": gettext(connection.last_error) if connection.last_error else "",
        "link": f"{settings.PUBLIC_ORIGIN}{business.path}settings/calendars/",
    }
    if withdrawn:
        return gettext("%(business)s: please connect Google Calendar again") % values, WITHDRAWN % values
    return gettext("%(business)s: Google Calendar can't be reached") % values, UNREACHABLE % values
