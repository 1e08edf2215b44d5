"""What Twilio sends, at the front door."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django_tenants.utils import tenant_context

from conversations import storing
from conversations.connecting import connect, disconnect
from conversations.models import Channel, Contact, ContactIdentity, Conversation, Message
from tenants.models import Business, ChannelRoute, WorkItem
from tests.conversations.conftest import NUMBER, OTHER_NUMBER, PATIENT, Webhook, new_sid, sign


def turns_called_for(business):
    return list(WorkItem.objects.filter(business=business, kind="conversations.turn"))


def test_a_signed_message_is_stored_and_a_turn_called_for(twilio, clinic):
    answer = twilio.says("Can I come on Tuesday?", NewField="x", Forwarded="true")

    assert (answer.status_code, answer["Content-Type"]) == (200, "text/xml")
    message = Message.objects.get(direction="in")
    assert (message.text, message.kind, message.delivery) == ("Can I come on Tuesday?", "text", "received")
    assert message.payload["NewField"] == "x"
    conversation = message.conversation
    assert (conversation.snippet, conversation.unread) == ("Can I come on Tuesday?", 1)
    assert conversation.contact.profile_name == "Maria"
    assert conversation.identity.phone == "+447911123456"
    assert [item.object_id for item in turns_called_for(clinic)] == [conversation.pk]


@pytest.mark.parametrize("signature", ["", "nonsense", "c2lnbmVk"])
def test_an_unsigned_or_wrongly_signed_message_is_refused_and_nothing_stored(twilio, signature):
    assert twilio.post(twilio.form(), signature=signature).status_code == 403
    assert not Message.objects.exists()
    assert not Contact.objects.exists()


def test_a_signature_is_of_every_parameter(twilio):
    form = twilio.form()
    signature = sign("https://desk.example.org/webhooks/twilio/", form, "auth-token-of-the-tests")
    assert twilio.post({**form, "Added": "later"}, signature=signature).status_code == 403
    assert twilio.post({**form, "Body": "Other"}, signature=signature).status_code == 403
    assert twilio.post(form, signature=signature).status_code == 200


def test_what_a_proxy_says_of_host_and_scheme_counts_for_nothing(twilio):
    behind_proxy = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "http", "X-Forwarded-Port": "81"}
    assert twilio.post(twilio.form(), **behind_proxy).status_code == 200
    assert twilio.post(twilio.form(), origin="https://evil.example", **behind_proxy).status_code == 403
    assert twilio.post(twilio.form(), origin="http://testserver").status_code == 403


def test_a_port_in_the_signed_address_makes_no_difference(twilio):
    assert twilio.post(twilio.form(), origin="https://desk.example.org:443").status_code == 200


def test_a_number_that_is_nobodys_is_told_so(twilio):
    answer = twilio.post(twilio.form(To="whatsapp:+441134969999"))
    assert answer.status_code == 404
    assert answer.content == b"No business answers at this number.\n"


def test_a_disconnected_number_is_nobodys(twilio, clinic, channel):
    disconnect(clinic, channel)
    assert twilio.says().status_code == 404


def test_the_right_signature_of_another_account_opens_nothing(twilio, salon_channel, clinic, salon):
    assert twilio.post(twilio.form(To=OTHER_NUMBER)).status_code == 403
    with tenant_context(salon):
        assert not Message.objects.exists()
    own = twilio.form(To=OTHER_NUMBER, AccountSid="AC" + "9" * 32)
    assert twilio.post(own, token="token-of-the-salon").status_code == 200
    with tenant_context(salon):
        assert Message.objects.count() == 1
    with tenant_context(clinic):
        assert not Message.objects.exists()


def test_another_account_sid_is_refused_even_when_signed(twilio):
    assert twilio.says(AccountSid="AC" + "7" * 32).status_code == 403


def test_only_posts_are_taken(twilio):
    assert twilio.http.get("/webhooks/twilio/").status_code == 405
    assert twilio.http.put("/webhooks/twilio/status/").status_code == 405


def test_a_body_that_is_too_large_is_refused(twilio):
    assert twilio.says("x" * 1_100_000).status_code == 413
    assert not Message.objects.exists()


def test_fault_13_sixty_four_kilobytes_are_stored_shortened(twilio, clinic):
    assert twilio.says("word " * 13_000).status_code == 200
    text = Message.objects.get().text
    assert len(text) == storing.MAX_TEXT
    assert text.endswith(storing.SHORTENED)
    assert turns_called_for(clinic)


def test_fault_13_null_bytes_are_left_out(twilio):
    assert twilio.says("He\x00llo", ProfileName="Ma\x00ria", Odd="\x00").status_code == 200
    message = Message.objects.get()
    assert message.text == "Hello"
    assert message.conversation.contact.profile_name == "Maria"


@pytest.mark.parametrize(
    ("fields", "kind", "media"),
    [
        ({"MessageType": "audio", "NumMedia": "1", "MediaContentType0": "audio/ogg"}, "voice", 1),
        ({"MessageType": "image", "NumMedia": "2", "MediaContentType0": "image/jpeg"}, "image", 2),
        ({"MessageType": "sticker", "NumMedia": "1", "MediaContentType0": "image/webp"}, "sticker", 1),
        ({"MessageType": "document", "NumMedia": "1", "MediaContentType0": "application/pdf"}, "document", 1),
        ({"NumMedia": "1", "MediaContentType0": "image/webp", "MessageType": ""}, "sticker", 1),
        ({"NumMedia": "1", "MediaContentType0": "audio/ogg; codecs=opus", "MessageType": ""}, "voice", 1),
        ({"MessageType": "location", "Latitude": "53.8", "Longitude": "-1.5"}, "location", 0),
        ({"MessageType": "reaction"}, "unsupported", 0),
        ({"MessageType": "text"}, "unsupported", 0),
        ({"MessageType": "order"}, "unsupported", 0),
        ({"NumMedia": "many"}, "unsupported", 0),
    ],
)
def test_fault_13_what_is_no_text_is_stored_under_its_kind_and_answered(twilio, clinic, fields, kind, media):
    assert twilio.says("", **fields).status_code == 200
    message = Message.objects.get()
    assert (message.kind, len(message.media)) == (kind, media)
    assert turns_called_for(clinic)


def test_a_pressed_button_is_its_words(twilio):
    twilio.says("", MessageType="button", ButtonText="Yes, please", ButtonPayload="yes")
    assert (Message.objects.get().kind, Message.objects.get().text) == ("text", "Yes, please")


def test_fault_15_a_sender_without_a_phone_number_is_a_contact_too(twilio):
    twilio.says(From="whatsapp:US.13491208655302741918", WaId="", ExternalUserIdentifier="US.13491208655302741918")
    identity = ContactIdentity.objects.get()
    assert (identity.address, identity.phone) == ("whatsapp:US.13491208655302741918", "")


def test_the_same_message_counts_once_even_a_week_later(twilio, clinic):
    form = twilio.form(Body="Once")
    token = {"I-Twilio-Idempotency-Token": "a"}
    assert twilio.post(form, **token).status_code == 200
    WorkItem.objects.all().delete()
    assert twilio.post(form, **{"I-Twilio-Idempotency-Token": "b"}).status_code == 200
    assert Message.objects.count() == 1
    assert Conversation.objects.get().unread == 1
    assert not turns_called_for(clinic)


def test_a_json_webhook_with_its_hash_is_taken_and_an_altered_one_refused(twilio):
    fields = twilio.form()
    assert twilio.json(fields, altered=True).status_code == 403
    assert not Message.objects.exists()
    assert twilio.json(fields).status_code == 200
    assert Message.objects.get().text == "Hello"


def test_json_that_is_none_is_refused(twilio):
    answer = twilio.http.post("/webhooks/twilio/", "{", content_type="application/json")
    assert answer.status_code == 400


def test_a_body_without_a_hash_is_refused_however_it_is_signed(twilio):
    signature = sign("https://desk.example.org/webhooks/twilio/", {}, "auth-token-of-the-tests")
    answer = twilio.http.post(
        "/webhooks/twilio/",
        json.dumps({"To": NUMBER, "From": PATIENT, "MessageSid": "SM1"}),
        content_type="application/json",
        headers={"X-Twilio-Signature": signature},
    )
    assert answer.status_code == 403


def test_a_suspended_business_keeps_the_message_and_says_so_once_a_day(twilio, clinic):
    Business.objects.filter(pk=clinic.pk).update(status=Business.Status.SUSPENDED)
    assert twilio.says("One").status_code == 200
    assert twilio.says("Two").status_code == 200
    assert Message.objects.filter(direction="in").count() == 2
    said = Message.objects.get(direction="out")
    assert said.text.startswith("Thank you for your message. Bright Smile can't answer here")
    assert not turns_called_for(clinic)


def test_a_business_whose_upgrade_failed_has_twilio_try_again(twilio, clinic):
    from tenants import clock

    Business.objects.filter(pk=clinic.pk).update(fenced_at=clock.now())
    assert twilio.says().status_code == 503


def test_fault_16_a_changed_number_is_somebody_new(twilio):
    twilio.says()
    twilio.says(From="whatsapp:+447911999999", WaId="447911999999")
    assert Contact.objects.count() == 2
    assert Conversation.objects.count() == 2


def test_a_resolved_conversation_is_open_again(twilio):
    twilio.says()
    Conversation.objects.update(status="resolved")
    twilio.says("One more thing")
    conversation = Conversation.objects.get()
    assert (conversation.status, conversation.snippet) == ("open", "One more thing")
    assert [event.act for event in conversation.events.all()] == ["reopened"]


def test_while_people_have_a_conversation_no_turn_is_called_for(twilio, clinic):
    twilio.says()
    WorkItem.objects.all().delete()
    Conversation.objects.update(handling="staff")
    twilio.says("Are you there?")
    assert not turns_called_for(clinic)
    assert Conversation.objects.get().unread == 2


def test_ten_copies_at_once_are_one_message(fresh_business):
    connect(fresh_business, address="whatsapp:+441134960077")
    form = Webhook().form(To="whatsapp:+441134960077")

    def send(_):
        try:
            return Webhook().post(form).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        assert set(pool.map(send, range(10))) == {200}
    assert Message.objects.count() == Contact.objects.count() == Conversation.objects.count() == 1
    assert [item.version for item in turns_called_for(fresh_business)] == [1]


def test_ten_first_messages_at_once_are_one_conversation(fresh_business):
    connect(fresh_business, address="whatsapp:+441134960078")
    forms = [Webhook().form(To="whatsapp:+441134960078", Body=str(each)) for each in range(10)]

    def send(form):
        try:
            return Webhook().post(form).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        assert set(pool.map(send, forms)) == {200}
    assert (Message.objects.count(), Conversation.objects.count(), Contact.objects.count()) == (10, 1, 1)
    assert Conversation.objects.get().unread == 10


def test_a_number_belongs_to_one_business(channel, salon, clinic):
    from conversations.connecting import NumberRefused

    with tenant_context(salon), pytest.raises(NumberRefused, match="another business"):
        connect(salon, address=NUMBER)
    assert ChannelRoute.objects.get(address=NUMBER).business_id == clinic.pk
    with tenant_context(salon):
        assert not Channel.objects.exists()


def test_a_status_of_a_message_of_another_number_changes_nothing(twilio, clinic, channel):
    assert twilio.says().status_code == 200
    conversation = Conversation.objects.get()
    other = connect(clinic, address="whatsapp:+441134960055")
    theirs = Message.objects.create(
        conversation=conversation, channel=other, direction="out", author="assistant", text="x", delivery="sending"
    )
    assert twilio.status(theirs, "delivered", sid=new_sid()).status_code == 204
    theirs.refresh_from_db()
    assert theirs.delivery == "sending"
