"""Answers in the same second, two workers, killed workers: every patient is asked once and moved at most once."""

import datetime as dt

import pytest
from django.db import connection

from calendar_sync import campaign_cases, open_cases, practitioner_out, slots
from calendar_sync.errors import DiaryError
from calendar_sync.models import Appointment, CampaignCase, CaseOption, TakenTime
from conversations.models import Channel, Message
from frontdesk.celery import app
from tenants import clock
from tenants.models import ChannelKind, WorkItem
from tests.crash.test_kill_at_every_step import time_passes
from tests.crash.workers import killed_at
from tests.waitlist.scene import ASSISTANT, KINDS, LONDON, Scene
from tests.waitlist.test_races import _in_threads

CRASH_POINTS = ["conversations.campaign_case.claimed", "case.stepped", "case.committed"]
DAY = dt.timedelta(days=1)


@pytest.fixture
def scene(fresh_business, settings, sandbox):
    made = Scene(fresh_business, Channel.objects.create(kind=ChannelKind.SIMULATOR, address="simulator:campaign"))
    made.rules(quiet_from=dt.time(0), quiet_until=dt.time(0))
    made.colleague()
    return made


def begun(scene, count, *, planned=True):
    """`count` patients on one day of Dr Silva's, all of them to be asked now."""
    begin = (clock.now().astimezone(LONDON) + 3 * DAY).replace(hour=0, minute=0, second=0, microsecond=0)
    found = slots.find_slots(scene.business, service=scene.service, window=(begin, begin + DAY), practitioner=scene.ada)
    starts = [each.starts_at for each in found][::2][:count]
    for place, starts_at in enumerate(starts):
        scene.book(scene.somebody(f"Patient {place}"), starts_at)
    campaign = practitioner_out.start(scene.business, scene.ada, begin=begin, end=begin + DAY, reason="Ill", user_id=1)
    if planned:
        scene.plan()
        practitioner_out.send_now(scene.business, campaign)
    return campaign


def test_everybody_answers_twice_in_the_same_second(scene):
    campaign = begun(scene, 6)
    scene.work(1)
    cases = list(campaign_cases.CampaignCase.objects.select_related("appointment", "campaign"))

    def answer(case, number):
        def act():
            try:
                return campaign_cases.accept(scene.business, case, number, actor=ASSISTANT).pk
            except (campaign_cases.CampaignRefused, DiaryError):
                return None

        return act

    made = _in_threads(scene.business, [answer(case, number) for case in cases for number in (1, 2)])

    assert sorted(each for each in made if each) == sorted(case.appointment_id for case in cases), "one each"
    times = list(Appointment.objects.values_list("practitioner_id", "during"))
    assert len(set(times)) == 6
    assert CaseOption.objects.filter(chosen_at__isnull=False).count() == 6
    campaign.refresh_from_db()
    assert campaign.status == "closed"


def test_an_answer_and_the_deadline_in_the_same_second(scene):
    begun(scene, 1)
    scene.work(1)
    case = CampaignCase.objects.select_related("appointment", "campaign").get()

    def yes():
        return campaign_cases.accept(scene.business, case, 1, actor=ASSISTANT).pk

    def too_late():
        return campaign_cases.give_to_staff(scene.business, case, "no_answer")

    _in_threads(scene.business, [yes, too_late])

    case.refresh_from_db()
    assert case.status == "moved", "a yes counts as long as the times are held, also once people have the case"


def test_four_workers_ask_once(scene):
    begun(scene, 1)
    item = WorkItem.objects.get(kind=open_cases.CASE)
    _in_threads(scene.business, [lambda: app.tasks[open_cases.CASE].body(scene.business, item.object_id)] * 4)
    assert Message.objects.filter(direction="out").count() == 1


@pytest.mark.parametrize(
    "point", ["calendar_sync.plan_campaign.claimed", "campaign.planned", "campaign.plan_committed"]
)
def test_whoever_finds_the_times_may_be_killed_anywhere(scene, point):
    campaign = begun(scene, 2, planned=False)
    WorkItem.objects.exclude(kind__in=KINDS).delete()
    assert killed_at(point), f"{point} was never reached"
    time_passes()
    connection.set_tenant(scene.business)
    scene.plan()
    assert CaseOption.objects.filter(case__campaign=campaign).count() == 4
    assert TakenTime.objects.filter(hold__reason="campaign").count() == 4


@pytest.mark.parametrize("point", CRASH_POINTS)
def test_a_killed_worker_leaves_each_asked_once(scene, point):
    begun(scene, 2)
    WorkItem.objects.exclude(kind__in=KINDS).delete()
    assert killed_at(point), f"{point} was never reached"
    time_passes()
    connection.set_tenant(scene.business)
    scene.work(2)
    assert CampaignCase.objects.filter(status="asked").count() == 2
    assert Message.objects.filter(direction="out", text__contains="is out").count() == 2
