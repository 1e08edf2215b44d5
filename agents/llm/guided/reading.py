"""What one message of the patient says, apart from everything that was said before."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from agents.llm.guided.languages import Language
from agents.types import Brief, ServiceBrief
from calendar_sync.when import LANGUAGES as WHEN_LANGUAGES
from calendar_sync.when import Wish, for_booking

MONTH_FIRST = frozenset({"US", "CA", "PH"})
TOPICS = ("phone", "address", "hours", "prices", "services", "practitioners", "unpublished")
ACTS = (
    *("book", "another", "move", "cancel", "list", "person", "late", "complaint", "advice", "find", "place", "greet"),
    *("thanks", "bye", "none", "any", "stop", "no_thanks", "note", "praise", "symptom"),
)
_THIS_ONE = re.compile(
    r"\b(the(?: \S+){1,3})(?<! at)(?<! by)(?<!around)(?<!about)(?<!after)(?<!before) one\b", re.IGNORECASE
)
_PLACEHOLDER = re.compile(r"\[[A-Z_]+_\d+\]")
_AT = re.compile(r"\s@\s?(?=\d)")
_SENTENCES = re.compile(r"[^.!?]+[.!?]?")
_TITLES = frozenset({"dr", "doctor", "mr", "mrs", "ms", "miss", "prof", "professor", "the", "and"})


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One message. `number` is a choice from a list (-1: the last); names are those of the brief."""

    text: str
    wish: Wish
    yes: bool = False
    no: bool = False
    acts: frozenset[str] = frozenset()
    topics: tuple[str, ...] = ()
    number: int | None = None
    service: str = ""
    asked_service: str = ""  # "do you do whitening?" is a question, not a wish
    practitioner: str = ""
    name: str = ""  # of somebody else who is to be treated
    relation: str = ""  # "son", "friend"
    stranger: bool = False  # a doctor was named who is not one of ours
    that_one: bool = False  # speaks of what was talked about last
    same_day: bool = False  # as the appointment that was just talked about
    unanswered: bool = False  # one of its questions holds nothing that we know

    @property
    def about_booking(self) -> bool:
        return bool(self.wish or self.service or self.practitioner or self.acts & {"book", "find", "symptom"})

    @property
    def understood(self) -> bool:
        said = self.yes or self.no or self.topics or self.number is not None or self.asked_service or self.name
        return bool(said or self.acts or self.about_booking or self.relation or self.wish.past)


def read(text: str, *, brief: Brief, language: Language, expecting: str = "") -> Reading:
    """`expecting`: "time" or "date" when a lone figure is an answer to that question."""
    text = _AT.sub(" at ", text[:2000])
    wish = _wish(text, brief, language, expecting)
    rest = _without(text, wish.spans)
    words = language.words
    plainly = f" {plain(rest)} "
    service = _service(plainly, brief)
    asks = bool(words["question"].search(rest))
    offers = bool(asks and words["offers"].search(rest)) or bool(words["offers"].fullmatch(rest))
    acts = frozenset(act for act in ACTS if words[act].search(rest))
    asks_for_offer = offers and not wish.options and not acts & {"book", "list"}
    asks_price = bool(words["prices"].search(rest)) and "book" not in acts
    practitioner = _practitioner(plainly, brief)
    relation = _first(words["for_other"], rest).lower()
    yes, no = _yes_or_no(rest, language)
    return Reading(
        text=text,
        wish=wish,
        yes=yes,
        no=no,
        acts=_settled(acts, service),
        topics=tuple(topic for topic in TOPICS if words[topic].search(rest)),
        number=_number(rest, language),
        service="" if asks_for_offer or asks_price else service,
        asked_service=(service or "?") if asks_for_offer else service if asks_price else "",
        practitioner=practitioner,
        name=(_first(words["named"], rest) or _first(words["named_relative"], rest)) if relation else "",
        relation=relation,
        stranger=bool(words["stranger"].search(rest)) and not practitioner,
        that_one=bool(words["that_one"].search(rest)),
        same_day=bool(words["same_day"].search(rest)),
        unanswered=_has_strange_question(rest, language),
    )


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Casefolded words without accents and punctuation."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[a-z0-9]+", bare.replace("'", "").replace("’", "")))


