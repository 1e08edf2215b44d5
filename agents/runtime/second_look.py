"""A second model's look at a drafted reply: each statement in it, with the lines of the facts that bear it out.

The tables (agents.runtime.outgoing) come first and need nobody. This look hears what no table knows, in any language.
It is asked where a vendor's model wrote the draft; where it can't be had, the tables decide alone.
"""

import time
from collections.abc import Callable
from dataclasses import asdict, replace

import structlog

from agents import telemetry
from agents.errors import CallWithheld, ModelError
from agents.models import Step
from agents.runtime.keeping import Keeper
from agents.runtime.limits import Meter
from agents.runtime.outgoing_check import Committed, Heard
from agents.runtime.providers import VendorProvider
from agents.runtime.statements import Looked, question, read
from agents.types import Memory, ModelAnswer, Question

log = structlog.get_logger(__name__)
CHECK = "second_look"
SHORTEST = 3.0  # seconds: with less of the turn's time left it is not asked


class SecondLook:
    """Of one turn: asked once for each draft, counted and paid within the turn's limits, never required."""

    def __init__(
        self,
        provider: VendorProvider,
        *,
        checkpoints: Keeper,
        meter: Meter,
        charge: Callable[[ModelAnswer | None, ModelError | None, float], None],
        renew: Callable[[], None],
    ) -> None:
        self._provider = provider
        self._checkpoints = checkpoints
        self._meter = meter
        self._charge = charge
        self._renew = renew

    def at(self, committed: Committed, heard: Heard, memory: Memory) -> Looked | None:
        """What it says of the draft `heard.said`; None where it can't be had: then the tables decide alone."""
        saved = self._saved()
        if saved is not None:
            return saved
        left = self._meter.seconds_left
        used_up = self._meter.used_up() or ("time" if left < SHORTEST else "")
        if used_up:
            return self._missed(f"the turn’s limit of {used_up} is reached")
        asked = question(heard, committed, memory)
        asked = replace(asked, model=self._provider.model_name, timeout=min(asked.timeout, left))
        started = time.perf_counter()
        try:
            answer = self._answer(asked, started)
        except ModelError as error:
            return self._missed(str(error))
        looked = read(answer, asked)
        if looked is None:
            return self._missed("not as asked")
        self._checkpoints.save_check(
            CHECK,
            ok=not looked.untrue,
            detail={"statements": [asdict(each) for each in looked.statements], "model": answer.model},
            answer=answer,
            milliseconds=(time.perf_counter() - started) * 1000,
        )
        return looked

    def _missed(self, why: str) -> Looked | None:
        """Kept for whoever reads the trace; the draft is none the worse for it."""
        log.info("second_look.missed", why=why[:80])
        self._checkpoints.save_check(CHECK, ok=True, detail={"missed": why[:80]})
        return None

    def _answer(self, asked: Question, started: float) -> ModelAnswer:
        self._renew()
        try:
            with telemetry.model_call(self._provider.model.name, asked.model) as span:
                answer = self._provider.model.ask(asked)
                span.answered(answer)
        except CallWithheld:
            raise
        except ModelError as error:
            self._charge(None, error, (time.perf_counter() - started) * 1000)
            raise
        self._charge(answer, None, (time.perf_counter() - started) * 1000)
        return answer

    def _saved(self) -> Looked | None:
        """What an earlier worker was told of the same draft."""
        for step in reversed(self._checkpoints.steps()):
            if step.kind == Step.Kind.MODEL:
                break
            if (step.kind, step.name) == (Step.Kind.CHECK, CHECK) and "statements" in step.output:
                return Looked.of(step.output["statements"])
        return None
