"""The sandbox as a running program, for tests in which the product calls vendors (a `pytest_plugins` module)."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
import redis

ROOT = Path(__file__).resolve().parents[1]
# The vendors' own documents, where they are at hand.
SPECIFICATIONS = Path(os.environ.get("VENDORS_DOCUMENTS", ROOT.parent / "shared" / "specs"))
HELD_TO_THEM = ("/twilio/", "/meta/")
TWILIO_SID, TWILIO_TOKEN = "AC" + "1" * 32, "auth-token-of-the-tests"
META_APP, META_SECRET, META_TOKEN = "1234567890", "app-secret-of-the-tests", "EAAtokenofthetests"
GOOGLE_ID, GOOGLE_SECRET = "tests.apps.googleusercontent.com", "google-secret-of-the-tests"


@dataclass
class Sandbox:
    """What a test orders of the vendors' stand-ins and reads back."""

    url: str
    smtp_port: int
    http: httpx.Client

    def post(self, path: str, body: Any) -> Any:
        answer = self.http.post(f"/control{path}", json=body)
        assert answer.is_success, answer.text
        return answer.json()

    def get(self, path: str, **query: Any) -> Any:
        answer = self.http.get(f"/control{path}", params=query)
        assert answer.is_success, answer.text
        return answer.json()

    def script(self, *answers: dict[str, Any]) -> None:
        """What Claude says next; see sandbox/README.md for entries, matching and references."""
        self.post("/anthropic/script", {"answers": list(answers)})

    def log(self, vendor: str) -> list[dict[str, Any]]:
        return self.get("/log", vendor=vendor)["entries"]

    def turns(self) -> list[dict[str, Any]]:
        """What Claude was asked, without the second looks at what it answered."""
        return [entry for entry in self.log("anthropic") if '"check_reply"' not in entry["body"]]

    def fault(self, **order: Any) -> None:
        self.post("/faults", order)


@pytest.fixture(scope="session")
def sandbox_program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    command = [sys.executable, "-m", "sandbox", "--port", "0", "--smtp-port", "0"]
    command += ["--state", str(tmp_path_factory.mktemp("sandbox"))]
    command += ["--twilio-account", f"{TWILIO_SID}:{TWILIO_TOKEN}", "--google-client", f"{GOOGLE_ID}:{GOOGLE_SECRET}"]
    command += ["--meta-app", f"{META_APP}:{META_SECRET}", "--meta-token", META_TOKEN]
    command += ["--delivery-seconds", "0.01"]
    if SPECIFICATIONS.is_dir():
        command += ["--specifications", str(SPECIFICATIONS)]
    if kept := os.environ.get("KEEP_REQUESTS"):  # tests/prism.py reads them
        command += ["--keep-requests", kept]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    ready = json.loads(process.stdout.readline())
    with httpx.Client(base_url=ready["url"], timeout=30) as http:
        yield Sandbox(ready["url"], ready["smtp_port"], http)
    process.terminate()
    process.communicate(timeout=60)


def close_breakers(redis_url: str) -> None:
    from agents.runtime import breaker

    with redis.Redis.from_url(redis_url) as memory:
        for name in memory.scan_iter("breaker:*"):
            memory.delete(name)
    breaker._Away.until = 0.0  # a slow answer in an earlier test says nothing about this one


@pytest.fixture
def sandbox(sandbox_program: Sandbox, settings: Any) -> Iterator[Sandbox]:
    """Empty, and the product's clients pointed at it; what failed in other tests is forgotten.

    Whatever a test made the product ask of Twilio or Meta has to be as their own documents say.
    """
    sandbox_program.post("/reset", {})
    close_breakers(settings.REDIS_URL)
    settings.ANTHROPIC_API_KEY = "sk-ant-tests"
    settings.ANTHROPIC_BASE_URL = f"{sandbox_program.url}/anthropic"
    settings.TWILIO_BASE_URL = f"{sandbox_program.url}/twilio"
    settings.TWILIO_ACCOUNT_SID, settings.TWILIO_AUTH_TOKEN = TWILIO_SID, TWILIO_TOKEN
    settings.META_BASE_URL = f"{sandbox_program.url}/meta"
    settings.META_APP_ID, settings.META_APP_SECRET, settings.META_ACCESS_TOKEN = META_APP, META_SECRET, META_TOKEN
    settings.GOOGLE_BASE_URL = f"{sandbox_program.url}/google"
    settings.GOOGLE_CLIENT_ID, settings.GOOGLE_CLIENT_SECRET = GOOGLE_ID, GOOGLE_SECRET
    yield sandbox_program
    complaints = sandbox_program.get("/complaints")["complaints"]
    wrong = [each for each in complaints if each.partition(" ")[2].startswith(HELD_TO_THEM)]
    assert wrong == [], "not as the vendor's own document says"
