"""Composes one turn: the published version, the models, the skills, the veil over personal data, the limits.

decision = take_turn(turn_input)        # thinks; commits its steps; leaves the conversation alone
with transaction.atomic():              # the conversation's own commit
    finish(decision)                    # closes the turn, and what was said enters the transcript
"""

import datetime as dt
from collections.abc import Iterable

import structlog
from django.conf import settings
from django.db import transaction

from agents.briefing import brief_of
from agents.errors import ModelError, RedactionFailed
from agents.llm.claude.provider import Claude
from agents.llm.guided.flow import Guided
from agents.markers import marked, tamed
from agents.models import AssistantVersion, Step, Turn, UsageRecord
from agents.runtime import red_flags
from agents.runtime.checkpoints import Checkpoints, NewEntry, append, open_turn
from agents.runtime.limits import Meter, limits_of_business, spent_today
from agents.runtime.loop import Draft, Provider, TurnLoop
from agents.runtime.outgoing_check import Committed
from agents.runtime.tool_runner import ToolRunner
from agents.skills.registry import all_skills
from agents.types import (
    Decision,
    HandOver,
    ModelAnswer,
    ModelRequest,
    Reply,
    Silence,
    SkillContext,
    Text,
    TurnInput,
)
from agents.veil import ConversationVeil
from calendar_sync import booking
from calendar_sync.models import AppointmentChange
from tenants import clock

log = structlog.get_logger(__name__)
HANDED_OVER = "(Handed over to the team, who will answer here.)"
ROLES = {"contact": "patient", "staff": "staff", "system": "assistant"}
UNREADABLE = {
    "image": "photo",
    "voice": "voice note",
    "video": "video",
    "document": "document",
    "sticker": "sticker",
    "location": "location",
    "contacts": "contact card",
    "unsupported": "message of a kind that can't be shown",
}


def take_turn(turn_input: TurnInput) -> Decision:
    """Run the assistant over what has arrived. Raises only when the turn is no longer ours (LeaseLost)."""
    version = _published()
    providers = _providers(turn_input, version)
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
        flagged = _read(turn_input, version, checkpoints, veil)
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


def _providers(turn_input: TurnInput, version: AssistantVersion) -> list[Provider]:
    """The chain: Claude where a key is set and money is left, and always the guided flow last."""
    guided = Provider(model=Guided(), model_name="guided")
    wanted = turn_input.provider or version.provider
    if wanted != AssistantVersion.Provider.ANTHROPIC or not settings.ANTHROPIC_API_KEY:
        return [guided]
    _, limit = limits_of_business()
    if spent_today(turn_input.business.timezone) >= limit.per_day_micro:
        log.warning("spend_limit.reached", business=turn_input.business.pk)
        return [guided]
    claude = Claude(
        api_key=settings.ANTHROPIC_API_KEY,
        base_url=settings.ANTHROPIC_BASE_URL,
        stream=settings.ANTHROPIC_STREAM,
    )
    return [Provider(model=claude, model_name=version.model), guided]


def _read(
    turn_input: TurnInput, version: AssistantVersion, checkpoints: Checkpoints, veil: ConversationVeil
) -> red_flags.Raised | None:
    """Redact what arrived into the transcript; look for red flags in the real words first."""
    flags = red_flags.RedFlags.validate_python(version.red_flags)
    raised = None
    asked = checkpoints.last_said()  # "Anna Berg" is a name because we asked for one
    entries = []
    for arrival in turn_input.arrivals:
        if arrival.author == "contact":
            raised = raised or red_flags.find(arrival.text, flags)
        entries.append(
            NewEntry(
                message_id=arrival.message_id,
                role=ROLES[arrival.author],
                text=marked(
                    _readable(arrival.kind, tamed(veil.hide(arrival.text, answering=asked))),
                    choice=arrival.choice,
                    about=arrival.about,
                ),
                at=arrival.at,
            )
        )
    checkpoints.append_arrivals(entries, flag=raised.name if raised else "", save_names=veil.save)
    return raised or _remembered_flag(checkpoints.steps(), flags)


def _remembered_flag(steps: Iterable[Step], flags: Iterable[red_flags.RedFlag]) -> red_flags.Raised | None:
    named = {flag.name: flag for flag in flags}
    for step in steps:
        if step.kind == Step.Kind.CHECK and step.name == "red_flag" and step.output.get("flag") in named:
            flag = named[step.output["flag"]]
            return red_flags.Raised(name=flag.name, signpost=flag.signpost)
    return None


def _readable(kind: str, text: str) -> str:
    """What can't be read is named, so that no content is invented for it."""
    if kind not in UNREADABLE:
        return text
    note = f"(The patient sent a {UNREADABLE[kind]}, which you can't open.)"
    return f"{text}\n{note}".strip()


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
        tools=ToolRunner(skills=skills, context=context, veil=veil, checkpoints=checkpoints),
        meter=Meter(turn, limits),
        veil=veil,
        committed=lambda: _committed(context),
        record_usage=lambda provider, model, answer, error, ms: _record_usage(turn, provider, model, answer, error, ms),
        renew=turn_input.renew,
    )


def _committed(context: SkillContext) -> Committed:
    """What a reply may claim for this contact."""
    coming = booking.upcoming(context.contact_id, context.now)
    recent = context.now - dt.timedelta(days=2)
    stand = AppointmentChange.objects.filter(
        appointment__contact_id=context.contact_id, at__gte=recent, undone_by__isnull=True
    )
    changes = list(stand.values_list("act", "undoes"))
    acts = {act for act, _ in changes}
    return Committed(
        coming=[each.starts_at.astimezone(context.now.tzinfo).strftime("%H:%M") for each in coming],
        moved=AppointmentChange.Act.MOVED in acts,
        cancelled=AppointmentChange.Act.CANCELLED in acts,
        undone=any(undoes is not None for _, undoes in changes),
    )


def _record_usage(
    turn: Turn,
    provider: str,
    model: str,
    answer: ModelAnswer | None,
    error: ModelError | None,
    milliseconds: float,
) -> None:
    """Every call of a vendor's model is counted, failed ones too."""
    if provider == Guided.name:
        return
    usage = answer.usage if answer else None
    with transaction.atomic():
        UsageRecord.objects.create(
            turn=turn,
            provider=provider,
            model=model,
            ok=answer is not None,
            error=str(error)[:60] if error else "",
            input_tokens=usage.input_tokens if usage else 0,
            output_tokens=usage.output_tokens if usage else 0,
            cache_read_tokens=usage.cache_read_tokens if usage else 0,
            cache_write_tokens=usage.cache_write_tokens if usage else 0,
            cost_micro=answer.cost_micro if answer else 0,
            milliseconds=milliseconds,
        )
