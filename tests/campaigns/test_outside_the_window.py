"""When WhatsApp's 24 hours are over only approved templates go out; what they can't say is said afterwards."""

import datetime as dt

import pytest

from calendar_sync import booking, practitioner_out
from calendar_sync.models import BookedBy, CampaignCase, WaitlistOffer
from conversations.models import Message, MessageTemplate
from tenants import clock

LONG_AGO = dt.timedelta(hours=30)
MINUTE = dt.timedelta(minutes=1)


def approve(scene, purpose, body, buttons):
    given = {"body": body, "buttons": buttons, "sid": "HX" + "1" * 32, "state": "approved"}
    approved = {"approved_body": body, "approved_buttons": buttons, "approved_sid": given["sid"]}
    return MessageTemplate.objects.create(channel=scene.channel, purpose=purpose, language="en", **given, **approved)


def out(scene):
    begin = clock.now().replace(hour=0, minute=0, second=0, microsecond=0) + dt.timedelta(days=3)
    campaign = practitioner_out.start(
        scene.business, scene.ada, begin=begin, end=begin + dt.timedelta(days=1), reason="Ill", user_id=1
    )
    scene.plan()
    practitioner_out.send_now(scene.business, campaign)
    scene.work(1)
    return campaign


def test_an_offer_goes_out_by_template_and_its_buttons_name_it(scene):
    template = approve(
        scene,
        "waitlist_offer",
        "Hello {first_name}, {service} has become free {when}, held until {until}. Would you like it?",
        [{"id": "accept:{offer}", "title": "Yes, please"}, {"id": "decline:{offer}", "title": "No, thank you"}],
    )
    rosa = scene.somebody("Rosa Blum", wrote=LONG_AGO)
    scene.joins(rosa)
    gone = scene.book(scene.somebody("Tom Reed"), "2026-12-01 10:00")
    booking.cancel(scene.business, gone, by=BookedBy.STAFF)
    scene.work()
    offer = WaitlistOffer.objects.get()
    message = Message.objects.get(conversation=rosa.conversation)
    assert (offer.told, message.template) == ("template", template)
    assert message.text.startswith("Hello Rosa, Check-up has become free Tuesday 1 December at 10:00")
    assert [each["id"] for each in message.choices] == [f"accept:{offer.pk}", f"decline:{offer.pk}"]
    with clock.pinned(offer.deadline + MINUTE):
        scene.work()
        assert Message.objects.filter(conversation=rosa.conversation).count() == 1, (
            "no template for a time that has gone"
        )


def test_a_yes_to_the_template_of_a_campaign_is_no_yes_to_a_time(scene):
    approve(scene, "practitioner_out", "Hello {first_name}, {practitioner} is out on {when}. Another time?", [])
    rosa = scene.somebody("Rosa Blum", wrote=LONG_AGO)
    scene.book(rosa, "2026-12-03 10:00")
    out(scene)
    assert CampaignCase.objects.get().told == "template"
    asked = rosa.use("answer_offer", accept=True)
    assert asked.status == "error"
    assert [each["choice"] for each in asked.data["held"]] == [1, 2]
    assert "moved" in rosa.use("answer_offer", accept=True, choice=2).data


@pytest.mark.parametrize("wrote", [LONG_AGO, dt.timedelta(hours=1)])
def test_without_a_template_a_person_calls(scene, wrote):
    rosa = scene.somebody("Rosa Blum", wrote=wrote)
    scene.book(rosa, "2026-12-03 10:00")
    out(scene)
    case = CampaignCase.objects.get()
    assert (case.status, case.why) == (("staff", "unreachable") if wrote == LONG_AGO else ("asked", ""))
