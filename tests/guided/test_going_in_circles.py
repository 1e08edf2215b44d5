"""Whoever agrees without naming a day is offered one; whoever really gets nowhere gets a person."""

import datetime as dt

import pytest

from agents.types import ServiceBrief
from tests.guided.desk import Chat, Practice, brief_of

OPEN = "Which day and time would suit you?"
LISTED = "The next free times are:"


@pytest.fixture
def chat() -> Chat:
    return Chat(Practice(brief_of()))


@pytest.mark.parametrize("words", ["yes, book it", "Yes, that one sounds good. Book me an appointment.", "ok, perfect"])
def test_a_yes_that_names_no_day_is_offered_the_next_free_times(chat: Chat, words: str) -> None:
    assert OPEN in chat.say("A check-up please")
    said = chat.say(words)
    assert LISTED in said
    assert [choice.id for choice in chat.choices][:2] == ["slot:1", "slot:2"]
    assert "Shall I book it?" in chat.tap("slot:2")
    assert "booked in" in chat.say("yes")


@pytest.mark.parametrize(
    ("wish", "agrees", "listed"),
    [
        ("Einen Termin zur Kontrolle bitte", "ja, buchen Sie bitte", "Die nächsten freien Zeiten sind:"),
        ("Quiero una cita para una revisión", "sí, resérvela", "Las próximas horas libres son:"),
        ("Je voudrais un rendez-vous pour un contrôle", "oui, réservez", "Les prochains horaires libres sont :"),
        ("Queria marcar uma consulta de rotina", "sim, pode marcar", "Os próximos horários livres são:"),
    ],
)
def test_so_is_one_in_another_language(chat: Chat, wish: str, agrees: str, listed: str) -> None:
    said = chat.say(wish)
    if "?" in said and "1. " in said:
        said = chat.say("1")
    assert listed in chat.say(agrees)


def test_the_question_is_put_in_other_words_before_times_are_offered(chat: Chat) -> None:
    chat.say("A check-up please")
    assert "For example" in chat.say("my tooth hurts")
    assert LISTED in chat.say("it's the upper left one")
    assert chat.handed_over is None


def test_a_yes_to_the_only_time_that_is_offered_accepts_it(chat: Chat) -> None:
    chat.say("A check-up please")
    chat.say("yes")
    chat.say("number 1")
    assert "booked in" in chat.say("yes, book it")


def test_whoever_only_says_yes_to_a_list_is_asked_for_a_number_and_nothing_is_booked(chat: Chat) -> None:
    chat.say("A check-up please")
    chat.say("yes")
    assert "number" in chat.say("yes, book it")
    assert "Which one suits you?" in chat.say("yes please")
    assert chat.practice.appointments == {}
    assert "Tuesday 24 November at 15:00" in chat.say("no, Tuesday at 3")


def test_a_stretch_of_the_day_is_looked_up_and_not_picked_from_the_times_that_we_chose(chat: Chat) -> None:
    chat.say("A check-up please")
    said = chat.say("yes")
    assert LISTED in said
    assert "1. Friday 20 November at 15:30" in chat.say("can we do it today, sometime after 3:30 in the afternoon?")


def test_questions_in_between_are_no_circle(chat: Chat) -> None:
    chat.say("A check-up please")
    for words in ("where are you?", "when are you open?", "how much is it?", "who works there?", "where are you?") * 2:
        assert "?" in chat.say(words)
    assert chat.handed_over is None
    assert "Shall I book it?" in chat.say("Monday at 9")


def test_a_question_that_gets_nowhere_in_any_words_ends_with_a_person(chat: Chat) -> None:
    chat.say("A check-up please")
    for words in ("my tooth hurts", "it hurts a lot", "it is the upper one", "it began hurting on the left") * 2:
        chat.say(words)
    assert chat.handed_over is not None
    assert chat.handed_over["signal"] == "not_understood"


@pytest.mark.parametrize("words", ["sue", "yse", "Sure"])
def test_a_slip_in_a_yes_is_no_complaint(chat: Chat, words: str) -> None:
    chat.say("check-up tomorrow at 9")
    chat.say(words)
    assert chat.handed_over is None


