"""Composes one turn: the published version, the models, the skills, the veil over personal data, the limits.

decision = take_turn(turn_input)        # thinks; commits its steps; leaves the conversation alone
with transaction.atomic():              # the conversation's own commit
    finish(decision)                    # closes the turn, and what was said enters the transcript
"""

import structlog

from agents import gateway
from agents.arriving import read_arrivals
from agents.briefing import brief_of
from agents.chain import providers_for
from agents.committed import committed_for
from agents.errors import RedactionFailed
from agents.llm.claude.prompt import SECRETS
from agents.models import AssistantVersion, Turn
from agents.runtime import red_flags
from agents.runtime.checkpoints import Checkpoints, append, open_turn
from agents.runtime.limits import Meter, limits_of_business
from agents.runtime.loop import Draft, Provider, TurnLoop
from agents.runtime.tool_runner import ToolRunner
from agents.skills.registry import all_skills
from agents.types import (
    Decision,
    HandOver,
    ModelRequest,
    Reply,
    Silence,
    SkillContext,
    Text,
    TurnInput,
)
from agents.usage import record_usage
from agents.veil import ConversationVeil
from tenants import clock

log = structlog.get_logger(__name__)
HANDED_OVER = "(Handed over to the team, who will answer here.)"


def take_turn(turn_input: TurnInput) -> Decision:
    """Run the assistant over what has arrived. Raises only when the turn is no longer ours (LeaseLost)."""
    version = _published()
    providers = providers_for(turn_input, version)
    turn = open_turn(
        conversation_id=turn_input.conversation_id,
        contact_id=turn_input.contact_id,
        hold=turn_input.hold,
        version_id=version.pk,
        provider=providers[0].model.name,
        model=providers[0].model_name,
    )
    checkpoints = Checkpoints(turn, turn_input.hold)
    try:
        veil = ConversationVeil(turn_input)
        flagged = read_arrivals(turn_input, version, checkpoints, veil)
        if flagged is not None:
            draft = _signpost(flagged, turn_input)
        else:
            draft = _loop(turn_input, version, turn, checkpoints, veil, providers).run()
    except RedactionFailed:
        log.error("redaction.failed", turn=turn.pk)
        draft = Draft(
            outcome=HandOver(reason="tool_failure", summary="The message could not be made safe to process."),
            said="",
        )
    return Decision(turn_id=turn.pk, outcome=draft.outcome, read_up_to=turn.last_message_id, said=draft.said)


def finish(decision: Decision) -> None:
    """Within the conversation's final transaction: the turn is done, and what is said enters the transcript."""
    outcome = decision.outcome
    kinds = {Reply: Turn.Outcome.REPLY, HandOver: Turn.Outcome.HANDOFF, Silence: Turn.Outcome.SILENCE}
    reason = "" if isinstance(outcome, Reply) else outcome.reason
    closed = Turn.objects.filter(pk=decision.turn_id, status=Turn.Status.RUNNING).update(
        status=Turn.Status.DONE, outcome=kinds[type(outcome)], reason=reason[:40], ended_at=clock.now()
    )
    if not closed:
        raise RuntimeError(f"turn {decision.turn_id} is not running")
    said = f"{decision.said}\n{HANDED_OVER}".strip() if isinstance(outcome, HandOver) else decision.said
    if said:
        append(Turn.objects.get(pk=decision.turn_id), "assistant", (Text(text=said),))


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


def _published() -> AssistantVersion:
    version = AssistantVersion.objects.filter(status=AssistantVersion.Status.PUBLISHED).first()
    if version is None:
        raise RuntimeError("no published assistant version")
    return version


def _signpost(flag: red_flags.Raised, turn_input: TurnInput) -> Draft:
    said = flag.signpost.replace("{phone}", turn_input.business.name)
    return Draft(outcome=HandOver(reason="red_flag", summary=f"Red flag: {flag.name}", text=said), said=said)


def _loop(
    turn_input: TurnInput,
    version: AssistantVersion,
    turn: Turn,
    checkpoints: Checkpoints,
    veil: ConversationVeil,
    providers: list[Provider],
) -> TurnLoop:
    brief = brief_of(turn_input.business, version, turn_input.known.phones)
    skills = all_skills()
    context = SkillContext(
        business=turn_input.business,
        conversation_id=turn_input.conversation_id,
        contact_id=turn_input.contact_id,
        contact_name=turn_input.contact_name,
        turn_id=turn.pk,
        now=brief.now,
    )
    limits, _ = limits_of_business()
    return TurnLoop(
        providers=providers,
        request=ModelRequest(
            brief=brief,
            transcript=(),
            tools=tuple(skill.spec for skill in skills.values()),
            model="",
            timeout=min(limits.seconds, 40.0),
        ),
        checkpoints=checkpoints,
        tools=ToolRunner(
            skills=skills,
            context=context,
            veil=veil,
            checkpoints=checkpoints,
            gate=lambda call: gateway.refusal(call, checkpoints.steps(), checkpoints.transcript()),
            refused=lambda call, arguments, outcome: gateway.note_refused(context, call, arguments, outcome),
        ),
        meter=Meter(turn, limits),
        veil=veil,
        committed=lambda: committed_for(context, turn_input.known.names),
        secret=SECRETS,
        record_usage=lambda provider, model, answer, error, ms: record_usage(turn, provider, model, answer, error, ms),
        renew=turn_input.renew,
    )
