"""In a thread: what a colleague has just answered could answer everybody."""

from collections.abc import Sequence
from dataclasses import dataclass

from agents.models import KnowledgeGap
from conversations.models import Conversation, Message
from escalations.thread import Line


@dataclass(frozen=True, kw_only=True)
class Offer:
    gap: KnowledgeGap
    message_id: int


def answer_to_keep(conversation: Conversation, lines: Sequence[Line]) -> Offer | None:
    """The open question of this conversation, with what a colleague wrote first after it."""
    if conversation.handling != Conversation.Handling.STAFF:
        return None
    said = [each.message for each in lines if each.message and each.message.author == Message.Author.STAFF]
    if not said:
        return None
    rows = KnowledgeGap.objects.filter(conversation_id=conversation.pk, status=KnowledgeGap.Status.OPEN)
    gap = rows.order_by("-last_at").first()
    if gap is None:
        return None
    after = next((each for each in said if each.created_at >= gap.last_at), None)
    return Offer(gap=gap, message_id=after.pk) if after else None
