"""A reply cut into sentences and clauses, each with the languages that it may be in."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from agents.runtime.outgoing.folding import fold, lowered
from agents.runtime.outgoing.wording import Wording, all_wordings

_PICTURE = r"[\u2190-\u21ff\u2600-\u27bf\u2b50\U0001f300-\U0001faff][\u2600-\u27bf\ufe0f\u200d\U0001f300-\U0001faff]*"
_PICTURES = re.compile(_PICTURE)
_END = re.compile(
    r"[.!?…。]+[\"'”»)*]*(?=\s|$|[A-ZÄÖÜ¿¡])|\n+|(?<=\s)(?=[¿¡])"
    rf"|(?<=[\w.!?)…]) ?(?:{_PICTURE} ?)+(?=\s*(?:$|\n|[^\W\d_]|¿|¡))"
)
_SHORT = re.compile(
    r"(?:\b(?:dra?|dre|mrs?|ms|st|str|ca|prof|sra?|sta|no|nr|tel|av|avda|bd|usw|bzw|approx|inc|ext|mme"
    r"|mlle|evtl|inkl|zzgl|hr|fr|p\.?\s?m|a\.?\s?m|z\.?\s?b|u\.?\s?a|d\.?\s?h|min|std|e\.?g|i\.?e|p\.?\s?ex|p\.?\s?ej)"
    r"|(?<!')\b\w)$"
)
_CALENDAR = re.compile(
    r"\b(?:mon|tues?|wed|thurs?|fri|sat|sun|mo|di|mi|do|sa|so|lun|mar|mer|jeu|ven|sam|dim|mie|jue|vie|sab"
    r"|dom|seg|ter|qua|qui|sex"
    r"|jan|janv|feb|febr|fev|fevr|marz|apr|avr|abr|aug|aout|ago|sept?|set|okt|oct|out|nov|dez|dec|dic|juil|jun|jul)$"
)
_AFTER_CALENDAR = re.compile(r"\s*(?:\d|,|um\b|den\b|der\b|at\b|the\b|le\b|el\b|dia\b|a\b|\u00e0\b|as\b|[-–(])")
_OR = re.compile(r"\s*(?:or|oder|o|ou)\b")
_DAY_DOT = re.compile(r"(?<![\d:.,h])\d{1,2}$")
_AFTER_DAY_DOT = re.compile(
    r"\s*(?:jan|feb|mar|apr|mai|jun|jul|aug|sep|okt|nov|dez|januar|marz|dieses|des|der|dez|um|\d)", re.IGNORECASE
)
_BULLET = re.compile(r"^\s*(?:[-•*–·▪➡✅📅🕒👩‍⚕️]|\d{1,2}[.)]|\d\ufe0f?\u20e3)\s*")
_TAG = re.compile(
    r",\s*(?:ok|okay|right|alright|yes|correct|oder|ja|nicht wahr|in ordnung|vale|verdad|si|sy|no"
    r"|d'accord|n'est-ce pas|hein|certo"
    r"|ta|ta bom|esta bem|de acuerdo)\s*\?+$"
)
_QUESTION_BEGINS = re.compile(
    r"^\W*(?:(?:ok|okay|so|and|great|perfect|sure|sorry|thanks|or|und|oder|gut|also|gerne|y|o|bueno|et"
    r"|ou|alors|bien|d'accord|e|entao|bom)"
    r"\W+)*(?:shall|should|would|do|does|did|is|are|was|were|has|have|had|can|could|will|which|what"
    r"|when|where|who|how|may|want|any|just"
    r"|soll\w*|mocht\w*|wollen|willst|passt|passen|ist|sind|haben|kann|konn\w*|darf|wann|welche\w*|wie"
    r"|was|wer|wo|wyrde\w*|hytt\w*|geht|braucht?\w*|mein\w*|sagt"
    r"|se l|le |la |lo |que|quiere\w*|puedo|cual\w*|cuando|como|donde|prefiere|desea|confirmo|reservo"
    r"|es |esta |ha |hay|necesita|busca"
    r"|voulez|souhait\w+|est-ce|puis|je |quel\w*|lequel|quand|comment|\u00e0 quel|avez|etes|dois"
    r"|desirez|ca |cela|prefer\w+|c'est|y a"
    r"|posso|quer|gostaria|deseja|qual|quando|onde|pode|serve|\u00e9 |tem|confirma|devo|precisa|vamos|fica)"
)


@dataclass(frozen=True, kw_only=True)
class Clause:
    """`start` and `end` in the reply. `asked`: it is a question."""

    start: int
    end: int
    text: str  # folded, idioms struck out
    low: str  # the same in lower case with its accents
    asked: bool


@dataclass(frozen=True, kw_only=True)
class Sentence:
    start: int
    end: int
    folded: str
    low: str  # with its accents
    wordings: tuple[Wording, ...]
    question: bool
    item: bool  # of a list
    header: bool  # ends in a colon, or is followed by its list

    @property
    def codes(self) -> tuple[str, ...]:
        """Of the languages that it may be in."""
        return tuple(wording.code for wording in self.wordings)

    def clauses(self, spans: Sequence[tuple[int, int]]) -> list[Clause]:
        """Cut at commas and conjunctions outside of `spans` (offsets in the reply): times and dates stay whole."""
        cuts = sorted({self.start, *self._cuts(spans), self.end})
        pieces = [(a, b) for a, b in itertools.pairwise(cuts) if b > a]
        struck = without_pictures(self.folded)
        low = without_pictures(self.low)
        for wording in self.wordings:
            struck = wording.struck.sub(lambda match: "\u00b7" * len(match[0]), struck)
        whole = self.question and bool(_QUESTION_BEGINS.match(self.folded))
        asked_from = self._asked_from(pieces)
        found = []
        for place, (begin, end) in enumerate(pieces):
            text = struck[begin - self.start : end - self.start]
            spanish = "\u00bf" in self.folded[: end - self.start]
            asked = self.question and (whole or spanish or place >= asked_from)
            part = low[begin - self.start : end - self.start]
            found.append(Clause(start=begin, end=end, text=text, low=part, asked=asked))
        return found

    def _asked_from(self, pieces: Sequence[tuple[int, int]]) -> int:
        """The first of the pieces that a question mark at the end asks for: the last, and what an "or" joins to it."""
        first = len(pieces) - 1
        while first > 0 and _OR.match(self.folded, pieces[first][0] - self.start):
            before = self.folded[: pieces[first][0] - self.start].rstrip()
            if before.endswith((",", ";", ":")) and first < len(pieces) - 1:
                break
            first -= 1
        return first

    def _cuts(self, spans: Sequence[tuple[int, int]]) -> list[int]:
        joins = (wording.pattern("joins") for wording in self.wordings)
        places = [m.end() for m in re.finditer(r",(?!\d)|;|:(?=\s)| [–—-] ", self.folded)]
        places += [m.start() for pattern in joins for m in pattern.finditer(self.folded)]
        return [
            self.start + place
            for place in places
            if 0 < place < len(self.folded) and not any(a < self.start + place < b for a, b in spans)
        ]


def sentences(text: str) -> list[Sentence]:
    """In order. The language of each is told by its small words; where they tell nothing, by the whole reply's."""
    folded, low = fold(text), lowered(text)
    of_all = _languages(folded) or all_wordings()
    found: list[Sentence] = []
    for begin, end in _ranges(folded):
        raw = folded[begin:end]
        bullet = _BULLET.match(raw)
        stripped = raw.strip()
        question = "?" in raw and not _TAG.search(stripped)
        own = _languages(raw)
        wordings = own if len(own) == 1 else of_all
        found.append(
            Sentence(
                start=begin,
                end=end,
                folded=raw,
                low=low[begin:end],
                wordings=wordings,
                question=question,
                item=bool(bullet),
                header=stripped.endswith(":"),
            )
        )
    return found


