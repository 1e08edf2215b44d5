"""What the inbox shows: conversations by view and search, a thread with its events, the panel beside it."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from agents.models import Step, Turn
from calendar_sync.models import HOLDS_TIME, Appointment, Patient
from conversations.models import Conversation, ConversationEvent, Message
from escalations.models import Escalation
from escalations.wording import event_line, media_of
from tenants import clock
from tenants.models import Business, User

PAGE = 50
THREAD_PAGE = 80
WINDOW = dt.timedelta(hours=24)  # WhatsApp's service window
VIEWS = {"needs_you": "Needs you", "assistant": "Assistant", "all": "All"}

NEEDS_YOU = Q(status=Conversation.Status.OPEN) & (
    Q(handling=Conversation.Handling.WAITING_FOR_STAFF) | Q(handling=Conversation.Handling.STAFF, unread__gt=0)
)
BY_VIEW = {
    "needs_you": NEEDS_YOU,
    "assistant": Q(status=Conversation.Status.OPEN, handling=Conversation.Handling.ASSISTANT),
    "all": Q(),
}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of a thread: a message or an event, with the day heading that stands before it."""

    message: Message | None = None
    event: ConversationEvent | None = None
    words: str = ""
    icon: str = ""
    alert: bool = False
    author_name: str = ""
    day: dt.date | None = None
    media: Sequence[dict[str, str]] = ()


@dataclass(frozen=True, kw_only=True)
class Panel:
    """What staff see beside a thread."""

    patients: Sequence[Patient]
    coming: Sequence[Appointment]
    turn: Turn | None
    steps: Sequence[Step]
    escalation: Escalation | None
    visits: int = 0
    marks: Sequence[dict[str, str]] = field(default_factory=tuple)


def conversations(view: str, query: str = "", before: int | None = None) -> tuple[list[Conversation], bool]:
    """A page of the view, newest first, and whether there are more."""
    rows = Conversation.objects.filter(BY_VIEW.get(view, Q())).select_related("contact", "identity", "channel")
    if query:
        rows = rows.filter(_matching(query))
    if before is not None:
        anchor = Conversation.objects.filter(pk=before).values_list("last_message_at", flat=True).first()
        if anchor is not None:
            rows = rows.filter(Q(last_message_at__lt=anchor) | Q(last_message_at=anchor, pk__lt=before))
    page = list(rows.order_by("-last_message_at", "-pk")[: PAGE + 1])
    return page[:PAGE], len(page) > PAGE


def counts() -> dict[str, int]:
    """For the side bar: conversations that need somebody, escalations that nobody has yet."""
    return {
        "inbox": Conversation.objects.filter(NEEDS_YOU).count(),
        "escalations": Escalation.objects.filter(status=Escalation.Status.OPEN).count(),
    }


def thread(conversation: Conversation, before: int | None = None) -> tuple[list[Line], int | None]:
    """The newest messages with the events between them, oldest first; the id to page further back from."""
    rows: QuerySet[Message] = conversation.messages.all()
    if before is not None:
        rows = rows.filter(pk__lt=before)
    messages = list(rows.order_by("-pk")[: THREAD_PAGE + 1])
    more = len(messages) > THREAD_PAGE
    messages = messages[:THREAD_PAGE][::-1]
    since = messages[0].created_at if more and messages else None
    events = conversation.events.all()
    if since is not None:
        events = events.filter(at__gte=since)
    if before is not None and messages:
        events = events.filter(at__lte=messages[-1].created_at)
    names = staff_names([*(each.staff_id for each in messages), *(each.staff_id for each in events)])
    return _lines(messages, list(events), names), (messages[0].pk if more and messages else None)


def panel(conversation: Conversation) -> Panel:
    contact_id = conversation.contact_id
    coming = Appointment.objects.filter(
        contact_id=contact_id, status__in=HOLDS_TIME, during__endswith__gt=clock.now()
    ).select_related("service", "practitioner", "patient")
    turn = Turn.objects.filter(conversation_id=conversation.pk).order_by("-pk").first()
    escalation = (
        Escalation.objects.filter(conversation=conversation).exclude(status=Escalation.Status.RESOLVED)
    ).select_related("handoff")
    return Panel(
        patients=list(Patient.objects.filter(contact_id=contact_id)),
        coming=list(coming.order_by("during")[:5]),
        turn=turn,
        steps=list(turn.steps.exclude(kind=Step.Kind.CHECK, status=Step.Status.OK)) if turn else [],
        escalation=escalation.order_by("-pk").first(),
        visits=Appointment.objects.filter(contact_id=contact_id, status="completed").count(),
    )


def window_closes_at(conversation: Conversation) -> dt.datetime | None:
    """When the service window shuts; None when it is shut already."""
    if conversation.last_inbound_at is None:
        return None
    closes = conversation.last_inbound_at + WINDOW
    return closes if closes > clock.now() else None


def staff_names(ids: Iterable[int | None]) -> dict[int, str]:
    wanted = {each for each in ids if each}
    if not wanted:
        return {}
    return {user.pk: user.get_full_name() for user in User.objects.filter(pk__in=wanted)}


def title_of(business: Business, conversation: Conversation) -> str:
    """The name staff know a contact by."""
    name = conversation.contact.display_name or conversation.identity.phone
    return name or f"{business.patient_label.capitalize()} without a name"


def _matching(query: str) -> Q:
    digits = "".join(character for character in query if character.isdigit())
    named = Q(contact__name__icontains=query) | Q(contact__profile_name__icontains=query)
    if len(digits) >= 3:
        named |= Q(identity__phone__contains=digits.lstrip("0"))
    said = Message.objects.filter(conversation=OuterRef("pk"), text__icontains=query)
    return named | Exists(said)


def _lines(messages: list[Message], events: list[ConversationEvent], names: dict[int, str]) -> list[Line]:
    marked: list[tuple[dt.datetime, int, Any]] = [(each.created_at, 0, each) for each in messages]
    marked += [(each.at, 1, each) for each in events]
    lines: list[Line] = []
    day = None
    for at, _, item in sorted(marked, key=lambda each: (each[0], each[1], each[2].pk)):
        heading = _local_day(at)
        new_day = heading if heading != day else None
        day = heading
        if isinstance(item, Message):
            author = names.get(item.staff_id or 0, "")
            lines.append(Line(message=item, author_name=author, day=new_day, media=media_of(item)))
        else:
            words = event_line(item, names)
            lines.append(Line(event=item, words=words.text, icon=words.icon, alert=words.alert, day=new_day))
    return lines


def _local_day(at: dt.datetime) -> dt.date:
    return timezone.localtime(at).date()
