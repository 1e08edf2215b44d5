"""What was written before the window, in a few lines: redacted like the transcript that it is made of."""

import datetime as dt
from collections.abc import Iterator, Sequence

from agents.memory.window import TOGETHER, Placed
from agents.types import Entry, ToolOutcome

LONGEST = 700  # characters of what was done
LONGEST_OF_ALL = 1_700
LINE = 160
SHORTEST, LONGEST_SAID = 60, 320  # of the last words, a line
LAST = "Last written before this:"
PATIENT = "Patient"
WHO = {"patient": PATIENT, "assistant": "Assistant", "staff": "Staff"}
DID = {
    "booked": "Booked",
    "moved": "Moved",
    "cancelled": "Cancelled",
}


def by_rules(before: str, entries: Sequence[Placed]) -> str:
    """The summary `before` with what the further entries did: the diary's acts, handoffs."""
    lines = without_last_words(before).splitlines()
    for each in entries:
        lines.extend(line for line in _acts(each.entry) if line not in lines)
    return shortened("\n".join(lines))


def filled(summary: str, before: str, entries: Sequence[Placed], kept: int) -> str:
    """The summary, and the last words of what it stands for (those of the summary `before` among them): as many lines
    as the window (of `kept` characters) leaves room for, one of the patient's at least."""
    room = min(LONGEST_OF_ALL, TOGETHER - kept) - len(summary) - len(LAST) - 2
    said = [*before.partition(LAST)[2].split("\n"), *(line for each in entries for line in _said(each.entry))]
    last: list[str] = []
    for line in filter(None, reversed(said)):
        theirs = any(each.startswith(PATIENT) for each in last)
        if theirs and room < SHORTEST:
            break
        last.insert(0, _short(line, max(SHORTEST, min(room, LONGEST_SAID)) - 1))
        room -= len(last[0]) + 1
    return "\n".join([summary, LAST, *last]).strip() if last else summary


def without_last_words(summary: str) -> str:
    """What was done alone: the last words are other ones by now."""
    return summary.partition(LAST)[0].strip()


def shortened(text: str) -> str:
    """Within bounds: the oldest lines go first."""
    lines = [line[:LONGEST] for line in text.splitlines() if line.strip()]
    while len(lines) > 1 and len("\n".join(lines)) > LONGEST:
        lines.pop(0)
    return "\n".join(lines)


def written_out(entries: Sequence[Placed]) -> str:
    """The entries as a model reads them that is to sum them up; tables of free times are left out."""
    return "\n".join(line for each in entries for line in _lines(each.entry))


def _lines(entry: Entry) -> Iterator[str]:
    who = WHO.get(entry.role)
    if who and entry.text:
        yield f"{who} ({_day(entry.at)}): {entry.text}"
    yield from _acts(entry)


def _said(entry: Entry) -> Iterator[str]:
    who = WHO.get(entry.role)
    if who and entry.text:
        yield _short(f"{who} ({_day(entry.at)}): {entry.text}", LONGEST_SAID)


def _acts(entry: Entry) -> Iterator[str]:
    for outcome in entry.outcomes:
        if not outcome.is_error:
            yield from (_short(line) for line in _done(outcome, _day(entry.at)))


def _done(outcome: ToolOutcome, day: str) -> Iterator[str]:
    content = outcome.content
    for key, word in DID.items():
        made = content.get(key)
        for each in made if isinstance(made, list) else [made]:
            if isinstance(each, dict):
                yield f"{day}: {word} {_appointment(each)}"
    if outcome.name == "undo_change" and isinstance(content.get("appointment"), dict):
        yield f"{day}: Undone ({content.get('undone')}): {_appointment(content['appointment'])}"
    if outcome.name == "join_waitlist":
        yield f"{day}: Put on the waiting list"
    if outcome.name == "hand_over":
        yield f"{day}: Handed over to the team"


def _appointment(line: dict[str, object]) -> str:
    """ "#1001 Check-up with Dr Ada Silva, Tuesday 2026-11-24T14:00, for [NAME_1]"."""
    who = f" with {line['practitioner']}" if line.get("practitioner") else ""
    whom = f", for {line['patient']}" if line.get("patient") else ""
    when = f"{line.get('weekday', '')} {line.get('start', '')}".strip()
    return f"{line.get('appointment', '')} {line.get('service', '')}{who}, {when}{whom}".strip()


def _day(at: dt.datetime | None) -> str:
    return f"{at:%Y-%m-%d}" if at else "earlier"


def _short(text: str, longest: int = LINE) -> str:
    """One line. A placeholder is never cut in two."""
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    kept = line[:longest]
    opened = kept.rfind("[")
    return f"{kept[:opened] if opened > kept.rfind(']') else kept}…"
