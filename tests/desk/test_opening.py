"""From handoff to escalation to mail."""

import datetime as dt

import pytest
from django.core import mail

from conversations import handoffs
from escalations.models import Escalation, Notice
from escalations.tasks import open_escalation
from tenants import clock, worklist
from tenants.models import Membership, WorkItem


@pytest.fixture
def tom(scene):
    return scene.writes("Tom Becker", "My card is 4111 1111 1111 1111, call me on 07700 900321", phone="+447700900321")


def test_a_handoff_opens_one_escalation_however_often_it_is_rung(clinic, scene, tom):
    handoff = handoffs.hand_over(clinic, tom, "red_flag", "chest pain")
    for _ in range(3):
        open_escalation.body(clinic, handoff.pk)
    escalation = Escalation.objects.get()
    assert (escalation.handoff_id, escalation.status, escalation.opened_at) == (handoff.pk, "open", handoff.at)
    assert WorkItem.objects.filter(kind="escalations.notify", object_id=escalation.pk).count() == 1
    assert not WorkItem.objects.filter(kind="escalations.open").exists()


def test_staff_get_one_mail_each_without_a_word_about_the_patient(clinic, scene, tom):
    escalation = scene.hands_over(tom, "customer_request", "Tom Becker wants to speak about his bill")
    for _ in range(3):
        scene.mails(escalation)
        WorkItem.objects.filter(kind__in=["escalations.notify", "escalations.tell"]).delete()
        worklist.call_for(clinic.pk, "escalations.notify", escalation.pk)
        for notice in Notice.objects.all():
            worklist.call_for(clinic.pk, "escalations.tell", notice.pk)
    assert sorted(each.recipients() for each in mail.outbox) == [["alice@clinic.test"], ["bob@clinic.test"]]
    for sent in mail.outbox:
        whole = sent.message().as_string()
        assert f"/b/bright-smile/conversations/{tom.pk}/" in sent.body
        assert "asked for a person" in sent.body
        for private in ("Tom", "Becker", "bill", "4111 1111", "900321"):
            assert private not in whole


def test_who_switched_it_off_gets_none(clinic, scene, tom, bobs, bob):
    assert "notify_by_email" in bobs.get("settings/notifications/").content.decode()
    bobs.post("settings/notifications/", {})
    assert not Membership.objects.get(user=bob, business=clinic).notify_by_email
    scene.mails(scene.hands_over(tom))
    assert mail.outbox[0].recipients() == ["alice@clinic.test"]
    bobs.post("settings/notifications/", {"notify_by_email": "on"})
    assert Membership.objects.get(user=bob, business=clinic).notify_by_email


def test_a_mail_server_that_is_down_is_asked_again(clinic, scene, tom, settings):
    escalation = scene.hands_over(tom)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    scene.mails(escalation)
    items = WorkItem.objects.filter(kind="escalations.tell")
    assert [(each.leased_until, each.parked_at, each.attempts) for each in items] == [(None, None, 1)] * 2
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    WorkItem.objects.update(due_at=dt.datetime(2000, 1, 1, tzinfo=dt.UTC))
    scene.mails(escalation)
    escalation.refresh_from_db()
    assert len(mail.outbox) == 2
    assert escalation.notified_at is not None


def test_nobody_is_mailed_about_what_somebody_has(clinic, scene, tom, alices):
    escalation = scene.hands_over(tom)
    alices.post(f"escalations/{escalation.pk}/take/")
    scene.mails(escalation)
    assert mail.outbox == []


def test_red_flags_come_first_then_the_longest_wait(clinic, scene, alices):
    now = clock.now()
    for name, minutes, reason in (("Second", 60, "policy"), ("Third", 20, "policy"), ("First", 1, "red_flag")):
        with clock.pinned(now - dt.timedelta(minutes=minutes)):
            scene.hands_over(scene.writes(name, "Hello"), reason)
    page = alices.get("escalations/").content.decode()
    page = page[page.index("escalations-live") :]
    places = [page.index(name) for name in ("First", "Second", "Third")]
    assert places == sorted(places)
    assert "60 min" in page or "1 h" in page
