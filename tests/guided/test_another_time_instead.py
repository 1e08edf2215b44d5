"""Whoever answers a read-back with its own time and another one wants the other one: nothing is booked by that."""

import pytest

from tests.guided.desk import Chat, Practice, brief_of
from tests.guided.together.house import House

READ_BACK = {
    "en": ("A check-up on Monday at 9 please", "yes", "booked in"),
    "de": ("Eine Kontrolle am Montag um 9 bitte", "ja", "ist gebucht"),
    "es": ("Una revisión el lunes a las 9 por favor", "sí", "reservad"),
    "fr": ("Un contrôle lundi à 9h s'il vous plaît", "oui", "réservé"),
    "pt": ("Uma consulta de rotina na segunda às 9 por favor", "sim", "marcad"),
}


@pytest.mark.parametrize(
    ("language", "words", "day", "hour"),
    [
        ("en", "Can we do Tuesday in place of Monday?", "Tuesday 24", "09:00"),
        ("en", "Ah, my mistake, Tuesday. I have a game on Monday.", "Tuesday 24", "09:00"),
        ("en", "Oh wait, Monday is my kid's birthday. How about next Thursday?", "Thursday", "09:00"),
        ("en", "I said Monday but I was thinking of the Wednesday", "Wednesday 25", "09:00"),
        ("en", "My new boss wants me in the mornings. 4 pm.", "Monday 23", "16:00"),
        ("en", "I work mornings. Could it be 3 in the afternoon instead?", "Monday 23", "15:00"),
        ("en", "My wife says she can't be there before 10, so 10.30 please.", "Monday 23", "10:30"),
        ("de", "Montag muss ich arbeiten. Ginge Dienstag?", "Dienstag, 24", "09:00"),
        ("es", "El lunes trabajo. ¿Podría ser el martes?", "martes 24", "09:00"),
        ("fr", "Lundi je travaille. Mardi serait possible ?", "mardi 24", "9h00"),
        ("pt", "Segunda eu trabalho. Pode ser na terça?", "terça-feira, 24", "09:00"),
    ],
)
def test_it_is_read_back_anew_and_booked_by_a_yes_to_that(language: str, words: str, day: str, hour: str) -> None:
    chat = Chat(Practice(brief_of(language=language)))
    wish, yes, booked = READ_BACK[language]
    chat.say(wish)
    said = chat.say(words)
    assert not chat.practice.appointments
    assert day in said
    assert hour in said
    assert booked in chat.say(yes).lower()
    [made] = chat.practice.appointments.values()
    assert made["start"][11:13] == hour[:-3].zfill(2)


@pytest.mark.parametrize(
    "words", ["Yes, Monday at 9 is perfect, I only start at 11", "Monday at 9, yes", "9 on Monday is fine"]
)
def test_who_agrees_has_agreed(words: str) -> None:
    chat = Chat(Practice(brief_of()))
    chat.say(READ_BACK["en"][0])
    assert "booked in" in chat.say(words)


def test_what_was_booked_is_moved_when_its_own_day_is_named_beside_another() -> None:
    chat = Chat(Practice(brief_of()))
    chat.say(READ_BACK["en"][0])
    chat.say("yes")
    said = chat.say("Oh, I work on Monday. Could we make it Tuesday?")
    assert "Tuesday 24" in said


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "I've been having pain and need a dentist."),
        ("en", "Seeking a dentist who is kind to nervous people. Livermore."),
        ("en", "I was told that you can sort me out with a good dentist"),
        ("de", "Ich bin auf der Suche nach einem Zahnarzt"),
        ("de", "Zahnarzt gesucht"),
        ("es", "Necesito una buena dentista"),
        ("fr", "Je cherche un dentiste"),
        ("pt", "Preciso de um dentista"),
    ],
)
def test_whoever_looks_for_such_a_professional_wants_an_appointment(language: str, words: str) -> None:
    chat = Chat(Practice(brief_of(language=language)))
    said = chat.say(words)
    assert "1. " in said
    assert chat.practice.brief.services[0].name in said


@pytest.mark.parametrize("words", ["You open at 8, right? A check-up on Monday at 9", "check-up Monday, first thing"])
def test_opening_hours_are_no_wish_and_first_thing_is_a_morning(words: str) -> None:
    chat = Chat(Practice(brief_of()))
    said = chat.say(words)
    assert "Monday 23 November at 09:00" in said


def test_a_question_that_we_cant_answer_right_after_chatter_is_no_reason_to_hand_over() -> None:
    chat = Chat(Practice(brief_of()))
    chat.say("a check-up please")
    chat.say("I'm in Long Beach.")
    assert "our team does" in chat.say("Is it in-network for Kaiser?")
    assert chat.handed_over is None


def test_a_lawyer_who_wants_somebody_elsewhere_is_no_complaint() -> None:
    chat = Chat(Practice(brief_of()))
    chat.say(READ_BACK["en"][0])
    assert "Tuesday 24" in chat.say("No, my lawyer wants me there. Let's take Tuesday")
    assert chat.handed_over is None
    chat.say("You'll hear from my lawyer")
    assert chat.handed_over is not None


@pytest.mark.parametrize(
    "words", ["dentist in Lake Forest?", "A dental office near Leeds, please", "We should see a dentist"]
)
def test_the_name_of_a_professional_is_enough(words: str) -> None:
    chat = Chat(Practice(brief_of()))
    assert "1. " in chat.say(words)
    assert chat.handed_over is None


def test_a_counselor_to_talk_to_is_no_person_of_the_team_and_no_second_treatment() -> None:
    chat = Chat(House(brief_of("therapist")))
    chat.say("We agreed we should talk to somebody. A first consultation with a family counselor on Monday at 10?")
    assert chat.handed_over is None
    chat.say("yes")
    assert len(chat.practice.appointments) == 1


@pytest.mark.parametrize(
    ("words", "when"),
    [
        ("All of us are at home after 5:30, therefore 6 pm on Monday, a check-up", "Monday 23 November at 18:00"),
        ("A check-up on Thursday, seven in the evening", "Thursday 26 November at 19:00"),
    ],
)
def test_the_hour_that_is_named_is_the_one_that_is_wanted(words: str, when: str) -> None:
    chat = Chat(Practice(brief_of()))
    assert when in chat.say(words)


def test_a_weekday_beside_a_read_back_is_the_one_of_the_read_back() -> None:
    chat = Chat(Practice(brief_of()))
    chat.say("A check-up on Saturday 5 December at 9")
    said = chat.say("too early for a Saturday lol")
    assert "Saturday 5 December" in said
    assert "at 09:00" not in said


def test_now_beside_a_yes_is_no_wish_for_now() -> None:
    chat = Chat(Practice(brief_of()))
    chat.say(READ_BACK["en"][0])
    assert "booked in" in chat.say("Yes, now it's right.")


@pytest.mark.parametrize("words", ["He's complaining it's too soon. Tuesday then?", "do i need a referral"])
def test_what_others_grumble_and_whether_papers_are_needed_are_no_cases_for_people(words: str) -> None:
    chat = Chat(Practice(brief_of()))
    chat.say(READ_BACK["en"][0])
    chat.say(words)
    assert chat.handed_over is None


def test_a_day_that_is_not_on_the_list_is_wanted_when_one_that_is_stands_beside_it() -> None:
    chat = Chat(Practice(brief_of()))
    assert "1. Tuesday 24 November" in chat.say("A check-up on Tuesday afternoon please")
    assert "Wednesday 25 November" in chat.say("Ugh, Tuesday is our release day. Wednesday then, at 3.")
