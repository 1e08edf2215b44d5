"""How and when a person is told beyond the page: what they switched on, and not in their quiet hours."""

import datetime as dt
from zoneinfo import ZoneInfo

from conversations.models import StaffPhone
from escalations.attendance import Colleague
from escalations.models import Notice, PushSubscription
from tenants.models import Business

EMAIL, DIGEST, PUSH, WHATSAPP = "email", "digest", "push", "whatsapp"
Kind = Notice.Kind
DIGEST_AT = dt.time(8)


def wanted(colleague: Colleague, kind: str) -> frozenset[str]:
    """Of EMAIL, DIGEST, PUSH and WHATSAPP. Two queries at most."""
    state = colleague.state
    if kind in state.muted:
        return frozenset()
    ways = set()
    if colleague.membership.notify_by_email:
        ways.add(DIGEST if state.digest and kind != Kind.RED_FLAG else EMAIL)
    if state.tell_by_push and PushSubscription.objects.filter(staff_id=colleague.user_id).exists():
        ways.add(PUSH)
    phones = StaffPhone.objects.filter(staff_id=colleague.user_id, verified_at__isnull=False)
    if state.tell_by_whatsapp and kind != Kind.PROBLEM and phones.exists():
        ways.add(WHATSAPP)
    return frozenset(ways)


def quiet_for(business: Business, colleague: Colleague, kind: str, now: dt.datetime) -> dt.timedelta | None:
    """How long they are to be left alone from now on; None: not at all."""
    begins, ends = colleague.state.quiet_from, colleague.state.quiet_until
    if begins is None or ends is None or begins == ends:
        return None
    if kind == Kind.RED_FLAG and colleague.state.urgent_at_night:
        return None
    zone = ZoneInfo(business.timezone)
    local = now.astimezone(zone)
    at = local.time()
    if not (begins <= at < ends if begins < ends else at >= begins or at < ends):
        return None
    day = local.date() if at < ends else local.date() + dt.timedelta(days=1)
    return dt.datetime.combine(day, ends, zone).astimezone(dt.UTC) - now


def until_digest(business: Business, now: dt.datetime) -> dt.timedelta:
    """Until the next eight o'clock, in the business's own time."""
    zone = ZoneInfo(business.timezone)
    local = now.astimezone(zone)
    day = local.date() if local.time() < DIGEST_AT else local.date() + dt.timedelta(days=1)
    return dt.datetime.combine(day, DIGEST_AT, zone).astimezone(dt.UTC) - now
