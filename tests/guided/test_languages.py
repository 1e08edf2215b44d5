"""Five languages: complete tables, the language of the patient, and words as they are written there."""

import datetime as dt
import string

import pytest

from agents.llm.guided.diary_lines import said, said_shortly
from agents.llm.guided.languages import WRITTEN, language_of
from agents.llm.guided.languages.detecting import languages_spoken
from agents.llm.guided.story import question_in
from calendar_sync.when import LANGUAGES, for_booking
from tests.guided.desk import Chat, Practice, brief_of

ENGLISH = language_of("en")
OTHERS = [code for code in WRITTEN if code != "en"]
NOW = dt.datetime(2026, 11, 20, 10)  # a Friday


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def test_every_language_of_the_date_grammar_is_spoken() -> None:
    assert set(WRITTEN) == set(LANGUAGES)


@pytest.mark.parametrize("code", OTHERS)
def test_everything_that_english_says_and_hears_is_there(code: str) -> None:
    language = language_of(code)
    assert language.texts.keys() == ENGLISH.texts.keys()
    assert language.questions.keys() == ENGLISH.questions.keys()
    assert language.words.keys() == ENGLISH.words.keys()
    assert language.service_words.keys() == ENGLISH.service_words.keys()
    assert {len(each) for each in (language.weekdays, language.weekdays_short)} == {7}
    assert {len(each) for each in (language.months, language.months_short)} == {12}


@pytest.mark.parametrize("code", OTHERS)
def test_no_text_asks_for_a_value_that_english_does_not_have(code: str) -> None:
    for name, template in language_of(code).texts.items():
        if not name.startswith(("moment", "time")):
            assert fields(template) <= fields(ENGLISH.texts[name]), name
            assert fields(template) or not fields(ENGLISH.texts[name]), name


def test_each_question_is_told_from_every_other() -> None:
    questions = {(code, name): text for code in WRITTEN for name, text in language_of(code).questions.items()}
    assert len(set(questions.values())) == len(questions)
    for (_, name), text in questions.items():
        assert question_in(f"Ja. {text}") == name


@pytest.mark.parametrize("code", WRITTEN)
def test_a_moment_is_read_back_as_it_was_meant(code: str) -> None:
    country = {"en": "GB", "de": "DE", "es": "ES", "fr": "FR", "pt": "PT"}[code]
    for day in range(1, 29):
        start = dt.datetime(2026, 12, day, 9 + day % 9, 15 * (day % 4))
        text = said(start, language_of(code), country)
        options = for_booking(text, now=NOW, language=code).options
        assert any(
            each.date and each.time and each.date.readings[0].first == start.date() and start.time() in reading
            for each in options
            for reading in (each.time.readings if each.time else ())
        ), text


@pytest.mark.parametrize(
    ("code", "country", "long", "short"),
    [
        ("en", "GB", "Tuesday 1 December at 09:30", "Tue 1 Dec, 09:30"),
        ("en", "US", "Tuesday, December 1 at 9:30 am", "Tue Dec 1, 9:30 am"),
        ("de", "DE", "Dienstag, 1. Dezember um 09:30 Uhr", "Di 1. Dez., 09:30"),
        ("es", "ES", "martes 1 de diciembre a las 09:30", "mar 1 dic, 09:30"),
        ("es", "MX", "martes 1 de diciembre a las 9:30 am", "mar 1 dic, 9:30 am"),
        ("fr", "FR", "mardi 1 décembre à 9h30", "mar. 1 déc., 9h30"),
        ("pt", "BR", "terça-feira, 1 de dezembro, às 09:30", "ter 1 dez, 09:30"),
    ],
)
def test_times_are_written_as_people_write_them_there(code: str, country: str, long: str, short: str) -> None:
    start = dt.datetime(2026, 12, 1, 9, 30)
    assert said(start, language_of(code), country) == long
    assert said_shortly(start, language_of(code), country) == short


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("hola", "es"),
        ("Guten Tag", "de"),
        ("bonjour", "fr"),
        ("olá, tudo bem?", "pt"),
        ("I'd like to come in on Tuesday", "en"),
        ("Ich hätte gern einen Termin", "de"),
        ("quisiera una cita el martes por la tarde", "es"),
        ("queria uma consulta na terça à tarde", "pt"),
        ("je voudrais un rendez-vous", "fr"),
        ("Voy a llegar 15 minuts tarde", "es"),
        ("vou chegar uns minutos atrasada", "pt"),
        ("je vais avoir 10 min de retard", "fr"),
    ],
)
def test_the_language_is_told_from_small_words(text: str, code: str) -> None:
    for default in WRITTEN:
        assert list(languages_spoken([text], default)) == [code]


@pytest.mark.parametrize("code", WRITTEN)
@pytest.mark.parametrize(
    "text",
    [
        *("ok", "10:30", "Anna Berg", "👍", "2", "", "Lisa", "[NAME_2]", "[choice:yes]"),
        "(The patient sent a voice note, which you can't open.)",
    ],
)
def test_what_says_nothing_about_a_language_leaves_it_as_it_is(code: str, text: str) -> None:
    assert list(languages_spoken([text], code)) == [code]


def test_a_word_of_thanks_in_another_language_does_not_change_it() -> None:
    german = ["Guten Tag, ich hätte gern einen Termin am Montag", "um 10 Uhr bitte", "merci!"]
    assert set(languages_spoken(german, "en")) == {"de"}


def test_the_patient_is_answered_in_their_language_whatever_the_business_speaks() -> None:
    chat = Chat(Practice(brief_of()))
    assert "Hallo! Hier ist Robin" in chat.say("Guten Tag, ich bräuchte eine Zahnreinigung am Dienstag um 9 Uhr")
    assert "ist gebucht" in chat.say("ok")
    assert "Auf Wiedersehen" in chat.say("danke, tschüss")


def test_the_language_may_change_in_the_middle_of_a_booking() -> None:
    chat = Chat(Practice(brief_of(language="de", country="DE")))
    assert "Diese Zeiten sind frei" in chat.say("Kontrolle am Dienstagvormittag bitte")
    said = chat.say("sorry, can we do this in English please? I would like the second one")
    assert "Shall I book it?" in said
    chat.say("sí")
    assert len(chat.practice.appointments) == 1


def test_a_service_is_found_by_what_it_is_called_elsewhere() -> None:
    services = brief_of().services[:2]
    german = [each.__class__(**{**each.__dict__, "other_names": ()}) for each in services]
    named = [
        each.__class__(**{**each.__dict__, "name": name})
        for each, name in zip(german, ("Kontrolle", "Zahnreinigung"), strict=True)
    ]
    chat = Chat(Practice(brief_of(language="de", country="DE", services=tuple(named))))
    assert "Zahnreinigung with Dr Ada Silva" in chat.say("Hello, I need a teeth cleaning on Tuesday at 9 please")


def test_opening_hours_are_told_in_the_language_of_the_patient() -> None:
    chat = Chat(Practice(brief_of(language="fr")))
    assert "samedi 07:00–22:00" in chat.say("Êtes-vous ouverts samedi ?")


def test_staff_read_the_summary_in_the_language_of_the_business() -> None:
    chat = Chat(Practice(brief_of()))
    chat.say("Ich möchte bitte mit einem Menschen sprechen")
    assert chat.handed_over is not None
    assert "Asked for a person" in chat.handed_over["summary"]
