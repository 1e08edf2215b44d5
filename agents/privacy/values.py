"""The values that cross the border of the privacy layer."""

from dataclasses import dataclass

NAME = "NAME"
PHONE = "PHONE"
EMAIL = "EMAIL"
NHS = "NHS"
NINO = "NINO"
CARD = "CARD"
IBAN = "IBAN"
IP = "IP"
BIRTH_DATE = "BIRTH_DATE"
POSTCODE = "POSTCODE"
ADDRESS = "ADDRESS"
SSN = "SSN"
ID = "ID"
CREDENTIALS = "CREDENTIALS"
TEXT = "TEXT"
"""A text that looks like one of our placeholders, written by a patient: kept as an opaque value."""

TYPES = frozenset(
    {
        NAME,
        PHONE,
        EMAIL,
        NHS,
        NINO,
        CARD,
        IBAN,
        IP,
        BIRTH_DATE,
        POSTCODE,
        ADDRESS,
        SSN,
        ID,
        CREDENTIALS,
        TEXT,
    }
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """A piece of personal data: code points [start, end) of the original text."""

    type: str
    start: int
    end: int


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownValue:
    """Something that is known to be personal: a name, phone, e-mail, birth date (ISO) or any other text."""

    type: str
    value: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One placeholder of a conversation. Store it encrypted: `value` is personal data."""

    token: str
    type: str
    value: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Redacted:
    """A text fit for a model; `spans` refer to the original; `new` must be stored before it is used."""

    text: str
    spans: tuple[Span, ...] = ()
    new: tuple[Entry, ...] = ()
