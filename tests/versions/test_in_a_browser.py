"""The pages about versions in a real browser: by keyboard, on a phone, light and dark, without JavaScript too."""

import pytest
from django_tenants.utils import tenant_context
from playwright.sync_api import expect

from agents import corrections, versions
from agents.corrections import Approval, Wanted
from agents.models import Correction, ShadowAnswer, Turn
from conversations.models import Message
from tenants.models import User
from tests.desk.scene import Scene
from tests.versions.desk import a_case, ran, scored

pytestmark = pytest.mark.browser


@pytest.fixture
def learnt(fresh_business):
    """A draft with a rule, a correction that waits and one that is decided, cases, and an answer in the shadow."""
    with tenant_context(fresh_business):
        user = User.objects.get(email="alice@clinic.test")
        scene = Scene(fresh_business)
        talk = scene.writes("Maria Lopes", "Do you have parking?")
        scene.answers(talk)
        message = Message.objects.filter(author="assistant").first()
        turn = Turn.objects.get(pk=message.turn_id)
        first = corrections.mark(turn, message.pk, "wrong_fact", should_say="Yes, behind the house.", user_id=user.pk)
        corrections.approve(
            first.pk,
            Approval(
                becomes="say",
                text="Say that there is parking behind the house.",
                case_name="Parking",
                wanted=Wanted(must_say=["behind the house"]),
            ),
            user.pk,
        )
        corrections.mark(turn, message.pk, "tone", should_say="", user_id=None, noticed_in_id=1)
        draft = versions.draft()
        versions.edit(draft.pk, {"instructions": "Parking is behind the house. Ask for the first visit's form."})
        versions.shadow(draft.pk, True)
        draft.refresh_from_db()
        ran(first.case, draft, passed=False)
        ran(a_case("Asking for Dr Silva"), draft, passed=True)
        for compared in ("same", "same", "different", "draft_over"):
            other = Turn.objects.create(
                conversation_id=talk.pk, contact_id=talk.contact_id, status="done", outcome="reply", version=draft.base
            )
            ShadowAnswer.objects.create(
                turn=other, version=draft, outcome="reply", said="There is parking behind the house.", compared=compared
            )
        return draft


def pages(draft):
    return {
        "assistant": "assistant/",
        "assistant-compare": f"assistant/versions/{draft.pk}/",
        "corrections": "assistant/corrections/",
        "correction": f"assistant/corrections/{Correction.objects.get(status='candidate').pk}/",
        "correction-mark": "conversations/{}/messages/{}/wrong/".format(
            *Message.objects.filter(author="assistant").values_list("conversation_id", "pk").first()
        ),
        "shadow": "assistant/shadow/",
        "shadow-answer": f"assistant/shadow/{ShadowAnswer.objects.first().pk}/",
        "try": "assistant/try/",
    }


def test_every_page_is_readable_at_every_width_in_light_and_dark(alice_at, fresh_business, learnt):
    window = alice_at("assistant/")
    faults = []
    for name, path in pages(learnt).items():
        window.open(fresh_business.path + path)
        faults += window.faults(f"versions/{name}")
    assert faults == []


def test_a_draft_is_written_compared_and_published_by_keyboard(alice_at, fresh_business):
    window = alice_at("assistant/")
    page = window.page
    page.get_by_role("button", name="Change it").press("Enter")
    page.get_by_label("Instructions").fill("Parking is behind the house.")
    page.get_by_role("button", name="Save the draft").press("Enter")
    expect(page.get_by_text("The draft is saved.")).to_be_visible()
    expect(page.get_by_role("button", name="Publish as saved")).to_be_disabled()
    scored(versions.draft())
    page.get_by_role("link", name="What differs from what is published?").press("Enter")
    expect(page.locator("ins").first).to_have_text("Parking")
    page.go_back()
    page.reload()
    page.get_by_role("button", name="Publish as saved").press("Enter")
    expect(page.get_by_text("Version 2 is published.")).to_be_visible()
    page.get_by_role("button", name="Go back to it").press("Enter")
    expect(page.get_by_text("Back to version 1")).to_be_visible()
    assert versions.published().number == 3
    assert window.problems == []


@pytest.mark.parametrize("javascript", [True, False], ids=["live", "plain"])
def test_the_chat_answers_with_and_without_javascript(alice_at, fresh_business, javascript):
    window = alice_at("assistant/try/", javascript=javascript, width=390)
    page = window.page
    page.get_by_label("You write, as a patient").fill("Hello, what are your opening hours?")
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".bubble--assistant")).to_have_count(1)
    expect(page.locator(".turn-step").first).to_be_visible()
    page.get_by_label("You write, as a patient").fill("A check-up on Tuesday please")
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".bubble--assistant")).to_have_count(2)
    window.shoot(f"versions/try-talking-{'live' if javascript else 'plain'}")
    page.get_by_role("button", name="Begin again").click()
    expect(page.locator(".bubble--assistant")).to_have_count(0)
    assert window.problems == []


def test_while_an_answer_is_awaited_the_chat_shows_it_and_one_can_write_on(alice_at):
    window = alice_at("assistant/try/", width=390)
    page, asked = window.page, []
    page.route("**/try/stream/", lambda route: asked.append(route))
    page.get_by_label("You write, as a patient").fill("Hello, what are your opening hours?")
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".bubble--waits .spinner")).to_be_visible()
    expect(page.get_by_text("Say something")).to_have_count(0)
    window.shoot("versions/try-waits")
    page.get_by_label("You write, as a patient").fill("And on Sunday?")
    asked.pop().continue_()
    expect(page.locator(".bubble--assistant")).to_have_count(1)
    expect(page.locator(".bubble--waits")).to_have_count(0)
    expect(page.get_by_label("You write, as a patient")).to_have_value("And on Sunday?")
    assert window.problems == []
