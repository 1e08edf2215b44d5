"""A patient says that the last answer was wrong: noticed as a candidate for a correction, and nothing more."""

from collections.abc import Sequence

from agents import corrections
from agents.contradicting import contradicts
from agents.models import Correction, Turn
from agents.types import Arrival
from conversations.models import Message


def notice(conversation_id: int, arrivals: Sequence[Arrival]) -> Correction | None:
    """Asks the database only when the words say so, and only right after a reply of the assistant."""
    first = next((each for each in arrivals if each.author == "contact" and contradicts(each.text)), None)
    if first is None:
        return None
    earlier = Message.objects.filter(conversation_id=conversation_id, pk__lt=first.message_id).order_by("-pk").first()
    if earlier is None or earlier.author != Message.Author.ASSISTANT or earlier.turn_id is None:
        return None
    turn = Turn.objects.filter(pk=earlier.turn_id).first()
    if turn is None or Correction.objects.filter(message_id=earlier.pk).exists():
        return None
    try:
        return corrections.mark(
            turn,
            earlier.pk,
            Correction.Because.MISUNDERSTOOD,
            should_say="",
            user_id=None,
            noticed_in_id=first.message_id,
        )
    except corrections.CorrectionRefused:
        return None  # noticed by another worker, or marked by staff, meanwhile
