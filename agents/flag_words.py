"""Whether words are fit for a red flag: phrases that only serious messages hold, and signposts that lead to help."""

import re

from agents.ordinary_messages import ORDINARY
from agents.runtime.red_flags import RedFlag, find

FEWEST_LETTERS = 3
LONGEST_PHRASE = 80  # characters
MOST_WORDS = 10
_NUMBER = re.compile(r"(?<![\w.,:/€£$])\+?\d(?:[ ()./-]?[ ()]?\d)*(?![\w%€£$]|[.,:]\d)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_TIME_OR_DATE = re.compile(r"\d{1,2}[.]\d\d|\d{1,2}[./-]\d{1,2}[./-](?:\d\d){1,2}|\d{4}-\d\d-\d\d")
_ENDINGS = "com|org|net|info|health|help|care|clinic|app|eu|uk|ie|de|at|ch|fr|be|es|pt|br|mx|ca"  # "us.Please" is none
_ADDRESS = re.compile(rf"https?://\S|\bwww\.\w|[\w.+-]+@[\w-]+\.\w{{2,}}|[\w-]{{2,}}\.(?:{_ENDINGS})\b", re.IGNORECASE)


def fault_of_phrase(phrase: str) -> str:
    """What is wrong with it, said to a person; "" when it can be added."""
    if len(phrase) > LONGEST_PHRASE or len(phrase.split()) > MOST_WORDS:
        return f"“{phrase[:LONGEST_PHRASE]}” is too long: give the few words that matter."
    if sum(letter.isalpha() for letter in phrase) < FEWEST_LETTERS:
        return f"“{phrase}” is too short: give at least {FEWEST_LETTERS} letters."
    if any(not _star_is_fit(word) for word in phrase.split() if "*" in word):
        return f"“{phrase}”: the star stands for any ending, after at least {FEWEST_LETTERS} letters of a word."
    ordinary = heard_in(phrase)
    if ordinary:
        return f"“{phrase}” is heard in ordinary messages too, such as “{ordinary}”. Say more than that."
    return ""


def heard_in(phrase: str) -> str:
    """An ordinary message that the phrase would take for serious; "" when there is none."""
    flags = (RedFlag(name="", phrases=(phrase,), signpost=""),)
    return next((said for messages in ORDINARY.values() for said in messages if find(said, flags)), "")


def leads_to_help(signpost: str) -> bool:
    """Whether it holds a number to call, or an e-mail or web address to turn to. A time, date or price is none."""
    if _ADDRESS.search(signpost):
        return True
    return any(_is_number(match[0]) for match in _NUMBER.finditer(signpost))


def _is_number(text: str) -> bool:
    digits = re.sub(r"\D", "", text)
    return len(digits) >= 3 and not _TIME_OR_DATE.fullmatch(text) and not _YEAR.fullmatch(text)


def _star_is_fit(word: str) -> bool:
    letters = word[:-1]
    return word.endswith("*") and "*" not in letters and sum(each.isalpha() for each in letters) >= FEWEST_LETTERS
