"""Traces, what the model saw, why, audit and reviews in a real browser: sound at any width, in both schemes."""

from typing import Any

import pytest
from django_tenants.utils import tenant_context

from agents.models import Review, Step, Turn
from calendar_sync.models import Appointment
from conversations.models import Handoff
from tenants import audit_chain
from tenants.audit import record
from tenants.models import Membership, Role, User
from tests.desk.scene import Scene
from tests.seeing.test_trace_search import LOOK, REQUEST, RESULT, STATED
from tests.tenants.serving import log_in, running

pytestmark = pytest.mark.browser
NOBODY = "http://127.0.0.1:9"
COLLECTOR = "https://traces.example.com/{trace_id}"


@pytest.fixture(scope="module")
def server(django_db_setup: Any, django_db_blocker: Any, chromium: Any) -> Any:
    with django_db_blocker.unblock(), running(OTEL_EXPORTER_OTLP_ENDPOINT=NOBODY, TRACE_LINK=COLLECTOR) as server:
        yield server


@pytest.fixture
def practice(fresh_business: Any) -> Any:
    alice = User.objects.get(email="alice@clinic.test")
    Membership.objects.create(user=User.objects.get(email="bob@clinic.test"), business=fresh_business, role=Role.STAFF)
    fresh_business.name = "Bright Smile Dental"
    fresh_business.save()
    with tenant_context(fresh_business):
        scene = Scene(fresh_business)
        for text in ("Hi, a check-up please", "any time tomorrow or the day after", "1", "yes"):
            maria = scene.writes("Maria Lopes", text, phone="+351912000111")
            scene.answers(maria)
        tom = scene.writes("Tom Becker", "I want to speak to a person please, it is about my bill")
        scene.answers(tom)
        _calls(Turn.objects.filter(conversation_id=maria.pk).latest("pk"))
        flags = [
            {"sort": "frustration", "turn": Turn.objects.latest("pk").pk, "words": "this is ridiculous, [NAME_1]"},
            {"sort": "unanswered_handoff", "turn": Turn.objects.latest("pk").pk, "words": ""},
        ]
        Review.objects.create(conversation_id=tom.pk, up_to_turn_id=1, made_by="rules", flags=flags, flagged=True)
        Review.objects.create(conversation_id=maria.pk, up_to_turn_id=1, made_by="claude-sonnet-5-5", score=5)
        record(fresh_business, alice, "member.role_changed", "member 2", before="staff", after="admin")
        record(fresh_business, None, "calendar.connected", "calendar connection 1")
        audit_chain.seal(fresh_business.pk)
        yield scene


def _calls(turn: Turn) -> None:
    """Two calls of a model in a turn, as Claude's steps are kept."""
    later = REQUEST | {"messages": [*REQUEST["messages"], {"role": "user", "content": [RESULT]}]}
    for number, request in enumerate((REQUEST, later)):
        Step.objects.create(
            turn=turn,
            index=100 + number,
            kind="model",
            name="anthropic:claude-haiku-5-5",
            input={"read": number, "request": request},
            output={"blocks": []},
        )
    Step.objects.create(
        turn=turn,
        index=102,
        kind="check",
        name="second_look",
        status="error",
        input={"request": LOOK},
        output={"statements": STATED},
    )


def pages(practice: Any) -> dict[str, str]:
    booked = Appointment.objects.get()
    turn = booked.changes.get().turn_id
    latest = Step.objects.filter(index=101).get()
    return {
        "traces": "traces/?outcome=handoff",
        "trace": f"traces/{turn}/",
        "seen": f"traces/{latest.turn_id}/seen/101/",
        "seen-second-look": f"traces/{latest.turn_id}/seen/102/",
        "why-appointment": f"why/appointments/{booked.pk}/",
        "why-handoff": f"why/handoffs/{Handoff.objects.latest('pk').pk}/",
        "appointment": f"diary/appointments/{booked.pk}/",
        "audit": "settings/audit/",
        "reviews": "assistant/reviews/",
    }


def test_every_page_is_sound(practice: Any, server: Any, browser_page: Any) -> None:
    alice = User.objects.get(email="alice@clinic.test")
    window = browser_page(f"http://127.0.0.1:{server.port}", log_in(alice))
    found = []
    for name, path in pages(practice).items():
        window.open(practice.business.path + path)
        if name == "seen":
            for summary in window.page.locator("details.seen-tool > summary").all():
                summary.click()
        if name == "trace":
            window.page.get_by_text("Held its draft back. A second model").click()
            window.page.get_by_text("What the reply states").wait_for()
            window.page.locator('a[href^="https://traces.example.com/"]').scroll_into_view_if_needed()
        if name == "appointment":
            window.page.get_by_text("Why the assistant did this").click()
            window.page.get_by_text("Times offered").wait_for()
        found += window.faults(f"seeing/{name}")
    assert found == []


def test_a_review_is_seen_by_keyboard_and_taken_back(practice: Any, server: Any, browser_page: Any) -> None:
    bob = User.objects.get(email="bob@clinic.test")
    window = browser_page(f"http://127.0.0.1:{server.port}", log_in(bob))
    page = window.open(practice.business.path + "assistant/reviews/")
    page.get_by_role("button", name="Seen: Tom Becker").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Nothing to look at").wait_for()
    page.get_by_role("button", name="Not seen yet: Tom Becker").click()
    page.get_by_role("button", name="Seen: Tom Becker").wait_for()
    assert window.problems == []