def test_whoever_wants_to_sue_gets_a_person(chat: Chat) -> None:
    chat.say("check-up tomorrow at 9")
    chat.say("I will sue you")
    assert chat.handed_over is not None


def test_a_service_by_telephone_asks_for_no_number(chat: Chat) -> None:
    service = ServiceBrief(name="Telephone appointment", minutes=10, price="", practitioners=("Dr Ada Silva",))
    chat = Chat(Practice(brief_of(services=(*brief_of().services, service))))
    said = chat.say("book me Telephone appointment on Monday at 4 pm")
    assert "phone number" not in said
    assert "Shall I book it?" in said


@pytest.mark.parametrize(
    "words",
    ["as early as you can", "the soonest you have", "so schnell es geht", "en cuanto pueda", "dès que vous pouvez"],
)
def test_soon_is_heard_in_many_words(chat: Chat, words: str) -> None:
    chat.say("A check-up please")
    assert "1. " in chat.say(words)


NAMES = ("First conversation", "Post-surgery rehabilitation", "Free consultation", "Booked-up special")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("words", ["cancela a minha marcação, por favor", "cancel my appointment please"])
def test_the_words_of_a_services_name_claim_and_offer_nothing(name: str, words: str) -> None:
    """The desk checks every text as a turn does."""
    service = ServiceBrief(name=name, minutes=30, price="", practitioners=("Dr Ada Silva",))
    chat = Chat(Practice(brief_of(services=(service, *brief_of().services))))
    chat.practice.stand(dt.datetime(2026, 12, 9, 17))
    chat.say(words)
    assert name in chat.say("sim" if "marcação" in words else "yes")
    assert chat.practice.appointments == {} or all(
        "cancel" in str(each) for each in chat.practice.appointments.values()
    )


def test_few_words_of_a_question_are_read_in_the_language_before_them() -> None:
    """ "Posso marcar?" tells no language; the greeting of an English name would make it English."""
    chat = Chat(Practice(brief_of(business="The dentist of the trials", assistant="the assistant")))
    assert "Posso marcar?" in chat.say("boa tarde, preciso de uma consulta: Extraction, no dia 4/12 às 11:15")


def test_the_weeks_hours_may_be_told_while_a_time_at_their_edge_is_offered() -> None:
    hours = tuple(f"{day} 08:30–12:30, 14:00–18:00" for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"))
    chat = Chat(Practice(brief_of(opening_hours=(*hours, "Saturday closed", "Sunday closed"))))
    chat.say("check-up on Friday at 2 pm")
    assert "14:00–18:00" in chat.say("what are your opening hours?")


@pytest.mark.parametrize("greeting", ["God morning", "Good morning", "Guten Morgen", "boa tarde", "buenas tardes"])
def test_a_greeting_is_no_time_of_the_day(chat: Chat, greeting: str) -> None:
    said = chat.say(f"{greeting}, check-up, asap please")
    assert "1. Friday 20 November at 10:15" in said or "20" in said.split("2. ")[0]


@pytest.mark.parametrize("words", ["ok, leve it then, thanks", "ok, leave it then, thanks"])
def test_a_slip_in_a_no_puts_nobody_on_the_waiting_list(words: str) -> None:
    chat = Chat(Practice(brief_of(), full=True), skills=("join_waitlist",))
    assert "waiting list" in chat.say("check-up tomorrow at 9")
    chat.say(words)
    assert chat.practice.waiting == []


def test_two_swapped_letters_are_mended_in_short_words_too(chat: Chat) -> None:
    chat.practice.stand(dt.datetime(2026, 12, 9, 17))
    assert "17h00" in chat.say("c'est quadn mon rendez-vous ?")


@pytest.mark.parametrize(
    "words", ["posso faar com uma pessoa?", "can I tlk to a person?", "puedo hblar con una persona"]
)
def test_a_person_is_heard_behind_a_slip_and_is_no_time(chat: Chat, words: str) -> None:
    chat.say("check-up on Thursday 3 December at 10")
    chat.say(words)
    assert chat.handed_over is not None
    assert chat.handed_over["signal"] == "asked"
