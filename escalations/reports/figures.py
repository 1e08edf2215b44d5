"""A number with what it counts, in plain words: shown on hover and focus, and in the downloaded table."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from tenants.formats import Words


@dataclass(frozen=True, kw_only=True)
class Figure:
    label: Words
    value: str
    counts: Words  # the definition
    note: str = ""


ENQUIRIES = _(
    "An enquiry is everything that one conversation asks on one day, in your timezone. "
    "Somebody who writes on two days counts twice."
)
ALONE = _(
    "Enquiries whose first reply came from the assistant, and on whose day nobody on the team wrote in that "
    "conversation and nothing was handed over."
)
FIRST_REPLY = _(
    "From the first message of an enquiry until the first reply of the assistant or of a person, at any hour. Half "
    "of the enquiries were answered faster. Automatic messages and messages that were not delivered don’t count."
)
CLOSED = _("Enquiries that began outside of your opening hours, closed days included.")
SATISFACTION = _(
    "The mean of 1 (bad) to 5 that patients gave when they were asked after a conversation was resolved. Who did not "
    "answer isn’t counted."
)
COST = _(
    "What language models cost for answering patients in these days, divided by the enquiries. The guided flow costs "
    "nothing. Reviews, trials and summaries are on the Spend page."
)
REASONS = _(
    "Each time the assistant handed a conversation to people. The wait is until a person wrote, at any hour: half of "
    "them waited less."
)
HOURS = _("Messages from patients, by the hour in which they came in, in your timezone.")
BOOKINGS = _("Appointments that were made in these days, whenever they take place, cancelled ones included.")
BY_ASSISTANT = _("The share of these appointments that the assistant made with a patient, without a person.")
MISSED = _(
    "No-shows among the appointments of these days that are over: marked as no-show, divided by those and the "
    "completed ones. Nobody is a no-show until somebody marks them."
)
FILLED = _(
    "Times that a cancellation or a move set free ahead of their start, and that another appointment of the same "
    "practitioner has taken. Undone changes don’t count."
)
WAITLIST = _("Offers from the waiting list that were accepted, of those that were answered or ran out in these days.")
VISITS = _(
    "Appointments that take place in these days, cancelled ones left out where not named. The hours are those of the "
    "appointments, without breaks and buffers."
)
OF_PICTURES = {"alone": ALONE, "reasons": REASONS, "hours": HOURS, "bookings": BOOKINGS, "visits": VISITS}


def length_of(seconds: float | None) -> str:
    """ "45 s", "12 min", "3 h 20 min", "2 days"; a dash where nothing is known."""
    if seconds is None:
        return "–"
    if seconds < 90:
        return gettext("%(seconds)s s") % {"seconds": max(0, round(seconds))}
    minutes = round(seconds / 60)
    if minutes < 60:
        return gettext("%(minutes)s min") % {"minutes": minutes}
    hours, rest = divmod(minutes, 60)
    if hours < 24:
        if rest:
            return gettext("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": rest}
        return gettext("%(hours)s h") % {"hours": hours}
    days = round(hours / 24)
    return ngettext("%(days)s day", "%(days)s days", days) % {"days": days}


def percent(share: int | None) -> str:
    return "–" if share is None else f"{share} %"


def compared(now: int, then: int, days: Words) -> str:
    """How it was before: "12 more than in the 4 weeks before"."""
    if not then:
        return ""
    if now == then:
        return gettext("as many as in the %(days)s before") % {"days": days}
    return _difference(abs(now - then), more=now > then) % {"number": abs(now - then), "days": days}


def _difference(number: int, *, more: bool) -> str:
    if more:
        return ngettext(
            "%(number)s more than in the %(days)s before", "%(number)s more than in the %(days)s before", number
        )
    return ngettext(
        "%(number)s fewer than in the %(days)s before", "%(number)s fewer than in the %(days)s before", number
    )


def csv_rows(figures: Sequence[Figure]) -> list[list[str]]:
    return [[str(each.label), each.value, each.note, str(each.counts)] for each in figures]
