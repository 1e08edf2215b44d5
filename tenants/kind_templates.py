"""What a new business of each kind starts with: tenants/kinds/<kind>.toml."""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

BRITISH_NUMBERS = frozenset(["GB", "IM", "JE", "GG"])  # where 999, NHS 111 and Samaritans answer
FOLDER = Path(__file__).parent / "kinds"
OTHER_LANGUAGES = ("de", "es", "fr", "pt")  # tenants/red_flags; English stands with each kind
HELPLINES = {  # somebody listens at any hour; elsewhere findahelpline.com knows who
    "GB": "Samaritans, 116 123",
    "IE": "Samaritans, 116 123",
    "DE": "Telefonseelsorge, 0800 111 0 111",
    "AT": "Telefonseelsorge, 142",
    "CH": "143",
    "ES": "024",
    "FR": "3114",
    "BR": "CVV, 188",
    "US": "988",
    "CA": "988",
}


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


class FlagInLanguage(_Part):
    """The words of a red flag in another language; the signpost may hold {emergency} and {helpline}."""

    phrases: tuple[str, ...]
    signpost: str


@lru_cache(maxsize=256)
def flags_in(name: str, country: str) -> dict[str, FlagInLanguage]:
    """The red flag of that name in the other languages, with the numbers that answer in the country."""
    emergency = "999" if country in BRITISH_NUMBERS else "911" if country in ("US", "CA") else "112"
    numbers = {"emergency": emergency, "helpline": HELPLINES.get(country, "findahelpline.com")}
    found = {}
    for code in OTHER_LANGUAGES:
        flag = _flags_of(code).get(name)
        if flag is not None:
            found[code] = flag.model_copy(update={"signpost": flag.signpost.format(**numbers)})
    return found


@lru_cache(maxsize=8)
def _flags_of(code: str) -> dict[str, FlagInLanguage]:
    text = (FOLDER.parent / "red_flags" / f"{code}.toml").read_text(encoding="utf-8")
    return {name: FlagInLanguage(**fields) for name, fields in tomllib.loads(text).items()}


@lru_cache(maxsize=16)
def template_of(kind: str) -> KindTemplate:
    """The template of a tenants.models.Kind value."""
    data: dict[str, Any] = tomllib.loads((FOLDER / f"{kind}.toml").read_text(encoding="utf-8"))
    return KindTemplate(kind=kind, **data)
