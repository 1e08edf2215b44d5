"""Other programs are told of news: signed, in order, again when it fails; and led nowhere else."""

import base64
import datetime as dt
import hashlib
import hmac
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from escalations import acts
from escalations.models import Notice, WebhookDelivery, WebhookEndpoint, WebhookEvent
from escalations.webhooks import delivering, endpoints, guard, news, posting, signing
from tenants import clock, worklist
from tenants.models import WorkItem
from tests.api.conftest import refused

State = WebhookDelivery.State


class Receiver:
    """A program on loopback: keeps what it is sent and answers as it is told."""

    def __init__(self):
        self.got, self.status, self.headers = [], 204, {}
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.got.append((self.path, dict(self.headers), body))
                self.send_response(receiver.status)
                for name, value in receiver.headers.items():
                    self.send_header(name, value)
                self.end_headers()

            def log_message(self, *args):
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook?a=1"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def told(self):
        return [json.loads(body) for _, _, body in self.got]


@pytest.fixture
def receiver(settings):
    settings.WEBHOOKS_TO_PRIVATE_ADDRESSES = True
    receiver = Receiver()
    yield receiver
    receiver.server.shutdown()
    receiver.server.server_close()


@pytest.fixture
def endpoint(clinic, receiver, alice):
    return endpoints.add(clinic, receiver.url, [], by=alice, maker_id=alice.pk)


def feeds(business):
    """What the worker does when it is rung for the feed."""
    lease = worklist.claim(business.pk, news.FEED, news.FEED_ID, early=True)
    if lease is not None:
        news.claim(business, lease)


def delivers(business, endpoint):
    lease = worklist.claim(business.pk, news.DELIVER, endpoint.pk, early=True)
    if lease is not None:
        delivering.deliver(business, endpoint.pk, lease)


