"""What we write when we offer times by ourselves. Dates and hours in the business's zone and the reader's language."""

import datetime as dt
from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.formats import date_format

from agents.types import Choice
from calendar_sync.models import CampaignCase, CaseOption, WaitlistOffer
from conversations import automatic
from conversations.automatic_texts import DISCREET, WHEN, language_for
from conversations.models import Conversation, MessageTemplate
from tenants.models import Business

Purpose = MessageTemplate.Purpose
PLACES = ("first", "second")  # of the held times, in templates
TITLE_LIMIT = 20  # of a WhatsApp button
SHORT = {"en": "D j M H:i", "de": "D j.n. H:i", "es": "D j M H:i", "fr": "D j M H:i", "pt": "D j M H:i"}
ACCEPT = {"en": "Yes, please", "de": "Ja, gern", "es": "Sí, por favor", "fr": "Oui, merci", "pt": "Sim, por favor"}
DECLINE = {"en": "No, thank you", "de": "Nein, danke", "es": "No, gracias", "fr": "Non, merci", "pt": "Não, obrigado"}
NEITHER = {"en": "None of these", "de": "Nichts davon", "es": "Ninguna", "fr": "Aucun", "pt": "Nenhuma"}
GONE = {
    "en": "The time we offered ({when}) has gone now. You keep your place on the waiting list.",
    "de": "Der angebotene Termin ({when}) ist jetzt vergeben. Ihr Platz auf der Warteliste bleibt Ihnen.",
    "es": "La cita que le ofrecimos ({when}) ya no está libre. Conserva su lugar en la lista de espera.",
    "fr": "Le rendez-vous proposé ({when}) n'est plus libre. Vous gardez votre place sur la liste d'attente.",
    "pt": "A marcação que oferecemos ({when}) já não está livre. Mantém o seu lugar na lista de espera.",
}
OUT = {
    "en": "Hello {first_name}, we are sorry: {practitioner} is out, so your appointment {when} ({reference}) can't "
    "take place then. Instead we are holding for you:\n{options}\nReply {numbers}. Or tell us what would suit you "
    "better.",
    "de": "Guten Tag {first_name}, es tut uns leid: {practitioner} ist nicht da, Ihr Termin {when} ({reference}) kann "
    "dann nicht stattfinden. Stattdessen halten wir für Sie frei:\n{options}\nAntworten Sie {numbers}. Oder sagen Sie "
    "uns, was besser passt.",
    "es": "Hola {first_name}, lo sentimos: {practitioner} no estará, por lo que su cita {when} ({reference}) no puede "
    "tener lugar. En su lugar le guardamos:\n{options}\nResponda {numbers}. O díganos qué le viene mejor.",
    "fr": "Bonjour {first_name}, nous sommes désolés : {practitioner} est absent, votre rendez-vous {when} "
    "({reference}) ne peut pas avoir lieu. À la place nous vous gardons :\n{options}\nRépondez {numbers}. Ou "
    "dites-nous ce qui vous conviendrait mieux.",
    "pt": "Olá {first_name}, lamentamos: {practitioner} não estará, por isso a sua marcação {when} ({reference}) não "
    "se pode realizar. Em vez disso guardamos para si:\n{options}\nResponda {numbers}. Ou diga-nos o que lhe "
    "convém mais.",
}
NUMBERS = {
    "en": {1: "1 (or yes)", 2: "1 (or yes) or 2"},
    "de": {1: "1 (oder ja)", 2: "1 (oder ja) oder 2"},
    "es": {1: "1 (o sí)", 2: "1 (o sí) o 2"},
    "fr": {1: "1 (ou oui)", 2: "1 (ou oui) ou 2"},
    "pt": {1: "1 (ou sim)", 2: "1 (ou sim) ou 2"},
}
AGAIN = {
    "en": "A short reminder, because we have to know by {until}.",
    "de": "Eine kurze Erinnerung, weil wir es bis {until} wissen müssen.",
    "es": "Un breve recordatorio, porque necesitamos saberlo antes de {until}.",
    "fr": "Un petit rappel, car nous devons le savoir avant {until}.",
    "pt": "Um breve lembrete, porque precisamos de saber até {until}.",
}
WITH = {"en": "with", "de": "bei", "es": "con", "fr": "avec", "pt": "com"}


