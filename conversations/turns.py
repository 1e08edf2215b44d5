"""One turn: everything unanswered in a conversation, thought over by the assistant, answered in one transaction.

The last transaction locks the conversation, then proves the lease: in this order everywhere, so that a patient, a
colleague and a worker never wait for each other in a circle. It is refused when the lease is old, when people took
over, or when something newer was written; then nothing of the draft leaves.
"""

import datetime as dt
import time
from collections.abc import Callable
from types import ModuleType
from typing import Any, Literal, Protocol

import structlog
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from agents import receptionist as agents_receptionist
from agents import remembering
from agents.models import TranscriptEntry
from agents.types import Arrival, Decision, HandOver, Reply, TurnInput
from conversations import contradictions, handoffs, outbox, shadow_runs
from conversations.answering_reminders import about
from conversations.calendar_lines import with_calendar_links
from conversations.known_people import known_in
from conversations.models import Conversation, Message
from tenants import worklist
from tenants.crashpoints import reach
from tenants.models import Business
from tenants.worklist import Lease, LeaseLost

log = structlog.get_logger(__name__)
TURN = "conversations.turn"
SUPERSEDED_AT_MOST = 3
RENEWALS = 9  # in the time of one lease, at most
READ_AT_MOST = 30  # lines that the transcript does not hold yet
AUTHORS: dict[str, Literal["contact", "staff", "system"]] = {
    Message.Author.CONTACT: "contact",
    Message.Author.STAFF: "staff",
    Message.Author.SYSTEM: "system",
}
SUSPENDED_WAIT = dt.timedelta(minutes=5)
STILL_THE_ASSISTANTS = "EXISTS (SELECT FROM conversations_conversation WHERE id = %s AND handling = %s)"
# Taking over drops the running turn, so one that was taken and returned meanwhile is seen too.
STILL_RUNNING = "EXISTS (SELECT FROM agents_turn WHERE id = %s AND status = 'running')"
SOMETHING_NEWER = """EXISTS (SELECT FROM conversations_message
         WHERE conversation_id = %s AND direction = 'in' AND answered_by IS NULL AND id > %s)"""


class Receptionist(Protocol):
    """What a turn needs of agents.receptionist."""

    def take_turn(self, turn_input: TurnInput) -> Decision: ...
    def finish(self, decision: Decision) -> None: ...


class PeopleTookOver(LeaseLost):
    """Staff have the conversation now: the turn goes no further."""


class Superseded(Exception):
    """Something newer was written while the assistant thought."""


def run_turn(
    business: Business,
    conversation_id: int,
    lease: Lease,
    *,
    receptionist: Receptionist | ModuleType = agents_receptionist,
    provider: str = "",
) -> None:
    """Answer what is unanswered, then finish the work. Raises LeaseLost when somebody else has it now.

    A patient who keeps writing can't starve the answer: after some drafts that were overtaken one is sent, and what
    is newer gets a turn of its own at once.
    """
    if lease.exhausted:
        return _give_up(business, conversation_id, lease)
    if business.suspended:
        return lease.retry_in(SUSPENDED_WAIT, forgive=True)
    conversation = _waiting_for_the_assistant(conversation_id)
    if conversation is None:
        return lease.finish()
    for overtaken in range(SUPERSEDED_AT_MOST + 1):
        try:
            read = _newest_in_transcript(conversation_id)
            turn_input = _input(business, conversation, lease, provider, read)
            decision = receptionist.take_turn(turn_input)
            reach("turn.decided")
            read = max(read, decision.read_up_to)
            _commit(business, conversation_id, lease, decision, receptionist, read, overtaken == SUPERSEDED_AT_MOST)
        except Superseded:
            log.info("turn.superseded", conversation=conversation_id)
            conversation = Conversation.objects.select_related("contact").get(pk=conversation_id)
            continue
        except PeopleTookOver:
            log.info("turn.dropped", conversation=conversation_id)
            return lease.finish()
        reach("turn.committed")
        contradictions.notice(conversation_id, turn_input.arrivals)
        if decision.shadowed:
            shadow_runs.ask(business, decision.turn_id)
        return None
    raise AssertionError("the last draft is never superseded")


def _give_up(business: Business, conversation_id: int, lease: Lease) -> None:
    """These messages killed a worker again and again: they are parked, and people get the conversation."""
    with transaction.atomic():
        conversation = _locked(conversation_id)
        lease.hold()
        if conversation is not None:
            handoffs.give_up(business, conversation)
        lease.park()
    log.error("turn.parked", conversation=conversation_id)


