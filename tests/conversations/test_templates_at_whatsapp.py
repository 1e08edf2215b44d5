"""Templates: made at Twilio, handed in at WhatsApp, asked about until there is an answer, then used."""

import json

import pytest

from calendar_sync.models import BookingRules
from conversations import tasks
from conversations.automatic import template_for
from conversations.automatic_texts import BUTTONS, LANGUAGES, TEXTS, title_of
from conversations.delivery import deliver
from conversations.models import Contact, Message, MessageTemplate
from conversations.placeholders import unknown_in
from conversations.template_approval import APPROVE, OURS, ask, choose_languages, languages_of, shape_of, shown
from tenants import clock
from tenants.models import WorkItem
from tests.conversations.conftest import NUMBER, PATIENT, lease_for
from tests.conversations.practice import LONG_AGO, Practice, local

Purpose = MessageTemplate.Purpose


@pytest.fixture
def vendor(sandbox, channel):
    sandbox.post("/twilio/window", {"from": PATIENT, "to": NUMBER, "hours_ago": 30})
    sandbox.post("/twilio/hold", {"hold": True})
    yield sandbox
    sandbox.post("/twilio/hold", {"hold": False})


def work(business):
    """What stands on the list for templates, once."""
    for pk in list(WorkItem.objects.filter(kind=APPROVE).values_list("object_id", flat=True)):
        WorkItem.objects.filter(kind=APPROVE, object_id=pk).update(due_at=LONG_AGO)
        tasks.approve_template.body(business, pk)


def own_words(**texts):
    rules = BookingRules.of_this_business()
    for name, text in texts.items():
        setattr(rules, name, text)
    rules.save()


def posted(sandbox, ending):
    return [
        json.loads(each["body"]) for each in sandbox.log("twilio") if each["path"].endswith(ending) and each["body"]
    ]


def states():
    return set(MessageTemplate.objects.values_list("state", flat=True))


def test_all_texts_are_handed_in_and_approved(vendor, clinic, channel):
    assert ask(clinic, channel) == len(OURS)
    work(clinic)
    assert states() == {"approved"}
    assert not WorkItem.objects.filter(kind=APPROVE).exists()
    [reminder] = [each for each in posted(vendor, "/v1/Content") if "_reminder_" in each["friendly_name"]]
    assert reminder["language"] == "en"
    quick_reply = reminder["types"]["twilio/quick-reply"]
    assert quick_reply["body"].startswith("Hello {{1}}, a reminder of your appointment at {{2}}")
    assert [each["id"] for each in quick_reply["actions"]] == ["confirm:{{6}}", "change:{{6}}", "cancel:{{6}}"]
    assert reminder["variables"]["6"] == "#1042"
    [asked] = [each for each in posted(vendor, "ApprovalRequests/whatsapp") if "_reminder_" in each["name"]]
    assert asked["category"] == "UTILITY"


def test_asking_again_asks_for_nothing_that_is_approved(vendor, clinic, channel):
    ask(clinic, channel)
    work(clinic)
    assert ask(clinic, channel) == 0


def test_while_whatsapp_looks_at_it_it_is_asked_again_later(vendor, clinic, channel):
    ask(clinic, channel)
    template = MessageTemplate.objects.get(purpose=Purpose.REMINDER)
    WorkItem.objects.filter(kind=APPROVE).exclude(object_id=template.pk).delete()
    vendor.fault(
        vendor="twilio",
        method="GET",
        path="ApprovalRequests",
        kind="wrong_body",
        body='{"whatsapp": {"status": "pending"}}',
    )
    work(clinic)
    template.refresh_from_db()
    assert (template.state, template.approved_sid) == ("submitted", "")
    [item] = WorkItem.objects.filter(kind=APPROVE)
    assert item.due_at > clock.now()
    work(clinic)
    template.refresh_from_db()
    assert (template.state, template.approved_sid) == ("approved", template.sid)
    assert len(posted(vendor, "/v1/Content")) == 1, "it was not handed in twice"


def test_a_refusal_is_kept_with_its_reason_and_ends_it(vendor, clinic, channel):
    ask(clinic, channel)
    body = {"whatsapp": {"status": "rejected", "rejection_reason": "INVALID_FORMAT"}}
    vendor.fault(
        vendor="twilio",
        method="GET",
        path="ApprovalRequests",
        kind="wrong_body",
        body=json.dumps(body),
        times=len(OURS),
    )
    work(clinic)
    assert states() == {"rejected"}
    assert MessageTemplate.objects.first().reason == "INVALID_FORMAT"
    assert not WorkItem.objects.filter(kind=APPROVE).exists()


def test_an_unreachable_twilio_is_tried_again(channel, clinic, settings):
    settings.TWILIO_BASE_URL = "http://127.0.0.1:1/twilio"
    ask(clinic, channel)
    work(clinic)
    assert states() == {"draft"}
    assert WorkItem.objects.filter(kind=APPROVE).count() == len(OURS)


def test_a_changed_text_is_handed_in_anew_and_the_approved_one_goes_on(vendor, clinic, channel):
    ask(clinic, channel)
    work(clinic)
    before = MessageTemplate.objects.get(purpose=Purpose.AFTER_VISIT)
    BookingRules(after_visit_text="Thank you for coming, {first_name}, and see you soon.").save()
    assert ask(clinic, channel) == 1
    changed = MessageTemplate.objects.get(purpose=Purpose.AFTER_VISIT)
    assert (changed.state, changed.approved_sid, changed.approved_body) == ("draft", before.sid, before.body)
    work(clinic)
    changed.refresh_from_db()
    assert changed.approved_body == "Thank you for coming, {first_name}, and see you soon."
    assert changed.approved_sid != before.approved_sid


