"""What is done with one answer: undoing, running late, the waiting list, offers, reminders, rules that say no."""

import datetime as dt

import pytest

from tests.guided.desk import Chat, Practice, brief_of

EVERYTHING = ("hold_slot", "undo_change", "running_late", "join_waitlist", "answer_offer")
TUESDAY_NINE = dt.datetime(2026, 11, 24, 9)  # "now" is Friday 20 November 2026, 10:00
THURSDAY_TEN = dt.datetime(2026, 11, 26, 10)


@pytest.fixture
def chat() -> Chat:
    return Chat(Practice(brief_of()), skills=EVERYTHING)


def german(**changes: object) -> Chat:
    return Chat(Practice(brief_of(language="de", country="DE", **changes)), skills=EVERYTHING)


def starts(chat: Chat) -> list[str]:
    return sorted(each["start"] for each in chat.practice.appointments.values())


def test_a_cancellation_is_undone(chat: Chat) -> None:
    chat.practice.stand(TUESDAY_NINE)
    for words in ("cancel my appointment", "yes"):
        chat.say(words)
    assert starts(chat) == []
    assert "stands again" in chat.say("oh no, undo that please")
    assert starts(chat) == ["2026-11-24T09:00"]


def test_a_booking_is_undone_in_german() -> None:
    chat = german()
    for words in ("Kontrolle am Dienstag um 9 Uhr", "ja"):
        chat.say(words)
    assert "Zurückgenommen" in chat.say("Machen Sie das bitte rückgängig")
    assert starts(chat) == []


@pytest.mark.parametrize(("skills", "words"), [(EVERYTHING, "undo"), ((), "undo that please")])
def test_an_undo_that_is_not_possible_goes_to_people(skills: tuple[str, ...], words: str) -> None:
    chat = Chat(Practice(brief_of()), skills=skills)
    chat.say(words)
    assert chat.handed_over is not None
    assert chat.handed_over["reason"] == "policy"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("I'm running 5 minutes late", "expect you then"),
        ("sorry, stuck in traffic, will be fifteen minutes late", "a little shorter"),
        ("I'll be half an hour late!", "Shall we look for another time?"),
    ],
)
def test_running_late_is_answered_by_what_the_diary_allows(chat: Chat, words: str, told: str) -> None:
    chat.practice.stand(TUESDAY_NINE)
    assert told in chat.say(words)


def test_how_late_is_asked_when_it_was_not_said(chat: Chat) -> None:
    chat.practice.stand(TUESDAY_NINE)
    assert "how many minutes" in chat.say("running late sorry")
    assert "expect you then" in chat.say("about 5 mins")
    assert chat.calls[-1] == ("running_late", {"minutes": 5, "appointment": None})


def test_who_comes_too_late_is_moved(chat: Chat) -> None:
    chat.practice.stand(TUESDAY_NINE)
    chat.say("I'll be 40 minutes late")
    assert "instead?" in chat.say("yes please")
    chat.say("Thursday at 10")
    chat.say("yes")
    assert starts(chat) == ["2026-11-26T10:00"]


def test_running_late_in_each_language() -> None:
    for language, words, minutes in (
        ("de", "Ich verspäte mich um 10 Minuten", 10),
        ("es", "llego 10 minutos tarde", 10),
        ("fr", "j'aurai un quart d'heure de retard", 15),
        ("pt", "vou chegar 20 minutos atrasada", 20),
    ):
        chat = Chat(Practice(brief_of(language=language)), skills=EVERYTHING)
        chat.practice.stand(TUESDAY_NINE)
        chat.say(words)
        assert ("running_late", {"minutes": minutes, "appointment": None}) in chat.calls, words


def test_the_waiting_list_knows_what_is_wanted(chat: Chat) -> None:
    said = chat.say("Put me on the waiting list for a check-up on Tuesday morning please")
    assert "waiting list" in said
    wish = chat.practice.waiting[0]
    assert (wish["service"], wish["earliest"], wish["latest"]) == ("Check-up", "2026-11-24", "2026-11-24")
    assert wish["time_to"]


