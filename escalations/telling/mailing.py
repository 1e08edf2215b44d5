"""A notice, or a day of them, by mail; never a word of a conversation: mail is read in many places."""

import smtplib
from collections import Counter
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage

from escalations.models import Notice
from escalations.telling.words import KINDS, path_of, text_of
from tenants.models import Business

FAILURES = (smtplib.SMTPException, OSError)
FOOT = """\

You get this mail because you work at {business}. You can choose what you are told of here: {switch}
"""


def send(business: Business, notice: Notice, address: str, reason: str = "") -> None:
    """Raises one of FAILURES. Its id is always the same, so that a second copy (the worker was killed before it could
    note the first) is recognised as one."""
    why = f"\nWhy: {reason}" if reason else ""
    link = f"{settings.PUBLIC_ORIGIN}{path_of(business, notice)}"
    body = f"{text_of(notice)}\n{why}\nOpen it here: {link}\n"
    _mail(business, f"{business.name}: {_subject(notice)}", body, address, f"notice-{notice.pk}").send()


def send_digest(business: Business, notices: Sequence[Notice], address: str, day: str) -> None:
    """Raises one of FAILURES."""
    counted = Counter(text_of(each) for each in notices)
    lines = "\n".join(f"- {text} ({times} times)" if times > 1 else f"- {text}" for text, times in counted.items())
    link = f"{settings.PUBLIC_ORIGIN}{business.path}notices/"
    body = f"What you have not looked at yet:\n\n{lines}\n\nAll of it is here: {link}\n"
    key = f"digest-{notices[0].staff_id}-{day}"
    _mail(business, f"{business.name}: {len(notices)} things waiting for you", body, address, key).send()


def _subject(notice: Notice) -> str:
    return KINDS[Notice.Kind(notice.kind)].text.rstrip(".").lower()


def _mail(business: Business, subject: str, body: str, address: str, key: str) -> EmailMessage:
    switch = f"{settings.PUBLIC_ORIGIN}{business.path}settings/notifications/"
    return EmailMessage(
        subject=subject,
        body=body + FOOT.format(business=business.name, switch=switch),
        to=[address],
        headers={"Message-ID": f"<{key}.{business.schema_name}@frontdesk>"},
    )
