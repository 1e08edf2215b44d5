"""A marked string."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Entry:
    id: str
    plural: str | None = None
    context: str | None = None
