"""What must stay readable, or booking breaks: dates, times, prices, references, slot tickets.

They are claimed as harmless before anything that looks for digits, so that `07.02.2025 14` is no phone.
"""

import re

from agents.privacy.dates import COMPACT, DAY, MONTH, NUMERIC_WITH_YEAR
from agents.privacy.reading import HARMLESS, Claim, Reading

_TICKET = re.compile(r"(?<![\w.])s\.[A-Za-z0-9_\-]{16,}+(?:[.:][A-Za-z0-9_\-]++)*+")
_UUID = re.compile(r"(?<![\w\-])[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}(?![\w\-])")
_CLOCK = r"(?:[T ,]{1,2}\d{1,2}[:.h]\d\d(?::\d\d)?(?:\.\d{1,9})?(?:Z|[+\-]\d\d:?\d\d)?(?!\d))?"
_DATE_WITH_YEAR = re.compile(NUMERIC_WITH_YEAR + _CLOCK)
_COMPACT_DATE = re.compile(COMPACT + r"(?:T\d{4,6}Z?)?")
_SHORT_DATE = re.compile(rf"(?<![\d./\-+(])(?:{DAY}/{MONTH}|{MONTH}/{DAY}|{DAY}\.{MONTH}\.)(?![\d/]|[.\-]\d)")
_TIME = re.compile(
    r"(?<![\d.:+\-(])(?<!\d\s)(?:[01]?\d|2[0-4])(?:"
    r"\s?[:h]\s?[0-5]\d(?::[0-5]\d)?|\.[0-5]\d(?![.\d])(?!\s\d{2,})|\s?(?:[ap]\.?m\b|uhr\b|hrs?\b|h\b"
    r"|o'clock))(?![\d:])"
    r"|(?<![\d:])\d{1,2}:[0-5]\d(?::[0-5]\d)?(?!\d)|(?<![\d.])\d{1,2}(?:[.:]\d\d)?\s?[ap]\.?m\b",
    re.IGNORECASE,
)
_AMOUNT = r"\d{1,7}(?:[.,']\d{3})*+(?:[.,]\d{1,2})?(?!\d)"
_PRICE = re.compile(
    rf"(?:[£€$]|R\$|\b(?:EUR|GBP|USD|CHF|AUD|CAD|BRL)(?=[\s\d]))\s?{_AMOUNT}"
    rf"|(?<![\d.,+\-])(?<!\d\s){_AMOUNT}\s?(?:[£€$%]|(?:EUR|euros?|GBP|pounds?|quid|USD|dollars?|CHF"
    rf"|reais)\b)",
    re.IGNORECASE,
)
_LETTERED = re.compile(r"(?<![\w\-])(?P<prefix>[A-Z]{2,6})-\d{2,8}(?:-\d{1,8})?(?![\w\-])")
_NUMBERED = re.compile(r"(?<![\w#])#\s?[A-Za-z]{0,4}-?\d{1,8}(?![\w]|[ \-]\d{3}[\d \-])")
_PREFIXED = re.compile(r"(?<![\w\-])[A-Z]{2,6}\d{3,6}[A-Z]?(?![\w\-])")
_CALLED = re.compile(
    r"\b(?:ref(?:erence)?|booking|order|ticket|invoice|confirmation|appointment|buchung(?:snummer)?"
    r"|termin(?:nummer)?|"
    r"referenz|rechnung|vorgang(?:snummer)?|reservation|facture|commande|reserva|referencia|factura"
    r"|pedido|marcacao|fatura)"
    r"(?:\s(?:number|nummer|numero|no|nr|num|code|id|ref))?[.:]?\s{0,2}(?:(?:is|ist|est|es|e)\s)?[#:]?\s?"
    r"(?P<token>(?=[a-z\-]{0,6}[1-9])[a-z]{0,6}-?\d{3,9})(?![\w]|[ .\-]\d)"
)
_NOT_REFERENCES = frozenset({"TEL", "MOB", "FAX", "NHS", "DOB", "SSN", "ID", "NI", "CARD", "PHONE", "CALL"})


def read_readable(reading: Reading) -> None:
    if not reading.has_digits:
        return
    for pattern in (_TICKET, _UUID, _DATE_WITH_YEAR, _NUMBERED, _PREFIXED, _PRICE, _TIME, _COMPACT_DATE, _SHORT_DATE):
        reading.take(HARMLESS, pattern)
    reading.sweep(_LETTERED, _lettered)
    reading.sweep_folded(_CALLED, lambda match: (HARMLESS, *match.span("token")))


def read_tickets(reading: Reading) -> None:
    """Slot tickets alone: opaque text of ours, which nothing may touch."""
    if "s." in reading.rest:
        reading.take(HARMLESS, _TICKET)


def _lettered(match: re.Match[str]) -> Claim | None:
    return None if match.group("prefix") in _NOT_REFERENCES else (HARMLESS, *match.span())
