"""What a model is sent after 10, 100, 1,000 and 5,000 earlier messages, and after many numbers between, for the same
new message: by a real turn with Claude against the sandbox, in businesses of five kinds and languages. And what loading
it costs."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.request import Request, urlopen

from bench.cast import MORNING, new_business, phone
from bench.earlier_messages import conversation_with, new_message, told
from bench.measure import Row, queries, sample

EARLIER = (10, 100, 1_000, 5_000)
BETWEEN = (13, 18, 22, 27, 34, 46, 61, 80, 133, 207, 388, 640, 1_606, 2_814, 4_111)  # in the middle of stories too
BUSINESSES = (
    ("dentist", "en", "GB"),
    ("hair_salon", "de", "DE"),
    ("physiotherapist", "fr", "FR"),
    ("therapist", "es", "ES"),
    ("doctor", "pt", "PT"),
)
MOST_DIFFERENT = 0.10
LOADED = 15  # times


@dataclass(frozen=True, kw_only=True)
class Sent:
    """One request: characters of its whole body, tokens as the vendor's stand-in counts them."""

    earlier: int
    characters: int
    tokens: int
    load_ms: float
    load_queries: int


def measure() -> list[Row]:
    return [
        row for kind, language, country in BUSINESSES for row in _rows(kind, language, _in(kind, language, country))
    ]


def _in(kind: str, language: str, country: str) -> list[Sent]:
    """Of one business, for each number of messages."""
    from django.test.utils import override_settings
    from django_tenants.utils import tenant_context

    from tenants import clock, schema

    schema.leave()
    business = new_business(kind=kind, country=country)
    business.language = language
    business.save(update_fields=["language"])
    with _sandbox() as url, override_settings(**_claude_at(url)), tenant_context(business), clock.pinned(MORNING):
        from agents.models import AssistantVersion

        AssistantVersion.objects.update(provider="guided")  # the past costs nothing; the new message asks Claude
        stories = told(business, phone(1))
        return [_sent(business, url, earlier, stories) for earlier in sorted({*EARLIER, *BETWEEN})]


def _rows(kind: str, language: str, sent: list[Sent]) -> list[Row]:
    by_characters = differs([each.characters for each in sent])
    by_tokens = differs([each.tokens for each in sent])
    rows = [
        Row(
            what=f"{kind} ({language}): input after {each.earlier:,} messages",
            p50=each.load_ms,
            note=f"{each.characters:,} characters, {each.tokens:,} tokens; loaded in {each.load_queries} queries",
        )
        for each in sent
        if each.earlier in EARLIER
    ]
    note = f"any two of {len(sent)} differ by at most {by_characters:.1%} in characters, {by_tokens:.1%} in tokens"
    met = max(by_characters, by_tokens) < MOST_DIFFERENT
    return [*rows, Row(what=f"{kind} ({language}) stays flat", target=f"< {MOST_DIFFERENT:.0%}", met=met, note=note)]


def differs(figures: Sequence[int]) -> float:
    """By how much the largest exceeds the smallest."""
    return max(figures) / min(figures) - 1


def _sent(business: Any, url: str, earlier: int, stories: Any) -> Sent:
    patient, conversation = conversation_with(business, phone(earlier), earlier, stories)
    _post(url, "/reset", {})
    _post(url, "/anthropic/script", {"answers": [{"text": "Which day would suit you best?"}]})
    said = new_message(business)
    load = _loading(conversation, said)
    taken = sample(load, LOADED)
    asked = queries(load)
    patient.provider = "anthropic"
    patient.say(said)
    (entry,) = _get(url, "/log?vendor=anthropic")["entries"]
    body = entry["body"]
    return Sent(
        earlier=earlier,
        characters=len(body),
        tokens=_tokens(url, json.loads(body)),
        load_ms=taken.at(50),
        load_queries=asked,
    )


def _loading(conversation: Any, said: str) -> Any:
    from agents.memory import facts, window

    def load() -> None:
        begins_at, entries = window.newest_entries(conversation.pk)
        summary = window.newest_summary(conversation.pk)
        window.opens_at(entries, begins_at, summary.up_to if summary else 0)
        facts.relevant(conversation.contact_id, said)

    return load


def _tokens(url: str, body: dict[str, Any]) -> int:
    counted = {name: body[name] for name in ("model", "system", "messages", "tools")}
    headers = {"x-api-key": "sk-ant-bench", "anthropic-version": "2023-06-01"}
    return int(_call(f"{url}/anthropic/v1/messages/count_tokens", counted, headers)["input_tokens"])


def _claude_at(url: str) -> dict[str, str]:
    return {"ANTHROPIC_API_KEY": "sk-ant-bench", "ANTHROPIC_BASE_URL": f"{url}/anthropic"}


@contextmanager
def _sandbox() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as state:
        command = [sys.executable, "-m", "sandbox", "--port", "0", "--smtp-port", "0", "--state", state]
        program = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert program.stdout is not None
        try:
            yield json.loads(program.stdout.readline())["url"]
        finally:
            program.terminate()
            program.communicate(timeout=20)


def _post(url: str, path: str, body: dict[str, Any]) -> Any:
    return _call(f"{url}/control{path}", body, {})


def _get(url: str, path: str) -> Any:
    with urlopen(f"{url}/control{path}") as answer:
        return json.load(answer)


def _call(url: str, body: dict[str, Any], headers: dict[str, str]) -> Any:
    request = Request(url, data=json.dumps(body).encode(), headers={"content-type": "application/json", **headers})
    with urlopen(request) as answer:
        return json.load(answer)
