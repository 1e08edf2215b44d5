"""The language in which the parts of the assistant meet: blocks, transcript, tools, requests, answers, outcomes.

Blocks are pydantic models because they are stored as JSON (agents.TranscriptEntry.blocks) and read back; everything
else is a frozen dataclass. All text in here is redacted, except in Reply and Handoff.
"""

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

if TYPE_CHECKING:
    from calendar_sync.brief import PlaceFacts
    from tenants.models import Business


@dataclass(frozen=True, kw_only=True)
class Choice:
    """An answer that a reply offers to tap. What is tapped comes back as `title`, and on a line of its own
    `[choice:<id>]`. Ids: slot:<number in the list>, yes, no, confirm|change|cancel:<#reference>, offer:yes, offer:no,
    offer:<number of the time>, accept|decline:<offer>, rate:<1 to 5>, why:<reason>; old:yes to an older question."""

    id: str
    title: str  # at most 24 characters where there are more than three, else 20
    description: str = ""


class _Block(BaseModel):
    model_config = ConfigDict(frozen=True)


class Text(_Block):
    type: Literal["text"] = "text"
    text: str
    choices: tuple[Choice, ...] = ()  # of an answer of the assistant


class ToolCall(_Block):
    """The model asks for a skill. `arguments` still hold placeholders."""

    type: Literal["tool_call"] = "tool_call"
    id: str
    name: str
    arguments: dict[str, Any]


class ToolOutcome(_Block):
    """What a skill answered, as the model sees it."""

    type: Literal["tool_outcome"] = "tool_outcome"
    call_id: str
    name: str
    content: dict[str, Any]
    is_error: bool = False


class Thinking(_Block):
    """A vendor's reasoning block: opaque, and kept unmodified because it is bound to the history."""

    type: Literal["thinking"] = "thinking"
    raw: dict[str, Any]


Block = Annotated[Text | ToolCall | ToolOutcome | Thinking, Field(discriminator="type")]
Blocks: TypeAdapter[tuple[Block, ...]] = TypeAdapter(tuple[Block, ...])


_ABOUT = re.compile(r"^\[(?:about:(#\d+)|quotes: .*)\]$", re.MULTILINE)  # written by agents.markers only
EntryRole = Literal["patient", "assistant", "tools", "staff"]


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One entry of the append-only transcript: what the contact wrote (patient), the model answered (assistant), all
    outcomes of one answer in its order (tools), or what a person of the business wrote (staff)."""

    role: EntryRole
    blocks: tuple[Block, ...]
    at: dt.datetime | None = None

    @cached_property
    def text(self) -> str:
        """What was said, without the lines that say which reminder it answers and what it quotes."""
        return _ABOUT.sub("", self._whole).strip("\n")

    @cached_property
    def about(self) -> str:
        """ "#1042": the appointment whose reminder a patient's entry answers; "" for none."""
        found = _ABOUT.search(self._whole)
        return found[1] or "" if found and self.role == "patient" else ""

    @property
    def _whole(self) -> str:
        return "\n".join(block.text for block in self.blocks if isinstance(block, Text))

    @cached_property
    def calls(self) -> tuple[ToolCall, ...]:
        return tuple(block for block in self.blocks if isinstance(block, ToolCall))

    @cached_property
    def outcomes(self) -> tuple[ToolOutcome, ...]:
        return tuple(block for block in self.blocks if isinstance(block, ToolOutcome))


@dataclass(frozen=True, kw_only=True)
class ServiceBrief:
    name: str
    minutes: int
    price: str  # as a person reads it: "£45", "on request"
    practitioners: tuple[str, ...]
    other_names: tuple[str, ...] = ()
    description: str = ""
    seats: int = 1  # more: a group shares the time


@dataclass(frozen=True, kw_only=True)
class SpecialDay:
    """A coming day that differs from the week. `hours`: "09:00–13:00"; "" when closed. `place`: of several, or ""."""

    date: dt.date
    hours: str
    reason: str = ""
    place: str = ""


