"""Where the window of a transcript opens."""

import datetime as dt
import random

import pytest

from agents.memory import window
from agents.memory.window import Placed
from agents.types import Entry
from tests.memory.conftest import LAST_WEEK, assistant, booking, called, chat, patient


def placed(entries: list[Entry], begin: int = 0) -> list[Placed]:
    return [Placed(index=begin + number, entry=entry) for number, entry in enumerate(entries)]


def size(entries: list[Entry]) -> int:
    return window.size_of(placed(entries))


def later(hours: float) -> dt.datetime:
    return LAST_WEEK + dt.timedelta(hours=hours)


def test_a_short_conversation_is_seen_from_its_beginning():
    entries = booking()
    assert window.opens_at(entries, 0, 0) == 0
    assert not window.is_full(entries)


def test_it_opens_right_after_what_was_settled_and_told():
    entries = [*booking(), *booking(reference="#1002"), *chat(4)]
    assert window.is_full(entries)
    place = window.cut(placed(entries))
    assert place is not None
    assert entries[place].role == "patient"
    assert entries[place - 1].text == "You're booked in for Tuesday at 10:00." or "Answer" in entries[place - 1].text


def test_it_never_opens_after_the_times_that_were_offered_last():
    unfinished = booking()[:6]  # read back, and not answered yet
    entries = [*chat(30), *unfinished]
    place = window.cut(placed(entries))
    assert place is None or place <= len(entries) - len(unfinished)
    begun = [*booking()[:3], assistant("I have 10:00 and 11:00. Which one?")]
    long_search = [*begun, *(entry for _ in range(2) for entry in (patient("Later please"), *booking()[1:4]))]
    assert window.is_full(long_search)
    place = window.cut(placed(long_search))
    assert place is not None
    assert any(each.outcomes for each in long_search[place:])
    assert window.FEWEST <= size(long_search[place:]) <= window.MOST


def test_a_question_that_stands_open_is_not_cut_from_its_answer():
    asks_on = [*booking()[:-1], assistant("Booked. And when shall your son come?"), patient("Right after me")]
    entries = [*asks_on, *chat(40)]
    place = window.cut(placed(entries))
    assert place is None or place != len(asks_on) - 1


def test_after_a_rest_nothing_is_open_any_more():
    searched = [*booking()[:4], *(entry for _ in range(2) for entry in (patient("Later please"), *booking()[1:4]))]
    place = window.cut(placed([*searched, *chat(14, later(30))]))
    assert place is not None
    assert place >= len(searched)


def test_a_conversation_that_settles_nothing_for_ever_is_bounded_all_the_same():
    entries = [entry for number in range(40) for entry in (patient(f"Later? {number}"), *booking()[1:4])]
    opens = window.opens_at(entries, 0, 0)
    assert size(entries[opens:]) <= window.BOUND
    assert entries[opens].role == "patient"


def test_a_summary_that_is_long_overdue_leaves_a_window_all_the_same():
    entries = [*chat(20), *booking(), *chat(10)]
    opens = window.opens_at(entries, 5_000, 200)  # 4,800 entries between were neither summed up nor read
    assert 5_000 < opens < 5_000 + len(entries)
    assert entries[opens - 5_000].role == "patient"


def test_it_opens_where_the_summary_ends_until_that_moves():
    entries = [*booking(), *chat(6)]
    first = window.opens_at(entries, 0, 9)
    assert first == 9
    assert window.opens_at([*entries, *chat(3)], 0, 9) == first


@pytest.mark.parametrize("seed", range(60))
def test_wherever_it_opens_calls_stand_with_their_outcomes_and_a_patient_begins(seed):
    dice = random.Random(seed)
    parts = [
        lambda at: booking(at),
        lambda at: booking(at)[: dice.randrange(4, 9)],
        lambda at: chat(dice.randrange(1, 8), at),
        lambda at: [patient("one", at), patient("two", at), *called("my_appointments", {}, at)],
        lambda at: [assistant("A reminder of your appointment.", at)],
    ]
    entries: list[Entry] = []
    for number in range(dice.randrange(3, 30)):
        entries += dice.choice(parts)(later(number * dice.choice((0.1, 9))))
    whole = placed(entries, begin=dice.randrange(100))
    for opens in (window.cut(whole), window.opens_at(entries, whole[0].index, whole[0].index)):
        if opens is None or opens == whole[0].index:
            continue
        rest = [each for each in whole if each.index >= opens]
        asked = {call.id for each in rest for call in each.entry.calls}
        assert {outcome.call_id for each in rest for outcome in each.entry.outcomes} <= asked
        assert rest[0].entry.role == "patient"
        assert not whole[opens - whole[0].index - 1].entry.calls
    assert window.size_of(whole) <= window.BOUND or window.cut(whole) is not None
