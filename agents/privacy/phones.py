"""Phone numbers, cards, NHS numbers: whatever is seven digits or more and is not a date, time, price or reference.

Form decides, not validity: a mistyped or reserved number (07700 900xxx) is as private as a valid one. What
`phonenumbers` knows of the business's country, or of what a `+` says, settles where a number begins and ends.
"""

import re
from functools import lru_cache

from agents.privacy.dates import DAY, MONTH, YEAR
from agents.privacy.reading import HARMLESS, Claim, Reading
from agents.privacy.values import CARD, ID, NHS, PHONE, POSTCODE, SSN

_NUMBER = re.compile(
    r"(?<![\d])(?:[+(]\s?){0,2}(?<!\d)\d(?:[ \t().\-/]{0,3}+\d){4,}+"
    r"(?P<extension>\s{0,2}(?:x|ext\b\.?|extension|durchwahl|poste|ramal|#)\s{0,2}\d{1,6}(?!\d))?",
    re.IGNORECASE,
)
_HOUR = r"(?:1?\d|2[0-4])"
_CLOCK = r"(?:[01]\d|2[0-4])[0-5]\d"
_PIECE = (
    rf"(?:{YEAR}-{YEAR}|{DAY}[/.\-]{MONTH}(?:[/.\-](?:{YEAR}|\d\d))?\.?|{YEAR}"
    rf"|{_CLOCK}\s?-\s?{_CLOCK}|[01]?\d\.[0-5]\d|{_HOUR}\s?-\s?{_HOUR}|[1-9]|[12]\d|3[01])"
)
_EXPLAINED = re.compile(rf"{_PIECE}(?:[ ,/]{{1,2}}{_PIECE})*")
_LONGEST_EXPLAINED = 32
"""Its alternatives overlap ("1/1/1/1"), so it may backtrack: only over so much."""
_TIMES = re.compile(rf"{_CLOCK}[ \-]{{1,3}}{_CLOCK}")
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})*\.000")
_NOUN_BEFORE = re.compile(
    r"\b(?:phone|tel(?:ephone)?|mob(?:ile)?|cell|fax|desk|whats\s?app|contact|number|handy(?:nummer)?"
    r"|telefon(?:nummer)?|"
    r"mobil(?:nummer)?|rufnummer|nummer|numero|portable|movil|celular|telefono|telefone|telemovel"
    r"|phone number)\b"
    r"\.?(?:\s(?:number|no|is|ist|est|es|e|was|nr))*\.?\s?[:=#]?\s?\(?$"
)
_VERB_BEFORE = re.compile(
    r"\b(?:call|ring|text|phone|reach|dial|message)(?:ing)?\s(?:me|us|him|her|back|them"
    r"|me back)?\s?(?:on|at|under)?:?\s?$"
    r"|\b(?:erreichbar|anrufen|joindre|appelez|llamar|llamame|ligar|ligue)(?:\s\w+)?\s(?:unter|au|al"
    r"|para|no)\s?$"
)
_CARD_BEFORE = re.compile(r"\b(?:card|cc|visa|mastercard|amex|karte|kreditkarte|carte|tarjeta|cartao)\b[^\d\n]{0,24}$")
_NHS_BEFORE = re.compile(r"\bnhs\b[^\d\n]{0,24}$")
_SPLIT = re.compile(r"(?<=\d)(?:\s[/\-]\s|\s{2,3}|/(?=[+0]))(?=[+(\d])")
_SSN = re.compile(r"\d{3}-\d{2}-\d{4}")


def read_numbers(reading: Reading, *, country: str, expected: bool = False) -> None:
    """`expected`: the text answers a question for a phone number, so that five digits are enough."""
    if reading.has_digits:
        claims: list[Claim] = []
        for match in _NUMBER.finditer(reading.rest):
            for start, end in _pieces(match):
                claims += _claims(reading, start, end, country, expected)
        reading.claim(claims)


