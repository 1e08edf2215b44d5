"""What a model sees of a conversation: the newest entries as they were written, a summary of those before.

The window opens at an index and grows until it is full; then a summary takes its older part (agents.summarising) and
it opens further on. So its beginning stays the same for many turns, which keeps the prompt cacheable, and entries are
never changed, only left out from the front: reasoning blocks are bound to what they were written after.

It opens with words of the patient, best where nothing was open: right after something was settled and told, or after
a rest. Where there is no such place it opens inside something unfinished, but keeps the times that were offered last.

Summary and window together take about the same room whatever came before (agents.memory.summaries fills up what the
window leaves), so that a request stays as large however long the conversation is.
"""

import datetime as dt
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from agents.models import ConversationSummary, TranscriptEntry
from agents.types import Blocks, Entry, EntryRole
from tenants.postgres.prepared import Prepared
from tenants.statements import Question, rows

NEWEST = 80  # entries that are read at most; the guided flow looks at 60
FULL = 3_300  # characters of summary and entries, what tools answered included: then the window moves on
TOGETHER = 2_700  # about so many they are afterwards
KEPT = 1_900  # characters of entries that stay, about
FEWEST, MOST = 1_000, 2_600
IN_THE_MIDDLE = 500  # so many characters further from KEPT is a place where nothing was open still better
BOUND = 4_500  # a turn never begins with more, summary or not
NEWEST_OF = Prepared("""
SELECT index, role, blocks::text, at, message_id FROM agents_transcriptentry
 WHERE conversation_id = %s ORDER BY index DESC LIMIT %s""")
COLUMNS = ("index", "role", "blocks", "at", "message_id")
REST = dt.timedelta(hours=6)  # slot tickets are valid for half an hour
SEARCHING = frozenset({"find_slots", "hold_slot", "plan_series"})
SETTLING = frozenset(
    {"book_appointment", "book_series", "reschedule_appointment", "cancel_appointment", "answer_offer"}
    | {"undo_change", "join_waitlist", "confirm_appointment"}
)


@dataclass(frozen=True, kw_only=True)
class Placed:
    """An entry with its index in the whole transcript."""

    index: int
    entry: Entry
    message_id: int | None = None

    @property
    def size(self) -> int:
        return sum(len(block.model_dump_json()) for block in self.entry.blocks)


def newest_entries(conversation_id: int) -> tuple[int, list[Entry]]:
    """The index of the first of them, and the newest entries, oldest first."""
    newest = rows(*newest_of(conversation_id))[::-1]
    entries = [
        Entry(role=cast(EntryRole, role), blocks=Blocks.validate_json(blocks), at=at)
        for _, role, blocks, at, _ in newest
    ]
    return (newest[0][0] if newest else 0), entries


def newest_of(conversation_id: int) -> Question:
    """What `newest_entries` asks."""
    return NEWEST_OF, [conversation_id, NEWEST]


def entries_from(conversation_id: int, index: int, most: int) -> list[Placed]:
    """Entries from an index on, in order."""
    rows = TranscriptEntry.objects.filter(conversation_id=conversation_id, index__gte=index).order_by("index")
    return [_placed(*row) for row in rows.values_list(*COLUMNS)[:most]]


def newest_summary(conversation_id: int) -> ConversationSummary | None:
    return ConversationSummary.objects.filter(conversation_id=conversation_id).order_by("-up_to").first()


def opens_at(entries: Sequence[Entry], begins_at: int, up_to: int) -> int:
    """Where the window opens: where the summary ends, or later when that would be far too much."""
    placed = [Placed(index=begins_at + place, entry=entry) for place, entry in enumerate(entries)]
    theirs = [each for each in placed if each.index >= up_to]
    if len(theirs) == len(placed) and begins_at > up_to:  # what lies between was never read
        theirs = _from(placed, next(iter(_places(placed)), placed[0].index)) if placed else []
    if size_of(theirs) > BOUND:
        place = cut(theirs)
        theirs = theirs if place is None else _from(theirs, place)
    return theirs[0].index if theirs else begins_at + len(entries)


