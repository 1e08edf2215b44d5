"""Which appointment an answer is about: the one whose reminder it quotes, or the one that was just reminded of."""

from collections.abc import Sequence

from calendar_sync.models import Appointment, Reminder
from conversations.models import Message


def about(rows: Sequence[Message]) -> dict[int, str]:
    """{message id: "#1042"} for messages of one conversation, oldest first. One query at most.

    The first thing that the contact writes after a reminder is about it, unless somebody else wrote in between.
    """
    told = {each.pk for each in rows if each.author == Message.Author.SYSTEM}
    reminded = _reminded(told | {each.reply_to_id for each in rows if each.reply_to_id})
    found: dict[int, str] = {}
    open_question = ""
    for each in rows:
        if each.direction == Message.Direction.OUT:
            open_question = reminded.get(each.pk, "")
            continue
        reference = reminded.get(each.reply_to_id or 0, "") or open_question
        if reference and not each.choice:  # a tapped button names its appointment itself
            found[each.pk] = reference
        open_question = ""
    return found


def _reminded(message_ids: set[int]) -> dict[int, str]:
    if not message_ids:
        return {}
    rows = Reminder.objects.filter(message_id__in=message_ids).values_list("message_id", "appointment_id")
    return {message: Appointment(pk=appointment).reference for message, appointment in rows if message is not None}
