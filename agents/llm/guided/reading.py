"""What one message of the patient says, apart from everything that was said before."""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from agents.llm.guided import wants
from agents.llm.guided.changing import replace
from agents.llm.guided.companions import ALONE, Party, party_in
from agents.llm.guided.counted import NOTHING, Counted, Rhythm, counted
from agents.llm.guided.languages import Language
from agents.llm.guided.languages.professionals import looks_for_one, speaks_of_one
from agents.llm.guided.sameness import Same
from agents.llm.guided.service_names import place_named, practitioner_named, service_hinted, service_named
from agents.llm.guided.visit_names import services_named
from agents.llm.guided.words import plain, unaccented
from agents.types import Brief
from calendar_sync import codes
from calendar_sync.when import LANGUAGES as WHEN_LANGUAGES
from calendar_sync.when import Wish, day_first_in, for_booking

TOPICS = ("phone", "address", "hours", "prices", "services", "practitioners", "unpublished")
ACTS = (
    *("book", "another", "move", "cancel", "list", "person", "late", "complaint", "advice", "find", "place", "greet"),
    *("thanks", "bye", "none", "any", "stop", "no_thanks", "note", "praise", "symptom", "undo", "waitlist"),
    *("emergency", "right_after", "same_time", "call_me", "results", "bot", "ability", "others", "age", "anyone"),
    "unreachable",
)
TALKING = "therapist"  # the kind of business where people come to talk
NO_OFFER = frozenset({"book", "list", "ability", "bot"})
BESIDES = ("too", "rest", "only_one", "skip")  # say something of what is talked about, and nothing by themselves
PLAIN_ACTS = frozenset(
    {"book", "move", "cancel", "list", "person", "late", "thanks", "bye", "stop", "undo", "waitlist"}
)
_THIS_ONE = re.compile(
    r"\b(the(?: \S+){1,3})(?<! at)(?<! by)(?<!around)(?<!about)(?<!after)(?<!before) one\b", re.IGNORECASE
)
_CHANGES = PLAIN_ACTS - {"book", "thanks", "bye"}
_POLITE = frozenset({"greet", "thanks", "bye"})
_HUMAN = re.compile(
    r"\b(?:human|real|reception\w*|staff|manager|owner|representative|operator|mensch\w*)\b", re.IGNORECASE
)
_PLACEHOLDER = re.compile(r"\[[A-Z_]+_\d+\]")
_ONE_AT = re.compile(
    r"\b(?:(?<=la )|(?<=el ))de(?= las? \d)|(?<=celui )de(?= \d)|\b(?<=[ao] )das(?= \d)", re.IGNORECASE
)
_GREETING = re.compile(  # "God morning" is no morning that somebody wants to come on
    r"^\W*(?:g[od]{1,4} (?:morning|afternoon|evening|day)|g[uten]{2,5} (?:morgen|tag|abend|nachmittag)|"
    r"b[uenos]{3,6} (?:d[ií]as|tardes|noches)|b[oma]{1,3} (?:dia|tarde|noite))\b",
    re.IGNORECASE,
)
_HOURS_OF_OURS = re.compile(  # "you open at 8, right?": no wish to come at 8
    r"\b(?:opens?|opened|clos(?:es?|ed|ing)|offnen|offnet|schliesst|schliessen|abr(?:en?|is)|cierran?|cerrais|"
    r"ouvr(?:ez?|ent)|ferm(?:ez?|ent)|abrem?|fecham?)(?: you| sie| ihr)? "
    r"(?:at|from|until|till?|um|ab|bis|a las?|a|hasta las?|jusqu['’]a|as|ate as) "
    r"(\d{1,2}(?:[:.h]\d\d)?(?: ?[ap]m)?)\b",
    re.IGNORECASE,
)
_HALF = re.compile(r"^\W*(?:(?:in )?the |any |only )?([ap])\.?m\.?\W*(?:please|pls|thanks|only)?\W*$", re.IGNORECASE)
_HALVES = {"a": "before 12:00", "p": "from 12:00"}
_AT = re.compile(r"\s@\s?(?=\d)")
_CHOICE = re.compile(r"^\[choice:([\w:#-]{1,40})\][ \t]*$", re.MULTILINE)
_BLANKS = re.compile(r"  +")
_ELIDED = re.compile(r"\b(?:[cdjlmnst]|qu)['’](?=\w)", re.IGNORECASE)  # "pour l'acupuncture"
_SENTENCES = re.compile(r"[^.!?]+[.!?]?")


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
    place: str = ""  # one of several locations
    name: str = ""  # of somebody else who is to be treated
    relation: str = ""  # "son", "friend"
    stranger: bool = False  # a doctor was named who is not one of ours
    that_one: bool = False  # speaks of what was talked about last
    same_day: bool = False  # as the appointment that was just talked about
    unanswered: bool = False  # one of its questions holds nothing that we know
    also_for: str = ""  # somebody who is to be treated besides: "for me and my son"
    party: Party = ALONE  # several who each want an appointment
    relative: str = ""  # is spoken of, whatever for
    minutes: int | None = None  # "15 minutes late"
    choice: str = ""  # what was tapped, see agents.types.Choice
    about: str = ""  # number of the appointment whose reminder is answered
    visit: tuple[str, ...] = ()  # services that are wanted together, two or more
    rhythm: Rhythm | None = None  # of a series
    times: int | None = None  # how often, where no interval was said with it
    seats: int | None = None  # places in a class
    besides: frozenset[str] = frozenset()  # of BESIDES

    @property
    def about_booking(self) -> bool:
        counts = bool(self.rhythm) or self.seats is not None
        return bool(self.wish or self.service or self.practitioner or counts or self.acts & {"book", "find", "symptom"})

    @property
    def clear(self) -> bool:
        """Something was said that leaves no doubt in which language."""
        return bool(
            self.yes
            or self.no
            or self.number is not None
            or self.service
            or self.wish.options
            or self.wish.asap
            or self.acts & PLAIN_ACTS
        )

    @property
    def more_than_polite(self) -> bool:
        """Something was understood besides a greeting, which is the same in many languages ("Hi")."""
        return replace(self, acts=self.acts - {"greet"}).understood

    @property
    def understood(self) -> bool:
        said: object = self.choice or self.minutes is not None or self.yes or self.no or self.topics or self.name
        said = said or self.number is not None or self.asked_service or self.times is not None or self.place
        return bool(said or self.acts or self.about_booking or self.relation or self.wish.past)


