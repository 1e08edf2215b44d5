"""Typing and read receipts are a switch and hold nothing up; the business's address goes as a pin or in words."""

import base64
import datetime as dt
import json

import pytest

from calendar_sync.models import Location
from conversations import handoffs, inbox, outbox, read_signs
from conversations.delivery import deliver
from conversations.events_in import InboundMessage
from conversations.models import Channel, Conversation, Message
from tenants import tidings
from tests.conversations.conftest import NUMBER, PATIENT, OutsideClient, lease_for
from tests.media.conftest import META_NUMBER

QUEUE = "frontdesk"


@pytest.fixture
def rings(django_capture_on_commit_callbacks):
    """`rings(act)` → what of the signs Celery was rung for while `act` ran, as it stands in its queue."""

    def during(act):
        tidings.client().delete(QUEUE)
        with django_capture_on_commit_callbacks(execute=True):
            act()
        rung = map(json.loads, reversed(tidings.client().lrange(QUEUE, 0, -1)))
        tidings.client().delete(QUEUE)
        return [each for each in rung if each["headers"]["task"] == read_signs.SIGN]

    return during


def ids_of(rung):
    return tuple(json.loads(base64.b64decode(rung["body"]))[0])


def switch(channel, **signs):
    Channel.objects.filter(pk=channel.pk).update(**signs)
    channel.refresh_from_db()


def typed_at(sandbox, vendor):
    """The vendor's requests that show a sign."""
    if vendor == "twilio":
        return [each for each in sandbox.log("twilio") if each["path"].endswith("/Indicators/Typing.json")]
    return [each for each in sandbox.log("meta") if '"status": "read"' in each["body"]]


@pytest.fixture
def at_meta(clinic, meta_channel, sandbox):
    sandbox.post("/meta/numbers", {"number": META_NUMBER, "id": meta_channel.address})
    sent = sandbox.post("/patient/send", {"from": PATIENT, "to": META_NUMBER, "body": "Hello", "deliver": False})
    return inbox.receive(
        clinic,
        meta_channel,
        InboundMessage(
            channel_address=meta_channel.address,
            from_address="447911123456",
            phone="+447911123456",
            profile_name="Maria",
            provider_id=sent["sid"],
            kind="text",
            text="Hello",
        ),
    )


@pytest.fixture
def at_twilio(write, sandbox):
    sent = sandbox.post("/patient/send", {"from": PATIENT, "to": NUMBER, "body": "Hello", "deliver": False})
    return write("Hello", provider_id=sent["sid"])


def test_the_bell_rings_when_the_turn_begins_and_only_where_it_is_switched_on(clinic, channel, write, rings):
    assert rings(lambda: write("Hello")) == []
    switch(channel, shows_typing=True)
    before = dt.datetime.now(dt.UTC)
    [rung] = rings(lambda: write("Are you there?"))
    assert ids_of(rung) == (clinic.pk, Message.objects.latest("pk").pk)
    due = dt.datetime.fromisoformat(rung["headers"]["eta"]) - dt.timedelta(seconds=clinic.quiet_window)
    assert before <= due <= dt.datetime.now(dt.UTC)


def test_staff_have_it_so_nobody_seems_to_type(clinic, channel, write, rings, conversation, alice):
    switch(channel, shows_typing=True, marks_read=True)
    handoffs.take_over(clinic, conversation, alice)
    assert rings(lambda: write("Hello?")) == []


@pytest.mark.parametrize(
    ("signs", "shown"),
    [
        ({"shows_typing": True}, '"typing_indicator"'),
        ({"marks_read": True}, '"status": "read"'),
        ({}, ""),
    ],
)
def test_meta_is_told_what_is_switched_on(clinic, at_meta, meta_channel, sandbox, signs, shown):
    switch(meta_channel, **signs)
    read_signs.show(clinic, at_meta.pk)
    asked = typed_at(sandbox, "meta")
    assert len(asked) == bool(signs)
    assert all(shown in each["body"] for each in asked)
    assert all(("typing" in each["body"]) == ("shows_typing" in signs) for each in asked)


def test_twilio_shows_typing_by_its_own_address_and_reads_with_it_alone(clinic, at_twilio, channel, sandbox):
    switch(channel, marks_read=True)
    read_signs.show(clinic, at_twilio.pk)
    assert typed_at(sandbox, "twilio") == []
    switch(channel, shows_typing=True)
    read_signs.show(clinic, at_twilio.pk)
    [asked] = typed_at(sandbox, "twilio")
    assert f"messageId={at_twilio.provider_id}" in asked["body"]
    assert sandbox.get("/patient/messages", phone=PATIENT, number=NUMBER)["typing"]


def test_only_the_newest_message_that_waits_for_the_assistant_shows_a_sign(clinic, at_twilio, channel, sandbox, write):
    switch(channel, shows_typing=True)
    write("and one more thing")
    read_signs.show(clinic, at_twilio.pk)
    newest = Message.objects.latest("pk")
    Message.objects.filter(pk=newest.pk).update(answered_by=0)
    read_signs.show(clinic, newest.pk)
    Message.objects.filter(pk=newest.pk).update(answered_by=None)
    Conversation.objects.update(handling="staff")
    read_signs.show(clinic, newest.pk)
    read_signs.show(clinic, 999_999)
    assert typed_at(sandbox, "twilio") == []


