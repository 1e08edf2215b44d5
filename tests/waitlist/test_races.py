"""Two yes in the same second make one appointment; killed workers lose nothing and offer nothing twice."""

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django_tenants.utils import tenant_context

from calendar_sync import booking, freed, slots, waitlist
from calendar_sync.errors import DiaryError
from calendar_sync.models import Appointment, BookedBy, Patient, WaitlistEntry, WaitlistOffer
from conversations.models import Channel, Message
from tenants import clock
from tenants.models import ChannelKind, WorkItem
from tests.crash.test_kill_at_every_step import time_passes
from tests.crash.workers import killed_at
from tests.waitlist.scene import ASSISTANT, KINDS, Scene

CRASH_POINTS = [
    "slot_freed.looked",
    "slot_freed.offered",
    "slot_freed.committed",
    "conversations.waitlist_offer.claimed",
    "offer.stepped",
    "offer.committed",
]


def _in_threads(business, acts):
    line = threading.Barrier(len(acts), timeout=60)

    def run(act):
        try:
            with tenant_context(business):
                line.wait()
                with transaction.atomic():
                    return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.fixture
def scene(fresh_business, settings, sandbox):
    channel = Channel.objects.create(kind=ChannelKind.SIMULATOR, address="simulator:races")
    made = Scene(fresh_business, channel)
    made.rules(quiet_from=dt.time(0), quiet_until=dt.time(0))
    return made


def tomorrow(scene):
    begin = clock.now() + dt.timedelta(days=1)
    found = slots.find_slots(
        scene.business, service=scene.service, window=(begin, begin + dt.timedelta(days=1)), limit=1
    )
    return found[0].starts_at


def free(scene):
    """One slot becomes free, and its news stands in the work list."""
    starts_at = tomorrow(scene)
    gone = scene.book(scene.somebody("Tom Reed"), starts_at)
    booking.cancel(scene.business, gone, by=BookedBy.STAFF)
    return starts_at


def the_offer():
    return WaitlistOffer.objects.select_related(
        "entry__for_appointment", "entry__patient", "hold__service", "hold__practitioner"
    ).get(status="open")


def test_eight_yes_in_the_same_second_make_one_appointment(scene):
    rosa = scene.somebody("Rosa Blum")
    scene.joins(rosa)
    free(scene)
    scene.work()
    offer = the_offer()

    def yes():
        return waitlist.accept(scene.business, offer, actor=ASSISTANT).pk

    made = _in_threads(scene.business, [yes] * 8)

    assert len(set(made)) == 1
    assert Appointment.objects.filter(patient=rosa.patient).count() == 1


def test_a_yes_and_the_deadline_in_the_same_second_have_one_winner(scene):
    rosa, olu = scene.somebody("Rosa Blum"), scene.somebody("Olu Adeyemi")
    scene.joins(rosa)
    scene.joins(olu)
    starts_at = free(scene)
    scene.work()
    offer = the_offer()

    def yes():
        try:
            return waitlist.accept(scene.business, offer, actor=ASSISTANT).pk
        except waitlist.OfferGone:
            return None

    def too_late():
        return waitlist.settle(scene.business, offer, WaitlistOffer.Status.EXPIRED)

    made, expired = _in_threads(scene.business, [yes, too_late])

    assert (made is None) == expired
    scene.work()
    assert Appointment.objects.filter(during__startswith=starts_at, status="confirmed").count() == (0 if expired else 1)
    assert [name for name, _ in scene.open_offers()] == (["Olu Adeyemi"] if expired else [])


def test_two_patients_who_want_one_slot_get_one_appointment_and_one_answer_each(scene):
    """One by the waiting list, one by booking it: the held slot is the waiting one's."""
    rosa, olu = scene.somebody("Rosa Blum"), scene.somebody("Olu Adeyemi")
    scene.joins(rosa)
    starts_at = free(scene)
    scene.work()
    offer = the_offer()

    def yes():
        return waitlist.accept(scene.business, offer, actor=ASSISTANT).patient.name

    def books():
        try:
            made = booking.book_by_hand(
                scene.business,
                service=scene.service,
                practitioner=offer.hold.practitioner,
                starts_at=starts_at,
                patient=olu.patient,
                user_id=None,
            )
        except DiaryError:
            return "refused"
        return made.patient.name

    assert _in_threads(scene.business, [yes, books]) == ["Rosa Blum", "refused"]
    assert Appointment.objects.filter(status="confirmed", during__startswith=starts_at).count() == 1


def test_two_workers_with_one_freed_slot_make_one_offer(scene):
    for name in ("Rosa Blum", "Olu Adeyemi", "Nora Field"):
        scene.joins(scene.somebody(name))
    free(scene)
    item = WorkItem.objects.get(kind=freed.SLOT_FREED)

    def work():
        from frontdesk.celery import app

        app.tasks[freed.SLOT_FREED].body(scene.business, item.object_id)

    _in_threads(scene.business, [work] * 4)
    scene.work()

    assert WaitlistOffer.objects.filter(status="open").count() == 1
    assert WaitlistEntry.objects.filter(status="offered").count() == 1


@pytest.mark.parametrize("point", CRASH_POINTS)
def test_a_killed_worker_leaves_one_offer_and_one_message(scene, point):
    rosa = scene.somebody("Rosa Blum")
    scene.joins(rosa)
    scene.joins(scene.somebody("Olu Adeyemi"))
    free(scene)
    WorkItem.objects.exclude(kind__in=KINDS).delete()
    assert killed_at(point), f"{point} was never reached"
    time_passes()
    connection.set_tenant(scene.business)
    scene.work()
    assert [name for name, _ in scene.open_offers()] == ["Rosa Blum"]
    assert Message.objects.filter(direction="out", text__contains="has become free").count() == 1
    assert Patient.objects.filter(waitlist_entries__status="offered").count() == 1
