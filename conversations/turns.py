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

from agents import opening, remembering
from agents import receptionist as agents_receptionist
from agents.types import Arrival, Decision, HandOver, KnownPerson, Reply, Silence, TurnInput
from conversations import (
    calendar_lines,
    callbacks,
    contradictions,
    handoffs,
    known_people,
    outbox,
    quoted_messages,
    shadow_runs,
)
from conversations.answering_reminders import about
from conversations.models import Contact, Conversation, Message
from tenants import clock, worklist
from tenants.crashpoints import reach
from tenants.models import Business
from tenants.postgres.prepared import Prepared
from tenants.statements import Question, asked_together, joining, later, models_in, read, reading, rows
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
WAITING = Prepared("""
  FROM conversations_conversation JOIN conversations_contact ON conversations_contact.id = contact_id
 WHERE conversations_conversation.id = %(conversation)s AND handling = 'assistant'
   AND EXISTS (SELECT FROM conversations_message
                WHERE conversation_id = conversations_conversation.id AND direction = 'in' AND answered_by IS NULL)""")
READ_UP_TO = """(SELECT coalesce(max(message_id), 0) FROM agents_transcriptentry
                  WHERE conversation_id = %(conversation)s AND message_id IS NOT NULL)"""
ARRIVALS = Prepared(f"""
 WHERE conversation_id = %(conversation)s AND (direction = 'in' OR author IN ('staff', 'system'))
   AND (id > {READ_UP_TO} OR (direction = 'in' AND answered_by IS NULL))
   AND delivery NOT IN ('failed', 'withheld')
   AND NOT EXISTS (SELECT FROM agents_transcriptentry WHERE message_id = conversations_message.id)
 ORDER BY id DESC LIMIT %(most)s""")
LOCKED = Prepared("WHERE id = %s FOR NO KEY UPDATE")
ANSWERED = Prepared("""
UPDATE conversations_message SET answered_by = %s
 WHERE conversation_id = %s AND direction = 'in' AND answered_by IS NULL AND id <= %s""")
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
    renew = _renewal(lease)
    for overtaken in range(SUPERSEDED_AT_MOST + 1):
        try:
            decided = _decide(business, conversation_id, lease, renew, provider, receptionist)
            if decided is None:
                return lease.finish()
            turn_input, known, decision = decided
            reach("turn.decided")
            known = max(known, decision.read_up_to)
            _commit(business, turn_input, lease, decision, receptionist, known, overtaken == SUPERSEDED_AT_MOST)
        except Superseded:
            log.info("turn.superseded", conversation=conversation_id)
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


def _decide(
    business: Business,
    conversation_id: int,
    lease: Lease,
    renew: Callable[[], None],
    provider: str,
    receptionist: Receptionist | ModuleType,
) -> tuple[TurnInput, int, Decision] | None:
    """What the assistant makes of what is unanswered, with the newest message that the transcript held before: a turn
    that people dropped may have read what the next one has to answer. None: nothing is unanswered, or it is for people
    to answer. All that it begins with is asked in one round trip."""
    now = clock.now()
    waiting = joining((Conversation, Contact), WAITING, {"conversation": conversation_id}, also=READ_UP_TO)
    people, unread = known_people.question(conversation_id, now), reading(Message, *_unread(conversation_id))
    with asked_together(waiting, people, unread, *opening.questions(business, conversation_id)):
        for conversation, contact, known in models_in((Conversation, Contact), rows(*waiting)):
            conversation.contact = contact
            found = known_people.known_in(conversation, now)
            turn_input = _input(business, conversation, lease, renew, provider, found)
            return turn_input, known, receptionist.take_turn(turn_input)
    return None