def is_full(window: Sequence[Entry], summary: str = "") -> bool:
    return len(summary) + sum(len(block.model_dump_json()) for entry in window for block in entry.blocks) > FULL


def cut(window: Sequence[Placed]) -> int | None:
    """The index at which a window that is too long should open instead: about KEPT characters stay. None: nowhere."""
    rest, places = _rests(window), _places(window)
    calm = set(_calm_places(window))
    closed = [index for index in places if index in calm or _is_closed_after(window, index)]
    for allowed in (closed, _before_the_newest_offers(window, places)):
        fitting = [index for index in allowed if FEWEST <= rest[index] <= MOST]
        if fitting:
            return min(fitting, key=lambda index: abs(rest[index] - KEPT) + (0 if index in calm else IN_THE_MIDDLE))
    return _in_need(places, rest)


def _before_the_newest_offers(window: Sequence[Placed], places: Sequence[int]) -> list[int]:
    """Places after which the times that were offered last are still seen; all, where nothing is being looked for."""
    newest = next((each.index for each in reversed(window) if _searches(each.entry) or _settles(each.entry)), None)
    return [index for index in places if newest is None or index < newest]


def _in_need(places: Sequence[int], rest: dict[int, int]) -> int | None:
    """One turn is larger than a window: it opens with that turn, or after it once enough was said since."""
    after = [index for index in places[1:] if rest[index] >= FEWEST]
    return after[-1] if after else None


def size_of(window: Sequence[Placed]) -> int:
    return sum(each.size for each in window)


def _placed(index: int, role: str, blocks: Any, at: dt.datetime, message_id: int | None) -> Placed:
    entry = Entry(role=cast(EntryRole, role), blocks=Blocks.validate_python(blocks), at=at)
    return Placed(index=index, entry=entry, message_id=message_id)


def _from(window: Sequence[Placed], index: int) -> list[Placed]:
    return [each for each in window if each.index >= index]


def _rests(window: Sequence[Placed]) -> dict[int, int]:
    """For each index how many characters stand from there on."""
    rests: dict[int, int] = {}
    total = 0
    for each in reversed(window):
        total += each.size
        rests[each.index] = total
    return rests


def _places(window: Sequence[Placed]) -> list[int]:
    """Where the patient answers something that was said, which is never between a call and its outcome."""
    pairs = itertools.pairwise(window)
    return [
        each.index
        for before, each in pairs
        if each.entry.role == "patient" and before.entry.role in ("assistant", "staff") and not before.entry.calls
    ]


def _calm_places(window: Sequence[Placed]) -> list[int]:
    """Those of them where nothing is open: settled and told without a further question, or long ago."""
    places, found = set(_places(window)), []
    settled = True  # a window opens where nothing is open
    before: Entry | None = None
    for each in window:
        entry = each.entry
        rested = before is not None and _rested(before, entry)
        settled = (settled or rested or _settles(entry)) and not _searches(entry)
        asks = before is not None and ("?" in before.text or "\uff1f" in before.text)
        if each.index in places and (rested or (settled and not asks)):
            found.append(each.index)
        before = entry
    return found


def _is_closed_after(window: Sequence[Placed], index: int) -> bool:
    """Whatever was open at a place was settled after it, or given up: a rest came."""
    later = [each.entry for each in window if each.index >= index]
    return any(_settles(entry) or _rested(before, entry) for before, entry in itertools.pairwise(later))


def _settles(entry: Entry) -> bool:
    return any(outcome.name in SETTLING and not outcome.is_error for outcome in entry.outcomes)


def _searches(entry: Entry) -> bool:
    return any(outcome.name in SEARCHING for outcome in entry.outcomes)


def _rested(before: Entry, entry: Entry) -> bool:
    return before.at is not None and entry.at is not None and entry.at - before.at >= REST
