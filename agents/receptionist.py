"""Composes one turn: the published version, the models, the skills, the veil over personal data, the limits.

decision = take_turn(turn_input)        # thinks; commits its steps; leaves the conversation alone
with transaction.atomic():              # the conversation's own commit
    finish(decision)                    # closes the turn, and what was said enters the transcript
"""

import datetime as dt
import json
from collections.abc import Sequence

import structlog
from django.utils.translation import gettext_noop as N_

from agents import gateway, telemetry
from agents.arriving import read_arrivals
from agents.briefing import brief_of
from agents.chain import Plan, plan_for
from agents.committed import committed_for
from agents.errors import RedactionFailed
from agents.flags import said_at_once
from agents.knowledge import sources
from agents.llm.claude.prompt import SECRETS
from agents.llm.guided.flow import Guided
from agents.models import AssistantVersion, Step, Turn
from agents.opening import opening
from agents.runtime import red_flags
from agents.runtime.checkpoints import Checkpoints, new_entry, open_turn
from agents.runtime.frustration import frustrated
from agents.runtime.keeping import Keeper
from agents.runtime.limits import Meter
from agents.runtime.loop import Draft, TurnLoop
from agents.runtime.outgoing_check import Committed
from agents.runtime.providers import VendorProvider
from agents.runtime.second_look import SecondLook
from agents.runtime.tool_runner import ToolRunner
from agents.skills.registry import all_skills
from agents.stage import Stage
from agents.types import (
    Brief,
    Decision,
    HandOver,
    Memory,
    ModelRequest,
    Outcome,
    Reply,
    Silence,
    SkillContext,
    Text,
    TurnInput,
)
from agents.veil import ConversationVeil
from agents.versions import answering
from calendar_sync.google.mirrors import connected
from calendar_sync.set_up import reading_once
from tenants import clock
from tenants.postgres.prepared import Prepared
from tenants.statements import Question, add, later, row

log = structlog.get_logger(__name__)
FRUSTRATED = N_("Frustrated with the assistant; the last message says so.")
CLOSING = Prepared("""
SELECT conversation_id, sources, (SELECT coalesce(max(index) + 1, 0) FROM agents_transcriptentry entry
                                   WHERE entry.conversation_id = agents_turn.conversation_id)
  FROM agents_turn WHERE id = %s AND status = 'running'""")
CLOSED = Prepared("""
UPDATE agents_turn SET status = 'done', outcome = %s, reason = %s, trigger = %s, ended_at = %s
 WHERE id = %s AND status = 'running'""")
HANDED_OVER = "(Handed over to the team, who will answer here.)"


def take_turn(turn_input: TurnInput) -> Decision:
    """Run the assistant over what has arrived. Raises only when the turn is no longer ours (LeaseLost)."""
    with opening(turn_input):
        version, shadowed = answering()
        plan = plan_for(turn_input, version)
        turn = open_turn(
            conversation_id=turn_input.conversation_id,
            contact_id=turn_input.contact_id,
            hold=turn_input.hold,
            version_id=version.pk,
            provider=plan.providers[0].model.name,
            model=plan.providers[0].model_name,
            role=plan.role,
            route=plan.reason,
        )
        if turn.version_id != version.pk and turn.version is not None:  # begun before another one was published
            version = turn.version
            plan = plan_for(turn_input, version)
        keeper = Checkpoints(turn, turn_input.hold)
        if telemetry.enabled():
            keeper.open()  # a trace is named after its turn's id
        draft = think(turn_input, version, keeper, plan, Stage())
    keeper.open()
    return Decision(
        turn_id=turn.pk,
        outcome=draft.outcome,
        read_up_to=turn.last_message_id,
        said=draft.said,
        acted=any(step.kind == Step.Kind.TOOL for step in keeper.steps()),
        shadowed=shadowed,
        unsaved=keeper.unsaved,
    )


def think(turn_input: TurnInput, version: AssistantVersion, keeper: Keeper, plan: Plan, stage: Stage) -> Draft:
    """What the version makes of what has arrived, on a stage where it counts or on one where it doesn't."""
    with telemetry.turn(
        schema=turn_input.business.schema_name,
        conversation_id=turn_input.conversation_id,
        turn_id=keeper.turn.pk,
        version=version.number,
        provider=plan.providers[0].model.name,
        model=plan.providers[0].model_name,
    ) as span:
        draft = _think(turn_input, version, keeper, plan, stage)
        span.ended(draft.outcome)
    return draft


def _think(turn_input: TurnInput, version: AssistantVersion, keeper: Keeper, plan: Plan, stage: Stage) -> Draft:
    try:
        with reading_once():
            veil = stage.veil(turn_input)
            brief = brief_of(turn_input.business, version, turn_input.known.phones)
            calendars = connected()
        flagged = read_arrivals(turn_input, version, keeper, veil)
        if flagged is not None:
            return _signpost(flagged, turn_input)
        if frustrated(each.text for each in turn_input.arrivals if each.author == "contact"):
            return Draft(
                outcome=HandOver(reason="customer_request", summary=FRUSTRATED, trigger="frustration"), said=""
            )
        return _loop(turn_input, brief, keeper, veil, plan, stage, calendars=calendars).run()
    except RedactionFailed:
        log.error("redaction.failed", turn=keeper.turn.pk)
        return Draft(
            outcome=HandOver(
                reason="tool_failure", summary=N_("The message could not be made safe to process."), trigger="redaction"
            ),
            said="",
        )


