"""Finding anything from anywhere: contacts, what was written, appointments, pages of the desk."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from calendar_sync.models import Appointment, Patient
from conversations.models import Contact, ContactIdentity, Conversation, Message
from escalations import inbox
from tenants.folding import Fold, fold, words_query
from tenants.formats import shown
from tenants.models import Business

MOST = 6  # of each kind
NEWEST = 300  # messages looked at for different conversations
AROUND = 40  # signs of a message before the word that was looked for
PAGES = (
    ("inbox", _("Inbox"), "inbox"),
    ("escalations", _("Escalations"), "alert-triangle"),
    ("diary", _("Diary"), "calendar"),
    ("appointment_new", _("New booking"), "calendar-plus"),
    ("waitlist", _("Waiting list"), "hourglass"),
    ("contacts", _("Contacts"), "users"),
    ("assistant", _("Assistant"), "robot"),
    ("knowledge", _("Knowledge"), "book"),
    ("knowledge_gaps", _("Questions without an answer"), "help"),
    ("assistant_try", _("Try the assistant"), "message-circle"),
    ("corrections", _("Corrections"), "pencil"),
    ("red_flags", _("Red flags"), "flag"),
    ("spend", _("Spend"), "coin"),
    ("traces", _("Traces"), "activity"),
    ("settings", _("Settings"), "settings"),
    ("settings_hours", _("Hours and holidays"), "clock"),
    ("settings_services", _("Services"), "list-details"),
    ("settings_practitioners", _("Practitioners"), "stethoscope"),
    ("settings_channels", _("WhatsApp number"), "brand-whatsapp"),
    ("settings_calendars", _("Google Calendar"), "calendar"),
    ("settings_messages", _("Messages that go out"), "send"),
    ("settings_templates", _("Message templates"), "file-text"),
    ("settings_members", _("People"), "users"),
    ("settings_labels", _("Labels"), "tag"),
    ("settings_notifications", _("Notifications"), "bell"),
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


def everything(business: Business, words: str) -> Sequence[Group]:
    """What fits, kind by kind, best kinds first; pages only while nothing was typed. At most three queries."""
    query, digits = words_query(words), inbox.digits_of(words)
    groups = [Group(name=gettext("Go to"), found=_pages(words))]
    if query or digits:
        label = business.patient_label
        groups = [
            Group(name=gettext("Contacts"), found=_contacts(query, digits, label)),
            Group(name=gettext("Appointments"), found=_appointments(words) if query else []),
            Group(name=gettext("Messages"), found=_messages(query, words, label) if query else []),
            *groups,
        ]
    return [each for each in groups if each.found]


def _pages(words: str) -> list[Found]:
    wanted = fold(words).split()
    fitting = [each for each in PAGES if all(word in fold(str(each[1])) for word in wanted)]
    return [Found(title=str(title), url=reverse(name), icon=icon) for name, title, icon in fitting[:MOST]]


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
            or each.phone
            or gettext("%(patient)s without a name") % {"patient": label.capitalize()},
            url=reverse("conversation", args=[each.talk]) if each.talk else reverse("contact", args=[each.pk]),
            icon="user",
            note=each.phone or "",
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
    named = Q()
    for word in fold(words).split():
        named &= Q(folded__contains=word)
    patients = Patient.objects.annotate(folded=Fold("name")).filter(named).values("pk")
    rows = Appointment.objects.filter(patient__in=patients).select_related("patient", "service", "practitioner")
    return [
        Found(
            title=f"{each.patient.name}: {each.service.name}",
            url=f"{reverse('diary')}?date={timezone.localtime(each.starts_at).date().isoformat()}",
            icon="calendar-event",
            note=gettext("%(when)s with %(practitioner)s")
            % {"when": shown(each.starts_at, "D j M Y, H:i"), "practitioner": each.practitioner.name},
        )
        for each in rows.order_by("-during")[:MOST]
    ]


def _around(text: str, words: str) -> str:
    """The part of a message where the first word stands."""
    plain = " ".join(text.split())
    first = fold(words).split()[0]
    place = plain.lower().find(first)
    start = max(0, place - AROUND)
    return ("… " if start else "") + plain[start : start + 120]
