"""What a new business of each kind starts with: tenants/kinds/<kind>.toml."""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

FOLDER = Path(__file__).parent / "kinds"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ServiceTemplate(_Part):
    name: str
    minutes: int
    price: int | None = None  # minor unit of the currency
    description: str = ""
    other_names: tuple[str, ...] = ()


class RedFlagTemplate(_Part):
    name: str
    phrases: tuple[str, ...]
    signpost: str  # said at once; {phone} is the business's own number


class KindTemplate(_Part):
    kind: str
    label: str  # "Dentist"
    patient_label: str
    location_name: str
    practitioner_example: str
    tone: str
    instructions: str = ""
    hours: dict[str, tuple[tuple[str, str], ...]]  # "monday" → (("08:30", "12:30"), ("13:30", "17:30"))
    services: tuple[ServiceTemplate, ...]
    red_flags: tuple[RedFlagTemplate, ...]


@lru_cache(maxsize=16)
def template_of(kind: str) -> KindTemplate:
    """The template of a tenants.models.Kind value."""
    data: dict[str, Any] = tomllib.loads((FOLDER / f"{kind}.toml").read_text(encoding="utf-8"))
    return KindTemplate(kind=kind, **data)
