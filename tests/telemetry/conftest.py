"""A collector at the end of a socket."""

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from agents import telemetry
from tests.agents.conftest import monday, say
from tests.vendors import Sandbox

__all__ = ["collector", "monday", "say"]


@dataclass
class Collector:
    sandbox: Sandbox

    def spans(self) -> list[dict[str, Any]]:
        """In the order in which they ended."""
        telemetry.end()
        return self.sandbox.get("/otlp/spans")["spans"]

    def tree(self) -> list[tuple[str, str]]:
        """(name, name of what it belongs to or "")."""
        spans = self.spans()
        names = {each["span_id"]: each["name"] for each in spans}
        return [(each["name"], names.get(each["parent_id"], each["parent_id"])) for each in spans]

    def of(self, name: str) -> list[dict[str, Any]]:
        return [each for each in self.spans() if each["name"].startswith(name)]

    def bytes(self) -> bytes:
        telemetry.end()
        return b"".join(base64.b64decode(each) for each in self.sandbox.get("/otlp/spans")["bodies"])


@pytest.fixture
def collector(sandbox: Sandbox, settings: Any) -> Iterator[Collector]:
    settings.OTEL_EXPORTER_OTLP_ENDPOINT = f"{sandbox.url}/otlp"
    yield Collector(sandbox)
    telemetry.end()