def test_who_finds_nothing_free_is_offered_the_waiting_list(chat: Chat) -> None:
    chat.practice.full = True
    assert "waiting list?" in chat.say("check-up on Tuesday at 9")
    assert "You're on the waiting list" in chat.say("yes please")
    assert chat.practice.waiting[0]["earliest"] == "2026-11-24"


def test_an_offer_is_accepted_by_a_tap_or_a_plain_yes() -> None:
    for answer in ("Yes\n[choice:offer:yes]", "yes please", "Ja, gerne!"):
        chat = Chat(Practice(brief_of(), offered="s.2026-11-24T09:00:00|Check-up|Dr Ada Silva"), skills=EVERYTHING)
        chat.remind("Good news: Tuesday 24 November at 09:00 has come free. Would you like it?")
        chat.say(answer)
        assert starts(chat) == ["2026-11-24T09:00"], answer


@pytest.mark.parametrize(
    ("choice", "arguments"),
    [
        ("offer:2", {"accept": True, "choice": 2}),
        ("accept:7", {"accept": True}),
        ("decline:7", {"accept": False}),
        ("offer:no", {"accept": False}),
    ],
)
def test_every_tap_on_an_offer_is_an_answer_to_it(chat: Chat, choice: str, arguments: dict[str, object]) -> None:
    chat.practice.offered = "s.2026-11-24T09:00:00|Check-up|Dr Ada Silva"
    chat.remind("These times are kept for you.")
    chat.say(f"Whatever stands there\n[choice:{choice}]")
    assert ("answer_offer", arguments) in chat.calls


def test_an_offer_is_declined(chat: Chat) -> None:
    chat.practice.offered = "s.2026-11-24T09:00:00|Check-up|Dr Ada Silva"
    chat.remind("Good news: Tuesday 24 November at 09:00 has come free. Would you like it?")
    assert "stays as it is" in chat.say("No thanks\n[choice:offer:no]")
    assert starts(chat) == []


def test_a_reminder_is_confirmed_by_a_tap(chat: Chat) -> None:
    chat.practice.stand(TUESDAY_NINE)
    chat.practice.stand(THURSDAY_TEN)
    chat.remind("Reminder: your appointment on Thursday 26 November at 10:00.")
    assert "See you on Thursday 26 November at 10:00" in chat.say("Confirm\n[choice:confirm:#1002]")


def test_a_reminder_knows_its_appointment_when_it_is_to_be_cancelled(chat: Chat) -> None:
    chat.practice.stand(TUESDAY_NINE)
    chat.practice.stand(THURSDAY_TEN)
    chat.remind("Reminder: your appointment on Thursday 26 November at 10:00.")
    assert "Thursday 26 November" in chat.say("Cancel\n[choice:cancel:#1002]")
    chat.tap("yes")
    assert starts(chat) == ["2026-11-24T09:00"]


@pytest.mark.parametrize("words", ["Change\n[choice:change:#1002]", "I can't make it", "can I move it?"])
def test_a_reminder_knows_its_appointment_when_it_is_to_be_moved(chat: Chat, words: str) -> None:
    chat.practice.stand(TUESDAY_NINE)
    chat.practice.stand(THURSDAY_TEN)
    chat.remind("Reminder: your appointment is on Thursday, 26.11. at 10:00. See you then!")
    assert "Thursday 26 November at 10:00" in chat.say(words)
    chat.say("Friday the 27th at 11")
    chat.tap("yes")
    assert starts(chat) == ["2026-11-24T09:00", "2026-11-27T11:00"]


