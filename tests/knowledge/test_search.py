"""What is found: by language, by day, by business, in parts."""

import datetime as dt

import pytest
from django.db import connection
from django_tenants.utils import tenant_context
from hypothesis import given
from hypothesis import strategies as st

from agents.knowledge import entries
from agents.knowledge.chunks import LENGTH, chunks_of
from agents.knowledge.entries import Writing
from agents.knowledge.quoting import quoted
from agents.knowledge.search import search
from agents.models import KnowledgeChunk
from tests.knowledge.conftest import TODAY

DAY = dt.timedelta(days=1)


def titles(question, **more):
    return [each.title for each in search(question, on=TODAY, **more)]


def test_only_what_is_valid_today_and_not_removed_is_found(wrote):
    wrote("Parking now", "Behind the house.", valid_from=TODAY, valid_until=TODAY)
    wrote("Parking before", "Behind the house.", valid_until=TODAY - DAY)
    wrote("Parking later", "Behind the house.", valid_from=TODAY + DAY)
    entries.remove(wrote("Parking gone", "Behind the house."))
    assert titles("Where is the parking?") == ["Parking now"]


@pytest.mark.parametrize(
    ("language", "title", "body", "question"),
    [
        ("en", "Guests", "Companions are seated upstairs.", "where do companions sit, is seating upstairs"),
        ("de", "Begleitung", "Begleitpersonen sitzen im Flur.", "Wo kann meine Begleitung sitzen?"),
        ("es", "Acompañantes", "Los acompañantes esperan arriba.", "¿Dónde espera el ACOMPANANTE?"),
        ("fr", "Accompagnants", "Les accompagnants attendent à l'étage.", "Où attend l'accompagnant ?"),
        ("pt", "Acompanhantes", "Os acompanhantes esperam lá em cima.", "Onde espera o acompanhante?"),
        ("it", "Accompagnatori", "Aspettano al piano di sopra.", "accompagnatori"),
        ("uk", "Супровід", "Супровід чекає нагорі.", "супровід"),
        ("ar", "المرافقون", "ينتظر المرافقون في الأعلى.", "المرافقون"),
    ],
)
def test_words_are_found_in_their_forms_with_and_without_accents(wrote, language, title, body, question):
    wrote(title, body, language)
    wrote("Parking", "Behind the house.")
    for known in (language, ""):
        assert titles(question, language=known) == [title]


def test_the_part_that_answers_comes_first_and_is_shown_with_its_heading(wrote):
    wrote("First visit", "# What to bring\nYour passport.\n\n# How long\nIt takes 45 minutes.")
    best = search("how many minutes does it take?", on=TODAY)[0]
    assert (best.heading, best.text) == ("How long", "It takes 45 minutes.")
    assert 0 < best.rank <= 1


def test_one_question_is_one_query(wrote, django_assert_num_queries):
    wrote("Parking", "Behind the house.")
    with django_assert_num_queries(1):
        assert titles("is there parking for my car, or a bus?") == ["Parking"]
    with django_assert_num_queries(0):
        assert titles("do you have it?") == []


def test_no_business_finds_what_another_wrote(wrote, clinic, salon):
    wrote("Parking", "Behind the house.")
    with tenant_context(salon):
        assert titles("parking") == []
        entries.add(Writing(title="Parking", body="In the yard.", language="en"), user_id=None)
        assert [each.text for each in search("parking", on=TODAY)] == ["In the yard."]
    connection.set_tenant(clinic)
    assert [each.text for each in search("parking", on=TODAY)] == ["Behind the house."]


@pytest.mark.parametrize(
    "question",
    [
        "",
        "   ",
        "?!",
        "' OR 1=1 --",
        "a' & b | !c:*",
        "\\",
        "%s %(n)s {}",
        "<->",
        "parking:*A",
        "x" * 5000,
        "🙂🙃",
        "\ud7ff",
    ],
)
def test_no_question_breaks_the_search(wrote, question):
    wrote("Parking", "Behind the house.")
    assert set(titles(question)) <= {"Parking"}


@given(st.text(max_size=300))
def test_any_text_can_be_asked(text):
    from agents.knowledge.search import _parameters
    from agents.knowledge.words import telling_words

    words = telling_words(text)
    assert all(word.isalnum() for word in words)
    if words:
        _parameters(words)


@given(st.lists(st.text(alphabet="ab .\n#", max_size=900), max_size=6))
def test_parts_hold_every_word_once_and_are_short(texts):
    body = "\n\n".join(texts)
    parts = chunks_of(body)
    assert all(len(each.text) <= LENGTH for each in parts)
    kept = [line for line in body.split("\n") if not line.strip().startswith("#")]
    said = "".join(each.text for each in parts)
    if "#" not in body:
        assert "".join(said.split()) == "".join("".join(kept).split())


def test_a_long_entry_is_cut_by_headings_and_paragraphs(wrote):
    body = "# One\n\n" + "First sentence here. " * 60 + "\n\n## Deeper\n\nShort.\n\nAlso short.\n\n# Two\n\nEnd."
    entry = wrote("Long", body)
    parts = list(KnowledgeChunk.objects.filter(entry=entry).values_list("heading", "text"))
    assert [heading for heading, _ in parts] == ["One", "One", "One › Deeper", "Two"]
    assert parts[2][1] == "Short.\n\nAlso short."
    assert all(text.endswith(".") for _, text in parts)


def test_a_quote_is_plain_and_begins_where_the_question_is_answered():
    text = (
        "**We** open early. " + "Nothing of interest. " * 20 + "Dogs may wait in the [yard](https://x.test). Thank you."
    )
    assert quoted(text, ["dogs"]).startswith("Dogs may wait in the yard https://x.test.")
    assert quoted("Is there wifi? Yes, it is free.", ["wifi"]) == "Yes, it is free."
    assert quoted("- one\n- two", []) == "one two"
    assert len(quoted("word " * 1000, [])) <= 642
