"""What rules notice in a finished conversation, where no model judges it. Pure."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_noop

from agents.llm.guided.languages.detecting import languages_spoken
from agents.privacy.shadow import folded

SORTS = {
    "asked_twice": gettext_noop("Asked the same twice"),
    "changed_at_once": gettext_noop("Changed right after it was booked"),
    "unanswered_handoff": gettext_noop("Handed over, and nobody answered"),
    "other_language": gettext_noop("Answered in another language"),
    "tool_errors": gettext_noop("Something failed again and again"),
    "unfounded": gettext_noop("Said a time or price that nothing shows"),
    "frustration": gettext_noop("Somebody was annoyed"),
    "other": gettext_noop("Something else"),
}
AT_ONCE = dt.timedelta(minutes=30)
FAILURES = 2
LONG_ENOUGH = 12  # letters of a question that is worth comparing
TELLING = 5  # words that are enough to tell a language
_ANNOYED = re.compile(
    r"\b(?:useless|ridiculous|waste of time|not helpful|fed up|annoying|stupid (?:bot|machine)|terrible service|"
    r"you(?:'re| are) not listening|i already (?:told|said)|for the (?:third|last) time|"
    r"nutzlos|lacherlich|zeitverschwendung|nervt|unverschamt|hab(?:e)? ich (?:doch )?schon (?:gesagt|geschrieben)|"
    r"inutile|ridicule|perte de temps|j'en ai marre|ca m'enerve|je (?:l'ai|vous l'ai) deja dit|"
    r"inutil|ridiculo|perdida de tiempo|perda de tempo|estoy harto|estoy harta|estou farto|estou farta|"
    r"ya (?:(?:te|se|os) )?(?:lo )?(?:dije|he dicho)|ja (?:(?:te|lhe|vos) )?(?:o )?disse|que pesado)\b|[!?]{4,}"
)
_TIME = re.compile(
    r"(?<![\d.,:])([01]?\d|2[0-3])(?:[:.h]([0-5]\d)\b|\s?(?:uhr|h)\b)(?:\s?([ap])\.?m)?|\b(1?\d)\s?([ap])\.?m\b"
)
_PRICE = re.compile(r"(?:[£€$]\s?(\d+(?:[.,]\d{1,2})?))|(\d+(?:[.,]\d{1,2})?)\s?(?:€|eur\b|euros?\b|pounds?\b)")


@dataclass(frozen=True, kw_only=True)
class Line:
    author: str  # patient, assistant or staff
    text: str
    turn: int
    at: dt.datetime


@dataclass(frozen=True, kw_only=True)
class Done:
    """A tool call of the assistant."""

    name: str
    turn: int
    ok: bool
    output: dict[str, Any]
    at: dt.datetime


@dataclass(frozen=True, kw_only=True)
class Flag:
    """Something for staff to look at. `words` are redacted."""

    sort: str
    turn: int
    words: str

    def row(self) -> dict[str, Any]:
        return {"sort": self.sort, "turn": self.turn, "words": self.words[:300]}


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """A part of a conversation that has come to rest. `known` is what the business itself publishes."""

    lines: Sequence[Line]
    done: Sequence[Done]
    language: str
    known: str = ""
    unanswered_handoffs: Sequence[int] = field(default=())  # turns


def flags_of(stretch: Stretch) -> list[Flag]:
    """One flag of a sort and turn at most."""
    found = [
        *_asked_twice(stretch),
        *_changed_at_once(stretch),
        *(Flag(sort="unanswered_handoff", turn=turn, words="") for turn in stretch.unanswered_handoffs),
        *_other_language(stretch),
        *_tool_errors(stretch),
        *_unfounded(stretch),
        *(
            Flag(sort="frustration", turn=line.turn, words=line.text)
            for line in stretch.lines
            if line.author == "patient" and _ANNOYED.search(folded(line.text))
        ),
    ]
    return list({(flag.sort, flag.turn): flag for flag in found}.values())


def _asked_twice(stretch: Stretch) -> Iterator[Flag]:
    """The same words again after an answer."""
    asked: dict[str, int] = {}
    for place, line in enumerate(stretch.lines):
        plain = " ".join(re.findall(r"[^\W\d_]+", folded(line.text)))
        if line.author != "patient" or len(plain) < LONG_ENOUGH:
            continue
        before = asked.setdefault(plain, place)
        if any(each.author == "assistant" for each in stretch.lines[before:place]):
            yield Flag(sort="asked_twice", turn=line.turn, words=line.text)


def _changed_at_once(stretch: Stretch) -> Iterator[Flag]:
    """What was booked a moment ago is moved, cancelled or undone: it was perhaps not what they wanted."""
    booked: dict[str, Done] = {}
    for each in stretch.done:
        for act in ("booked", "moved", "cancelled", "undone"):
            line = each.output.get(act)
            number = str(line.get("appointment", "")) if isinstance(line, dict) else ""
            if act == "booked" and number:
                booked[number] = each
            elif number in booked and each.at - booked[number].at <= AT_ONCE:
                yield Flag(sort="changed_at_once", turn=each.turn, words=f"{number}: {act}")


def _other_language(stretch: Stretch) -> Iterator[Flag]:
    """Compared only where both sides wrote enough to tell."""
    theirs = [line for line in stretch.lines if line.author == "patient"]
    spoken = dict(zip(map(id, theirs), languages_spoken([line.text for line in theirs], stretch.language), strict=True))
    current, sure = "", False
    for line in stretch.lines:
        if line.author == "patient":
            sure = len(line.text.split()) >= TELLING
            current = spoken[id(line)]
        elif line.author == "assistant" and sure and len(line.text.split()) >= TELLING:
            [answer] = languages_spoken([line.text], current)
            if answer != current:
                yield Flag(sort="other_language", turn=line.turn, words=line.text)


def _tool_errors(stretch: Stretch) -> Iterator[Flag]:
    """Refusals of the house's rules are no failures."""
    failed = [each for each in stretch.done if not each.ok and not each.output.get("rule")]
    for (turn, name), times in Counter((each.turn, each.name) for each in failed).items():
        if times >= FAILURES:
            yield Flag(sort="tool_errors", turn=turn, words=f"{name.replace('_', ' ')}: {times} times")


