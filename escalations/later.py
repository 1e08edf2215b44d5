"""Written now, sent later: a row per message, its time on the work list.

When it is due the window is asked again; what can't go leaves a line in the thread and a task for the team.
"""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.contrib.postgres.expressions import ArraySubquery
from django.db import transaction
from django.db.models import F, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.utils.translation import gettext, gettext_noop

from conversations import handoffs, outbox
from conversations.models import Conversation, ConversationEvent, Handoff, Message
from conversations.service_window import HOURS, takes_free_text
from escalations.models import ScheduledMessage
from escalations.people import name_of
from tenants import clock, worklist
from tenants.events import publish
from tenants.models import Business, User
from tenants.worklist import Lease

SEND = "escalations.send_later"
FURTHEST = dt.timedelta(days=365)
AT_MOST = 20  # that wait in one conversation
UNDO_WITHIN = dt.timedelta(minutes=10)
SHUT = gettext_noop("WhatsApp’s 24 hours were over when it was due.")
NOT_HERE = gettext_noop("The number was disconnected when it was due.")
SUSPENDED = gettext_noop("The business was suspended when it was due.")


class NotPlanned(Exception):
    """It can't be kept like this; the text says why to a person."""


@dataclass(frozen=True, kw_only=True)
class Choice:
    words: str
    at: dt.datetime


def choices(business: Business) -> list[Choice]:
    """Times that people mean by "later", in the business's zone."""
    now = clock.now().astimezone(ZoneInfo(business.timezone))
    evening = now.replace(hour=18, minute=0, second=0, microsecond=0)
    morning = now.replace(hour=9, minute=0, second=0, microsecond=0)
    found = [Choice(words=gettext("In an hour"), at=now + dt.timedelta(hours=1))]
    if evening > now + dt.timedelta(minutes=30):
        found.append(Choice(words=gettext("This evening at 18:00"), at=evening))
    found.append(Choice(words=gettext("Tomorrow at 9:00"), at=morning + dt.timedelta(days=1)))
    monday = morning + dt.timedelta(days=7 - morning.weekday())
    if monday.date() != found[-1].at.date():
        found.append(Choice(words=gettext("On Monday at 9:00"), at=monday))
    return found


def moment_in(business: Business, text: str) -> dt.datetime:
    """What a form says: "2026-12-01T09:00" is meant in the business's zone. Raises NotPlanned."""
    try:
        at = dt.datetime.fromisoformat(text.strip())
    except ValueError:
        raise NotPlanned(gettext("Choose a day and a time.")) from None
    if at.tzinfo is None:
        at = at.replace(tzinfo=ZoneInfo(business.timezone))
        # An hour that the clocks leave out would come back as another one.
        if at.astimezone(dt.UTC).astimezone(at.tzinfo).replace(tzinfo=None) != at.replace(tzinfo=None):
            raise NotPlanned(gettext("The clocks are put forward then: choose another time."))
    return at.astimezone(dt.UTC)


def plan(business: Business, conversation: Conversation, user: User, text: str, at: dt.datetime) -> ScheduledMessage:
    """Keep a message for later. Raises NotPlanned."""
    _check(at)
    with transaction.atomic():
        Conversation.objects.select_for_update(no_key=True).get(pk=conversation.pk)
        if _waiting(conversation.pk).count() >= AT_MOST:
            raise NotPlanned(gettext("%(most)s messages wait here already.") % {"most": AT_MOST})
        made = ScheduledMessage.objects.create(conversation=conversation, staff_id=user.pk, text=text, due_at=at)
        _call(business, made)
    return made


def change(business: Business, scheduled: ScheduledMessage, text: str, at: dt.datetime) -> bool:
    """False when it went or was cancelled meanwhile. Raises NotPlanned."""
    _check(at)
    with transaction.atomic():
        done = _open().filter(pk=scheduled.pk).update(text=text, due_at=at, error="")
        if done:
            scheduled.due_at = at
            _call(business, scheduled)
    return bool(done)


def cancel(business: Business, scheduled: ScheduledMessage) -> bool:
    """False when it went meanwhile."""
    done = _open().filter(pk=scheduled.pk).update(cancelled_at=clock.now())
    publish(business, "conversation", scheduled.conversation_id)
    return bool(done)


