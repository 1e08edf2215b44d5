"""Searching: accents and capitals don't count, the beginning of a word is enough; the command bar finds anything."""

import html
import re

import pytest

from tenants.folding import fold, words_query
from tests.desk.scene import SCRIPT

HTMX = {"HX-Request": "true"}


def found(client, words):
    answer = client.get("find/", {"q": words}, headers=HTMX)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


@pytest.mark.parametrize(
    ("text", "query", "fits"),
    [
        ("José Núñez", "jose nunez", True),
        ("jose nunez", "JOSÉ Núñ", True),
        ("Straße 5", "strasse", True),
        ("Cœur léger", "coeur leg", True),
        ("Sørensen", "sorensen", True),
        ("O'Brien-Smith", "o'brien", True),
        ("O'Brien-Smith", "smith", True),
        ("write to a.b@example.org", "a.b@example.org", True),
        ("Ünal", "unal", True),
        ("unrelated", "related", False),
        ("José", "\\ ' : & | ! <->", False),
    ],
)
def test_what_was_written_is_found_however_it_is_typed(alices, scene, text, query, fits):
    scene.writes("Somebody", text)
    page = html.unescape(alices.get("inbox/", {"q": query}).content.decode())
    assert (">Somebody<" in page) is fits


@pytest.mark.parametrize("text", ["Łódź", "Ærø", "ÇA VA", "e\u0301te\u0301", "Đakovo", "straße", "İstanbul"])
def test_python_and_postgres_fold_alike(clinic, text, django_db_blocker):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT public.fold(%s)", [text])
        assert cursor.fetchone()[0] == fold(text)


def test_a_query_of_signs_is_none():
    assert words_query("' \\ & |") == ""
    assert words_query("Núñez o'b") == "'nunez':* & 'o b':*"


def test_the_command_bar_finds_contacts_messages_appointments_and_pages(alices, scene, people_who_booked):
    page = found(alices, "lópes")
    assert "Maria Lopes" in page.split(">Appointments<")[0]
    assert "Check-up" in page.split(">Appointments<")[1]
    assert "parking" in found(alices, "park")
    assert "Hours & holidays" in found(alices, "hours")
    assert "Maria Lopes" in found(alices, "912 000")


def test_every_page_of_settings_is_found_by_its_title_or_what_it_is_for(alices, clinic):
    for words, page in {
        "saved rep": "Saved replies",
        "webhook": "Webhooks",
        "holidays": "Hours",
        "quiet": "Messages that go out",
    }.items():
        assert page in found(alices, words), words


def test_staff_are_led_to_no_page_that_they_can_not_open(bobs, clinic):
    assert "Saved replies" in found(bobs, "saved")
    assert "Nothing fits" in found(bobs, "invitations")


def test_an_appointment_is_opened_itself_the_next_one_first(alices, people_who_booked):
    page = found(alices, "maria")
    urls = re.findall(r'href="(/b/bright-smile/diary/appointments/\d+/)"', page)
    assert urls
    assert alices.get(urls[0]).status_code == 200


def test_nothing_typed_leads_to_the_pages(alices, clinic):
    page = found(alices, "")
    assert "Go to" in page
    assert "Diary" in page


def test_nothing_found_says_where_it_looked(alices, clinic):
    assert "Nothing fits" in found(alices, "zzzzz")


def test_what_patients_wrote_is_only_text_there(alices, scene):
    scene.writes(SCRIPT, SCRIPT)
    assert "<script>" not in alices.get("find/", {"q": "script"}, headers=HTMX).content.decode()


@pytest.mark.parametrize("words", ["maria", "912000", "hello"])
def test_it_asks_the_database_at_most_a_dozen_times(alices, people_who_booked, words, django_assert_max_num_queries):
    found(alices, words)
    with django_assert_max_num_queries(12):
        found(alices, words)


@pytest.fixture
def people_who_booked(scene):
    maria = scene.writes("Maria Lopes", "Hi, I would like to come in for a check-up", phone="+351912000111")
    scene.answers(maria)
    for text in ("any time tomorrow or the day after", "1", "yes"):
        scene.writes("Maria Lopes", text)
        scene.answers(maria)
    scene.writes("Tom Becker", "Is there parking? Hello!")
    return maria
