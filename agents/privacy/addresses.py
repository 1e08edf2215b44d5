"""Postcodes and street addresses, where their form gives them away (patterns for folded or plain text)."""

import re

from agents.privacy.reading import Claim, Reading
from agents.privacy.shadow import folded
from agents.privacy.values import ADDRESS, POSTCODE
from agents.privacy.words import NOT_A_NAME, PARTICLES

_UK = re.compile(
    r"(?<![A-Za-z0-9])(?:GIR\s?0AA|[A-PR-UWYZ](?:\d{1,2}|[A-HK-Y]\d|[A-HK-Y]\d\d|\d[A-HJKPSTUW]"
    r"|[A-HK-Y]\d[ABEHMNPRV-Y])"
    r"\s{0,2}\d[ABD-HJLNP-UW-Z]{2})(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_CANADA = re.compile(r"(?<![A-Za-z0-9])[ABCEGHJ-NPRSTVXY]\d[A-Z][ -]?\d[A-Z]\d(?![A-Za-z0-9])", re.IGNORECASE)
_US = re.compile(
    r"(?<=[ ,])(?:A[AEKLPRZ]|C[AOT]|D[CE]|FL|G[AU]|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]"
    r"|P[AR]|RI|S[CD]|T[NX]|UT|V[AIT]|W[AIVY]) \d{5}(?:-\d{4})?(?!\d)"
)
_CALLED = re.compile(
    r"\b(?:post\s?code|postal code|zip(?: code)?|plz|postleitzahl|code postal|cp|codigo postal|cep)"
    r"(?:\s(?:is|ist|est|es"
    r"|e))?\s?:?\s{0,2}(?P<code>(?=[a-z]{0,2}[ \-]?\d)[a-z0-9]{2,5}(?:[ \-][a-z0-9]{2,4})?)(?![a-z0-9])"
)
_WITH_TOWN = re.compile(r"(?<![\d\w\-])(?:[DF]-)?(\d{5}|\d{4}(?:-\d{3})?)\s(?=[A-ZÀ-Þ][a-zà-ÿ]{2,})")
_STREET_EN = (
    r"street|st|road|rd|avenue|ave|lane|ln|drive|dr|close|crescent|court|ct|gardens|gdns|terrace|grove"
    r"|square|"
    r"boulevard|blvd|mews|parade|highway|hwy|parkway|pkwy|walk|way|row|hill|rise|view|green|broadway"
)
_ENGLISH = re.compile(
    rf"(?<![\d\w.:/£$€\-])(?P<number>\d{{1,5}}(?:-\d{{1,5}})?[a-z]?),?\s(?P<street>(?:[a-z'.\-]{{2,24}}\s){{1,4}}"
    rf"(?:{_STREET_EN}))\b\.?"
    rf"(?P<unit>,?\s(?:suite|apt\.?|apartment|flat|unit|floor)\s#?\w{{1,5}})?"
)
_UNIT = re.compile(
    r"\b(?:suite|apt\.?|apartment|flat|apartamento|appartement"
    r"|wohnung)\s(?:no\.?\s)?#?\d{1,5}[a-z]?\b(?:\s?,)?|\bp\.?\s?o\.?\s?box\s#?\d{1,6}\b"
    r"|\bpostfach\s\d[\d ]{0,7}"
)
_GERMAN = re.compile(
    r"(?<![^\W\d_])(?:[a-z]{2,30}-){0,3}[a-z]{2,30}(?:[ \-][a-z]{2,30})?(?:[ \-]?(?:strasse|strase|str\.|str)"
    r"|-?(?:weg|platz|allee|gasse|ufer|damm|ring|chaussee))\s\d{1,4}\s?[a-z]?(?![a-z0-9])"
)
_KIND = (
    "rue|boulevard|bd|chemin|impasse|quai|allee|avenue|place|calle|c/|avenida|avda\\.?|av\\.|plaza|paseo|carrer"
    "|camino|"
    "rua|praca|travessa|largo|estrada|alameda|via"
)
_NUMBER_CODE_TOWN = re.compile(
    rf"(?<![^\W_])(?P<address>(?:(?i:{_KIND})\s)?(?P<street>[A-ZÀ-Þ][\w.'\-]{{1,29}}(?:\s[\w.'\-]{{1,30}}){{0,4}})"
    r",?\s\d{1,4}(?:\s?[a-z])?),?\s(?P<code>\d{5}|\d{4}-\d{3})(?=\s[A-ZÀ-Þ][a-zà-ÿ]{2,})"
)
"""Where the code stands before the town: "Am Alten Markt 4, 04109 Leipzig"."""
_CODE_BEFORE_TOWN = frozenset({"DE", "ES", "FR", "IT", "PT"})
_ROMANCE_BEFORE = re.compile(
    rf"(?<![\d\w.:/])\d{{1,4}}(?:\s?(?:bis|ter))?,?\s(?:{_KIND})\s"
    r"(?:(?:de|du|des|la|le|les|del|da|do|dos)\s|[ld]')*+[a-z][a-z'.\-]{2,}(?:\s[a-z\-]{4,})?"
)
_ROMANCE_AFTER = re.compile(
    rf"(?<![^\W\d_])(?:{_KIND})\s?(?P<name>[a-z][a-z'.\-]{{1,23}}(?:\s[a-z'.\-]{{1,24}}){{0,4}})"
    r",?\s(?:n[.ºo°]{0,2}\s?)?\d{1,4}(?!\d|[:.h]\d)[a-z]?(?![^\W_])"
)
_TIME_WORDS = frozenset(
    [
        "min",
        "mins",
        "minute",
        "minutes",
        "hour",
        "hours",
        "hr",
        "hrs",
        "day",
        "days",
        "week",
        "weeks",
        "month",
        "months",
        "am",
        "pm",
        "year",
        "years",
        "mile",
        "miles",
    ]
)


def read_full_addresses(reading: Reading, *, country: str) -> None:
    """Street, number, code and town together; before anything takes number and code for a phone."""
    if reading.has_digits and country in _CODE_BEFORE_TOWN:
        matches = [match for match in _NUMBER_CODE_TOWN.finditer(reading.rest) if _is_street(match["street"])]
        reading.claim((POSTCODE, *match.span("code")) for match in matches)
        reading.claim((ADDRESS, _street_start(match), match.end("address")) for match in matches)


def read_addresses(reading: Reading, *, country: str) -> None:
    if not reading.has_digits:
        return
    reading.sweep_folded(_ENGLISH, _english)
    reading.sweep_folded(_GERMAN, _german)
    reading.sweep_folded(_ROMANCE_BEFORE, lambda match: (ADDRESS, *match.span()))
    reading.sweep_folded(_ROMANCE_AFTER, _romance)
    reading.sweep_folded(_UNIT, lambda match: (ADDRESS, *match.span()))
    reading.sweep(_UK, _uk)
    reading.sweep_folded(_CALLED, lambda match: (POSTCODE, *match.span("code")))
    if country in {"US", "CA"}:
        reading.take(POSTCODE, _CANADA)
        reading.take(POSTCODE, _US)
    if any(claim[0] == ADDRESS for claim in reading.found):
        reading.sweep(_WITH_TOWN, lambda match: (POSTCODE, *match.span(1)))


def _is_street(words: str) -> bool:
    *_, last = folded(words).split()
    return last not in NOT_A_NAME


def _street_start(match: re.Match[str]) -> int:
    """Without the sentence that leads to it: "Vivimos en [Plaza de España 5]"."""
    if match.start("street") > match.start("address"):
        return match.start("address")  # a word such as "calle" begins it
    start = match.end("street")
    for word in reversed(list(re.finditer(r"\S+", match["street"]))):
        if not word.group()[0].isupper() and word.group() not in PARTICLES:
            break
        if word.group()[0].isupper():
            start = match.start("street") + word.start()
    return start


def _uk(match: re.Match[str]) -> Claim | None:
    """ "Week W2 3rd" is no postcode."""
    ordinal = match.group()[-3:] in {"1st", "2nd", "3rd"} or match.group()[-2:] == "th"
    return None if ordinal else (POSTCODE, *match.span())


def _english(match: re.Match[str]) -> Claim | None:
    """Words that belong to a sentence are not a street: "10 minutes down the road", "2 on the way"."""
    words = match.group("street").split()[:-1]
    sentence = any(
        (word in NOT_A_NAME and word not in {"the", "st", "north", "south"}) or word in _TIME_WORDS for word in words
    )
    lone = words in (["the"], ["st"])
    return None if sentence or lone else (ADDRESS, *match.span())


def _german(match: re.Match[str]) -> Claim | None:
    first = match.group().split()[0]
    if first in NOT_A_NAME:
        start = match.start() + len(first) + 1
        return (ADDRESS, start, match.end()) if len(match.group().split()) > 2 else None
    return ADDRESS, *match.span()


def _romance(match: re.Match[str]) -> Claim | None:
    """ "the place at 10" and "via email at 3" are no streets."""
    words = match.group("name").split()
    sentence = words[-1] in NOT_A_NAME or words[0] in {"a", "at", "for", "to", "on", "is"}
    return None if sentence else (ADDRESS, *match.span())
