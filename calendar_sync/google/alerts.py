"""Telling the owners that a calendar needs them: access withdrawn, or not to be reached for a while."""

import datetime as dt
import smtplib

from django.conf import settings
from django.core.mail import send_mail

from calendar_sync.models import CalendarConnection
from tenants import clock, worklist
from tenants.models import Business, Membership, Role
from tenants.worklist import Lease

KIND = "calendar_sync.tell_owner"
LASTING = dt.timedelta(minutes=30)  # shorter troubles mend themselves
Status = CalendarConnection.Status

WITHDRAWN = """\
{business} can no longer use the Google Calendar of {account}: access was withdrawn.

Until it is connected again, times of the practitioners on that account are not offered (except where you allowed it),
and appointments are kept in Frontdesk only. Nothing is lost: everything is written to Google once it is connected.

Connect it again here: {link}
"""
UNREACHABLE = """\
{business} has not reached the Google Calendar of {account} for {minutes} minutes. {reason}

Meanwhile, times of the practitioners on that account are not offered (except where you allowed it). We keep trying,
and everything is written to Google once it answers. There is nothing that you have to do.

How it is now: {link}
"""


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
        send_mail(*_letter(business, connection, lasted), None, to)
    except (smtplib.SMTPException, OSError):
        return lease.retry_in(dt.timedelta(seconds=min(600, 5 * 2 ** min(lease.attempts, 10))))
    return lease.finish()


def _managers(business: Business) -> list[str]:
    rows = Membership.objects.filter(business=business, role__in=[Role.OWNER, Role.ADMIN], user__is_active=True)
    return list(rows.values_list("user__email", flat=True))


def _letter(business: Business, connection: CalendarConnection, lasted: dt.timedelta) -> tuple[str, str]:
    withdrawn = connection.status == Status.REVOKED
    subject = "please connect Google Calendar again" if withdrawn else "Google Calendar can't be reached"
    return f"{business.name}: {subject}", (WITHDRAWN if withdrawn else UNREACHABLE).format(
        business=business.name,
        account=connection.account,
        minutes=int(lasted.total_seconds() // 60),
        reason=connection.last_error,
        link=f"{settings.PUBLIC_ORIGIN}{business.path}settings/calendars/",
    )
