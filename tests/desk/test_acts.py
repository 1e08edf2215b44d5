"""Who has a conversation after what staff did, and what the assistant does then."""

import datetime as dt
import threading

import pytest
from django.db import connection
from django_tenants.utils import tenant_context

from agents.models import Turn
from agents.types import Reply
from conversations import handoffs, outbox, turns
from conversations.models import Conversation, Message
from escalations import acts
from escalations.models import Escalation
from tenants import clock, worklist
from tenants.models import AuditEntry, Business, User, WorkItem
from tests.conversations.conftest import Listener
from tests.desk.scene import Scene

HTMX = {"HX-Request": "true"}


@pytest.fixture
def tom(scene):
    return scene.writes("Tom Becker", "I want to speak to a person")


def test_fault_63_of_two_who_claim_an_escalation_one_owns_it_and_the_other_is_told(fresh_business):
    alice, bob = (User.objects.get(email=f"{name}@clinic.test") for name in ("alice", "bob"))
    scene = Scene(fresh_business)
    escalation = scene.hands_over(scene.writes("Tom Becker", "A person please"))
    start, won, told = threading.Barrier(2, timeout=60), [], []

    def claim(user):
        with tenant_context(fresh_business):
            start.wait(20)
            try:
                acts.take(fresh_business, escalation, user)
                won.append(user.pk)
            except acts.AlreadyTaken as error:
                told.append(error.owner_id)
        connection.close()

    threads = [threading.Thread(target=claim, args=[user]) for user in (alice, bob)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    escalation.refresh_from_db()
    escalation.conversation.refresh_from_db()
    assert won == told == [escalation.owner_id] == [escalation.conversation.staff_id]
    assert AuditEntry.objects.filter(action="escalation.taken", business=fresh_business).count() == 1


def test_of_two_who_take_over_a_conversation_the_second_is_told_who_has_it(alices, bobs, bob, tom):
    bobs.post(f"conversations/{tom.pk}/take-over/")
    answer = alices.post(f"conversations/{tom.pk}/take-over/", headers=HTMX)
    tom.refresh_from_db()
    assert tom.staff_id == bob.pk
    assert "Bob Colleague has this conversation already." in answer["HX-Trigger"]
    plain = alices.post(f"conversations/{tom.pk}/take-over/", follow=True)
    assert "Bob Colleague has this conversation already." in plain.content.decode()


def test_a_conversation_is_taken_from_a_colleague_only_on_purpose(alices, alice, bobs, bob, scene, tom):
    escalation = scene.hands_over(tom)
    bobs.post(f"conversations/{tom.pk}/take-over/")
    alices.post(f"conversations/{tom.pk}/take-over/", {"from": bob.pk})
    tom.refresh_from_db()
    escalation.refresh_from_db()
    assert (tom.staff_id, escalation.owner_id, escalation.status) == (alice.pk, alice.pk, "taken")


def test_the_loser_of_an_escalation_reads_who_has_it(alices, bobs, scene, tom):
    escalation = scene.hands_over(tom)
    bobs.post(f"escalations/{escalation.pk}/take/")
    answer = alices.post(f"escalations/{escalation.pk}/take/", follow=True)
    assert "Bob Colleague was quicker" in answer.content.decode()
    assert answer.redirect_chain == [(f"{alices.business.path}conversations/{tom.pk}/", 302)]


def test_what_was_dealt_with_cannot_be_taken(alices, bobs, scene, tom):
    escalation = scene.hands_over(tom)
    bobs.post(f"conversations/{tom.pk}/resolve/")
    assert "dealt with meanwhile" in alices.post(f"escalations/{escalation.pk}/take/", follow=True).content.decode()
    escalation.refresh_from_db()
    assert escalation.status == "resolved"


def test_taking_over_silences_the_assistant_at_once(clinic, alices, tom):
    outbox.queue(clinic, tom, "Let me see …")
    running = Turn.objects.create(conversation_id=tom.pk, contact_id=tom.contact_id)
    alices.post(f"conversations/{tom.pk}/take-over/")
    running.refresh_from_db()
    assert running.status == Turn.Status.DROPPED
    assert tom.messages.get(author="assistant").delivery == Message.Delivery.WITHHELD
    page = alices.get(f"conversations/{tom.pk}/").content.decode()
    assert "Not sent: the team took over first." in page
    assert "You have this conversation" in page


def test_a_reply_takes_over_and_answers_what_was_written(alices, alice, scene, tom):
    escalation = scene.hands_over(tom)
    scene.writes("Tom Becker", "Hello?")
    answer = alices.post(f"conversations/{tom.pk}/reply/", {"text": "Hello Tom, this is Alice."}, headers=HTMX)
    tom.refresh_from_db()
    escalation.refresh_from_db()
    assert "Hello Tom, this is Alice." in answer.content.decode()
    assert (tom.handling, tom.staff_id, tom.unread) == ("staff", alice.pk, 0)
    assert (escalation.status, escalation.owner_id) == ("taken", alice.pk)
    assert not outbox.unanswered(tom.pk).exists()
    assert tom.messages.get(author="staff").delivery == Message.Delivery.QUEUED


def test_a_colleagues_reply_leaves_the_owner(alices, bobs, bob, tom):
    bobs.post(f"conversations/{tom.pk}/take-over/")
    alices.post(f"conversations/{tom.pk}/reply/", {"text": "Bob is on his way."})
    tom.refresh_from_db()
    assert tom.staff_id == bob.pk


def test_returned_the_assistant_is_asked_only_for_what_comes_next(clinic, alices, scene, tom):
    escalation = scene.hands_over(tom)
    scene.writes("Tom Becker", "Is anybody there?")
    alices.post(f"conversations/{tom.pk}/reply/", {"text": "Yes! It is settled."})
    WorkItem.objects.filter(kind="conversations.turn").delete()
    alices.post(f"conversations/{tom.pk}/return/")
    escalation.refresh_from_db()
    assert (escalation.status, escalation.resolution) == ("resolved", "Returned to the assistant")
    assert not WorkItem.objects.filter(kind="conversations.turn", business_id=clinic.pk).exists()
    scene.writes("Tom Becker", "What are your opening hours?")
    scene.answers(tom)
    assert "Monday 08:30" in tom.messages.filter(author="assistant").last().text


def test_what_nobody_answered_is_the_assistants_when_it_is_returned(clinic, alices, scene, tom):
    scene.hands_over(tom)
    scene.writes("Tom Becker", "What are your opening hours?")
    alices.post(f"conversations/{tom.pk}/return/")
    assert WorkItem.objects.filter(kind="conversations.turn", object_id=tom.pk, business_id=clinic.pk).exists()


@pytest.mark.parametrize("verb", ["return", "resolve"])
def test_what_is_done_already_is_said_and_changes_nothing(alices, scene, tom, verb):
    alices.post(f"conversations/{tom.pk}/resolve/")
    answer = alices.post(f"conversations/{tom.pk}/{verb}/", follow=True)
    assert "already." in answer.content.decode()
    assert tom.events.count() == 1


def test_a_conversation_that_was_taken_before_its_escalation_opened_is_not_announced_again(clinic, bob, scene, tom):
    handoff = handoffs.hand_over(clinic, tom, "customer_request")
    acts.take_over(clinic, tom, bob)
    escalation = scene.escalation_of(handoff.pk)
    assert (escalation.status, escalation.owner_id) == ("taken", bob.pk)
    assert not WorkItem.objects.filter(kind="escalations.notify").exists()


def test_one_that_was_returned_before_it_opened_is_resolved(clinic, bob, scene, tom):
    handoff = handoffs.hand_over(clinic, tom, "customer_request")
    handoffs.return_to_assistant(clinic, tom, bob)
    assert scene.escalation_of(handoff.pk).status == "resolved"


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "Write something first."), (" \n ", "Write something first."), ("x" * 4001, "at most 4,000 characters")],
)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_reply_that_cannot_be_sent_is_kept_and_says_why(alices, tom, text, said, headers):
    answer = alices.post(f"conversations/{tom.pk}/reply/", {"text": text}, headers=headers)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert text.strip() in answer.content.decode()
    assert answer.headers.get("HX-Retarget") == ("#composer" if headers else None)
    assert not tom.messages.filter(author="staff").exists()


