"""Where files lie: MEDIA_ROOT/<the business's schema>/<ab>/<random>; never served from there, never by their own name.

The row (StoredFile) is the truth: a file without one is an orphan, which retention sweeps away.
"""

import re
import secrets
from collections.abc import Iterator
from pathlib import Path

import structlog
from django.conf import settings

from conversations.models import StoredFile
from tenants import clock
from tenants.models import Business

log = structlog.get_logger(__name__)
_PATH = re.compile(r"[0-9a-f]{2}/[0-9a-f]{32}")
_SCHEMA = re.compile(r"[a-z][a-z0-9_]{2,40}")


class Gone(Exception):
    """It is not (or no longer) there."""


def write(business: Business, content: bytes) -> str:
    """Its path within the business's folder. Written beside, then moved: nobody sees half of it."""
    name = secrets.token_hex(16)
    path = f"{name[:2]}/{name}"
    place = _place(business, path)
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    half = place.with_suffix(".part")
    half.write_bytes(content)
    half.replace(place)
    return path


def read(business: Business, file: StoredFile) -> bytes:
    """Raises Gone."""
    if file.state != StoredFile.State.KEPT:
        raise Gone(file.state)
    try:
        return _place(business, file.path).read_bytes()
    except OSError as error:
        raise Gone("not on the disk") from error


def remove(business: Business, path: str) -> None:
    if path:
        _place(business, path).unlink(missing_ok=True)


def discard(business: Business, path: str) -> None:
    """Whatever lies there below the business's folder, half written ones too (all_paths names it)."""
    (folder_of(business) / path).unlink(missing_ok=True)


def delete(business: Business, files: list[StoredFile], reason: str = "") -> int:
    """Delete what is kept of these: first the bytes, then the row says so. `reason` is kept with it."""
    for each in files:
        remove(business, each.path)
    return StoredFile.objects.filter(pk__in=[each.pk for each in files]).update(
        state=StoredFile.State.DELETED, path="", digest="", name="", error=reason, deleted_at=clock.now()
    )


def all_paths(business: Business) -> Iterator[tuple[str, float]]:
    """Every file of the business on the disk with the time of its writing (seconds since 1970)."""
    folder = folder_of(business)
    for place in folder.glob("*/*") if folder.is_dir() else ():
        yield str(place.relative_to(folder)), place.stat().st_mtime


def folder_of(business: Business) -> Path:
    if not _SCHEMA.fullmatch(business.schema_name):
        raise ValueError("no schema's name")
    return Path(settings.MEDIA_ROOT) / business.schema_name


def _place(business: Business, path: str) -> Path:
    if not _PATH.fullmatch(path):
        raise Gone("no path of ours")
    return folder_of(business) / path
