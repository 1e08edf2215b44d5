"""What a patient's words show without any model: the guided flow's small words tell language and wishes."""

from collections.abc import Sequence
from dataclasses import dataclass

from agents.llm.guided.languages import language_of
from agents.llm.guided.languages.detecting import is_ours, languages_spoken
from agents.llm.guided.reading import ACTS
from agents.llm.guided.words import unaccented
from agents.runtime.router import Kind
from agents.types import Arrival

LOOKED_AT = 2000  # characters


@dataclass(frozen=True, kw_only=True)
class MessageSigns:
    kind: Kind
    wishes: frozenset[str]
    known_language: bool
    length: int


def signs_of(arrivals: Sequence[Arrival], language: str) -> MessageSigns:
    """Of what the contact has written and nobody answered; `language`: the business's, the first guess."""
    theirs = [each for each in arrivals if each.author == "contact"]
    texts = [each.text[:LOOKED_AT] for each in theirs if not each.choice]
    written = "\n".join(texts)
    spoken = list(languages_spoken(texts, language))
    words = language_of(spoken[-1] if spoken else language).words
    bare = unaccented(written)
    return MessageSigns(
        kind=_kind(theirs),
        wishes=frozenset(act for act in ACTS if words[act].search(bare)) if bare else frozenset(),
        known_language=is_ours(written),
        length=sum(len(each.text) for each in theirs if not each.choice),
    )


def _kind(theirs: Sequence[Arrival]) -> Kind:
    if theirs and all(each.choice for each in theirs):
        return "tap"
    return "words" if any(each.text.strip() for each in theirs) else "unreadable"
