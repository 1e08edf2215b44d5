"""The numbers of the side bar and what the assistant is able to do right now, in one query."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import BigIntegerField, Exists, IntegerField, QuerySet, Subquery

from agents.models import AssistantVersion, SpendLimit, UsageRecord
from conversations.models import Channel, Conversation
from escalations.inbox import NEEDS_YOU
from escalations.models import Escalation
from tenants import clock
from tenants.models import Business


@dataclass(frozen=True, kw_only=True)
class AssistantState:
    """What the pill in the page's head says; `url_name` leads to where it can be changed."""

    text: str
    tone: str = "good"
    note: str = ""
    url_name: str = ""


@dataclass(frozen=True, kw_only=True)
class Overview:
    inbox: int  # conversations that need somebody
    escalations: int  # that nobody has yet
    assistant: AssistantState


ANSWERING = AssistantState(text="Assistant answering")
SUSPENDED = AssistantState(text="Suspended", tone="bad", note="Nothing is answered or sent.")
NOT_CONNECTED = AssistantState(
    text="Number not connected",
    tone="warn",
    note="Connect your WhatsApp number, so that messages arrive.",
    url_name="settings_channels",
)
GUIDED = AssistantState(
    text="Guided flow answering", note="It books, moves and cancels without a language model.", url_name="assistant"
)
SPENT = AssistantState(
    text="Guided flow answering",
    tone="warn",
    note="Today’s spend limit is reached: until midnight the guided flow answers.",
    url_name="assistant",
)


class _Count(Subquery):
    template = "(SELECT count(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


class _Sum(Subquery):
    """Of the only column."""

    template = "(SELECT coalesce(sum(cost_micro), 0) FROM (%(subquery)s) summed)"
    output_field = BigIntegerField()


def overview(business: Business) -> Overview:
    version = AssistantVersion.objects.filter(status=AssistantVersion.Status.PUBLISHED).order_by()
    row = (
        Business.objects.filter(pk=business.pk)
        .annotate(
            needing=_Count(Conversation.objects.filter(NEEDS_YOU).order_by().values("pk")),
            open_escalations=_Count(Escalation.objects.filter(status=Escalation.Status.OPEN).values("pk")),
            connected=Exists(Channel.objects.filter(active=True)),
            provider=Subquery(version.values("provider")[:1]),
            limit=Subquery(SpendLimit.objects.order_by("pk").values("per_day_micro")[:1]),
            spent=_Sum(_usage_today(business)),
        )
        .values("status", "needing", "open_escalations", "connected", "provider", "limit", "spent")
        .get()
    )
    limit = SpendLimit().per_day_micro if row["limit"] is None else row["limit"]
    state = _state(row["status"], row["connected"], row["provider"], spent=row["spent"] >= limit)
    return Overview(inbox=row["needing"], escalations=row["open_escalations"], assistant=state)


def _usage_today(business: Business) -> QuerySet[UsageRecord, Any]:
    zone = ZoneInfo(business.timezone)
    midnight = dt.datetime.combine(clock.local_now(business.timezone).date(), dt.time.min, zone)
    return UsageRecord.objects.filter(at__gte=midnight).order_by().values("cost_micro")


def _state(status: str, connected: bool, provider: str | None, *, spent: bool) -> AssistantState:
    if status == Business.Status.SUSPENDED:
        return SUSPENDED
    if not connected:
        return NOT_CONNECTED
    if provider != AssistantVersion.Provider.ANTHROPIC or not settings.ANTHROPIC_API_KEY:
        return GUIDED
    return SPENT if spent else ANSWERING