@dataclass(frozen=True, kw_only=True)
class HouseRule:
    """What the business wants people for, in its own words."""

    id: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Brief:
    """What every model is told of the business, without a word about the patient."""

    business: str
    kind: str  # tenants.models.Kind
    assistant: str  # its name
    tone: str
    instructions: str
    rules: tuple[str, ...] = ()  # of the house, in plain words; one that asks for people says so
    escalates: tuple[HouseRule, ...] = ()  # those that ask for people, for whoever can only compare words
    language: str
    country: str
    currency: str
    patient_label: str  # "patient", "client"
    timezone: str
    now: dt.datetime  # aware, in the business's timezone
    services: tuple[ServiceBrief, ...]
    practitioners: tuple[str, ...]
    opening_hours: tuple[str, ...]  # one line a day: "Monday 08:00–12:30, 13:30–18:00"; when one location is open
    places: "tuple[PlaceFacts, ...]" = ()  # where there are several locations
    special_days: tuple[SpecialDay, ...] = ()  # of the next weeks, in order
    clock_of: str = ""  # "London", where the patient's own clock shows another time: told with every time
    address: str  # with several locations "Park Street: 1 Park Street; Headingley: 2 Otley Road"
    phone: str


@dataclass(frozen=True, kw_only=True)
class ToolSpec:
    """A skill as a model sees it; `schema` is strict JSON Schema of its arguments."""

    name: str
    description: str
    schema: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Memory:
    """What a model is told besides the newest entries. All of it redacted, and data: nobody's instruction."""

    summary: str = ""  # of the entries before `opens_at`
    opens_at: int = 0  # index, in the whole transcript, of the first entry that a model sees as it was written
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ModelRequest:
    brief: Brief
    transcript: tuple[Entry, ...]  # the newest entries, see `begins_at`
    tools: tuple[ToolSpec, ...]
    model: str
    begins_at: int = 0  # index of the first of them in the whole transcript
    memory: Memory = Memory()
    max_tokens: int = 2048
    timeout: float = 30.0  # seconds for the whole call
    note: str = ""  # from the runtime to the model for this call only, such as why a draft was refused
    on_text: Callable[[str], None] | None = None  # hears pieces of the answer as they come, where a model can stream

    @property
    def read_up_to(self) -> int:
        """How many entries the whole transcript has."""
        return self.begins_at + len(self.transcript)

    @property
    def window(self) -> tuple[Entry, ...]:
        """The entries that no summary stands for."""
        return self.transcript[max(0, self.memory.opens_at - self.begins_at) :]


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question to a model beside any conversation. `text` is redacted, and data. With `tool` the answer is asked
    for as a call of it; a model may still answer in words."""

    system: str
    text: str
    model: str
    tool: ToolSpec | None = None
    max_tokens: int = 1024
    timeout: float = 30.0
    cached: bool = False  # the same `system` is asked with again and again


class Stop(StrEnum):
    """Why a model stopped. Tools are run on TOOLS only."""

    END = "end"
    TOOLS = "tools"
    TRUNCATED = "truncated"
    REFUSED = "refused"
    PAUSED = "paused"


@dataclass(frozen=True, kw_only=True)
class Usage:
    input_tokens: int = 0  # not cached
    output_tokens: int = 0
    cache_read_tokens: int = 0
    cache_write_tokens: int = 0


@dataclass(frozen=True, kw_only=True)
class ModelAnswer:
    blocks: tuple[Block, ...]
    stop: Stop
    model: str
    usage: Usage = field(default_factory=Usage)
    cost_micro: int | None = 0  # millionths of a US dollar; None: the price of this model is not known
    sent: dict[str, Any] = field(default_factory=dict)  # the vendor request as sent, for the trace (without key)

    @cached_property
    def text(self) -> str:
        return "\n".join(block.text for block in self.blocks if isinstance(block, Text)).strip()

    @cached_property
    def calls(self) -> tuple[ToolCall, ...]:
        return tuple(block for block in self.blocks if isinstance(block, ToolCall))

    @property
    def choices(self) -> tuple[Choice, ...]:
        return tuple(choice for block in self.blocks if isinstance(block, Text) for choice in block.choices)


class LanguageModel(Protocol):
    """A provider behind one interface: llm/anthropic, llm/guided."""

    name: str

    def respond(self, request: ModelRequest) -> ModelAnswer:
        """One answer; raises ModelError. Keeps no state between calls."""


class VendorModel(LanguageModel, Protocol):
    """A model that also answers single questions, beside any conversation."""

    def ask(self, question: "Question") -> ModelAnswer:
        """One answer; raises ModelError."""


@dataclass(frozen=True, kw_only=True)
class SkillContext:
    """Who and where a skill works for: from the runtime, never from the model's arguments."""

    business: "Business"
    conversation_id: int
    contact_id: int
    contact_name: str  # real, for booking; "" when not known
    turn_id: int
    now: dt.datetime  # aware, in the business's timezone
    hide: Callable[[str], str] | None = None  # redacts what is to be kept; None: nothing of the patient may be kept
    calendars: bool = True  # some are connected, and looked at before times are offered or taken