def test_a_vendor_that_refuses_is_counted_and_nothing_else_happens(clinic, at_twilio, channel, sandbox):
    switch(channel, shows_typing=True)
    sandbox.fault(vendor="twilio", kind="status", status=500, path="Typing.json")
    read_signs.show(clinic, at_twilio.pk)
    channel.refresh_from_db()
    assert channel.signs_failed == 1
    assert Message.objects.get(pk=at_twilio.pk).answered_by is None


def test_opening_a_thread_marks_as_read_where_that_is_switched_on(clinic, meta_channel, at_meta, bobs, rings):
    path = f"conversations/{at_meta.conversation_id}/"
    switch(meta_channel, marks_read=True)
    assert [ids_of(each)[1] for each in rings(lambda: bobs.get(path))] == [at_meta.pk]
    assert rings(lambda: bobs.get(path)) == [], "it had been read"


def test_the_switches_of_a_number_are_in_its_settings(clinic, channel, meta_channel, alice):
    desk = OutsideClient()
    desk.force_login(alice)
    page = desk.get("/b/bright-smile/settings/channels/").content.decode()
    assert "together with “typing…” only." in page
    for each in (channel, meta_channel):
        switch(each, signs_failed=3)
        path = f"/b/bright-smile/settings/channels/{each.pk}/signs/"
        desk.post(path, {"shows_typing": "on", "marks_read": "on"})
        each.refresh_from_db()
    assert (channel.shows_typing, channel.marks_read) == (True, False), "Twilio can't"
    assert (meta_channel.shows_typing, meta_channel.marks_read, meta_channel.signs_failed) == (True, True, 0)
    desk.post(path, {})
    meta_channel.refresh_from_db()
    assert not meta_channel.shows_typing


# -- places ---------------------------------------------------------------------------------------------------


@pytest.fixture
def location(clinic):
    found = Location.objects.order_by("pk").first()
    found.name, found.address, found.directions = "Bright Smile", "12 Park Row, Leeds|LS1", "Ring twice."
    found.save()
    return found


def send(clinic, conversation):
    rows = list(conversation.messages.filter(direction="out").order_by("pk"))
    for each in rows:
        deliver(clinic, each.pk, lease_for(clinic, outbox.DELIVER, each.pk))
    return rows


def test_without_coordinates_the_address_goes_in_words(clinic, bobs, conversation, location):
    assert bobs.post(f"conversations/{conversation.pk}/address/{location.pk}/").status_code == 302
    [message] = conversation.messages.filter(direction="out")
    assert (message.kind, message.text) == ("text", "Bright Smile\n12 Park Row, Leeds|LS1\nRing twice.")
    conversation.refresh_from_db()
    assert conversation.handling == "staff"


def test_with_them_it_is_a_pin_at_meta(clinic, bobs, at_meta, sandbox, location):
    Location.objects.update(latitude=53.7996, longitude=-1.5491)
    bobs.post(f"conversations/{at_meta.conversation_id}/address/{location.pk}/")
    pin, way = send(clinic, at_meta.conversation)
    [given, _] = [each["given"] for each in sandbox.get("/meta/messages")["messages"]]
    assert given["location"] == {
        "latitude": "53.799600",
        "longitude": "-1.549100",
        "name": "Bright Smile",
        "address": "12 Park Row, Leeds|LS1",
    }
    assert (pin.kind, way.text) == ("location", "Ring twice.")
    page = bobs.get(f"conversations/{at_meta.conversation_id}/thread/").content.decode()
    assert "mlat=53.799600&amp;mlon=-1.549100" in page


def test_with_them_it_is_a_pin_at_twilio(clinic, bobs, at_twilio, sandbox, location):
    Location.objects.update(latitude=53.7996, longitude=-1.5491)
    bobs.post(f"conversations/{at_twilio.conversation_id}/address/{location.pk}/")
    send(clinic, at_twilio.conversation)
    first = sandbox.get("/patient/messages", phone=PATIENT, number=NUMBER)["messages"][1]
    assert first["body"] == "Bright Smile"
    assert first["fields"] == {"MessageType": "location", "Latitude": "53.799600", "Longitude": "-1.549100"}


def test_another_businesses_place_and_a_shut_window_send_nothing(clinic, bobs, conversation, location):
    assert bobs.post(f"conversations/{conversation.pk}/address/999999/").status_code == 404
    Conversation.objects.update(last_inbound_at=None)
    bobs.post(f"conversations/{conversation.pk}/address/{location.pk}/")
    assert not conversation.messages.filter(direction="out").exists()


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("53.7996, -1.5491", (53.7996, -1.5491)),
        ("53.7996 -1.5491", (53.7996, -1.5491)),
        ("0,0", (0.0, 0.0)),
        ("", (None, None)),
        ("Leeds", "Two numbers with a comma"),
        ("91, 0", "There is no such place"),
        ("1, 181", "There is no such place"),
        ("nan, 1", "Two numbers with a comma"),
        ("1", "Two numbers with a comma"),
    ],
)
def test_coordinates_are_typed_as_a_map_shows_them(location, text, kept):
    from calendar_sync.pages.hours_forms import LocationForm

    form = LocationForm({"name": "Here", "coordinates": text}, instance=location)
    if isinstance(kept, str):
        assert kept in str(form.errors["coordinates"])
        return
    assert form.is_valid(), form.errors
    form.save()
    location.refresh_from_db()
    assert (location.latitude, location.longitude) == kept
    shown = LocationForm(instance=location)["coordinates"].value()
    assert shown == (f"{kept[0]}, {kept[1]}" if kept[0] is not None else None)
