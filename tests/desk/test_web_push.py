"""Notices on a browser that is shut: Web Push."""

import datetime as dt

import pytest

from escalations.models import Notice, PushSubscription
from escalations.telling import notices, push_encryption, vapid
from tenants import worklist
from tenants.models import WorkItem
from tests.desk.told import mailed


@pytest.fixture
def tom(scene):
    return scene.writes("Tom Becker", "My card is 4111 1111 1111 1111")


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
