"""The red flags of a business: those of its kind in every language, and what the business added to them.

They are put together when they are read, so that a better list reaches every business. A business adds phrases and
flags of its own and words its signposts; what comes with its kind can't be taken away (agents/flag_changes.py).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pydantic import BaseModel, ConfigDict, TypeAdapter, field_validator

from agents.runtime.red_flags import RedFlag
from tenants.kind_templates import OTHER_LANGUAGES, RedFlagTemplate, flags_in, template_of
from tenants.models import Business

ENGLISH = "en"  # the language of the phrases of tenants/kinds
ANY = ""  # of a business's own flags, whose phrases may be of any language
LANGUAGES = (ENGLISH, *OTHER_LANGUAGES)


class OwnWords(BaseModel):
    model_config = ConfigDict(frozen=True)
    phrases: tuple[str, ...] = ()
    signpost: str = ""


class OwnFlag(BaseModel):
    """One of AssistantVersion.red_flags: {"name", "phrases", "signpost", "languages": {"de": {"phrases", "signpost"}}}.

    Under the name of a flag of the kind `phrases` are English ones and may repeat the kind's, and a `signpost` of the
    business's own is said in every language that has none under `languages`. A flag of its own has no `languages`.
    """

    model_config = ConfigDict(frozen=True)
    name: str
    phrases: tuple[str, ...] = ()
    signpost: str = ""
    languages: tuple[tuple[str, OwnWords], ...] = ()

    @field_validator("languages", mode="before")
    @classmethod
    def _in_pairs(cls, given: Any) -> Any:
        return tuple(given.items()) if isinstance(given, dict) else given


OwnFlags: TypeAdapter[tuple[OwnFlag, ...]] = TypeAdapter(tuple[OwnFlag, ...])


@dataclass(frozen=True, kw_only=True)
class Wording:
    """A flag in one language: what raises it, and what is said at once."""

    language: str  # of LANGUAGES, or ANY
    built_in: tuple[str, ...]
    added: tuple[str, ...]
    fallback: str  # said while the business has no words of its own
    own_signpost: str

    @property
    def phrases(self) -> tuple[str, ...]:
        return (*self.built_in, *self.added)

    @property
    def signpost(self) -> str:
        return self.own_signpost or self.fallback


@dataclass(frozen=True, kw_only=True)
class FlagInForce:
    """`built_in`: it comes with the kind of business."""

    name: str
    built_in: bool
    wordings: tuple[Wording, ...]

    def wording(self, language: str) -> Wording | None:
        return next((each for each in self.wordings if each.language == language), None)


def flags_in_force(business: Business, stored: Iterable[object]) -> tuple[FlagInForce, ...]:
    """Those of the kind, then the business's own. `stored`: AssistantVersion.red_flags."""
    return _in_force(business.kind, business.country, OwnFlags.validate_python(list(stored)))


def flags_of(business: Business, stored: Iterable[object]) -> tuple[RedFlag, ...]:
    """As they are looked for: one for each flag and language, the business's own language first."""
    own = OwnFlags.validate_python(list(stored))
    return _looked_for(business.kind, business.country, business.language[:2], own)


def kinds_flag(business: Business, name: str) -> RedFlagTemplate | None:
    """The flag of that name which comes with the kind of business."""
    flags = template_of(business.kind).in_country(business.country).red_flags
    return next((flag for flag in flags if flag.name == name), None)


def own_signpost(flag: RedFlagTemplate, signpost: str) -> str:
    """ "" for words that came with the kind when the business was made, which are no words of its own."""
    return "" if signpost.strip() in ("", flag.signpost, flag.signpost_abroad) else signpost


def said_at_once(signpost: str, business: Business) -> str:
    return signpost.replace("{phone}", business.name)


@lru_cache(maxsize=64)
def _looked_for(kind: str, country: str, language: str, own: tuple[OwnFlag, ...]) -> tuple[RedFlag, ...]:
    flags = [
        (
            (not flag.built_in, wording.language != language),
            RedFlag(name=flag.name, phrases=wording.phrases, signpost=wording.signpost, language=wording.language),
        )
        for flag in _in_force(kind, country, own)
        for wording in flag.wordings
    ]
    flags.sort(key=lambda each: each[0])
    return tuple(flag for _, flag in flags)


@lru_cache(maxsize=64)
def _in_force(kind: str, country: str, own: tuple[OwnFlag, ...]) -> tuple[FlagInForce, ...]:
    theirs = {flag.name: flag for flag in own}
    built_in = template_of(kind).in_country(country).red_flags
    merged = [_of_the_kind(flag, country, theirs.pop(flag.name, OwnFlag(name=flag.name))) for flag in built_in]
    return (*merged, *(_of_its_own(flag) for flag in theirs.values()))


def _of_the_kind(flag: RedFlagTemplate, country: str, mine: OwnFlag) -> FlagInForce:
    everywhere, words = own_signpost(flag, mine.signpost), dict(mine.languages)
    given = {ENGLISH: (flag.phrases, flag.signpost)}
    given |= {code: (each.phrases, each.signpost) for code, each in flags_in(flag.name, country).items()}
    wordings = []
    for code, (phrases, signpost) in given.items():
        ours = words.get(code, OwnWords())
        added = mine.phrases if code == ENGLISH else ours.phrases
        wordings.append(
            Wording(
                language=code,
                built_in=phrases,
                added=tuple(phrase for phrase in dict.fromkeys(added) if phrase not in phrases),
                fallback=signpost,
                own_signpost=ours.signpost or everywhere,
            )
        )
    return FlagInForce(name=flag.name, built_in=True, wordings=tuple(wordings))


def _of_its_own(flag: OwnFlag) -> FlagInForce:
    words = Wording(language=ANY, built_in=(), added=flag.phrases, fallback="", own_signpost=flag.signpost)
    return FlagInForce(name=flag.name, built_in=False, wordings=(words,))
