"""Notices on staff's own phones, and what they answer from there."""

import datetime as dt

import pytest

from conversations import inbox as way_in
from conversations import template_approval
from conversations.events_in import InboundMessage, StatusUpdate
from conversations.models import Contact, ContactIdentity, Conversation, Message, MessageTemplate, StaffPhone, StaffWord
from conversations.tasks import approve_template
from escalations import staff_words
from escalations.models import Notice
from escalations.tasks import hear_staff
from escalations.telling import notices, on_whatsapp
from tenants import clock, worklist
from tenants.models import Membership, WorkItem
from tests.desk.told import choose

PHONE = "+447911555001"


@pytest.fixture
def tom(scene):
    return scene.writes("Tom Becker", "My card is 4111 1111 1111 1111")


class Mobile:
    """A phone that writes to the business's number."""

    def __init__(self, scene, number=PHONE):
        self.scene, self.number, self.count = scene, number, 0

    def writes(self, text, quoted=""):
        self.count += 1
        way_in.receive(
            self.scene.business,
            self.scene.channel,
            InboundMessage(
                channel_address=self.scene.channel.address,
                from_address=f"whatsapp:{self.number}",
                phone=self.number,
                profile_name="Bob",
                provider_id=f"SMstaff{self.number}{self.count}",
                kind="text",
                text=text,
                reply_to=quoted,
            ),
        )

    def is_heard(self):
        for word in StaffWord.objects.filter(done_at__isnull=True):
            hear_staff.body(self.scene.business, word.pk)


@pytest.fixture
def vendor(sandbox, settings):
    from tests.vendors import TWILIO_SID, TWILIO_TOKEN

    settings.TWILIO_ACCOUNT_SID, settings.TWILIO_AUTH_TOKEN = TWILIO_SID, TWILIO_TOKEN
    return sandbox


@pytest.fixture
def mobile(clinic, scene, vendor, bobs, bob):
    """Bob's phone, known by its code, with WhatsApp switched on."""
    phone = Mobile(scene)
    page = bobs.post("settings/notifications/phone/", {"number": PHONE}).content.decode()
    code = page.split('class="code">')[1][:6]
    phone.writes(code)
    choose(bob, tell_by_whatsapp=True)
    vendor.post("/twilio/window", {"from": f"whatsapp:{PHONE}", "to": scene.channel.address})
    phone.is_heard()
    return phone


def received(vendor):
    seen = vendor.get("/patient/messages", phone=f"whatsapp:{PHONE}")["messages"]
    return [each["body"] for each in seen if each["by"] == "business"]


def test_a_phone_counts_once_the_code_came_back_from_it(clinic, mobile, vendor, bob):
    phone = StaffPhone.objects.get()
    assert (phone.staff_id, phone.verified_at is not None) == (bob.pk, True)
    assert received(vendor) == [staff_words.KNOWN]


def test_a_staff_number_never_becomes_a_conversation_of_a_patient(clinic, mobile):
    for text in ("take", "Hello?", "", "123456"):
        mobile.writes(text)
    assert not ContactIdentity.objects.exists()
    assert not Message.objects.exists()


def test_a_number_that_was_only_written_down_stays_the_patients(clinic, scene, bobs):
    bobs.post("settings/notifications/phone/", {"number": PHONE})
    patient = Mobile(scene)
    for text in ("000000", "take", "I have a toothache"):
        patient.writes(text)
    assert list(Message.objects.order_by("pk").values_list("text", flat=True)) == [
        "000000",
        "take",
        "I have a toothache",
    ]
    assert StaffPhone.objects.get().verified_at is None


def test_a_code_is_good_for_half_an_hour_and_five_tries(clinic, scene, bobs):
    page = bobs.post("settings/notifications/phone/", {"number": PHONE}).content.decode()
    code = page.split('class="code">')[1][:6]
    patient = Mobile(scene)
    with clock.pinned(clock.now() + dt.timedelta(minutes=31)):
        patient.writes(code)
    wrong = "000000" if code != "000000" else "111111"
    for _ in range(5):
        patient.writes(wrong)
    patient.writes(code)
    assert StaffPhone.objects.get().verified_at is None


