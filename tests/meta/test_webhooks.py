"""What Meta sends, at the front door (faults 1–4, 12 and 13)."""

import json

import pytest
from django.db import connection
from django_tenants.utils import tenant_context

from conversations.channels.meta.signing import verify_token, webhook_address
from conversations.connecting import connect
from conversations.models import ContactIdentity, Conversation, Handoff, Message, Reaction, UnreadEvent
from tenants import clock
from tenants.models import Business, WorkItem
from tests.meta.conftest import NUMBER_ID, PATIENT, SALON_ID, Meta, change, new_id, payload, sign, status, text


def turns_called_for(business):
    return list(WorkItem.objects.filter(business=business, kind="conversations.turn"))


def texts():
    return list(Message.objects.filter(direction="in").order_by("pk").values_list("text", flat=True))


# -- who may speak -----------------------------------------------------------------------------------------


def test_the_address_is_verified_with_its_token_only(meta):
    assert meta.shakes().content == b"1158201444"
    assert meta.shakes(verify_token="guessed").status_code == 403
    assert meta.shakes(mode="unsubscribe").status_code == 403
    assert meta.shakes(challenge="<script>").status_code == 403


def test_without_a_token_of_the_server_nothing_is_verified(meta, settings):
    settings.META_VERIFY_TOKEN = ""
    assert meta.shakes(verify_token="").status_code == 403


def test_an_app_of_ones_own_has_its_own_address_token_and_secret(meta, salon_channel, salon):
    with tenant_context(salon):
        token, address = verify_token(salon_channel), webhook_address(salon_channel)
    assert address == f"https://desk.example.org/webhooks/meta/{SALON_ID}/"
    path = f"/webhooks/meta/{SALON_ID}/"
    assert meta.shakes(path, verify_token=token).status_code == 200
    assert meta.shakes(path).status_code == 403, "the platform's word opens no other app"
    written = payload(change(number=SALON_ID, messages=[text("For the salon")]))
    assert meta.post(written, path=path).status_code == 403
    assert meta.post(written, path=path, secret="secret-of-the-salon").status_code == 200
    with tenant_context(salon):
        assert texts() == ["For the salon"]


def test_one_apps_signature_opens_no_other_businesss_number(meta, salon_channel, salon, clinic):
    forged = payload(change(number=NUMBER_ID, messages=[text("Forged")]))
    answer = meta.post(forged, path=f"/webhooks/meta/{SALON_ID}/", secret="secret-of-the-salon")
    assert answer.status_code == 403
    beside = payload(change(number=SALON_ID, messages=[text("Mine")]), change(messages=[text("Forged")]))
    assert meta.post(beside, path=f"/webhooks/meta/{SALON_ID}/", secret="secret-of-the-salon").status_code == 200
    assert texts() == [], "nothing reaches the clinic"
    with tenant_context(salon):
        assert texts() == ["Mine"]
    assert meta.post(payload(change(number=SALON_ID, messages=[text()]))).status_code == 403, "nor the other way round"


@pytest.mark.parametrize("signature", ["", "sha256=", "sha256=00", "sha1=abc", "sha256=é", "nonsense"])
def test_an_unsigned_or_wrongly_signed_delivery_is_refused_and_nothing_stored(meta, signature):
    assert meta.post(payload(change(messages=[text()])), signature=signature).status_code == 403
    assert not Message.objects.exists()
    assert not ContactIdentity.objects.exists()


def test_the_signature_is_of_the_raw_bytes(meta):
    body = json.dumps(payload(change(messages=[text("Grüße 👋")]))).encode()
    assert meta.post(json.dumps(json.loads(body), indent=1).encode(), signature=sign(body)).status_code == 403
    assert meta.post(body, signature=sign(body)).status_code == 200


def test_nothing_is_read_before_the_signature_was_checked(meta):
    assert meta.post(b"{", signature=sign(b"x")).status_code == 403
    assert meta.post(b"{").status_code == 400
    assert meta.post(b"[]").status_code == 400
    assert meta.post({"object": "page", "entry": []}).status_code == 400


def test_a_number_that_is_nobodys_is_told_so_and_beside_others_left_out(meta):
    stranger = change(number="999", messages=[text("Nobody's")])
    assert meta.post(payload(stranger)).status_code == 404
    assert meta.post(payload(stranger, change(messages=[text("Ours")]))).status_code == 200
    assert texts() == ["Ours"]


def test_an_unknown_kind_of_channel_is_not_there(meta):
    assert meta.http.post("/webhooks/pigeon/", b"", content_type="text/plain").status_code == 404


# -- batches -----------------------------------------------------------------------------------------------


