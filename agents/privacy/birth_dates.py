"""Dates of birth: a date with a word for birth beside it, an answer to "when were you born?", a known one."""

import datetime as dt
import re
from collections.abc import Collection

from agents.privacy.dates import YEAR, any_date, meanings
from agents.privacy.reading import Claim, Reading
from agents.privacy.values import BIRTH_DATE

_CUE = re.compile(
    r"\b(?:d\.?\s?o\.?\s?b\b\.?|date of birth|birth\s?-?date|birthday|bday|b-day|year of birth|born|"
    r"geboren|geb\b\.?|geburtsdatum|geburtstag|geburtsjahr|jahrgang|"
    r"nee?\(?e?\)?\sle|nee? en|date de naissance|naissance|anniversaire|"
    r"naci(?:d[oa])?|nacid[oa]|fecha de nacimiento|nacimiento|cumpleanos|f\.?\s?nac\b\.?|"
    r"nasci(?:d[oa])?|data de nascimento|nascimento|aniversario|d\.?\s?n\b\.?:)"
)
_WORD_BETWEEN = (
    r"(?:is|was|on|in|the|my|his|her|am|ist|war|im|den|le|la|en|est|c'est|el|dia|es|fue|de|em|a|o|e|foi|no|"
    r"dd|mm|yyyy|yy|tt|jj|jjjj|jjjj|aaaa|aa|dob|date|of|birth|mon|tue|wed|thu|fri|sat|sun|(?:mon|tues"
    r"|wednes|thurs|fri|satur|sun)day)\b"
)
_AFTER = re.compile(rf"(?:[\s:=.,()/\-]{{1,4}}+|{_WORD_BETWEEN}){{0,14}}+(?P<date>{any_date()}|{YEAR}(?!\d))")
_BEFORE = re.compile(
    rf"(?P<date>{any_date()})[\s,(:\-]{{0,3}}(?:(?:is|ist|est|es|e|was)\s)?(?:(?:my|his|her|mein|ma|mi"
    rf"|a minha|su|sa)\s)?$"
)
_ANY = re.compile(any_date())
_WITH_YEAR = re.compile(YEAR + r"|[-/.]\d\d$")


def asks_for_birth_date(text: str) -> bool:
    """Whether a question (folded) asks when somebody was born."""
    return _CUE.search(text) is not None


def read_birth_dates(reading: Reading, *, known: Collection[dt.date], expected: bool) -> None:
    if not reading.has_digits and not known:
        return
    reading.sweep_folded(_CUE, _beside_a_cue)
    if expected:
        reading.sweep_folded(_ANY, _with_a_year)
    if known:
        reading.sweep_folded(_ANY, lambda match: _claim(match) if meanings(match.group()) & set(known) else None)


def _beside_a_cue(cue: re.Match[str]) -> Claim | None:
    text = cue.string
    after = _AFTER.match(text, cue.end())
    if after is not None:
        return BIRTH_DATE, *after.span("date")
    start = max(0, cue.start() - 48)
    before = _BEFORE.search(text[start : cue.start()])
    if before is None or not _WITH_YEAR.search(before.group("date")):
        return None
    return BIRTH_DATE, start + before.start("date"), start + before.end("date")


def _with_a_year(match: re.Match[str]) -> Claim | None:
    return _claim(match) if _WITH_YEAR.search(match.group()) or match.group().isdigit() else None


def _claim(match: re.Match[str]) -> Claim:
    return BIRTH_DATE, *match.span()
