"""One turn of any version over a redacted transcript, without effect: nothing is written but what models cost.

    rehearsed = rehearse(business, draft, transcript=heard, conversation_id=7, contact=contact)
    rehearsed.kind, rehearsed.said, rehearsed.calls

It is the receptionist's own turn (agents.receptionist.think) on another stage: the transcript is kept in memory,
skills run for real and are rolled back (agents.pretending), skills' calls to vendors' calendars are left out, and
placeholders are not stored. No transaction is open while a model thinks.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from typing import Any

from django.conf import settings
from django.utils import translation

from agents.chain import Plan, plan_for
from agents.errors import ModelError
from agents.flags import flags_of
from agents.models import AssistantVersion, Step, Turn, UsageRecord
from agents.pretending import Pretence, acts_in, take_back_turns
from agents.privacy.values import Entry as Pseudonym
from agents.recalling import facts_that_matter
from agents.receptionist import as_remembered, think
from agents.recording import Recording
from agents.rehearsal_veil import RehearsalVeil
from agents.runtime import red_flags
from agents.runtime.keeping import Keeper
from agents.runtime.loop import Draft
from agents.runtime.notes import Notes
from agents.runtime.providers import Provider
from agents.runtime.tool_runner import SkillLike
from agents.skills.registry import all_skills
from agents.stage import Stage
from agents.types import (
    Arrival,
    Brief,
    Entry,
    HandOver,
    KnownPerson,
    LanguageModel,
    Memory,
    ModelAnswer,
    ModelRequest,
    Outcome,
    Question,
    Reply,
    SkillContext,
    Text,
    ToolCall,
    ToolOutcome,
    TurnInput,
    VendorModel,
)
from agents.usage import record_usage
from agents.veil import ConversationVeil
from tenants import clock
from tenants.models import Business

SOMEBODY = 2**32 - 1  # the contact of a rehearsal that belongs to nobody's conversation: no real one counts so far


@dataclass(frozen=True, kw_only=True)
class RehearsedContact:
    """Who writes. What is known of them is hidden from the model, as in a real turn."""

    id: int = SOMEBODY
    name: str = ""
    known: KnownPerson = field(default_factory=KnownPerson)


ANYBODY = RehearsedContact()


@dataclass(frozen=True, kw_only=True)
class RehearsedUsage:
    input_tokens: int
    output_tokens: int
    cached_tokens: int
    cost_micro: int | None  # None: the price of the model is not known
    milliseconds: float  # of the models


@dataclass(frozen=True, kw_only=True)
class Rehearsed:
    """What the turn came to. All but `outcome` and `pseudonyms` is redacted."""

    outcome: Outcome  # in real words
    said: str
    calls: tuple[ToolCall, ...]  # in order, those that were refused too
    steps: tuple[Step, ...]  # rows that were never saved
    entries: tuple[Entry, ...]  # what the transcript would have got: arrivals, calls, outcomes, what is said
    usage: RehearsedUsage
    pseudonyms: tuple[Pseudonym, ...]  # all of the conversation; give them to the next rehearsal of a chat

    @property
    def kind(self) -> str:
        """agents.models.Turn.Outcome value."""
        named = {Reply: Turn.Outcome.REPLY, HandOver: Turn.Outcome.HANDOFF}
        return named.get(type(self.outcome), Turn.Outcome.SILENCE).value

    @property
    def reason(self) -> str:
        """Of a handoff or silence."""
        return "" if isinstance(self.outcome, Reply) else self.outcome.reason


def rehearse(
    business: Business,
    version: AssistantVersion,
    *,
    transcript: Sequence[Entry] = (),
    conversation_id: int | None = None,
    contact: RehearsedContact = ANYBODY,
    arrivals: Sequence[Arrival] = (),
    pretended_from: int | None = None,
    pseudonyms: Sequence[Pseudonym] = (),
    purpose: str = UsageRecord.Purpose.TRIAL,
    providers: Sequence[Provider] | None = None,
    now: dt.datetime | None = None,
    undone_turn_id: int | None = None,
    later_turn_ids: Sequence[int] = (),
    recording: Recording | None = None,
    on_step: Callable[[Step], None] | None = None,
    on_text: Callable[[str], None] | None = None,
) -> Rehearsed:
    """Answer the end of `transcript` (redacted), and `arrivals` (real words, redacted on their way in) after it.

    `conversation_id`: whose placeholders the transcript uses. `pretended_from`: the acts of the transcript from this
    entry on had no effect and are done again (a chat of several rehearsals). `providers` instead of the version's
    own. `now`: the moment at which it is to take place (tickets of an old transcript still hold); what models cost is
    counted at the present one. `undone_turn_id`: the diary as it was before this turn (and `later_turn_ids`, newest
    first) changed it; `recording`: what the diary answered it. Raises nothing of a model's or a skill's: they end in a
    handoff, as in a real turn.
    """
    asked_at = clock.now()
    turn_input = _heard_from(business, conversation_id, contact, arrivals)
    turn = Turn(conversation_id=turn_input.conversation_id, contact_id=contact.id, version=version)
    notes = Notes(turn, transcript, effects=lambda: pretence.without_effect(), on_step=on_step)
    pretence = Pretence(
        acts_in(transcript[pretended_from:]) if pretended_from is not None else (),
        notes.steps,
        as_it_was=lambda: take_back_turns(business, (*later_turn_ids, undone_turn_id)),
    )
    stage = _Rehearsal(purpose, asked_at, pretence, transcript, pseudonyms, recording)
    stage.on_text = on_text
    _look_for_flags(business, version, transcript, notes)
    plan = _at_present(plan_for(turn_input, version), providers, asked_at)
    with _as_in_a_worker(now):
        draft = think(turn_input, version, notes, plan, stage)
        said = as_remembered(draft.outcome, draft.said)
        if said:
            notes.add("assistant", Text(text=said))
    return _rehearsed(draft, notes, stage.pseudonyms())


def _heard_from(
    business: Business, conversation_id: int | None, contact: RehearsedContact, arrivals: Sequence[Arrival]
) -> TurnInput:
    return TurnInput(
        business=business,
        conversation_id=conversation_id or 0,
        contact_id=contact.id,
        contact_name=contact.name,
        known=contact.known,
        arrivals=tuple(arrivals),
        hold=_nothing,
        renew=_nothing,
    )


def _rehearsed(draft: Draft, notes: Notes, pseudonyms: tuple[Pseudonym, ...]) -> Rehearsed:
    entries, turn = notes.transcript()[notes.given :], notes.turn
    return Rehearsed(
        outcome=draft.outcome,
        said=draft.said,
        calls=tuple(call for entry in entries for call in entry.calls),
        steps=tuple(notes.steps()),
        entries=entries,
        usage=RehearsedUsage(
            input_tokens=turn.input_tokens,
            output_tokens=turn.output_tokens,
            cached_tokens=turn.cached_tokens,
            cost_micro=turn.cost_micro,
            milliseconds=sum(step.milliseconds for step in notes.steps() if step.kind == Step.Kind.MODEL),
        ),
        pseudonyms=pseudonyms,
    )


class _Rehearsal(Stage):
    """The stage on which nothing counts."""

    def __init__(
        self,
        purpose: str,
        asked_at: dt.datetime,
        pretence: Pretence,
        transcript: Sequence[Entry],
        pseudonyms: Sequence[Pseudonym],
        recording: Recording | None,
    ) -> None:
        self._recording = recording
        self._purpose = purpose
        self._asked_at = asked_at
        self._pretence = pretence
        self._transcript = transcript
        self._given = pseudonyms
        self._veil: RehearsalVeil | None = None

    def veil(self, turn_input: TurnInput) -> ConversationVeil:
        self._veil = RehearsalVeil(turn_input, self._given, self._transcript)
        return self._veil

    def skills(self, context: SkillContext, veil: ConversationVeil) -> Mapping[str, SkillLike]:
        skills = self._pretence.bind(all_skills(), context, veil)
        return self._recording.over(skills) if self._recording is not None else skills

    def recall(self, turn_input: TurnInput, brief: Brief, keeper: Keeper, veil: ConversationVeil) -> Memory:
        """Without the summary: the transcript that was given counts as the whole one."""
        return Memory(facts=facts_that_matter(turn_input, brief, keeper, veil))

    def note_refused(
        self, context: SkillContext, call: ToolCall, arguments: Mapping[str, Any], outcome: ToolOutcome
    ) -> None:
        """Nobody tried anything: it is a rehearsal."""

    def charge(
        self, turn: Turn, provider: Provider, answer: ModelAnswer | None, error: ModelError | None, ms: float
    ) -> None:
        name, model = provider.model.name, provider.model_name
        with clock.pinned(self._asked_at):
            record_usage(None, name, model, answer, error, ms, purpose=self._purpose, role=provider.role)

    def looking(self) -> AbstractContextManager[None]:
        return self._pretence.without_effect()

    def pseudonyms(self) -> tuple[Pseudonym, ...]:
        return self._veil.export() if self._veil is not None else ()


def _at_present(plan: Plan, providers: Sequence[Provider] | None, asked_at: dt.datetime) -> Plan:
    """The same models, or those that are given, which nobody looks after."""
    asked = [replace(each, model=_AtPresent(each.model, asked_at)) for each in providers or plan.providers]
    judge = None if providers else plan.judge
    if judge is not None:
        judge = replace(judge, model=_AskedAtPresent(judge.model, asked_at))
    return replace(plan, providers=asked, judge=judge)


class _AtPresent:
    """A model whose money and time are counted now, whenever the rehearsal is said to take place."""

    def __init__(self, model: LanguageModel, asked_at: dt.datetime) -> None:
        self.name = model.name
        self._model = model
        self._asked_at = asked_at

    def respond(self, request: ModelRequest) -> ModelAnswer:
        with clock.pinned(self._asked_at):
            return self._model.respond(request)


class _AskedAtPresent(_AtPresent):
    """The same for a model that answers single questions."""

    def __init__(self, model: VendorModel, asked_at: dt.datetime) -> None:
        super().__init__(model, asked_at)
        self._asks = model

    def ask(self, question: Question) -> ModelAnswer:
        with clock.pinned(self._asked_at):
            return self._asks.ask(question)


def _look_for_flags(business: Business, version: AssistantVersion, transcript: Sequence[Entry], notes: Notes) -> None:
    """In what was heard since the assistant spoke; noted as a crashed turn would have noted it."""
    flags = flags_of(business, version.red_flags)
    for entry in _unanswered(transcript):
        raised = red_flags.find(entry.text, flags)
        if raised is not None:
            notes.append_arrivals((), flag=raised, save_names=_nothing)


def _unanswered(transcript: Sequence[Entry]) -> list[Entry]:
    spoken = max((place for place, entry in enumerate(transcript) if entry.role != "patient"), default=-1)
    return [entry for entry in transcript[spoken + 1 :] if entry.role == "patient"]


@contextmanager
def _as_in_a_worker(now: dt.datetime | None) -> Iterator[None]:
    """At that moment, and in English, whatever language the page that asks is in."""
    with clock.pinned(now) if now is not None else nullcontext(), translation.override(settings.LANGUAGE_CODE):
        yield


def _nothing() -> None:
    """Nobody else can have this turn."""
