import io
import json
import os
import subprocess
import sys
from pathlib import Path

from agents.privacy.command import run

ROOT = Path(__file__).resolve().parents[2]


def answers(*lines: str) -> list[dict[str, object]]:
    out = io.StringIO()
    run(io.StringIO("\n".join(lines)), out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_it_answers_each_line_with_text_and_spans() -> None:
    text = "🙂 Anna Berg, 07911 123456"
    [answer] = answers(json.dumps({"text": text, "known": ["Anna Berg"]}))
    assert answer["text"] == "🙂 [NAME_1], [PHONE_1]"
    assert [(span["type"], text[span["start"] : span["end"]]) for span in answer["spans"]] == [
        ("NAME", "Anna Berg"),
        ("PHONE", "07911 123456"),
    ]


def test_a_bad_line_is_an_error_on_that_line_alone() -> None:
    bad = ["{", "[]", "{}", '{"text": 5}', '{"text": "x", "known": "Anna"}', '{"text": "x", "known": [1]}', "[" * 5000]
    *errors, good = answers(*bad, '{"text": "hello"}')
    assert all(set(error) == {"error"} for error in errors)
    assert len(errors) == len(bad)
    assert good == {"text": "hello", "spans": []}


def test_nothing_goes_over_the_network_and_presidio_is_imported_late() -> None:
    """In a fresh process with sockets forbidden, so that nothing was warmed up by other tests."""
    program = """
import socket, sys
def refuse(*args, **kwargs): raise AssertionError("network")
socket.socket.connect = socket.getaddrinfo = socket.create_connection = refuse
from agents.privacy.pseudonyms import Pseudonyms
assert not {"presidio_analyzer", "spacy", "phonenumbers"} & set(sys.modules), "imported early"
print(Pseudonyms(country="IT").redact("RSSMRA85T10A562S, 10.1.2.3, anna@example.com").text)
Pseudonyms(country="IT").redact("Locker 7 is yours")  # digits that no rule of ours has read
assert "presidio_analyzer" in sys.modules
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={**os.environ, "HOME": "/nonexistent"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[ID_1], [IP_1], [EMAIL_1]"


def test_an_installed_spacy_model_finds_names_that_nobody_announced(tmp_path: Path) -> None:
    """A small real pipeline on disk stands for a downloaded one; an uninstalled model falls back to none."""
    program = """
import sys, spacy
from agents.privacy.finding import find
pipeline = spacy.blank("en")
pipeline.add_pipe("entity_ruler").add_patterns([{"label": "PERSON", "pattern": "Zelda Quist"}])
pipeline.to_disk(sys.argv[1])
text = "one saw Zelda Quist there"
print([text[span.start : span.end] for span in find(text)], find(text, language="de"))
"""
    models = f"en={tmp_path / 'model'},de=de_not_installed"
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "model")],
        cwd=ROOT,
        env={**os.environ, "PRIVACY_SPACY_MODELS": models},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stdout.strip() == "['Zelda Quist'] []", done.stderr
