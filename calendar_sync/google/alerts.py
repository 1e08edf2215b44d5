"""Telling the owners that a calendar needs them."""

import datetime as dt
import smtplib

from django.conf import settings
from django.core.mail import send_mail

from calendar_sync.models import CalendarConnection
from tenants.models import Business, Membership, Role
from tenants.worklist import Lease

KIND = "calendar_sync.tell_owner"
TEXT = """\
{business} can no longer reach the Google Calendar of {account}: access was withdrawn.

Until it is connected again, no times of the practitioners on that calendar are offered, and appointments are kept in
Frontdesk only. Nothing is lost: everything is written to Google once it is connected.

Connect it again here: {link}
"""


def tell_owners(business: Business, connection_id: int, lease: Lease) -> None:
    connection = CalendarConnection.objects.filter(pk=connection_id, status=CalendarConnection.Status.REVOKED).first()
    owners = Membership.objects.filter(business=business, role__in=[Role.OWNER, Role.ADMIN]).values_list(
        "user__email", flat=True
    )
    if connection is None or not owners:
        return lease.finish()
    link = f"{settings.PUBLIC_ORIGIN}{business.path}settings/calendars/"
    try:
        send_mail(
            f"{business.name}: please connect Google Calendar again",
            TEXT.format(business=business.name, account=connection.account, link=link),
            None,
            list(owners),
        )
    except (smtplib.SMTPException, OSError):
        return lease.retry_in(dt.timedelta(seconds=min(600, 5 * 2**lease.attempts)))
    return lease.finish()
