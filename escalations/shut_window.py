"""Writing to somebody whose 24 hours are over: an approved template, its blanks filled in, looked at before it goes."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from calendar_sync.models import HOLDS_TIME, Appointment
from conversations import automatic
from conversations.automatic_texts import language_for
from conversations.models import Conversation, Message, MessageTemplate
from conversations.placeholders import HEADING, blank_of, filled, names_in
from conversations.service_window import window_of
from escalations.acts import as_person
from tenants import clock
from tenants.models import Business, User

Purpose = MessageTemplate.Purpose
# Ours that a person may send too; the others carry buttons of an offer or a case.
BY_HAND = (Purpose.OTHER, Purpose.AFTER_VISIT, Purpose.NO_SHOW, Purpose.REMINDER)
LONGEST = 300  # characters of a blank
LABELS = {
    "first_name": _("First name"),
    "business": _("Your business"),
    "service": _("Service"),
    "practitioner": _("Practitioner"),
    "when": _("Day and time"),
    "reference": _("Number of the appointment"),
    "until": _("Until when"),
}


LINKS = {
    f"{HEADING}image_link": _("Web address of the picture"),
    f"{HEADING}document_link": _("Web address of the document"),
}


class NotSendable(Exception):
    """It can't go out; the text says why to a person."""


def usable(business: Business, conversation: Conversation) -> Sequence[MessageTemplate]:
    """What may go out to this contact, in their language first, then in the business's."""
    rows = MessageTemplate.objects.filter(channel=conversation.channel_id, purpose__in=BY_HAND)
    found = list(rows.exclude(approved_sid="").order_by("purpose", "name", "language"))
    if _coming(conversation) is None:
        found = [each for each in found if each.purpose != Purpose.REMINDER]
    wanted = [conversation.contact.language, business.language]

    def rank(template: MessageTemplate) -> int:
        code = template.language.partition("_")[0]
        return wanted.index(code) if code in wanted else len(wanted)

    return sorted(found, key=rank)


def known_values(business: Business, conversation: Conversation, template: MessageTemplate) -> dict[str, str]:
    """What can be filled in without being asked: the name, and the next appointment."""
    values = {"first_name": conversation.contact.display_name.split(" ")[0], "business": business.name}
    coming = _coming(conversation)
    if coming is not None:
        values = automatic.values_of(business, coming, language_for(template.language, business.language))
    return {name: values.get(blank_of(name) or name, "") for name in names_in(template.approved_body)}


def label_of(name: str) -> str:
    """What staff read over a blank: "First name" for ours and for one called first_name there, "Blank 2", "Day off"."""
    blank = blank_of(name)
    if blank.startswith(HEADING):
        return str(LINKS.get(blank, _("In the heading")))
    if known := LABELS.get(blank or name):
        return str(known)
    if blank.isdecimal():
        return gettext("Blank %(removeprefix)s") % {"removeprefix": blank}
    return blank.replace("_", " ").strip().capitalize() or blank


def preview(template: MessageTemplate, values: Mapping[str, str]) -> str:
    """How it will read; blanks that are still empty are shown as "…"."""
    return filled(template.approved_body, {name: value.strip() or "…" for name, value in values.items()})


def missing(values: Mapping[str, str]) -> dict[str, str]:
    """{"first_name": why it is not right yet}"""
    wrong = {name: gettext("Fill this in.") for name, value in values.items() if not value.strip()}
    long = gettext("At most %(longest)s characters.") % {"longest": LONGEST}
    wrong |= {name: long for name, value in values.items() if len(value) > LONGEST}
    links = [name for name in values if blank_of(name) in LINKS and name not in wrong]
    no_link = gettext("Write the whole web address, beginning with https://.")
    return wrong | {name: no_link for name in links if not _is_link(values[name].strip())}


def _is_link(text: str) -> bool:
    """What WhatsApp's servers could fetch: they take no other kind, and no address within a house."""
    if any(sign.isspace() for sign in text):
        return False
    try:
        address = urlsplit(text)
    except ValueError:
        return False
    return address.scheme == "https" and "." in (address.hostname or "")


def send(
    business: Business, conversation: Conversation, user: User, template: MessageTemplate, values: Mapping[str, str]
) -> Message:
    """The conversation is this person's from then on. Raises NotSendable."""
    with as_person(business, conversation, user) as current:
        window = window_of(Conversation.objects.select_related("contact", "channel").get(pk=current.pk))
        fresh = MessageTemplate.objects.filter(pk=template.pk, channel=current.channel_id).exclude(approved_sid="")
        approved = fresh.first()
        if window.way == "nothing":
            raise NotSendable(gettext("%(words)s No template goes to them.") % {"words": window.words})
        if approved is None or missing(values):
            raise NotSendable(gettext("WhatsApp has taken this template back meanwhile, or a blank is empty."))
        return automatic.queue_filled(business, current, approved, values, staff_id=user.pk)


def _coming(conversation: Conversation) -> Appointment | None:
    rows = Appointment.objects.filter(contact_id=conversation.contact_id, status__in=HOLDS_TIME)
    rows = rows.filter(during__startswith__gt=clock.now()).select_related("service", "practitioner", "patient")
    return rows.order_by("during").first()
