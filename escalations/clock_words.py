"""The clock of a conversation as a badge: what is due, when, and how near it is. static/js/clocks.js keeps it true."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, F, OuterRef, Q, Subquery, When
from django.db.models.functions import JSONObject
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from escalations.models import Escalation
from tenants import clock, formats

SOON = dt.timedelta(minutes=15)
FAR = dt.timedelta(hours=12)
REPLY, SOLVE, PROMISE = "Reply", "Solve", "Promise"  # static/js/clocks.js knows them too
SENTENCES = {  # late, by, within, now
    REPLY: (_("Reply %(time)s late"), _("Reply by %(time)s"), _("Reply due in %(time)s"), _("Reply due now")),
    SOLVE: (_("Solve %(time)s late"), _("Solve by %(time)s"), _("Solve due in %(time)s"), _("Solve due now")),
    PROMISE: (
        _("Promise %(time)s late"),
        _("Promise by %(time)s"),
        _("Promise due in %(time)s"),
        _("Promise due now"),
    ),
}


@dataclass(frozen=True, kw_only=True)
class Due:
    """For components/due.html. `what` is a key of SENTENCES."""

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
    what = what or (REPLY if reply else SOLVE)
    left = at - clock.now()
    tone = "bad" if left < dt.timedelta(0) else "warn" if left <= SOON else "quiet"
    return Due(at=at, what=what, words=_words(what, at, left), tone=tone)


def _words(what: str, at: dt.datetime, left: dt.timedelta) -> str:
    """ "Reply due in 12 min", "Reply due now", "Reply 8 min late", "Reply by Mon 09:12" """
    late, by, within, now = SENTENCES[what]
    minutes = int(abs(left).total_seconds() // 60)
    if left < dt.timedelta(0):
        return str(late) % {"time": _span(minutes)}
    if left > FAR:
        return str(by) % {"time": formats.shown(at, "D H:i")}
    return str(within) % {"time": _span(minutes)} if minutes else str(now)


def _span(minutes: int) -> str:
    if minutes < 60:
        return gettext("%(n)s min") % {"n": max(1, minutes)}
    if minutes < 48 * 60:
        return gettext("%(n)s h") % {"n": minutes // 60}
    return gettext("%(n)s d") % {"n": minutes // (24 * 60)}


def promises_in(found: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Of an annotated conversation (promising.open_of), each with its badge as "shown"."""
    return [{**each, "shown": due_at(dt.datetime.fromisoformat(each["due"]), what=PROMISE)} for each in found]
