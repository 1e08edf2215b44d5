"""A number with what it counts, in plain words: shown on hover and focus, and in the downloaded table."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Figure:
    label: str
    value: str
    counts: str  # the definition
    note: str = ""


ENQUIRIES = (
    "An enquiry is everything that one conversation asks on one day, in your timezone. "
    "Somebody who writes on two days counts twice."
)
ALONE = (
    "Enquiries whose first reply came from the assistant, and on whose day nobody on the team wrote in that "
    "conversation and nothing was handed over."
)
FIRST_REPLY = (
    "From the first message of an enquiry until the first reply of the assistant or of a person, at any hour. Half "
    "of the enquiries were answered faster. Automatic messages and messages that were not delivered don’t count."
)
CLOSED = "Enquiries that began outside of your opening hours, closed days included."
SATISFACTION = (
    "The mean of 1 (bad) to 5 that patients gave when they were asked after a conversation was resolved. Who did not "
    "answer isn’t counted."
)
COST = (
    "What language models cost for answering patients in these days, divided by the enquiries. The guided flow costs "
    "nothing. Reviews, trials and summaries are on the Spend page."
)
REASONS = (
    "Each time the assistant handed a conversation to people. The wait is until a person wrote, at any hour: half of "
    "them waited less."
)
HOURS = "Messages from patients, by the hour in which they came in, in your timezone."
BOOKINGS = "Appointments that were made in these days, whenever they take place, cancelled ones included."
BY_ASSISTANT = "The share of these appointments that the assistant made with a patient, without a person."
MISSED = (
    "No-shows among the appointments of these days that are over: marked as no-show, divided by those and the "
    "completed ones. Nobody is a no-show until somebody marks them."
)
FILLED = (
    "Times that a cancellation or a move set free ahead of their start, and that another appointment of the same "
    "practitioner has taken. Undone changes don’t count."
)
WAITLIST = "Offers from the waiting list that were accepted, of those that were answered or ran out in these days."
VISITS = (
    "Appointments that take place in these days, cancelled ones left out where not named. The hours are those of the "
    "appointments, without breaks and buffers."
)
OF_PICTURES = {"alone": ALONE, "reasons": REASONS, "hours": HOURS, "bookings": BOOKINGS, "visits": VISITS}


def length_of(seconds: float | None) -> str:
    """ "45 s", "12 min", "3 h 20 min", "2 days"; a dash where nothing is known."""
    if seconds is None:
        return "–"
    if seconds < 90:
        return f"{max(0, round(seconds))} s"
    minutes = round(seconds / 60)
    if minutes < 60:
        return f"{minutes} min"
    hours, rest = divmod(minutes, 60)
    if hours < 24:
        return f"{hours} h {rest} min" if rest else f"{hours} h"
    days = round(hours / 24)
    return f"{days} day" if days == 1 else f"{days} days"


def percent(share: int | None) -> str:
    return "–" if share is None else f"{share} %"


def compared(now: int, then: int, days: str) -> str:
    """How it was before: "12 more than in the 4 weeks before"."""
    if not then:
        return ""
    if now == then:
        return f"as many as in the {days} before"
    return f"{abs(now - then)} {'more' if now > then else 'fewer'} than in the {days} before"


def csv_rows(figures: Sequence[Figure]) -> list[list[str]]:
    return [[each.label, each.value, each.note, each.counts] for each in figures]
