"""What one person is told, by which way, and when not."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.core import mail

from agents.types import Reply
from conversations import inbox as way_in
from conversations import turns
from conversations.events_in import InboundMessage, StatusUpdate
from conversations.models import Contact, ContactIdentity, Conversation, Message, StaffPhone, StaffWord
from escalations import acts, assigning, notes, staff_words
from escalations.models import Notice, Promise, PushSubscription, StaffState
from escalations.tasks import hear_staff
from escalations.telling import delivering, notices, push_encryption, vapid
from tenants import clock, worklist
from tenants.models import Membership, User, WorkItem
from tests.conversations.conftest import Listener
from tests.desk.scene import SCRIPT

LONDON = ZoneInfo("Europe/London")
PHONE = "+447911555001"


def at(text):
    return clock.pinned(dt.datetime.fromisoformat(text).replace(tzinfo=LONDON))


@pytest.fixture
def tom(scene):
    return scene.writes("Tom Becker", "My card is 4111 1111 1111 1111")


def choose(user, **fields):
    return StaffState.objects.update_or_create(staff_id=user.pk, defaults=fields)[0]


def mailed():
    return sorted(address for each in mail.outbox for address in each.recipients())


# -- the bell --------------------------------------------------------------------------------------------------


def test_the_bell_counts_what_is_new_and_a_look_at_it_counts_as_seen(clinic, scene, tom, alices, bobs, bob):
    scene.mails(scene.hands_over(tom))
    assert 'id="bell-count" hx-swap-oob="true">1<' in bobs.get("nav-counts/").content.decode()
    page = bobs.get("notices/").content.decode()
    assert "A conversation needs a person." in page
    assert "Tom Becker" in page
    notice = Notice.objects.get(staff_id=bob.pk)
    assert bobs.get(f"notices/{notice.pk}/").url.endswith(f"conversations/{tom.pk}/")
    assert 'hx-swap-oob="true"></span>' in bobs.get("nav-counts/").content.decode()
    assert Notice.objects.filter(seen_at__isnull=True).count() == 1, "Alice has not looked"
    alices.get(f"conversations/{tom.pk}/")
    assert not Notice.objects.filter(seen_at__isnull=True).exists()


def test_nobody_opens_the_notice_of_somebody_else(clinic, scene, tom, alice, bobs):
    notices.tell(clinic, "assigned", [alice.pk], conversation_id=tom.pk)
    assert bobs.get(f"notices/{Notice.objects.get().pk}/").status_code == 404
    bobs.post("notices/seen/")
    assert Notice.objects.get().seen_at is None


def test_the_same_thing_is_told_to_each_once(clinic, tom, alice, bob):
    for _ in range(3):
        notices.tell(clinic, "late", [alice.pk, bob.pk], conversation_id=tom.pk, object_id=7)
    assert Notice.objects.count() == 2
    assert WorkItem.objects.filter(kind=notices.TELL).count() == 2


def test_who_is_named_in_a_note_is_told_and_only_they(clinic, scene, tom, alice, bob):
    notes.write(clinic, tom, alice, "@Bob please look at this card")
    assert [(each.staff_id, each.kind) for each in Notice.objects.all()] == [(bob.pk, "mention")]
    scene.tells()
    (sent,) = mail.outbox
    assert sent.recipients() == ["bob@clinic.test"]
    assert "card" not in sent.message().as_string()


# -- when not --------------------------------------------------------------------------------------------------


def test_quiet_hours_hold_it_back_until_they_end(clinic, scene, tom, alice, bob):
    choose(bob, quiet_from=dt.time(20), quiet_until=dt.time(7), urgent_at_night=False)
    with at("2026-11-24T23:00"):
        scene.mails(scene.hands_over(tom))
        assert mailed() == ["alice@clinic.test"]
        item = WorkItem.objects.get(kind=notices.TELL)
        assert abs((item.due_at - item.created_at) - dt.timedelta(hours=8)) < dt.timedelta(minutes=1)
    WorkItem.objects.update(due_at=item.created_at - dt.timedelta(days=1))
    with at("2026-11-25T07:00"):
        scene.tells()
    assert mailed() == ["alice@clinic.test", "bob@clinic.test"]


@pytest.mark.parametrize(("allowed", "told"), [(True, 1), (False, 0)])
def test_a_red_flag_breaks_quiet_hours_where_the_person_allows_it(clinic, scene, tom, alice, bob, allowed, told):
    choose(bob, quiet_from=dt.time(20), quiet_until=dt.time(7), urgent_at_night=allowed)
    with at("2026-11-24T23:00"):
        scene.mails(scene.hands_over(tom, "red_flag"))
    assert mailed().count("bob@clinic.test") == told


def test_a_kind_that_was_switched_off_stays_on_the_page(clinic, scene, tom, bob):
    choose(bob, muted=["escalation"])
    scene.mails(scene.hands_over(tom))
    assert mailed() == ["alice@clinic.test"]
    assert Notice.objects.filter(staff_id=bob.pk).exists()


def test_what_was_seen_or_dealt_with_meanwhile_is_not_told(clinic, scene, tom, alices, bob):
    escalation = scene.hands_over(tom)
    alices.post(f"conversations/{tom.pk}/take-over/")
    scene.mails(escalation)
    other = scene.writes("Eva", "Hello")
    notices.tell(clinic, "assigned", [bob.pk], conversation_id=other.pk)
    notices.see(clinic, bob.pk)
    scene.tells()
    assert mailed() == []


def test_the_digest_is_one_mail_a_day_of_what_was_not_looked_at(clinic, scene, alice, bob):
    choose(bob, digest=True)
    Membership.objects.filter(user=alice).update(notify_by_email=False)
    with at("2026-11-24T10:00"):
        for name in ("A", "B", "C"):
            scene.mails(scene.hands_over(scene.writes(name, "Hello")))
    assert mailed() == []
    with at("2026-11-25T08:00"):
        for _ in range(2):
            worklist.call_for(clinic.pk, delivering.DIGEST, bob.pk)
            lease = worklist.claim(clinic.pk, delivering.DIGEST, bob.pk, early=True)
            delivering.digest(clinic, bob.pk, lease)
    (sent,) = mail.outbox
    assert "A conversation needs a person. (3 times)" in sent.body
    assert "3 things waiting" in sent.subject


def test_the_settings_refuse_half_an_hour_and_a_time_that_is_over(clinic, bobs, bob):
    bad = {"quiet_from": "20:00", "away": "on", "away_until": "2020-01-01T10:00"}
    answer = bobs.post("settings/notifications/", bad)
    assert answer.status_code == 422
    assert "Give both times, or neither." in answer.content.decode()
    assert "This lies in the past." in answer.content.decode()
    assert not StaffState.objects.exists()
    good = {"quiet_from": "20:00", "quiet_until": "07:00", "told_of": ["red_flag", "mention"], "digest": "on"}
    bobs.post("settings/notifications/", good)
    state = StaffState.objects.get(staff_id=bob.pk)
    assert (state.quiet_from, state.digest, "late" in state.muted, "mention" in state.muted) == (
        dt.time(20),
        True,
        True,
        False,
    )


# -- Web Push --------------------------------------------------------------------------------------------------


@pytest.fixture
def push(sandbox, settings):
    settings.VAPID_PRIVATE_KEY = "q6n1b8kmS7wYQ1c2d3e4f5g6h7i8j9k0l1m2n3o4p5A="
    settings.WEBHOOKS_TO_PRIVATE_ADDRESSES = True
    return sandbox


def browser_of(push, desk):
    made = push.post("/push/browsers", {})
    given = {name: made[name] for name in ("endpoint", "p256dh", "auth")}
    assert desk.post("settings/notifications/browsers/", {**given, "browser": "Firefox"}).status_code == 204
    return made["id"]


def test_the_example_of_rfc_8291_comes_out_byte_by_byte():
    from cryptography.hazmat.primitives.asymmetric import ec

    private = int.from_bytes(push_encryption.padded("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"), "big")
    body = push_encryption.encrypt(
        b"When I grow up, I want to be a watermelon",
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        "BTBZMqHH6r4Tts7J_aSIgg",
        salt=push_encryption.padded("DGv6ra1nlYgDCS1FRnbzlw"),
        own=ec.derive_private_key(private, ec.SECP256R1()),
    )
    assert push_encryption.unpadded(body) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml"
        "mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT"
        "pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


def test_a_push_service_takes_and_the_browser_reads_it(clinic, scene, tom, push, bobs, bob):
    browser_of(push, bobs)
    scene.mails(scene.hands_over(tom, "red_flag", "Tom Becker has chest pain"))
    (message,) = push.get("/push/messages")["messages"]
    assert message["shown"] == {
        "title": "Bright Smile",
        "text": "A red flag came up: somebody may be in danger.",
        "path": f"/b/bright-smile/conversations/{tom.pk}/",
        "tag": f"notice-{Notice.objects.get(staff_id=bob.pk).pk}",
    }
    assert message["headers"]["urgency"] == "high"


def test_a_browser_that_is_gone_is_forgotten(clinic, scene, tom, push, bobs):
    for status in (404, 410):
        push.post(f"/push/browsers/{browser_of(push, bobs)}/answer", {"status": status})
    scene.mails(scene.hands_over(tom))
    assert not PushSubscription.objects.exists()
    assert not WorkItem.objects.filter(kind=notices.TELL).exists()


def test_a_push_service_in_trouble_is_asked_again_and_the_mail_goes_once(clinic, scene, tom, push, bobs, bob):
    name = browser_of(push, bobs)
    push.post(f"/push/browsers/{name}/answer", {"status": 503})
    scene.mails(scene.hands_over(tom))
    push.post(f"/push/browsers/{name}/answer", {"status": 201})
    WorkItem.objects.update(due_at=dt.datetime(2000, 1, 1, tzinfo=dt.UTC))
    scene.tells()
    assert len(push.get("/push/messages")["messages"]) == 1
    assert mailed().count("bob@clinic.test") == 1


def test_a_worker_that_is_killed_after_sending_leaves_one_notification(clinic, scene, tom, push, bobs, bob):
    """What was sent and not noted goes again under the same tag and topic, which show as one."""
    browser_of(push, bobs)
    escalation = scene.hands_over(tom)
    scene.mails(escalation)
    Notice.objects.filter(staff_id=bob.pk).update(ways={})
    worklist.call_for(clinic.pk, notices.TELL, Notice.objects.get(staff_id=bob.pk).pk)
    scene.tells()
    messages = push.get("/push/messages")["messages"]
    assert len(messages) == 2
    assert len({(each["shown"]["tag"], each["headers"]["topic"]) for each in messages}) == 1


@pytest.mark.parametrize(
    ("endpoint", "auth"),
    [
        ("http://127.0.0.1:6379/", "BTBZMqHH6r4Tts7J_aSIgg"),
        ("https://localhost/x", "BTBZMqHH6r4Tts7J_aSIgg"),
        ("https://push.example.com/x", "short"),
        ("nonsense", "BTBZMqHH6r4Tts7J_aSIgg"),
    ],
)
def test_fault_69_nobody_leads_the_server_inside_or_gives_keys_that_are_none(clinic, bobs, settings, endpoint, auth):
    settings.WEBHOOKS_TO_PRIVATE_ADDRESSES = False
    key = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
    given = {"endpoint": endpoint, "p256dh": key, "auth": auth}
    assert bobs.post("settings/notifications/browsers/", given).status_code == 422
    assert not PushSubscription.objects.exists()


def test_without_a_key_the_page_says_so(clinic, bobs, settings):
    settings.VAPID_PRIVATE_KEY = ""
    assert vapid.public_key() == ""
    assert "No key for push is set" in bobs.get("settings/notifications/").content.decode()


# -- staff's own phones ----------------------------------------------------------------------------------------


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


def test_fault_68_scripts_in_names_and_promises_stay_words(clinic, scene, alices, alice, bob):
    User.objects.filter(pk=bob.pk).update(name=SCRIPT)
    eve = scene.writes(SCRIPT, SCRIPT)
    scene.hands_over(eve, summary=SCRIPT)
    assigning.by_hand(clinic, eve, alice, bob.pk)
    notices.tell(clinic, "assigned", [alice.pk], conversation_id=eve.pk)
    Promise.objects.create(conversation=eve, text=SCRIPT, owner_id=bob.pk, due_at=clock.now() + dt.timedelta(hours=1))
    PushSubscription.objects.create(staff_id=alice.pk, endpoint="https://push.test/1", browser=SCRIPT[:60])
    pages = ["escalations/", "promises/", "notices/", "settings/answering/", "settings/notifications/"]
    pages += [f"conversations/{eve.pk}/", f"conversations/{eve.pk}/colleagues/"]
    for page in pages:
        shown = alices.get(page)
        assert shown.status_code == 200, page
        assert "<script>window.broken" not in shown.content.decode(), page


def test_fault_62_a_reply_in_the_middle_of_a_turn_silences_the_assistant_until_it_is_returned(clinic, scene, tom, bob):
    listener = Listener(outcomes=[Reply(text="The assistant's own answer")])
    listener.meanwhile = [lambda: acts.reply(clinic, tom, bob, "I am here")]
    lease = worklist.claim(clinic.pk, turns.TURN, tom.pk, early=True)
    turns.run_turn(clinic, tom.pk, lease, receptionist=listener)
    scene.writes("Tom Becker", "And another thing")
    said = list(tom.messages.filter(direction="out").values_list("text", flat=True))
    assert said == ["I am here"]
    assert not WorkItem.objects.filter(kind=turns.TURN).exists()
    acts.return_to_assistant(clinic, tom, bob)
    assert WorkItem.objects.filter(kind=turns.TURN).exists()
