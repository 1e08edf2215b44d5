"""What people ask beside booking, and small words that must not be taken for a day or a time."""

import pytest

from tests.guided.desk import Chat, Practice, brief_of
from tests.guided.test_stories import standing


def chat_in(language: str = "en", kind: str = "dentist") -> Chat:
    return Chat(Practice(brief_of(kind, language=language)))


def searched(chat: Chat) -> list[dict]:
    return [arguments for name, arguments in chat.calls if name == "find_slots"]


@pytest.mark.parametrize(
    ("language", "words", "says"),
    [
        ("en", "are you a robot?", "automatic assistant"),
        ("de", "Sind Sie ein Mensch?", "automatische Assistent"),
        ("es", "¿eres un robot?", "asistente automático"),
        ("fr", "vous êtes un robot ?", "assistant automatique"),
        ("pt", "você é um robô?", "assistente automático"),
    ],
)
def test_it_says_that_it_is_no_person(language: str, words: str, says: str) -> None:
    chat = chat_in(language)
    assert says in chat.say(words)
    assert chat.handed_over is None


@pytest.mark.parametrize(
    ("language", "words", "says"),
    [
        ("en", "Can you tell me which other patients you have on Monday?", "your own appointments"),
        ("en", "who is at 10?", "your own appointments"),
        ("de", "Welche anderen Patienten kommen am Montag?", "Ihre eigenen Termine"),
        ("es", "¿qué otros pacientes tenéis el lunes?", "sus propias citas"),
        ("fr", "quels autres patients venez lundi ?", "vos propres rendez-vous"),
        ("pt", "que outros pacientes têm na segunda?", "suas próprias marcações"),
    ],
)
def test_it_tells_nothing_about_others_and_takes_their_day_for_no_wish(language: str, words: str, says: str) -> None:
    chat = chat_in(language)
    assert says in chat.say(words)
    assert searched(chat) == []


@pytest.mark.parametrize(
    ("language", "words", "says"),
    [
        ("en", "Hi, do you take new patients?", "I don't know that"),
        ("en", "do i have to fast before?", "I don't know that"),
        ("en", "is it confidential", "I don't know that"),
        ("de", "Guten Tag, nehmen Sie noch neue Patienten auf?", "weiß ich leider nicht"),
        ("es", "hola, ¿hay que ir en ayunas?", "eso no lo sé"),
        ("fr", "bonjour, est-ce confidentiel ?", "je ne le sais pas"),
        ("pt", "bom dia, é confidencial?", "não sei"),
    ],
)
def test_a_question_that_it_cannot_answer_is_told_so_and_is_no_wish(language: str, words: str, says: str) -> None:
    """ "Do" is short for a German Thursday, which is looked up only where nobody writes English."""
    chat = chat_in(language)
    assert says in chat.say(words)
    assert searched(chat) == []


def test_what_it_can_do_is_told() -> None:
    assert "book, move or cancel" in chat_in().say("what can you do?")


@pytest.mark.parametrize(
    ("language", "asked", "age"),
    [
        ("en", "Can my son have a check-up on Thursday morning?", "he's 4"),
        ("de", "Kann mein Sohn am Donnerstag Vormittag zur Kontrolle kommen?", "er ist 4"),
        ("es", "¿Puede venir mi hijo a una revisión el jueves por la mañana?", "él tiene 4 años"),
        ("fr", "Mon fils peut venir pour un contrôle jeudi matin ?", "il a 4 ans"),
        ("pt", "O meu filho pode vir a uma consulta de rotina na quinta de manhã?", "ele tem 4 anos"),
    ],
)
def test_an_age_is_no_time(language: str, asked: str, age: str) -> None:
    chat = chat_in(language)
    listed = chat.say(asked).rpartition("1.")[2].splitlines()[0]
    assert listed in chat.say(age)
    assert len({(each["date"], each["time_from"], each["time_to"]) for each in searched(chat)}) == 1


@pytest.mark.parametrize("words", ["the 2nd one pls", "2nd", "the 2nd option", "number 2", "the second one"])
def test_the_second_of_a_list_is_no_day_of_the_month(words: str) -> None:
    chat = chat_in()
    chat.say("hygienist on Thursday morning")
    chat.say(words)
    chat.say("yes")
    assert standing(chat) == [("Hygienist", "2026-11-26T08:00")]


@pytest.mark.parametrize(("words", "start"), [("the late one", "T11:45"), ("the early one", "T07:00")])
def test_the_late_one_is_the_last_of_the_list(words: str, start: str) -> None:
    chat = chat_in()
    chat.say("hygienist on Thursday morning")
    chat.say(words)
    chat.say("yes")
    assert [each[1][10:] for each in standing(chat)] == [start]


