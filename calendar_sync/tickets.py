"""Slot tickets: the permission to book one slot, for one contact, for half an hour.

`s.` and 46 characters of base64url: expiry, contact, service, practitioner, start, location (big-endian, moments in
seconds since 1970), two random bytes and 12 bytes of HMAC-SHA256 over them and the business. Short, because a model
reads and writes it. It is worth nothing to another contact or business, and the diary still checks that the time is
free. The random bytes make the ticket of a slot that was booked and freed again another ticket.
"""

import base64
import binascii
import datetime as dt
import hashlib
import re
import secrets
from dataclasses import dataclass

from django.utils.crypto import constant_time_compare, salted_hmac

from calendar_sync.errors import TicketRefused
from calendar_sync.slots import Slot
from tenants import clock
from tenants.models import Business

VALID_FOR = dt.timedelta(minutes=30)
PREFIX = "s."
_SIZES = (4, 4, 3, 3, 4, 2, 2)  # bytes of expiry, contact, service, practitioner, start, location, and chance
_MAC_BYTES = 12
_SALT = "frontdesk.calendar_sync.slot_ticket"
_SHAPE = re.compile(r"s\.[A-Za-z0-9_-]{46}")


@dataclass(frozen=True, kw_only=True)
class TicketedSlot:
    """What a valid ticket permits. `digest` names the ticket in the database; location 0: where they are then."""

    contact_id: int
    service_id: int
    practitioner_id: int
    starts_at: dt.datetime
    location_id: int
    expires_at: dt.datetime
    digest: str


def issue(business: Business, slot: Slot, *, contact_id: int) -> str:
    """A ticket for the slot; expires 30 minutes from now."""
    values = (
        int((clock.now() + VALID_FOR).timestamp()),
        contact_id,
        slot.service_id,
        slot.practitioner_id,
        int(slot.starts_at.timestamp()),
        slot.location_id,
        secrets.randbits(16),
    )
    fields = b"".join(value.to_bytes(size, "big") for value, size in zip(values, _SIZES, strict=True))
    return PREFIX + base64.urlsafe_b64encode(fields + _mac(business, fields)).rstrip(b"=").decode()


def read(business: Business, token: str, *, contact_id: int) -> TicketedSlot:
    """What the ticket permits this contact; raises TicketRefused with the reason."""
    if not _SHAPE.fullmatch(token):
        raise TicketRefused("malformed")
    try:
        packed = base64.urlsafe_b64decode(token.removeprefix(PREFIX) + "==")
    except binascii.Error as error:
        raise TicketRefused("malformed") from error
    fields, mac = packed[:-_MAC_BYTES], packed[-_MAC_BYTES:]
    if not constant_time_compare(mac, _mac(business, fields)):
        raise TicketRefused("forged")
    expires, made_for, service_id, practitioner_id, start, location_id, _ = _unpacked(fields)
    if made_for != contact_id:
        raise TicketRefused("other contact")
    expires_at = dt.datetime.fromtimestamp(expires, dt.UTC)
    if expires_at <= clock.now():
        raise TicketRefused("expired")
    return TicketedSlot(
        contact_id=made_for,
        service_id=service_id,
        practitioner_id=practitioner_id,
        starts_at=dt.datetime.fromtimestamp(start, dt.UTC),
        location_id=location_id,
        expires_at=expires_at,
        # Of the bytes, not of the text: 46 characters have unused bits, so one ticket could be written in four ways.
        digest=hashlib.sha256(packed).hexdigest(),
    )


def _unpacked(fields: bytes) -> list[int]:
    values, place = [], 0
    for size in _SIZES:
        values.append(int.from_bytes(fields[place : place + size], "big"))
        place += size
    return values


def _mac(business: Business, fields: bytes) -> bytes:
    message = business.pk.to_bytes(8, "big") + fields
    return salted_hmac(_SALT, message, algorithm="sha256").digest()[:_MAC_BYTES]
