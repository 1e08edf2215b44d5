"""The numbers of the side bar and what the assistant is able to do right now, in one query."""

from dataclasses import dataclass, replace

from django.conf import settings
from django.db.models import BigIntegerField, Exists, IntegerField, Subquery
from django.db.models.functions import JSONObject
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agents.models import AssistantVersion, SpendLimit, UsageRecord
from agents.runtime.guarded import switched_off
from agents.runtime.spending import LIMITS, Budget, Periods, budget_from
from conversations.models import Channel, Conversation, Message
from escalations.inbox import NEEDS_YOU
from escalations.models import Escalation
from tenants.formats import Words
from tenants.models import Business


@dataclass(frozen=True, kw_only=True)
class AssistantState:
    """What the pill in the page's head says; `url_name` leads to where it can be changed."""

    text: Words
    tone: str = "good"
    note: Words = ""
    url_name: str = ""


@dataclass(frozen=True, kw_only=True)
class Overview:
    inbox: int  # conversations that need somebody
    escalations: int  # that nobody has yet
    starting: bool  # no answer of the assistant has gone out over a number yet
    assistant: AssistantState
    limits: SpendLimit
    budget: Budget


ANSWERING = AssistantState(text=_("Assistant answering"))
SUSPENDED = AssistantState(text=_("Suspended"), tone="bad", note=_("Nothing is answered or sent."))
NOT_CONNECTED = AssistantState(
    text=_("Number not connected"),
    tone="warn",
    note=_("Connect your WhatsApp number, so that messages arrive."),
    url_name="settings_channels",
)
GUIDED = AssistantState(
    text=_("Guided flow answering"),
    note=_("It books, moves and cancels without a language model."),
    url_name="assistant",
)
GUIDED_INSTEAD = AssistantState(text=_("Guided flow answering"), tone="warn", url_name="spend")

GONE_OUT = (Message.Delivery.SENT, Message.Delivery.DELIVERED, Message.Delivery.READ)
ANSWERS = Message.objects.filter(
    author=Message.Author.ASSISTANT, turn_id__isnull=False, delivery__in=GONE_OUT, channel__active=True
)


class _Count(Subquery):
    template = "(SELECT count(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


class _Sum(Subquery):
    """Of the only column."""

    template = "(SELECT coalesce(sum(counted_micro), 0)::bigint FROM (%(subquery)s) summed)"
    output_field = BigIntegerField()


def overview(business: Business) -> Overview:
    version = AssistantVersion.objects.filter(status=AssistantVersion.Status.PUBLISHED).order_by()
    limits, midnight = SpendLimit.objects.order_by("pk"), Periods.of(business.timezone).day
    row = (
        Business.objects.filter(pk=business.pk)
        .annotate(
            needing=_Count(Conversation.objects.filter(NEEDS_YOU).order_by().values("pk")),
            open_escalations=_Count(Escalation.objects.filter(status=Escalation.Status.OPEN).values("pk")),
            connected=Exists(Channel.objects.filter(active=True)),
            answered=Exists(ANSWERS),
            provider=Subquery(version.values("provider")[:1]),
            allowed=Subquery(limits.annotate(all=JSONObject(**{name: name for name in LIMITS})).values("all")[:1]),
            today=_Sum(UsageRecord.objects.filter(at__gte=midnight).order_by().values("counted_micro")),
        )
        .values("status", "needing", "open_escalations", "connected", "answered", "provider", "allowed", "today")
        .get()
    )
    allowed = SpendLimit(**(row["allowed"] or {}))
    budget = budget_from(business, allowed, day=row["today"])
    return Overview(
        inbox=row["needing"],
        escalations=row["open_escalations"],
        starting=not (row["connected"] and row["answered"]),
        assistant=_state(row["status"], row["connected"], row["provider"], budget),
        limits=allowed,
        budget=budget,
    )


def _state(status: str, connected: bool, provider: str | None, budget: Budget) -> AssistantState:
    if status == Business.Status.SUSPENDED:
        return SUSPENDED
    if not connected:
        return NOT_CONNECTED
    if provider != AssistantVersion.Provider.ANTHROPIC or not settings.ANTHROPIC_API_KEY:
        return GUIDED
    why = switched_off() or budget.exhausted()
    return replace(GUIDED_INSTEAD, note=_instead(why)) if why else ANSWERING


def _instead(why: str) -> str:
    why = gettext(why)  # marked where it is made
    return gettext("%(why)s: the guided flow answers.") % {"why": why[0].upper() + why[1:]}