def _pieces(match: re.Match[str]) -> list[tuple[int, int]]:
    """Two numbers that stand side by side, divided where both would be long enough."""
    text = match.group()
    cuts = [cut for cut in _SPLIT.finditer(text) if _count(text[: cut.start()]) >= 7 <= _count(text[cut.end() :])]
    starts = [0, *(cut.end() for cut in cuts)]
    ends = [*(cut.start() for cut in cuts), len(text)]
    return [(match.start() + start, match.start() + end) for start, end in zip(starts, ends, strict=True)]


def _claims(reading: Reading, start: int, end: int, country: str, expected: bool) -> list[Claim]:
    text = reading.rest[start:end]
    before = reading.folded[max(0, start - 40) : start]
    called = bool(_NOUN_BEFORE.search(before)) or expected
    if not called and _is_readable(text):
        return [(HARMLESS, start, end)]
    if _count(text) < 7 and not called and not _VERB_BEFORE.search(before):
        return []
    left, right = _trimmed(text, country)
    kind = _kind(text[left:right], before, country)
    return [(kind, start + left, start + right)]


def _is_readable(text: str) -> bool:
    """Days, hours, years, ranges: "12/11 10-12", "0900-1700", "2019 2020"; but no pairs with a leading zero."""
    if _TIMES.fullmatch(text) or _THOUSANDS.fullmatch(text):
        return True
    if len(text) > _LONGEST_EXPLAINED or not _EXPLAINED.fullmatch(text):
        return False
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    plain_list = re.fullmatch(r"\d{1,2}(?:[ ,/\-.]+\d{1,2}){3,}", text)
    return not plain_list or "/" in text or "." in text or numbers == sorted(set(numbers))


def _kind(text: str, before: str, country: str) -> str:
    digits = re.sub(r"\D", "", text)
    if "x" in text.lower() or "+" in text:
        return PHONE
    if len(digits) == 10 and (_NHS_BEFORE.search(before) or (country == "GB" and digits[0] != "0" and is_nhs(digits))):
        return NHS
    if _SSN.fullmatch(text):
        return SSN
    if country == "PT" and re.fullmatch(r"\d{4}-\d{3}", text):
        return POSTCODE
    if 12 <= len(digits) <= 19 and not digits.startswith("00") and _is_card(digits, before, country):
        return CARD
    return PHONE if len(digits) <= 15 else ID


def _is_card(digits: str, before: str, country: str) -> bool:
    return bool(_CARD_BEFORE.search(before)) or (is_luhn(digits) and not _is_phone("+" + digits, country))


def _trimmed(text: str, country: str) -> tuple[int, int]:
    """Without a lone day or hour on either side: "10 07911 123456", "07911 123456 10-12"."""
    lone = re.match(r"[1-9]\d?\s(?=0\d)", text)
    if lone and _is_phone(text[lone.end() :], country) and not _is_phone(text, country):
        return lone.end(), len(text)
    tail = re.search(r"(?<=\d)\s\d{1,2}\s?-\s?\d{1,2}$", text)
    if (
        tail
        and _count(text[: tail.start()]) >= 9
        and _is_phone(text[: tail.start()], country)
        and not _is_phone(text, country)
    ):
        return 0, tail.start()
    return 0, len(text)


@lru_cache(maxsize=1024)
def e164(text: str, country: str) -> str:
    """The number as +CCNNN when it could be one in this country or says its own; "" otherwise."""
    import phonenumbers

    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    extension = f";ext={number.extension}" if number.extension else ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) + extension


@lru_cache(maxsize=1024)
def _is_phone(text: str, country: str) -> bool:
    import phonenumbers

    try:
        return bool(phonenumbers.is_valid_number(phonenumbers.parse(text, country)))
    except phonenumbers.NumberParseException:
        return False


def _count(text: str) -> int:
    return sum(character.isdigit() for character in text)


def is_luhn(digits: str) -> bool:
    doubled = [int(digit) * 2 for digit in digits[-2::-2]]
    return (sum(map(int, digits[-1::-2])) + sum(value - 9 if value > 9 else value for value in doubled)) % 10 == 0


def is_nhs(digits: str) -> bool:
    """Modulus 11 over ten digits, as NHS numbers have it."""
    check = 11 - sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return check % 11 == int(digits[9]) and check != 10
