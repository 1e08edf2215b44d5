"""Whatever is typed, the grammar answers, its spans lie in the text, and its work grows no faster than the text."""

import gc
import re
import sys
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calendar_sync.when import LANGUAGES, for_booking, resolve, understand
from calendar_sync.when.language import language, listed
from calendar_sync.when.understanding import LONGEST
from calendar_sync.when.wording import in_words

FIGURES = listed("0 3 14 31 99 1430 2026 1st 22nd 10:30 10.30 25.12. 3/12 7-9 12/12/30 2026-02-30 , . ; - £5 9999")
WORDS = {code: st.sampled_from([*language(code).index, *FIGURES]) for code in LANGUAGES}
TEXTS = st.sampled_from(LANGUAGES).flatmap(
    lambda code: st.tuples(st.just(code), st.lists(WORDS[code], max_size=10).map(" ".join) | st.text(max_size=60))
)
MOMENTS = st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2090, 1, 1))
VALUE = re.compile(r"(\d{4}-\d\d-\d\d)?(?:(?<=\d) (?=\d))?(\d\d:\d\d)?")


@settings(max_examples=400)
@given(text=TEXTS, now=MOMENTS, day_first=st.sampled_from([True, False, None]))
def test_any_text_gets_an_answer_with_spans_inside_it(text, now, day_first):
    code, words = text
    when = understand(words, now=now, language=code, day_first=day_first)
    assert all(0 <= start < end <= len(words) for start, end in when.spans)
    for value in resolve(when):
        assert VALUE.fullmatch(value)
        datetime.fromisoformat(value if "-" in value else f"2000-01-01 {value}")
    for choice in for_booking(words, now=now, language=code, day_first=day_first).dates:
        assert all(reading.last >= now.date() for reading in choice.readings)


@settings(max_examples=400)
@given(
    code=st.sampled_from(LANGUAGES),
    now=MOMENTS,
    quarters=st.integers(min_value=1, max_value=4 * 24 * 300),
    with_year=st.booleans(),
)
def test_what_it_puts_into_words_it_reads_back(code, now, quarters, with_year):
    meant = now.replace(minute=0, second=0, microsecond=0) + timedelta(minutes=45 + 15 * quarters)  # ahead
    words = in_words(meant, code, with_year=with_year)
    values = resolve(understand(words, now=now, language=code), since=now)
    assert values[0] == f"{meant:%Y-%m-%d %H:%M}"
    # From ten to one nobody knows whether a clock of twelve hours was meant; the day is never in doubt.
    assert {value[:10] for value in values} == {f"{meant:%Y-%m-%d}"}
    assert len(values) == 1 or 10 <= meant.hour <= 12


HOSTILE = {
    "a date again and again": "next Friday at half 4 ",
    "figures and dots": "1.1,",
    "figures and double dots": "1..",
    "what may be a telephone": "+44 0(",
    "moving and never arriving": "move ",
    "days without end": "Monday and ",
    "times without end": "3pm or ",
    "open brackets": "((((1-",
    "not": "not ",
    "blanks": " ",
    "one word": "a",
    "an apostrophe a letter": "a'",
    "ordinals": "the 3rd of the ",
    "months": "may 5 ",
    "numbers in words": "twenty ",
    "an hour and a half": "an hour and a half and ",
}


def steps(text):
    """Calls of functions, our own and built-in ones, that reading the text takes."""
    count = 0
    moment = datetime(2026, 11, 18, 10)
    for_booking(text, now=moment)  # what is kept from a first reading is not counted

    def called(frame, event, arg):
        nonlocal count
        count += event in ("call", "c_call")

    gc.collect()
    gc.disable()  # or the calls of whatever it frees are counted
    sys.setprofile(called)
    try:
        for_booking(text, now=moment)
    finally:
        sys.setprofile(None)
        gc.enable()
    return count


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_long_text_takes_no_more_steps_than_what_is_read_of_it(piece):
    long, read = (piece * 20_000)[:20_000], (piece * 20_000)[:LONGEST]
    assert steps(long) <= 1.02 * steps(read)


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
def test_twice_the_text_takes_about_twice_the_steps(piece):
    text = (piece * LONGEST)[:LONGEST]
    half, whole = steps(text[: LONGEST // 2]), steps(text)
    assert whole <= 2.6 * half + 2000


def test_no_pattern_repeats_what_repeats_without_anything_between():
    """Such a pattern, (a+)+, is what takes exponential time; the calls counted above would not show it."""
    from calendar_sync.when import reading, understanding

    patterns = [reading._PIECES, *(rule.pattern for rule in understanding.RULES)]
    for pattern in patterns:
        assert not list(_bare_repeats(re._parser.parse(pattern.pattern, pattern.flags & re.VERBOSE))), pattern.pattern


def _bare_repeats(parsed, within=False):
    """Unbounded repeats whose whole body is another unbounded repeat."""
    for operator, argument in parsed:
        if operator in (re._constants.MAX_REPEAT, re._constants.MIN_REPEAT):
            _, most, body = argument
            unbounded = most is re._constants.MAXREPEAT
            if unbounded and within:
                yield argument
            yield from _bare_repeats(body, within=unbounded and len(body) == 1)
        elif operator is re._constants.SUBPATTERN:
            yield from _bare_repeats(argument[-1], within=within and len(argument[-1]) == 1)
        elif operator is re._constants.BRANCH:
            for branch in argument[1]:
                yield from _bare_repeats(branch, within=within and len(branch) == 1)
        elif operator in (re._constants.ASSERT, re._constants.ASSERT_NOT):
            yield from _bare_repeats(argument[1])
