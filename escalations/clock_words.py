"""The clock of a conversation as a badge: what is due, when, and how near it is. static/js/clocks.js keeps it true."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, F, OuterRef, Q, Subquery, When
from django.db.models.functions import JSONObject
from django.utils import formats, timezone

from escalations.models import Escalation
from tenants import clock

SOON = dt.timedelta(minutes=15)
FAR = dt.timedelta(hours=12)


@dataclass(frozen=True, kw_only=True)
class Due:
    """For components/due.html. `what` is "Reply" or "Solve"."""

    at: dt.datetime
    what: str
    words: str  # "Reply due in 12 min"
    tone: str


def clock_of(conversation_id: str) -> Subquery:
    """To annotate conversations with: the clock that runs out first, as {"at", "reply"}; null where none runs."""
    waiting = Q(first_replied_at__isnull=True)
    rows = Escalation.objects.filter(conversation=OuterRef(conversation_id)).exclude(status=Escalation.Status.RESOLVED)
    rows = rows.annotate(at=Case(When(waiting, then=F("first_reply_due_at")), default=F("resolve_due_at")))
    found = rows.filter(at__isnull=False).order_by("at")
    return Subquery(found.values(clock=JSONObject(at=F("at"), reply=waiting))[:1])


def shown(found: Mapping[str, Any] | None) -> Due | None:
    """Of an annotated conversation."""
    if not found:
        return None
    return due_at(dt.datetime.fromisoformat(found["at"]), reply=found["reply"])


def of_escalation(escalation: Escalation) -> Due | None:
    if escalation.status == Escalation.Status.RESOLVED:
        return None
    reply = escalation.first_replied_at is None
    at = escalation.first_reply_due_at if reply else escalation.resolve_due_at
    return due_at(at, reply=reply) if at else None


def due_at(at: dt.datetime, *, reply: bool = False, what: str = "") -> Due:
    what = what or ("Reply" if reply else "Solve")
    left = at - clock.now()
    tone = "bad" if left < dt.timedelta(0) else "warn" if left <= SOON else "quiet"
    return Due(at=at, what=what, words=f"{what} {_left(at, left)}", tone=tone)


def _left(at: dt.datetime, left: dt.timedelta) -> str:
    """ "due in 12 min", "due now", "8 min late", "by Mon 09:12" """
    minutes = int(abs(left).total_seconds() // 60)
    if left < dt.timedelta(0):
        return f"{_span(minutes)} late"
    if left > FAR:
        return f"by {formats.date_format(timezone.localtime(at), 'D H:i')}"
    return f"due in {_span(minutes)}" if minutes else "due now"


def _span(minutes: int) -> str:
    if minutes < 60:
        return f"{max(1, minutes)} min"
    return f"{minutes // 60} h" if minutes < 48 * 60 else f"{minutes // (24 * 60)} d"


def promises_in(found: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Of an annotated conversation (promising.open_of), each with its badge as "shown"."""
    return [{**each, "shown": due_at(dt.datetime.fromisoformat(each["due"]), what="Promise")} for each in found]
