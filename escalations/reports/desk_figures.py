"""Why people were needed and how fast they were, when patients write, what it cost, how patients found it."""

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Count
from django.db.models.functions import ExtractHour, ExtractIsoWeekDay

from agents.models import UsageRecord
from conversations.models import Handoff, Message
from escalations.reports.period import Period

WEEKDAYS, HOURS = 7, 24
_SUMS = """
WITH handed AS (
    SELECT handoff.reason, extract(epoch FROM (
        SELECT min(coalesce(sent_at, created_at)) FROM conversations_message wrote
        WHERE wrote.conversation_id = handoff.conversation_id AND wrote.author = 'staff'
          AND wrote.created_at >= handoff.at
    ) - handoff.at)::float AS wait
    FROM conversations_handoff handoff
    WHERE NOT handoff.is_task AND handoff.at >= %(begins)s AND handoff.at < %(ends)s
), reason AS (
    SELECT reason, count(*) AS count, count(wait) AS answered,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY wait) AS wait
    FROM handed GROUP BY reason
), rated AS (
    SELECT count(*) AS asked, count(score) AS answered, avg(score)::float AS average FROM escalations_rating
    WHERE asked_at >= %(begins)s AND asked_at < %(ends)s
), spent AS (
    SELECT coalesce(sum(cost_micro), 0)::bigint AS micro, count(*) FILTER (WHERE cost_micro IS NULL) AS unknown
    FROM agents_usagerecord WHERE purpose = ANY(%(answering)s) AND at >= %(begins)s AND at < %(ends)s
)
SELECT coalesce((SELECT json_agg(each) FROM reason AS each), '[]'), to_json(rated), to_json(spent) FROM rated, spent
"""


@dataclass(frozen=True, kw_only=True)
class Reason:
    label: str
    count: int
    answered: int
    wait: float | None  # seconds until a person wrote, the median


@dataclass(frozen=True, kw_only=True)
class Satisfaction:
    asked: int
    answered: int
    average: float | None


@dataclass(frozen=True, kw_only=True)
class Cost:
    """Of answering patients."""

    micro: int
    unknown: int  # calls whose cost nobody knows

    @property
    def known(self) -> bool:
        return not self.unknown


@dataclass(frozen=True, kw_only=True)
class Sums:
    reasons: list[Reason]  # the most frequent first
    satisfaction: Satisfaction
    cost: Cost


def sums_in(period: Period) -> Sums:
    """One query."""
    bounds: dict[str, Any] = {"begins": period.begins, "ends": period.ends}
    with connection.cursor() as cursor:
        cursor.execute(_SUMS, bounds | {"answering": list(UsageRecord.ANSWERING)})
        reasons, rated, spent = cursor.fetchone()
    named = [Reason(label=str(Handoff.Reason(each.pop("reason")).label), **each) for each in reasons]
    return Sums(
        reasons=sorted(named, key=lambda each: (-each.count, each.label)),
        satisfaction=Satisfaction(**rated),
        cost=Cost(**spent),
    )


def hours_in(period: Period) -> list[list[int]]:
    """How many messages came in, by weekday (Monday first) and hour of the day. One query."""
    zone = ZoneInfo(period.timezone)
    came = Message.objects.filter(
        direction=Message.Direction.IN, created_at__gte=period.begins, created_at__lt=period.ends
    )
    counted = (
        came.annotate(weekday=ExtractIsoWeekDay("created_at", tzinfo=zone), hour=ExtractHour("created_at", tzinfo=zone))
        .order_by()
        .values_list("weekday", "hour")
        .annotate(count=Count("pk"))
    )
    grid = [[0] * HOURS for _ in range(WEEKDAYS)]
    for weekday, hour, count in counted:
        grid[weekday - 1][hour] = count
    return grid