def default_service(brief: Brief) -> ServiceBrief | None:
    """What somebody gets who only says "an appointment"."""
    general = [each for each in brief.services if "appointment" in map(plain, each.other_names)]
    usual = [each for each in brief.services if any(plain(n).endswith(" appointment") for n in each.other_names)]
    return next(iter([*general, *usual, *brief.services]), None)


def _wish(text: str, brief: Brief, language: Language, expecting: str) -> Wish:
    text = _PLACEHOLDER.sub(lambda match: "x" * len(match[0]), text)  # the 2 of [NAME_2] is no time
    return for_booking(
        _THIS_ONE.sub(r"\1    ", text),  # "the 3 o'clock one" is not one minute past; offsets stay
        now=brief.now.replace(tzinfo=None),
        language=language.code if language.code in WHEN_LANGUAGES else "en",
        day_first=brief.country not in MONTH_FIRST,
        expecting=expecting,
    )


def _without(text: str, spans: tuple[tuple[int, int], ...]) -> str:
    """The text with its dates and times blanked out: their words say nothing else."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _yes_or_no(rest: str, language: Language) -> tuple[bool, bool]:
    words = language.words
    if words["not_really_no"].search(rest):
        return True, False
    said = any(not _is_asked(match, rest, language) for match in words["yes"].finditer(rest))
    yes = said or bool(words["please_do"].search(rest))
    no = bool(words["no"].search(rest)) or (bool(words["soft_no"].search(rest)) and not yes)
    return yes and not no, no


def _is_asked(match: re.Match[str], rest: str, language: Language) -> bool:
    """ "Is that right for children?" holds "that right", and is no yes."""
    sentence = next((each for each in _SENTENCES.finditer(rest) if each.end() > match.start()), None)
    if sentence is None or not sentence[0].endswith("?"):
        return False
    return bool(language.words["asks_first"].search(sentence[0]))


def _has_strange_question(rest: str, language: Language) -> bool:
    """A question among other sentences in which no word says anything to us."""
    known = [language.words[name] for name in (*TOPICS, *ACTS, "yes", "no", "offers", "number", "for_other")]
    asked = [each for each in _SENTENCES.findall(rest) if each.endswith("?") and "   " not in each]
    return any(not any(pattern.search(each) for pattern in known) for each in asked)


def _number(rest: str, language: Language) -> int | None:
    for pattern in ("number", "ordinal"):
        match = language.words[pattern].search(rest)
        if match:
            said = next(group for group in match.groups() if group).lower()
            return int(said) if said.isdigit() else language.ordinals[said]
    return None


def _settled(acts: frozenset[str], service: str) -> frozenset[str]:
    """ "I need a prescription review" is a service of ours, not something for the team."""
    return acts - {"advice"} if service else acts


def _service(plainly: str, brief: Brief) -> str:
    """The service that the words name: the longest name; the general one only if nothing else is named."""
    general = default_service(brief)
    named = {
        name: each
        for each in brief.services
        for name in {plain(each.name), *map(plain, each.other_names)} - {"appointment"}
        if f" {name} " in plainly
    }
    # "cut and blow dry" names one service, though "blow dry" is another one's name
    found = [
        (each is not general, len(name), each.name)
        for name, each in named.items()
        if not any(f" {name} " in f" {longer} " for longer in named if longer != name)
    ]
    if not found and general is not None and len(brief.services) == 1:
        return general.name
    return max(found)[2] if found else ""


def _practitioner(plainly: str, brief: Brief) -> str:
    heard = set(plainly.split())
    found = [who for who in brief.practitioners if (set(plain(who).split()) - _TITLES) & heard]
    return found[0] if len(found) == 1 else ""


def _first(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return next((group for group in match.groups() if group), "") if match else ""
