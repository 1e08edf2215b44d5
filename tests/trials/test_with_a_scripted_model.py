"""`manage.py evaluate trials --model scripted`: the vendor's own protocol, against a stand-in on this machine."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command


def evaluate(**options: Any) -> str:
    told = io.StringIO()
    options = {"kind": "dentist", "scenarios": 1, "repeats": 1, "seed": 1, "model": "scripted"} | options
    call_command("evaluate", "trials", stdout=told, **options)
    return told.getvalue()


def test_it_wants_a_key(settings: Any) -> None:
    settings.ANTHROPIC_API_KEY = ""
    with pytest.raises(CommandError, match="needs ANTHROPIC_API_KEY"):
        evaluate()


@pytest.mark.parametrize("address", ["", "https://api.anthropic.com", "https://127.0.0.1.evil.test"])
def test_it_never_asks_the_vendor_himself(settings: Any, address: str) -> None:
    settings.ANTHROPIC_API_KEY, settings.ANTHROPIC_BASE_URL = "sk-test", address
    with pytest.raises(CommandError, match="a sandbox on this machine"):
        evaluate()


def test_a_model_that_only_chats_is_asked_and_fails(
    sandbox: Any, tmp_path: Path, django_db_setup: None, django_db_blocker: Any
) -> None:
    sandbox.script({"text": "Thank you for your message.", "times": 0})
    out, page = tmp_path / "out.json", tmp_path / "out.html"
    with django_db_blocker.unblock(), pytest.raises(CommandError, match="Not good enough to go live"):
        evaluate(json=out, html=page)
    report = json.loads(out.read_text())
    assert report["pass^1"] == 0.0
    assert report["failures"][0]["faults"] == ["The appointment that was wanted was not made."]
    assert sandbox.log("anthropic")
    assert "Thank you for your message." in page.read_text()
