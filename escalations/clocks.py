"""The clocks of an escalation: first reply and resolution, in opening hours. Warned before, told when late; who does
not answer loses it to somebody else, and the contact is told when somebody will. One piece of due work for each.
"""

import datetime as dt

from django.db import transaction

from calendar_sync.brief import periods_ahead
from calendar_sync.open_time import due, due_in
from conversations import automatic
from conversations.models import Conversation, ConversationEvent, Message
from conversations.promise import still_waiting
from conversations.service_window import conversation_with
from conversations.speaking import language_spoken
from escalations import assigning
from escalations.attendance import is_there, state_of
from escalations.models import Escalation, Notice, ServiceLevel
from escalations.telling.audience import audience
from escalations.telling.notices import tell
from tenants import clock, worklist
from tenants.models import Business
from tenants.worklist import Lease

WATCH = "escalations.clock"
GIVEN_ON_AT_MOST = 3  # then people have to see to it, not the rule
SOONEST = dt.timedelta(seconds=1)
Status = Escalation.Status


def deadlines(business: Business, opened_at: dt.datetime, level: ServiceLevel) -> dict[str, dt.datetime | None]:
    """For a new escalation; None where no hours are known. Five queries."""
    ahead = periods_ahead(business, opened_at)
    return {
        "first_reply_due_at": due_in(ahead, opened_at, level.first_reply_minutes),
        "resolve_due_at": due_in(ahead, opened_at, level.resolve_minutes),
    }


def watch(business: Business, escalation_id: int) -> None:
    """Within the caller's transaction: look at it at once, and from then on whenever something is due."""
    worklist.call_for(business.pk, WATCH, escalation_id)


def look(business: Business, escalation_id: int, lease: Lease) -> None:
    """Do what is due by now, and come back for what comes next."""
    escalation = Escalation.objects.select_related("handoff").filter(pk=escalation_id).first()
    if escalation is None:
        return lease.finish()
    level, now = ServiceLevel.of_this_business(), clock.now()
    with transaction.atomic():
        conversation = Conversation.objects.select_for_update(no_key=True).get(pk=escalation.conversation_id)
        lease.hold()
        escalation.refresh_from_db()
        if escalation.status == Status.RESOLVED:
            return lease.finish()
        _note_reply(escalation)
        _warn(business, escalation, level, now)
        _take_from_who_is_away(business, conversation, escalation, level)
        moment = _to_give_on_at(business, escalation, level)
        if moment is not None and moment <= now and conversation.status == Conversation.Status.OPEN:
            _give_on(business, conversation, escalation, level)
            escalation.refresh_from_db()
        _come_back(business, escalation, level, now, lease)
    return None


def watch_all_of(business: Business, user_id: int) -> None:
    """Within the caller's transaction: they are away from now on, so what waits for them goes to somebody else."""
    waiting = Escalation.objects.filter(owner_id=user_id, status=Status.TAKEN, first_replied_at__isnull=True)
    for escalation_id in waiting.values_list("pk", flat=True):
        watch(business, escalation_id)


def margin(minutes: int) -> dt.timedelta:
    """How long before a deadline it is nearly late: a quarter of the time, at least 2 minutes, at most an hour."""
    return dt.timedelta(minutes=min(60, max(2, minutes / 4)))


def replied(conversation: Conversation) -> None:
    """Within the caller's transaction: a person answered."""
    waiting = Escalation.objects.filter(conversation=conversation, first_replied_at__isnull=True)
    waiting.exclude(status=Status.RESOLVED).update(first_replied_at=clock.now())


def _note_reply(escalation: Escalation) -> None:
    """An answer from the phone, beside the desk, counts too."""
    if escalation.first_replied_at is not None:
        return
    answers = Message.objects.filter(conversation=escalation.conversation_id, author=Message.Author.STAFF)
    first = answers.filter(created_at__gte=escalation.opened_at).order_by("pk").values_list("created_at", flat=True)
    escalation.first_replied_at = first.first()
    if escalation.first_replied_at is not None:
        escalation.save(update_fields=["first_replied_at"])


def _running(escalation: Escalation, level: ServiceLevel) -> tuple[dt.datetime | None, dt.timedelta]:
    """The deadline that counts now, and how long before it somebody is warned."""
    if escalation.first_replied_at is None:
        return escalation.first_reply_due_at, margin(level.first_reply_minutes)
    return escalation.resolve_due_at, margin(level.resolve_minutes)


