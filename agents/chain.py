"""Which models a turn may ask, in order: the role that the router chose, the other role, the guided flow at the end."""

from collections.abc import Mapping
from dataclasses import dataclass

import structlog
from django.conf import settings
from django.utils.translation import gettext_noop as N_
from pydantic import BaseModel

from agents.llm.claude.provider import Claude
from agents.llm.guided.flow import Guided
from agents.message_signs import signs_of
from agents.models import AssistantVersion, ModelRoles
from agents.runtime.breaker import Circuits
from agents.runtime.guarded import Guarded, switched_off
from agents.runtime.limits import TurnLimits
from agents.runtime.providers import Provider, VendorProvider
from agents.runtime.router import Signals, route
from agents.runtime.spending import Budget, Purse, turn_limits, warn_of
from agents.runtime.standing import Standing, budget_of, standing_of
from agents.types import TurnInput
from tenants.models import Business

log = structlog.get_logger(__name__)


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
    judge: VendorProvider | None = None  # looks at what a vendor's model drafted, before it is sent


def plan_for(turn_input: TurnInput, version: AssistantVersion) -> Plan:
    business = turn_input.business
    standing = standing_of(business, turn_input.conversation_id)
    limits = turn_limits(standing.limits)
    why_guided = _why_guided(turn_input, version, business, standing.budget)
    if why_guided:
        log.debug("route.guided", business=business.pk, why=why_guided)
        return Plan(providers=[_guided()], role="guided", reason=why_guided, limits=limits)
    purse = Purse(business, standing.budget, lambda: budget_of(business, turn_input.conversation_id))
    roles = roles_of(version, standing.roles)
    if version.model:
        chosen, reason, order = "fixed", N_("this version always asks this model"), [("fixed", version.model)]
    else:
        picked = route(_signals(turn_input, standing))
        chosen, reason = picked.role, picked.reason
        order = [("fast", roles.fast), ("capable", roles.capable)]
        order.sort(key=lambda each: each[0] != picked.role)
    asked_once = {model: role for role, model in reversed(order)}  # one model may play both roles
    providers = [_claude(business, purse, role, model) for role, model in order if asked_once[model] == role]
    judge = _claude(business, purse, "judge", roles.judge) if standing.second_look else None
    return Plan(providers=[*providers, _guided()], role=chosen, reason=reason, limits=limits, judge=judge)


def model_for(
    business: Business, role: str, *, conversation_id: int | None = None, version: AssistantVersion | None = None
) -> VendorProvider | None:
    """A model for work that is no turn (remembering, reviewing, trials), behind the same brake, limits and breaker.

    None: models can't be asked now, do without. Its calls may still raise ModelError (CallWithheld among them), and
    the caller records each with `agents.usage.record_usage`, naming its purpose. One query.
    """
    standing = standing_of(business, conversation_id)
    if not settings.ANTHROPIC_API_KEY or switched_off() or standing.budget.exhausted():
        return None
    purse = Purse(business, standing.budget, lambda: budget_of(business, conversation_id))
    model = (version.model if version else "") or getattr(roles_of(version, standing.roles), role)
    return _claude(business, purse, role, model)


def roles_of(version: AssistantVersion | None, chosen: Mapping[str, str]) -> Roles:
    """`chosen`: by the business; where it chose nothing the usual ones play. The version overrides both."""
    usual = {name: getattr(ModelRoles(), name) for name in Roles.model_fields}
    overridden = version.roles if version else {}
    return Roles(
        **usual | dict(chosen) | {name: model for name, model in overridden.items() if name in usual and model}
    )


def _why_guided(turn_input: TurnInput, version: AssistantVersion, business: Business, budget: Budget) -> str:
    wanted, claude = turn_input.provider or version.provider, AssistantVersion.Provider.ANTHROPIC
    if not settings.ANTHROPIC_API_KEY and claude in (wanted, version.provider):
        return N_("no key for a language model is set")
    if wanted != claude:
        return N_("this version answers without a language model")
    off = switched_off()
    if off:
        return off[:120]
    exhausted = budget.exhausted()
    if exhausted:
        warn_of(business, budget)
    return exhausted


def _signals(turn_input: TurnInput, standing: Standing) -> Signals:
    signs = signs_of(turn_input.arrivals, turn_input.business.language)
    return Signals(
        kind=signs.kind,
        wishes=signs.wishes,
        known_language=signs.known_language,
        length=signs.length,
        failed_lately=standing.failed_lately,
        queue=standing.queue,
        money_left=standing.budget.left,
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
