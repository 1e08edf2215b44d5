"""One way out for whatever goes out by itself: free text where the service window is open, an approved template where
it is shut, and otherwise nothing, with the reason. Never a send that WhatsApp would refuse.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.formats import date_format

from agents.types import Choice
from calendar_sync.models import Appointment, BookingRules, Location, Patient
from calendar_sync.places import several
from conversations import outbox
from conversations.automatic_texts import BUTTONS, DISCREET, TEXTS, WHEN, language_for, title_of
from conversations.choices import read
from conversations.models import Conversation, Message, MessageTemplate
from conversations.placeholders import blanks, filled, variables
from conversations.service_window import Way, window_of
from tenants.models import Business

NO_TEMPLATE = "no_template"
OWN_WORDS = (MessageTemplate.Purpose.AFTER_VISIT, MessageTemplate.Purpose.NO_SHOW)  # a business may write its own
ValuesIn = Callable[[str], Mapping[str, str]]  # what the placeholders stand for, in a language


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """`message` is queued, or None: then `reason` is opted_out, no_channel or no_template."""

    way: Way
    message: Message | None = None
    reason: str = ""


def send(
    business: Business,
    conversation: Conversation | None,
    purpose: str,
    values_in: ValuesIn,
    *,
    text: str = "",
    choices: Sequence[Choice] | None = None,
    else_as: str = "",
) -> Outcome:
    """Within the caller's transaction. `conversation` as from service_window.conversation_with.

    `values_in` fills the placeholders of the purpose's text, in the language that it goes out in. Within the window
    `text` and `choices` may say more than the template does; without them it is the purpose's own text with its own
    buttons. `else_as`: a purpose whose template says less, for where this one's is not approved.
    """
    window = window_of(conversation)
    if window.way == "nothing":
        return Outcome(way="nothing", reason=window.reason)
    assert conversation is not None
    language = language_of(business, conversation)
    if window.way == "freeform":
        values = values_in(language)
        said = text or filled(text_of(purpose, language), values)
        offered = buttons_of(purpose, language, values) if choices is None else tuple(choices)
        queued = outbox.queue(business, conversation, said, author=Message.Author.SYSTEM, choices=offered)
        return Outcome(way="freeform", message=queued[-1])
    template = template_for(business, conversation.channel_id, language, purpose, else_as)
    if template is None:
        return Outcome(way="nothing", reason=NO_TEMPLATE)
    values = values_in(language_for(template.language))
    return Outcome(way="template", message=queue_filled(business, conversation, template, values))


def say(business: Business, conversation: Conversation | None, text: str) -> bool:
    """Within the caller's transaction: a free text where the window is open; where it is shut it is not worth more."""
    if conversation is None or window_of(conversation).way != "freeform":
        return False
    outbox.queue(business, conversation, text, author=Message.Author.SYSTEM)
    return True


def queue_filled(
    business: Business,
    conversation: Conversation,
    template: MessageTemplate,
    values: Mapping[str, str],
    *,
    staff_id: int | None = None,
) -> Message:
    """Within the caller's transaction: an approved template, filled in."""
    body, buttons = template.approved_body, template.approved_buttons
    numbers = blanks([body, *(each["id"] for each in buttons)])
    return outbox.queue_template(
        business,
        conversation,
        template,
        filled(body, values),
        variables=variables(numbers, values),
        choices=read([{**each, "id": filled(each["id"], values)} for each in buttons]),
        staff_id=staff_id,
    )


def template_for(business: Business, channel_id: int, language: str, *purposes: str) -> MessageTemplate | None:
    """The approved one to use: in the patient's language, whatever the purpose, before the business's. Words that the
    business wrote itself are in its own language only."""
    for each in dict.fromkeys((language, language_for(business.language))):
        for purpose in filter(None, purposes):
            found = (
                None
                if each != language_for(business.language) and own_words(purpose)
                else (approved(channel_id, purpose, each))
            )
            if found is not None:
                return found
    return None


def approved(channel_id: int, purpose: str, *languages: str) -> MessageTemplate | None:
    """The template to use on this number: in the first of these languages that has one."""
    rows = MessageTemplate.objects.filter(channel_id=channel_id, purpose=purpose).exclude(approved_sid="")
    by_language = {row.language: row for row in rows}
    return next((by_language[each] for each in map(language_for, languages) if each in by_language), None)


def text_of(purpose: str, language: str) -> str:
    """The business's own text, where it wrote one, else ours in this language."""
    return own_words(purpose) or TEXTS[purpose][language]


def own_words(purpose: str) -> str:
    """What the business wrote itself, in its own language; "" where it didn't."""
    if purpose not in OWN_WORDS:
        return ""
    rules = BookingRules.of_this_business()
    return (rules.after_visit_text if purpose == MessageTemplate.Purpose.AFTER_VISIT else rules.no_show_text).strip()


def button_rows(purpose: str, language: str) -> list[dict[str, str]]:
    """[{"id": "confirm:{reference}", "title": "Confirm"}, …] with the placeholders still in it."""
    ids = BUTTONS.get(purpose, ())
    return [{"id": each, "title": title_of(purpose, each, language)} for each in ids]


def buttons_of(purpose: str, language: str, values: Mapping[str, str]) -> tuple[Choice, ...]:
    return tuple(Choice(id=filled(each["id"], values), title=each["title"]) for each in button_rows(purpose, language))


def language_of(business: Business, conversation: Conversation) -> str:
    return language_for(conversation.contact.language, business.language)


def house(business: Business, location: Location) -> str:
    """What the business is called where something is: with its location's name where there are several."""
    return f"{business.name}, {location.name}" if several() else business.name


def values_of(business: Business, appointment: Appointment, language: str) -> dict[str, str]:
    """What the placeholders stand for. Needs the appointment's service, practitioner and patient.

    On a phone that several people share no more is told than the patient allows. Where there are several locations the
    business is called by the appointment's own, in texts that were approved long ago, too.
    """
    service, practitioner = appointment.service.name, appointment.practitioner.name
    if appointment.patient.disclosure != Patient.Disclosure.FULL:
        service, practitioner = DISCREET[language]
    return {
        "first_name": appointment.patient.name.split(" ")[0],
        "business": house(business, appointment.where),
        "service": service,
        "practitioner": practitioner,
        "when": when_text(business, appointment, language),
        "reference": appointment.reference,
    }


def when_text(business: Business, appointment: Appointment, language: str) -> str:
    """ "Thursday 3 December at 09:00", in the business's timezone and the reader's language."""
    local = appointment.starts_at.astimezone(ZoneInfo(business.timezone))
    with translation.override(language):
        return date_format(local, WHEN[language])
