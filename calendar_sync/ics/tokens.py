"""Addresses that nobody can guess: numbers of four bytes each and a MAC over them, as 32 characters of base64url.

24 bytes in all, so that there is no padding and each token can be written in one way only. The MAC covers what the
token is for and, for feeds, a secret that is stored with the practitioner: a new secret ends the old address.
"""

import base64
import re
from collections.abc import Sequence

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

_BYTES = 24
_NUMBER = 4
_SHAPE = re.compile(r"[A-Za-z0-9_-]{32}")


def sealed(purpose: str, numbers: Sequence[int], secret: str = "") -> str:
    """The token of these numbers; each below 2³², at most three of them."""
    return base64.urlsafe_b64encode(_packed(numbers) + _mac(purpose, numbers, secret, settings.SECRET_KEY)).decode()


def numbers_in(token: str, count: int) -> tuple[int, ...] | None:
    """The numbers that a token claims, not proven yet; None for what is no token."""
    if not _SHAPE.fullmatch(token):
        return None
    packed = base64.urlsafe_b64decode(token)
    parts = (packed[at : at + _NUMBER] for at in range(0, count * _NUMBER, _NUMBER))
    return tuple(int.from_bytes(part, "big") for part in parts)


def is_genuine(token: str, purpose: str, numbers: Sequence[int], secret: str = "") -> bool:
    """Whether we made the token for these numbers, under today's key or one that it replaced."""
    given = base64.urlsafe_b64decode(token)[len(numbers) * _NUMBER :]
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return any(constant_time_compare(given, _mac(purpose, numbers, secret, key)) for key in keys)


def _packed(numbers: Sequence[int]) -> bytes:
    return b"".join(number.to_bytes(_NUMBER, "big") for number in numbers)


def _mac(purpose: str, numbers: Sequence[int], secret: str, key: str) -> bytes:
    message = _packed(numbers) + secret.encode()
    full = salted_hmac(f"frontdesk.calendar_sync.ics.{purpose}", message, secret=key, algorithm="sha256").digest()
    return full[: _BYTES - len(numbers) * _NUMBER]
