"""Short words of the tests about what people are told."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.core import mail

from escalations.models import StaffState
from tenants import clock

LONDON = ZoneInfo("Europe/London")


def at(text):
    return clock.pinned(dt.datetime.fromisoformat(text).replace(tzinfo=LONDON))


def choose(user, **fields):
    return StaffState.objects.update_or_create(staff_id=user.pk, defaults=fields)[0]


def mailed():
    return sorted(address for each in mail.outbox for address in each.recipients())
