"""Which models a turn may ask, in order: the role that the router chose, the other role, the guided flow always last.

One query tells all that the choice rests on: limits, what was spent, the business's models, earlier failures in the
conversation, and how many turns are due.
"""

from dataclasses import dataclass
from typing import Any

import structlog
from django.conf import settings
from django.db.models import Exists, IntegerField, Q, Subquery
from django.db.models.functions import Now
from pydantic import BaseModel

from agents.llm.claude.provider import Claude
from agents.llm.guided.flow import Guided
from agents.message_signs import signs_of
from agents.models import AssistantVersion, ModelRoles, Step, Turn
from agents.runtime.breaker import Circuits
from agents.runtime.guarded import Guarded, switched_off
from agents.runtime.limits import TurnLimits
from agents.runtime.loop import Provider
from agents.runtime.router import LONG_QUEUE, Signals, route
from agents.runtime.spending import (
    Budget,
    Purse,
    budget_from,
    budget_of,
    limit_fields,
    limits_from,
    spent,
    turn_limits,
    warn_of,
)
from agents.types import TurnInput
from tenants.models import Business, WorkItem

log = structlog.get_logger(__name__)
TURN_WORK = "conversations.turn"
TURNS_LOOKED_AT = 2
NOT_THEIR_FAULT = ("model_failed", "model_withheld", "red_flag")  # checks that say nothing of the conversation


class Roles(BaseModel):
    """Which model plays which role: the business's choice, overridden by the version's."""

    fast: str
    capable: str
    judge: str


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The models of a turn in order, and why the first is the first."""

    providers: list[Provider]
    role: str  # fast, capable, fixed, guided
    reason: str
    limits: TurnLimits


@dataclass(frozen=True, kw_only=True)
class VendorProvider(Provider):
    model: Guarded


def plan_for(turn_input: TurnInput, version: AssistantVersion) -> Plan:
    business = turn_input.business
    known = _known(business, turn_input.conversation_id)
    limits = turn_limits(limits_from(known))
    budget = budget_from(known)
    why_guided = _why_guided(turn_input, version, business, budget)
    if why_guided:
        log.info("route.guided", business=business.pk, why=why_guided)
        return Plan(providers=[_guided()], role="guided", reason=why_guided, limits=limits)
    purse = Purse(business, budget, lambda: budget_of(business, turn_input.conversation_id))
    roles = roles_of(version, known)
    if version.model:
        chosen, reason, order = "fixed", "this version always asks this model", [("fixed", version.model)]
    else:
        picked = route(_signals(turn_input, known, budget))
        chosen, reason = picked.role, picked.reason
        order = [("fast", roles.fast), ("capable", roles.capable)]
        order.sort(key=lambda each: each[0] != picked.role)
    asked_once = {model: role for role, model in reversed(order)}  # one model may play both roles
    providers = [_claude(business, purse, role, model) for role, model in order if asked_once[model] == role]
    return Plan(providers=[*providers, _guided()], role=chosen, reason=reason, limits=limits)


def model_for(
    business: Business, role: str, *, conversation_id: int | None = None, version: AssistantVersion | None = None
) -> VendorProvider | None:
    """A model for work that is no turn (remembering, reviewing, trials), behind the same brake, limits and breaker.

    None: models can't be asked now, do without. Its calls may still raise ModelError (CallWithheld among them), and
    the caller records each with `agents.usage.record_usage`, naming its purpose. One query.
    """
    known = _known(business, conversation_id)
    budget = budget_from(known)
    if not settings.ANTHROPIC_API_KEY or switched_off() or budget.exhausted():
        return None
    purse = Purse(business, budget, lambda: budget_of(business, conversation_id))
    model = (version.model if version else "") or getattr(roles_of(version, known), role)
    return _claude(business, purse, role, model)


def roles_of(version: AssistantVersion | None, known: dict[str, Any] | None = None) -> Roles:
    """Of the business, overridden by the version; `known`: a row with fast, capable and judge, to spare the query."""
    row = ModelRoles.objects.first() if known is None else None
    usual = ModelRoles()
    chosen = {name: getattr(row or usual, name) for name in Roles.model_fields}
    if known is not None:
        chosen |= {name: known[name] for name in Roles.model_fields if known[name]}
    overridden = version.roles if version else {}
    return Roles(**chosen | {name: model for name, model in overridden.items() if name in chosen and model})


def _why_guided(turn_input: TurnInput, version: AssistantVersion, business: Business, budget: Budget) -> str:
    wanted = turn_input.provider or version.provider
    if wanted != AssistantVersion.Provider.ANTHROPIC:
        return "this version answers without a language model"
    if not settings.ANTHROPIC_API_KEY:
        return "no key for a language model is set"
    off = switched_off()
    if off:
        return off[:120]
    exhausted = budget.exhausted()
    if exhausted:
        warn_of(business, budget)
    return exhausted


def _known(business: Business, conversation_id: int | None) -> dict[str, Any]:
    roles = ModelRoles.objects.order_by("pk")
    due = Q(business_id=business.pk, kind=TURN_WORK, parked_at=None, leased_until=None, due_at__lte=Now())
    annotations: dict[str, Any] = {
        **limit_fields(),
        **spent(business.timezone, conversation_id),
        **{name: Subquery(roles.values(name)[:1]) for name in Roles.model_fields},
        "failed_lately": Exists(_failures(conversation_id)),
        "queue": _Count(WorkItem.objects.filter(due).values("pk")[:LONG_QUEUE]),
    }
    rows = Business.objects.filter(pk=business.pk).order_by()
    return rows.annotate(**annotations).values(*annotations).get()


def _failures(conversation_id: int | None) -> Any:
    """Refused drafts and tools' errors in the last turns of the conversation."""
    last = Turn.objects.filter(conversation_id=conversation_id or 0).order_by("-pk").values("pk")[:TURNS_LOOKED_AT]
    failed = Step.objects.filter(turn_id__in=last, status=Step.Status.ERROR)
    return failed.exclude(kind=Step.Kind.CHECK, name__in=NOT_THEIR_FAULT)


class _Count(Subquery):
    template = "(SELECT count(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


def _signals(turn_input: TurnInput, known: dict[str, Any], budget: Budget) -> Signals:
    signs = signs_of(turn_input.arrivals, turn_input.business.language)
    return Signals(
        kind=signs.kind,
        wishes=signs.wishes,
        known_language=signs.known_language,
        length=signs.length,
        failed_lately=known["failed_lately"],
        queue=known["queue"],
        money_left=budget.left,
    )


def _claude(business: Business, purse: Purse, role: str, model: str) -> VendorProvider:
    claude = Claude(
        api_key=settings.ANTHROPIC_API_KEY,
        base_url=settings.ANTHROPIC_BASE_URL,
        stream=settings.ANTHROPIC_STREAM,
    )
    circuits = Circuits(business=business.schema_name, vendor=claude.name, model=model)
    return VendorProvider(model=Guarded(claude, circuits=circuits, purse=purse), model_name=model, role=role)


def _guided() -> Provider:
    return Provider(model=Guided(), model_name="guided", role="guided", metered=False)