def _warn(business: Business, escalation: Escalation, level: ServiceLevel, now: dt.datetime) -> None:
    deadline, before = _running(escalation, level)
    if deadline is None or now < deadline - before:
        return
    kind = Notice.Kind.LATE if now < deadline else Notice.Kind.OVERDUE
    people = audience(business, kind, owner=escalation.owner_id)
    tell(business, kind, people, conversation_id=escalation.conversation_id, object_id=escalation.pk)
    Escalation.objects.filter(pk=escalation.pk, warned_at__isnull=True).update(warned_at=now)


def _to_give_on_at(business: Business, escalation: Escalation, level: ServiceLevel) -> dt.datetime | None:
    """When it goes to somebody else, unanswered; None: never."""
    if level.give_on_minutes == 0 or escalation.first_replied_at is not None or escalation.handoff.is_task:
        return None
    if escalation.given_on >= GIVEN_ON_AT_MOST:
        return None
    if escalation.owner_id is not None and escalation.taken_at is not None:
        return due(business, escalation.taken_at, level.give_on_minutes)
    if escalation.given_on and level.way == ServiceLevel.Way.BY_HAND:
        return None  # it is free for everybody, and they know
    return due(business, escalation.opened_at, level.give_on_minutes * (escalation.given_on + 1))


def _take_from_who_is_away(
    business: Business, conversation: Conversation, escalation: Escalation, level: ServiceLevel
) -> None:
    """What waits for somebody who went away is given to the next in turn, else free for everybody. The contact need
    not hear of it: nobody kept them waiting yet."""
    owner = escalation.owner_id
    if owner is None or escalation.first_replied_at is not None or level.give_on_minutes == 0:
        return
    if is_there(state_of(owner), clock.now()):
        return
    to = None
    if level.way == ServiceLevel.Way.IN_TURN:
        to = assigning.by_rule(business, conversation, escalation, besides=[owner], act="given_in_turn")
    if to is None:
        assigning.set_free(business, conversation, escalation, act="left_free")
        kind = Notice.Kind.ESCALATION
        tell(business, kind, audience(business, kind), conversation_id=conversation.pk, object_id=escalation.pk)
    escalation.refresh_from_db()


def _give_on(business: Business, conversation: Conversation, escalation: Escalation, level: ServiceLevel) -> None:
    """To the next in turn; without a rule it is free for everybody again. The contact hears of it the first time."""
    before, to = escalation.owner_id, None
    if level.way == ServiceLevel.Way.IN_TURN:
        besides = [before] if before is not None else []
        to = assigning.by_rule(business, conversation, escalation, besides=besides, act="given_on")
    elif before is not None:
        assigning.set_free(business, conversation, escalation)
    if to is None:
        kind = Notice.Kind.LATE
        tell(business, kind, audience(business, kind), conversation_id=conversation.pk, object_id=escalation.pk)
        Escalation.objects.filter(pk=escalation.pk, status=Status.TAKEN).update(taken_at=clock.now())
    Escalation.objects.filter(pk=escalation.pk).update(given_on=escalation.given_on + 1)
    if escalation.given_on == 0:
        _tell_contact(business, conversation, passed_on=to is not None)


def _tell_contact(business: Business, conversation: Conversation, *, passed_on: bool) -> None:
    """Once for each escalation, where WhatsApp takes a text; never to somebody who wrote STOP."""
    reachable = conversation_with(conversation.contact_id)
    if reachable is None or reachable.pk != conversation.pk:
        return
    text = still_waiting(business, clock.now(), language_spoken(business, reachable), passed_on=passed_on)
    if automatic.say(business, reachable, text):
        ConversationEvent.objects.create(conversation=conversation, act="told_to_wait", at=clock.now())


def _come_back(business: Business, escalation: Escalation, level: ServiceLevel, now: dt.datetime, lease: Lease) -> None:
    """At whatever comes next; a call for it meanwhile (`watch`) comes first."""
    moments = [_to_give_on_at(business, escalation, level), escalation.resolve_due_at]
    if escalation.first_replied_at is None and escalation.first_reply_due_at is not None:
        moments += [escalation.first_reply_due_at, escalation.first_reply_due_at - margin(level.first_reply_minutes)]
    if escalation.resolve_due_at is not None:
        moments.append(escalation.resolve_due_at - margin(level.resolve_minutes))
    ahead = [each for each in moments if each is not None and each > now]
    if ahead:
        lease.retry_in(max(min(ahead) - now, SOONEST), forgive=True)
    else:
        lease.finish()
