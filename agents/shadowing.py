"""What the draft would have done where the published version did something: rehearsed, compared, kept."""

import datetime as dt
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from django.db.models import Sum

from agents import cases, corrections
from agents.models import AssistantVersion, ShadowAnswer, SpendLimit, Step, Turn, UsageRecord
from agents.pretending import READS
from agents.recording import Recording
from agents.rehearsal import Rehearsed, RehearsedContact, rehearse
from tenants import clock
from tenants.models import Business

Compared = ShadowAnswer.Compared
SHARE = 0.2  # of what the business may spend in a day
NO_ANSWER = ("tool_failure", "limit_reached")


def shadowing() -> AssistantVersion | None:
    return AssistantVersion.objects.filter(shadowing=True).first()


def may_spend(business: Business) -> bool:
    """Whether today's share for shadowing is not used up."""
    limit = SpendLimit.objects.first() or SpendLimit()
    today = clock.local_now(business.timezone).date()
    midnight = dt.datetime.combine(today, dt.time.min, ZoneInfo(business.timezone))
    usage = UsageRecord.objects.filter(purpose=UsageRecord.Purpose.SHADOW, at__gte=midnight)
    spent = usage.aggregate(total=Sum("cost_micro"))["total"] or 0
    return bool(spent < SHARE * limit.per_day_micro)


def answer(business: Business, turn: Turn, version: AssistantVersion, contact: RehearsedContact) -> ShadowAnswer:
    """The version's answer to what that turn had read, at that moment, in the diary as it was; once per turn.

    A worker may come to it late: what was looked up then is answered as then, what came later is taken back.
    """
    found = ShadowAnswer.objects.filter(turn=turn, version=version).first()
    if found is not None:
        return found
    later = Turn.objects.filter(conversation_id=turn.conversation_id, pk__gt=turn.pk, status=Turn.Status.DONE)
    done = rehearse(
        business,
        version,
        transcript=cases.entries_of(corrections.heard_before(turn)),
        conversation_id=turn.conversation_id,
        contact=contact,
        undone_turn_id=turn.pk,
        later_turn_ids=list(later.order_by("-pk").values_list("pk", flat=True)),
        now=turn.started_at,
        recording=Recording(turn),
        purpose=UsageRecord.Purpose.SHADOW,
    )
    values = {
        "outcome": done.kind,
        "reason": done.reason[:40],
        "said": done.said,
        "calls": [{"name": call.name, "arguments": call.arguments} for call in done.calls],
        "compared": compared(turn, done),
        "cost_micro": done.usage.cost_micro,
    }
    return ShadowAnswer.objects.get_or_create(turn=turn, version=version, defaults=values)[0]


def compared(turn: Turn, done: Rehearsed) -> str:
    """Same: the same kind of ending, after the same acts; the words may differ."""
    if done.kind == Turn.Outcome.HANDOFF and done.reason in NO_ANSWER:
        return Compared.FAILED
    handoff = Turn.Outcome.HANDOFF
    if (turn.outcome == handoff) != (done.kind == handoff):
        return Compared.ONLY_DRAFT_HANDS_OVER if done.kind == handoff else Compared.ONLY_LIVE_HANDS_OVER
    return (
        Compared.SAME
        if (turn.outcome, _acts(turn.steps.all())) == (done.kind, _acts(done.steps))
        else Compared.DIFFERENT
    )


def _acts(steps: Iterable[Step]) -> list[str]:
    done = [each for each in steps if each.kind == Step.Kind.TOOL and each.status == Step.Status.OK]
    return sorted(each.name for each in done if each.name not in READS)