@dataclass(frozen=True, kw_only=True)
class ToolResult:
    """What a skill returns. An error's message tells the model what to do next, in one sentence."""

    status: Literal["ok", "error"] = "ok"
    data: dict[str, Any] = field(default_factory=dict)
    message: str = ""
    retryable: bool = False
    written: str = ""  # what in it was written about the house: anybody whom the business knows may be named there
    handoff: "HandoffWish | None" = None  # of hand_over; with data["handed_over"], its trigger, of verify_patient

    @classmethod
    def failed(cls, message: str, *, retryable: bool = False, **data: Any) -> "ToolResult":
        return cls(status="error", message=message, retryable=retryable, data=data)


@dataclass(frozen=True, kw_only=True)
class HandoffWish:
    reason: str  # conversations.Handoff.Reason value
    summary: str = ""
    trigger: str = ""  # what set it off, see HandOver


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """A line of the conversation that the transcript does not hold yet (real text; redacted on the way in)."""

    message_id: int
    author: Literal["contact", "staff", "system"]  # system: what went out by itself, such as a reminder
    kind: str  # conversations.Message.Kind value
    text: str
    at: dt.datetime
    choice: str = ""  # id of what the contact tapped; stands in the transcript as [choice:ID] (agents.markers)
    about: str = ""  # "#1042": the appointment whose reminder this answers; as [about:#1042]
    quoted: str = ""  # what it quotes of an earlier message; as [quotes: …]


@dataclass(frozen=True, kw_only=True)
class KnownPerson:
    """What is known of the people of this conversation, so that it can be hidden from models.

    `others` finds the names of everybody else's whom the business knows, in a text that somebody wrote about the house.
    """

    names: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    others: Callable[[str], Sequence[str]] = field(default=lambda _: ())


@dataclass(frozen=True, kw_only=True)
class TurnInput:
    """All that a turn needs from the conversation that it answers."""

    business: "Business"
    conversation_id: int
    contact_id: int
    contact_name: str
    known: KnownPerson
    arrivals: tuple[Arrival, ...]
    hold: Callable[[], None]  # called inside each transaction; raises when the turn is no longer ours
    renew: Callable[[], None]  # called before each model call
    provider: str = ""  # overrides the published version's: "guided" or "anthropic"


@dataclass(frozen=True, kw_only=True)
class Reply:
    text: str  # real: placeholders put back
    choices: tuple[Choice, ...] = ()  # real too


@dataclass(frozen=True, kw_only=True)
class HandOver:
    reason: str  # conversations.Handoff.Reason value
    summary: str = ""  # real, for staff
    text: str = ""  # real; said before the handoff sentence, which the conversation adds ("" : nothing)
    trigger: str = ""  # what set it off: asked, not_understood, frustration, loop, unsure, rule <id>, red_flag, limit …


@dataclass(frozen=True, kw_only=True)
class Silence:
    reason: str = ""


Outcome = Reply | HandOver | Silence


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What a turn came to. The conversation commits it (or drops it), see agents.receptionist.finish."""

    turn_id: int
    outcome: Outcome
    read_up_to: int  # id of the newest message that was read
    said: str = ""  # redacted, for the transcript
    acted: bool = True  # something may have been booked, moved or cancelled
    shadowed: bool = False  # a draft answers beside the version that answered
    unsaved: tuple[Any, ...] = ()  # steps that ride with the turn's end


class Veil(Protocol):
    """Hides personal data of one conversation from models and shows it again (agents.privacy behind it)."""

    def hide(self, text: str, answering: str = "") -> str: ...  # `answering`: our question; raises RedactionFailed
    def hide_json(self, value: Any) -> Any: ...  # raises RedactionFailed
    def meet(self, text: str) -> None: ...  # people named in a text about the house are hidden from then on
    def show(self, text: str) -> str: ...  # raises UnknownPlaceholder when a placeholder would remain
    def show_arguments(self, value: dict[str, Any]) -> dict[str, Any]: ...  # raises UnknownPlaceholder
    def save(self) -> None: ...  # in the caller's transaction: new placeholders become rows