def signature(secret, headers, body):
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def test_the_signature_is_the_specifications(clinic):
    # The example of the Standard Webhooks specification's libraries.
    told = signing.headers(
        ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}'
    )
    assert told["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_it_is_told_of_what_happens_and_of_nobody(clinic, scene, endpoint, receiver, program, tom, free_time, alice):
    made = program.sends("appointments", {"contact": tom.pk, "slot": free_time(tom)["slot"]}).json()
    program.sends(f"appointments/{made['id']}/cancel")
    rosa = scene.writes("Rosa Diaz", "I have a terrible toothache", phone="+447911123456")
    scene.hands_over(rosa)
    acts.take_over(clinic, rosa, alice)
    acts.resolve(clinic, rosa, alice)
    for _ in range(2):
        feeds(clinic)
        delivers(clinic, endpoint)
    kinds = [each["type"] for each in receiver.told]
    assert sorted(kinds) == [
        "appointment.booked",
        "appointment.cancelled",
        "escalation.opened",
        "escalation.resolved",
        "escalation.taken",
        "message.received",
    ]
    booked = next(each for each in receiver.told if each["type"] == "appointment.booked")
    assert booked["data"] == {"appointment": made["id"], "patient": made["patient"], "contact": tom.pk}
    for _, headers, body in receiver.got:
        assert headers["webhook-signature"] == signature(endpoint.secret, headers, body)
        for word in (b"Rosa", b"Becker", b"tooth", b"447911123456"):
            assert word not in body
    assert len({headers["webhook-id"] for _, headers, _ in receiver.got}) == 6
    assert set(WebhookDelivery.objects.values_list("state", flat=True)) == {State.DONE}


def test_what_was_there_before_is_no_news(clinic, scene, receiver, alice):
    scene.writes("Rosa", "Hello")
    endpoint = endpoints.add(clinic, receiver.url, [], by=alice, maker_id=alice.pk)
    feeds(clinic)
    assert not WebhookEvent.objects.exists()
    endpoints.pause(clinic, endpoint, by=alice)
    feeds(clinic)
    assert not WorkItem.objects.filter(business=clinic, kind=news.FEED).exists(), "nobody listens: the feed rests"
    scene.writes("Rosa", "Anybody there?")
    endpoints.resume(clinic, endpoint, by=alice)
    feeds(clinic)
    assert not WebhookEvent.objects.exists()


def test_a_row_that_becomes_visible_late_is_told_too(clinic, scene, endpoint):
    late = scene.writes("Rosa", "Hello").messages.get()
    scene.writes("Tom", "Hello")
    feeds(clinic)
    WebhookEvent.objects.filter(source=f"message:{late.pk}").delete()  # as if it had not been committed yet
    feeds(clinic)
    assert WebhookEvent.objects.filter(source=f"message:{late.pk}").count() == 1


def test_only_what_was_chosen_is_told(clinic, scene, receiver, alice):
    endpoint = endpoints.add(clinic, receiver.url, ["appointment.booked"], by=alice, maker_id=alice.pk)
    scene.writes("Rosa", "Hello")
    feeds(clinic)
    delivers(clinic, endpoint)
    assert receiver.got == []


def test_a_failed_one_is_tried_for_three_days_then_dead_then_replayed(clinic, endpoint, receiver):
    receiver.status = 500
    delivery = endpoints.test(clinic, endpoint)
    began = now = clock.now()
    while True:
        with clock.pinned(now):
            delivers(clinic, endpoint)
        delivery.refresh_from_db()
        if delivery.state == State.DEAD:
            break
        assert delivery.error == "It answered 500."
        now = delivery.next_at
        WebhookEndpoint.objects.update(failing_since=now)  # else it would be paused first
    assert delivery.attempts == len(delivering.WAITS) + 1 == len(receiver.got)
    assert dt.timedelta(days=2.4) < now - began < dt.timedelta(days=3.9)
    receiver.status = 200
    endpoints.replay_dead(clinic, endpoint)
    delivers(clinic, endpoint)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == (State.DONE, 1)
    ids = {headers["webhook-id"] for _, headers, _ in receiver.got}
    assert len(ids) == 1, "the same event has the same id however often it is sent"


def test_an_endpoint_that_fails_for_days_is_paused_and_people_are_told(clinic, endpoint, receiver, alice):
    receiver.status = 503
    delivery = endpoints.test(clinic, endpoint)
    delivers(clinic, endpoint)
    endpoint.refresh_from_db()
    assert endpoint.active
    with clock.pinned(clock.now() + dt.timedelta(days=3, minutes=1)):
        delivers(clinic, endpoint)
    endpoint.refresh_from_db()
    assert not endpoint.active
    assert [each.staff_id for each in Notice.objects.filter(kind="problem")] == [alice.pk]
    receiver.status = 200
    endpoints.resume(clinic, endpoint, by=alice)
    with clock.pinned(clock.now() + dt.timedelta(days=4)):
        delivers(clinic, endpoint)
    delivery.refresh_from_db()
    endpoint.refresh_from_db()
    assert (delivery.state, endpoint.failing_since) == (State.DONE, None)


def test_whoever_is_gone_is_told_no_more(clinic, endpoint, receiver):
    receiver.status = 410
    endpoints.test(clinic, endpoint)
    delivers(clinic, endpoint)
    assert not WebhookEndpoint.objects.get().active


def test_they_may_ask_for_time(clinic, endpoint, receiver):
    receiver.status, receiver.headers = 429, {"Retry-After": "900"}
    delivery = endpoints.test(clinic, endpoint)
    now = clock.now()
    with clock.pinned(now):
        delivers(clinic, endpoint)
    delivery.refresh_from_db()
    assert delivery.next_at == now + dt.timedelta(seconds=900)


def test_after_a_rotation_both_secrets_sign_for_a_day(clinic, endpoint, receiver, alice):
    old = endpoint.secret
    endpoints.rotate(clinic, endpoint, by=alice)
    for hours in (1, 25):
        endpoints.test(clinic, endpoint)
        with clock.pinned(clock.now() + dt.timedelta(hours=hours)):
            delivers(clinic, endpoint)
    endpoint.refresh_from_db()
    (_, first, body), (_, second, later) = receiver.got
    both = [signature(secret, first, body) for secret in (endpoint.secret, old)]
    assert first["webhook-signature"].split(" ") == both
    assert second["webhook-signature"] == signature(endpoint.secret, second, later)


def test_a_redirect_is_not_followed(clinic, endpoint, receiver):
    receiver.status, receiver.headers = 302, {"Location": receiver.url}
    delivery = endpoints.test(clinic, endpoint)
    delivers(clinic, endpoint)
    delivery.refresh_from_db()
    assert (len(receiver.got), delivery.state, delivery.status) == (1, State.WAITING, 302)


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/",
        "ftp://example.com/",
        "https://",
        "https://user:word@127.0.0.1/",
        "https://localhost/",
        "https://127.0.0.1/",
        "https://127.1/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://0.0.0.0/",
        "https://10.1.2.3/",
        "https://172.16.0.1:8443/",
        "https://192.168.1.1/",
        "https://169.254.169.254/latest/meta-data/",
        "https://100.64.0.1/",
        "https://224.0.0.1/",
        "https://[::1]/",
        "https://[::]/",
        "https://[fe80::1]/",
        "https://[fd00::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://[64:ff9b::a00:1]/",
        "https://[2002:a00:1::]/",
        "https://example.com:99999/",
        "https://exa mple.com/",
        "https://ex\u00e4mple.com/",
        "https://no-such-host.invalid/",
        "https://[::1/",
        "https://" + "a" * 600,
    ],
)
def test_a_webhook_leads_nowhere_inside(db, url):
    with pytest.raises(guard.AddressRefused):
        guard.target_of(url)
    assert posting.post(url, {}, b"").status is None


