"""An answer to a read-back books only when it is a plain yes; a reserve, a question or a reason against it is none."""

import datetime as dt

import pytest

from tests.guided.desk import Chat, Practice, brief_of
from tests.guided.test_another_time_instead import READ_BACK


def after_read_back(language: str, words: str) -> tuple[Chat, str]:
    chat = Chat(Practice(brief_of(language=language)))
    chat.say(READ_BACK[language][0])
    return chat, chat.say(words)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        *(("en", each) for each in ("let me check first", "I'd need to ask my wife first", "ok wait", "why Monday?")),
        *(("en", each) for each in ("yes... actually no", "sounds good but can you do 10?", "is Monday the 23rd?")),
        *(("en", each) for each in ("ok but with someone else", "yes if it's free of charge", "At 9 in the morning?")),
        *(("en", each) for each in ("ok thanks but I'll call you", "I have to work until 9 on Monday")),
        *(
            ("en", each)
            for each in ("I already have something on Monday at 9", "Monday at 9 is when I drop the kids off")
        ),
        *(("de", each) for each in ("ok, ich muss noch meine Frau fragen", "Montag um 9 arbeite ich")),
        *(("de", each) for each in ("ja, wenn es nichts kostet", "gut, aber bei jemand anderem", "ist das am Montag?")),
        *(("es", each) for each in ("el lunes a las 9 trabajo", "sí si es gratis", "espere un momento")),
        *(
            ("fr", each)
            for each in ("lundi à 9h je travaille", "oui si c'est gratuit", "attendez, je demande à la maison")
        ),
        *(("pt", each) for each in ("segunda às 9 trabalho", "tenho que perguntar ao meu marido", "espere")),
    ],
)
def test_what_is_no_plain_yes_books_nothing_and_the_time_may_still_be_taken(language: str, words: str) -> None:
    chat, _ = after_read_back(language, words)
    assert not chat.practice.appointments
    assert chat.handed_over is None
    assert READ_BACK[language][2] in chat.say(READ_BACK[language][1]).lower()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        *(("en", each) for each in ("no problem, book it", "sure why not", "Monday at 9 works", "9 is fine", "👍")),
        *(("en", each) for each in ("yes please, I can't wait", "perfect, could you book it?", "yes, check-up please")),
        *(("en", each) for each in ("Yes! Is there parking?", "ok if that's still free", "lets do monday at 9 then")),
        *(("de", each) for each in ("ja, kein Problem", "können Sie das bitte so eintragen?", "Montag 9 Uhr ist gut")),
        *(("es", each) for each in ("sí, no hay problema", "perfecto, resérvela", "el lunes a las 9 está bien")),
        *(("fr", each) for each in ("oui, pas de souci", "parfait, réservez", "lundi 9h ça me va")),
        *(("pt", each) for each in ("sim, sem problema", "pode marcar", "segunda às 9 está bem")),
    ],
)
def test_a_plain_yes_books_in_whatever_words(language: str, words: str) -> None:
    chat, _ = after_read_back(language, words)
    assert len(chat.practice.appointments) == 1


@pytest.mark.parametrize(
    ("language", "words", "offered"),
    [
        ("en", "9 is too early", "11:45"),
        ("en", "that's too early for me", "11:45"),
        ("en", "too late", "07:00"),
        ("en", "too early, 11?", "11:00"),
        ("de", "9 Uhr ist zu früh", "11:45"),
        ("de", "zu früh, lieber 11 Uhr", "11:00"),
        ("es", "a las 9 es muy temprano", "11:45"),
        ("fr", "9h c'est trop tôt", "11h45"),
        ("pt", "às 9 é muito cedo", "11:45"),
    ],
)
def test_too_early_is_a_wish_for_later_ones(language: str, words: str, offered: str) -> None:
    chat, said = after_read_back(language, words)
    assert not chat.practice.appointments
    assert offered in said


CANCEL = {
    "en": "please cancel my appointment",
    "de": "bitte meinen Termin absagen",
    "es": "quiero cancelar mi cita",
    "fr": "je voudrais annuler mon rendez-vous",
    "pt": "quero cancelar a minha consulta",
}


def stands_after(language: str, words: str) -> bool:
    """Said to the question whether the appointment is to be cancelled."""
    chat = Chat(Practice(brief_of(language=language)))
    chat.practice.stand(dt.datetime(2026, 11, 23, 9))
    assert "?" in chat.say(CANCEL[language])
    chat.say(words)
    return bool(chat.practice.appointments)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        *(("en", each) for each in ("don't cancel", "please do not cancel it", "what happens if I cancel?")),
        *(("en", each) for each in ("is it free to cancel?", "no wait", "actually can I move it to Tuesday?")),
        *(("de", each) for each in ("nicht absagen", "bitte nicht absagen!", "was kostet das Absagen?")),
        *(("es", each) for each in ("no la cancele", "¿cuesta algo cancelar?")),
        *(("fr", each) for each in ("n'annulez pas", "ne l'annulez pas")),
        ("pt", "não cancele"),
    ],
)
def test_an_appointment_that_is_not_to_be_cancelled_stands(language: str, words: str) -> None:
    assert stands_after(language, words)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        *(("en", each) for each in ("yes, I have to work that day", "cancel it please", "can you cancel it please?")),
        *(("de", each) for each in ("ja, absagen", "können Sie ihn bitte absagen?")),
        *(("es", each) for each in ("sí", "¿puede cancelarla por favor?")),
        *(("fr", each) for each in ("oui annulez", "pouvez-vous l'annuler ?")),
        *(("pt", each) for each in ("sim", "pode cancelar")),
    ],
)
def test_one_that_is_to_be_cancelled_is(language: str, words: str) -> None:
    assert not stands_after(language, words)