def uncancel(business: Business, scheduled: ScheduledMessage) -> bool:
    """For some minutes. What would be due already goes at once."""
    with transaction.atomic():
        lately = Q(pk=scheduled.pk, message__isnull=True, cancelled_at__gt=clock.now() - UNDO_WITHIN)
        done = ScheduledMessage.objects.filter(lately).update(cancelled_at=None)
        if done:
            _call(business, scheduled)
    return bool(done)


def listed(conversation_id: str) -> ArraySubquery:
    """To annotate a conversation with: what waits, what could not go, what was just cancelled, the next one first, as
    [{"id", "text", "due_at", "who", "error", "cancelled"}]."""
    kept = Q(cancelled_at__isnull=True) | Q(cancelled_at__gt=clock.now() - UNDO_WITHIN)
    rows = ScheduledMessage.objects.filter(kept, conversation=OuterRef(conversation_id), message__isnull=True)
    told = JSONObject(
        id=F("pk"), text=F("text"), due_at=F("due_at"), who=F("who"), error=F("error"), cancelled=F("cancelled_at")
    )
    return ArraySubquery(rows.annotate(who=name_of("staff_id")).order_by("due_at", "pk").values(told=told))


def window_ends(conversation: Conversation) -> dt.datetime | None:
    """Until when a free text may go, as far as is known now; None where there is no end."""
    if not takes_free_text(conversation) or conversation.last_inbound_at is None:
        return None
    return conversation.last_inbound_at + HOURS


def send(business: Business, scheduled_id: int, lease: Lease) -> None:
    """It is due: into the outbox, or a line and a task that say why not. Once, whoever rings."""
    scheduled = ScheduledMessage.objects.filter(pk=scheduled_id).first()
    if scheduled is None or scheduled.message_id or scheduled.cancelled_at or scheduled.error:
        return lease.finish()
    if scheduled.due_at > clock.now():
        return lease.retry_in(scheduled.due_at - clock.now(), forgive=True)
    with transaction.atomic():
        conversation = (
            Conversation.objects.select_for_update(no_key=True, of=("self",))
            .select_related("contact", "channel")
            .get(pk=scheduled.conversation_id)
        )
        lease.hold()
        due = _open().select_for_update().filter(pk=scheduled.pk, error="", due_at__lte=clock.now()).first()
        if due is not None:
            why = _why_not(business, conversation)
            _refuse(business, conversation, due, why) if why else _queue(business, conversation, due)
        lease.finish()
    return None


def _queue(business: Business, conversation: Conversation, due: ScheduledMessage) -> None:
    queued = outbox.queue(business, conversation, due.text, author=Message.Author.STAFF, staff_id=due.staff_id)
    ScheduledMessage.objects.filter(pk=due.pk).update(message=queued[-1])


def _refuse(business: Business, conversation: Conversation, due: ScheduledMessage, why: str) -> None:
    ScheduledMessage.objects.filter(pk=due.pk).update(error=why)
    ConversationEvent.objects.create(
        conversation=conversation, act="later_not_sent", detail={"scheduled": due.pk}, at=clock.now()
    )
    handoffs.ask_staff(
        business, conversation, Handoff.Reason.TOOL_FAILURE, f"A message for later could not go out. {why}"
    )


def _why_not(business: Business, conversation: Conversation) -> str:
    if business.suspended:
        return SUSPENDED
    if not conversation.channel.active:
        return NOT_HERE
    return "" if takes_free_text(conversation) else SHUT


def _open() -> QuerySet[ScheduledMessage]:
    return ScheduledMessage.objects.filter(message__isnull=True, cancelled_at__isnull=True)


def _waiting(conversation_id: int) -> QuerySet[ScheduledMessage]:
    return _open().filter(conversation=conversation_id, error="")


def _check(at: dt.datetime) -> None:
    now = clock.now()
    if at <= now:
        raise NotPlanned(gettext("That is over. Choose a time that is still to come."))
    if at > now + FURTHEST:
        raise NotPlanned(gettext("Choose a time within a year."))


def _call(business: Business, scheduled: ScheduledMessage) -> None:
    wait = max(scheduled.due_at - clock.now(), dt.timedelta(0))
    worklist.call_for(business.pk, SEND, scheduled.pk, wait=wait)
    publish(business, "conversation", scheduled.conversation_id)
