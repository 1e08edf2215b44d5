"""What staff do at the desk: take, answer, return, resolve. Each is one transaction; races have one winner."""

from django.db import transaction
from django.db.models import QuerySet

from conversations import handoffs, outbox
from conversations.models import Conversation, Message
from escalations.models import Escalation
from tenants import clock
from tenants.audit import record
from tenants.events import publish
from tenants.models import Business, User


class AlreadyTaken(Exception):
    """A colleague was quicker; `owner_id` is who has it now."""

    def __init__(self, owner_id: int | None) -> None:
        super().__init__("a colleague has it already")
        self.owner_id = owner_id


def take(business: Business, escalation: Escalation, user: User) -> None:
    """Become the owner and take the conversation over; raises AlreadyTaken when somebody else was first."""
    with transaction.atomic():
        won = Escalation.objects.filter(pk=escalation.pk, status=Escalation.Status.OPEN).update(
            status=Escalation.Status.TAKEN, owner_id=user.pk, taken_at=clock.now()
        )
        if not won:
            current = Escalation.objects.get(pk=escalation.pk)
            if current.owner_id != user.pk:
                raise AlreadyTaken(current.owner_id)
            return
        handoffs.take_over(business, escalation.conversation, user)
        _told(business, user, escalation, "taken")


def take_over(business: Business, conversation: Conversation, user: User) -> None:
    """From now on the assistant is silent here; an open escalation of the conversation becomes the person's own."""
    with transaction.atomic():
        for escalation in _unresolved(conversation).filter(status=Escalation.Status.OPEN):
            Escalation.objects.filter(pk=escalation.pk, status=Escalation.Status.OPEN).update(
                status=Escalation.Status.TAKEN, owner_id=user.pk, taken_at=clock.now()
            )
            _told(business, user, escalation, "taken")
        handoffs.take_over(business, conversation, user)


def reply(business: Business, conversation: Conversation, user: User, text: str) -> None:
    """Answer as a person: takes the conversation over first, where that was not done yet."""
    with transaction.atomic():
        conversation.refresh_from_db(fields=["handling", "staff_id"])
        if conversation.handling != Conversation.Handling.STAFF:
            take_over(business, conversation, user)
        outbox.queue(business, conversation, text, author=Message.Author.STAFF, staff_id=user.pk)
        handoffs.mark_read(business, conversation)


def return_to_assistant(business: Business, conversation: Conversation, user: User) -> None:
    """People → assistant; what was escalated counts as dealt with."""
    with transaction.atomic():
        _resolve_all(business, conversation, user, "Returned to the assistant")
        handoffs.return_to_assistant(business, conversation, user)


def resolve(business: Business, conversation: Conversation, user: User) -> None:
    with transaction.atomic():
        _resolve_all(business, conversation, user, "Conversation resolved")
        handoffs.resolve(business, conversation, user)


def _resolve_all(business: Business, conversation: Conversation, user: User, resolution: str) -> None:
    for escalation in _unresolved(conversation):
        Escalation.objects.filter(pk=escalation.pk).exclude(status=Escalation.Status.RESOLVED).update(
            status=Escalation.Status.RESOLVED,
            owner_id=escalation.owner_id or user.pk,
            resolved_at=clock.now(),
            resolution=resolution,
        )
        _told(business, user, escalation, "resolved")


def _unresolved(conversation: Conversation) -> QuerySet[Escalation]:
    return Escalation.objects.filter(conversation=conversation).exclude(status=Escalation.Status.RESOLVED)


def _told(business: Business, user: User, escalation: Escalation, act: str) -> None:
    record(business, user, f"escalation.{act}", f"escalation {escalation.pk}")
    publish(business, "escalation", escalation.pk)
