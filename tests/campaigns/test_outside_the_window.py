"""When WhatsApp's 24 hours are over only approved templates go out; what they can't say is said afterwards."""

import datetime as dt

import pytest

from calendar_sync import booking, campaign_cases, practitioner_out
from calendar_sync.models import BookedBy, CampaignCase, WaitlistOffer
from conversations.models import Contact, Message, MessageTemplate
from tenants import clock

LONG_AGO = dt.timedelta(hours=30)
MINUTE = dt.timedelta(minutes=1)


def approve(scene, purpose, body, buttons, language="en"):
    given = {"body": body, "buttons": buttons, "sid": "HX" + "1" * 32, "state": "approved"}
    approved = {"approved_body": body, "approved_buttons": buttons, "approved_sid": given["sid"]}
    return MessageTemplate.objects.create(
        channel=scene.channel, purpose=purpose, language=language, **given, **approved
    )


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


TWO = [{"id": f"offer:{each}", "title": each} for each in ("{pick_first}", "{pick_second}", "no")]


def test_a_template_that_names_the_held_times_is_answered_by_a_tap_or_a_word(scene):
    approve(
        scene, "out_two_times", "Hello {first_name}, instead of {when}: 1. {first}, or 2. {second}. Tap below.", TWO
    )
    approve(scene, "practitioner_out", "Hello {first_name}, {practitioner} is out on {when}. Another time?", [])
    rosa = scene.somebody("Rosa Blum", wrote=LONG_AGO)
    made = scene.book(rosa, "2026-12-03 10:00")
    out(scene)
    case = CampaignCase.objects.get()
    assert case.told == "named"
    message = Message.objects.get(conversation=rosa.conversation)
    first, second = campaign_cases.options_of(case)
    assert message.text.startswith("Hello Rosa, instead of Thursday 3 December at 10:00: 1. Wednesday 2 December")
    assert message.text.count("with Dr Ada Silva") == 2
    assert [each["id"] for each in message.choices] == [f"offer:{first.number}", f"offer:{second.number}", "offer:no"]
    assert "moved" in rosa.use("answer_offer", accept=True, choice=second.number).data
    made.refresh_from_db()
    assert made.starts_at == second.starts_at


def test_where_one_time_is_held_the_template_for_one_goes_out(scene):
    approve(scene, "out_one_time", "Hello {first_name}, instead: {first}. Would you like it?", TWO[:1])
    rosa = scene.somebody("Rosa Blum", wrote=LONG_AGO)
    scene.book(rosa, "2026-12-03 10:00")
    begin = clock.now().replace(hour=0, minute=0) + dt.timedelta(days=3)
    campaign = practitioner_out.start(
        scene.business, scene.ada, begin=begin, end=begin + dt.timedelta(days=1), reason="Ill", user_id=1
    )
    scene.plan()
    case = CampaignCase.objects.get()
    campaign_cases.options_of(case)[0].hold.delete()
    practitioner_out.send_now(scene.business, campaign)
    scene.work(1)
    message = Message.objects.get(conversation=rosa.conversation)
    assert [each["id"] for each in message.choices] == ["offer:2"]
    assert "moved" in rosa.use("answer_offer", accept=True).data, "a yes is a yes to the one time it named"


def test_it_names_times_in_the_patients_language_before_saying_less_in_it(scene):
    approve(scene, "practitioner_out", "Hello {first_name}, {practitioner} is out on {when}. Another time?", [])
    german = approve(
        scene, "practitioner_out", "Guten Tag {first_name}, am {when} ist zu. Ein anderer Termin?", [], "de"
    )
    rosa = scene.somebody("Rosa Blum", wrote=LONG_AGO)
    Contact.objects.filter(pk=rosa.contact_id).update(language="de", language_by=1)
    scene.book(rosa, "2026-12-03 10:00")
    out(scene)
    message = Message.objects.get(conversation=rosa.conversation)
    assert message.template == german
    assert "am Donnerstag, 3. Dezember, 10:00 Uhr ist zu" in message.text


@pytest.mark.parametrize("wrote", [LONG_AGO, dt.timedelta(hours=1)])
def test_without_a_template_a_person_calls(scene, wrote):
    rosa = scene.somebody("Rosa Blum", wrote=wrote)
    scene.book(rosa, "2026-12-03 10:00")
    out(scene)
    case = CampaignCase.objects.get()
    assert (case.status, case.why) == (("staff", "unreachable") if wrote == LONG_AGO else ("asked", ""))