def _waiting_for_the_assistant(conversation_id: int) -> Conversation | None:
    """None: nothing is unanswered, or it is for people to answer."""
    theirs = Conversation.objects.filter(pk=conversation_id, handling=Conversation.Handling.ASSISTANT)
    waiting = theirs.filter(Exists(outbox.unanswered(conversation_id))).select_related("contact")
    return next(iter(waiting), None)


def _input(business: Business, conversation: Conversation, lease: Lease, provider: str, read: int) -> TurnInput:
    contact = conversation.contact

    def hold() -> None:
        if not lease.hold(STILL_THE_ASSISTANTS, [conversation.pk, Conversation.Handling.ASSISTANT]):
            raise PeopleTookOver(f"conversation {conversation.pk}")

    return TurnInput(
        business=business,
        conversation_id=conversation.pk,
        contact_id=contact.pk,
        contact_name=contact.display_name,
        known=known_in(conversation),
        arrivals=_arrivals(conversation.pk, read),
        hold=hold,
        renew=_renewal(lease),
        provider=provider,
    )


def _renewal(lease: Lease) -> Callable[[], None]:
    """Renews before a model call, unless that was done a moment ago."""
    held_since = time.monotonic()

    def renew() -> None:
        nonlocal held_since
        if time.monotonic() - held_since > worklist.LEASE.total_seconds() / RENEWALS:
            lease.renew()
            held_since = time.monotonic()

    return renew


def _arrivals(conversation_id: int, newest: int) -> tuple[Arrival, ...]:
    """What was written since the transcript's `newest` line, by itself too, and whatever else is unanswered."""
    held = TranscriptEntry.objects.filter(message_id=OuterRef("pk"))
    others = Q(direction=Message.Direction.IN) | Q(author__in=[Message.Author.STAFF, Message.Author.SYSTEM])
    newest_first = (
        Message.objects.filter(others, conversation_id=conversation_id)
        .filter(Q(pk__gt=newest) | Q(direction=Message.Direction.IN, answered_by__isnull=True))
        .exclude(delivery__in=[Message.Delivery.FAILED, Message.Delivery.WITHHELD])
        .exclude(Exists(held))
        .order_by("-pk")[:READ_AT_MOST]
    )
    rows = list(reversed(newest_first))
    references = about(rows)
    return tuple(
        Arrival(
            message_id=each.pk,
            author=AUTHORS[each.author],
            kind=each.kind,
            text=each.text or each.heard,
            at=each.sent_at or each.created_at,
            choice=each.choice,
            about=references.get(each.pk, ""),
        )
        for each in rows
    )


def _newest_in_transcript(conversation_id: int) -> int:
    """A turn that people dropped may have read a message that the next turn has to answer."""
    entries = TranscriptEntry.objects.filter(conversation_id=conversation_id, message_id__isnull=False)
    return entries.order_by("-message_id").values_list("message_id", flat=True).first() or 0


def _commit(
    business: Business,
    conversation_id: int,
    lease: Lease,
    decision: Decision,
    receptionist: Receptionist | ModuleType,
    read: int,
    last: bool,
) -> None:
    """The way out, in one transaction: turn done, messages answered, replies in the outbox, work finished.

    `read`: the newest message that this turn or a dropped one before it has read.
    """
    with transaction.atomic():
        conversation = _locked(conversation_id)
        running, newer = lease.ask(
            f"ARRAY[{STILL_RUNNING}, {SOMETHING_NEWER}]", [decision.turn_id, conversation_id, read]
        )
        if not running or conversation is None or conversation.handling != Conversation.Handling.ASSISTANT:
            raise PeopleTookOver(f"conversation {conversation_id}")
        if newer and not last:
            raise Superseded
        receptionist.finish(decision)
        outbox.unanswered(conversation_id).filter(pk__lte=read).update(answered_by=decision.turn_id)
        _act(business, conversation, decision)
        remembering.call_after_turn(business.pk, conversation_id)
        lease.finish()


def _act(business: Business, conversation: Conversation, decision: Decision) -> None:
    outcome: Any = decision.outcome
    if isinstance(outcome, Reply):
        text = outcome.text
        if decision.acted:
            text = with_calendar_links(business, text, contact_id=conversation.contact_id, turn_id=decision.turn_id)
        outbox.queue(business, conversation, text, turn_id=decision.turn_id, choices=outcome.choices)
    elif isinstance(outcome, HandOver):
        handoffs.hand_over(
            business,
            conversation,
            outcome.reason,
            summary=outcome.summary,
            turn_id=decision.turn_id,
            lead_in=outcome.text,
            trigger=outcome.trigger,
        )


def _locked(conversation_id: int) -> Conversation | None:
    return next(iter(Conversation.objects.select_for_update(no_key=True).filter(pk=conversation_id)), None)
