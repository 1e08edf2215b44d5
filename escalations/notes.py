"""Notes in a thread: for staff only, never sent, never shown to a model."""

import re
from collections.abc import Sequence

from django.db import transaction

from conversations.models import Conversation
from escalations.models import Note
from escalations.telling.audience import audience
from escalations.telling.notices import tell
from tenants import clock
from tenants.events import publish
from tenants.folding import fold
from tenants.models import Business, User

LONGEST = 4_000
_NAMED = re.compile(r"@([\w.'’-]+)")


def write(business: Business, conversation: Conversation, user: User, text: str) -> Note:
    """Keep a note; colleagues named in it with @ are told, and find it under "Mentions"."""
    mentions = named_in(text, colleagues(business, user))
    with transaction.atomic():
        note = Note.objects.create(
            conversation=conversation, staff_id=user.pk, text=text, mentions=mentions, at=clock.now()
        )
        tell(
            business,
            "mention",
            audience(business, "mention", named=mentions),
            conversation_id=conversation.pk,
            object_id=note.pk,
        )
        publish(business, "conversation", conversation.pk)
    return note


def remove(business: Business, note: Note) -> None:
    _set(business, note, deleted=True)


def restore(business: Business, note: Note) -> None:
    _set(business, note, deleted=False)


def colleagues(business: Business, user: User) -> Sequence[User]:
    """Everybody else who works here, by name."""
    return list(User.objects.filter(memberships__business=business).exclude(pk=user.pk).order_by("name", "email"))


def named_in(text: str, people: Sequence[User]) -> list[int]:
    """The ids of those whose first name, or name without spaces, stands behind an @; accents don't count.

    Two of the same first name are both meant.
    """
    words = {fold(word).rstrip(".,'’-") for word in _NAMED.findall(text)}
    return [each.pk for each in people if words & _handles(each)]


def handle(user: User) -> str:
    """What to write behind the @."""
    return user.get_short_name() or user.email.partition("@")[0]


def _handles(user: User) -> set[str]:
    full = fold("".join(user.name.split()))
    return {each for each in (fold(handle(user)), full) if each}


def _set(business: Business, note: Note, *, deleted: bool) -> None:
    with transaction.atomic():
        Note.objects.filter(pk=note.pk).update(deleted_at=clock.now() if deleted else None)
        publish(business, "conversation", note.conversation_id)
