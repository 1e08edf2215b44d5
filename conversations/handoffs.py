"""Who has a conversation: the assistant, nobody yet, or a person. Each change is one guarded step with its line.

assistant ──hand_over──▶ waiting_for_staff ──take_over──▶ staff
    ▲  └──────────────────take_over───────────────────────▲ │
    └───────────return_to_assistant / resolve───────────────┘

Everybody locks the conversation's row before any work item, so that these never wait for each other in a circle.
"""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop as N_

from agents import receptionist
from agents.models import Turn
from conversations import outbox, read_signs
from conversations.models import Conversation, ConversationEvent, Handoff, Message
from conversations.promise import promise
from conversations.promise_texts import SORRY
from conversations.speaking import language_spoken
from tenants import clock, events, worklist
from tenants.models import Business, User

ESCALATE = "escalations.open"
TURN = "conversations.turn"
OPTED_OUT = "21610"
Handling = Conversation.Handling
Status = Conversation.Status


class TransitionRefused(Exception):
    """The conversation is no longer in a state that allows this; the text says so to a person."""


def hand_over(
    business: Business,
    conversation: Conversation,
    reason: str,
    summary: str = "",
    turn_id: int | None = None,
    lead_in: str = "",
    *,
    trigger: str = "",
    tell: bool = True,
) -> Handoff:
    """Assistant → people, within the caller's transaction. Raises TransitionRefused when people have it already.

    The contact is told who answers and when, after `lead_in`; `tell=False` only where nothing can reach them.
    """
    if not _move(conversation, [Handling.ASSISTANT], handling=Handling.WAITING_FOR_STAFF, status=Status.OPEN):
        raise TransitionRefused(N_("The team has this conversation already."))
    handoff = Handoff.objects.create(
        conversation=conversation,
        turn_id=turn_id,
        reason=reason,
        trigger=trigger[:30],
        summary=summary[:500],
        at=clock.now(),
    )
    _line(business, conversation, "handed_over", reason=str(reason), handoff=handoff.pk)
    if tell:
        said = promise(business, clock.now(), language_spoken(business, conversation))
        text = f"{lead_in.strip()}\n\n{said}".strip()
        outbox.queue(business, conversation, text, author=Message.Author.ASSISTANT, turn_id=turn_id)
    worklist.call_for(business.pk, ESCALATE, handoff.pk)
    return handoff


def ask_staff(business: Business, conversation: Conversation, reason: str, summary: str) -> Handoff:
    """Within the caller's transaction: a task for people beside the assistant, which keeps the conversation."""
    handoff = Handoff.objects.create(
        conversation=conversation, turn_id=None, reason=reason, summary=summary[:500], is_task=True, at=clock.now()
    )
    worklist.call_for(business.pk, ESCALATE, handoff.pk)
    events.publish(business, "conversation", conversation.pk)
    return handoff


def take_over(business: Business, conversation: Conversation, user: User) -> None:
    """A person has it from now on: a running turn is dropped, and what the assistant hasn't sent stays unsent."""
    with transaction.atomic():
        free = [Handling.ASSISTANT, Handling.WAITING_FOR_STAFF]
        if not _move(conversation, free, handling=Handling.STAFF, staff_id=user.pk, status=Status.OPEN):
            mine = Conversation.objects.filter(pk=conversation.pk, staff_id=user.pk).exists()
            if mine or not _move(conversation, [Handling.STAFF], staff_id=user.pk, status=Status.OPEN):
                return
        _silence(conversation, "taken_over")
        _line(business, conversation, "taken_over", user)


def give_to(business: Business, conversation: Conversation, staff_id: int | None, *, act: str, **detail: Any) -> bool:
    """Within the caller's transaction: somebody is to answer here (None: anybody); it waits for them until they do.

    False when the conversation changed meanwhile. `act` names the line: given, given_in_turn, given_on, set_free.
    """
    people = {"handling": Handling.WAITING_FOR_STAFF, "staff_id": staff_id}
    if _move(conversation, [Handling.ASSISTANT], status=Status.OPEN, **people):
        _silence(conversation, "given_to_staff")
    elif not _move(conversation, [Handling.WAITING_FOR_STAFF, Handling.STAFF], **people):
        return False
    ConversationEvent.objects.create(
        conversation=conversation, act=act, staff_id=staff_id, detail=detail, at=clock.now()
    )
    events.publish(business, "conversation", conversation.pk)
    return True


