"""What a contact's message quotes, in words, for whoever answers it."""

from collections.abc import Sequence

from conversations.models import Message
from conversations.storing import snippet_of


def texts(rows: Sequence[Message]) -> dict[int, str]:
    """{message id: what it quotes} for messages of one conversation. At most one query.

    A tapped button quotes nothing: its answer is known by its id.
    """
    quoting = {each.pk: each.reply_to_id for each in rows if each.reply_to_id and not each.choice}
    if not quoting:
        return {}
    quoted = {each.pk: each.text or snippet_of(each) for each in Message.objects.filter(pk__in=set(quoting.values()))}
    return {message: quoted[source] for message, source in quoting.items() if quoted.get(source)}