def test_a_delivery_may_hold_many_messages_and_statuses(meta, clinic):
    given = payload(
        change(messages=[text("One"), text("Two")]),
        change(statuses=[status(new_id(), "sent")]),
        change(messages=[text("Three")]),
    )
    given["entry"].append(given["entry"][0] | {"changes": [change(messages=[text("Four")])]})
    assert meta.post(given).status_code == 200
    assert texts() == ["One", "Two", "Three", "Four"]
    assert len(turns_called_for(clinic)) == 1


def test_one_delivery_may_speak_to_several_businesses(meta, salon_channel, salon):
    with tenant_context(salon):
        type(salon_channel).objects.update(signing_secret="")
    given = payload(change(messages=[text("To the clinic")]), change(number=SALON_ID, messages=[text("To the salon")]))
    assert meta.post(given).status_code == 200
    assert texts() == ["To the clinic"]
    with tenant_context(salon):
        assert texts() == ["To the salon"]


@pytest.mark.parametrize(
    "bad",
    [
        {"id": "wamid.x"},
        {"from": PATIENT, "type": "text"},
        "not an object",
        None,
        17,
        text(timestamp="yesterday"),
        text(timestamp="99999999999"),
        text(id=""),
        text(id=5),
        text(type=["text"]),
        text(text="no object"),
        text(type="image", image={"mime_type": "image/png"}),
        text(type="location", location={"latitude": "north", "longitude": 0}),
        {key: value for key, value in text().items() if key != "from"},
    ],
)
def test_fault_12_one_malformed_item_does_not_lose_the_others(meta, channel, bad):
    given = payload(change(name="", messages=[text("Before"), bad, text("After")]))
    if isinstance(bad, dict) and "from" not in bad:
        del given["entry"][0]["changes"][0]["value"]["contacts"]
    for _ in range(2):
        assert meta.post(given).status_code == 200
    assert texts() == ["Before", "After"]
    kept = UnreadEvent.objects.get()
    assert kept.channel == channel
    assert kept.reason.startswith("messages: ")


@pytest.mark.parametrize(
    "entry",
    [
        None,
        5,
        {},
        {"changes": None},
        {"changes": [None, 1, {"value": None}, {"value": {"metadata": None}}, {"value": {"metadata": {}}}]},
        {"changes": [change(messages={"no": "list"}), change(statuses=5), change(messages=None)]},
        {"changes": [{"field": "account_update", "value": {"event": "VERIFIED_ACCOUNT"}}]},
    ],
)
def test_whatever_else_stands_in_a_delivery_the_messages_are_taken(meta, entry):
    given = payload(change(messages=[text("Here")]))
    given["entry"].insert(0, entry)
    assert meta.post(given).status_code == 200
    assert texts() == ["Here"]


def test_a_business_that_is_being_updated_is_asked_for_again_the_others_are_stored(meta, salon_channel, salon):
    with tenant_context(salon):
        type(salon_channel).objects.update(signing_secret="")
    Business.objects.filter(pk=salon.pk).update(fenced_at=clock.now())
    given = payload(change(number=SALON_ID, messages=[text("Later")]), change(messages=[text("Now")]))
    assert meta.post(given).status_code == 503
    assert texts() == ["Now"]
    Business.objects.filter(pk=salon.pk).update(fenced_at=None)
    assert meta.post(given).status_code == 200
    assert texts() == ["Now"]
    with tenant_context(salon):
        assert texts() == ["Later"]


def test_what_can_not_be_stored_is_asked_for_again_and_loses_no_other(fresh_business):
    """A trigger of the database refuses one of the rows, as a full disk or a lost connection would. With real commits:
    a row that needs no answer is refused there."""
    number, meta = "106540352249999", Meta()
    connect(fresh_business, kind="meta", address=number)
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION refuse_it() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN IF NEW.text = 'Two' THEN RAISE 'full'; END IF; RETURN NEW; END $$"
        )
        cursor.execute(
            "CREATE TRIGGER refuse BEFORE INSERT ON conversations_message FOR EACH ROW EXECUTE FUNCTION refuse_it()"
        )
    given = payload(change(number=number, messages=[text("One"), text("Two"), text("Three")]))
    assert meta.post(given).status_code == 503
    assert texts() == ["One", "Three"]
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER refuse ON conversations_message")
    assert meta.post(given).status_code == 200
    assert texts() == ["One", "Three", "Two"]


def test_the_same_message_counts_once_however_often_it_is_delivered(meta, clinic):
    given = payload(change(messages=[text("Once")]))
    assert [meta.post(given).status_code for _ in range(3)] == [200] * 3
    assert (texts(), Conversation.objects.get().unread) == (["Once"], 1)


# -- what they send ----------------------------------------------------------------------------------------


