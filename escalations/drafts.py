"""What somebody has begun to write stays on the server, and colleagues see that it is being written."""

from django.db import transaction
from django.db.models import OuterRef, Subquery

from conversations.models import Conversation
from escalations.models import Draft
from tenants import clock
from tenants.events import publish
from tenants.models import Business, User

LONGEST = 8_000


def keep(business: Business, conversation: Conversation, user: User, text: str) -> None:
    """The newest text of this person here; an empty one is none."""
    with transaction.atomic():
        mine = Draft.objects.filter(conversation=conversation, staff_id=user.pk)
        if text.strip():
            Draft.objects.update_or_create(
                conversation=conversation,
                staff_id=user.pk,
                defaults={"text": text[:LONGEST], "updated_at": clock.now()},
            )
        else:
            mine.delete()
        publish(business, "company", conversation.pk)


def text_of(user_id: int) -> Subquery:
    """To annotate a conversation with: this person's draft, or null."""
    mine = Draft.objects.filter(conversation=OuterRef("pk"), staff_id=user_id)
    return Subquery(mine.values("text")[:1])


def forget(conversation: Conversation, user: User) -> None:
    """It was sent."""
    Draft.objects.filter(conversation=conversation, staff_id=user.pk).delete()
