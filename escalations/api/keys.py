"""A business's API keys: `fd_` + eight letters that people know it by + `_` + 43 characters of secret.

Only the digest of the whole is kept. 256 bits of chance need no slow hash.
"""

import datetime as dt
import hashlib
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils.crypto import constant_time_compare

from escalations.api.scopes import Scope
from escalations.models import ApiKey
from tenants import clock
from tenants.audit import record
from tenants.models import Business, User

SHAPE = re.compile(r"fd_[a-z2-7]{8}_[A-Za-z0-9_-]{43}")
_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
PREFIX_LENGTH = 11
USED_EVERY = dt.timedelta(minutes=1)
NOBODYS = hashlib.sha256(b"nobody's").hexdigest()


@dataclass(frozen=True, kw_only=True)
class MadeKey:
    """`secret` is shown once and kept nowhere."""

    key: ApiKey
    secret: str


def make(business: Business, user: User, name: str, scopes: Iterable[Scope]) -> MadeKey:
    prefix = "fd_" + "".join(secrets.choice(_LETTERS) for _ in range(8))
    secret = f"{prefix}_{secrets.token_urlsafe(32)}"
    with transaction.atomic():
        key = ApiKey.objects.create(
            name=name, prefix=prefix, digest=_digest(secret), scopes=sorted(set(scopes)), created_by=user.pk
        )
        record(business, user, "api_key.made", f"key {key.pk}", scopes=key.scopes)
    return MadeKey(key=key, secret=secret)


def find(token: str) -> ApiKey | None:
    """The key of the business whose schema is entered; None for anything else, revoked ones too."""
    if not SHAPE.fullmatch(token):
        return None
    key = ApiKey.objects.filter(prefix=token[:PREFIX_LENGTH], revoked_at__isnull=True).first()
    same = constant_time_compare(_digest(token), key.digest if key is not None else NOBODYS)
    return key if same else None


def note_use(key: ApiKey) -> None:
    """Once a minute at most: the row is not to be written by every call."""
    now = clock.now()
    if key.last_used_at is None or key.last_used_at <= now - USED_EVERY:
        old = Q(last_used_at__isnull=True) | Q(last_used_at__lte=now - USED_EVERY)
        ApiKey.objects.filter(old, pk=key.pk).update(last_used_at=now)


def revoke(business: Business, key: ApiKey, user: User) -> None:
    """From now on it opens nothing; revoking twice is fine."""
    with transaction.atomic():
        if ApiKey.objects.filter(pk=key.pk, revoked_at__isnull=True).update(revoked_at=clock.now()):
            record(business, user, "api_key.revoked", f"key {key.pk}")


def restore(business: Business, key: ApiKey, user: User) -> None:
    """The undoing of `revoke`."""
    with transaction.atomic():
        if ApiKey.objects.filter(pk=key.pk, revoked_at__isnull=False).update(revoked_at=None):
            record(business, user, "api_key.restored", f"key {key.pk}")


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