def answered_elsewhere(business: Business, conversation: Conversation) -> None:
    """Within the caller's transaction: somebody of the business wrote from a phone, so people have it from now on.

    Nobody in particular: the vendor doesn't tell who. Whoever has it in the desk keeps it.
    """
    free = [Handling.ASSISTANT, Handling.WAITING_FOR_STAFF]
    if _move(conversation, free, handling=Handling.STAFF, staff_id=None, status=Status.OPEN):
        _silence(conversation, "answered_elsewhere")
        _line(business, conversation, "answered_elsewhere")


def return_to_assistant(business: Business, conversation: Conversation, user: User) -> None:
    """People → assistant. It answers at once only when something is unanswered."""
    with transaction.atomic():
        people = [Handling.STAFF, Handling.WAITING_FOR_STAFF]
        if not _move(conversation, people, handling=Handling.ASSISTANT, staff_id=None):
            raise TransitionRefused(N_("The assistant has this conversation already."))
        _line(business, conversation, "returned", user)
        if outbox.unanswered(conversation.pk).exists():
            worklist.call_for(business.pk, TURN, conversation.pk)


def resolve(business: Business, conversation: Conversation, user: User) -> None:
    """Done. What was unanswered counts as dealt with; the contact's next message is the assistant's again."""
    with transaction.atomic():
        changed = Conversation.objects.filter(pk=conversation.pk).exclude(status=Status.RESOLVED)
        if not changed.update(status=Status.RESOLVED, handling=Handling.ASSISTANT, staff_id=None, unread=0):
            raise TransitionRefused(N_("This conversation is resolved already."))
        outbox.unanswered(conversation.pk).update(answered_by=0)
        _silence(conversation, "resolved")
        _line(business, conversation, "resolved", user)


def reopen(business: Business, conversation: Conversation, user: User) -> None:
    with transaction.atomic():
        if not Conversation.objects.filter(pk=conversation.pk, status=Status.RESOLVED).update(status=Status.OPEN):
            raise TransitionRefused(N_("This conversation is open already."))
        _line(business, conversation, "reopened", user)


def mark_read(business: Business, conversation: Conversation) -> None:
    """Somebody of the team has seen it."""
    if Conversation.objects.filter(pk=conversation.pk, unread__gt=0).update(unread=0):
        read_signs.when_staff_have_read(business, conversation)
        events.publish(business, "conversation", conversation.pk)


def give_up(business: Business, conversation: Conversation) -> None:
    """Within the caller's transaction: the assistant failed on these messages again and again, so people get them."""
    turn_id = receptionist.fail(conversation.pk)
    outbox.unanswered(conversation.pk).update(answered_by=turn_id or 0)
    if conversation.handling == Handling.ASSISTANT:
        hand_over(
            business,
            conversation,
            Handoff.Reason.TOOL_FAILURE,
            summary=N_("The assistant failed several times on the last messages."),
            turn_id=turn_id,
            lead_in=SORRY[language_spoken(business, conversation)],
        )


def after_failed_delivery(business: Business, conversation: Conversation, message: Message, code: str) -> None:
    """Within the caller's transaction: an answer of the assistant did not arrive, so a person has to know.

    Not for somebody who opted out: they asked not to be written to.
    """
    if message.author == Message.Author.ASSISTANT and code != OPTED_OUT and _is_assistants(conversation):
        hand_over(
            business,
            conversation,
            Handoff.Reason.TOOL_FAILURE,
            summary=N_("A message could not be delivered."),
            tell=False,
        )


def _is_assistants(conversation: Conversation) -> bool:
    return Conversation.objects.filter(pk=conversation.pk, handling=Handling.ASSISTANT).exists()


def _move(conversation: Conversation, before: list[Handling], **after: Any) -> bool:
    """The conditional step: races are settled by its row count."""
    return bool(Conversation.objects.filter(pk=conversation.pk, handling__in=before).update(**after))


def _silence(conversation: Conversation, reason: str) -> None:
    outbox.withhold(conversation.pk)
    for turn_id in Turn.objects.filter(conversation_id=conversation.pk, status=Turn.Status.RUNNING).values_list(
        "pk", flat=True
    ):
        receptionist.drop(turn_id, reason)


def _line(business: Business, conversation: Conversation, act: str, user: User | None = None, **detail: Any) -> None:
    ConversationEvent.objects.create(
        conversation=conversation, act=act, staff_id=user.pk if user else None, detail=detail, at=clock.now()
    )
    events.publish(business, "conversation", conversation.pk)
