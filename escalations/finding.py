"""Finding anything from anywhere: contacts, what was written, appointments, pages of the desk."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from calendar_sync.models import HOLDS_TIME, Appointment, AppointmentStatus, Patient
from conversations.models import Contact, ContactIdentity, Conversation, Message
from escalations import inbox
from tenants import clock
from tenants.access import may_open
from tenants.folding import Fold, fold, words_query
from tenants.formats import shown
from tenants.models import Membership
from tenants.phone_numbers import readable
from tenants.settings_pages import cards_for

MOST = 6  # of each kind
NEWEST = 300  # messages looked at for different conversations
AROUND = 40  # signs of a message before the word that was looked for
DESK = (
    ("inbox", _("Inbox"), "inbox"),
    ("escalations", _("Escalations"), "alert-triangle"),
    ("diary", _("Diary"), "calendar"),
    ("appointment_new", _("New booking"), "calendar-plus"),
    ("waitlist", _("Waiting list"), "hourglass"),
    ("contacts", _("Contacts"), "users"),
    ("promises", _("Promised"), "hourglass"),
    ("assistant", _("Assistant"), "robot"),
    ("knowledge", _("Knowledge"), "book"),
    ("knowledge_gaps", _("Questions without an answer"), "help"),
    ("assistant_try", _("Try the assistant"), "message-circle"),
    ("corrections", _("Corrections"), "pencil"),
    ("red_flags", _("Red flags"), "flag"),
    ("trials", _("Go-live"), "robot"),
    ("shadow", _("Shadow"), "robot"),
    ("reviews", _("Reviews"), "robot"),
    ("spend", _("Spend"), "coin"),
    ("reports", _("Reports"), "chart-bar"),
    ("traces", _("Traces"), "activity"),
    ("settings", _("Settings"), "settings"),
    ("webhooks", _("Webhooks"), "plug"),
)


@dataclass(frozen=True, kw_only=True)
class Found:
    """One line of the answer."""

    title: str
    url: str
    icon: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Group:
    name: str
    found: Sequence[Found]


def everything(membership: Membership, words: str) -> Sequence[Group]:
    """What fits, kind by kind, best kinds first; pages only while nothing was typed. At most five queries."""
    query, digits = words_query(words), inbox.digits_of(words)
    groups = [Group(name=gettext("Go to"), found=_pages(membership, words))]
    if query or digits:
        label = membership.business.patient_label
        groups = [
            Group(name=gettext("Contacts"), found=_contacts(query, digits, label)),
            Group(name=gettext("Appointments"), found=_appointments(words) if query else []),
            Group(name=gettext("Messages"), found=_messages(query, words, label) if query else []),
            *groups,
        ]
    return [each for each in groups if each.found]


def _pages(membership: Membership, words: str) -> list[Found]:
    """Those of the desk, then those of settings that this role may open; a title that fits counts more than a note."""
    pages = [Found(title=str(title), url=reverse(name), icon=icon) for name, title, icon in DESK]
    here = {each.url for each in pages}
    cards = [Found(**{key: str(value) for key, value in each.items()}) for each in cards_for(membership)]
    pages = [each for each in pages if may_open(membership, each.url)] + [
        each for each in cards if each.url not in here
    ]
    wanted = fold(words).split()

    def fits(text: str) -> bool:
        return all(word in fold(text) for word in wanted)

    fitting = sorted(
        (each for each in pages if fits(f"{each.title} {each.note}")), key=lambda each: not fits(each.title)
    )
    return [replace(each, note="") for each in fitting[:MOST]]


def _contacts(query: str, digits: str, label: str) -> list[Found]:
    wanted = Q(pk__in=[])
    if query:
        wanted = Q(pk__in=inbox.contacts_called(query).values("pk"))
    if digits:
        wanted |= Q(pk__in=ContactIdentity.objects.filter(phone__contains=digits).values("contact"))
    phone = ContactIdentity.objects.filter(contact=OuterRef("pk")).order_by("pk").values("phone")[:1]
    talk = Conversation.objects.filter(contact=OuterRef("pk")).order_by("-last_message_at").values("pk")[:1]
    rows = (
        Contact.objects.filter(wanted, merged_into=None, erased_at=None)
        .annotate(phone=Subquery(phone), talk=Subquery(talk))
        .order_by("-pk")[:MOST]
    )
    return [
        Found(
            title=each.display_name
            or readable(each.phone or "")
            or gettext("%(patient)s without a name") % {"patient": label.capitalize()},
            url=reverse("conversation", args=[each.talk]) if each.talk else reverse("contact", args=[each.pk]),
            icon="user",
            note=readable(each.phone or ""),
        )
        for each in rows
    ]


def _messages(query: str, words: str, label: str) -> list[Found]:
    """The newest message of each conversation in which the words stand."""
    saying = inbox.messages_saying(query).order_by("-pk").select_related("conversation__contact")[:NEWEST]
    newest: dict[int, Message] = {}
    for each in saying:
        newest.setdefault(each.conversation_id, each)
        if len(newest) == MOST:
            break
    return [
        Found(
            title=_around(each.text, words),
            url=f"{reverse('conversation', args=[each.conversation_id])}?since={each.pk}#message-{each.pk}",
            icon="message",
            note=each.conversation.contact.display_name
            or gettext("%(patient)s without a name") % {"patient": label.capitalize()},
        )
        for each in newest.values()
    ]


def _appointments(words: str) -> list[Found]:
    """Those to come first, the next one on top; then the latest of those that are over or off."""
    named = Q()
    for word in fold(words).split():
        named &= Q(folded__contains=word)
    patients = Patient.objects.annotate(folded=Fold("name")).filter(named).values("pk")
    rows = Appointment.objects.filter(patient__in=patients).select_related("patient", "service", "practitioner")
    coming = Q(during__startswith__gt=clock.now(), status__in=HOLDS_TIME)
    found = list(rows.filter(coming).order_by("during")[:MOST])
    found += rows.exclude(coming).order_by("-during")[: MOST - len(found)] if len(found) < MOST else []
    return [
        Found(
            title=f"{each.patient.name}: {each.service.name}",
            url=reverse("appointment", args=[each.pk]),
            icon="calendar-event",
            note=gettext("%(when)s with %(practitioner)s")
            % {"when": shown(each.starts_at, "D j M Y, H:i"), "practitioner": each.practitioner.name}
            + (f" · {each.get_status_display()}" if each.status == AppointmentStatus.CANCELLED else ""),
        )
        for each in found
    ]


def _around(text: str, words: str) -> str:
    """The part of a message where the first word stands."""
    plain = " ".join(text.split())
    folded = fold(plain)
    place = folded.find(fold(words).split()[0]) if len(folded) == len(plain) else -1  # "ß" is folded to two letters
    start = max(0, place - AROUND)
    return ("… " if start else "") + plain[start : start + 120]
