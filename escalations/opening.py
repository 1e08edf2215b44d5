"""A handoff becomes an escalation: the row, the bell on open pages, the mail to staff."""

import datetime as dt
import smtplib

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction

from conversations.models import Handoff
from escalations.models import Escalation
from tenants import worklist
from tenants.events import publish
from tenants.models import Business, Membership
from tenants.worklist import Lease

OPEN = "escalations.open"
NOTIFY = "escalations.notify"
TEXT = """\
A conversation at {business} needs a person: {reason}.

Open it here: {link}

The patient has been told that your team will answer. You get this mail because you work at {business}; you can switch
it off under Settings → People.
"""


def open_for(business: Business, handoff_id: int, lease: Lease) -> None:
    """Claim the handoff's news: one escalation per handoff, however often this runs."""
    with transaction.atomic():
        lease.hold()
        handoff = Handoff.objects.filter(pk=handoff_id).first()
        if handoff is not None:
            escalation, made = Escalation.objects.get_or_create(
                handoff=handoff, defaults={"conversation_id": handoff.conversation_id, "opened_at": handoff.at}
            )
            if made:
                worklist.call_for(business.pk, NOTIFY, escalation.pk)
                publish(business, "escalation_opened", escalation.pk)
                publish(business, "escalation", escalation.pk)
                publish(business, "conversation", handoff.conversation_id)
        lease.finish()


def notify(business: Business, escalation_id: int, lease: Lease) -> None:
    """Mail everybody who wants it, without a word of the conversation: mail is read in many places."""
    escalation = (
        Escalation.objects.filter(pk=escalation_id, status=Escalation.Status.OPEN).select_related("handoff").first()
    )
    people = Membership.objects.filter(business=business, notify_by_email=True, user__is_active=True)
    addresses = list(people.values_list("user__email", flat=True))
    if escalation is None or not addresses:
        return lease.finish()
    reason = escalation.handoff.get_reason_display()
    mail = EmailMessage(
        subject=f"{business.name}: a conversation needs you ({reason.lower()})",
        body=TEXT.format(
            business=business.name,
            reason=reason.lower(),
            link=f"{settings.PUBLIC_ORIGIN}{business.path}conversations/{escalation.conversation_id}/",
        ),
        bcc=addresses,
        headers={"Message-ID": f"<escalation-{escalation.pk}.{business.schema_name}@frontdesk>"},
    )
    try:
        mail.send()
    except (smtplib.SMTPException, OSError):
        return lease.retry_in(dt.timedelta(seconds=min(600, 5 * 2**lease.attempts)))
    return lease.finish()