def _input(
    business: Business,
    conversation: Conversation,
    lease: Lease,
    renew: Callable[[], None],
    provider: str,
    known: KnownPerson,
) -> TurnInput:
    contact = conversation.contact

    def hold() -> None:
        if not lease.hold(STILL_THE_ASSISTANTS, [conversation.pk, Conversation.Handling.ASSISTANT]):
            raise PeopleTookOver(f"conversation {conversation.pk}")

    return TurnInput(
        business=business,
        conversation_id=conversation.pk,
        contact_id=contact.pk,
        contact_name=contact.display_name,
        known=known,
        arrivals=_arrivals(conversation.pk),
        hold=hold,
        renew=renew,
        provider=provider,
    )


def _renewal(lease: Lease) -> Callable[[], None]:
    """Renews before a model call, unless that was done a moment ago; one for all drafts of a turn, as the lease is."""
    held_since = time.monotonic()

    def renew() -> None:
        nonlocal held_since
        if time.monotonic() - held_since > worklist.LEASE.total_seconds() / RENEWALS:
            lease.renew()
            held_since = time.monotonic()

    return renew


def _arrivals(conversation_id: int) -> tuple[Arrival, ...]:
    """What was written since the transcript's newest line, by itself too, and whatever else is unanswered."""
    found = read(Message, *_unread(conversation_id))[::-1]
    references, quotes = about(found), quoted_messages.texts(found)
    return tuple(
        Arrival(
            message_id=each.pk,
            author=AUTHORS[each.author],
            kind=each.kind,
            text=each.text or each.heard,
            at=each.sent_at or each.created_at,
            choice=each.choice,
            about=references.get(each.pk, ""),
            quoted=quotes.get(each.pk, ""),
        )
        for each in found
    )


def _unread(conversation_id: int) -> tuple[str, dict[str, int]]:
    return ARRIVALS, {"conversation": conversation_id, "most": READ_AT_MOST}


def _commit(
    business: Business,
    turn_input: TurnInput,
    lease: Lease,
    decision: Decision,
    receptionist: Receptionist | ModuleType,
    read_up_to: int,
    last: bool,
) -> None:
    """The way out, in one transaction: turn done, messages answered, replies in the outbox, work finished.

    `read_up_to`: the newest message that this turn or a dropped one before it has read.
    """
    conversation_id = turn_input.conversation_id
    with transaction.atomic():
        still = lease.asking(
            f"ARRAY[{STILL_RUNNING}, {SOMETHING_NEWER}]", [decision.turn_id, conversation_id, read_up_to]
        )
        locked = reading(Conversation, LOCKED, [conversation_id])
        closing, links = agents_receptionist.closing(decision.turn_id), _links(turn_input, decision)
        with asked_together(locked, still, closing, outbox.NEW_ID, *links):
            conversation = _locked(conversation_id)
            running, newer = lease.proven(rows(*still))
            if not running or conversation is None or conversation.handling != Conversation.Handling.ASSISTANT:
                raise PeopleTookOver(f"conversation {conversation_id}")
            if newer and not last:
                raise Superseded
            receptionist.finish(decision)
            later(ANSWERED, [decision.turn_id, conversation_id, read_up_to])
            _act(business, conversation, decision)
        remembering.call_after_turn(business.pk, conversation_id)
        lease.finish_held()


def _links(turn_input: TurnInput, decision: Decision) -> list[Question]:
    """What will be asked for a reply to what was done."""
    if not (decision.acted and isinstance(decision.outcome, Reply)):
        return []
    return [calendar_lines.question(contact_id=turn_input.contact_id, turn_id=decision.turn_id)]


def _act(business: Business, conversation: Conversation, decision: Decision) -> None:
    outcome: Any = decision.outcome
    if not isinstance(outcome, Silence) and callbacks.promised(outcome.text, by_people=True):
        worklist.call_for(business.pk, callbacks.PROMISED, decision.turn_id)
    if isinstance(outcome, Reply):
        text = outcome.text
        if decision.acted:
            made = {"contact_id": conversation.contact_id, "turn_id": decision.turn_id}
            text = calendar_lines.with_calendar_links(business, text, **made)
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
    return next(iter(read(Conversation, LOCKED, [conversation_id])), None)
