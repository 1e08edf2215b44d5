"""Who sends a push (VAPID, RFC 8292): a key of this installation, and a word signed with it for each push service."""

import datetime as dt
import json
from functools import lru_cache
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from django.conf import settings

from escalations.telling.push_encryption import padded, point, unpadded
from tenants import clock

HOURS = dt.timedelta(hours=12)  # the RFC allows 24
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256


def public_key() -> str:
    """For the browser's subscribe(); "" where no key is set: then there is no push."""
    return unpadded(point(_key(settings.VAPID_PRIVATE_KEY).public_key())) if settings.VAPID_PRIVATE_KEY else ""


def authorization(endpoint: str) -> str:
    """The header of one request."""
    service = urlsplit(endpoint)
    claims = {
        "aud": f"{service.scheme}://{service.netloc}",
        "exp": int((clock.now() + HOURS).timestamp()),
        "sub": settings.PUBLIC_ORIGIN,
    }
    parts = [unpadded(json.dumps(each).encode()) for each in ({"typ": "JWT", "alg": "ES256"}, claims)]
    signed = ".".join(parts)
    signature = _key(settings.VAPID_PRIVATE_KEY).sign(signed.encode(), ec.ECDSA(hashes.SHA256()))
    r, s = decode_dss_signature(signature)
    token = f"{signed}.{unpadded(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"
    return f"vapid t={token}, k={public_key()}"


@lru_cache(maxsize=2)
def _key(secret: str) -> ec.EllipticCurvePrivateKey:
    """Of 32 random bytes in base64url."""
    value = int.from_bytes(padded(secret.rstrip("=")), "big") % (ORDER - 1) + 1
    return ec.derive_private_key(value, ec.SECP256R1())