def test_null_bytes_in_a_reply_are_refused(alices, tom):
    assert alices.post(f"conversations/{tom.pk}/reply/", {"text": "a\x00b"}).status_code == 422


def test_outside_whatsapps_day_nothing_is_sent_and_nothing_typed_is_lost(alices, tom):
    Conversation.objects.update(last_inbound_at=clock.now() - dt.timedelta(hours=25))
    answer = alices.post(f"conversations/{tom.pk}/reply/", {"text": "A long explanation"}, headers=HTMX)
    assert answer.status_code == 422
    assert "24 hours ended meanwhile" in answer.content.decode()
    assert "A long explanation" in answer.content.decode()
    assert 'id="reply"' not in alices.get(f"conversations/{tom.pk}/").content.decode(), (
        "a note can be kept, nothing sent"
    )


def test_only_posts_change_anything(alices, tom):
    for path in ("take-over", "return", "resolve", "reply"):
        assert alices.get(f"conversations/{tom.pk}/{path}/").status_code == 405
    assert Escalation.objects.count() == 0
    assert not tom.events.exists()


def test_a_suspended_desk_can_be_read(clinic, alices, scene, tom):
    clinic.status = clinic.Status.SUSPENDED
    clinic.save()
    page = alices.get(f"conversations/{tom.pk}/")
    assert page.status_code == 200
    assert "act-take-over" not in page.content.decode()
    assert "Nothing can be sent while the business is suspended." in page.content.decode()
    tom.refresh_from_db()
    assert tom.unread == 1


def test_a_reply_box_that_is_still_shut_is_left_alone(clinic, alices, scene, tom):
    path = f"conversations/{tom.pk}/composer/?shut=window"
    assert "Your reply" in alices.get(path).content.decode()
    Conversation.objects.filter(pk=tom.pk).update(last_inbound_at=clock.now() - dt.timedelta(hours=25))
    assert alices.get(path).status_code == 204
    Business.objects.filter(pk=clinic.pk).update(status=Business.Status.SUSPENDED)
    assert alices.get(path).status_code == 200


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