@pytest.mark.parametrize("skills", [EVERYTHING, ()])
def test_a_reminder_is_answered_in_words(skills: tuple[str, ...]) -> None:
    chat = Chat(Practice(brief_of()), skills=skills)
    chat.practice.stand(TUESDAY_NINE)
    chat.practice.stand(THURSDAY_TEN)
    chat.remind("Reminder: your appointment is on Thursday 26 November at 10:00. Will you come?")
    assert "See you on Thursday 26 November at 10:00" in chat.say("yes!")
    chat.remind("Reminder: your appointment is on Tuesday 24 November at 09:00. Will you come?")
    assert "is on Tuesday 24 November at 09:00. Which day or time" in chat.say("no sorry")
    chat.say("Wednesday at 9")
    chat.say("yes")
    assert starts(chat) == ["2026-11-25T09:00", "2026-11-26T10:00"]


@pytest.mark.parametrize(
    ("language", "words", "skill"),
    [
        ("de", "Bitte setzen Sie mich auf die Warteliste", "join_waitlist"),
        ("de", "Sagen Sie mir Bescheid, falls früher etwas frei wird", "join_waitlist"),
        ("es", "apúnteme en la lista de espera", "join_waitlist"),
        ("es", "avíseme si se libera un hueco antes", "join_waitlist"),
        ("fr", "mettez-moi sur la liste d'attente", "join_waitlist"),
        ("fr", "prévenez-moi si une place se libère", "join_waitlist"),
        ("pt", "pode me pôr na lista de espera?", "join_waitlist"),
        ("pt", "avise-me se abrir uma vaga antes", "join_waitlist"),
        ("en", "let me know if something earlier comes up", "join_waitlist"),
        ("es", "deshaga eso por favor", "undo_change"),
        ("fr", "pouvez-vous revenir en arrière, c'était une erreur", "undo_change"),
        ("pt", "foi sem querer, pode desfazer?", "undo_change"),
    ],
)
def test_errands_are_understood_in_each_language(language: str, words: str, skill: str) -> None:
    chat = Chat(Practice(brief_of(language=language)), skills=EVERYTHING)
    chat.say(words)
    assert skill in [name for name, _ in chat.calls]


def test_a_time_is_kept_while_it_is_read_back(chat: Chat) -> None:
    assert "Shall I book it?" in chat.say("check-up on Tuesday at 9")
    assert chat.calls[-1] == ("hold_slot", {"slot": "s.2026-11-24T09:00:00|Check-up|Dr Ada Silva"})
    assert len([entry for entry in chat.transcript if entry.text]) == 2  # it cost no turn


def test_a_time_that_went_before_it_could_be_kept_is_not_read_back(chat: Chat) -> None:
    chat.say("check-up on Tuesday morning")
    chat.practice.taken.add(dt.datetime(2026, 11, 24, 7))
    said = chat.say("the first")
    assert "just taken" in said
    assert "1. " in said


@pytest.mark.parametrize(
    ("rule", "told"), [("most_active", None), ("blocked", None), ("minimum_notice", "too soon"), ("unheard_of", None)]
)
def test_a_rule_that_says_no_is_worded_kindly_or_goes_to_people(chat: Chat, rule: str, told: str | None) -> None:
    chat.say("check-up on Tuesday at 9")
    chat.practice.refusal = {"status": "error", "rule": rule, "message": "Not possible.", "retryable": False}
    said = chat.say("yes")
    if told:
        assert told in said
        assert chat.handed_over is None
    else:
        assert chat.handed_over is not None
        assert chat.handed_over["reason"] == "policy"
        assert "Not possible." in chat.handed_over["summary"]


def test_a_time_that_is_taken_is_no_rule(chat: Chat) -> None:
    chat.say("check-up on Tuesday at 9")
    chat.practice.taken.add(TUESDAY_NINE)
    chat.practice.refusal = {"status": "error", "rule": "taken", "message": "Taken.", "retryable": False, "nearest": []}
    assert "just taken" in chat.say("yes")


def test_what_a_late_change_costs_is_told_before_it_is_made(chat: Chat) -> None:
    chat.practice.stand(TUESDAY_NINE)
    chat.practice.appointments["#1001"] |= {"late_to_cancel": "It costs £20 now.", "late_to_move": "no fee"}
    assert "It costs £20 now. Shall I cancel it?" in chat.say("cancel my appointment")
    said = chat.say("then move it to Thursday please")
    assert "no fee" not in said
    assert "Shall I move it?" in said


