"""Whole conversations with the guided flow, as patients have them."""

import datetime as dt

import pytest

from tests.guided.desk import Chat, Practice, brief_of

TAKEN = dt.datetime(2026, 11, 24, 15, 30)  # a Tuesday; "now" is Friday 20 November 2026, 10:00


@pytest.fixture
def chat() -> Chat:
    return Chat(Practice(brief_of(), taken={TAKEN}))


def standing(chat: Chat) -> list[tuple[str, str]]:
    return [(each["service"], each["start"]) for each in chat.practice.appointments.values()]


def names_of_calls(chat: Chat) -> list[str]:
    return [name for name, _ in chat.calls]


def test_it_greets_and_says_what_it_can_do(chat: Chat) -> None:
    said = chat.say("Hi")
    assert "Robin" in said
    assert "How can I help?" in said


def test_a_free_time_that_was_asked_for_exactly_is_read_back_at_once(chat: Chat) -> None:
    said = chat.say("Can I have a check-up next Tuesday at quarter past nine?")
    assert "Check-up with Dr Ada Silva on Tuesday 24 November at 09:15, 30 minutes, £45. Shall I book it?" in said
    assert standing(chat) == []
    assert "You're booked in" in chat.say("yes please")
    assert standing(chat) == [("Check-up", "2026-11-24T09:15")]


@pytest.mark.parametrize("words", ["Tuesday or the day after, at noon", "at noon on Tuesday or the day after"])
def test_the_day_after_is_another_day_beside_the_one_that_was_named(words: str) -> None:
    noon = dt.datetime(2026, 11, 24, 12)
    chat = Chat(Practice(brief_of(), taken={noon}))
    chat.say("A check-up please")
    said = chat.say(words)
    assert "Wednesday 25 November at 12:00" in said


@pytest.mark.parametrize(
    "words",
    [
        "yes",
        "Yep that works",
        "sounds good",
        "perfect",
        "go on then",
        "👍",
        "That's right. What's the phone number?",
        "Yep, that is all good",
    ],
)
def test_a_yes_in_many_forms_books(chat: Chat, words: str) -> None:
    chat.say("check-up tomorrow at 9am")
    assert "booked in" in chat.say(words)


@pytest.mark.parametrize(
    "words",
    [
        "no",
        "no thanks",
        "Nope",
        "Is that right for children?",
        "which is better?",
        "wait",
        "never mind",
        "hm",
        "Thursday?",
    ],
)
def test_whatever_is_no_yes_books_nothing(chat: Chat, words: str) -> None:
    chat.say("check-up tomorrow at 9am")
    chat.say(words)
    assert standing(chat) == []


def test_a_taken_time_gets_the_nearest_ones_to_choose_from(chat: Chat) -> None:
    said = chat.say("filling on Tuesday at half three please")
    assert "15:30" not in said
    assert "1. Tuesday 24 November at 15:00" in said
    assert "Filling" in chat.say("the third one")
    chat.say("ok")
    assert standing(chat) == [("Filling", "2026-11-24T15:45")]


@pytest.mark.parametrize(
    ("words", "start"),
    [
        ("2", "2026-11-26T08:00"),
        ("number 2 please", "2026-11-26T08:00"),
        ("the second one", "2026-11-26T08:00"),
        ("the last one", "2026-11-26T11:45"),
        ("the 8 o'clock one", "2026-11-26T08:00"),
        ("quarter to twelve", "2026-11-26T11:45"),
        ("any is fine", "2026-11-26T07:00"),
        ("11", "2026-11-26T11:00"),
    ],
)
def test_an_offer_is_chosen_by_number_place_or_time(chat: Chat, words: str, start: str) -> None:
    chat.say("hygienist on Thursday morning")
    chat.say(words)
    chat.say("yes")
    assert standing(chat) == [("Hygienist", start)]


def test_none_of_these_and_something_later_lead_on(chat: Chat) -> None:
    chat.say("hygienist on Thursday morning")
    assert "12:00" in chat.say("something later please")
    assert "Which day" in chat.say("none of these work for me")


def test_date_and_time_come_in_separate_messages_and_are_corrected(chat: Chat) -> None:
    chat.say("I'd like a check-up")
    assert "Which day would suit you?" in chat.say("half past two in the afternoon")
    assert "Tuesday 24 November at 14:30" in chat.say("next Tuesday")
    assert "Wednesday 25 November at 14:30" in chat.say("no, make it Wednesday")
    assert "Wednesday 2 December at 14:30" in chat.say("no, I meant the week after")
    assert "Saturday 12 December at 10:00" in chat.say("Actually no, make it the 12th at 10")
    assert "at 11:00" in chat.say("no, 11")
    chat.say("yes")
    assert standing(chat) == [("Check-up", "2026-12-12T11:00")]


