"""A rehearsed turn's state: in memory, and nowhere else. Its Turn and Steps are rows that are never saved."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any, cast

from agents.models import Step, Turn
from agents.runtime.checkpoints import NewEntry, check_step, count, dump, used_by
from agents.runtime.red_flags import Raised
from agents.types import Entry, EntryRole, ModelAnswer, Text, ToolCall, ToolOutcome
from tenants import clock
from tenants.statements import Question


class Notes:
    """agents.runtime.keeping.Keeper without a table. `writing` is what surrounds each skill: `effects` decides what
    becomes of it. `on_step` hears of each step as it happens.
    """

    def __init__(
        self,
        turn: Turn,
        transcript: Sequence[Entry],
        *,
        effects: Callable[[], AbstractContextManager[None]],
        on_step: Callable[[Step], None] | None = None,
    ) -> None:
        self.turn = turn
        self.given = len(transcript)
        self._entries = list(transcript)
        self._steps: list[Step] = []
        self._effects = effects
        self._on_step = on_step

    @contextmanager
    def writing(self, *beside: Question) -> Iterator[None]:
        steps, entries = len(self._steps), len(self._entries)
        try:
            with self._effects():
                yield
        except BaseException:
            del self._steps[steps:], self._entries[entries:]
            raise

    def transcript(self) -> tuple[Entry, ...]:
        return tuple(self._entries)

    @property
    def begins_at(self) -> int:
        """The transcript that was given is the whole one."""
        return 0

    @property
    def read_up_to(self) -> int:
        return len(self._entries)

    def last_said(self) -> str:
        return next((entry.text for entry in reversed(self._entries) if entry.role == "assistant"), "")

    def steps(self) -> list[Step]:
        return self._steps

    def append_arrivals(
        self, entries: Sequence[NewEntry], *, flag: Raised | None, save_names: Callable[[], None]
    ) -> None:
        for each in entries:
            self.add(each.role, Text(text=each.text))
        if flag is not None:
            self._step(kind=Step.Kind.CHECK, name="red_flag", output={"flag": flag.name, "language": flag.language})

    def add(self, role: str, *blocks: Any) -> None:
        self._entries.append(Entry(role=cast(EntryRole, role), blocks=blocks, at=clock.now()))

    def save_answer(self, answer: ModelAnswer, *, provider: str, read: int, milliseconds: float) -> None:
        self._step(
            kind=Step.Kind.MODEL,
            name=f"{provider}:{answer.model}",
            input={"read": read, "request": answer.sent},
            output={"stop": answer.stop, "blocks": dump(answer.blocks)},
            milliseconds=milliseconds,
            **used_by(answer),
        )
        if answer.calls:
            self.add("assistant", *answer.blocks)
        count(answer, self.turn)

    def save_check(
        self,
        name: str,
        *,
        ok: bool,
        detail: dict[str, Any],
        answer: ModelAnswer | None = None,
        milliseconds: float = 0,
    ) -> None:
        self._step(**check_step(name, ok, detail, answer), milliseconds=milliseconds)
        if answer is not None:
            count(answer, self.turn)

    def note_passed(self, name: str, **detail: Any) -> None:
        self.save_check(name, ok=True, detail=detail)

    def save_outcome(
        self, call: ToolCall, content: dict[str, Any], *, is_error: bool, attempts: int, milliseconds: float
    ) -> None:
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
        self.add("tools", *outcomes)

    def _step(self, **fields: Any) -> None:
        step = Step(index=len(self._steps), **fields)
        self._steps.append(step)
        if self._on_step is not None:
            self._on_step(step)
