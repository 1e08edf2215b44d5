"""The red flags as the page shows them: what is in force, and what is so from the draft's publishing on."""

from collections.abc import Sequence
from dataclasses import dataclass

from agents.flags import FlagInForce, Wording
from escalations.flag_forms import LANGUAGES


@dataclass(frozen=True, kw_only=True)
class AddedPhrase:
    words: str
    waiting: bool  # not in force before the draft is published


@dataclass(frozen=True, kw_only=True)
class WordingRow:
    language: str
    label: str
    built_in: Sequence[str]
    added: Sequence[AddedPhrase]
    leaving: Sequence[str]  # heard until the draft is published
    signpost: str
    own: bool  # the business's own words
    waiting: bool  # these words of it are not in force yet

    @property
    def count(self) -> int:
        return len(self.built_in) + len(self.added)


@dataclass(frozen=True, kw_only=True)
class FlagRow:
    name: str
    built_in: bool
    waiting: bool  # the whole flag
    wordings: Sequence[WordingRow]
    signpost: str  # in the business's language

    @property
    def changed(self) -> bool:
        return any(each.waiting or each.leaving or any(new.waiting for new in each.added) for each in self.wordings)

    @property
    def count(self) -> int:
        return sum(each.count for each in self.wordings)

    @property
    def own_count(self) -> int:
        return 0 if not self.built_in else sum(len(each.added) for each in self.wordings)


def rows_of(shown: Sequence[FlagInForce], live: Sequence[FlagInForce], language: str) -> list[FlagRow]:
    """`shown`: what is looked at, the draft's or the published ones themselves."""
    published = {flag.name: flag for flag in live}
    return [row_of(flag, published.get(flag.name), language) for flag in shown]


def row_of(flag: FlagInForce, live: FlagInForce | None, language: str) -> FlagRow:
    said = flag.wording(language) or flag.wordings[0]
    return FlagRow(
        name=flag.name,
        built_in=flag.built_in,
        waiting=live is None,
        wordings=[_wording(each, live.wording(each.language) if live else None) for each in flag.wordings],
        signpost=said.signpost,
    )


def _wording(now: Wording, live: Wording | None) -> WordingRow:
    heard = live.phrases if live else ()
    return WordingRow(
        language=now.language,
        label=str(LANGUAGES.get(now.language, now.language)),
        built_in=now.built_in,
        added=[AddedPhrase(words=each, waiting=each not in heard) for each in now.added],
        leaving=[each for each in heard if each not in now.phrases],
        signpost=now.signpost,
        own=bool(now.own_signpost),
        waiting=live is None or live.signpost != now.signpost,
    )
