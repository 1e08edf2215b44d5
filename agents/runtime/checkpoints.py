"""The turn's state in Postgres: what was read, asked, answered and done, saved after every step.

The transcript together with the steps says where a turn stands, so a killed worker's successor goes on from them:
an assistant entry whose calls lack outcomes means "run these tools"; a final draft that read everything means
"send it"; else the model is asked.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from django.db import transaction
from django.db.models import F

from agents.memory.window import newest_entries
from agents.models import Step, TranscriptEntry, Turn
from agents.runtime.red_flags import Raised
from agents.types import Block, Entry, EntryRole, ModelAnswer, Text, ToolCall, ToolOutcome, Usage
from tenants import clock
from tenants.postgres.prepared import Prepared
from tenants.statements import Question, add, asked_beside, read, rows

R = TypeVar("R", Step, TranscriptEntry)
# Given out beforehand, so that a new turn's row waits for nobody's answer; one that isn't used leaves a gap.
NEW_ID = Prepared("SELECT nextval(pg_get_serial_sequence('agents_turn', 'id'))"), ()
RUNNING = Prepared("WHERE conversation_id = %s AND status = 'running'")
NOT_CARRIED_OUT = {"status": "error", "message": "Not carried out: the turn was interrupted by the staff."}


@dataclass(frozen=True, kw_only=True)
class NewEntry:
    """A redacted line that the transcript does not hold yet."""

    message_id: int
    role: str
    text: str
    at: dt.datetime


class Checkpoints:
    """Reads and writes of one turn; every write proves by `hold` that the turn is still ours.

    The lease makes us the only writer, so transcript and steps are read once and kept; a transaction that fails
    forgets them. A new turn's row is written by the first transaction, together with what has arrived. What cost
    nothing (a passed check, an answer of the guided flow) waits for the next transaction: lost by a crash, it is made
    again before anything rests on it.
    """

    def __init__(self, turn: Turn, hold: Callable[[], None]) -> None:
        self.turn = turn
        self._hold = hold
        self._entries: list[Entry] | None = None
        self._begins_at = 0
        self._new = turn.resumed == 0
        self._steps: list[Step] | None = [] if self._new else None
        self._waiting_steps: list[Step] = []
        self._waiting_entries: list[tuple[TranscriptEntry, Entry]] = []
        self._writing = False

    @contextmanager
    def writing(self, *beside: Question) -> Iterator[None]:
        """A transaction that begins by proving that the turn is still ours; within one, the same one. `beside`: what
        will be asked in it, for the same round trip."""
        if self._writing:
            yield
            return
        self._writing = True
        opens, waiting = self.turn.pk is None, (len(self._waiting_steps), len(self._waiting_entries))
        try:
            with guarded(self._hold, *beside):
                if opens:
                    self._open()
                yield
                self._save_waiting()
            self._waiting_steps, self._waiting_entries = [], []
        except BaseException:
            self._entries = self._steps = None
            del self._waiting_steps[waiting[0] :], self._waiting_entries[waiting[1] :]
            if opens:
                self.turn.pk = None
            raise
        finally:
            self._writing = False

    def open(self) -> None:
        """The turn's row is there afterwards, whatever became of the arrivals."""
        if self.turn.pk is None or self._waiting_entries:
            with self.writing():
                pass

    def _open(self) -> None:
        ((self.turn.pk,),) = rows(*NEW_ID)
        add(self.turn)
        self._close_dangling_calls()

    def _save_waiting(self) -> None:
        add(*self.unsaved)
        add(*(self._of_this_turn(row) for row, _ in self._waiting_entries))

    def _of_this_turn(self, row: R) -> R:
        row.turn = self.turn  # its id may be younger than the row
        return row

    @property
    def unsaved(self) -> tuple[Step, ...]:
        """Steps that still wait for a transaction: those of the turn's end, see agents.receptionist.finish."""
        return tuple(map(self._of_this_turn, self._waiting_steps))

    def transcript(self) -> tuple[Entry, ...]:
        """The newest entries, oldest first; see `begins_at`."""
        return tuple(self._known_entries())

    @property
    def begins_at(self) -> int:
        """Index of the first of them in the whole transcript."""
        self._known_entries()
        return self._begins_at

    @property
    def read_up_to(self) -> int:
        """How many entries the whole transcript has."""
        return self.begins_at + len(self._known_entries())

    def last_said(self) -> str:
        """What the assistant said last, redacted; "" at the beginning."""
        return next((entry.text for entry in reversed(self._known_entries()) if entry.role == "assistant"), "")

    def steps(self) -> list[Step]:
        if self._steps is None:
            saved = self.turn.steps.order_by("index") if self.turn.pk else ()
            self._steps = [*saved, *self._waiting_steps]
        return self._steps

    def append_arrivals(
        self, entries: Sequence[NewEntry], *, flag: Raised | None, save_names: Callable[[], None]
    ) -> None:
        """Add what came in, once per message; a red flag found in it is kept as a step, so that a crash can't
        forget it."""
        ids = [each.message_id for each in entries]
        newest = max(ids, default=0)
        if self.turn.pk is None:
            self.turn.last_message_id = newest
        with self.writing():
            known = self._in_transcript(ids)
            for each in entries:
                if each.message_id not in known:
                    self._append(each.role, (Text(text=each.text),), message_id=each.message_id, at=each.at)
            save_names()
            if flag is not None:
                self._step(kind=Step.Kind.CHECK, name="red_flag", output={"flag": flag.name, "language": flag.language})
            if newest > self.turn.last_message_id:
                Turn.objects.filter(pk=self.turn.pk).update(last_message_id=newest)
                self.turn.last_message_id = newest

    def _in_transcript(self, message_ids: Sequence[int]) -> set[int]:
        """Those that a killed worker has read already; a new turn is only given what is not there."""
        if self._new or not message_ids:
            return set()
        rows = TranscriptEntry.objects.filter(message_id__in=message_ids)
        return {each for each in rows.values_list("message_id", flat=True) if each is not None}

    def save_answer(self, answer: ModelAnswer, *, provider: str, read: int, milliseconds: float) -> None:
        """One model answer. With calls it enters the transcript; a final text does so only when it was sent."""
        free = answer.usage == Usage() and answer.cost_micro == 0
        with nullcontext() if free else self.writing():
            self._step(
                kind=Step.Kind.MODEL,
                name=f"{provider}:{answer.model}",
                input={"read": read, "request": answer.sent},
                output={"stop": answer.stop, "blocks": dump(answer.blocks)},
                milliseconds=milliseconds,
                **used_by(answer),
            )
            if answer.calls:
                self._append("assistant", answer.blocks)
            if not free:
                self._count(answer)

    def save_check(
        self,
        name: str,
        *,
        ok: bool,
        detail: dict[str, Any],
        answer: ModelAnswer | None = None,
        milliseconds: float = 0,
    ) -> None:
        """`answer`: of the model that was asked for it."""
        with self.writing():
            self._step(**check_step(name, ok, detail, answer), milliseconds=milliseconds)
            if answer is not None:
                self._count(answer)

    def note_passed(self, name: str, **detail: Any) -> None:
        """A check that lets pass: saved with whatever is saved next. Lost by a crash, it is made again."""
        self._step(kind=Step.Kind.CHECK, name=name, output=detail)

    def save_outcome(
        self, call: ToolCall, content: dict[str, Any], *, is_error: bool, attempts: int, milliseconds: float
    ) -> None:
        """One tool's checkpoint; to be called within `writing`, in the transaction that holds the tool's effects."""
        self._step(
            kind=Step.Kind.TOOL,
            name=call.name,
            call_id=call.id,
            input=call.arguments,
            output=content,
            status=Step.Status.ERROR if is_error else Step.Status.OK,
            attempts=attempts,
            milliseconds=milliseconds,
        )

    def append_outcomes(self, outcomes: Sequence[ToolOutcome]) -> None:
        with self.writing():
            self._append("tools", tuple(outcomes))

    def _close_dangling_calls(self) -> None:
        """A dropped turn may have left calls without outcomes: they are answered as not carried out, never run."""
        entries = self._known_entries()
        calls = entries[-1].calls if entries and entries[-1].role == "assistant" else ()
        if calls:
            asked_by = TranscriptEntry.objects.filter(
                conversation_id=self.turn.conversation_id, index=self._begins_at + len(entries) - 1
            ).values("turn")
            steps = Step.objects.filter(turn__in=asked_by, kind=Step.Kind.TOOL)
            done = {step.call_id: step for step in steps}
            self._append("tools", [_outcome(call, done.get(call.id)) for call in calls])

    def _known_entries(self) -> list[Entry]:
        if self._entries is None:
            self._begins_at, saved = newest_entries(self.turn.conversation_id)
            self._entries = [*saved, *(entry for _, entry in self._waiting_entries)]
        return self._entries

    def _step(self, **fields: Any) -> None:
        steps = self.steps()
        step = Step(turn=self.turn, index=len(steps), **fields)
        self._waiting_steps.append(step)
        steps.append(step)

    def _append(
        self,
        role: str,
        blocks: Sequence[Block],
        *,
        message_id: int | None = None,
        at: dt.datetime | None = None,
    ) -> None:
        entries = self._known_entries()
        row = new_entry(self.turn, self._begins_at + len(entries), role, blocks, message_id=message_id, at=at)
        entry = Entry(role=cast(EntryRole, role), blocks=tuple(blocks), at=at)
        self._waiting_entries.append((row, entry))
        entries.append(entry)

    def _count(self, answer: ModelAnswer) -> None:
        count(answer, self.turn)
        self.turn.save(update_fields=["input_tokens", "output_tokens", "cached_tokens", "cost_micro"])