def read(text: str, *, brief: Brief, language: Language, expecting: str = "") -> Reading:
    """`expecting`: "time" or "date" when a lone figure is an answer to that question."""
    return _read(text, Same(brief), language, expecting)


def _half_of_day(text: str, language: Language) -> str:
    """ "PM please", said to a list of times, is a part of the day."""
    match = _HALF.match(text) if language.code == "en" else None
    return text if match is None else _HALVES[match[1].lower()]


def _whole_and_without_codes(text: str, language: Language) -> tuple[str, str]:
    whole = _AT.sub(" at ", unicodedata.normalize("NFC", _half_of_day(text[:2000], language)))
    return whole, _without(whole, codes.spans_in(whole))


@lru_cache(maxsize=256)  # a function of what it is given, so no answer grows stale
def _read(text: str, same: Same, language: Language, expecting: str) -> Reading:
    brief: Brief = same.it
    whole, text = _whole_and_without_codes(text, language)
    groups = any(each.seats > 1 for each in brief.services)
    counts = counted(unaccented(text), language, groups=groups, expecting=expecting)
    ages = _ages(text, language)
    text = _without(text, counts.spans + ages)  # neither "six times" nor "he's 6" is a time of day
    wish = wants.narrowed(_wish(text, brief, language, expecting), text)
    bare = unaccented(text)
    rest = _without(bare, wish.spans)
    words = language.words
    plainly, service, visit = _services(rest, brief, language)
    place = place_named(plainly, brief) if brief.places else ""
    rest = _without_name(rest, place)  # "Park Street" asks for no address
    asks = bool(words["question"].search(rest))
    offers = bool(asks and words["offers"].search(rest)) or bool(words["offers"].fullmatch(rest))
    told = _BLANKS.sub(" ", rest)
    minutes = _minutes(bare, language)
    acts = _meant(_acts(told, bare, language, minutes), told, brief, language) | ({"age"} if ages else set())
    asks_for_offer = offers and not wish.options and not acts & NO_OFFER
    service = service or (service_hinted(plainly, brief) if asks_for_offer else "")
    asks_price = bool(words["prices"].search(rest)) and "book" not in acts
    practitioner = practitioner_named(plainly, brief)
    party, also_for = _also_for(rest, whole, language)
    relation = _relation(whole, wish, language) or also_for
    yes, no = _yes_or_no(rest, language)
    reading = Reading(
        text=whole,
        wish=wish,
        yes=yes,
        no=no,
        acts=_settled(acts, service),
        topics=_topics(_without_name(rest, service), language),
        number=_number(rest, language),
        service="" if asks_for_offer or asks_price else service,
        asked_service=(service or "?") if asks_for_offer else service if asks_price else "",
        practitioner=practitioner,
        place=place,
        name=_first(words["named"], rest) or (_first(words["named_relative"], rest, text) if relation else ""),
        relation=relation,
        stranger=bool(words["stranger"].search(rest)) and not practitioner,
        that_one=bool(words["that_one"].search(rest)),
        same_day=bool(words["same_day"].search(rest)),
        unanswered=_is_unanswered(rest, acts, service, language),
        also_for=also_for,
        party=party,
        relative=_first(words["relative"], rest).lower(),
        minutes=minutes if "late" in acts or expecting == "minutes" else None,
    )
    return replace(_with_counts(reading, counts, visit), besides=_besides(rest, language))


