"""Owners and admins are mailed when a spend limit is nearly or wholly used."""

import datetime as dt
import smtplib

import structlog
from django.conf import settings
from django.core.mail import EmailMessage

from agents.models import SpendWarning
from escalations.telling.delivering import TRIES as MAIL_TRIES
from tenants.models import Business, Membership, Role
from tenants.templatetags.money import dollars
from tenants.worklist import Lease

log = structlog.get_logger(__name__)
NEARLY = """\
{percent} % of what {business} allows the assistant to spend on language models {period} is used: {spent} of {limit}.

When all of it is used, patients are still answered: by the guided flow, which books, moves and cancels without a
language model.
"""
WHOLLY = """\
What {business} allows the assistant to spend on language models {period} is used: {spent} of {limit}.

Patients are still answered: by the guided flow, which books, moves and cancels without a language model.
"""
WHERE = "\nSee what was spent, or change the limit: {link}\n"


def tell(business: Business, warning_id: int, lease: Lease) -> None:
    """One mail for one warning; its id is always the same, so that a second copy is recognised as one."""
    warning = SpendWarning.objects.filter(pk=warning_id).first()
    managers = Membership.objects.filter(
        business=business, role__in=[Role.OWNER, Role.ADMIN], user__is_active=True
    ).values_list("user__email", flat=True)
    if warning is None or not managers:
        return lease.finish()
    try:
        _mail(business, warning, list(managers)).send()
    except (smtplib.SMTPException, OSError) as error:
        log.warning("spend_warning.mail_failed", warning=warning_id, kind=type(error).__name__)
        if lease.attempts >= MAIL_TRIES:
            return lease.park()
        return lease.retry_in(dt.timedelta(seconds=min(600, 5 * 2**lease.attempts)))
    return lease.finish()


def _mail(business: Business, warning: SpendWarning, addresses: list[str]) -> EmailMessage:
    wholly = warning.percent >= 100
    words = (WHOLLY if wholly else NEARLY) + WHERE
    used = "used up" if wholly else f"{warning.percent} % used"
    return EmailMessage(
        subject=f"{business.name}: the assistant’s money for {warning.get_period_display()} is {used}",
        body=words.format(
            business=business.name,
            percent=warning.percent,
            period=warning.get_period_display(),
            spent=dollars(warning.spent_micro),
            limit=dollars(warning.limit_micro),
            link=f"{settings.PUBLIC_ORIGIN}{business.path}assistant/spend/",
        ),
        bcc=addresses,
        headers={"Message-ID": f"<spend-warning-{warning.pk}.{business.schema_name}@frontdesk>"},
    )
