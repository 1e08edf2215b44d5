"""Where notes are listened to, some program consumes their queue; the others don't."""

from pathlib import Path

import pytest

from conversations.listening import LISTEN, QUEUE
from frontdesk import celery_settings
from frontdesk.stack.checkout import Checkout
from frontdesk.stack.demo_programs import Ports, environment_for, programs

ROOT = Path(__file__).resolve().parents[2]
PORTS = Ports(web=1, sandbox=2, smtp=3)


def consumers(checkout, **given):
    """Names of the demo's programs that take from the notes' queue."""
    environment = environment_for(checkout, PORTS, given)
    return [each.name for each in programs(checkout, PORTS, environment) if QUEUE in each.command]


@pytest.fixture
def checkout(tmp_path):
    checkout = Checkout(tmp_path)
    checkout.prepare()
    return checkout


def test_notes_have_a_queue_of_their_own():
    assert celery_settings.task_routes[LISTEN]["queue"] == QUEUE != celery_settings.task_default_queue


def test_the_demo_listens_where_a_model_is_named(checkout):
    assert consumers(checkout, VOICE_MODEL_FOLDER="/models/whisper") == ["listener"]


@pytest.mark.parametrize("given", [{}, {"VOICE_MODEL_FOLDER": ""}], ids=["unset", "empty"])
def test_without_a_model_nobody_is_started_to_wait(checkout, given):
    assert consumers(checkout, **given) == []


def test_production_has_one_that_listens_and_nobody_is_told_of_a_model_without_it():
    composed = (ROOT / "docker-compose.yml").read_text()
    assert f"-Q {QUEUE} " in composed
    assert "VOICE_MODEL_FOLDER: ${VOICE_MODEL_FOLDER:+/voice}" in composed
