"""Staff's own phones: what comes from one is a word to the desk, never a message of a patient.

A phone counts once the code that the page showed came back from it; until then its messages are anybody's. So nobody
can make the desk deaf to a patient by writing down their number.
"""

import datetime as dt
import hashlib
import hmac
import secrets

from django.db.models import F

from conversations.channels.registry import adapter_for
from conversations.events_in import InboundMessage
from conversations.models import Channel, StaffPhone, StaffWord
from conversations.service_window import HOURS, MARGIN
from conversations.storing import PROVIDER_ID, clean, shortened
from tenants import clock, worklist
from tenants.models import Business
from tenants.statements import insert

HEARD = "escalations.staff_word"
VALID = dt.timedelta(minutes=30)
TRIES = 5
DIGITS = 6


class PhoneTaken(Exception):
    """The number is a colleague's."""


def channel_for_staff() -> Channel | None:
    """The number that tells staff, and that they write to: the one connected first."""
    return Channel.objects.filter(active=True).order_by("pk").first()


def begin(channel: Channel, staff_id: int, phone: str) -> str:
    """Note a number (E.164) as this person's and return the code that has to come back from it. Raises PhoneTaken."""
    address = adapter_for(channel.kind).address_of(phone)
    if StaffPhone.objects.filter(kind=channel.kind, address=address).exclude(staff_id=staff_id).exists():
        raise PhoneTaken
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    StaffPhone.objects.update_or_create(
        staff_id=staff_id,
        defaults={
            "kind": channel.kind,
            "address": address,
            "code_digest": _digest(channel, code),
            "code_expires_at": clock.now() + VALID,
            "tries": 0,
            "verified_at": None,
            "last_inbound_at": None,
        },
    )
    return code


def hear(business: Business, channel: Channel, message: InboundMessage, sender: StaffPhone) -> bool:
    """Within the caller's transaction: True when this phone is one of the staff, and the message was kept for the
    desk."""
    text = shortened(clean(message.choice or message.text))[:300]
    if sender.verified_at is None and not _is_proved(channel, sender, text):
        return False
    word = StaffWord(
        phone=sender,
        channel=channel,
        provider_id=clean(message.provider_id)[:PROVIDER_ID],
        text=text,
        quoted=clean(message.reply_to)[:PROVIDER_ID],
        at=clock.now(),
    )
    if insert(word, unless="channel_id, provider_id"):
        StaffPhone.objects.filter(pk=sender.pk).update(last_inbound_at=message.sent_at or clock.now())
        worklist.call_for(business.pk, HEARD, word.pk)
    return True


def may_be_written_to(sender: StaffPhone) -> bool:
    """WhatsApp's 24 hours since their last word hold for staff, too."""
    if not adapter_for(sender.kind).has_window:
        return True
    last = sender.last_inbound_at
    return last is not None and clock.now() < last + HOURS - MARGIN


def _is_proved(channel: Channel, sender: StaffPhone, text: str) -> bool:
    given = text.strip()
    if not (given.isascii() and given.isdigit() and len(given) == DIGITS) or not sender.code_digest:
        return False
    StaffPhone.objects.filter(pk=sender.pk).update(tries=F("tries") + 1)
    in_time = sender.code_expires_at is not None and clock.now() < sender.code_expires_at
    if not in_time or sender.tries >= TRIES or not hmac.compare_digest(sender.code_digest, _digest(channel, given)):
        return False
    StaffPhone.objects.filter(pk=sender.pk).update(verified_at=clock.now(), code_digest="", code_expires_at=None)
    return True


def _digest(channel: Channel, code: str) -> str:
    return hashlib.sha256(f"{channel.kind}:{code}".encode()).hexdigest()
