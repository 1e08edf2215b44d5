"""Prompt caching by real comparison: what a request shares with earlier ones, up to its marked blocks.

A marked block writes the prefix that ends with it; a later request reads the longest written prefix among the twenty
blocks up to each of its own marks. A prefix lives for five minutes after its last use.
https://platform.claude.com/docs/en/build-with-claude/prompt-caching
"""

import hashlib
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sandbox.anthropic.rules import blocks_of

LIFE = 300.0  # seconds
LOOKBACK = 20  # blocks
SMALLEST = 1024  # tokens that a prefix must have to be written
LETTERS = 4  # a token, estimated


@dataclass(frozen=True, kw_only=True)
class Prefix:
    digest: str
    tokens: int
    marked: bool


@dataclass
class PromptCache:
    """Prefixes that were written, with the moment at which they are forgotten."""

    until: dict[str, float] = field(default_factory=dict)

    def usage(self, body: dict[str, Any]) -> dict[str, int]:
        """The input's part of `usage` for a request that is answered; writes what it marks."""
        now = time.monotonic()
        prefixes = list(_prefixes(body))
        marks = [place for place, each in enumerate(prefixes) if each.marked and each.tokens >= SMALLEST]
        read = self._longest(prefixes, marks, now)
        written = prefixes[marks[-1]].tokens if marks else 0
        for place in marks:
            self.until[prefixes[place].digest] = now + LIFE
        cached = prefixes[read].tokens if read is not None else 0
        if read is not None:
            self.until[prefixes[read].digest] = now + LIFE
        return {
            "input_tokens": prefixes[-1].tokens - max(written, cached) if prefixes else 0,
            "cache_creation_input_tokens": max(0, written - cached),
            "cache_read_input_tokens": cached,
        }

    def _longest(self, prefixes: list[Prefix], marks: list[int], now: float) -> int | None:
        for mark in reversed(marks):
            for place in range(mark, max(-1, mark - LOOKBACK), -1):
                if self.until.get(prefixes[place].digest, 0.0) > now:
                    return place
        return None


def _prefixes(body: dict[str, Any]) -> Iterator[Prefix]:
    """One for each block of the request, in the order tools, system, messages."""
    digest, letters = hashlib.sha256(body["model"].encode()), 0
    for block in _blocks(body):
        text = json.dumps({key: value for key, value in block.items() if key != "cache_control"}, ensure_ascii=False)
        digest.update(text.encode())
        letters += len(text)
        yield Prefix(
            digest=digest.hexdigest(), tokens=max(1, letters // LETTERS), marked=bool(block.get("cache_control"))
        )


def _blocks(body: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from body.get("tools") or []
    system = body.get("system") or []
    yield from [{"type": "text", "text": system}] if isinstance(system, str) else system
    for message in body["messages"]:
        for block in blocks_of(message):
            yield {"role": message["role"], **block}
