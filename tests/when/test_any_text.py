"""Whatever is typed, the grammar answers, and its spans lie in the text."""

from datetime import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from calendar_sync.when import LANGUAGES, for_booking, resolve, understand
from calendar_sync.when.language import language, listed

FIGURES = listed("0 3 14 31 99 1430 2026 1st 22nd 10:30 10.30 25.12. 3/12 7-9 12/12/30 2026-02-30 , . ; - £5 9999")
WORDS = {code: st.sampled_from([*language(code).index, *FIGURES]) for code in LANGUAGES}
TEXTS = st.sampled_from(LANGUAGES).flatmap(
    lambda code: st.tuples(st.just(code), st.lists(WORDS[code], max_size=10).map(" ".join) | st.text(max_size=60))
)
MOMENTS = st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2090, 1, 1))


@settings(max_examples=300, deadline=None, database=None)
@given(text=TEXTS, now=MOMENTS, day_first=st.sampled_from([True, False, None]))
def test_any_text_gets_an_answer_with_spans_inside_it(text, now, day_first):
    code, words = text
    when = understand(words, now=now, language=code, day_first=day_first)
    resolve(when)
    assert all(0 <= start < end <= len(words) for start, end in when.spans)
    for choice in for_booking(words, now=now, language=code, day_first=day_first).dates:
        assert all(reading.last >= now.date() for reading in choice.readings)