@contextmanager
def guarded(hold: Callable[[], None], *beside: Question) -> Iterator[None]:
    """A transaction that begins by proving that the turn is still ours; `beside` is asked in the same round trip."""
    with transaction.atomic(), asked_beside(*beside):
        hold()
        yield


def new_entry(
    turn: Turn,
    index: int,
    role: str,
    blocks: Sequence[Block],
    *,
    message_id: int | None = None,
    at: dt.datetime | None = None,
) -> TranscriptEntry:
    """One more entry of the conversation's transcript, to be inserted. They are numbered without a gap; the constraint
    holds it."""
    return TranscriptEntry(
        conversation_id=turn.conversation_id,
        index=index,
        role=role,
        blocks=dump(blocks),
        message_id=message_id,
        turn=turn,
        at=at or clock.now(),
    )


def open_turn(
    *,
    conversation_id: int,
    contact_id: int,
    hold: Callable[[], None],
    version_id: int | None,
    provider: str,
    model: str,
    role: str = "",
    route: str = "",
) -> Turn:
    """The running turn of the conversation (after a crash), or a new one, which Checkpoints writes. `route`: why the
    role was chosen.

    That there is none is asked outside of a transaction: only who has the lease opens turns, and the first
    transaction proves it.
    """
    chosen = {"provider": provider, "model": model, "role": role, "route": route[:120]}
    for turn in read(Turn, RUNNING, [conversation_id]):
        with guarded(hold):
            Turn.objects.filter(pk=turn.pk).update(resumed=F("resumed") + 1, **chosen)
        turn.resumed += 1
        return turn
    return Turn(conversation_id=conversation_id, contact_id=contact_id, version_id=version_id, **chosen)