def beside(reading: Reading, start: dt.datetime) -> Reading:
    """ "I work on Monday. Tuesday then?", said to a Monday: whoever names another time as well wants that one, unless
    they plainly agree."""
    others = wants.besides(reading.wish, start)
    agrees = reading.yes and not (reading.no or reading.wish.correction or "?" in reading.text)
    if agrees or not others or len(others) == len(reading.wish.options):
        return reading
    return replace(reading, yes=False, wish=replace(reading.wish, options=others))


def _relation(whole: str, wish: Wish, language: Language) -> str:
    """Who else is to be treated; ages are left in the text, for "my mum is 82" says so."""
    return _first(language.words["for_other"], _without(unaccented(whole), wish.spans)).lower()


def _ages(text: str, language: Language) -> tuple[tuple[int, int], ...]:
    return tuple(match.span() for match in language.words["age"].finditer(unaccented(text)))


def _acts(told: str, bare: str, language: Language, minutes: int | None) -> frozenset[str]:
    """`told` is the text without its dates and times, `bare` with them: "who is at 10?" asks about others."""
    acts = frozenset(act for act in ACTS if language.words[act].search(told))
    acts |= {"others"} if language.words["others"].search(bare) else set()
    acts |= {"late"} if minutes is not None and language.words["late"].search(bare) else set()
    acts -= {"any"} if "anyone" in acts else set()
    return (acts - {"book", "find"}) | {"wonders"} if _wonders(told, acts, language) else acts


def _topics(rest: str, language: Language) -> tuple[str, ...]:
    """ "Nobody answers the phone" asks for no number."""
    rest = language.words["unreachable"].sub(" ", rest)
    return tuple(topic for topic in TOPICS if language.words[topic].search(rest))


def _meant(acts: frozenset[str], told: str, brief: Brief, language: Language) -> frozenset[str]:
    """ "I need to talk to someone" asks a therapist for a session; whoever looks for a professional, for one."""
    to_talk_to = "person" in acts and not _HUMAN.search(told) and speaks_of_one(told, language.code)
    if to_talk_to or looks_for_one(told, language.code):
        acts = acts - ({"person"} if to_talk_to else set()) | {"book"}
    talk = language.words["need_to_talk"]
    if brief.kind == TALKING and talk.search(told) and not language.words["person"].search(talk.sub(" ", told)):
        return (acts - {"person"}) | {"book", "symptom"}
    return acts


def _also_for(rest: str, whole: str, language: Language) -> tuple[Party, str]:
    party = party_in(unaccented(whole), whole, language)
    said = _first(language.words["also_for"], rest).lower()
    return party, said or (party.people[-1].relation if party.people else "")


def _services(rest: str, brief: Brief, language: Language) -> tuple[str, str, tuple[str, ...]]:
    """The comparable words, the service that they name, and all of them where several are wanted together."""
    apart = _ELIDED.sub(" ", rest) if language.code == "fr" else rest
    plainly = f" {plain(apart)} "
    visit = services_named(apart, brief, language)
    return plainly, visit[0] if visit else service_named(plainly, brief, language), visit


def _with_counts(reading: Reading, counts: Counted, visit: tuple[str, ...]) -> Reading:
    reading = reading if reading.asked_service else replace(reading, visit=visit)
    if counts is NOTHING:
        return reading
    times = counts.times if counts.rhythm is None else None
    return replace(reading, rhythm=counts.rhythm, times=times, seats=counts.seats)


