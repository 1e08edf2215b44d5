"""Where a conversation stands: its story so far, read from the transcript and from nothing else."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from agents.llm.guided.changing import replace
from agents.llm.guided.counted import Rhythm
from agents.llm.guided.diary_lines import (
    Appointment,
    Offer,
    appointments_in,
    mentioned,
    mentioned_freely,
    offers_in,
    visits_as_one,
)
from agents.llm.guided.languages import Language, all_languages
from agents.llm.guided.reading import Reading
from agents.llm.guided.series_dates import SeriesPlan, plan_in
from agents.llm.guided.wants import Want, at
from agents.types import Brief, Entry, ToolOutcome
from calendar_sync.when import Mention

SETTLING = frozenset(
    {"book_appointment", "book_series", "reschedule_appointment", "cancel_appointment", "answer_offer"}
)
DONE = {"booked", "moved", "cancelled"}  # what a skill says that it did
OWN_CALLS = "g"  # ids of the calls that this flow has made begin with it
ERRANDS = frozenset({"list", "undo", "late", "waitlist", "answer", "confirm"})  # done with one answer

Goal = Literal["", "book", "move", "cancel", "list", "undo", "late", "waitlist", "answer", "confirm"]


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a tool has answered in this turn."""

    call: dict[str, object]
    outcome: ToolOutcome

    @property
    def ok(self) -> bool:
        return not self.outcome.is_error and self.outcome.content.get("status") == "ok"


@dataclass(frozen=True, kw_only=True)
class Companion:
    """Somebody who is to be treated besides the one who is being booked; at the same time or right after."""

    relation: str
    name: str = ""
    same_time: bool = False
    service: str = ""  # their own, where it is another one


@dataclass(frozen=True, kw_only=True)
class Story:
    """Everything the next answer depends on.

    `tools` are the skills there are. `question` is the one our last text asked, `table` what it listed, `proposed`
    what it read back (or what the patient has picked since); `accepted` and `declined` are the answers to it. `heard`
    and `found` are of this turn only; `news` is what was done and not told yet.
    """

    brief: Brief
    language: Language
    tools: frozenset[str] = frozenset()
    goal: Goal = ""
    service: str = ""
    service_guessed: bool = False
    service_asked: str = ""  # what was asked about, and so is likely wanted
    visit: tuple[str, ...] = ()  # the services of one visit in order, two or more
    seats: int | None = None  # places in a class, once they were said
    rhythm: Rhythm | None = None  # of a series
    plan: SeriesPlan | None = None  # its dates, once they were looked at
    skipping: bool = False  # what is taken of a series is to be left out
    rest: bool = False  # it is about all that follows of a series
    practitioner: str = ""
    place: str = ""  # the one of several locations that is wanted
    any_place: bool = False  # it doesn't matter which
    patient_name: str = ""
    relation: str = ""
    also: tuple[Companion, ...] = ()  # who is to be treated next
    then: tuple[Mention, ...] = ()  # further days on which the same is to be booked
    next_day: bool = False  # the one that is being booked is such a day
    want: Want = field(default_factory=Want)
    question: str = ""
    table: tuple[Offer, ...] = ()
    pool: tuple[Offer, ...] = ()  # all offers of the last searches
    services_listed: bool = False
    proposed: Offer | None = None
    accepted: bool = False
    declined: bool = False
    appointments: tuple[Appointment, ...] | None = None
    appointment: Appointment | None = None  # the one to be moved or cancelled
    reference: str = ""  # of the appointment that a reminder was about, when it was tapped
    about: str = ""  # of the appointment whose reminder was answered in words
    minutes: int | None = None  # how late the patient will be
    number: int | None = None  # which of several times that were offered unprompted
    asked: frozenset[str] = frozenset()
    misses: int = 0
    question_before: str = ""  # the one our last text asked, whatever was made of it since
    circles: int = 0  # how often in a row we have put that same question, and got nothing for it
    heard: tuple[Reading, ...] = ()
    found: tuple[Found, ...] = ()
    news: tuple[Found, ...] = ()
    last_made: Appointment | None = None
    dropped: bool = False
    stale: bool = False  # what was tapped belongs to an older question than the one that stands
    last_text: str = ""  # what we said last
    unprompted: bool = False  # it was no answer to the patient: a reminder, an offer
    reminded: str = ""  # the last text of that kind, until something is done

    @property
    def now(self) -> dt.datetime:
        return self.brief.now.replace(tzinfo=None)

    @property
    def acts(self) -> frozenset[str]:
        return frozenset().union(*(each.acts for each in self.heard))

    @property
    def idle(self) -> bool:
        """Whatever was written in this turn, nothing was asked and nothing was wished for."""
        return not any(each.topics or each.asked_service or each.wish or each.number for each in self.heard)

    @property
    def lost(self) -> bool:
        """Nothing in this turn was understood, nor answered by what the business has written."""
        known = self.passages or self.found_by("verify_with_code")
        return bool(self.heard) and not known and not any(each.understood for each in self.heard)

    def found_by(self, tool: str) -> list[Found]:
        return [each for each in self.found if each.outcome.name == tool]

    @property
    def passages(self) -> list[list[dict[str, object]]]:
        """What each search in the business's knowledge has found in this turn, best first; empty finds left out."""
        found = (each.outcome.content.get("passages") for each in self.found_by("search_knowledge") if each.ok)
        return [[line for line in lines if isinstance(line, dict)] for lines in found if lines]

    def searched(self) -> list[Found]:
        """The answers to our own searches of this turn; another model may have looked for something else."""
        return [each for each in self.found_by("find_slots") if each.outcome.call_id.startswith(OWN_CALLS)]