def test_who_only_wants_an_appointment_is_asked_once_what_for(chat: Chat) -> None:
    assert "1. Check-up" in chat.say("I need an appointment")
    said = chat.say("just something on Monday at 10")
    assert "Check-up" in said
    assert "If it's for something else" in said
    assert "Extraction" in chat.say("actually I need a tooth out")
    chat.say("yes")
    assert standing(chat) == [("Extraction", "2026-11-23T10:00")]


def test_as_soon_as_possible_offers_the_next_times(chat: Chat) -> None:
    assert "1. Friday 20 November at 10:15" in chat.say("I have a terrible toothache, can you see me asap?")


def test_a_question_in_the_middle_is_answered_and_the_booking_goes_on(chat: Chat) -> None:
    chat.say("check-up on Monday at 9")
    said = chat.say("Where are you? And how much is it?")
    assert "12 High Street, Leeds" in said
    assert "£45" in said
    assert "Shall I book it?" in said
    chat.say("yes")
    assert standing(chat) == [("Check-up", "2026-11-23T09:00")]


def test_a_question_about_the_list_leaves_the_list_open(chat: Chat) -> None:
    chat.say("hygienist on Thursday morning")
    assert "0113" in chat.say("what's your phone number?")
    assert "08:00" in chat.say("2")


def test_facts_that_are_not_published_are_not_made_up(chat: Chat) -> None:
    assert "don't know" in chat.say("Hello, is there parking?")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("Are you open on Saturdays?", "Saturday 07:00–22:00"),
        ("what's your address", "12 High Street"),
        ("How much is a filling?", "Filling: 45 minutes, £110"),
        ("Do you do whitening?", "Whitening consultation"),
        ("who works there?", "Dr Ada Silva"),
        ("what services do you offer?", "9. Brace consultation"),
    ],
)
def test_it_answers_what_the_business_has_published(chat: Chat, asked: str, told: str) -> None:
    assert told in chat.say(asked)
    assert chat.handed_over is None


def test_an_appointment_is_moved_and_keeps_its_number(chat: Chat) -> None:
    chat.say("check-up tomorrow at 9")
    chat.say("yes")
    said = chat.say("Can I move my appointment to Thursday?")
    assert "from Saturday 21 November at 09:00 to Thursday 26 November at 09:00. Shall I move it?" in said
    assert "has been moved" in chat.say("yes please")
    assert list(chat.practice.appointments) == ["#1001"]
    assert standing(chat) == [("Check-up", "2026-11-26T09:00")]


def test_a_change_right_after_booking_moves_that_appointment(chat: Chat) -> None:
    chat.say("check-up tomorrow at 9")
    chat.say("yes")
    assert "Shall I move it?" in chat.say("Actually, could we do an hour later?")
    chat.say("yes")
    assert standing(chat) == [("Check-up", "2026-11-21T10:00")]


def test_who_cannot_come_is_asked_when_instead(chat: Chat) -> None:
    chat.say("check-up tomorrow at 9")
    chat.say("yes")
    assert "instead?" in chat.say("Sorry, I can't make it tomorrow")
    assert "Monday 23 November at 09:00" in chat.say("Monday?")


def test_one_of_several_appointments_is_cancelled_after_a_yes(chat: Chat) -> None:
    for words in ("check-up tomorrow at 9", "yes", "and a filling on Tuesday at 4pm as well", "yes"):
        chat.say(words)
    assert "Which appointment do you mean?" in chat.say("cancel my appointment")
    assert "Filling" in chat.say("the second one")
    assert len(standing(chat)) == 2
    assert "has been cancelled" in chat.say("yes")
    assert standing(chat) == [("Check-up", "2026-11-21T09:00")]


def test_a_no_keeps_the_appointment(chat: Chat) -> None:
    for words in ("check-up tomorrow at 9", "yes", "cancel it", "no, keep it"):
        chat.say(words)
    assert len(standing(chat)) == 1


def test_the_weekday_tells_which_of_several_is_meant(chat: Chat) -> None:
    for words in ("check-up on Monday at 9", "yes", "also a filling on Tuesday at 4pm", "yes"):
        chat.say(words)
    assert "Your Check-up" in chat.say("move my Monday appointment to Thursday")


def test_coming_appointments_are_listed(chat: Chat) -> None:
    assert "can't find" in chat.say("when is my appointment?")
    chat.say("check-up tomorrow at 9")
    chat.say("yes")
    assert "Check-up with Dr Ada Silva, Saturday 21 November at 09:00" in chat.say("what appointments do I have?")


def test_somebody_else_is_booked_under_their_own_name(chat: Chat) -> None:
    assert "For [NAME_2]." in chat.say("a check-up for my son [NAME_2] tomorrow at 4pm")
    chat.say("yes")
    assert chat.calls[-1][1]["patient_name"] == "[NAME_2]"