def offer_values(business: Business, offer: WaitlistOffer, language: str) -> dict[str, str]:
    """For the purpose waitlist_offer."""
    entry = offer.entry
    service, practitioner = entry.service.name, offer.practitioner.name
    if entry.patient.disclosure != "full":
        service, practitioner = DISCREET[language]
    return {
        "first_name": entry.patient.name.split(" ")[0],
        "business": automatic.house(business, offer.hold.where),
        "service": service,
        "practitioner": practitioner,
        "when": when(business, offer.starts_at, language),
        "until": when(business, offer.deadline, language),
        "offer": str(offer.pk),
    }


def offer_choices(business: Business, conversation: Conversation | None) -> tuple[Choice, ...]:
    language = _language(business, conversation)
    return (Choice(id="offer:yes", title=ACCEPT[language]), Choice(id="offer:no", title=DECLINE[language]))


def gone(business: Business, offer: WaitlistOffer, conversation: Conversation | None) -> str:
    language = _language(business, conversation)
    return GONE[language].format(when=when(business, offer.starts_at, language))


def case_values(business: Business, case: CampaignCase, options: Sequence[CaseOption], language: str) -> dict[str, str]:
    """For the purposes practitioner_out and those that name the held times: {first} is taken by offer:{pick_first}."""
    values = automatic.values_of(business, case.appointment, language)
    for place, each in zip(PLACES, options, strict=False):
        values[place] = f"{when(business, each.starts_at, language)} {WITH[language]} {each.practitioner.name}"
        values[f"pick_{place}"] = str(each.number)
    return values


def case_purpose(options: Sequence[CaseOption]) -> str:
    """The template that names as many times as are held."""
    return {0: Purpose.PRACTITIONER_OUT, 1: Purpose.OUT_ONE_TIME}.get(len(options), Purpose.OUT_TWO_TIMES)


def case_text(
    business: Business, case: CampaignCase, options: Sequence[CaseOption], conversation: Conversation | None
) -> str:
    """Names the times that are held, by number."""
    language = _language(business, conversation)
    lines = (
        f"{each.number}. {when(business, each.starts_at, language)} {WITH[language]} {each.practitioner.name}"
        for each in options
    )
    values: Mapping[str, str] = case_values(business, case, options, language)
    return OUT[language].format(
        **values, options="\n".join(lines), numbers=NUMBERS[language][min(2, max(1, len(options)))]
    )


def case_choices(
    business: Business, case: CampaignCase, options: Sequence[CaseOption], conversation: Conversation | None
) -> tuple[Choice, ...]:
    language, zone = _language(business, conversation), ZoneInfo(business.timezone)
    with translation.override(language):
        titles = [date_format(each.starts_at.astimezone(zone), SHORT[language])[:TITLE_LIMIT] for each in options]
    numbered = [Choice(id=f"offer:{each.number}", title=title) for each, title in zip(options, titles, strict=True)]
    return (*numbered, Choice(id="offer:no", title=NEITHER[language]))


def case_reminder(
    business: Business, case: CampaignCase, options: Sequence[CaseOption], conversation: Conversation | None
) -> str:
    language = _language(business, conversation)
    assert case.deadline is not None
    again = AGAIN[language].format(until=when(business, case.deadline, language))
    return f"{again}\n\n{case_text(business, case, options, conversation)}"


def when(business: Business, moment: dt.datetime, language: str) -> str:
    with translation.override(language):
        return date_format(moment.astimezone(ZoneInfo(business.timezone)), WHEN[language])


def _language(business: Business, conversation: Conversation | None) -> str:
    return automatic.language_of(business, conversation) if conversation else language_for(business.language)
