"""Identifiers that are recognised by their form: IBAN, NI numbers, and anything else with seven digits."""

import re

from agents.privacy.dates import NUMERIC_WITH_YEAR
from agents.privacy.reading import Claim, Reading
from agents.privacy.values import IBAN, ID, NINO

# Country → length, from the SWIFT IBAN registry.
_LENGTHS = {
    country: int(length)
    for length, countries in {
        15: "NO", 16: "BE BI", 18: "DK FI FO GL NL SD", 19: "MK SI", 20: "AT BA EE KZ LT LU XK",
        21: "CH CR HR LI LV", 22: "BG BH DE GB GE IE ME RS", 23: "AE GI IL IQ OM SO TL",
        24: "AD CZ DZ ES MD PK RO SA SE SK TN VG", 25: "PT ST", 26: "IS TR",
        27: "BJ BF CI FR GR IT MC MG ML MR SM SN", 28: "AL AZ BY CY DO GT HU LB NI PL",
        29: "BR EG PS QA UA", 30: "JO KW MU", 31: "MT SC", 32: "LC", 33: "RU",
    }.items()
    for country in countries.split()
}  # fmt: skip
_IBAN_START = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}\s?\d{2}(?=[\s\-.]?[A-Za-z0-9])")
_NINO = re.compile(
    r"(?<![A-Za-z0-9])([A-Za-z]{2})[ \-.]{0,2}\d\d(?:[ \-.]{0,2}\d\d){2}[ \-.]{0,2}[A-Da-d](?![A-Za-z0-9])"
)
_NINO_CALLED = re.compile(
    r"\b(?:nino|ni|n\.i\.|national insurance)(?:\s(?:number|no|nr)\b\.?)?\s?(?:is|:|#)?\s{0,2}"
    r"(?P<id>[a-z]{2}[ \-.]?\d\d(?:[ \-.]?\d\d){2}(?:[ \-.]?[a-d])?)(?![a-z0-9])"
)
_CITIZEN_CARD = re.compile(r"(?<![A-Za-z0-9])\d{8}\s?\d\s?[A-Z]{2}\d(?![A-Za-z0-9])")
"""Portugal's, with its check digits and version."""
_SPANISH = re.compile(r"(?<![A-Za-z0-9])(?:[XYZ][ -]?\d{7}|\d{2}\.?\d{3}\.?\d{3})[ -]?[A-HJ-NP-TV-Z](?![A-Za-z0-9])")
"""NIE and DNI: their form is rare enough to need no word beside it."""
_LONG_TOKEN = re.compile(r"(?<![A-Za-z0-9])(?=[0-9]*[A-Za-z])[A-Za-z0-9]{8,}+")
_CALLED = re.compile(
    r"\b(?:passport|pass(?:nummer)?|reisepass|personalausweis|ausweis|driv(?:er"
    r"|ing)(?:'?s)?\s?licen[cs]e|licen[cs]e|"
    r"insurance|policy|membership|member|account|acct|sort code|patient id|hospital|medicare|medicaid"
    r"|aadhaar|"
    r"versichert(?:en|ungs)?nummer|krankenkassennummer|steuer-?id|kontonummer|fuhrerschein|"
    r"passeport|carte (?:d'identite|vitale)|securite sociale|permis|numero de compte|"
    r"pasaporte|dni|nif|nie|tarjeta sanitaria|seguridad social|cuenta|"
    r"passaporte|cartao de cidadao|contribuinte|utente|seguranca social|cpf|conta|ssn|social security)"
    r"(?:\s(?:number|nummer|numero|no|nr|num|id|code|card)\b\.?)?\s?(?:is|ist|est|es|e|:|#"
    r"|=)?\s{0,2}[:#]?\s?"
    r"(?P<id>(?=[a-z\-]{0,5}\d)[a-z0-9][a-z0-9\-./]{3,24}[a-z0-9])(?![a-z0-9])"
)
_DATE = re.compile(rf"(?:{NUMERIC_WITH_YEAR}|\d{{1,2}}[./-]\d{{1,2}}$)")
_PREPOSITIONS = frozenset(
    {
        "at",
        "on",
        "by",
        "to",
        "is",
        "or",
        "of",
        "in",
        "am",
        "pm",
        "my",
        "no",
        "um",
        "ab",
        "de",
        "le",
        "el",
        "as",
    }
)


def read_identifiers(reading: Reading) -> None:
    """IBAN and NI numbers, passports, policies …; before dates and references, which could cut them."""
    if not reading.has_digits:
        return
    reading.sweep(_IBAN_START, _iban)
    reading.sweep(_NINO, _nino)
    reading.take(ID, _CITIZEN_CARD)
    reading.take(ID, _SPANISH)
    reading.sweep_folded(_NINO_CALLED, lambda match: (NINO, *match.span("id")))
    reading.sweep_folded(_CALLED, _called)


def read_other_identifiers(reading: Reading) -> None:
    """Whatever else mixes letters with seven digits; after the references."""
    if not reading.has_digits:
        return
    reading.sweep(_LONG_TOKEN, _long_token)


def _iban(match: re.Match[str]) -> Claim | None:
    country = match.group()[:2].upper()
    end = _end_of(match.string, match.start(), _LENGTHS.get(country, 0))
    if end is None:
        return None
    value = re.sub(r"[^A-Z0-9]", "", match.string[match.start() : end].upper())
    # A mistyped one is private too; but "is 925-523-3695 and it …" is not one.
    plausible = sum(character.isdigit() for character in value) >= 10 and " " not in match.group()
    return (IBAN, match.start(), end) if plausible or is_valid_iban(value) else None


def _end_of(text: str, start: int, length: int) -> int | None:
    """Where `length` letters and digits end, when single separators divide them and none follows."""
    position, left = start, length
    while left and position < len(text):
        if text[position].isascii() and text[position].isalnum():
            left -= 1
        elif text[position] not in " -.\xa0" or not text[position - 1].isalnum():
            return None
        position += 1
    complete = length and not left
    return position if complete and not text[position : position + 1].isalnum() else None


def is_valid_iban(value: str) -> bool:
    """ISO 7064 mod 97-10 over compact upper-case text."""
    moved = value[4:] + value[:4]
    return int("".join(str(int(character, 36)) for character in moved)) % 97 == 1


def _nino(match: re.Match[str]) -> Claim | None:
    """ "at 10 11 12 a …" is a sentence; two letters that are no word, or pairs that are no days, are a number."""
    text = match.group()
    sentence = match.group(1) in _PREPOSITIONS and " " in text and text.endswith("a")
    days = all(int(pair) <= 31 for pair in re.findall(r"\d\d", text))
    return None if sentence and days else (NINO, *match.span())


def _called(match: re.Match[str]) -> Claim | None:
    if _DATE.match(match.group("id")):
        return None
    digits = sum(character.isdigit() for character in match.group("id"))
    return (ID, *match.span("id")) if digits >= 4 else None


def _long_token(match: re.Match[str]) -> Claim | None:
    digits = sum(character.isdigit() for character in match.group())
    extension = re.fullmatch(r"\d+x\d{1,6}", match.group(), re.IGNORECASE)  # the end of a phone number
    return (ID, *match.span()) if digits >= 7 and not extension else None
