"""Runs the skills that a model asked for: validated, with a retry budget, effects and checkpoint in one commit."""

import random
import time
from collections.abc import Callable, Mapping
from typing import Any, Protocol

import structlog
from django.db import DatabaseError, OperationalError

from agents import telemetry
from agents.errors import SkillFailed, UnknownPlaceholder
from agents.runtime.checkpoints import outcome_of
from agents.runtime.keeping import Keeper
from agents.types import SkillContext, ToolCall, ToolOutcome, ToolResult, Veil
from calendar_sync import set_up
from calendar_sync.set_up import reading_once
from tenants.crashpoints import reach
from tenants.statements import later

log = structlog.get_logger(__name__)
ATTEMPTS = 3
TIMEOUT_MS = 8_000


class SkillLike(Protocol):
    def parse(self, arguments: dict[str, Any]) -> dict[str, Any]: ...
    @property
    def act(self) -> Any: ...
    @property
    def before(self) -> Any: ...


class ToolRunner:
    def __init__(
        self,
        *,
        skills: Mapping[str, SkillLike],
        context: SkillContext,
        veil: Veil,
        checkpoints: Keeper,
        gate: Callable[[ToolCall], str] = lambda _: "",
        refused: Callable[[ToolCall, Mapping[str, Any], ToolOutcome], None] = lambda *_: None,
    ) -> None:
        """`gate`: why a call may not run, "" when it may. `refused`: told of each call that a skill turned down."""
        self._skills = skills
        self._context = context
        self._veil = veil
        self._checkpoints = checkpoints
        self._gate = gate
        self._refused = refused
        self._told = False  # the outcomes have entered the transcript

    def run(self, calls: tuple[ToolCall, ...]) -> list[tuple[ToolOutcome, ToolResult | None]]:
        """Each call in order, skipping those that an earlier worker has already done; then all outcomes enter the
        transcript, with the last call's effects where that hides no wish for people from who resumes."""
        done = {step.call_id: step for step in self._checkpoints.steps() if step.call_id}
        results: list[tuple[ToolOutcome, ToolResult | None]] = []
        self._told = False
        for call in calls:
            if call.id in done:
                results.append((outcome_of(done[call.id]), None))
                continue
            reach("before_tool")
            wishes = any(result is None or result.handoff is not None for _, result in results)
            tells = call is calls[-1] and not wishes
            with telemetry.skill(call.name if call.name in self._skills else "unknown") as span:
                results.append(self._run_one(call, [outcome for outcome, _ in results] if tells else None))
                if results[-1][0].is_error:
                    span.failed("refused")
            reach("after_tool")
        if not self._told:
            self._checkpoints.append_outcomes([outcome for outcome, _ in results])
        return results

    def _run_one(self, call: ToolCall, before: list[ToolOutcome] | None) -> tuple[ToolOutcome, ToolResult]:
        """`before`: the outcomes of the calls before the last one, which is this."""
        skill = self._skills.get(call.name)
        if skill is None:
            return self._refuse(call, f"There is no tool {call.name!r}.")
        try:
            arguments = skill.parse(self._veil.show_arguments(call.arguments))
        except UnknownPlaceholder as error:
            return self._refuse(call, f"Unknown placeholder: {error}. Use only those of this conversation.")
        except ValueError as error:
            return self._refuse(call, f"Arguments refused: {error}")
        closed = self._gate(call)
        if closed:
            return self._refuse(call, closed)
        for attempt in range(1, ATTEMPTS + 1):
            try:
                outcome, result = self._act(skill, call, arguments, attempt, before)
                if outcome.is_error:
                    self._refused(call, arguments, outcome)
                return outcome, result
            except (SkillFailed, OperationalError) as error:
                retryable = not isinstance(error, SkillFailed) or error.retryable
                log.warning("skill.failed", skill=call.name, attempt=attempt, kind=type(error).__name__)
                if not retryable or attempt == ATTEMPTS:
                    return self._refuse(call, "This could not be done just now.", retryable=retryable, attempts=attempt)
            except DatabaseError as error:
                log.error("skill.broken", skill=call.name, kind=type(error).__name__)
                return self._refuse(call, "This could not be done.", attempts=attempt)
            time.sleep(0.1 * 2**attempt * random.uniform(0.5, 1.5))  # noqa: S311 (jitter, no secret)
        raise AssertionError("unreachable")

    def _act(
        self,
        skill: SkillLike,
        call: ToolCall,
        arguments: dict[str, Any],
        attempt: int,
        before: list[ToolOutcome] | None,
    ) -> tuple[ToolOutcome, ToolResult]:
        started = time.perf_counter()
        if skill.before is not None:
            skill.before(self._context, **arguments)
        with self._checkpoints.writing(set_up.question()), reading_once():
            later(f"SET LOCAL statement_timeout = {TIMEOUT_MS}")
            result: ToolResult = skill.act(self._context, **arguments)
            reach("after_effect_before_checkpoint")
            outcome = self._outcome(call, result)
            self._checkpoints.save_outcome(
                call,
                outcome.content,
                is_error=outcome.is_error,
                attempts=attempt,
                milliseconds=(time.perf_counter() - started) * 1000,
            )
            self._veil.save()
            tells = before is not None and result.handoff is None
            if before is not None and tells:
                self._checkpoints.append_outcomes([*before, outcome])
        self._told = tells
        return outcome, result

    def _outcome(self, call: ToolCall, result: ToolResult) -> ToolOutcome:
        if result.written:
            self._veil.meet(result.written)
        content: dict[str, Any] = {"status": result.status, **self._veil.hide_json(dict(result.data))}
        if result.message:
            content["message"] = self._veil.hide(result.message)
        if result.status == "error":
            content["retryable"] = result.retryable
        return ToolOutcome(call_id=call.id, name=call.name, content=content, is_error=result.status == "error")

    def _refuse(
        self, call: ToolCall, message: str, *, retryable: bool = False, attempts: int = 1
    ) -> tuple[ToolOutcome, ToolResult]:
        """Nothing was done: the model is told why, and the trace keeps it."""
        result = ToolResult.failed(message, retryable=retryable)
        content = {"status": "error", "message": self._veil.hide(message), "retryable": retryable}
        with self._checkpoints.writing():
            self._checkpoints.save_outcome(call, content, is_error=True, attempts=attempts, milliseconds=0)
        return ToolOutcome(call_id=call.id, name=call.name, content=content, is_error=True), result
