"""Two or three people of one message: each gets an appointment of their own, one after the other."""

import pytest

from tests.guided.desk import Chat, Practice, brief_of

YES = {"en": "yes", "de": "ja", "es": "sí", "fr": "oui", "pt": "sim"}


def chat_in(language: str) -> Chat:
    return Chat(Practice(brief_of(language=language)))


def made(chat: Chat) -> list[tuple[str, str]]:
    return [(each["patient"], each["start"][11:]) for each in chat.practice.appointments.values()]


PAIRS = [
    ("en", "Could I get a check-up for myself and my husband [NAME_2], Tuesday at 11am?"),
    ("en", "my sister [NAME_2] and I both need a check-up, Tuesday 11am"),
    ("de", "Mein Bruder [NAME_2] und ich bräuchten eine Kontrolle, Dienstag um 11 Uhr"),
    ("de", "Kontrolle für mich und meine Tochter [NAME_2] am Dienstag um 11 Uhr"),
    ("es", "Una revisión para mi marido [NAME_2] y otra para mí, el martes a las 11"),
    ("es", "mi hermana [NAME_2] y yo queremos una revisión el martes a las 11"),
    ("fr", "Un contrôle pour mon frère [NAME_2] et moi, mardi à 11h"),
    ("fr", "un contrôle pour moi et un pour ma fille [NAME_2], mardi à 11h"),
    ("pt", "Uma consulta de rotina para o meu marido [NAME_2] e para mim, terça às 11h"),
    ("pt", "eu e a minha irmã [NAME_2] queríamos uma consulta de rotina na terça às 11h"),
]


@pytest.mark.parametrize(("language", "words"), PAIRS)
def test_two_people_get_one_appointment_each(language: str, words: str) -> None:
    chat = chat_in(language)
    said = chat.say(words)
    assert "2" in said.splitlines()[2], said
    assert made(chat) == []
    said = chat.say(YES[language])
    assert made(chat) == [("[NAME_1]", "11:00")]
    assert "[NAME_2]" in said
    chat.say(YES[language])
    assert made(chat) == [("[NAME_1]", "11:00"), ("[NAME_2]", "11:30")]
    chat.say(YES[language])
    assert len(made(chat)) == 2


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "A check-up for me, my wife [NAME_2] and my son [NAME_3], Tuesday at 11am"),
        ("de", "Kontrolle für mich, meine Frau [NAME_2] und meinen Sohn [NAME_3], Dienstag um 11 Uhr"),
        ("es", "revisión para mí, mi mujer [NAME_2] y mi hijo [NAME_3], el martes a las 11"),
        ("fr", "un contrôle pour moi, ma femme [NAME_2] et mon fils [NAME_3], mardi à 11h"),
        ("pt", "rotina para mim, a minha mulher [NAME_2] e o meu filho [NAME_3], terça às 11h"),
    ],
)
def test_three_people_get_one_appointment_each(language: str, words: str) -> None:
    chat = chat_in(language)
    chat.say(words)
    for _ in range(4):
        chat.say(YES[language])
    assert made(chat) == [("[NAME_1]", "11:00"), ("[NAME_2]", "11:30"), ("[NAME_3]", "12:00")]


def test_the_name_of_the_second_is_asked_when_it_is_their_turn() -> None:
    chat = chat_in("en")
    chat.say("a check-up for me and my dad on Tuesday at 11am")
    assert "name" in chat.say("yes")
    assert len(made(chat)) == 1
    chat.say("George")
    chat.say("yes")
    assert made(chat) == [("[NAME_1]", "11:00"), ("George", "11:30")]


def test_a_name_told_meanwhile_is_the_name_of_the_one_who_waits() -> None:
    chat = chat_in("en")
    chat.say("a check-up for me and my dad, Tuesday")
    chat.say("my dad is [NAME_2]")
    chat.say("11am")
    chat.say("yes")
    chat.say("yes")
    assert made(chat) == [("[NAME_1]", "11:00"), ("[NAME_2]", "11:30")]


