"""The try-it chat: true answers, its steps beside it, and nothing kept."""

import json
import re

import pytest

from agents import versions
from agents.models import UsageRecord
from calendar_sync.models import Appointment
from tests.desk.conftest import DeskClient
from tests.versions.desk import a_draft

STATE = re.compile(r'name="state" value="([^"]+)"')


def state_in(page):
    return STATE.search(page)[1]


def told(answer):
    """The events of a stream."""
    text = b"".join(answer.streaming_content).decode()
    return [
        (part.split("\n")[0].removeprefix("event: "), json.loads(part.split("\n")[1].removeprefix("data: ")))
        for part in text.split("\n\n")
        if part
    ]


def test_it_books_in_the_chat_and_nowhere_else(clinic, monday, alices, rows):
    page = alices.get("assistant/try/").content.decode()
    before = rows()
    for text in ("A check-up tomorrow at 2pm please, I'm Rosa Mendes", "yes", "yes", "yes"):
        page = alices.post("assistant/try/", {"state": state_in(page), "text": text}).content.decode()
        if "Booked:" in page:
            break
    assert "Booked:" in page
    assert "Rosa Mendes" in page
    assert "[NAME_1]" not in page
    page = alices.post("assistant/try/", {"state": state_in(page), "text": "When is my appointment?"}).content.decode()
    assert "Looked up coming appointments: 1" in page
    assert not Appointment.objects.exists()
    after = rows()
    assert {name for name in after if before[name] != after[name]} <= {'"public"."django_session"'}


def test_the_draft_answers_first_and_the_other_can_be_asked(clinic, alice, alices):
    draft, live = a_draft(alice), versions.published()
    assert f"Chat with version {draft.number}" in alices.get("assistant/try/").content.decode()
    page = alices.post("assistant/try/", {"version": live.pk, "text": "Hello", "state": ""}).content.decode()
    assert f"Chat with version {live.number}" in page
    again = alices.post("assistant/try/", {"version": draft.pk, "text": "Hi", "state": state_in(page)})
    assert "Hello" not in again.content.decode().split("What it did")[0].split("Chat with")[1].split("Assistant")[0]


@pytest.mark.parametrize("sealed", ["", "nonsense", "eyJ2ZXJzaW9uIjoxfQ:1:forged"])
def test_a_state_that_is_not_ours_begins_anew(clinic, alices, sealed):
    page = alices.post("assistant/try/", {"state": sealed, "text": "Hello"}).content.decode()
    assert page.count("bubble--patient") == 1


def test_a_colleagues_state_is_not_mine(clinic, alices, bobs):
    page = alices.post("assistant/try/", {"state": "", "text": "My name is Rosa Mendes"}).content.decode()
    theirs = bobs.post("assistant/try/", {"state": state_in(page), "text": "Hello"}).content.decode()
    assert "Rosa" not in theirs


@pytest.mark.parametrize("text", ["", "x" * 1001])
def test_what_cannot_be_said_is_refused_beside_the_field(clinic, alices, text):
    answer = alices.post("assistant/try/", {"state": "", "text": text})
    assert answer.status_code == 422
    assert "field--error" in answer.content.decode()
    assert alices.post("assistant/try/stream/", {"state": "", "text": text}).status_code == 422


def test_strangers_get_nowhere(clinic, charlie):
    client = DeskClient(clinic, charlie)
    assert client.get("assistant/try/").status_code == 404
    assert client.post("assistant/try/stream/", {"text": "Hello"}).status_code == 404


def test_the_stream_tells_steps_and_words_as_they_come(fresh_business, sandbox, settings, rows):
    from tenants.models import User

    settings.ANTHROPIC_STREAM = True
    sandbox.script(
        {"content": [{"type": "tool_use", "name": "my_appointments", "input": {}}]},
        {"after": "my_appointments", "text": "You have nothing coming."},
    )
    client = DeskClient(fresh_business, User.objects.get(email="alice@clinic.test"))
    before = rows()
    events = told(client.post("assistant/try/stream/", {"state": "", "text": "What have I got?"}))
    kinds = [kind for kind, _ in events]
    assert kinds[-1] == "done"
    assert kinds.count("step") >= 3
    assert "".join(data["text"] for kind, data in events if kind == "text") == "You have nothing coming."
    assert kinds.index("step") < kinds.index("text")
    assert "You have nothing coming." in events[-1][1]["html"]
    asked = UsageRecord.objects.filter(purpose="trial").order_by("pk")
    assert [each.role for each in asked] == ["fast", "fast", "judge"]
    after = rows()
    assert {name for name in after if before[name] != after[name]} <= {'"public"."django_session"'}
    again = told(client.post("assistant/try/stream/", {"state": events[-1][1]["state"], "text": "And?"}))
    assert "What have I got?" in again[-1][1]["html"]
