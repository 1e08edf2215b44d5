"""What a turn needs of whoever keeps its state: Checkpoints in Postgres, or Notes of a rehearsal in memory."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from agents.models import Step, Turn
from agents.runtime.checkpoints import NewEntry
from agents.runtime.red_flags import Raised
from agents.types import Entry, ModelAnswer, ToolCall, ToolOutcome
from tenants.statements import Question


class Keeper(Protocol):
    turn: Turn

    @property
    def begins_at(self) -> int: ...
    @property
    def read_up_to(self) -> int: ...
    def writing(self, *beside: Question) -> AbstractContextManager[None]: ...
    def transcript(self) -> tuple[Entry, ...]: ...
    def last_said(self) -> str: ...
    def steps(self) -> list[Step]: ...
    def append_arrivals(
        self, entries: Sequence[NewEntry], *, flag: Raised | None, save_names: Callable[[], None]
    ) -> None: ...
    def save_answer(self, answer: ModelAnswer, *, provider: str, read: int, milliseconds: float) -> None: ...
    def save_check(
        self,
        name: str,
        *,
        ok: bool,
        detail: dict[str, Any],
        answer: ModelAnswer | None = None,
        milliseconds: float = 0,
    ) -> None: ...
    def note_passed(self, name: str, **detail: Any) -> None: ...
    def save_outcome(
        self, call: ToolCall, content: dict[str, Any], *, is_error: bool, attempts: int, milliseconds: float
    ) -> None: ...
    def append_outcomes(self, outcomes: Sequence[ToolOutcome]) -> None: ...
