"""Marked texts in five languages: what must be hidden is hidden, the rest stays as it is.

`five_languages.jsonl` was written before any rule was tuned on it, `five_languages_second.jsonl` after the first
tuning: its first reading found 62 % of its names and 97 % of its identifiers, and taught what is general in them.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from agents.privacy.measuring import Case, case_of, measure

HERE = Path(__file__).parent
FLOORS = {
    "ADDRESS": 0.95,
    "BIRTH_DATE": 0.99,
    "CARD": 0.99,
    "EMAIL": 0.99,
    "IBAN": 0.99,
    "ID": 0.99,
    "IP": 0.99,
    "NAME": 0.95,
    "NHS": 1.0,
    "NINO": 1.0,
    "PHONE": 0.95,
    "POSTCODE": 0.95,
}


def cases(name: str) -> list[Case]:
    return [case_of(json.loads(line)) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("name", ["five_languages.jsonl", "five_languages_second.jsonl", "five_languages_third.jsonl"])
def test_it_hides_what_is_marked_and_leaves_the_rest(name: str) -> None:
    found = measure(cases(name))
    print(name, {type: f"{share:.1%}" for type, share in found.hidden.items()}, f"wrong {found.wrong:.2%}")
    assert {type: share for type, share in found.hidden.items() if share < FLOORS[type]} == {}, found.missed
    assert found.wrong <= 0.02


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "pt"])
def test_each_language_meets_the_floors_by_itself(language: str) -> None:
    both = [*cases("five_languages.jsonl"), *cases("five_languages_second.jsonl")]
    found = measure([case for case in both if case.language == language])
    assert {type: share for type, share in found.hidden.items() if share < FLOORS[type]} == {}, found.missed
    assert found.wrong <= 0.02


def test_a_known_name_is_hidden_in_every_language_wherever_it_stands() -> None:
    """The names of the set, known as the contact's own, in sentences that do not introduce anybody."""
    sentences = ("{} !", "can {} come at 10?", "kommt {} auch?", "{} vient demain", "viene {} mañana", "o {} vem")
    names = [
        (case.text[mark.start : mark.end], case) for case in cases("five_languages.jsonl") for mark in case.marks
        if mark.type == "NAME"
    ]  # fmt: skip
    lines = [
        {"marked": sentence.format(f"{{{{NAME|{name}}}}}"), "known": [name], "language": case.language}
        for name, case in names
        for sentence in sentences
    ]
    assert measure([case_of(line) for line in lines]).missed == ()


def test_the_command_prints_rates_and_none_of_the_texts() -> None:
    lines = (
        '{"marked": "I am {{NAME|Zelda Quist}}, {{PHONE|07911 123456}}"}\n{"text": "at 10:30 on 12/11", "spans": []}\n'
    )
    done = subprocess.run(
        [sys.executable, "manage.py", "redact", "--measure"],
        cwd=HERE.parents[1],
        input=lines,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert [line.split()[:2] for line in done.stdout.splitlines()[:2]] == [["NAME", "100.00%"], ["PHONE", "100.00%"]]
    assert "wrongly replaced" in done.stdout
    assert "Zelda" not in done.stdout
