"""Staff, and the operator whom they ask, find the trace of a turn."""

import pytest

from agents import telemetry
from agents.models import Turn
from tests.desk.conftest import alices, bobs, scene  # noqa: F401


@pytest.fixture
def turn(scene):  # noqa: F811
    conversation = scene.writes("Maria Lopes", "Hello")
    return Turn.objects.create(conversation_id=conversation.pk, contact_id=1, status="done", outcome="reply")


def test_the_turns_page_names_its_trace(turn, alices, clinic, settings):  # noqa: F811
    settings.OTEL_EXPORTER_OTLP_ENDPOINT = "http://collector:4318"
    page = alices.get(f"traces/{turn.pk}/").content.decode()
    trace = telemetry.trace_id(clinic.schema_name, turn.pk)
    assert f"<dd>{trace}</dd>" in page


def test_it_links_to_the_collectors_page(turn, alices, clinic, settings):  # noqa: F811
    settings.OTEL_EXPORTER_OTLP_ENDPOINT = "http://collector:4318"
    settings.TRACE_LINK = "https://traces.example.com/trace/{trace_id}"
    trace = telemetry.trace_id(clinic.schema_name, turn.pk)
    link = f'<a href="https://traces.example.com/trace/{trace}">'
    assert link in alices.get(f"traces/{turn.pk}/").content.decode()


def test_without_telemetry_it_names_none(turn, alices, settings):  # noqa: F811
    settings.TRACE_LINK = "https://traces.example.com/trace/{trace_id}"
    page = alices.get(f"traces/{turn.pk}/").content.decode()
    assert "OpenTelemetry" not in page
    assert "traces.example.com" not in page
