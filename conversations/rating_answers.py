"""Answers to "how was it?": taps, numbers and words right after the question. They open nothing again, and no assistant
answers them; the desk claims them. Anything else that is written then is a message like any other.
"""

import datetime as dt
import re

from conversations.models import Conversation, Message
from conversations.rating_texts import ASKED
from tenants import clock, worklist
from tenants.folding import fold
from tenants.models import Business

RATED = "escalations.rated"
SCORE, REASON = "rate:", "why:"  # how the ids of the answers begin
LISTENED_FOR = dt.timedelta(hours=48)
_NUMBER = re.compile(r"([1-5])(?: ?/ ?5)?")
_STARS = re.compile(r"(?:⭐️?|★){1,5}")


def hear(business: Business, conversation: Conversation, message: Message) -> bool:
    """Within the caller's transaction, before the conversation moves: True when it was an answer to our question."""
    question = REASON if message.choice.startswith(REASON) else SCORE if score_in(message) is not None else ""
    if not question or question_before(conversation, message) != question:
        return False
    Message.objects.filter(pk=message.pk).update(answered_by=0)
    Conversation.objects.filter(pk=conversation.pk).update(last_inbound_at=message.sent_at)
    worklist.call_for(business.pk, RATED, message.pk)
    return True


def question_before(conversation: Conversation, message: Message) -> str:
    """SCORE or REASON when the last thing we wrote asked for that, not long ago; else ""."""
    ours = Message.objects.filter(conversation=conversation, direction=Message.Direction.OUT, pk__lt=message.pk)
    last = ours.order_by("-pk").values_list("choices", "created_at").first()
    if last is None or not last[0] or clock.now() - last[1] > LISTENED_FOR:
        return ""
    first = str(last[0][0].get("id", ""))
    return next((each for each in (SCORE, REASON) if first.startswith(each)), "")


def score_in(message: Message) -> int | None:
    """1 to 5: tapped, written as a number or as stars, or in the words of one of the answers."""
    if message.choice.startswith(SCORE):
        return int(message.choice.removeprefix(SCORE))
    text = message.text.strip(" .!\n")
    if found := _NUMBER.fullmatch(text):
        return int(found.group(1))
    if _STARS.fullmatch(text):
        return sum(sign in "⭐★" for sign in text)
    said = fold(text)
    for asked in ASKED.values():
        for score, words in enumerate(asked.scores, 1):
            if said == fold(words):
                return score
    return None