def _outcome(call: ToolCall, step: Step | None) -> ToolOutcome:
    if step is None:
        return ToolOutcome(call_id=call.id, name=call.name, content=NOT_CARRIED_OUT, is_error=True)
    return outcome_of(step)


def outcome_of(step: Step) -> ToolOutcome:
    """What a saved tool step told the model."""
    return ToolOutcome(
        call_id=step.call_id, name=step.name, content=step.output, is_error=step.status == Step.Status.ERROR
    )


def check_step(name: str, ok: bool, detail: dict[str, Any], answer: ModelAnswer | None) -> dict[str, Any]:
    """Fields of a check's step; `answer`: of the model that was asked for it."""
    asked = {"input": {"request": answer.sent}, **used_by(answer)} if answer else {}
    status = Step.Status.OK if ok else Step.Status.ERROR
    return {"kind": Step.Kind.CHECK, "name": name, "output": detail, "status": status, **asked}


def used_by(answer: ModelAnswer) -> dict[str, Any]:
    """Fields of a step, as of `count`."""
    return {
        "input_tokens": answer.usage.input_tokens + answer.usage.cache_write_tokens,
        "output_tokens": answer.usage.output_tokens,
        "cached_tokens": answer.usage.cache_read_tokens,
        "cost_micro": answer.cost_micro,
    }


def count(answer: ModelAnswer, turn: Turn) -> None:
    """What the turn has used, failed drafts included; a cost that isn't known makes the sum unknown."""
    used = used_by(answer)
    for name in ("input_tokens", "output_tokens", "cached_tokens"):
        setattr(turn, name, getattr(turn, name) + used[name])
    known = turn.cost_micro is not None and answer.cost_micro is not None
    turn.cost_micro = (turn.cost_micro or 0) + (answer.cost_micro or 0) if known else None


def dump(blocks: Sequence[Block]) -> list[dict[str, Any]]:
    return [block.model_dump(mode="json") for block in blocks]