def _besides(rest: str, language: Language) -> frozenset[str]:
    return frozenset(name for name in BESIDES if language.words[name].search(rest))


def chosen(text: str) -> tuple[str, str]:
    """What was tapped, or "", and the visible words. Nobody but us writes the line that tells it (agents.markers)."""
    text = text.removesuffix("\n[voice]")
    match = _CHOICE.search(text)
    return (match[1], (text[: match.start()] + text[match.end() :]).strip()) if match else ("", text)


def _wish(text: str, brief: Brief, language: Language, expecting: str) -> Wish:
    text = _PLACEHOLDER.sub(lambda match: "x" * len(match[0]), text)  # the 2 of [NAME_2] is no time
    text = _GREETING.sub(lambda match: " " * len(match[0]), text)
    text = _without(text, tuple(match.span(1) for match in _HOURS_OF_OURS.finditer(unaccented(text))))
    return for_booking(
        _THIS_ONE.sub(r"\1    ", _at_one(text)),  # "the 3 o'clock one" is not one minute past; offsets stay
        now=brief.now.replace(tzinfo=None),
        language=language.code if language.code in WHEN_LANGUAGES else "en",
        day_first=day_first_in(brief.country),
        expecting=expecting,
    )


def _at_one(text: str) -> str:
    """ "La de las 10" is the one at ten, not any from then on; as long as before."""
    return _ONE_AT.sub(lambda match: "às " if len(match[0]) == 3 else " a", text)


def _without(text: str, spans: tuple[tuple[int, int], ...]) -> str:
    """The text with its dates and times blanked out: their words say nothing else."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _without_name(rest: str, service: str) -> str:
    """ "Telephone appointment" asks for no number."""
    name = re.escape(unaccented(service))
    return re.sub(rf"\b{name}s?\b", lambda match: " " * len(match[0]), rest, flags=re.IGNORECASE) if service else rest


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


def _is_unanswered(rest: str, acts: frozenset[str], service: str, language: Language) -> bool:
    """Whether one of its questions holds nothing that we know; "do I need to bring anything?" is none for times."""
    of_ours = service or (language.words["relative"].search(rest) and language.words["too"].search(rest))
    if of_ours and len(_SENTENCES.findall(rest)) == 1:
        return False
    return "wonders" in acts or _has_strange_question(rest, language)


def _wonders(told: str, acts: frozenset[str], language: Language) -> bool:
    """ "Do I need to bring anything?"; who has to cancel says so without a question."""
    match = language.words["wonders"].search(told)
    return match is not None and not acts & _CHANGES and ("?" in told or not told[: match.start()].strip())


def _has_strange_question(rest: str, language: Language) -> bool:
    """A question in which no word but a greeting says anything to us; what begins like one is one, too."""
    names = [each for each in (*TOPICS, *ACTS) if each not in _POLITE]
    known = [language.words[name] for name in (*names, "yes", "no", "offers", "number", "for_other")]
    begins = language.words["asks_first"]
    asked = [
        each
        for each in _SENTENCES.findall(_GREETING.sub("", rest))
        if "   " not in each and (each.endswith("?") or (begins.search(each) and len(each.split()) > 2))
    ]
    return any(not any(pattern.search(each) for pattern in known) for each in asked)


def _number(rest: str, language: Language) -> int | None:
    for pattern in ("number", "ordinal"):
        match = language.words[pattern].search(rest)
        if match:
            said = next(group for group in match.groups() if group).lower()
            return int(said) if said.isdigit() else language.ordinals[said]
    return None


def _settled(acts: frozenset[str], service: str) -> frozenset[str]:
    """ "I need a prescription review" is a service of ours, not something for the team; "call me" may be one too."""
    if service:
        acts -= {"advice", "call_me"}
    return acts | ({"person"} if "call_me" in acts else set()) | ({"advice"} if "results" in acts else set())


def _minutes(bare: str, language: Language) -> int | None:
    match = language.words["minutes"].search(bare)
    said = next((group for group in match.groups() if group), "").lower() if match else ""
    return int(said) if said.isdigit() else language.minutes.get(said)


def _first(pattern: re.Pattern[str], bare: str, text: str = "") -> str:
    """The first group found in the bare text; as it stands in the text, if that is given."""
    match = pattern.search(bare)
    if match is None or match.lastindex is None:
        return ""
    place = next(number for number, group in enumerate(match.groups(), 1) if group)
    return (text or bare)[match.start(place) : match.end(place)]
