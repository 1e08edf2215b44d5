"""Whatever a business offers can be read back, told with its price and booked; `Chat` holds each text to the facts."""

import pytest

from tests.guided.desk import Chat, Practice, brief_of

KINDS = ("dentist", "doctor", "physiotherapist", "therapist", "hair_salon")
SAID = {
    "en": ("how much is {}?", "{} on Thursday 26 November at 10:00", "yes"),
    "de": ("Was kostet {}?", "{} am Donnerstag, 26. November um 10 Uhr", "ja"),
    "es": ("¿cuánto cuesta {}?", "{} el jueves 26 de noviembre a las 10", "sí"),
    "fr": ("combien coûte {} ?", "{} le jeudi 26 novembre à 10h", "oui"),
    "pt": ("quanto custa {}?", "{} na quinta, 26 de novembro às 10h", "sim"),
}


@pytest.mark.parametrize("language", SAID)
@pytest.mark.parametrize("kind", KINDS)
def test_each_service_is_told_read_back_and_booked(kind: str, language: str) -> None:
    for service in brief_of(kind).services:
        chat = Chat(Practice(brief_of(kind, language=language)))
        price, wish, agrees = SAID[language]
        chat.say(price.format(service.name))
        chat.say(wish.format(service.name))
        chat.say(agrees)
        made = [each["service"] for each in chat.practice.appointments.values()]
        assert made == [service.name], (service.name, made)