def after_tools(story: Story, calls: dict[str, dict[str, object]], outcomes: Sequence[ToolOutcome]) -> Story:
    """The story once the tools have answered."""
    found = tuple(Found(call=calls.get(each.call_id, {}), outcome=each) for each in outcomes)
    story = replace(story, found=story.found + found)
    searched = [each for each in found if each.outcome.name == "find_slots"]
    if searched:
        story = _searched_for(replace(story, pool=_offers_of(searched)), searched[-1])
    for each in found:
        story = _after_one(story, each)
    return story


def _offers_of(searched: Sequence[Found]) -> tuple[Offer, ...]:
    lines: list[Offer] = []
    for each in searched:
        service = str(each.outcome.content.get("service") or each.call.get("service") or "")
        for key in ("offers", "nearest"):
            lines.extend(offers_in(each.outcome.content.get(key), service))
    return tuple(lines)


def _searched_for(story: Story, search: Found) -> Story:
    """What another model has searched for is what the patient wants, as far as we didn't hear it ourselves."""
    if story.service or story.goal == "move" or search.outcome.call_id.startswith(OWN_CALLS):
        return story
    service = str(search.outcome.content.get("service") or search.call.get("service") or "")
    return replace(story, service=service, goal=story.goal or "book")


def _after_one(story: Story, each: Found) -> Story:
    name, content = each.outcome.name, each.outcome.content
    if name == "undo_change" and each.ok:
        kept = appointments_in(content.get("appointment")) if content.get("undone") != "booked" else ()
        return replace(_settled(story), goal="undo", last_made=_made(kept, content))
    if name == "running_late" and each.ok:
        return replace(story, appointment=next(iter(appointments_in(content.get("appointment"))), None))
    if name == "hold_slot" and not each.ok and "+" not in str(each.call.get("slot")):
        return replace(story, pool=offers_in(content.get("nearest"), story.service))
    if name == "my_appointments" and each.ok:
        return replace(story, appointments=visits_as_one(appointments_in(content.get("appointments"))))
    if name in ("plan_series", "book_series") and "dates" in content:
        return _with_dates(story, each)
    if name == "verify_with_code" and each.ok and content.get("confirmed"):
        return replace(story, goal=story.goal or "list", appointments=None, misses=0)
    if name == "hand_over":
        return replace(story, heard=(), misses=0)
    if name not in SETTLING or (name == "answer_offer" and not DONE & content.keys()):
        return story
    if not each.ok:
        taken = () if "+" in str(each.call.get("slot")) else offers_in(content.get("nearest"), story.service)
        return replace(story, accepted=False, pool=taken or story.pool)
    done = appointments_in(content.get("booked") or content.get("moved") or content.get("cancelled"))
    after = replace(
        _settled(story),
        news=(*story.news, each),
        last_made=_made(done, content) if name != "cancel_appointment" else None,
    )
    if not (done and name == "book_appointment"):
        return after
    if story.also:
        return _with_companion(after, story, appointments_in(content.get("all")) or done)
    return _with_next_day(after, story, done[0]) if story.then else after


def _made(done: tuple[Appointment, ...], content: dict[str, object]) -> Appointment | None:
    """The first of what was done."""
    return replace(done[0], together=max(1, len(appointments_in(content.get("all"))))) if done else None


def _with_dates(story: Story, each: Found) -> Story:
    """A series was looked at, or couldn't be booked as it was read back: of all offers it is its first that counts."""
    plan = plan_in(each.call, each.outcome.content)
    slot = str(each.call.get("slot"))
    own = tuple(offer for offer in (*story.pool, *story.table, *([story.proposed] if story.proposed else [])))
    pool = tuple(offer for offer in own if offer.slot == slot)[:1]
    return replace(story, plan=plan, accepted=False, pool=pool or story.pool, proposed=pool[0] if pool else None)