@pytest.mark.parametrize(
    ("address", "public"),
    [("8.8.8.8", True), ("2606:4700::1111", True), ("::ffff:8.8.8.8", True), ("::ffff:10.0.0.1", False)],
)
def test_which_addresses_are_public(address, public):
    assert guard.is_public(address) is public


def test_the_address_that_was_looked_at_is_the_one_that_is_called(receiver):
    target = guard.target_of(receiver.url)
    moved = guard.Target(host="example.com", ip=target.ip, port=target.port, path="/hook", secure=False)
    connection = posting._Pinned(moved)
    connection.request("POST", "/hook", b"{}", {})
    assert connection.getresponse().status == 204
    connection.close()
    assert receiver.got[0][1]["Host"] == f"example.com:{target.port}"


def test_programs_add_change_and_remove_webhooks(program, clinic, receiver):
    made = program.sends("webhooks", {"url": receiver.url, "kinds": ["appointment.booked"]}).json()
    assert made["secret"].startswith("whsec_")
    assert "secret" not in program.get(f"webhooks/{made['id']}").json()
    changed = program.sends(f"webhooks/{made['id']}", {"kinds": [], "active": False}, method="PATCH").json()
    assert (changed["kinds"], changed["active"]) == ([], False)
    refused(program.sends(f"webhooks/{made['id']}/test"), 409, "paused")
    program.sends(f"webhooks/{made['id']}", {"active": True}, method="PATCH")
    sent = program.sends(f"webhooks/{made['id']}/test")
    assert (sent.status_code, sent.json()["state"]) == (202, "waiting")
    delivers(clinic, WebhookEndpoint.objects.get())
    listed = program.get(f"webhooks/{made['id']}/deliveries", {"state": "done"}).json()["data"]
    assert [each["event"] for each in listed] == [sent.json()["event"]]
    again = program.sends(f"webhooks/{made['id']}/deliveries/{listed[0]['id']}/replay")
    assert again.json()["state"] == "waiting"
    assert program.delete(f"webhooks/{made['id']}").status_code == 204
    refused(program.sends("webhooks", {"url": "ftp://example.com/"}), 422, "invalid")
    refused(program.sends("webhooks", {"url": receiver.url, "kinds": ["tooth.pulled"]}), 422, "invalid")


def test_there_are_ten_at_most(program, receiver):
    for _ in range(endpoints.MOST):
        assert program.sends("webhooks", {"url": receiver.url}).status_code == 201
    refused(program.sends("webhooks", {"url": receiver.url}), 409, "too_many")


def test_the_pages_of_webhooks(alices, bobs, clinic, receiver):
    assert "No webhooks yet" in alices.get("settings/webhooks/").content.decode()
    wrong = alices.post("settings/webhooks/", {"url": "ftp://example.com"})
    assert wrong.status_code == 422
    assert "It has to begin with https://" in wrong.content.decode()
    alices.post("settings/webhooks/", {"url": receiver.url, "kinds": ["message.received"]})
    endpoint = WebhookEndpoint.objects.get()
    here = f"settings/webhooks/{endpoint.pk}/"
    assert "Nothing was sent yet" in alices.get(here).content.decode()
    receiver.status = 500
    alices.post(f"{here}test/")
    delivers(clinic, endpoint)
    assert "It answered 500." in alices.get(here).content.decode()
    WebhookDelivery.objects.update(state=State.DEAD, next_at=None)
    assert "Given up: 1" in alices.get(here).content.decode()
    alices.post(f"{here}replay/")
    assert WebhookDelivery.objects.get().state == State.WAITING
    alices.post(f"{here}replay/", {"delivery": WebhookDelivery.objects.get().pk})
    for act, active in (("pause", False), ("resume", True), ("rotate", True)):
        alices.post(f"{here}{act}/")
        assert WebhookEndpoint.objects.get().active is active
    assert WebhookEndpoint.objects.get().old_secret == endpoint.secret
    alices.post(here, {"url": receiver.url})
    assert WebhookEndpoint.objects.get().kinds == []
    for path in ("settings/webhooks/", here):
        assert bobs.get(path).status_code == 404
    alices.post(f"{here}remove/", {"typed": "yes"})
    assert WebhookEndpoint.objects.exists()
    alices.post(f"{here}remove/", {"typed": "remove"})
    assert not WebhookEndpoint.objects.exists()
