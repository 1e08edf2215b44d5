"""A notice to the browsers of one person, by Web Push (RFC 8030). What travels holds nobody's name and no text."""

import json

import structlog
from django.db.models import F

from escalations.attendance import Colleague
from escalations.models import Notice, PushSubscription
from escalations.telling import push_encryption, vapid
from escalations.telling.errors import NotNow
from escalations.telling.words import path_of, text_of
from escalations.webhooks.posting import Posted, post
from tenants.models import Business

log = structlog.get_logger(__name__)
GONE = (404, 410)
TTL = 4 * 3600  # seconds; later it helps nobody
FAILURES_AT_MOST = 10
TOO_OFTEN = 429


def send(business: Business, notice: Notice, colleague: Colleague) -> str:
    """ "sent" when one browser's service has it, "nobody" when none is left. Raises NotNow.

    The topic lets the service, and the tag the browser, show a second copy as the same.
    """
    if not vapid.public_key():
        return "no_key"
    told, later = False, False
    for each in PushSubscription.objects.filter(staff_id=colleague.user_id).order_by("pk"):
        answer = _post(business, notice, each)
        if answer.accepted:
            told = True
        elif answer.status in GONE:
            each.delete()
        else:
            log.info("push.refused", status=answer.status)
            later = later or answer.status is None or answer.status >= 500 or answer.status == TOO_OFTEN
            _failed(each)
    if later and not told:
        raise NotNow("push service")
    return "sent" if told else "nobody"


def _post(business: Business, notice: Notice, browser: PushSubscription) -> Posted:
    payload = {
        "title": business.name,
        "text": text_of(notice),
        "path": path_of(business, notice),
        "tag": f"notice-{notice.pk}",
    }
    body = push_encryption.encrypt(json.dumps(payload).encode(), browser.p256dh, browser.auth)
    headers = {
        "Authorization": vapid.authorization(browser.endpoint),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(TTL),
        "Topic": f"notice-{business.pk}-{notice.pk}",
        "Urgency": "high" if notice.kind == Notice.Kind.RED_FLAG else "normal",
    }
    return post(browser.endpoint, headers, body)


def _failed(browser: PushSubscription) -> None:
    """A browser that is refused again and again is forgotten."""
    PushSubscription.objects.filter(pk=browser.pk).update(failures=F("failures") + 1)
    PushSubscription.objects.filter(pk=browser.pk, failures__gte=FAILURES_AT_MOST).delete()
