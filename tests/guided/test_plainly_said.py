"""What people plainly say at first contact, in their own ways."""

import pytest

from tests.guided.desk import Chat, Practice, brief_of


def chat_at(kind: str, language: str) -> Chat:
    return Chat(Practice(brief_of(kind, language=language)))


def reason_of(chat: Chat) -> str:
    return chat.handed_over["reason"] if chat.handed_over else ""


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "I need to talk to someone"),
        ("de", "Ich muss mit jemandem reden"),
        ("es", "Necesito hablar con alguien"),
        ("fr", "J'ai besoin de parler à quelqu'un"),
        ("pt", "Preciso falar com alguém"),
    ],
)
def test_a_wish_to_talk_is_a_wish_for_therapy_at_a_therapist(language: str, said: str) -> None:
    therapist, dentist = chat_at("therapist", language), chat_at("dentist", language)
    therapist.say(said)
    dentist.say(said)
    assert therapist.handed_over is None
    assert reason_of(dentist) == "customer_request"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "I want to speak to someone about my invoice"),
        ("en", "I don't want a bot, I need to talk to a real person"),
        ("en", "I want a human"),
        ("de", "ich will mit einem Menschen reden"),
        ("es", "quiero una persona"),
        ("fr", "je veux parler à une vraie personne"),
        ("pt", "quero falar com uma pessoa"),
    ],
)
def test_whoever_asks_a_therapist_for_a_person_gets_one(language: str, said: str) -> None:
    chat = chat_at("therapist", language)
    chat.say(said)
    assert reason_of(chat) == "customer_request"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Could someone ring me please? call me"),
        ("de", "Kann mich jemand zurückrufen"),
        ("es", "me podéis llamar por favor?"),
        ("fr", "On peut me rappeler svp ?"),
        ("pt", "alguém me pode ligar?"),
    ],
)
def test_a_call_that_is_asked_for_is_for_people(language: str, said: str) -> None:
    chat = chat_at("doctor", language)
    chat.say(said)
    assert reason_of(chat) == "customer_request"


@pytest.mark.parametrize(
    ("language", "said", "sorry", "number"),
    [
        ("en", "nobody ever answers the phone", "sorry", "phone number"),
        ("de", "bei euch geht keiner ans Telefon", "leid", "Telefonnummer"),
        ("es", "nadie contesta el teléfono", "Siento", "teléfono es"),
        ("fr", "personne ne répond au téléphone", "Désolé", "numéro"),
        ("pt", "ninguém atende o telefone", "Lamento", "telefone é"),
    ],
)
def test_whoever_could_not_reach_us_hears_that_we_are_sorry(language: str, said: str, sorry: str, number: str) -> None:
    chat = chat_at("dentist", language)
    answer = chat.say(said)
    assert sorry in answer
    assert number not in answer
    assert chat.handed_over is None


@pytest.mark.parametrize(
    ("language", "said", "unknown"),
    [
        ("en", "I just moved here, how do I register and what does it cost?", "don't know"),
        ("de", "Bin neu hier, wie kann ich mich anmelden und was kostet das?", "weiß ich leider nicht"),
        ("es", "soy nuevo, cómo me registro y cuánto cuesta?", "no lo sé"),
        ("fr", "je suis nouvelle, comment on fait pour s'inscrire et c'est combien ?", "ne le sais pas"),
        ("pt", "sou novo, como faço pra me cadastrar e quanto custa?", "não sei isso"),
    ],
)
def test_a_question_of_several_is_not_passed_over(language: str, said: str, unknown: str) -> None:
    answer = chat_at("doctor", language).say(said)
    assert unknown in answer
    assert "£75" in answer


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "how soon could I be seen?"),
        ("de", "Wie schnell könnte ich drankommen?"),
        ("es", "¿qué tan pronto me pueden atender?"),
        ("fr", "dans combien de temps je peux être reçue ?"),
        ("pt", "quão rápido consigo ser atendida?"),
    ],
)
def test_how_soon_is_answered_with_times(language: str, said: str) -> None:
    assert "20 nov" in chat_at("dentist", language).say(said).lower().replace(". ", " ").replace(" de ", " ")


@pytest.mark.parametrize(
    ("language", "said"), [("en", "Wednesday 9"), ("de", "Mittwoch 9"), ("es", "miércoles 9"), ("pt", "quarta 9")]
)
def test_a_weekday_and_a_figure_may_be_the_hour_or_the_day(language: str, said: str) -> None:
    chat = chat_at("dentist", language)
    chat.say(said)
    searches = {(call[1]["date"], call[1]["time_from"]) for call in chat.calls if call[0] == "find_slots"}
    assert searches == {("2026-11-25", "09:00"), ("2026-12-09", None)}