def _unfounded(stretch: Stretch) -> Iterator[Flag]:
    """Times and prices of an answer that stand in no tool's answer, no patient's words and not in the house's own."""
    heard = [stretch.known, *(line.text for line in stretch.lines if line.author != "assistant")]
    shown = " ".join([*heard, *(str(each.output) for each in stretch.done)])
    times, prices = set(_times(shown)) | set(_iso_times(shown)), set(_prices(shown))
    for line in stretch.lines:
        if line.author == "assistant":
            odd = sorted((set(_times(line.text)) - times) | (set(_prices(line.text)) - prices))
            if odd:
                yield Flag(sort="unfounded", turn=line.turn, words=", ".join(odd))


def _times(text: str) -> Iterator[str]:
    for match in _TIME.finditer(folded(text)):
        hour, minute = int(match[1] or match[4]), match[2] or "00"
        half = match[3] or match[5]
        if half:
            hour = hour % 12 + (12 if half == "p" else 0)
        yield f"{hour:02}:{minute}"
        if not half and hour < 12 and not match[2]:
            yield f"{hour + 12:02}:{minute}"


def _iso_times(text: str) -> Iterator[str]:
    yield from (match[1] for match in re.finditer(r"T(\d\d:\d\d)", text))


def _prices(text: str) -> Iterator[str]:
    for match in _PRICE.finditer(folded(text)):
        amount = (match[1] or match[2]).replace(",", ".")
        yield f"{float(amount):.2f}"
