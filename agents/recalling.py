"""What a model is told besides the newest entries: the summary of those before, and the facts that matter now."""

import datetime as dt
from collections.abc import Iterable

from agents.markers import tamed
from agents.memory import facts, window
from agents.models import Fact
from agents.runtime.keeping import Keeper
from agents.summarising import SUMMARISE
from agents.types import Brief, Memory, TurnInput
from agents.veil import ConversationVeil
from tenants import worklist

FACTS_BOUND = 600  # characters of all facts together
AFTER_THE_TURN = dt.timedelta(seconds=20)


def recall(turn_input: TurnInput, brief: Brief, checkpoints: Keeper, veil: ConversationVeil) -> Memory:
    """For a turn whose arrivals stand in the transcript. Two queries; asks for a summary when the window is full."""
    conversation_id = turn_input.conversation_id
    summary = window.newest_summary(conversation_id)
    entries, begins_at = checkpoints.transcript(), checkpoints.begins_at
    up_to = summary.up_to if summary else 0
    opens_at = window.opens_at(entries, begins_at, up_to)
    if opens_at > up_to or window.is_full(entries[opens_at - begins_at :], summary.text if summary else ""):
        worklist.call_for(turn_input.business.pk, SUMMARISE, conversation_id, wait=AFTER_THE_TURN)
    return Memory(
        summary=summary.text if summary else "",
        opens_at=opens_at,
        facts=facts_that_matter(turn_input, brief, checkpoints, veil),
    )


def facts_that_matter(
    turn_input: TurnInput, brief: Brief, checkpoints: Keeper, veil: ConversationVeil
) -> tuple[str, ...]:
    """What is known of the contact and fits what was written; redacted."""
    newest = " ".join(arrival.text for arrival in turn_input.arrivals if arrival.author == "contact")
    return _hidden(facts.relevant(turn_input.contact_id, newest), brief, checkpoints, veil)


def _hidden(known: Iterable[Fact], brief: Brief, checkpoints: Keeper, veil: ConversationVeil) -> tuple[str, ...]:
    """Behind this conversation's placeholders; those that are new become rows before they are used."""
    own = [brief.business, *brief.practitioners, *(service.name for service in brief.services)]
    plain = frozenset(facts.folded(" ".join(own)).split())
    lines: list[str] = []
    for fact in known:
        line = tamed(veil.hide_note(fact.text, plain))
        if sum(map(len, lines)) + len(line) > FACTS_BOUND:
            break
        lines.append(line)
    if veil.unsaved:
        with checkpoints.writing():
            veil.save()
    return tuple(lines)