def test_only_what_is_possible_of_hour_and_day_is_looked_for() -> None:
    chat = chat_at("dentist", "en")
    chat.say("Wednesday 10")  # the 10th is no Wednesday for months
    searches = {(call[1]["date"], call[1]["time_from"]) for call in chat.calls if call[0] == "find_slots"}
    assert searches == {("2026-11-25", "10:00")}


def test_after_work_a_figure_is_an_hour_of_the_evening() -> None:
    chat = chat_at("physiotherapist", "en")
    chat.say("I hurt my knee, something after work please")
    assert "Thursday 26 November at 19:00" in chat.say("Thursday 7")


@pytest.mark.parametrize(
    ("language", "said", "names"),
    [
        ("en", "a check-up for my two kids on Monday after school", ("Ann", "Ben")),
        ("de", "Kontrolle für meine zwei Kinder am Montag nach der Schule", ("Anna", "Ben")),
        ("en", "my two girls need a check-up, Monday after school", ("Ann", "Bea")),
        ("es", "revisión pa mis dos peques el lunes después del cole", ("Ana", "Leo")),
        ("es", "revisión para mis dos hijos el lunes después del cole", ("Ana", "Leo")),
        ("fr", "contrôle pour mes 2 enfants lundi après l'école", ("Anne", "Léo")),
        ("pt", "rotina para os meus dois filhos na segunda depois da escola", ("Ana", "Leo")),
    ],
)
def test_two_children_are_two_appointments(language: str, said: str, names: tuple[str, str]) -> None:
    yes = {"en": "yes", "de": "ja", "es": "sí", "fr": "oui", "pt": "sim"}[language]
    practice = Practice(brief_of(language=language))
    chat = Chat(practice)
    chat.say(said)
    for words in ("1", names[0], yes, names[1], yes):
        chat.say(words)
    assert [(each["patient"], each["start"]) for each in practice.appointments.values()] == [
        (names[0], "2026-11-23T15:00"),
        (names[1], "2026-11-23T15:30"),
    ]


def test_a_couple_comes_to_one_session() -> None:
    practice = Practice(brief_of("therapist"))
    chat = Chat(practice)
    chat.say("do you do couples?")
    chat.say("my husband and I would like to come on Thursday at 7pm")
    assert "?" not in chat.say("yes")
    assert len(practice.appointments) == 1


@pytest.mark.parametrize(
    ("language", "said", "name"),
    [
        ("en", "my mum is 82 and keeps coughing, tomorrow at 10?", "Margaret"),
        ("de", "mein Mann hustet seit Tagen, morgen um 10?", "Thomas"),
        ("es", "mi madre tiene 82 años y está enferma, ¿mañana a las 10?", "Carmen"),
        ("fr", "Ma mère a 79 ans elle tousse beaucoup, demain à 10h ?", "Jeanne"),
        ("pt", "a minha mãe tem 82 anos e está doente, amanhã às 10?", "Beatriz"),
    ],
)
def test_who_is_ill_is_who_comes(language: str, said: str, name: str) -> None:
    chat = chat_at("doctor", language)
    chat.say(said)
    assert name in chat.say(name)


def test_a_name_that_comes_late_is_taken() -> None:
    chat = chat_at("doctor", "en")
    chat.say("an appointment for my mum on Tuesday at 9")
    chat.say("10am")
    assert "Margaret" in chat.say("Margaret")


def test_oh_right_never_mind_is_no_yes() -> None:
    chat = chat_at("doctor", "en")
    chat.say("can I cancel my appointment on Friday")
    assert "leave it there" in chat.say("oh right, never mind")


@pytest.mark.parametrize(
    ("language", "said", "service"),
    [
        ("de", "Hi! Waschen, schneiden, föhnen am Samstag um 11?", "Cut and blow-dry"),
        ("fr", "cc c possible dem à 11h pr coupe et brushing", "Cut and blow-dry"),
        ("pt", "oii tem horário sábado às 11 pra corte e escova?", "Cut and blow-dry"),
        ("es", "corte y peinado el sábado a las 11?", "Cut and blow-dry"),
    ],
)
def test_the_whole_of_a_treatment_is_heard(language: str, said: str, service: str) -> None:
    answer = chat_at("hair_salon", language).say(said)
    assert service in answer
    assert answer.count("Blow-dry") == 0


def test_two_swapped_letters_are_still_a_late_arrival() -> None:
    chat = chat_at("dentist", "es")
    chat.say("lelgo 10 minutos tarde perdón")
    assert ("running_late", {"minutes": 10, "appointment": None}) in chat.calls or chat.handed_over
