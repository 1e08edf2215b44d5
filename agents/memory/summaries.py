"""What was written before the window, in a few lines: redacted like the transcript that it is made of."""

import datetime as dt
from collections.abc import Iterator, Sequence

from agents.memory.window import Placed
from agents.types import Entry, ToolOutcome

LONGEST = 700  # characters
LINE = 160
WISH = "Last written: "
DID = {
    "booked": "Booked",
    "moved": "Moved",
    "cancelled": "Cancelled",
}


def by_rules(before: str, entries: Sequence[Placed]) -> str:
    """The summary `before` with what the further entries did: the diary's acts, handoffs, and the last words."""
    lines = [line for line in before.splitlines() if line and not line.startswith(WISH)]
    for each in entries:
        lines.extend(line for line in _acts(each.entry) if line not in lines)
    last = next((each.entry for each in reversed(entries) if each.entry.role == "patient" and each.entry.text), None)
    wish = f"{WISH}{_short(last.text)}" if last else ""
    return shortened("\n".join([*lines, wish]).strip())


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
    who = {"patient": "Patient", "assistant": "Assistant", "staff": "Staff"}.get(entry.role)
    if who and entry.text:
        yield f"{who} ({_day(entry.at)}): {entry.text}"
    yield from _acts(entry)


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


def _short(text: str) -> str:
    """One line. A placeholder is never cut in two."""
    line = " ".join(text.split())
    if len(line) <= LINE:
        return line
    kept = line[:LINE]
    opened = kept.rfind("[")
    return f"{kept[:opened] if opened > kept.rfind(']') else kept}…"