def test_a_text_is_stored_with_its_sender_and_time(meta, clinic):
    assert meta.says("Can I come on Tuesday?", new_field={"x": 1}).status_code == 200
    message = Message.objects.get()
    identity = message.conversation.identity
    assert (message.text, message.kind, message.sent_at.isoformat()) == (
        "Can I come on Tuesday?",
        "text",
        "2025-11-26T23:33:20+00:00",
    )
    assert (identity.address, identity.phone, identity.contact.profile_name) == (PATIENT, f"+{PATIENT}", "Maria")
    assert message.payload["new_field"] == {"x": 1}
    assert turns_called_for(clinic)


@pytest.mark.parametrize(
    ("fields", "kind", "said"),
    [
        (
            {"type": "image", "image": {"id": "9", "mime_type": "image/jpeg", "caption": "My tooth"}},
            "image",
            "My tooth",
        ),
        ({"type": "audio", "audio": {"id": "9", "mime_type": "audio/ogg; codecs=opus", "voice": True}}, "voice", ""),
        ({"type": "video", "video": {"id": "9", "mime_type": "video/mp4"}}, "video", ""),
        ({"type": "document", "document": {"id": "9", "mime_type": "application/pdf"}}, "document", ""),
        ({"type": "sticker", "sticker": {"id": "9", "mime_type": "image/webp"}}, "sticker", ""),
        ({"type": "location", "location": {"latitude": 53.8, "longitude": -1.5, "name": "Home"}}, "location", "Home"),
        ({"type": "contacts", "contacts": [{"name": {"formatted_name": "Tom"}}]}, "contacts", ""),
        ({"type": "unsupported", "errors": [{"code": 131051, "title": "Unknown"}]}, "unsupported", ""),
        ({"type": "order", "order": {"catalog_id": "1"}}, "unsupported", ""),
        ({"type": "hologram"}, "unsupported", ""),
        ({"text": {"body": " \x00 "}}, "unsupported", " \x00 ".replace("\x00", "")),
    ],
)
def test_fault_13_what_is_no_text_is_stored_under_its_kind_and_answered(meta, clinic, fields, kind, said):
    item = text(**fields)
    if "type" in fields:
        del item["text"]
    assert meta.post(payload(change(messages=[item]))).status_code == 200
    message = Message.objects.get(direction="in")
    assert (message.kind, message.text) == (kind, said)
    assert message.media == ([{"url": "9", "type": fields[fields["type"]]["mime_type"]}] if "9" in str(fields) else [])
    assert bool(message.place) == (kind == "location")
    assert turns_called_for(clinic) or Handoff.objects.exists(), "somebody answers, or people are asked to"


@pytest.mark.parametrize(
    "answer",
    [
        {"type": "interactive", "interactive": {"type": "button_reply", "button_reply": {"id": "a", "title": "Tue"}}},
        {"type": "interactive", "interactive": {"type": "list_reply", "list_reply": {"id": "a", "title": "Tue"}}},
        {"type": "button", "button": {"payload": "a", "text": "Tue"}},
    ],
)
def test_a_tap_is_matched_by_its_id_in_the_message_it_stands_under(meta, answer):
    meta.says()
    conversation = Conversation.objects.get()
    asked = Message.objects.create(
        conversation=conversation,
        channel=conversation.channel,
        direction="out",
        author="assistant",
        text="Which one?",
        choices=[{"id": "a", "title": "Tue", "description": ""}],
        delivery="sent",
        provider_id="wamid.asked",
    )
    item = text(context={"from": "441134960001", "id": "wamid.asked"}, **answer)
    del item["text"]
    meta.post(payload(change(messages=[item])))
    tapped = Message.objects.filter(direction="in").last()
    assert (tapped.text, tapped.choice, tapped.reply_to) == ("Tue", "a", asked)


def test_fault_13_a_reaction_stands_on_its_message_and_asks_for_no_answer(meta, clinic):
    meta.says()
    message = Message.objects.get()
    WorkItem.objects.all().delete()

    def reacts(emoji, sender=PATIENT):
        item = text(type="reaction", reaction={"message_id": message.provider_id, "emoji": emoji}, **{"from": sender})
        del item["text"]
        return meta.post(payload(change(messages=[item]))).status_code

    assert [reacts("👍"), reacts("❤️"), reacts("😡", "447911999999")] == [200] * 3
    assert Reaction.objects.get(message=message).emoji == "❤️", "the newest counts, a stranger's does not"
    assert reacts("") == 200
    assert not Reaction.objects.exists()
    assert Message.objects.count() == 1
    assert not turns_called_for(clinic)


@pytest.mark.parametrize("kind", ["request_welcome", "revoke", "edit"])
def test_what_nobody_said_is_not_stored(meta, kind):
    item = text(type=kind)
    del item["text"]
    assert meta.post(payload(change(messages=[item]))).status_code == 200
    assert not Message.objects.exists()


def test_a_body_that_is_too_large_is_refused(meta):
    assert meta.says("x" * 2_700_000).status_code == 413
