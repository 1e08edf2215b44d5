"""Where a conversation stands: its story so far, read from the transcript and from nothing else."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from agents.llm.guided.diary_lines import Appointment, Offer, appointments_in, mentioned, mentioned_freely, offers_in
from agents.llm.guided.languages import Language
from agents.llm.guided.reading import Reading
from agents.llm.guided.wants import Want
from agents.types import Brief, Entry, ToolOutcome

SETTLING = frozenset({"book_appointment", "reschedule_appointment", "cancel_appointment"})

Goal = Literal["", "book", "move", "cancel", "list"]


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a tool has answered in this turn."""

    call: dict[str, object]
    outcome: ToolOutcome

    @property
    def ok(self) -> bool:
        return not self.outcome.is_error and self.outcome.content.get("status") == "ok"


@dataclass(frozen=True, kw_only=True)
class Story:
    """Everything the next answer depends on.

    `question` is the one our last text asked, `table` what it listed, `proposed` what it read back (or what the
    patient has picked since); `accepted` and `declined` are the answers to it. `heard` and `found` are of this turn
    only; `news` is what was done and not told yet.
    """

    brief: Brief
    language: Language
    goal: Goal = ""
    service: str = ""
    service_guessed: bool = False
    practitioner: str = ""
    patient_name: str = ""
    relation: str = ""
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
    asked: frozenset[str] = frozenset()
    misses: int = 0
    heard: tuple[Reading, ...] = ()
    found: tuple[Found, ...] = ()
    news: tuple[Found, ...] = ()
    last_made: Appointment | None = None
    dropped: bool = False
    last_text: str = ""  # what we said last

    @property
    def now(self) -> dt.datetime:
        return self.brief.now.replace(tzinfo=None)

    @property
    def acts(self) -> frozenset[str]:
        return frozenset().union(*(each.acts for each in self.heard))

    @property
    def lost(self) -> bool:
        """Nothing in this turn was understood."""
        return bool(self.heard) and not any(each.understood for each in self.heard)

    def found_by(self, tool: str) -> list[Found]:
        return [each for each in self.found if each.outcome.name == tool]


def after_tools(story: Story, calls: dict[str, dict[str, object]], outcomes: Sequence[ToolOutcome]) -> Story:
    """The story once the tools have answered."""
    found = tuple(Found(call=calls.get(each.call_id, {}), outcome=each) for each in outcomes)
    story = replace(story, found=story.found + found)
    searched = [each for each in found if each.outcome.name == "find_slots"]
    if searched:
        story = replace(story, pool=_offers_of(searched))
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


def _after_one(story: Story, each: Found) -> Story:
    name, content = each.outcome.name, each.outcome.content
    if name == "my_appointments" and each.ok:
        return replace(story, appointments=appointments_in(content.get("appointments")))
    if name == "hand_over":
        return replace(story, heard=(), misses=0)
    if name not in SETTLING:
        return story
    if not each.ok:
        taken = offers_in(content.get("nearest"), story.service)
        return replace(story, accepted=False, pool=taken or story.pool)
    done = appointments_in(content.get("booked") or content.get("moved") or content.get("cancelled"))
    return replace(
        _settled(story),
        news=(*story.news, each),
        last_made=done[0] if done and name != "cancel_appointment" else None,
    )


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
        patient_name="",
        relation="",
        service="",
        service_guessed=False,
        asked=story.asked - {"service", "name"},
    )


def after_speaking(story: Story, entry: Entry) -> Story:
    """The story once we (or a colleague, or another model) have written to the patient."""
    text = entry.text
    question = "" if entry.role == "staff" else _question_in(text, story.language)
    offers = mentioned(text, story.pool, story.language, story.brief.country)
    if not question and "?" in text and story.pool and entry.role == "assistant":
        offers = mentioned_freely(text, story.pool)
        question = {0: "", 1: "confirm_move" if story.goal == "move" else "confirm"}.get(len(offers), "choose")
    story = replace(
        story,
        question=question,
        asked=story.asked | ({question} if question else set()),
        services_listed=question == "service",
        table=(offers or story.table) if question == "choose" else (),
        proposed=_proposed(story, question, offers),
        misses=story.misses + 1 if story.lost else 0,
        accepted=False,
        declined=False,
        dropped=False,
        heard=(),
        found=(),
        news=(),
        last_text=text,
    )
    return _settled(story) if question == "offer_booking" else story


def _proposed(story: Story, question: str, offers: tuple[Offer, ...]) -> Offer | None:
    if question not in ("confirm", "confirm_move", "change", "name"):
        return None
    if question == "name":
        return story.proposed
    return offers[-1] if offers else story.proposed


def _question_in(text: str, language: Language) -> str:
    """Our own question that stands last in a text, by its fixed sentence."""
    places = [(text.rfind(sentence), name) for name, sentence in language.questions.items() if sentence in text]
    return max(places)[1] if places else ""
