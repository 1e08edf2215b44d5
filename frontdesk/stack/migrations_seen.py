"""Whether the embedded database has had this checkout's migrations: a second start needn't ask it."""

import hashlib
from pathlib import Path

from frontdesk.stack.checkout import Checkout, write_private


def migrations_changed(checkout: Checkout) -> bool:
    """True when a migration or a lock file changed, came or went since `remember_migrations`."""
    try:
        return _seen(checkout).read_text() != _fingerprint(checkout)
    except FileNotFoundError:
        return True


def never_migrated(checkout: Checkout) -> bool:
    return not _seen(checkout).exists()


def remember_migrations(checkout: Checkout) -> None:
    write_private(_seen(checkout), _fingerprint(checkout))


def _seen(checkout: Checkout) -> Path:
    return checkout.local / "migrations"


def _fingerprint(checkout: Checkout) -> str:
    files = [*checkout.root.glob("*/migrations/*.py"), *checkout.root.glob("requirements/*.txt")]
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(f"{file.relative_to(checkout.root)}\0".encode() + file.read_bytes() + b"\0")
    return digest.hexdigest()
