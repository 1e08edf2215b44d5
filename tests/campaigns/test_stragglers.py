"""Nobody is left over silently: whoever said that somebody is out is told, in the way they have chosen."""

import pytest
from django.core import mail

from calendar_sync import campaign_cases, practitioner_out
from calendar_sync.models import CampaignCase
from calendar_sync.open_cases import STRAGGLER
from escalations import tasks
from escalations.models import Notice
from escalations.telling import notices
from tenants.models import WorkItem
from tests.waitlist.scene import local

MONTHS = (local("2026-11-30 09:00"), local("2027-06-01 00:00"))


@pytest.fixture
def campaign(scene, alice):
    """Dr Silva is out for months, and nobody else works there: two patients can be offered nothing."""
    for name, start in (("Rosa Blum", "09:00"), ("Tom Becker", "10:00")):
        scene.book(scene.somebody(name), f"2026-12-03 {start}")
    begin, end = MONTHS
    begun = practitioner_out.start(scene.business, scene.ada, begin=begin, end=end, reason="Ill", user_id=alice.pk)
    scene.plan()
    return begun


def workers_tell(scene):
    for kind, task in ((STRAGGLER, tasks.tell_of_straggler), (notices.TELL, tasks.tell_of_notice)):
        for item in list(WorkItem.objects.filter(kind=kind).order_by("pk")):
            task.body(scene.business, item.object_id)


def test_whoever_began_it_is_told_once_of_all_that_can_be_offered_nothing(scene, campaign, alice):
    assert CampaignCase.objects.filter(status="staff", why="no_times").count() == 2
    workers_tell(scene)
    notice = Notice.objects.get()
    assert (notice.staff_id, notice.kind) == (alice.pk, "straggler")
    (sent,) = mail.outbox
    assert sent.recipients() == [alice.email]
    said = sent.message().as_string()
    assert f"/diary/out/{campaign.pk}/" in said
    assert "Rosa" not in said
    assert "Blum" not in said


def test_another_is_told_of_once_the_first_was_seen(scene, campaign, alice):
    workers_tell(scene)
    late = CampaignCase.objects.order_by("-pk").first()
    for seen, told in ((False, 1), (True, 2)):
        if seen:
            notices.see(scene.business, alice.pk)
        CampaignCase.objects.filter(pk=late.pk).update(status="planned")
        campaign_cases.give_to_staff(scene.business, late, CampaignCase.Why.NO_ANSWER)
        workers_tell(scene)
        assert Notice.objects.filter(staff_id=alice.pk).count() == told


def test_who_takes_one_is_not_told_of_it(scene, campaign, bob):
    workers_tell(scene)
    case = CampaignCase.objects.order_by("pk").first()
    campaign_cases.give_to_staff(scene.business, case, CampaignCase.Why.TAKEN, owner_id=bob.pk)
    assert not WorkItem.objects.filter(kind=STRAGGLER).exists()


def test_one_that_was_settled_meanwhile_is_told_to_nobody(scene, campaign):
    for case in CampaignCase.objects.all():
        campaign_cases.settle_by_hand(scene.business, case)
    workers_tell(scene)
    assert not Notice.objects.exists()
    assert not WorkItem.objects.filter(kind=STRAGGLER).exists()
