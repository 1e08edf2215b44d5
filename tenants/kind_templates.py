"""What a new business of each kind starts with: tenants/kinds/<kind>.toml."""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

BRITISH_NUMBERS = frozenset(["GB", "IM", "JE", "GG"])  # where 999, NHS 111 and Samaritans answer
FOLDER = Path(__file__).parent / "kinds"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ServiceTemplate(_Part):
    name: str
    minutes: int
    price: int | None = None  # minor unit of the currency
    description: str = ""
    other_names: tuple[str, ...] = ()
    buffer_before: int = 0
    buffer_after: int = 0  # minutes that the practitioner is kept free around it
    preparation: str = ""  # told with the confirmation
    seats: int = 1  # more: a group shares the time
    reminders: tuple[int, ...] = (1440,)  # minutes before


class RedFlagTemplate(_Part):
    name: str
    phrases: tuple[str, ...]
    signpost: str  # said at once, in the United Kingdom
    signpost_abroad: str  # said elsewhere: other countries have other numbers


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

    def in_country(self, country: str) -> "KindTemplate":
        """The template whose signposts name numbers that answer in the country (ISO 3166)."""
        if country in BRITISH_NUMBERS:
            return self
        flags = (flag.model_copy(update={"signpost": flag.signpost_abroad}) for flag in self.red_flags)
        return self.model_copy(update={"red_flags": tuple(flags)})


@lru_cache(maxsize=16)
def template_of(kind: str) -> KindTemplate:
    """The template of a tenants.models.Kind value."""
    data: dict[str, Any] = tomllib.loads((FOLDER / f"{kind}.toml").read_text(encoding="utf-8"))
    return KindTemplate(kind=kind, **data)
