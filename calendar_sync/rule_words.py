"""Rules of booking as staff read them, by the names under which they are refused and recorded."""

from collections.abc import Callable, Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from calendar_sync.entries import last_change
from calendar_sync.errors import DiaryError
from calendar_sync.models import Appointment

WORDS = {
    "past": _("in the past"),
    "too_soon": _("minimum notice"),
    "too_far": _("how far ahead"),
    "outside_hours": _("working hours"),
    "elsewhere": _("at another location then"),
    "closed": _("closed then"),
    "time_off": _("time off"),
    "no_such_time": _("a time that does not exist"),
    "calendar_busy": _("busy in the connected calendar"),
    "calendar_unreadable": _("connected calendar can’t be read"),
    "travel": _("time to get from one location to the other"),
    "held": _("kept for somebody else"),
    "blocked": _("blocked"),
    "most_active": _("coming appointments at most"),
    "not_online": _("booked by the team only"),
    "new_only": _("new patients only"),
    "returning_only": _("returning patients only"),
    "new_patients": _("no new patients"),
    "cancel_notice": _("notice for cancelling"),
    "move_notice": _("notice for moving"),
    "series_most": _("appointments of one series at most"),
}


def in_words(rules: Sequence[str]) -> list[str]:
    """Once each, in the order given; a name that is not known is shown as it is."""
    return list(dict.fromkeys(str(WORDS.get(rule) or rule.replace("_", " ")) for rule in rules))


def would_set_aside(act: Callable[[], Appointment]) -> list[str]:
    """The rules that `act` (overruling) would set aside, by name: it is done and rolled back.

    Raises the DiaryError of what even staff can't do.
    """
    with transaction.atomic():
        change = last_change(act())
        transaction.set_rollback(True)
    return list(change.overruled) if change is not None else []


def rules_or_refusal(act: Callable[[], Appointment], error: DiaryError) -> tuple[DiaryError, list[str]]:
    """What to tell staff who were refused with `error`: that, and every rule that "anyway" would set aside; or what
    stands in the way behind it, which nobody can set aside.
    """
    if not error.overrulable:
        return error, []
    try:
        return error, would_set_aside(act)
    except DiaryError as final:
        return final, []
