"""English is written as it always was; the other languages in their own order, by CLDR."""

import datetime as dt

import pytest
from django.template import Context, Template
from django.utils import formats as of_django
from django.utils import timezone, translation

from tenants import formats

NOW = dt.datetime(2026, 11, 7, 9, 5, 7)
FORMS = """D j M, H:i|D j M Y, H:i|j M|j M Y|D j M|D j M Y|D j F|D j F Y|l j F|l j F Y|l j F, H:i|l j F Y, H:i|j F|j F Y
F|F Y|D|l|j|H:i|H:i:s|j M, H:i|j M, H:i:s|j F Y, H:i|D H:i|D j M H:i|j M Y, H:i""".replace("\n", "|").split("|")


@pytest.mark.parametrize("form", FORMS)
def test_english_is_what_django_writes(form):
    assert formats.plainly(NOW, form) == of_django.date_format(NOW, form)


@pytest.mark.parametrize(
    ("language", "form", "written"),
    [
        ("de", "D j M, H:i", "Sa., 7. Nov., 09:05"),
        ("de", "l j F Y", "Samstag, 7. November 2026"),
        ("de", "D", "Sa"),
        ("es", "l j F", "sábado, 7 de noviembre"),
        ("es", "H:i", "9:05"),
        ("fr", "D j M Y, H:i", "sam. 7 nov. 2026, 09:05"),
        ("pt", "l j F Y, H:i", "sábado, 7 de novembro de 2026, 09:05"),
        ("pt", "F Y", "novembro de 2026"),
        ("pt", "j M Y", "7 de nov. de 2026"),
        ("pt", "D j M, H:i", "sábado, 7 de nov., 09:05"),
    ],
)
def test_the_others_have_their_own_order(language, form, written):
    with translation.override(language):
        assert formats.plainly(NOW, form) == written


def test_a_letter_that_no_language_could_place_is_refused():
    with translation.override("de"), pytest.raises(ValueError, match="D l j M"):
        formats.plainly(NOW, "jS F")


def test_a_moment_is_shown_in_the_active_zone():
    moment = dt.datetime(2026, 7, 1, 22, 30, tzinfo=dt.UTC)
    page = Template('{% load formats %}{{ moment|shown:"D j M, H:i" }}{{ nothing|shown:"H:i" }}')
    with timezone.override("Europe/Berlin"):
        assert formats.shown(moment, "D j M, H:i") == "Thu 2 Jul, 00:30"
        assert page.render(Context({"moment": moment, "nothing": None})) == "Thu 2 Jul, 00:30"
    assert formats.shown(dt.time(9, 5), "H:i") == "09:05"


def test_numbers_and_money():
    def all_of_them():
        return (
            formats.number(12345.67, 1),
            formats.percent(0.425, 1),
            formats.money(1234.5),
            formats.money(0.0042, places=4),
        )

    assert all_of_them() == ("12,345.7", "42.5%", "$1234.50", "$0.0042")
    with translation.override("de"):
        assert all_of_them() == ("12.345,7", "42,5\xa0%", "1.234,50\xa0$", "0,0042\xa0$")
    with translation.override("pt"):
        assert all_of_them() == ("12\xa0345,7", "42,5%", "1\xa0234,50\xa0US$", "0,0042\xa0US$")


@pytest.mark.parametrize(
    ("language", "within", "across", "years"),
    [
        ("en-gb", "2 Nov – 27 Nov 2026", "31 Oct – 27 Nov 2026", "27 Nov 2026 – 1 Jan 2027"),
        ("de", "2.–27. Nov. 2026", "31. Okt. – 27. Nov. 2026", "27. Nov. 2026 – 1. Jan. 2027"),
        ("es", "2–27 nov 2026", "31 oct – 27 nov 2026", "27 nov 2026 – 1 ene 2027"),
        ("fr", "2–27 nov. 2026", "31 oct. – 27 nov. 2026", "27 nov. 2026 – 1 janv. 2027"),
        ("pt", "2–27 de nov. de 2026", "31 de out. – 27 de nov. de 2026", "27 de nov. de 2026 – 1 de jan. de 2027"),
    ],
)
def test_days_from_one_to_another_read_as_one_piece(language, within, across, years):
    second, halloween, last, new_year = (
        dt.date(2026, 11, 2),
        dt.date(2026, 10, 31),
        dt.date(2026, 11, 27),
        dt.date(2027, 1, 1),
    )
    with translation.override(language):
        assert [formats.days(*each) for each in ((second, last), (halloween, last), (last, new_year))] == [
            within,
            across,
            years,
        ]
        assert formats.days(last, last) == formats.shown(last, "j M Y")


def test_a_span_of_whole_days_has_no_midnights():
    def at(text):
        return dt.datetime.fromisoformat(f"2026-12-{text}").replace(tzinfo=dt.UTC)

    with timezone.override(dt.UTC), translation.override("en-gb"):
        assert formats.span(at("01T00:00"), at("02T00:00")) == "Tue 1 Dec 2026"
        assert formats.span(at("01T00:00"), at("04T00:00")) == "1 Dec – 3 Dec 2026"
        assert formats.span(at("01T09:00"), at("01T12:00")) == "Tue 1 Dec 2026, 09:00–12:00"
        assert formats.span(at("01T09:00"), at("02T00:00")) == "Tue 1 Dec 2026, 09:00–24:00"
        assert formats.span(at("01T09:00"), at("03T00:00")) == "Tue 1 Dec 2026, 09:00 – Wed 2 Dec 2026, 24:00"


def test_countries_are_named_and_ordered_in_the_readers_language():
    with translation.override("de"):
        names = formats.countries()
        assert (names["DE"], names["GB"]) == ("Deutschland", "Vereinigtes Königreich")
        assert list(names.values()).index("Österreich") < list(names.values()).index("Polen")
    assert formats.countries()["DE"] == "Germany"
    assert len(names) == len(formats.countries())
