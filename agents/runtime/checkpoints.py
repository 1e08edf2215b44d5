"""The turn's state in Postgres: what was read, asked, answered and done, saved after every step.

The transcript together with the steps says where a turn stands, so a killed worker's successor goes on from them:
an assistant entry whose calls lack outcomes means "run these tools"; a final draft that read everything means
"send it"; else the model is asked.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, cast

from django.db import transaction
from django.db.models import F, Max

from agents.models import Step, TranscriptEntry, Turn
from agents.types import Block, Blocks, Entry, EntryRole, ModelAnswer, Text, ToolCall, ToolOutcome
from tenants import clock

NOT_CARRIED_OUT = {"status": "error", "message": "Not carried out: the turn was interrupted by the staff."}


@dataclass(frozen=True, kw_only=True)
class NewEntry:
    """A redacted line that the transcript does not hold yet."""

    message_id: int
    role: str
    text: str
    at: dt.datetime


class Checkpoints:
    """Reads and writes of one turn; every write proves by `hold` that the turn is still ours."""

    def __init__(self, turn: Turn, hold: Callable[[], None]) -> None:
        self.turn = turn
        self._hold = hold

    def transcript(self) -> tuple[Entry, ...]:
        rows = TranscriptEntry.objects.filter(conversation_id=self.turn.conversation_id).order_by("index")
        return tuple(
            Entry(role=cast(EntryRole, row.role), blocks=Blocks.validate_python(row.blocks), at=row.at) for row in rows
        )

    def last_said(self) -> str:
        """What the assistant said last, redacted; "" at the beginning."""
        row = TranscriptEntry.objects.filter(
            conversation_id=self.turn.conversation_id, role=TranscriptEntry.Role.ASSISTANT
        ).order_by("-index")
        blocks = row.values_list("blocks", flat=True).first() or []
        return "\n".join(block.text for block in Blocks.validate_python(blocks) if isinstance(block, Text))

    def steps(self) -> list[Step]:
        return list(self.turn.steps.order_by("index"))

    def append_arrivals(self, entries: Sequence[NewEntry], *, flag: str, save_names: Callable[[], None]) -> None:
        """Add what came in, once per message; a red flag found in it is kept as a step, so that a crash can't
        forget it."""
        with guarded(self._hold):
            known = set(
                TranscriptEntry.objects.filter(message_id__in=[each.message_id for each in entries]).values_list(
                    "message_id", flat=True
                )
            )
            for each in entries:
                if each.message_id not in known:
                    self._append(each.role, (Text(text=each.text),), message_id=each.message_id, at=each.at)
            save_names()
            if flag:
                self._step(kind=Step.Kind.CHECK, name="red_flag", output={"flag": flag})
            newest = max((each.message_id for each in entries), default=0)
            Turn.objects.filter(pk=self.turn.pk, last_message_id__lt=newest).update(last_message_id=newest)
            self.turn.refresh_from_db(fields=["last_message_id"])

    def save_answer(self, answer: ModelAnswer, *, provider: str, read: int, milliseconds: float) -> None:
        """One model answer. With calls it enters the transcript; a final text does so only when it was sent."""
        with guarded(self._hold):
            self._step(
                kind=Step.Kind.MODEL,
                name=f"{provider}:{answer.model}",
                input={"read": read, "request": answer.sent},
                output={"stop": answer.stop, "blocks": dump(answer.blocks)},
                milliseconds=milliseconds,
                input_tokens=answer.usage.input_tokens + answer.usage.cache_write_tokens,
                output_tokens=answer.usage.output_tokens,
                cached_tokens=answer.usage.cache_read_tokens,
                cost_micro=answer.cost_micro,
            )
            if answer.calls:
                self._append("assistant", answer.blocks)
            self._count(answer)

    def save_check(self, name: str, *, ok: bool, detail: dict[str, Any]) -> None:
        with guarded(self._hold):
            self._step(
                kind=Step.Kind.CHECK,
                name=name,
                output=detail,
                status=Step.Status.OK if ok else Step.Status.ERROR,
            )

    def save_outcome(
        self, call: ToolCall, content: dict[str, Any], *, is_error: bool, attempts: int, milliseconds: float
    ) -> None:
        """One tool's checkpoint; to be called inside the transaction that holds the tool's effects."""
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
        with guarded(self._hold):
            self._append("tools", tuple(outcomes))

    def hold(self) -> None:
        self._hold()

    def _step(self, **fields: Any) -> Step:
        newest = self.turn.steps.aggregate(newest=Max("index"))["newest"]
        return Step.objects.create(turn=self.turn, index=0 if newest is None else newest + 1, **fields)

    def _append(
        self,
        role: str,
        blocks: Sequence[Block],
        *,
        message_id: int | None = None,
        at: dt.datetime | None = None,
    ) -> None:
        append(self.turn, role, blocks, message_id=message_id, at=at)

    def _count(self, answer: ModelAnswer) -> None:
        cost = None if answer.cost_micro is None else F("cost_micro") + answer.cost_micro
        Turn.objects.filter(pk=self.turn.pk).update(
            input_tokens=F("input_tokens") + answer.usage.input_tokens + answer.usage.cache_write_tokens,
            output_tokens=F("output_tokens") + answer.usage.output_tokens,
            cached_tokens=F("cached_tokens") + answer.usage.cache_read_tokens,
            cost_micro=cost,
        )


@contextmanager
def guarded(hold: Callable[[], None]) -> Iterator[None]:
    """A transaction that begins by proving that the turn is still ours."""
    with transaction.atomic():
        hold()
        yield


def append(
    turn: Turn,
    role: str,
    blocks: Sequence[Block],
    *,
    message_id: int | None = None,
    at: dt.datetime | None = None,
) -> None:
    """Add one entry to the conversation's transcript, within the caller's transaction."""
    newest = TranscriptEntry.objects.filter(conversation_id=turn.conversation_id).aggregate(newest=Max("index"))[
        "newest"
    ]
    TranscriptEntry.objects.create(
        conversation_id=turn.conversation_id,
        index=0 if newest is None else newest + 1,
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
) -> Turn:
    """The running turn of the conversation (after a crash), or a new one."""
    with guarded(hold):
        running = Turn.objects.filter(conversation_id=conversation_id, status=Turn.Status.RUNNING).first()
        if running is not None:
            Turn.objects.filter(pk=running.pk).update(resumed=F("resumed") + 1)
            return running
        turn = Turn.objects.create(
            conversation_id=conversation_id,
            contact_id=contact_id,
            version_id=version_id,
            provider=provider,
            model=model,
        )
        _close_dangling_calls(turn)
        return turn


def _close_dangling_calls(turn: Turn) -> None:
    """A dropped turn may have left calls without outcomes: they are answered as not carried out, never run."""
    last = TranscriptEntry.objects.filter(conversation_id=turn.conversation_id).order_by("-index").first()
    if last is None or last.role != TranscriptEntry.Role.ASSISTANT:
        return
    calls = [block for block in Blocks.validate_python(last.blocks) if isinstance(block, ToolCall)]
    if calls:
        done = {step.call_id: step for step in Step.objects.filter(turn=last.turn, kind=Step.Kind.TOOL)}
        append(turn, "tools", [_outcome(call, done.get(call.id)) for call in calls])


def _outcome(call: ToolCall, step: Step | None) -> ToolOutcome:
    if step is None:
        return ToolOutcome(call_id=call.id, name=call.name, content=NOT_CARRIED_OUT, is_error=True)
    return outcome_of(step)


def outcome_of(step: Step) -> ToolOutcome:
    """What a saved tool step told the model."""
    return ToolOutcome(
        call_id=step.call_id, name=step.name, content=step.output, is_error=step.status == Step.Status.ERROR
    )


def dump(blocks: Sequence[Block]) -> list[dict[str, Any]]:
    return [block.model_dump(mode="json") for block in blocks]
