"""What every turn begins with, asked in one round trip: version, models and spending, a turn that was broken off,
placeholders, the diary's set-up, the transcript. Whoever needs a part asks for it as anywhere else."""

from collections.abc import Sequence
from contextlib import AbstractContextManager

from agents.memory.window import newest_of
from agents.models import AssistantVersion, Pseudonym, Turn
from agents.runtime import standing
from agents.runtime.checkpoints import NEW_ID, RUNNING
from agents.types import TurnInput
from agents.veil import PLACEHOLDERS
from agents.versions import ANSWERING
from calendar_sync import set_up
from tenants.models import Business
from tenants.statements import Question, asked_together, reading


def opening(turn_input: TurnInput) -> AbstractContextManager[None]:
    return asked_together(*questions(turn_input.business, turn_input.conversation_id))


def questions(business: Business, conversation_id: int) -> Sequence[Question]:
    """The lease makes the turn the conversation's only writer, so nobody changes these meanwhile."""
    return (
        reading(AssistantVersion, ANSWERING),
        standing.question(business, conversation_id),
        reading(Turn, RUNNING, [conversation_id]),
        reading(Pseudonym, PLACEHOLDERS, [conversation_id]),
        set_up.question(),
        newest_of(conversation_id),
        NEW_ID,
    )
