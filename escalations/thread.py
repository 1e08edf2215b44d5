"""A thread: messages with what happened between them, oldest first."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import CharField, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject
from django.utils import timezone

from agents.models import Turn
from calendar_sync.models import AppointmentChange
from conversations.models import Conversation, Message
from escalations import media_words, message_tools, quoting, wording
from escalations.people import name_of

PAGE = 80
AT_MOST = 1000


@dataclass(frozen=True, kw_only=True)
class Line:
    """A message, a note, or else the words of an event; `day` is set where a new day begins."""

    at: dt.datetime
    message: Message | None = None
    note: dict[str, Any] | None = None  # {"id", "by", "who", "text", "removed", "mentions"} of escalations.Note
    words: wording.Words = field(default_factory=lambda: wording.Words(text=""))
    day: dt.date | None = None
    media: Sequence[media_words.Item] = ()
    place: dict[str, str] | None = None
    reactions: Sequence[dict[str, str]] = ()
    quote: quoting.Quote | None = None  # of the message that it answers
    tools: str = ""  # the template of what can be done with it
    tool: message_tools.Tool | None = None
    state: str = ""  # see components/ticks.html
    problem: str = ""
    author_name: str = ""
    automatic: bool = False
    sources: Sequence[dict[str, Any]] = ()  # of an answer: agents.models.Turn.sources


@dataclass(frozen=True, kw_only=True)
class Thread:
    lines: Sequence[Line]
    earlier: int | None  # the message to begin with in order to see more; None: everything is shown
    newest: int = 0  # the last message shown


def written_since(conversation: Conversation, seen: int | None, user_id: int) -> str:
    """Who of the team wrote to the contact after the message that was on the screen; "" for nobody (else)."""
    if seen is None:
        return ""
    later = conversation.messages.filter(pk__gt=seen, direction=Message.Direction.OUT, author=Message.Author.STAFF)
    first = later.exclude(staff_id=user_id).annotate(staff_name=name_of("staff_id")).order_by("pk").first()
    return (getattr(first, "staff_name", None) or "A colleague") if first else ""


def read(conversation: Conversation, since: int | None = None) -> Thread:
    """The newest messages, or those from the message `since` on."""
    rested_on = Turn.objects.filter(pk=OuterRef("turn_id"), outcome=Turn.Outcome.REPLY).values("sources")
    rows = (
        conversation.messages.select_related("reply_to")
        .annotate(
            staff_name=name_of("staff_id"),
            sources=Subquery(rested_on[:1]),
            file_rows=media_words.files_of(),
            reaction_rows=media_words.reactions_of(),
        )
        .order_by("-pk")
    )
    wanted = PAGE if since is None else AT_MOST
    newest = list((rows if since is None else rows.filter(pk__gte=since))[: wanted + 1])
    messages = newest[:wanted][::-1]
    if since is None and len(newest) <= PAGE:
        return Thread(lines=_lines(messages, _between(conversation, None)), earlier=None, newest=_last(messages))
    begin = messages[0] if messages else None
    return Thread(
        lines=_lines(messages, _between(conversation, begin.created_at if begin else None)),
        earlier=_page_before(conversation, begin),
        newest=_last(messages),
    )


def _last(messages: Sequence[Message]) -> int:
    return messages[-1].pk if messages else 0


def _page_before(conversation: Conversation, begin: Message | None) -> int | None:
    if begin is None:
        return None
    older = conversation.messages.filter(pk__lt=begin.pk).order_by("-pk").values_list("pk", flat=True)[:PAGE]
    return min(older, default=None)


def _between(conversation: Conversation, since: dt.datetime | None) -> list[Line]:
    """What happened to the conversation, and to the contact's appointments; one query."""
    events: QuerySet[Any] = conversation.events.annotate(who=name_of("staff_id"))
    changes: QuerySet[Any] = AppointmentChange.objects.filter(
        appointment__contact_id=conversation.contact_id, act__in=wording.CHANGES
    ).annotate(
        who=name_of("user_id"),
        detail=JSONObject(
            by=F("by"),
            appointment=F("appointment_id"),
            service=F("appointment__service__name"),
            practitioner=F("appointment__practitioner__name"),
            start=Coalesce(F("after__startswith"), F("before__startswith")),
        ),
    )
    notes: QuerySet[Any] = conversation.notes.annotate(
        who=name_of("staff_id"),
        act=Value("note", output_field=CharField()),
        detail=JSONObject(
            id=F("pk"), by=F("staff_id"), text=F("text"), removed=Q(deleted_at__isnull=False), mentions=F("mentions")
        ),
    )
    if since is not None:
        events, changes = events.filter(at__gte=since), changes.filter(at__gte=since)
        notes = notes.filter(at__gte=since)
    columns = ("at", "act", "who", "detail")
    rows = [each.order_by().values_list(*columns) for each in (events, changes, notes)]
    together = rows[0].union(*rows[1:], all=True)
    return [
        Line(at=at, note={**detail, "who": who or "A colleague"})
        if act == "note"
        else Line(at=at, words=wording.event_line(act, who or "", detail))
        for at, act, who, detail in together.order_by("-at")[:AT_MOST]
    ]


def _lines(messages: Sequence[Message], between: list[Line]) -> list[Line]:
    last_of_turn = {each.turn_id: each.pk for each in messages}
    said = [_said(each, ends_turn=last_of_turn[each.turn_id] == each.pk) for each in messages]
    lines: list[Line] = []
    day = None
    for line in sorted([*said, *between], key=lambda each: each.at):  # stable: messages keep their own order
        local = timezone.localtime(line.at).date()
        lines.append(line if local == day else _with_day(line, local))
        day = local
    return lines


def _said(message: Message, *, ends_turn: bool) -> Line:
    sources: Sequence[dict[str, Any]] = getattr(message, "sources", None) or ()
    state, problem = wording.delivery(message)
    tool = message_tools.tool_of(message)
    return Line(
        at=message.created_at,
        message=message,
        media=media_words.items_of(message),
        place=media_words.place_of(message),
        reactions=getattr(message, "reaction_rows", None) or (),
        quote=quoting.quote_of(message.reply_to),
        tools=message_tools.TEMPLATE if tool else "",
        tool=tool,
        state=state,
        problem=problem,
        author_name=wording.author_name(message),
        automatic=message.author == Message.Author.SYSTEM,
        sources=sources if ends_turn and message.author == Message.Author.ASSISTANT else (),
    )


def _with_day(line: Line, day: dt.date) -> Line:
    return Line(**{**line.__dict__, "day": day})
