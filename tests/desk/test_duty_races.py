"""Several at once, and killed in between: one owner, one place given away once, one word to the patient, one notice."""

import threading
from functools import partial
from pathlib import Path

import pytest
from django.db import connection
from django_tenants.utils import tenant_context

from conversations import handoffs
from conversations.models import Conversation, Message, StaffPhone
from escalations import acts, opening
from escalations.models import Escalation, Notice, PushSubscription, ServiceLevel, StaffState
from escalations.tasks import look_at_clock, open_escalation
from escalations.telling import notices
from tenants import clock
from tenants.models import Membership, Role, User, WorkItem
from tests.crash.work import do_what_is_due
from tests.crash.workers import killed_at
from tests.desk.scene import Scene
from tests.vendors import TWILIO_SID, TWILIO_TOKEN

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def people():
    return {name: User.objects.get(email=f"{name}@clinic.test") for name in ("alice", "bob")}


@pytest.fixture
def scene(fresh_business, people):
    Membership.objects.create(user=people["bob"], business=fresh_business, role=Role.STAFF)
    with tenant_context(fresh_business):
        yield Scene(fresh_business)


def at_once(business, *acts_of_each):
    """Each in a thread and a connection of its own, begun together; what each raised or None."""
    start, raised = threading.Barrier(len(acts_of_each), timeout=60), [None] * len(acts_of_each)

    def run(place, act):
        try:
            with tenant_context(business):
                start.wait()
                act()
        except Exception as error:  # noqa: BLE001 (told by the list)
            raised[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(acts_of_each)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return raised


def test_fault_63_two_staff_claim_one_escalation_at_the_same_moment_and_one_owns_it(scene, fresh_business, people):
    for number in range(5):
        escalation = scene.hands_over(scene.writes(f"Tom {number}", "Hello"))
        raised = at_once(
            fresh_business, *(partial(acts.take, fresh_business, escalation, each) for each in people.values())
        )
        assert [type(each) for each in raised if each is not None] == [acts.AlreadyTaken]
        found = Escalation.objects.get(pk=escalation.pk)
        conversation = Conversation.objects.get(pk=escalation.conversation_id)
        assert found.owner_id == conversation.staff_id
        assert conversation.events.filter(act="taken_over").count() == 1


def test_the_last_place_of_a_person_is_given_away_once(scene, fresh_business, people):
    ServiceLevel.objects.create(way="in_turn")
    for user in people.values():
        StaffState.objects.create(staff_id=user.pk, capacity=2)
    handed = []
    for number in range(8):
        conversation = scene.writes(f"Patient {number}", "Hello")
        handed.append(handoffs.hand_over(fresh_business, conversation, "customer_request").pk)
    raised = at_once(fresh_business, *(partial(open_escalation.body, fresh_business, pk) for pk in handed))
    assert raised == [None] * 8
    owners = list(Escalation.objects.order_by("owner_id").values_list("owner_id", flat=True))
    alice, bob = people["alice"].pk, people["bob"].pk
    assert owners == [*sorted([alice, alice, bob, bob]), None, None, None, None]


def test_two_workers_look_at_one_clock_and_the_patient_is_told_once(scene, fresh_business, people):
    ServiceLevel.objects.create(way="in_turn", give_on_minutes=1)
    tom = scene.writes("Tom", "Hello")
    escalation = scene.hands_over(tom)
    long_ago = clock.now() - 10 * opening.clocks.margin(240)
    Escalation.objects.filter(pk=escalation.pk).update(opened_at=long_ago, taken_at=long_ago)
    WorkItem.objects.filter(business=fresh_business).update(due_at=long_ago)
    look = partial(look_at_clock.body, fresh_business, escalation.pk)
    assert at_once(fresh_business, look, look, look) == [None] * 3
    assert tom.messages.filter(author=Message.Author.SYSTEM).count() == 1
    assert Escalation.objects.get(pk=escalation.pk).given_on == 1


@pytest.mark.parametrize("place", ["notice.on_whatsapp", "notice.sent:1", "notice.sent:2"])
def test_a_worker_killed_while_telling_leaves_one_notice_by_each_way(
    scene, fresh_business, people, sandbox, settings, place
):
    settings.TWILIO_ACCOUNT_SID, settings.TWILIO_AUTH_TOKEN = TWILIO_SID, TWILIO_TOKEN
    settings.VAPID_PRIVATE_KEY = "q6n1b8kmS7wYQ1c2d3e4f5g6h7i8j9k0l1m2n3o4p5A="
    settings.WEBHOOKS_TO_PRIVATE_ADDRESSES = True
    bob, tom = people["bob"], scene.writes("Tom", "Hello")
    Membership.objects.filter(business=fresh_business).update(notify_by_email=False)
    StaffState.objects.create(staff_id=bob.pk, tell_by_whatsapp=True)
    number = "whatsapp:+447911555009"
    StaffPhone.objects.create(
        staff_id=bob.pk, kind="twilio", address=number, verified_at=clock.now(), last_inbound_at=clock.now()
    )
    sandbox.post("/twilio/window", {"from": number, "to": scene.channel.address})
    made = sandbox.post("/push/browsers", {})
    PushSubscription.objects.create(staff_id=bob.pk, **{name: made[name] for name in ("endpoint", "p256dh", "auth")})
    WorkItem.objects.filter(business=fresh_business).delete()
    notices.tell(fresh_business, "assigned", [bob.pk], conversation_id=tom.pk)

    more = {"VAPID_PRIVATE_KEY": settings.VAPID_PRIVATE_KEY, "EMAIL_URL": settings.EMAIL_URL}
    assert killed_at(place, WEBHOOKS_TO_PRIVATE_ADDRESSES="true", **more)
    WorkItem.objects.update(leased_until=None)  # as it is once the lease has run out
    with tenant_context(fresh_business):
        do_what_is_due()

    connection.set_tenant(fresh_business)
    pushed = sandbox.get("/push/messages")["messages"]
    assert len({each["shown"]["tag"] for each in pushed}) == 1, "copies show as one"
    seen = sandbox.get("/patient/messages", phone=number)["messages"]
    assert len([each for each in seen if each["by"] == "business"]) <= 1
    assert not WorkItem.objects.filter(business=fresh_business, kind=notices.TELL).exists()
    assert set(Notice.objects.get().ways) >= {"push", "whatsapp"}
