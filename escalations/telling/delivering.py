"""Telling one notice beyond the page: due work that may be rung twice, and killed in between.

What was done by which way stands in `Notice.ways`; a way that is done is not gone again. A mail has the same id each
time, a push the same topic, so that a second copy made by a kill is recognised as one.
"""

import datetime as dt
from collections.abc import Callable, Mapping

import structlog
from django.db import transaction

from escalations.attendance import Colleague, state_of
from escalations.models import Escalation, Notice, StaffState
from escalations.telling import mailing, on_whatsapp, pushing, ways
from escalations.telling.errors import NotNow
from tenants import clock, worklist
from tenants.crashpoints import reach
from tenants.formats import mid_sentence
from tenants.languages import in_language_of
from tenants.models import Business, Membership
from tenants.worklist import Lease

log = structlog.get_logger(__name__)
DIGEST = "escalations.digest"
TRIES = 12  # about an hour and a half
Kind = Notice.Kind
ABOUT_WORK = (Kind.ESCALATION, Kind.RED_FLAG, Kind.LATE, Kind.OVERDUE)


Send = Callable[[Business, Notice, Colleague], str]  # what to note; raises NotNow


def tell(business: Business, notice_id: int, lease: Lease) -> None:
    notice = Notice.objects.filter(pk=notice_id).first()
    colleague = _colleague(business, notice.staff_id) if notice else None
    if notice is None or colleague is None or notice.seen_at is not None or _is_over(notice):
        return lease.finish()
    quiet = ways.quiet_for(business, colleague, notice.kind, clock.now())
    if quiet is not None:
        return lease.retry_in(quiet, forgive=True)
    later = False
    for way in sorted(ways.wanted(colleague, notice.kind) - notice.ways.keys()):
        try:
            with in_language_of(colleague.membership.user):
                said = SENDERS[way](business, notice, colleague)
        except NotNow as error:
            log.warning("notice.not_told", notice=notice.pk, way=way, why=str(error))
            later = True
            continue
        reach("notice.sent")
        _note(notice, lease, way, said)
    if later and lease.attempts < TRIES:
        return lease.retry_in(dt.timedelta(seconds=min(600, 5 * 2**lease.attempts)))
    return lease.park() if later else lease.finish()


def digest(business: Business, user_id: int, lease: Lease) -> None:
    """Once a day: what they have not looked at and were not mailed one by one."""
    colleague, today = _colleague(business, user_id), clock.local_now(business.timezone).date()
    waiting = Notice.objects.filter(staff_id=user_id, seen_at__isnull=True, ways__email=ways.DIGEST).order_by("pk")
    notices = list(waiting)
    if colleague is None or not notices or colleague.state.digest_sent_on == today:
        return lease.finish()
    try:
        with in_language_of(colleague.membership.user):
            mailing.send_digest(business, notices, colleague.membership.user.email, today.isoformat())
    except mailing.FAILURES as error:
        log.warning("digest.mail_failed", kind=type(error).__name__)
        return lease.retry_in(dt.timedelta(minutes=10)) if lease.attempts < TRIES else lease.park()
    with transaction.atomic():
        lease.hold()
        StaffState.objects.filter(staff_id=user_id).update(digest_sent_on=today)
        for each in notices:
            each.ways["email"] = "in_digest"
        Notice.objects.bulk_update(notices, ["ways"])
        lease.finish()
    return None


def _colleague(business: Business, user_id: int) -> Colleague | None:
    rows = Membership.objects.filter(business=business, user_id=user_id, user__is_active=True)
    membership = rows.select_related("user").first()
    return Colleague(membership=membership, state=state_of(user_id)) if membership else None


def _is_over(notice: Notice) -> bool:
    """Nobody is told of what is dealt with, nor everybody of what somebody has."""
    if notice.kind not in ABOUT_WORK or notice.object_id is None:
        return False
    escalation = Escalation.objects.filter(pk=notice.object_id).first()
    if escalation is None or escalation.status == Escalation.Status.RESOLVED:
        return True
    if notice.kind in (Kind.LATE, Kind.OVERDUE):
        return False
    return escalation.owner_id not in (None, notice.staff_id)


def _note(notice: Notice, lease: Lease, way: str, said: str) -> None:
    key = "email" if way == ways.DIGEST else way
    notice.ways = {**notice.ways, key: said}
    with transaction.atomic():
        lease.hold()
        Notice.objects.filter(pk=notice.pk).update(ways=notice.ways)


def _by_email(business: Business, notice: Notice, colleague: Colleague) -> str:
    reason = ""
    if notice.kind in (Kind.ESCALATION, Kind.RED_FLAG) and notice.object_id is not None:
        escalation = Escalation.objects.filter(pk=notice.object_id).select_related("handoff").first()
        reason = mid_sentence(escalation.handoff.get_reason_display()) if escalation else ""
    try:
        mailing.send(business, notice, colleague.membership.user.email, reason)
    except mailing.FAILURES as error:
        raise NotNow(type(error).__name__) from error
    return "sent"


def _in_digest(business: Business, notice: Notice, colleague: Colleague) -> str:
    with transaction.atomic():
        worklist.call_for(
            business.pk,
            DIGEST,
            colleague.user_id,
            wait=ways.until_digest(business, clock.now()),
            at_most=dt.timedelta(1),
        )
    return ways.DIGEST


SENDERS: Mapping[str, Send] = {
    ways.EMAIL: _by_email,
    ways.DIGEST: _in_digest,
    ways.PUSH: pushing.send,
    ways.WHATSAPP: on_whatsapp.send,
}