def test_the_name_of_somebody_else_is_asked_for(chat: Chat) -> None:
    assert "What is their name?" in chat.say("a check-up for my daughter tomorrow at 4pm")
    assert "For Lily." in chat.say("Lily")
    chat.say("yes")
    assert chat.calls[-1][1]["patient_name"] == "Lily"


def test_a_practitioner_is_kept_when_asked_for() -> None:
    chat = Chat(Practice(brief_of(practitioners=("Dr Ada Silva", "Dr Tom Berg"))))
    assert "Dr Tom Berg" in chat.say("check-up with Dr Berg on Monday at 9")
    assert "Dr Ada Silva" in chat.say("no, with Silva please")
    chat.say("yes")
    assert chat.practice.appointments["#1001"]["practitioner"] == "Dr Ada Silva"


def test_a_doctor_of_another_practice_does_not_stop_the_booking(chat: Chat) -> None:
    chat.say("hello")
    said = chat.say("check-up with Dr. Janet Bodle on Monday at 9")
    assert "With us you would see Dr Ada Silva" in said
    assert "Shall I book it?" in said


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("Can I speak to a human please", "customer_request"),
        ("should I take ibuprofen?", "unsupported_request"),
        ("I want to make a complaint", "policy"),
        ("I'm running 10 minutes late", "policy"),
    ],
)
def test_what_is_for_people_goes_to_people(chat: Chat, words: str, reason: str) -> None:
    chat.say(words)
    assert chat.handed_over is not None
    assert chat.handed_over["reason"] == reason


def test_after_two_messages_not_understood_people_take_over(chat: Chat) -> None:
    assert "didn't quite get that" in chat.say("asdkjh")
    chat.say("qwoeiu")
    assert chat.handed_over is not None


def test_something_understood_in_between_starts_the_count_anew(chat: Chat) -> None:
    for words in ("asdkjh", "a check-up please", "qwoeiu"):
        chat.say(words)
    assert chat.handed_over is None


def test_looking_for_others_is_answered_without_giving_up(chat: Chat) -> None:
    for words in ("find me a dentist in Leeds", "someone else please", "any others?", "what's their rating?"):
        assert chat.say(words)
    assert "Shall I book it?" in chat.say("fine, Monday at 9")


def test_a_voice_note_is_answered_politely(chat: Chat) -> None:
    assert "can't open" in chat.say("(The patient sent a voice note, which you can't open.)")
    assert chat.handed_over is None


def test_thanks_and_goodbye_are_returned(chat: Chat) -> None:
    chat.say("check-up tomorrow at 9")
    chat.say("yes")
    assert chat.say("thanks!") == "You're welcome!"
    assert "Goodbye" in chat.say("bye")


def test_a_time_that_went_in_the_meantime_is_not_called_booked(chat: Chat) -> None:
    chat.say("check-up tomorrow at 9")
    chat.practice.taken.add(dt.datetime(2026, 11, 21, 9))
    said = chat.say("yes")
    assert "booked" not in said
    assert "1. " in said
    assert standing(chat) == []


def test_american_practices_read_and_write_dates_their_way() -> None:
    chat = Chat(Practice(brief_of(country="US")))
    assert "Saturday, December 12 at 3:30 pm" in chat.say("check-up on 12/12 at 3:30")
    chat.say("no, 12/1")
    assert "Tuesday, December 1" in chat.say("anything else?")


def test_a_business_with_one_service_never_asks_what_for() -> None:
    services = brief_of().services[:1]
    chat = Chat(Practice(brief_of(services=services)))
    assert "Which day and time" in chat.say("I'd like an appointment")
    assert "something else" not in chat.say("Monday at 9")


def test_a_weekday_that_does_not_fit_its_date_is_asked_about(chat: Chat) -> None:
    assert "don't go together" in chat.say("check-up on Monday the 24th at 3")
    assert "Tuesday 24 November at 15:00" in chat.say("the 24th")


def test_the_number_in_a_placeholder_is_no_time(chat: Chat) -> None:
    chat.say("check-up tomorrow at 9")
    assert "Saturday 21 November at 09:00" in chat.say("My name is [NAME_2]")


def test_a_yes_to_a_list_asks_for_the_number(chat: Chat) -> None:
    chat.say("hygienist on Thursday morning")
    assert "number" in chat.say("yes please")
    assert "11:45" in chat.say("the latest please")


def test_a_bare_hour_changes_an_appointment_that_was_just_made(chat: Chat) -> None:
    chat.say("check-up tomorrow at 9")
    chat.say("yes")
    assert "Saturday 21 November at 10:00. Shall I move it?" in chat.say("Is it still possible to change it to 10?")
