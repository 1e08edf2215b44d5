"""A notice, or a day of them, by mail; never a word of a conversation: mail is read in many places."""

import smtplib
from collections import Counter
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from escalations.models import Notice
from escalations.telling.words import KINDS, path_of, text_of
from tenants.formats import mid_sentence
from tenants.models import Business

FAILURES = (smtplib.SMTPException, OSError)
FOOT = _("You get this mail because you work at {business}. You can choose what you are told of here: {switch}")


def send(business: Business, notice: Notice, address: str, reason: str = "") -> None:
    """Raises one of FAILURES. Its id is always the same, so that a second copy (the worker was killed before it could
    note the first) is recognised as one."""
    why = "\n" + gettext("Why: %(reason)s") % {"reason": reason} if reason else ""
    link = gettext("Open it here: %(link)s") % {"link": f"{settings.PUBLIC_ORIGIN}{path_of(business, notice)}"}
    body = f"{text_of(notice)}\n{why}\n{link}\n"
    _mail(business, f"{business.name}: {_subject(notice)}", body, address, f"notice-{notice.pk}").send()


def send_digest(business: Business, notices: Sequence[Notice], address: str, day: str) -> None:
    """Raises one of FAILURES."""
    counted = Counter(text_of(each) for each in notices)
    lines = "\n".join(f"- {_often(text, times)}" for text, times in counted.items())
    link = gettext("All of it is here: %(link)s") % {"link": f"{settings.PUBLIC_ORIGIN}{business.path}notices/"}
    body = f"{gettext('What you have not looked at yet:')}\n\n{lines}\n\n{link}\n"
    key = f"digest-{notices[0].staff_id}-{day}"
    waiting = ngettext("%(number)s things waiting for you", "%(number)s things waiting for you", len(notices))
    subject = f"{business.name}: {waiting % {'number': len(notices)}}"
    _mail(business, subject, body, address, key).send()


def _often(text: str, times: int) -> str:
    return gettext("%(text)s (%(times)s times)") % {"text": text, "times": times} if times > 1 else text


def _subject(notice: Notice) -> str:
    return mid_sentence(str(KINDS[Notice.Kind(notice.kind)].text).rstrip("."))


def _mail(business: Business, subject: str, body: str, address: str, key: str) -> EmailMessage:
    switch = f"{settings.PUBLIC_ORIGIN}{business.path}settings/notifications/"
    return EmailMessage(
        subject=subject,
        body=f"{body}\n{FOOT.format(business=business.name, switch=switch)}\n",
        to=[address],
        headers={"Message-ID": f"<{key}.{business.schema_name}@frontdesk>"},
    )
