"""Owners and admins are mailed when a spend limit is nearly or wholly used."""

import datetime as dt
import smtplib
from collections.abc import Iterable

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agents.models import SpendWarning
from escalations.telling.delivering import TRIES as MAIL_TRIES
from tenants.languages import known
from tenants.models import Business, Membership, Role
from tenants.templatetags.money import dollars
from tenants.worklist import Lease

log = structlog.get_logger(__name__)
NEARLY = (
    _(
        "{percent} % of what {business} allows the assistant to spend on language models {period} is used: "
        "{spent} of {limit}."
    ),
    _(
        "When all of it is used, patients are still answered: by the guided flow, which books, moves and cancels "
        "without a\nlanguage model."
    ),
)
WHOLLY = (
    _("What {business} allows the assistant to spend on language models {period} is used: {spent} of {limit}."),
    _("Patients are still answered: by the guided flow, which books, moves and cancels without a language model."),
)
WHERE = _("See what was spent, or change the limit: {link}")


def tell(business: Business, warning_id: int, lease: Lease) -> None:
    """One mail for one warning and language; its id is always the same, so that a second copy is recognised as one."""
    warning = SpendWarning.objects.filter(pk=warning_id).first()
    managers = Membership.objects.filter(
        business=business, role__in=[Role.OWNER, Role.ADMIN], user__is_active=True
    ).values_list("user__email", "user__language")
    if warning is None or not managers:
        return lease.finish()
    try:
        for language, addresses in _by_language(managers).items():
            with translation.override(language):
                _mail(business, warning, addresses, language).send()
    except (smtplib.SMTPException, OSError) as error:
        log.warning("spend_warning.mail_failed", warning=warning_id, kind=type(error).__name__)
        if lease.attempts >= MAIL_TRIES:
            return lease.park()
        return lease.retry_in(dt.timedelta(seconds=min(600, 5 * 2**lease.attempts)))
    return lease.finish()


def _by_language(managers: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for address, language in managers:
        found.setdefault(known(language) or settings.LANGUAGE_CODE, []).append(address)
    return found


def _mail(business: Business, warning: SpendWarning, addresses: list[str], language: str) -> EmailMessage:
    """In the language that is active; `language` makes its id."""
    wholly = warning.percent >= 100
    words = "\n\n".join(str(part) for part in (*(WHOLLY if wholly else NEARLY), WHERE)) + "\n"
    if wholly:
        subject = gettext("%(business)s: the assistant’s money for %(period)s is used up")
    else:
        subject = gettext("%(business)s: the assistant’s money for %(period)s is %(percent)s %% used")
    values = {"business": business.name, "period": warning.get_period_display(), "percent": warning.percent}
    mark = "" if language == settings.LANGUAGE_CODE else f"-{language}"
    return EmailMessage(
        subject=subject % values,
        body=words.format(
            business=business.name,
            percent=warning.percent,
            period=warning.get_period_display(),
            spent=dollars(warning.spent_micro),
            limit=dollars(warning.limit_micro),
            link=f"{settings.PUBLIC_ORIGIN}{business.path}assistant/spend/",
        ),
        bcc=addresses,
        headers={"Message-ID": f"<spend-warning-{warning.pk}{mark}.{business.schema_name}@frontdesk>"},
    )
