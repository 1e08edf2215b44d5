"""One turn of the assistant: model → skills → model … until a reply, a handoff or silence.

No database transaction is open during a model call. Every step is saved, so a killed worker's successor goes on
where it stopped. Too many steps end in one handoff; other limits stop calls, and the guided flow answers: never
silence.
"""

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import structlog
from django.utils.translation import gettext_noop as N_

from agents import telemetry
from agents.errors import CallWithheld, LimitReached, ModelError, UnknownPlaceholder
from agents.models import Step
from agents.runtime.keeping import Keeper
from agents.runtime.limits import Meter
from agents.runtime.outgoing_check import Committed, Fault, Heard, are_certain, faults, kinds_of
from agents.runtime.providers import Provider
from agents.runtime.second_look import SecondLook
from agents.runtime.statements import Looked
from agents.runtime.tool_runner import ToolRunner
from agents.types import (
    Blocks,
    Choice,
    Entry,
    HandoffWish,
    HandOver,
    ModelAnswer,
    ModelRequest,
    Outcome,
    Reply,
    Stop,
    Veil,
)
from tenants.crashpoints import reach

log = structlog.get_logger(__name__)
MODEL_ATTEMPTS = 2
LONGEST_WAIT = 5.0  # seconds: whoever is told to wait longer does without this model
SHORTEST_CALL = 5.0  # seconds that a call gets, however little is left of the turn's time
SAME_ERRORS = 3  # refusals of a skill in the same words, in one turn
SAME_REPLIES = 2  # answers in a row; the third of them is not sent
COURTESY = 40  # characters: "You're welcome!" may be said as often as somebody says thank you
LONGEST_NOTE = 400  # characters of what a second model held against a draft
DRAFTS = 2  # the first, and one more when its claims were unfounded


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A final answer with the redacted text that will stand in the transcript once it is sent."""

    outcome: Outcome
    said: str


class TurnLoop:
    def __init__(
        self,
        *,
        providers: Sequence[Provider],
        request: ModelRequest,
        checkpoints: Keeper,
        tools: ToolRunner,
        meter: Meter,
        veil: Veil,
        committed: Callable[[], Committed],
        record_usage: Callable[[Provider, ModelAnswer | None, ModelError | None, float], None],
        renew: Callable[[], None],
        secret: Sequence[str] = (),
        second_look: SecondLook | None = None,
    ) -> None:
        self._providers = list(providers)
        self._request = request
        self._checkpoints = checkpoints
        self._tools = tools
        self._meter = meter
        self._veil = veil
        self._committed = committed
        self._record_usage = record_usage
        self._renew = renew
        self._secret = secret
        self._second_look = second_look

    def run(self) -> Draft:
        """The turn's outcome; raises only when the turn is no longer ours."""
        note, drafts, empty = "", 0, 0
        try:
            while True:
                transcript = self._checkpoints.transcript()
                if transcript and transcript[-1].role == "assistant" and transcript[-1].calls:
                    wish = self._run_tools(transcript[-1])
                    if wish is not None:
                        return _handover(wish)
                    if self._goes_in_circles():
                        return _gave_up("tool_failure", "loop", N_("The assistant went in circles."))
                    continue
                answer = self._saved_draft() if not note else None
                answer = answer or self._ask(transcript, note)
                if answer.stop is Stop.TOOLS:
                    continue
                if answer.stop is Stop.REFUSED:
                    return _gave_up("unsupported_request", "model_refused", N_("The model declined to answer."))
                if answer.stop is not Stop.END or not answer.text:
                    empty += 1
                    if empty > 1:
                        return _gave_up("tool_failure", "no_answer", N_("The model gave no usable answer."))
                    note = "Your last answer was cut off or empty. Answer again, briefly."
                    continue
                drafts += 1
                draft, faults = self._check(answer)
                if draft is not None:
                    if self._said_before(draft.said):
                        return _gave_up(
                            "missing_knowledge", "loop", N_("The assistant would have said the same once more.")
                        )
                    return draft
                if drafts >= DRAFTS:
                    return _gave_up(
                        "tool_failure", "unfounded_claim", N_("The assistant's answer did not agree with the diary.")
                    )
                note = f"Your draft was not sent: {faults} Call the tool first, or say only what is so."
        except LimitReached as limit:
            return _gave_up("limit_reached", f"limit_{limit.limit}", N_("A limit of one answer was reached."))

    def _run_tools(self, asked: Entry) -> HandoffWish | None:
        results = self._tools.run(asked.calls)
        reach("after_outcomes")
        for outcome, result in results:
            if result is not None and result.handoff is not None:
                return result.handoff
            if outcome.content.get("handed_over") and result is None:
                return HandoffWish(reason="policy", trigger=str(outcome.content["handed_over"]))
            if outcome.name == "hand_over" and not outcome.is_error and result is None:
                call = next(call for call in asked.calls if call.id == outcome.call_id)
                wanted = self._veil.show_arguments(call.arguments)
                signal = str(wanted.get("signal") or "other")
                trigger = f"rule {wanted['rule']}"[:30] if wanted.get("rule") else signal if signal != "other" else ""
                return HandoffWish(reason=wanted["reason"], summary=wanted.get("summary", ""), trigger=trigger)
        return None

    def _goes_in_circles(self) -> bool:
        """The same skill was refused in the same words again and again within this turn."""
        steps = self._checkpoints.steps()
        refused = [(s.name, str(s.output)) for s in steps if s.kind == Step.Kind.TOOL and s.status == Step.Status.ERROR]
        return any(refused.count(each) >= SAME_ERRORS for each in set(refused))

    def _said_before(self, said: str) -> bool:
        """The last answers were this one, word by word: whoever gets it once more needs a person."""
        if "?" not in said and len(said) < COURTESY:
            return False
        transcript = self._checkpoints.transcript()
        before = [each.text for each in transcript if each.role == "assistant" and not each.calls]
        return len(before) >= SAME_REPLIES and set(before[-SAME_REPLIES:]) == {said}

    def _saved_draft(self) -> ModelAnswer | None:
        """A final answer that an earlier worker saved and that has read everything there is."""
        passed = (Step.Kind.CHECK, Step.Status.OK)
        last = next((step for step in reversed(self._checkpoints.steps()) if (step.kind, step.status) != passed), None)
        if last is None or last.kind != Step.Kind.MODEL or last.input.get("read") != self._checkpoints.read_up_to:
            return None
        return ModelAnswer(
            blocks=Blocks.validate_python(last.output["blocks"]),
            stop=Stop(last.output["stop"]),
            model=last.name,
        )

    def _ask(self, transcript: tuple[Entry, ...], note: str) -> ModelAnswer:
        """The first provider of the chain that answers; the guided flow, which can't fail, stands last."""
        self._meter.check(len(self._checkpoints.steps()))
        while True:
            provider = self._providers[0]
            request = replace(self._request, transcript=transcript, begins_at=self._checkpoints.begins_at, note=note)
            try:
                return self._ask_one(provider, request)
            except ModelError as error:
                self._checkpoints.save_check(
                    "model_withheld" if isinstance(error, CallWithheld) else "model_failed",
                    ok=False,
                    detail={"provider": provider.model.name, "model": provider.model_name, "error": str(error)},
                )
            if len(self._providers) == 1:
                raise LimitReached("models")
            self._providers.pop(0)

    def _ask_one(self, provider: Provider, request: ModelRequest) -> ModelAnswer:
        """One provider, tried again where that may help and the turn's time allows it."""
        for attempt in range(1, MODEL_ATTEMPTS + 1):
            used_up = self._meter.used_up() if provider.metered else ""
            if used_up:
                raise CallWithheld(f"the turn’s limit of {used_up} is reached")
            timeout = min(request.timeout, max(self._meter.seconds_left, SHORTEST_CALL))
            try:
                return self._ask_once(provider, replace(request, model=provider.model_name, timeout=timeout))
            except ModelError as error:
                wait = 0.5 * 2**attempt * random.uniform(0.5, 1.5)  # noqa: S311 (jitter)
                wait = wait if error.retry_after is None else error.retry_after
                if not error.retryable or attempt == MODEL_ATTEMPTS or wait > LONGEST_WAIT:
                    raise
                time.sleep(wait)
        raise AssertionError("unreachable")

    def _ask_once(self, provider: Provider, request: ModelRequest) -> ModelAnswer:
        self._renew()
        reach("before_model")
        started = time.perf_counter()
        try:
            with telemetry.model_call(provider.model.name, request.model) as span:
                answer = provider.model.respond(request)
                span.answered(answer)
        except CallWithheld:
            raise
        except ModelError as error:
            self._record_usage(provider, None, error, (time.perf_counter() - started) * 1000)
            raise
        spent = (time.perf_counter() - started) * 1000
        self._record_usage(provider, answer, None, spent)
        reach("after_model_before_checkpoint")
        self._checkpoints.save_answer(answer, provider=provider.model.name, read=request.read_up_to, milliseconds=spent)
        reach("after_model")
        return answer

    def _check(self, answer: ModelAnswer) -> tuple[Draft | None, str]:
        """The draft with real values, or what is wrong with it."""
        try:
            real = self._veil.show(answer.text)
            choices = tuple(self._shown(choice) for choice in answer.choices)
        except UnknownPlaceholder:
            self._checkpoints.save_check("placeholders", ok=False, detail={})
            return None, "It holds a placeholder that this conversation does not know."
        committed, heard = self._committed(), self._heard(answer.text)
        found = list(faults(real, committed, heard))
        looked = self._looked(found, committed, heard)
        if looked is not None and looked.untrue:
            return None, f"Nothing bears out: {'; '.join(looked.untrue)[:LONGEST_NOTE]}."
        claims = kinds_of(found)
        if claims and not (looked is not None and looked.sure):
            self._checkpoints.save_check("outgoing", ok=False, detail={"unfounded": claims})
            return None, f"It claims what is not so ({', '.join(sorted(claims))})."
        self._checkpoints.note_passed("outgoing", **({"doubted": claims} if claims else {}))
        return Draft(outcome=Reply(text=real, choices=choices), said=answer.text), ""

    def _looked(self, found: Sequence[Fault], committed: Committed, heard: Heard) -> Looked | None:
        """What a second model says of the draft; None where there is none, or where the tables are certain. What our
        own code worded needs none."""
        if self._second_look is None or not self._providers[0].metered or are_certain(found, committed, heard):
            return None
        return self._second_look.at(committed, heard, self._request.memory)

    def _heard(self, said: str) -> Heard:
        """What the reply may rest on besides the diary."""
        return Heard(
            brief=self._request.brief,
            transcript=self._checkpoints.transcript(),
            said=said,
            tools=[tool.name for tool in self._request.tools],
            secret=self._secret,
        )

    def _shown(self, choice: Choice) -> Choice:
        show = self._veil.show
        return replace(choice, title=show(choice.title), description=show(choice.description))


def _handover(wish: HandoffWish) -> Draft:
    return Draft(outcome=HandOver(reason=wish.reason, summary=wish.summary, trigger=wish.trigger), said="")


def _gave_up(reason: str, trigger: str, summary: str) -> Draft:
    return Draft(outcome=HandOver(reason=reason, summary=summary, trigger=trigger), said="")