def test_the_number_of_a_colleague_is_refused(clinic, mobile, alices):
    answer = alices.post("settings/notifications/phone/", {"number": PHONE})
    assert answer.status_code == 422
    assert "number of a colleague" in answer.content.decode()


@pytest.mark.parametrize("word", ["take", "TAKE!", "ich übernehme", "tomar", "je prends", "eu assumo"])
def test_take_from_the_phone_takes_what_they_were_told_of(clinic, scene, tom, mobile, vendor, bob, word):
    scene.mails(scene.hands_over(tom))
    told = received(vendor)[-1]
    assert f"/conversations/{tom.pk}/" in told
    assert "Tom" not in told
    mobile.writes(word)
    mobile.is_heard()
    tom.refresh_from_db()
    assert (tom.handling, tom.staff_id) == ("staff", bob.pk)


@pytest.mark.parametrize("word", ["resume", "zurückgeben", "reanudar", "reprendre", "retomar"])
def test_resume_gives_it_back_to_the_assistant(clinic, scene, tom, mobile, vendor, word):
    scene.mails(scene.hands_over(tom))
    for each in ("take", word):
        mobile.writes(each)
        mobile.is_heard()
    tom.refresh_from_db()
    assert (tom.handling, tom.staff_id) == ("assistant", None)
    assert received(vendor)[-1] == "The assistant has the conversation again."


def test_a_quoted_notice_says_which_conversation_is_meant(clinic, scene, tom, mobile, bob):
    scene.mails(scene.hands_over(tom))
    scene.mails(scene.hands_over(scene.writes("Eva", "Hello")))
    about_tom = Notice.objects.get(staff_id=bob.pk, conversation_id=tom.pk).ways["whatsapp_id"]
    mobile.writes("take", quoted=about_tom)
    mobile.is_heard()
    taken = Conversation.objects.filter(staff_id=bob.pk)
    assert [each.pk for each in taken] == [tom.pk]


def test_what_a_colleague_has_is_not_taken_from_the_phone(clinic, scene, tom, mobile, vendor, alices, alice):
    scene.mails(scene.hands_over(tom))
    alices.post(f"conversations/{tom.pk}/take-over/")
    mobile.writes("take")
    mobile.is_heard()
    tom.refresh_from_db()
    assert tom.staff_id == alice.pk
    assert received(vendor)[-1] == "Alice Owner has this conversation already."


def test_with_the_window_shut_nothing_is_sent_and_the_page_says_why(clinic, scene, tom, mobile, vendor, bobs, bob):
    before = received(vendor)
    StaffPhone.objects.update(last_inbound_at=clock.now() - dt.timedelta(hours=25))
    scene.mails(scene.hands_over(tom))
    assert received(vendor) == before
    assert Notice.objects.get(staff_id=bob.pk).ways["whatsapp"] == "window_shut"
    assert "24 hours since your last message are over" in bobs.get("settings/notifications/").content.decode()


@pytest.fixture
def template(clinic, scene, mobile):
    """The team's template, approved; Bob's window is shut."""
    template_approval.ask(clinic, scene.channel)
    for pk in list(WorkItem.objects.filter(kind=template_approval.APPROVE).values_list("object_id", flat=True)):
        WorkItem.objects.filter(kind=template_approval.APPROVE, object_id=pk).update(due_at=clock.now())
        approve_template.body(clinic, pk)
    StaffPhone.objects.update(last_inbound_at=clock.now() - dt.timedelta(hours=25))
    return MessageTemplate.objects.get(purpose=MessageTemplate.Purpose.STAFF_NOTICE)


