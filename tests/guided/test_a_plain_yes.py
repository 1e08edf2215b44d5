"""An answer to a read-back books only when it is a plain yes; a reserve, a question or a reason against it is none."""

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
