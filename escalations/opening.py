"""A handoff becomes an escalation: the row, the bell on open pages, the mail to staff."""

import datetime as dt
import smtplib
from typing import Any

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction

from conversations.models import Conversation, Handoff
from escalations.models import Escalation
from escalations.webhooks.kinds import Kind
from escalations.webhooks.news import note
from tenants import clock, worklist
from tenants.events import publish
from tenants.models import Business, Membership
from tenants.worklist import Lease

log = structlog.get_logger(__name__)
OPEN = "escalations.open"
NOTIFY = "escalations.notify"
MAIL_TRIES = 12  # about an hour and a half
TEXT = """\
A conversation at {business} needs a person.

Why: {reason}
Open it here: {link}

You get this mail because you work at {business}. You can switch such mails off here: {switch}
"""


def open_for(business: Business, handoff_id: int, lease: Lease) -> None:
    """Claim the handoff's news: one escalation per handoff, however often this runs.

    Whoever took, returned or resolved the conversation before this ran is found in the escalation too.
    """
    handoff = Handoff.objects.filter(pk=handoff_id).first()
    with transaction.atomic():
        if handoff is not None:  # the conversation before the lease, in everybody's order (see handoffs.py)
            conversation = Conversation.objects.select_for_update(no_key=True).get(pk=handoff.conversation_id)
            lease.hold()
            _open(business, handoff, conversation)
        lease.finish()


def _open(business: Business, handoff: Handoff, conversation: Conversation) -> None:
    state = _state(handoff, conversation)
    escalation, made = Escalation.objects.get_or_create(
        handoff=handoff, defaults={"conversation": conversation, "opened_at": handoff.at, **state}
    )
    if not made:
        return
    source = f"escalation:{escalation.pk}:opened"
    note(business, Kind.ESCALATION_OPENED, source, escalation=escalation.pk, conversation=conversation.pk)
    if escalation.status == Escalation.Status.OPEN:
        worklist.call_for(business.pk, NOTIFY, escalation.pk)
        publish(business, "escalation_opened", escalation.pk)
    publish(business, "escalation", escalation.pk)
    publish(business, "conversation", conversation.pk)


def _state(handoff: Handoff, conversation: Conversation) -> dict[str, Any]:
    if handoff.is_task and conversation.handling != Conversation.Handling.STAFF:
        return {}
    newer = Handoff.objects.filter(conversation=conversation, pk__gt=handoff.pk, is_task=False).exists()
    if newer or conversation.handling == Conversation.Handling.ASSISTANT:
        resolution = "Dealt with before it was opened"
        return {"status": Escalation.Status.RESOLVED, "resolved_at": clock.now(), "resolution": resolution}
    if conversation.handling == Conversation.Handling.STAFF:
        return {"status": Escalation.Status.TAKEN, "owner_id": conversation.staff_id, "taken_at": clock.now()}
    return {}


def notify(business: Business, escalation_id: int, lease: Lease) -> None:
    """Mail everybody who wants it, once, without a word of the conversation: mail is read in many places."""
    waiting = Escalation.objects.filter(pk=escalation_id, status=Escalation.Status.OPEN, notified_at__isnull=True)
    escalation = waiting.select_related("handoff").first()
    people = Membership.objects.filter(business=business, notify_by_email=True, user__is_active=True)
    addresses = list(people.values_list("user__email", flat=True))
    if escalation is None or not addresses:
        return lease.finish()
    try:
        _mail(business, escalation, addresses).send()
    except (smtplib.SMTPException, OSError) as error:
        log.warning("escalation.mail_failed", escalation=escalation_id, kind=type(error).__name__)
        if lease.attempts >= MAIL_TRIES:
            return lease.park()
        return lease.retry_in(dt.timedelta(seconds=min(600, 5 * 2**lease.attempts)))
    with transaction.atomic():
        Escalation.objects.filter(pk=escalation_id).update(notified_at=clock.now())
        lease.finish()
    return None


def _mail(business: Business, escalation: Escalation, addresses: list[str]) -> EmailMessage:
    """One mail, blind copies: colleagues need not see each other's addresses. Its id is always the same, so that a
    second copy (the worker was killed before it could note the first) is recognised as one.
    """
    desk = f"{settings.PUBLIC_ORIGIN}{business.path}"
    return EmailMessage(
        subject=f"{business.name}: a conversation needs you",
        body=TEXT.format(
            business=business.name,
            reason=escalation.handoff.get_reason_display().lower(),
            link=f"{desk}conversations/{escalation.conversation_id}/",
            switch=f"{desk}settings/notifications/",
        ),
        bcc=addresses,
        headers={"Message-ID": f"<escalation-{escalation.pk}.{business.schema_name}@frontdesk>"},
    )
