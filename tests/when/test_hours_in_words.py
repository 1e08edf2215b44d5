"""Opening hours that somebody writes in words."""

import datetime as dt

import pytest

from calendar_sync.hours_text import HoursRefused, hours_from, text_of


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("halb neun bis halb sechs", "08:30–17:30"),
        ("half nine to half five", "09:30–17:30"),
        ("de ocho y media a seis", "08:30–18:00"),
        ("de nueve a dos y de cuatro a ocho", "09:00–14:00, 16:00–20:00"),
        ("de 9h à 12h30, de 14h à 18h", "09:00–12:30, 14:00–18:00"),
        ("das oito e meia às seis", "08:30–18:00"),
    ],
)
def test_hours_in_words_are_read(text: str, hours: str) -> None:
    assert text_of(hours_from(text)) == hours


@pytest.mark.parametrize("text", ["halb neun", "Montag von 9 bis 5 Uhr", "most days", "9-25"])
def test_what_says_no_hours_is_refused(text: str) -> None:
    with pytest.raises(HoursRefused):
        hours_from(text)


def test_figures_are_read_as_before() -> None:
    assert hours_from("22:00-02:00") == hours_from("22:00–02:00")
    assert hours_from("22:00-02:00")[0].starts == dt.time(22)
