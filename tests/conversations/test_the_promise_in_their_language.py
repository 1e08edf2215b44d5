"""What somebody is told when people take over, in the language that they write and with times that are so."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from calendar_sync.models import HoursException, OpeningHours
from conversations import handoffs
from conversations.models import Contact, Conversation
from conversations.promise import promise
from conversations.simulation import SimulatedPatient
from tenants import clock
from tests.conversations.conftest import sent_texts
from tests.conversations.test_handoffs import week

__all__ = ["week"]
LONDON = ZoneInfo("Europe/London")
ASKS = {
    "en": "Hello, I would like to speak to a person please",
    "de": "Guten Tag, ich möchte bitte mit einem Menschen sprechen",
    "es": "Hola, quisiera hablar con una persona por favor",
    "fr": "Bonjour, je voudrais parler à une personne s'il vous plaît",
    "pt": "Olá, queria falar com uma pessoa por favor",
}
TOLD = {
    "en": "I've passed this to the team at Bright Smile. They are open until 17:30 today and will answer you here.",
    "de": "Ich habe das an das Team von Bright Smile weitergegeben. Es ist heute bis 17:30 Uhr da und antwortet Ihnen "
    "hier.",
    "es": "He pasado su mensaje al equipo de Bright Smile. Está disponible hoy hasta las 17:30 y le responderá por "
    "aquí.",
    "fr": "J'ai transmis votre message à l'équipe de Bright Smile. Elle est là aujourd'hui jusqu'à 17:30 et vous "
    "répondra ici.",
    "pt": "Passei a sua mensagem à equipa de Bright Smile. Está disponível hoje até às 17:30 e vai responder-lhe aqui.",
}
FAR = {"en": "Monday 4 January", "de": "Montag, 4. Januar,", "es": "lunes 4 de enero", "fr": "lundi 4 janvier",
       "pt": "segunda-feira, 4 de janeiro,"}  # fmt: skip
NEXT = {"en": "on Monday at 08:30", "de": "am Montag ab 08:30 Uhr", "es": "el lunes a las 08:30",
        "fr": "le lundi à 08:30", "pt": "segunda-feira às 08:30"}  # fmt: skip
SORRY = {"en": "I'm sorry", "de": "Es tut mir leid", "es": "Lo siento", "fr": "Je suis désolé", "pt": "Lamento"}


@pytest.mark.parametrize("language", ASKS)
def test_whoever_asks_for_a_person_reads_who_answers_and_when_in_their_own_language(week, language):
    with clock.pinned(dt.datetime(2026, 11, 24, 15, tzinfo=LONDON)):
        said = SimulatedPatient(week, "+447911123400", "Maria", provider="guided").say(ASKS[language])
    assert said[-1].endswith(TOLD[language])


@pytest.mark.parametrize("language", ASKS)
def test_an_apology_for_a_failure_of_ours_is_in_their_language_too(clinic, write, language):
    message = write(ASKS[language])
    conversation = Conversation.objects.get(pk=message.conversation_id)
    handoffs.give_up(clinic, conversation)
    assert sent_texts(conversation)[-1].startswith(SORRY[language])


@pytest.mark.parametrize("language", FAR)
def test_a_weekday_and_a_far_date_are_named_in_each_language(week, language):
    assert NEXT[language] in promise(week, dt.datetime(2026, 11, 27, 18, tzinfo=LONDON), language)
    for day in range(23, 32):
        HoursException.objects.create(date=dt.date(2026, 12, day), periods=[])
    assert FAR[language] in promise(week, dt.datetime(2026, 12, 23, 10, tzinfo=LONDON), language)


@pytest.mark.parametrize("language", FAR)
def test_no_language_names_an_hour_where_no_hours_are_known(week, language):
    OpeningHours.objects.all().delete()
    told = promise(week, dt.datetime(2026, 11, 24, 15, tzinfo=LONDON), language)
    assert not any(digit.isdigit() for digit in told)


@pytest.mark.parametrize("text", ["ok", ASKS["de"]])
def test_a_language_that_was_noted_comes_first(clinic, write, text):
    message = write(text)
    Contact.objects.update(language="fr")
    conversation = Conversation.objects.get(pk=message.conversation_id)
    handoffs.hand_over(clinic, conversation, "policy")
    assert sent_texts(conversation)[-1].startswith("J'ai transmis")
