"""Who writes, and how they are reached."""

import datetime as dt
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from pydantic import Field

from conversations.models import Channel, Contact, ContactIdentity
from escalations.api.operations import Call, operation
from escalations.api.pages import Page, PageQuery, newest_first, plain
from escalations.api.problems import Conflict
from escalations.api.resources.finding import at
from escalations.api.scopes import Scope
from escalations.api.shapes import Language, Line, Moment, Nothing, Out, Phone, Sentence, Shape
from tenants.models import ChannelKind

TAG = "Contacts and patients"
WRITTEN = {  # how each vendor writes a phone number
    ChannelKind.TWILIO: "whatsapp:{phone}",
    ChannelKind.SIMULATOR: "whatsapp:{phone}",
    ChannelKind.META: "{digits}",
}


class ContactOut(Out):
    id: int
    name: str = Field(description="As staff or the contact gave it.")
    profile_name: str = Field(description="As WhatsApp shows it; anybody can choose theirs.")
    phones: list[str] = Field(description="E.164; empty where WhatsApp tells no number.")
    language: str
    note: str
    opted_out_at: dt.datetime | None = Field(description="They asked not to be written to by itself (STOP).")
    merged_into: int | None
    created_at: dt.datetime


class ContactQuery(PageQuery):
    phone: Phone | None = None
    created_after: Moment | None = None


class ContactIn(Shape):
    name: Line
    phone: Phone | None = Field(default=None, description="They are recognised when they write from it.")
    language: Language | None = None
    note: Sentence = ""


class ContactPatch(Shape):
    name: Line | None = None
    language: Language | None = None
    note: Sentence | None = None


@operation(
    "GET", "contacts", scope=Scope.CONTACTS_READ, tag=TAG, summary="List contacts", answers=Page[ContactOut],
    query=ContactQuery,
)  # fmt: skip
def list_contacts(call: Call[ContactQuery, Nothing]) -> Page[ContactOut]:
    """Newest first."""
    rows = _contacts()
    if call.query.phone is not None:
        rows = rows.filter(pk__in=_with(call.query.phone))
    if call.query.created_after is not None:
        rows = rows.filter(created_at__gt=call.query.created_after)
    return newest_first(rows, call.query, plain(shown))


@operation("GET", "contacts/{contact}", scope=Scope.CONTACTS_READ, tag=TAG, summary="One contact", answers=ContactOut)
def get_contact(call: Call[Nothing, Nothing]) -> ContactOut:
    return shown(at(_contacts(), call.id))


@operation(
    "POST", "contacts", scope=Scope.CONTACTS_WRITE, tag=TAG, summary="Add a contact", answers=ContactOut, status=201,
    body=ContactIn, conflicts=True,
)  # fmt: skip
def add_contact(call: Call[Nothing, ContactIn]) -> ContactOut:
    """With a phone number of which there is a contact already: 409, and `contact` names it."""
    wanted = call.body
    try:
        with transaction.atomic():
            if wanted.phone is not None:
                _refuse_twice(wanted.phone)
            made = Contact.objects.create(name=wanted.name, language=wanted.language or "", note=wanted.note)
            if wanted.phone is not None:
                _identify(made, wanted.phone)
    except IntegrityError:  # they wrote at this very moment
        _refuse_twice(wanted.phone or "")
        raise
    return shown(at(_contacts(), made.pk))


@operation(
    "PATCH", "contacts/{contact}", scope=Scope.CONTACTS_WRITE, tag=TAG, summary="Edit a contact", answers=ContactOut,
    body=ContactPatch,
)  # fmt: skip
def edit_contact(call: Call[Nothing, ContactPatch]) -> ContactOut:
    """What is left out or null stays as it is."""
    at(Contact.objects.all(), call.id)
    changed = call.body.model_dump(exclude_none=True)
    if changed:
        Contact.objects.filter(pk=call.id).update(**changed)
    return shown(at(_contacts(), call.id))


def shown(row: Contact) -> ContactOut:
    identities: Sequence[ContactIdentity] = row.identities.all()  # type: ignore[assignment]
    return ContactOut(
        id=row.pk,
        name=row.name,
        profile_name=row.profile_name,
        phones=sorted({each.phone for each in identities if each.phone}),
        language=row.language,
        note=row.note,
        opted_out_at=row.opted_out_at,
        merged_into=row.merged_into_id,
        created_at=row.created_at,
    )


def _contacts() -> QuerySet[Contact]:
    return Contact.objects.filter(merged_into=None, erased_at=None).prefetch_related("identities")


def _with(phone: str) -> QuerySet[ContactIdentity, int]:
    return ContactIdentity.objects.filter(phone=phone).values_list("contact_id", flat=True)


def _refuse_twice(phone: str) -> None:
    known = _with(phone).order_by("contact_id").first()
    if known is not None:
        raise Conflict("contact_exists", "There is a contact with this phone number.", contact=known)


def _identify(contact: Contact, phone: str) -> None:
    """On the number by which the business is reached; without one there is nothing to be recognised on."""
    channel = Channel.objects.filter(active=True).order_by("pk").first()
    if channel is None:
        raise Conflict("no_channel", "Connect a number first: a phone is recognised on it.")
    address = WRITTEN[ChannelKind(channel.kind)].format(phone=phone, digits=phone.removeprefix("+"))
    ContactIdentity.objects.create(contact=contact, kind=channel.kind, address=address, phone=phone)