def _with_companion(story: Story, before: Story, made: tuple[Appointment, ...]) -> Story:
    """One is booked; the other comes next, for the same, right after or at the same time. The rest wait their turn."""
    also, *others = before.also
    return replace(
        story,
        goal="book",
        service=also.service or made[0].service,
        visit=() if also.service else before.visit,
        also=tuple(others),
        relation=also.relation,
        patient_name=also.name,
        want=Want(options=(at(made[0].start if also.same_time else end_of(made[-1], story.brief)),)),
    )


def _with_next_day(story: Story, before: Story, made: Appointment) -> Story:
    """One day is booked; the next is for the same person and, unless something else was said, at the same hour."""
    first, *then = before.then
    same = first.time is None or any(made.start.time() in reading for reading in first.time.readings)
    return replace(
        story,
        goal="book",
        service=made.service,
        visit=before.visit,
        then=tuple(then),
        next_day=True,
        relation=before.relation,
        patient_name=before.patient_name,
        want=Want(options=(replace(first, time=at(made.start).time) if same else first,)),
    )


def end_of(made: Appointment, brief: Brief) -> dt.datetime:
    minutes = next((each.minutes for each in brief.services if each.name == made.service), 0)
    return made.start + dt.timedelta(minutes=minutes)


def _settled(story: Story) -> Story:
    """What was wanted is done: nothing of it is carried into the next wish but who it is for us."""
    return replace(
        story,
        goal="",
        want=Want(),
        table=(),
        pool=(),
        proposed=None,
        accepted=False,
        declined=False,
        appointment=None,
        appointments=None,
        reference="",
        about="",
        number=None,
        reminded="",
        also=(),
        then=(),
        next_day=False,
        patient_name="",
        relation="",
        service="",
        service_guessed=False,
        visit=(),
        seats=None,
        rhythm=None,
        plan=None,
        skipping=False,
        rest=False,
        asked=story.asked - {"service", "name"},
    )


def after_speaking(story: Story, entry: Entry, *, unprompted: bool = False) -> Story:
    """The story once we (or a colleague, or another model) have written to the patient.

    `unprompted`: no answer to anything, such as a reminder."""
    text = entry.text
    question = "" if entry.role == "staff" else question_in(text)
    offers = mentioned(text, story.pool, story.language, story.brief.country)
    if not question and "?" in text and story.pool and entry.role == "assistant":
        offers = mentioned_freely(text, story.pool, story.language, story.now)
        question = {0: "", 1: "confirm_move" if story.goal == "move" else "confirm"}.get(len(offers), "choose")
    story = replace(
        story,
        question=question,
        asked=story.asked | ({question} if question else set()),
        question_before=question,
        circles=_circles(story, question),
        services_listed=question == "service",
        table=(offers or story.table) if question == "choose" else (),
        proposed=_proposed(story, question, offers),
        misses=story.misses + 1 if story.lost else 0,
        accepted=False,
        declined=False,
        dropped=False,
        stale=False,
        heard=(),
        found=(),
        news=(),
        last_text=text,
        unprompted=unprompted,
        reminded=text if unprompted and entry.role == "assistant" else story.reminded,
    )
    if question == "change" and story.goal == "answer":
        return replace(story, goal="move")  # a no to a reminder
    if question == "offer_booking" or (story.goal in ERRANDS - {"list"} and not question):
        return _settled(story)
    return story


def _circles(story: Story, question: str) -> int:
    """A question that stands open while others are answered is no circle, nor is one that takes us further."""
    if not question or question != story.question_before:
        return 0
    return story.circles + 1 if story.idle else story.circles


def _proposed(story: Story, question: str, offers: tuple[Offer, ...]) -> Offer | None:
    if question not in ("confirm", "confirm_move", "change", "name"):
        return None
    if question == "name":
        return story.proposed
    if offers and offers[0].parts and question == "confirm":
        return offers[0]  # its later parts begin when others may
    return offers[-1] if offers else story.proposed


def question_in(text: str) -> str:
    """Our own question that stands last in a text, by its fixed sentence in whatever language."""
    if "?" not in text:
        return ""
    places = [(text.rfind(sentence), name) for sentence, name in _questions() if sentence in text]
    return max(places)[1] if places else ""


@lru_cache(maxsize=1)
def _questions() -> tuple[tuple[str, str], ...]:
    return tuple((sentence, name) for table in all_languages() for name, sentence in table.questions.items())
