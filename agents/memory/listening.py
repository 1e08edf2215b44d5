"""Facts by rules, from what patients write of themselves: few, and only what is said plainly.

Reads the redacted transcript, so a name is a placeholder; texts come out with the same placeholders.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from agents.memory import listening_words as words
from agents.memory.facts import folded
from agents.memory.window import Placed

LONGEST = 1_000  # characters of a message that are read
_SENTENCE = re.compile(r"[^.!?;\n]+[.!?;]?")
_NAME_MARK = re.compile(r"\[name_\d+\]")


@dataclass(frozen=True, kw_only=True)
class Heard:
    """A fact with the place that says it; `text` is redacted. `of`: whom of several it is about, redacted."""

    subject: str
    text: str
    source: Placed
    of: str = ""


def facts_in(entries: Sequence[Placed], practitioners: Sequence[str], shown: Callable[[str], str] = str) -> list[Heard]:
    """What the patient's entries say, in their order. `shown`: a text with its real words, for what is no name and
    was hidden as one."""
    return [
        Heard(subject=subject, text=text, source=each, of=of)
        for each in entries
        if each.entry.role == "patient" and each.message_id is not None
        for subject, text, of in (*_themselves(shown(each.entry.text), practitioners), *_family(each.entry.text))
    ]


def language_fact(code: str, source: Placed) -> Heard:
    return Heard(subject="language", text=f"Writes {LANGUAGES[code]}.", source=source)


LANGUAGES = {"en": "English", "de": "German", "es": "Spanish", "fr": "French", "pt": "Portuguese"}


def _sentences(text: str) -> Iterator[str]:
    """Without accents and capitals; questions say nothing of whoever asks them."""
    text = text[:LONGEST].replace("\u2019", "'")
    bare = "".join(_bare(letter) for letter in text.casefold())
    for match in _SENTENCE.finditer(_protected(bare)):
        sentence = match[0].strip()
        if sentence and not sentence.endswith("?"):
            yield sentence


def _themselves(text: str, practitioners: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    for sentence in _sentences(text):
        if not words.NOT.search(sentence):
            yield from _preferences(sentence, practitioners)
            if words.NEEDLES.search(sentence):
                yield "fear", "Is afraid of needles.", ""
        if words.WHEELCHAIR.search(sentence):
            yield "mobility", "Uses a wheelchair.", ""


def _family(text: str) -> Iterator[tuple[str, str, str]]:
    found = ((match, relation) for sentence in _sentences(text) for match, relation in _relatives(sentence))
    for match, relation in found:
        whose = "her" if relation in words.HERS else "his" if relation in words.HIS else "the"
        name = match[1].upper()
        yield "family", f"Has a {relation}, {whose} name is {name}.", name


def _relatives(sentence: str) -> Iterator[tuple[re.Match[str], str]]:
    for relation, pattern in words.FAMILY:
        yield from ((match, relation) for match in pattern.finditer(sentence))


def _preferences(sentence: str, practitioners: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    if words.HABIT.search(sentence) and not words.ONCE.search(_NAME_MARK.sub("", sentence)):
        times = [time for time, pattern in words.TIMES_OF_DAY if pattern.search(sentence)]
        if len(times) == 1:
            yield "time_of_day", f"Prefers {times[0]}.", ""
    named = [each for each in practitioners if _goes_to(sentence, each)]
    if len(named) == 1:
        yield "practitioner", f"Prefers {named[0]}.", ""


def _goes_to(sentence: str, practitioner: str) -> bool:
    """By the whole name or the family name, right after words that tell a habit."""
    name = folded(practitioner)
    for called in dict.fromkeys((name, f"dr {name.split()[-1]}", name.removeprefix("dr "), name.split()[-1])):
        at = re.search(rf"\b{re.escape(called)}\b", sentence.replace(".", " ").replace("  ", " "))
        if at and words.FAVOURITE.search(sentence.replace(".", " ").replace("  ", " ")[: at.start()]):
            return True
    return False


def _protected(text: str) -> str:
    """ "Dr. Silva" ends no sentence."""
    return re.sub(r"\b(dr|dra|prof|mr|mrs|ms)\.", r"\1", text)


def _bare(letter: str) -> str:
    if letter.isascii():
        return letter
    return folded(letter) or letter
