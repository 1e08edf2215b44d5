"""What every turn begins with, asked in one round trip: version, models and spending, a turn that was broken off,
placeholders, the diary's set-up, the transcript. Whoever needs a part asks for it as anywhere else."""

from contextlib import AbstractContextManager

from agents.memory.window import newest_of
from agents.models import AssistantVersion, Pseudonym, TranscriptEntry, Turn
from agents.runtime import standing
from agents.runtime.checkpoints import RUNNING
from agents.types import TurnInput
from agents.veil import PLACEHOLDERS
from agents.versions import ANSWERING
from calendar_sync import set_up
from tenants.statements import asked_together, reading


def opening(turn_input: TurnInput) -> AbstractContextManager[None]:
    """The lease makes the turn the conversation's only writer, so nobody changes these meanwhile."""
    conversation = turn_input.conversation_id
    return asked_together(
        reading(AssistantVersion, ANSWERING),
        standing.question(turn_input.business, conversation),
        reading(Turn, RUNNING, [conversation]),
        reading(Pseudonym, PLACEHOLDERS, [conversation]),
        set_up.question(),
        reading(TranscriptEntry, *newest_of(conversation)),
    )