def test_a_late_change_that_the_team_decides_goes_to_the_team(chat: Chat) -> None:
    chat.practice.stand(TUESDAY_NINE)
    chat.practice.appointments["#1001"] |= {"late_to_cancel": "the team decides: hand over"}
    chat.say("cancel my appointment")
    assert chat.handed_over is not None
    assert chat.handed_over["reason"] == "policy"


def test_how_to_prepare_is_told_with_the_confirmation(chat: Chat) -> None:
    book = chat.practice.book_appointment

    def prepared(**arguments: str) -> dict[str, object]:
        return {"status": "ok", "booked": {**book(**arguments)["booked"], "preparation": "Please don't eat before."}}

    chat.practice.book_appointment = prepared  # type: ignore[method-assign, assignment]
    chat.say("check-up on Tuesday at 9")
    assert "Please don't eat before." in chat.say("yes")


@pytest.mark.parametrize("words", ["Yes\n[about:#1002]", "ok, thanks\n[about:#1002]"])
def test_a_reply_to_a_reminder_is_about_its_appointment(chat: Chat, words: str) -> None:
    chat.practice.stand(TUESDAY_NINE)
    chat.practice.stand(THURSDAY_TEN)
    chat.remind("See you soon!")
    assert "See you on Thursday 26 November at 10:00" in chat.say(words)


def test_a_change_that_answers_a_reminder_is_of_its_appointment(chat: Chat) -> None:
    chat.practice.stand(TUESDAY_NINE)
    chat.practice.stand(THURSDAY_TEN)
    chat.remind("See you soon!")
    assert "Thursday 26 November at 10:00" in chat.say("Sorry, I can't make it\n[about:#1002]")


def test_one_of_several_offered_times_is_taken_by_its_number(chat: Chat) -> None:
    chat.practice.offered = "s.2026-11-24T09:00:00|Check-up|Dr Ada Silva"
    chat.remind("Dr Silva is away. We kept for you: 1. Tuesday 09:00 2. Tuesday 11:00. Which one suits?")
    chat.say("2")
    assert ("answer_offer", {"accept": True, "choice": 2}) in chat.calls


def test_a_late_cancellation_tells_the_fee(chat: Chat) -> None:
    chat.practice.stand(TUESDAY_NINE)
    chat.practice.refusal = {
        "status": "error",
        "rule": "late_cancel",
        "message": "Too late.",
        "retryable": False,
        "fee_text": "We charge £20 for that.",
    }
    chat.say("cancel my appointment")
    said = chat.say("yes")
    assert "We charge £20" in said
    assert "person" in said
    assert starts(chat) == ["2026-11-24T09:00"]


@pytest.mark.parametrize(
    "words",
    [
        "I can't breathe",
        "this is an emergency",
        "Ich bekomme keine Luft",
        "das ist ein Notfall",
        "es una emergencia",
        "no puedo respirar",
        "il saigne beaucoup",
        "não consigo respirar",
    ],
)
def test_an_emergency_goes_to_people_at_once(chat: Chat, words: str) -> None:
    chat.say(words)
    assert chat.handed_over is not None
    assert "emergency" in chat.handed_over["summary"]


@pytest.mark.parametrize(
    ("words", "service", "hours"),
    [
        ("Please put me on the waiting list for the hygienist, mornings if possible", "Hygienist", ("06:00", "11:59")),
        ("put me on the waiting list for a filling", "Filling", (None, None)),
    ],
)
def test_the_waiting_list_is_joined_for_what_was_named(words, service, hours):
    chat = Chat(Practice(brief_of()), skills=EVERYTHING)
    chat.say(words)
    (wish,) = [arguments for name, arguments in chat.calls if name == "join_waitlist"]
    assert wish["service"] == service
    assert (wish["time_from"], wish["time_to"]) == hours