def finish(decision: Decision) -> None:
    """Within the conversation's final transaction: the turn is done, and what is said enters the transcript."""
    outcome = decision.outcome
    kinds = {Reply: Turn.Outcome.REPLY, HandOver: Turn.Outcome.HANDOFF, Silence: Turn.Outcome.SILENCE}
    reason = "" if isinstance(outcome, Reply) else outcome.reason
    turn, index = _closed(
        decision.turn_id,
        outcome=kinds[type(outcome)],
        reason=reason[:40],
        trigger=outcome.trigger[:30] if isinstance(outcome, HandOver) else "",
    )
    add(*decision.unsaved)
    said = as_remembered(outcome, decision.said)
    if said:
        add(new_entry(turn, index, "assistant", (Text(text=said),)))
        if turn.sources:
            rests_on = sources.resting_on(said, turn.sources) if isinstance(outcome, Reply) else []
            Turn.objects.filter(pk=turn.pk).update(sources=rests_on)


def _closed(turn_id: int, *, outcome: str, reason: str, trigger: str) -> tuple[Turn, int]:
    """The turn that is done now, and the index of the transcript's next entry."""
    found = row(*closing(turn_id))
    if found is None:
        raise RuntimeError(f"turn {turn_id} is not running")
    later(CLOSED, [outcome, reason, trigger, clock.now(), turn_id])
    shown = json.loads(found[1]) if isinstance(found[1], str) else found[1]
    return Turn(pk=turn_id, conversation_id=found[0], sources=shown), found[2]


def closing(turn_id: int) -> Question:
    """What `finish` asks, for whoever asks more in the same round trip. The conversation's lock keeps it true."""
    return CLOSING, [turn_id]


def as_remembered(outcome: Outcome, said: str) -> str:
    """What enters the transcript when this is how a turn ended."""
    return f"{said}\n{HANDED_OVER}".strip() if isinstance(outcome, HandOver) else said


def drop(turn_id: int, reason: str) -> None:
    """Within the caller's transaction: people took over; what the turn would have said is never sent."""
    Turn.objects.filter(pk=turn_id, status=Turn.Status.RUNNING).update(
        status=Turn.Status.DROPPED, reason=reason[:40], ended_at=clock.now()
    )


def fail(conversation_id: int) -> int | None:
    """Within the caller's transaction: close the running turn of a conversation that was parked; its id."""
    turn = Turn.objects.filter(conversation_id=conversation_id, status=Turn.Status.RUNNING).first()
    if turn is None:
        return None
    Turn.objects.filter(pk=turn.pk).update(status=Turn.Status.FAILED, reason="tool_failure", ended_at=clock.now())
    return turn.pk


def _signpost(flag: red_flags.Raised, turn_input: TurnInput) -> Draft:
    said = said_at_once(flag.signpost, turn_input.business)
    summary = f"Red flag: {flag.name}"
    return Draft(outcome=HandOver(reason="red_flag", summary=summary, text=said, trigger="red_flag"), said=said)


def _loop(
    turn_input: TurnInput,
    brief: Brief,
    keeper: Keeper,
    veil: ConversationVeil,
    plan: Plan,
    stage: Stage,
    *,
    calendars: bool,
) -> TurnLoop:
    turn = keeper.turn
    context = _context(turn_input, turn, brief.now, veil, calendars)
    meter = Meter(turn, plan.limits)
    reads_all = plan.providers[0].model.name == Guided.name  # the newest entries, and nothing else
    memory = Memory() if reads_all else stage.recall(turn_input, brief, keeper, veil)
    return TurnLoop(
        providers=plan.providers,
        request=ModelRequest(
            brief=brief,
            transcript=(),
            tools=tuple(skill.spec for skill in all_skills().values()),
            model="",
            memory=memory,
            timeout=min(plan.limits.seconds, 40.0),
            on_text=stage.on_text,
        ),
        checkpoints=keeper,
        tools=_tools(context, keeper, veil, stage),
        meter=meter,
        veil=veil,
        committed=lambda: _committed(context, turn_input.known.names, stage),
        secret=SECRETS,
        record_usage=lambda provider, answer, error, ms: stage.charge(turn, provider, answer, error, ms),
        renew=turn_input.renew,
        second_look=_second_look(plan.judge, keeper, meter, stage, turn_input),
    )


def _second_look(
    judge: VendorProvider | None, keeper: Keeper, meter: Meter, stage: Stage, turn_input: TurnInput
) -> SecondLook | None:
    if judge is None:
        return None
    return SecondLook(
        judge,
        checkpoints=keeper,
        meter=meter,
        charge=lambda answer, error, ms: stage.charge(keeper.turn, judge, answer, error, ms),
        renew=turn_input.renew,
    )


def _context(
    turn_input: TurnInput, turn: Turn, now: dt.datetime, veil: ConversationVeil, calendars: bool
) -> SkillContext:
    return SkillContext(
        business=turn_input.business,
        conversation_id=turn_input.conversation_id,
        contact_id=turn_input.contact_id,
        contact_name=turn_input.contact_name,
        turn_id=turn.pk or 0,  # a rehearsal's turn is no row
        now=now,
        hide=veil.hide,
        calendars=calendars,
    )


def _tools(context: SkillContext, keeper: Keeper, veil: ConversationVeil, stage: Stage) -> ToolRunner:
    return ToolRunner(
        skills=stage.skills(context, veil),
        context=context,
        veil=veil,
        checkpoints=keeper,
        gate=lambda call: gateway.refusal(call, keeper.steps(), keeper.transcript()),
        refused=lambda call, arguments, outcome: stage.note_refused(context, call, arguments, outcome),
    )


def _committed(context: SkillContext, names: Sequence[str], stage: Stage) -> Committed:
    with stage.looking():
        return committed_for(context, names)