def test_a_segunda_is_the_second_one_or_monday_and_both_are_shown_where_it_may_be_either() -> None:
    chat = chat_in("pt")
    chat.say("uma consulta de rotina para a semana à tarde")
    said = chat.say("a segunda")
    assert said.count("segunda-feira") == 1
    assert said.count("terça-feira") == 1
    chat = chat_in("pt")
    chat.say("uma consulta de rotina na quinta de manhã")
    assert "às 08:00" in chat.say("a segunda")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "anyone"),
        ("de", "egal bei wem"),
        ("es", "con quien sea"),
        ("fr", "peu importe avec qui"),
        ("pt", "com qualquer pessoa"),
    ],
)
def test_whoever_is_free_is_no_cry_for_a_person(language: str, words: str) -> None:
    asked = {
        "en": "a check-up on Thursday morning",
        "de": "Kontrolle am Donnerstag Vormittag",
        "es": "una revisión el jueves por la mañana",
        "fr": "un contrôle jeudi matin",
        "pt": "uma consulta de rotina na quinta de manhã",
    }
    chat = chat_in(language)
    chat.say(asked[language])
    assert "1." in chat.say(words)
    assert chat.handed_over is None


def test_an_appointment_is_moved_by_making_it_another_time() -> None:
    chat = chat_in()
    chat.say("check-up on Friday 27 November at 14:00")
    chat.say("yes")
    chat.say("actually can you make it 3")
    chat.say("yes")
    assert standing(chat) == [("Check-up", "2026-11-27T15:00")]


@pytest.mark.parametrize(
    ("kind", "words", "service"),
    [("therapist", "do you do online", "Online session"), ("doctor", "do you do blood tests", "Blood test")],
)
def test_a_telling_word_of_a_service_is_enough_to_ask_for_it(kind: str, words: str, service: str) -> None:
    assert service in chat_in(kind=kind).say(words).splitlines()[-3]


def test_a_doctor_who_is_not_ours_is_told_so_at_once() -> None:
    said = chat_in().say("Is Dr Berg in on Friday?")
    assert "you would see" in said


@pytest.mark.parametrize(
    ("language", "asked", "hours"),
    [
        ("en", "ok next Tuesday after work?", ("17:00", "22:00")),
        ("de", "ok, nächsten Dienstag nach Feierabend?", ("17:00", "22:00")),
    ],
)
def test_a_word_that_says_when_is_no_slip_of_another(language: str, asked: str, hours: tuple[str, str]) -> None:
    chat = chat_in(language)
    chat.say({"en": "how much is a check-up?", "de": "Was kostet eine Kontrolle?"}[language])
    chat.say({"en": "great", "de": "super"}[language])
    chat.say(asked)
    assert (searched(chat)[-1]["time_from"], searched(chat)[-1]["time_to"]) == hours


@pytest.mark.parametrize(
    ("language", "words", "weekday"),
    [
        ("pt", "Olá, posso ter uma consulta na quinta?", "Thursday"),
        ("de", "Kann ich am Donnerstag morgens kommen?", "Thursday"),
        ("de", "Haben Sie einen anderen Termin am Donnerstag?", "Thursday"),
        ("es", "¿Puedo venir el jueves? Mejor por las mañanas", "Thursday"),
    ],
)
def test_no_other_day_is_heard(language: str, words: str, weekday: str) -> None:
    chat = chat_in(language)
    chat.say(words)
    assert {each["weekday"] for each in searched(chat)} == {weekday}


@pytest.mark.parametrize(
    ("language", "asked", "words", "start"),
    [
        ("en", "a check-up on Tuesday or Wednesday evening", "ok weds 6", "2026-11-25T18:00"),
        ("de", "Kontrolle am Dienstag oder Mittwoch abends", "dann Mittwoch 18", "2026-11-25T18:00"),
        ("es", "una revisión el martes por la mañana", "la de las 10", "2026-11-24T10:00"),
        ("fr", "un contrôle mardi matin", "celui de 10h", "2026-11-24T10:00"),
        ("pt", "uma consulta de rotina na terça de manhã", "a das 10", "2026-11-24T10:00"),
        ("en", "a check-up on Thursday morning", "as late as possible", "2026-11-26T11:45"),
        ("de", "Kontrolle am Donnerstag vormittags", "so spät wie möglich", "2026-11-26T11:45"),
    ],
)
def test_a_time_of_the_list_is_chosen(language: str, asked: str, words: str, start: str) -> None:
    chat = chat_in(language)
    chat.say(asked)
    chat.say(words)
    chat.say({"en": "yes", "de": "ja", "es": "sí", "fr": "oui", "pt": "sim"}[language])
    assert [each[1] for each in standing(chat)] == [start]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "do I need to bring anything?"),
        ("de", "Muss ich etwas mitbringen?"),
        ("es", "¿tengo que llevar algo?"),
        ("fr", "je peux venir avec mon chien ?"),
        ("pt", "preciso de levar alguma coisa?"),
    ],
)
def test_a_question_about_the_visit_begins_no_booking(language: str, words: str) -> None:
    chat = chat_in(language)
    assert "1." not in chat.say(words)
    assert searched(chat) == []


def test_who_must_cancel_asks_nothing() -> None:
    chat = chat_in("es")
    chat.say("revisión el jueves 26 a las 10")
    chat.say("sí")
    assert "cancel" in chat.say("tengo que cancelar")


def test_somebody_who_comes_too_gets_an_appointment_after() -> None:
    chat = chat_in()
    chat.say("check-up on Friday 27 November at 14:00")
    chat.say("yes")
    said = chat.say("oh and can my wife come too, same day?")
    assert "14:30" in said
    assert "I don't know" not in said