def test_two_relatives_without_the_writer() -> None:
    chat = chat_in("en")
    chat.say("a check-up for my son [NAME_2] and for my daughter [NAME_3], Tuesday at 11am")
    chat.say("yes")
    chat.say("yes")
    chat.say("yes")
    assert made(chat) == [("[NAME_2]", "11:00"), ("[NAME_3]", "11:30")]


def test_the_second_can_be_declined_and_the_first_stands() -> None:
    chat = chat_in("en")
    chat.say("a check-up for me and my wife [NAME_2], Tuesday at 11am")
    chat.say("yes")
    chat.say("no, forget it")
    chat.say("yes")
    assert made(chat) == [("[NAME_1]", "11:00")]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "a check-up for my son [NAME_2] and I can only come on Tuesday at 11am"),
        ("de", "Kontrolle für meinen Sohn [NAME_2] und ich kann nur am Dienstag um 11 Uhr"),
        ("es", "revisión para mi hijo [NAME_2] y yo solo puedo el martes a las 11"),
        ("fr", "un contrôle pour mon fils [NAME_2] et je peux seulement mardi à 11h"),
        ("pt", "rotina para o meu filho [NAME_2] e eu só posso na terça às 11h"),
    ],
)
def test_one_child_and_a_parent_who_speaks_is_one_appointment(language: str, words: str) -> None:
    chat = chat_in(language)
    chat.say(words)
    chat.say(YES[language])
    chat.say(YES[language])
    assert made(chat) == [("[NAME_2]", "11:00")]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "my husband and I would like a couples session, Thursday at 7pm"),
        ("de", "ich und meine Freundin suchen eine Paarsitzung, Donnerstag um 19 Uhr"),
        ("es", "mi mujer y yo queremos una sesión de pareja, el jueves a las 19:00"),
        ("fr", "mon mari et moi voudrions une séance de couple, jeudi à 19h"),
        ("pt", "eu e o meu marido queríamos uma sessão de casal, quinta às 19h"),
    ],
)
def test_a_couple_comes_together(language: str, words: str) -> None:
    chat = Chat(Practice(brief_of("therapist", language=language)))
    chat.say(words)
    chat.say(YES[language])
    chat.say(YES[language])
    assert len(made(chat)) == 1


@pytest.mark.parametrize(
    ("words", "whose"),
    [
        ("Couples session on Thursday at 7pm, it's for my daughter [NAME_2]", "[NAME_2]"),
        ("Couples session on Thursday at 7pm. for my son Hannah", "Hannah"),
        ("a couples session for my husband [NAME_2] and me, Thursday at 7pm", "[NAME_1]"),
        ("my husband [NAME_2] and I would like a couples session, Thursday at 7pm", "[NAME_1]"),
        ("a couples session for my husband, Thursday at 7pm", "[NAME_1]"),
    ],
)
def test_what_couples_come_to_may_be_for_somebody_by_name(words: str, whose: str) -> None:
    chat = Chat(Practice(brief_of("therapist")))
    chat.say(words)
    chat.say("yes")
    chat.say("yes")
    assert [patient for patient, _ in made(chat)] == [whose]


def test_a_relative_who_is_only_spoken_of_gets_no_appointment() -> None:
    chat = Chat(Practice(brief_of()))
    chat.say("I need to fix my daughter's chipped tooth before my friend's wedding, on Monday at 11")
    for words in ("Ann", "Yes", "Yes"):
        chat.say(words)
    assert len(chat.practice.appointments) == 1


def test_a_yes_is_nobodys_name() -> None:
    chat = Chat(Practice(brief_of()))
    assert "name" in chat.say("A check-up for my son on Monday at 11")
    said = chat.say("Yes, confirm.")
    assert "For confirm" not in said
    assert "For Yes" not in chat.say("Yes")