def test_an_approved_reminder_reaches_a_phone_whose_window_is_shut(vendor, clinic, channel, conversation):
    Contact.objects.update(name="Maria")
    ask(clinic, channel)
    work(clinic)
    practice = Practice(clinic, conversation.contact_id)
    with clock.pinned(local("2026-11-30 09:00")):
        made = practice.book("2026-12-03 10:00", offsets=[1440])
    practice.wrote("2026-11-30 09:00")
    [text] = practice.at("2026-12-02 10:00")
    message = practice.out().get()
    with clock.pinned(local("2026-12-02 10:00")):
        deliver(clinic, message.pk, lease_for(clinic, "conversations.deliver", message.pk))
    message.refresh_from_db()
    assert (message.delivery, message.error) == ("sent", "")
    [there] = [each for each in vendor.get("/patient/messages", phone=PATIENT)["messages"] if each["by"] == "business"]
    assert there["body"] == text == message.text
    actions = there["content"]["definition"]["actions"]
    assert [(each["title"], each["id"]) for each in actions] == [
        (title, f"{verb}:{made.reference}")
        for title, verb in (("Confirm", "confirm"), ("Change", "change"), ("Cancel", "cancel"))
    ]
    [sent] = [each["body"] for each in vendor.log("twilio") if each["path"].endswith("Messages.json") and each["body"]]
    assert "ContentSid=" in sent
    assert "&Body=" not in f"&{sent}"


def test_a_templates_lost_answer_is_found_by_its_text(vendor, clinic, channel, conversation):
    ask(clinic, channel)
    work(clinic)
    practice = Practice(clinic, conversation.contact_id)
    with clock.pinned(local("2026-11-30 09:00")):
        practice.book("2026-12-03 10:00", offsets=[1440])
    practice.wrote("2026-11-30 09:00")
    practice.at("2026-12-02 10:00")
    message = practice.out().get()
    vendor.fault(vendor="twilio", method="POST", path="Messages.json", kind="drop_after_accept")
    for _ in range(2):  # by today's clock: Twilio's own time says when it was sent
        deliver(clinic, message.pk, lease_for(clinic, "conversations.deliver", message.pk))
    message.refresh_from_db()
    assert message.delivery == "sent"
    assert Message.objects.get(pk=message.pk).attempts == 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("purpose", OURS)
def test_our_own_texts_are_such_as_whatsapp_approves(purpose, language):
    text = TEXTS[purpose][language]
    assert unknown_in(text) == []
    assert not text.startswith("{")
    assert not text.endswith("}")
    assert len(text) <= 550
    for each in BUTTONS.get(purpose, ()):
        assert len(title_of(purpose, each, language)) <= 20
    template = MessageTemplate(purpose=purpose, language=language, body=text)
    assert "{{1}}" in shape_of(template).body


def test_what_was_never_asked_for_is_shown_and_not_saved(clinic, channel):
    assert [each.pk for each in shown(clinic, channel)] == [None] * len(OURS)
    assert not MessageTemplate.objects.exists()


def test_all_chosen_languages_are_handed_in_in_one_go(vendor, clinic, channel):
    choose_languages(channel, ["pt", "de", "en", "xx"])
    assert languages_of(clinic, channel) == ("en", "de", "pt")
    own_words(no_show_text="We missed you, {first_name}, please write to us.")
    assert ask(clinic, channel) == 3 * len(OURS) - 2, "own words stand in one language"
    work(clinic)
    assert states() == {"approved"}
    made = {each["language"] for each in posted(vendor, "/v1/Content")}
    assert made == {"en", "de", "pt_PT"}, "WhatsApp knows no plain pt"
    choose_languages(channel, [])
    assert ask(clinic, channel) == 0
    assert {each.language for each in shown(clinic, channel)} == {"en", "de", "pt"}, "what is approved goes on"


def test_a_reminder_goes_out_in_the_patients_language_else_in_the_businesss(vendor, clinic, channel, conversation):
    choose_languages(channel, ["de"])
    ask(clinic, channel)
    work(clinic)
    practice = Practice(clinic, conversation.contact_id)
    heard = {}
    for day, language in ((3, "de"), (4, "fr")):
        Contact.objects.update(language=language, language_by=1)
        with clock.pinned(local("2026-11-30 09:00")):
            practice.book(f"2026-12-0{day} 10:00", offsets=[1440])
        practice.wrote("2026-11-29 09:00")
        [heard[language]] = practice.at(f"2026-12-0{day - 1} 10:00")
    assert "wir erinnern Sie" in heard["de"]
    assert "Donnerstag, 3. Dezember, 10:00 Uhr" in heard["de"]
    assert "Friday 4 December at 10:00" in heard["fr"], "no French in an English text"
    assert heard["fr"].startswith("Hello")


def test_own_words_go_out_in_their_own_language_only(vendor, clinic, channel, conversation):
    choose_languages(channel, ["de"])
    ask(clinic, channel)
    work(clinic)
    purpose = Purpose.AFTER_VISIT
    assert template_for(clinic, channel.pk, "de", purpose).language == "de"
    own_words(after_visit_text="Thank you for coming, {first_name}, and see you soon.")
    assert template_for(clinic, channel.pk, "de", purpose).language == "en"
