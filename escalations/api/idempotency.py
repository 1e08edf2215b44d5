"""The same write under the same `Idempotency-Key` is done once and answered twice.

The record is written in the transaction of the write itself. Whoever is killed in between leaves neither, so trying
again is safe; while one runs, an advisory lock of its transaction keeps the other out.
"""

import datetime as dt
import hashlib
import re
from dataclasses import dataclass
from typing import Any

from django.db import connection

from escalations.api.problems import Conflict, Invalid, Problem
from escalations.models import ApiKey, IdempotencyRecord
from tenants import clock

HEADER = "Idempotency-Key"
KEPT = dt.timedelta(hours=24)
TOKEN = re.compile(r"[\x21-\x7e]{1,120}")


@dataclass(frozen=True, kw_only=True)
class Written:
    status: int
    body: Any


def token_of(headers: Any) -> str | None:
    token = headers.get(HEADER)
    if token is not None and not TOKEN.fullmatch(token):
        raise Invalid([(f"header.{HEADER}", "1 to 120 visible ASCII characters")])
    return token


def digest_of(method: str, path: str, body: bytes) -> str:
    return hashlib.sha256(b"\n".join((method.encode(), path.encode(), body))).hexdigest()


def earlier(key: ApiKey, token: str, digest: str) -> Written | None:
    """Within the transaction of the write: what was answered before, if it was. Raises when it can't be said."""
    if not hold(key, token):
        raise Conflict("still_running", "The same request is being worked on. Please try again in a moment.")
    known = IdempotencyRecord.objects.filter(api_key=key, token=token, created_at__gt=clock.now() - KEPT).first()
    if known is None:
        return None
    if known.request_digest != digest:
        raise Problem(422, "idempotency_key_reused", "This Idempotency-Key belongs to another request.")
    return Written(status=known.status or 200, body=known.body)


def keep(key: ApiKey, token: str, digest: str, written: Written) -> None:
    """Also forgets what is too old to be asked for."""
    IdempotencyRecord.objects.filter(created_at__lte=clock.now() - KEPT).delete()
    IdempotencyRecord.objects.create(
        api_key=key,
        token=token,
        request_digest=digest,
        status=written.status,
        body=written.body,
        created_at=clock.now(),
    )


def hold(key: ApiKey, token: str) -> bool:
    """Until the transaction ends nobody else works under this key and token; False: somebody does."""
    assert connection.in_atomic_block
    name = f"{connection.schema_name}:{key.pk}:{token}"  # type: ignore[attr-defined]
    number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])
        return bool(cursor.fetchone()[0])
