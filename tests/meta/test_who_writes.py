"""Who writes through Meta, from the owner's phone too, and how far a message of ours got (faults 15, 16, 62 and 67)."""

import pytest

from conversations.models import ContactIdentity, Conversation, Message
from tenants.models import WorkItem
from tests.meta.conftest import BSUID, PATIENT, SALON_ID, change, new_id, payload, status, text


def turns_called_for(business):
    return list(WorkItem.objects.filter(business=business, kind="conversations.turn"))


def texts():
    return list(Message.objects.filter(direction="in").order_by("pk").values_list("text", flat=True))


# -- who writes --------------------------------------------------------------------------------------------


def nameless(**fields):
    """A message of somebody who shows no phone."""
    item = text(from_user_id=BSUID, **fields)
    del item["from"]
    given = change(messages=[item])
    given["value"]["contacts"] = [{"profile": {"name": "Kim"}, "user_id": BSUID}]
    return given


def test_fault_15_a_sender_without_a_phone_is_a_contact_too(meta):
    assert meta.post(payload(nameless())).status_code == 200
    identity = ContactIdentity.objects.get()
    assert (identity.address, identity.phone, identity.user_id) == (BSUID, "", BSUID)
    assert identity.contact.profile_name == "Kim"


def test_a_phone_that_shows_later_belongs_to_the_same_contact(meta):
    meta.post(payload(nameless()))
    meta.says("With a phone", from_user_id=BSUID)
    identity = ContactIdentity.objects.get()
    assert (identity.address, identity.phone) == (BSUID, f"+{PATIENT}")
    assert Conversation.objects.count() == 1


def test_a_number_with_another_owner_is_somebody_new(meta):
    meta.says("The first owner", from_user_id=BSUID)
    meta.says("The second", from_user_id="GB.99999999999999999999")
    first, second = ContactIdentity.objects.order_by("pk")
    assert first.contact_id != second.contact_id
    assert second.address == "GB.99999999999999999999"


def test_fault_16_a_changed_number_is_linked_for_staff_and_somebody_new_for_everything_else(meta, client):
    meta.says("Before the change")
    old = ContactIdentity.objects.get()
    moved = text(type="system", system={"body": "…", "wa_id": "447911999999", "type": "user_changed_number"})
    del moved["text"]
    for _ in range(2):
        assert meta.post(payload(change(messages=[moved]))).status_code == 200
    old.refresh_from_db()
    assert (old.replaced_by.address, old.replaced_by.phone) == ("447911999999", "+447911999999")
    assert old.replaced_by.contact_id != old.contact_id, "nothing of the old contact is the new one's"
    assert [event.act for event in Conversation.objects.get().events.all()] == ["number_changed"]
    assert Message.objects.count() == 1
    meta.says("From the new one", **{"from": "447911999999"})
    assert Conversation.objects.get(identity=old.replaced_by).contact_id == old.replaced_by.contact_id


def test_a_stranger_who_changed_their_number_leaves_no_trace(meta):
    moved = text(type="system", system={"wa_id": "447911999999", "type": "user_changed_number"})
    assert meta.post(payload(change(messages=[moved]))).status_code == 200
    assert not ContactIdentity.objects.exists()


# -- the owner's phone -------------------------------------------------------------------------------------


def echo(body="I'll see to it", **fields):
    item = {**text(body), "from": "441134960001", "to": PATIENT, **fields}
    return change(label="smb_message_echoes", message_echoes=[item])


def test_an_answer_from_the_owners_phone_stands_in_the_thread_and_silences_the_assistant(meta, clinic, channel):
    from conversations import outbox

    meta.says("Is anybody there?")
    conversation = Conversation.objects.get()
    waiting = outbox.queue(clinic, conversation, "The assistant's draft")[0]
    given = payload(echo())
    for _ in range(2):
        assert meta.post(given).status_code == 200
    conversation.refresh_from_db()
    waiting.refresh_from_db()
    answered = Message.objects.get(author="staff")
    assert (answered.text, answered.delivery, answered.direction) == ("I'll see to it", "sent", "out")
    assert (conversation.handling, conversation.staff_id, conversation.unread) == ("staff", None, 0)
    assert waiting.delivery == "withheld"
    assert not outbox.unanswered(conversation.pk).exists()
    assert not WorkItem.objects.filter(kind=outbox.DELIVER, object_id=answered.pk).exists(), "it was sent already"
    assert [event.act for event in conversation.events.all()] == ["answered_elsewhere"]


def test_an_echo_to_somebody_unknown_begins_a_conversation_of_theirs(meta):
    assert meta.post(payload(echo(to="+447911555555"))).status_code == 200
    assert ContactIdentity.objects.get().address == "447911555555"
    assert Conversation.objects.get().handling == "staff"


def test_an_echo_of_what_we_sent_ourselves_is_no_second_message(meta, clinic):
    from conversations import outbox

    meta.says()
    ours = outbox.queue(clinic, Conversation.objects.get(), "From the desk")[0]
    Message.objects.filter(pk=ours.pk).update(delivery="sent", provider_id="wamid.ours")
    assert meta.post(payload(echo(id="wamid.ours"))).status_code == 200
    assert Message.objects.filter(direction="out").count() == 1
    assert Conversation.objects.get().handling == "assistant"


# -- statuses ----------------------------------------------------------------------------------------------


@pytest.fixture
def sent(meta, clinic):
    from conversations import outbox

    meta.says()
    message = outbox.queue(clinic, Conversation.objects.get(), "You are booked.")[0]
    Message.objects.filter(pk=message.pk).update(delivery="sent", provider_id=new_id())
    message.refresh_from_db()
    return message


@pytest.mark.parametrize(
    ("told", "final"),
    [
        (["delivered", "read"], "read"),
        (["read"], "read"),
        (["read", "delivered", "sent"], "read"),
        (["delivered", "failed"], "delivered"),
        (["failed", "delivered"], "failed"),
        (["sent", "sent", "played"], "read"),
        (["deleted", "warning", "hologram"], "sent"),
    ],
)
def test_fault_67_a_status_only_goes_forward(meta, sent, told, final):
    for each in told:
        failure = {"errors": [{"code": 131026, "title": "Undeliverable"}]} if each == "failed" else {}
        assert meta.tells(sent, each, **failure).status_code == 200
    sent.refresh_from_db()
    assert sent.delivery == final
    assert sent.error == ("131026" if final == "failed" else "")


def test_a_status_of_another_number_changes_nothing(meta, sent, salon_channel, salon):
    given = payload(change(number=SALON_ID, statuses=[status(sent, "read")]))
    path, secret = f"/webhooks/meta/{SALON_ID}/", "secret-of-the-salon"
    assert meta.post(given, path=path, secret=secret).status_code == 200
    sent.refresh_from_db()
    assert sent.delivery == "sent"
