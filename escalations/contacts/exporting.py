"""Everything about one person, to hand to them: a zip with one JSON for machines, one HTML to read, and their files.

Written piece by piece while it is sent, so that a long history needs no memory. What the assistant thought (redacted
transcripts, traces) is left out: it holds nothing that is not here in plain words.
"""

import datetime as dt
import json
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Model, QuerySet
from django.template.loader import render_to_string
from django_tenants.utils import tenant_context

from agents.models import Fact
from calendar_sync.models import Appointment, Patient, WaitlistEntry
from conversations.files import keeping
from conversations.files.kinds import KNOWN
from conversations.models import ConsentChange, Contact, ContactIdentity, Conversation, Message, StoredFile
from escalations.models import ContactLabel, Note
from tenants import clock
from tenants.models import Business

AT_ONCE = 500  # rows


class _Pipe:
    """What zipfile writes to; taken out again piece by piece."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    def write(self, data: bytes, /) -> int:
        self.pieces.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing waits anywhere else."""

    def taken(self) -> Iterator[bytes]:
        pieces, self.pieces = self.pieces, []
        yield from pieces


def zipped(business: Business, contact: Contact) -> Iterator[bytes]:
    """The zip file in pieces, as it is made: after the page is over, so each piece enters the business's schema."""
    pieces = _zipped(business, contact)
    while True:
        with tenant_context(business):
            piece = next(pieces, None)
        if piece is None:
            return
        yield piece


def _zipped(business: Business, contact: Contact) -> Iterator[bytes]:
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[call-overload] # it asks no more
        with archive.open("data.json", "w") as target:
            for piece in as_json(business, contact):
                target.write(piece.encode())
                yield from pipe.taken()
        with archive.open("read-me.html", "w") as target:
            for piece in as_html(business, contact):
                target.write(piece.encode())
                yield from pipe.taken()
        for name, content in _files(business, contact):
            archive.writestr(name, content)
            yield from pipe.taken()
    yield from pipe.taken()


def as_json(business: Business, contact: Contact) -> Iterator[str]:
    """One object; a list for each kind of thing, written row by row."""
    yield '{\n"exported_at": ' + json.dumps(clock.now().isoformat())
    yield ',\n"business": ' + json.dumps(business.name)
    yield ',\n"contact": ' + json.dumps(_contact(contact), ensure_ascii=False)
    for name, rows, shown in _parts(contact):
        yield f",\n{json.dumps(name)}: ["
        for number, row in enumerate(rows.iterator(chunk_size=AT_ONCE)):
            yield (",\n" if number else "\n") + json.dumps(shown(row), ensure_ascii=False, default=str)
        yield "\n]"
    yield "\n}\n"


def as_html(business: Business, contact: Contact) -> Iterator[str]:
    """The same to read: a page that needs nothing else."""
    yield render_to_string("desk/export/head.html", {"contact": contact, "business": business, "at": clock.now()})
    for name, rows, shown in _parts(contact):
        yield render_to_string("desk/export/part.html", {"title": name.replace("_", " ").capitalize()})
        for row in rows.iterator(chunk_size=AT_ONCE):
            yield render_to_string("desk/export/row.html", {"row": _readable(shown(row))})
        yield "</ul>\n"
    yield "</body></html>\n"


Part = tuple[str, QuerySet[Any], Callable[[Any], dict[str, Any]]]


def _parts(contact: Contact) -> list[Part]:
    mine = {"contact_id": contact.pk}
    talks = Conversation.objects.filter(**mine)
    visits = Appointment.objects.filter(**mine).select_related("service", "practitioner", "patient")
    said = Message.objects.filter(conversation__in=talks).order_by("pk")
    waits = WaitlistEntry.objects.filter(**mine).select_related("service").order_by("pk")
    facts = Fact.objects.filter(**mine, deleted_at__isnull=True).order_by("pk")
    return [
        (
            "numbers",
            ContactIdentity.objects.filter(**mine).order_by("pk"),
            _plain("kind", "address", "phone", "user_id"),
        ),
        ("patients", Patient.objects.filter(**mine).order_by("pk"), _plain("name", "phone", "born_on", "known_since")),
        ("appointments", visits.order_by("pk"), _appointment),
        (
            "waiting_list",
            waits,
            lambda row: {"service": row.service.name, "status": row.status, "since": row.created_at},
        ),
        ("agreed_to", ConsentChange.objects.filter(**mine).order_by("pk"), _plain("at", "to", "way", "text")),
        ("labels", ContactLabel.objects.filter(**mine).select_related("label"), lambda row: {"label": row.label.name}),
        ("remembered", facts, _plain("at", "text", "made_by")),
        ("messages", said, _message),
        ("notes_of_the_team", Note.objects.filter(conversation__in=talks, deleted_at=None), _plain("at", "text")),
    ]


def _plain(*names: str) -> Callable[[Model], dict[str, Any]]:
    return lambda row: {name: getattr(row, name) for name in names}


def _contact(contact: Contact) -> dict[str, Any]:
    names = ("name", "profile_name", "language", "note")
    return {name: getattr(contact, name) for name in names} | {"since": contact.created_at.isoformat()}


def _appointment(row: Appointment) -> dict[str, Any]:
    return {
        "reference": row.reference,
        "starts_at": row.starts_at,
        "ends_at": row.ends_at,
        "service": row.service.name,
        "practitioner": row.practitioner.name,
        "patient": row.patient.name,
        "status": row.status,
        "booked_by": row.booked_by,
        "note": row.note,
    }


def _message(row: Message) -> dict[str, Any]:
    said = {"at": row.created_at, "conversation": row.conversation_id, "from": row.author, "text": row.text}
    more = {"kind": row.kind if row.kind != Message.Kind.TEXT else "", "heard": row.heard, "place": row.place}
    return said | {name: value for name, value in more.items() if value}


def _readable(row: dict[str, Any]) -> list[tuple[str, str]]:
    return [(name.replace("_", " "), _words(value)) for name, value in row.items() if value not in (None, "")]


def _words(value: Any) -> str:
    return value.strftime("%Y-%m-%d %H:%M UTC") if isinstance(value, dt.datetime) else str(value)


def _files(business: Business, contact: Contact) -> Iterator[tuple[str, bytes]]:
    """One after the other: none is larger than a vendor takes."""
    kept = StoredFile.objects.filter(message__conversation__contact=contact, state=StoredFile.State.KEPT)
    for row in kept.order_by("pk").iterator(chunk_size=AT_ONCE):
        ending = KNOWN[row.type].ending if row.type in KNOWN else "bin"
        try:
            yield f"files/{row.pk}.{ending}", keeping.read(business, row)
        except keeping.Gone:
            continue  # deleted meanwhile
