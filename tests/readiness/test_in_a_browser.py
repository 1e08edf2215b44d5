"""Getting started and health in a real browser: looked at, and a message that arrives is noticed by itself."""

import pytest
from playwright.sync_api import expect

from agents.models import KnowledgeGap
from conversations.models import MessageTemplate
from tenants.models import WorkItem
from tests.desk.scene import Scene
from tests.stories.looking import Looker

pytestmark = pytest.mark.browser


def test_the_owner_sees_what_is_left_and_their_own_message_arrive(alice_at, fresh_business):
    window = alice_at("set-up/")
    looker, page = Looker(window), window.page
    looker.look("set-up-new")
    scene = Scene(fresh_business)
    looker.visit("set-up-number", f"{fresh_business.path}set-up/")
    expect(page.get_by_alt_text("QR code that opens WhatsApp")).to_be_visible()
    talk = scene.writes("Alice", "Hello")
    expect(page.get_by_text("Your message came in; the answer is on its way.")).to_be_visible()
    scene.answers(talk)
    page.reload()
    expect(page.get_by_text("A message came in, and the assistant’s answer went out.")).to_be_visible()
    looker.visit("set-up-proven", f"{fresh_business.path}set-up/")

    KnowledgeGap.objects.create(question="Is there parking?", plain="parking", conversation_id=talk.pk)
    scene.channel.check_error = "20003: Authenticate"
    scene.channel.save()
    looker.visit("health-broken", f"{fresh_business.path}settings/health/")
    scene.channel.check_error = ""
    scene.channel.save()
    KnowledgeGap.objects.all().delete()
    WorkItem.objects.filter(business=fresh_business).delete()  # no worker runs here: in time it would be late work
    MessageTemplate.objects.create(
        channel=scene.channel, purpose="reminder", language="en", body="x", state="approved", approved_sid="HX1"
    )
    looker.visit("health-well", f"{fresh_business.path}settings/health/")
    expect(page.get_by_text("Nothing is broken.")).to_be_visible()
    assert looker.faults == []
