"""How patients were answered. An enquiry is what a conversation asks on one (local) day, from its first message on."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from django.db import connection

from calendar_sync.availability import Period as Opening
from escalations.reports.period import Period

_ENQUIRIES = """
WITH asked AS (
    SELECT conversation_id, (created_at AT TIME ZONE %(zone)s)::date AS day, min(id) AS first_id, max(id) AS last_id,
           min(created_at) AS at
    FROM conversations_message
    WHERE direction = 'in' AND created_at >= %(begins)s AND created_at < %(ends)s
    GROUP BY 1, 2
)
SELECT asked.day, asked.at, coalesce(reply.author, ''), extract(epoch FROM reply.at - asked.at)::float,
    EXISTS (
        SELECT FROM conversations_message written
        WHERE written.conversation_id = asked.conversation_id AND written.id > asked.first_id
          AND written.author = 'staff' AND (written.created_at AT TIME ZONE %(zone)s)::date = asked.day
    ) OR EXISTS (
        SELECT FROM conversations_handoff handoff
        WHERE handoff.conversation_id = asked.conversation_id AND NOT handoff.is_task
          AND (handoff.at AT TIME ZONE %(zone)s)::date = asked.day
    )
FROM asked LEFT JOIN LATERAL (
    SELECT author, coalesce(sent_at, created_at) AS at FROM conversations_message
    WHERE conversation_id = asked.conversation_id AND id > asked.first_id
      AND direction = 'out' AND author IN ('assistant', 'staff') AND delivery NOT IN ('failed', 'withheld')
    ORDER BY id LIMIT 1
) reply ON true
ORDER BY asked.at
"""


@dataclass(frozen=True, kw_only=True)
class Enquiry:
    day: dt.date
    at: dt.datetime
    replied_by: str  # assistant, staff; "" while nobody has
    seconds: float | None  # until the first reply
    by_people: bool  # a person wrote on that day, or it was handed to one

    @property
    def alone(self) -> bool:
        """The assistant answered, and nobody else had to."""
        return self.replied_by == "assistant" and not self.by_people


@dataclass(frozen=True, kw_only=True)
class Answered:
    """Enquiries of a period, summed up."""

    enquiries: int
    alone: int
    by_people: int
    unanswered: int
    first_reply: float | None  # seconds, the median
    slow_reply: float | None  # seconds: nine of ten were answered within it
    closed: int  # asked while the business was closed
    closed_alone: int  # of them, answered by the assistant alone

    @property
    def alone_share(self) -> int | None:
        return round(100 * self.alone / self.enquiries) if self.enquiries else None

    @property
    def closed_share(self) -> int | None:
        return round(100 * self.closed_alone / self.closed) if self.closed else None


def enquiries_in(period: Period, *, since: dt.datetime | None = None) -> list[Enquiry]:
    """One query. `since` begins earlier than the period."""
    bounds: dict[str, Any] = {"zone": period.timezone, "begins": since or period.begins, "ends": period.ends}
    with connection.cursor() as cursor:
        cursor.execute(_ENQUIRIES, bounds)
        return [
            Enquiry(day=day, at=at, replied_by=by, seconds=seconds, by_people=people)
            for day, at, by, seconds, people in cursor.fetchall()
        ]


def summed_up(enquiries: Sequence[Enquiry], open_times: Sequence[Opening]) -> Answered:
    """`open_times`: when the business was open, in order; where it has said no hours, nothing counts as closed."""
    waits = sorted(each.seconds for each in enquiries if each.seconds is not None)
    outside = [each for each in enquiries if open_times and not _within(each.at, open_times)]
    return Answered(
        enquiries=len(enquiries),
        alone=sum(each.alone for each in enquiries),
        by_people=sum(each.by_people for each in enquiries),
        unanswered=sum(not each.replied_by and not each.by_people for each in enquiries),
        first_reply=median(waits) if waits else None,
        slow_reply=waits[min(len(waits) - 1, len(waits) * 9 // 10)] if waits else None,
        closed=len(outside),
        closed_alone=sum(each.alone for each in outside),
    )


def _within(at: dt.datetime, open_times: Sequence[Opening]) -> bool:
    place = bisect_right(open_times, at, key=lambda each: each.starts_at)
    return place > 0 and at < open_times[place - 1].ends_at
