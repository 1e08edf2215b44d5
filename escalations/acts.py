"""What staff do at the desk: take, answer, return, resolve. Each is one transaction; races have one winner.

Everybody locks the conversation's row first, then its escalations, then whatever work follows.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import transaction
from django.db.models import QuerySet

from calendar_sync.models import Location
from conversations import handoffs, outbox, places
from conversations.files import sending
from conversations.files.sending import Attachment
from conversations.models import Conversation, Message
from escalations import clocks, ratings
from escalations.models import Escalation
from escalations.webhooks.kinds import Kind
from escalations.webhooks.news import note
from tenants import clock
from tenants.audit import record
from tenants.events import publish
from tenants.models import Business, User

Status = Escalation.Status


class AlreadyTaken(Exception):
    """A colleague was quicker; `owner_id` is who has it now."""

    def __init__(self, owner_id: int | None) -> None:
        super().__init__("a colleague has it already")
        self.owner_id = owner_id


class AlreadyResolved(Exception):
    """Nothing is left to take: it was dealt with meanwhile."""


def take(business: Business, escalation: Escalation, user: User) -> None:
    """Become the owner and take the conversation over; AlreadyTaken or AlreadyResolved when somebody was first."""
    with transaction.atomic():
        conversation = _locked(escalation.conversation_id)
        current = Escalation.objects.get(pk=escalation.pk)
        if current.status == Status.RESOLVED:
            raise AlreadyResolved
        if current.status == Status.TAKEN:
            if current.owner_id != user.pk:
                raise AlreadyTaken(current.owner_id)
            if conversation.handling == Conversation.Handling.STAFF:
                return
        _take_over(business, conversation, user)


def take_over(business: Business, conversation: Conversation, user: User, *, seen_owner: int | None = None) -> None:
    """From now on the assistant is silent here; an unresolved escalation of the conversation becomes the person's own.

    `seen_owner` is the colleague from whom it is taken on purpose; when another one has it by now: AlreadyTaken.
    """
    with transaction.atomic():
        current = _locked(conversation.pk)
        if current.staff_id not in (None, user.pk, seen_owner):
            raise AlreadyTaken(current.staff_id)
        _take_over(business, current, user)


def reply(
    business: Business,
    conversation: Conversation,
    user: User,
    text: str,
    *,
    files: Sequence[Attachment] = (),
    reply_to: Message | None = None,
) -> None:
    """Answer as a person, perhaps with files, perhaps quoting one of the conversation's messages.

    Takes the conversation over first, unless a colleague has it, who keeps it.
    """
    with as_person(business, conversation, user) as current:
        current.channel = conversation.channel
        sending.queue(business, current, files, text, staff_id=user.pk, reply_to=reply_to)


def send_place(business: Business, conversation: Conversation, user: User, location: Location) -> None:
    """Tell them where the business is; otherwise as `reply`."""
    with transaction.atomic():
        current = _locked(conversation.pk)
        if current.handling != Conversation.Handling.STAFF:
            _take_over(business, current, user)
        current.channel = conversation.channel
        places.queue(business, current, location, staff_id=user.pk)
        clocks.replied(current)
        handoffs.mark_read(business, current)


@contextmanager
def as_person(business: Business, conversation: Conversation, user: User) -> Iterator[Conversation]:
    """One transaction in which somebody of the team writes to the contact, as `reply` does: theirs from then on."""
    with transaction.atomic():
        current = _locked(conversation.pk)
        if current.handling != Conversation.Handling.STAFF:
            _take_over(business, current, user)
        yield current
        outbox.unanswered(current.pk).update(answered_by=0)
        clocks.replied(current)
        handoffs.mark_read(business, current)


def return_to_assistant(business: Business, conversation: Conversation, user: User) -> None:
    """People → assistant; what was escalated counts as dealt with. Raises handoffs.TransitionRefused."""
    with transaction.atomic():
        current = _locked(conversation.pk)
        _resolve_all(business, current, user, "Returned to the assistant")
        handoffs.return_to_assistant(business, current, user)


def resolve(business: Business, conversation: Conversation, user: User, resolution: str = "") -> None:
    """Done, for people and assistant alike; `resolution` says how. Raises handoffs.TransitionRefused."""
    with transaction.atomic():
        current = _locked(conversation.pk)
        _resolve_all(business, current, user, resolution or "Conversation resolved")
        handoffs.resolve(business, current, user)
        ratings.ask(business, current, user)


def _locked(conversation_id: int) -> Conversation:
    return Conversation.objects.select_for_update(no_key=True).get(pk=conversation_id)


def _take_over(business: Business, conversation: Conversation, user: User) -> None:
    for escalation in _unresolved(conversation).exclude(owner_id=user.pk):
        Escalation.objects.filter(pk=escalation.pk).update(
            status=Status.TAKEN, owner_id=user.pk, taken_at=escalation.taken_at or clock.now()
        )
        _told(business, user, escalation, "taken")
    handoffs.take_over(business, conversation, user)


def _resolve_all(business: Business, conversation: Conversation, user: User, resolution: str) -> None:
    for escalation in _unresolved(conversation):
        Escalation.objects.filter(pk=escalation.pk).update(
            status=Status.RESOLVED,
            owner_id=escalation.owner_id or user.pk,
            resolved_at=clock.now(),
            resolution=resolution,
        )
        _told(business, user, escalation, "resolved")


def _unresolved(conversation: Conversation) -> QuerySet[Escalation]:
    return Escalation.objects.filter(conversation=conversation).exclude(status=Status.RESOLVED)


def _told(business: Business, user: User, escalation: Escalation, act: str) -> None:
    record(business, user, f"escalation.{act}", f"escalation {escalation.pk}")
    note(
        business,
        Kind(f"escalation.{act}"),
        f"escalation:{escalation.pk}:{act}:{user.pk if act == 'taken' else ''}",
        escalation=escalation.pk,
        conversation=escalation.conversation_id,
        staff=user.pk,
    )
    publish(business, "escalation", escalation.pk)