def without_pictures(text: str) -> str:
    """A picture ends a phrase as a mark does."""
    return _PICTURES.sub(lambda match: "!".ljust(len(match[0])), text)


def _ranges(folded: str) -> list[tuple[int, int]]:
    ranges, begin = [], 0
    for match in _END.finditer(folded):
        if match[0].startswith(".") and len(match[0].rstrip()) == 1 and _runs_on(folded, match):
            continue
        if folded[begin : match.end()].strip():
            ranges.append((begin, match.end()))
        begin = match.end()
    if folded[begin:].strip():
        ranges.append((begin, len(folded)))
    return ranges


def _runs_on(folded: str, match: re.Match[str]) -> bool:
    before, after = folded[max(0, match.start() - 12) : match.start()], folded[match.end() : match.end() + 12]
    if re.search(r"(?:^|\n)\s*\d{1,2}$", before):
        return True  # the number of an item
    if _DAY_DOT.search(before):
        return bool(_AFTER_DAY_DOT.match(after))
    if _CALENDAR.search(before):  # "Do. 26.", not "nothing more to do. See you"
        return bool(_AFTER_CALENDAR.match(after))
    return bool(_SHORT.search(before)) and bool(after.strip())


@lru_cache(maxsize=1024)  # what is said again and again: "Shall I book it?"
def _languages(folded: str) -> tuple[Wording, ...]:
    words = set(re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)?", folded))
    scores = {wording: sum(word in wording.words for word in words) for wording in all_wordings()}
    best = max(scores.values())
    return tuple(wording for wording, score in scores.items() if score == best) if best else ()
