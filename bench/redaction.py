"""Hiding personal data, per 100 characters, in messages such as patients write."""

from agents.privacy.pseudonyms import Pseudonyms
from agents.privacy.values import KnownValue
from bench.measure import Row, Sample, in_rounds, row

TARGET_MS = 0.5
TIMES = 20
KNOWN = (KnownValue(type="NAME", value="Anna Whitfield"), KnownValue(type="PHONE", value="+447911123456"))
MESSAGES = (
    "Hi, this is Anna Whitfield, could I see the dentist on Tuesday 12 January at half past ten please?",
    "My number is 07911 123456 or write to anna.whitfield@example.org, I was born on 14/03/1985, thank you!",
    "We live at 12 High Street, Leeds LS1 4DY. My son Tom needs a check-up, he is 7, any day after 3:30 pm.",
    "Order 20260114-0093 came today, can you do 14:15 on 07.02.2027 or 08.02.2027 between 9 and 11.30?",
    "I only wanted to ask whether you have parking for patients behind the house, because I come by car.",
)


def measure() -> list[Row]:
    rows = [_rate("redaction, per 100 characters, short messages", MESSAGES)]
    rows.append(_rate("redaction, per 100 characters, 500 at once", [" ".join(MESSAGES)]))
    return rows


def _rate(what: str, texts) -> Row:
    _round(texts)
    found = in_rounds(lambda: _round(texts))
    return row(what, found, target=f"p50 ≤ {TARGET_MS} ms", met=found.p50 <= TARGET_MS)


def _round(texts) -> Sample:
    taken, hundreds = Sample(), []
    for _ in range(TIMES):
        for text in texts:
            pseudonyms = Pseudonyms(KNOWN, country="GB")
            with taken.one():
                pseudonyms.redact(text)
            hundreds.append(len(text) / 100)
    return Sample(
        wall=[spent / size for spent, size in zip(taken.wall, hundreds, strict=True)],
        cpu=[spent / size for spent, size in zip(taken.cpu, hundreds, strict=True)],
    )
