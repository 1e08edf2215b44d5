"""How dates are written in numbers and words, in five languages (patterns for folded text)."""

import datetime as dt
import re

from agents.privacy.words import MONTH_WORDS

_MONTH_NUMBERS = {
    number: words.split()
    for number, words in enumerate(
        (
            "january jan januar janvier janv enero ene janeiro",
            "february feb februar fevrier fevr febrero fevereiro fev",
            "march mar marz maerz mars marzo marco",
            "april apr avril avr abril abr",
            "may mai mayo maio",
            "june jun juni juin junio junho",
            "july jul juli juillet juil julio julho",
            "august aug aout agosto ago",
            "september sep sept septembre septiembre setiembre setembro set",
            "october oct oktober okt octobre octubre outubro out",
            "november nov novembre noviembre novembro",
            "december dec dezember dez decembre diciembre dic dezembro",
        ),
        start=1,
    )
}
_NUMBER_OF_MONTH = {word: number for number, words in _MONTH_NUMBERS.items() for word in words}

DAY = r"(?:0?[1-9]|[12]\d|3[01])"
MONTH = r"(?:0?[1-9]|1[0-2])"
YEAR = r"(?:19|20)\d\d"
_MONTH_WORD = "(?:" + "|".join(sorted(MONTH_WORDS | {"maerz"}, key=len, reverse=True)) + ")"
_ORDINAL = (
    "(?:(?:twenty|thirty)[ -])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|"
    "thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth|primero|premier)"
)

NUMERIC_WITH_YEAR = (
    rf"(?<![\d+])(?:{YEAR}(?P<s1>[-/.])(?:0?[1-9]|1[0-2])(?P=s1){DAY}"
    rf"|{DAY}(?P<s2>[-/. ])\s?{MONTH}(?P=s2)\s?{YEAR}|{MONTH}(?P<s3>[-/.]){DAY}(?P=s3){YEAR}"
    rf"|(?<!\d[./-])(?:{DAY}(?P<s4>[-/.]){MONTH}(?P=s4)"
    rf"|{MONTH}(?P<s5>[-/.]){DAY}(?P=s5))\d\d(?!-\d))(?!\d|[./]\d)"
)
COMPACT = (
    rf"(?<![\d+])(?<!\d[ .\-])(?:{YEAR}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
    rf"|(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2]){YEAR})(?!\d|[.\-]\d)"
)
IN_WORDS = (
    rf"(?:(?<!\d){DAY}(?:st|nd|rd|th|er|\.|º|ª|o)?|\b{_ORDINAL})(?:\s(?:of|de|do"
    rf"|day of))?[\s\-./]*{_MONTH_WORD}\b\.?"
    rf"(?:[,\s\-./]*(?:(?:de|del|of)\s)?(?:{YEAR}|'?\d\d(?![\d:.])))?"
    rf"|\b{_MONTH_WORD}\b\.?\s?(?:the\s)?{DAY}(?:st|nd|rd|th)?(?!\d)(?:,?\s?{YEAR}(?!\d))?"
)


def any_date() -> str:
    """A pattern for one date in any of these forms. It holds named groups: use it once per expression."""
    return rf"(?:{NUMERIC_WITH_YEAR}|{IN_WORDS}|{COMPACT})"


def meanings(text: str) -> set[dt.date]:
    """Every day that a written date (folded) may mean; empty without a year."""
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    word = next((word for word in re.findall(r"[a-z]+", text) if word in _NUMBER_OF_MONTH), None)
    if word is not None and len(numbers) == 2:
        orders = [(numbers[1], _NUMBER_OF_MONTH[word], numbers[0])]
    elif len(numbers) == 3 and numbers[0] > 999:
        orders = [(numbers[0], numbers[1], numbers[2])]
    elif len(numbers) == 3:
        orders = [(numbers[2], numbers[1], numbers[0]), (numbers[2], numbers[0], numbers[1])]
    elif len(numbers) == 1 and len(text.strip()) == 8:
        digits = text.strip()
        orders = [
            (int(digits[:4]), int(digits[4:6]), int(digits[6:])),
            (int(digits[4:]), int(digits[2:4]), int(digits[:2])),
        ]
    else:
        return set()
    return {day for order in orders for day in _days(*order)}


def _days(year: int, month: int, day: int) -> list[dt.date]:
    years = [1900 + year, 2000 + year] if year < 100 else [year]
    days = []
    for candidate in years:
        try:
            days.append(dt.date(candidate, month, day))
        except ValueError:
            continue
    return days
