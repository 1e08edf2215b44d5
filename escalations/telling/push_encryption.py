"""Web Push as the browser reads it: one record of aes128gcm (RFC 8188) under keys of RFC 8291."""

import base64
import os

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

RECORD = 4096  # bytes; a push service takes no more
LONGEST = RECORD - 16 - 1 - 86  # tag, end of the record, header


class KeysRefused(ValueError):
    """These are no keys of a browser."""


def encrypt(
    text: bytes,
    p256dh: str,
    auth: str,
    *,
    salt: bytes | None = None,
    own: ec.EllipticCurvePrivateKey | None = None,
) -> bytes:
    """The body of the request. `p256dh` and `auth` as the browser gives them, base64url. Raises KeysRefused.

    `salt` and `own` are made anew for each message; the RFC's example gives them.
    """
    if len(text) > LONGEST:
        raise ValueError(f"at most {LONGEST} bytes")
    theirs, secret = _keys(p256dh, auth)
    salt, own = salt or os.urandom(16), own or ec.generate_private_key(ec.SECP256R1())
    public = point(own.public_key())
    shared = own.exchange(ec.ECDH(), theirs)
    key = _derived(shared, secret, b"WebPush: info\x00" + point(theirs) + public, 32)
    content_key = _derived(key, salt, b"Content-Encoding: aes128gcm\x00", 16)
    nonce = _derived(key, salt, b"Content-Encoding: nonce\x00", 12)
    sealed = AESGCM(content_key).encrypt(nonce, text + b"\x02", None)
    return salt + RECORD.to_bytes(4, "big") + bytes([len(public)]) + public + sealed


def check(p256dh: str, auth: str) -> None:
    """Raises KeysRefused."""
    _keys(p256dh, auth)


def point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def unpadded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def padded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _keys(p256dh: str, auth: str) -> tuple[ec.EllipticCurvePublicKey, bytes]:
    try:
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), padded(p256dh))
        secret = padded(auth)
    except ValueError as error:
        raise KeysRefused("no point of the curve, or not base64") from error
    if len(secret) != 16:
        raise KeysRefused("the secret has 16 bytes")
    return theirs, secret


def _derived(key: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=info).derive(key)