def test_with_the_window_shut_a_template_says_what_waits_and_take_still_takes_it(
    clinic, scene, tom, mobile, template, vendor, bobs, bob
):
    assert "only what waits for a person is sent there" in bobs.get("settings/notifications/").content.decode()
    scene.mails(scene.hands_over(tom))
    [sent] = [each["body"] for each in vendor.log("twilio") if f"ContentSid={template.approved_sid}" in each["body"]]
    assert "StatusCallback" not in sent
    told = received(vendor)[-1]
    assert told.startswith("For the team of Bright Smile: A conversation needs a person. Open ")
    assert f"/conversations/{tom.pk}/" in told
    assert "Tom" not in told
    mobile.writes("take")
    mobile.is_heard()
    tom.refresh_from_db()
    assert (tom.handling, tom.staff_id) == ("staff", bob.pk)


def test_templates_to_a_phone_are_few_an_hour_but_a_red_flag_always_goes(clinic, scene, mobile, template, vendor, bob):
    before = len(received(vendor))
    for number in range(on_whatsapp.AT_MOST + 2):
        scene.mails(scene.hands_over(scene.writes(f"Patient {number}", "Hello")))
    assert len(received(vendor)) == before + on_whatsapp.AT_MOST
    assert [each.ways["whatsapp"] for each in Notice.objects.filter(staff_id=bob.pk).order_by("pk")][-1] == (
        "enough_for_now"
    )
    scene.mails(scene.hands_over(scene.writes("In danger", "Hello"), reason="red_flag"))
    assert len(received(vendor)) == before + on_whatsapp.AT_MOST + 1
    Notice.objects.update(ways={"whatsapp": "sent", "template_at": (clock.now() - dt.timedelta(hours=2)).isoformat()})
    scene.mails(scene.hands_over(scene.writes("An hour later", "Hello")))
    assert len(received(vendor)) == before + on_whatsapp.AT_MOST + 2


def test_a_mention_is_not_worth_a_template(clinic, scene, tom, mobile, template, vendor, bob):
    before = received(vendor)
    notice = Notice.objects.create(staff_id=bob.pk, kind=Notice.Kind.MENTION, conversation_id=tom.pk, object_id=1)
    worklist.call_for(clinic.pk, notices.TELL, notice.pk)
    scene.tells()
    notice.refresh_from_db()
    assert (received(vendor), notice.ways["whatsapp"]) == (before, "window_shut")


def test_a_worker_killed_while_sending_to_a_phone_sends_nothing_twice(clinic, scene, tom, mobile, vendor, bob):
    scene.mails(scene.hands_over(tom))
    notice, before = Notice.objects.get(staff_id=bob.pk), received(vendor)
    Notice.objects.filter(pk=notice.pk).update(ways={"email": "sent", "whatsapp": "sending"})
    worklist.call_for(clinic.pk, notices.TELL, notice.pk)
    scene.tells()
    assert received(vendor) == before


def test_who_left_is_a_contact_like_any_other_from_then_on(clinic, scene, tom, mobile, bob):
    Membership.objects.filter(user=bob, business=clinic).delete()
    mobile.writes("take")
    mobile.is_heard()
    tom.refresh_from_db()
    assert tom.handling == "assistant"
    mobile.writes("I would like an appointment")
    assert Contact.objects.filter(profile_name="Bob").exists()


def test_fault_66_a_phone_that_answers_by_itself_is_not_talked_with_for_ever(clinic, mobile, vendor):
    for _ in range(30):
        mobile.writes("I'm driving and will read this later.")
        mobile.is_heard()
    assert len(received(vendor)) == staff_words.HINTS_AT_MOST, "with the greeting"
    mobile.writes("take")
    mobile.is_heard()
    assert received(vendor)[-1] == staff_words.NO_NOTICE


def test_fault_67_late_news_about_a_notice_on_a_phone_changes_nothing(clinic, scene, tom, mobile, bob):
    scene.mails(scene.hands_over(tom))
    told = Notice.objects.get(staff_id=bob.pk)
    for delivery in ("read", "delivered", "failed"):
        way_in.accept(
            clinic,
            scene.channel,
            StatusUpdate(
                channel_address=scene.channel.address,
                provider_id=told.ways["whatsapp_id"],
                outbox_message_id=None,
                delivery=delivery,
            ),
        )
    assert Notice.objects.get(pk=told.pk).ways == told.ways
    assert not Conversation.objects.filter(contact__profile_name="Bob").exists()
