"""Beginning is an instant act; finding the times is work: the same reading for one patient as for twenty."""

import datetime as dt
from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from calendar_sync import booking, by_hand, campaign_cases, out_plan, practitioner_out
from calendar_sync.models import (
    Appointment,
    BookedBy,
    CampaignCase,
    CaseOption,
    GroupSession,
    Hold,
    Resource,
    ResourceKind,
    Service,
    ServiceNeed,
    TakenTime,
)
from frontdesk.celery import app
from tenants import clock
from tenants.models import WorkItem
from tests.waitlist.scene import local

THURSDAY = (local("2026-12-03 00:00"), local("2026-12-04 00:00"))
MINUTE = dt.timedelta(minutes=1)


def begin(scene):
    return practitioner_out.start(
        scene.business, scene.ada, begin=THURSDAY[0], end=THURSDAY[1], reason="Ill", user_id=1
    )


def counted(act):
    with CaptureQueriesContext(connection) as queries:
        act()
    return len(queries)


def booked(scene, count):
    """One after the other on Thursday, each half an hour."""
    for place in range(count):
        scene.book(scene.somebody(f"Patient {place:02}"), local("2026-12-03 08:00") + place * 30 * MINUTE)


def queries_for(scene, patients):
    booked(scene, patients)
    campaigns = []
    beginning = counted(lambda: campaigns.append(begin(scene)))
    planning = counted(scene.plan)
    assert CaseOption.objects.count() == 2 * patients
    practitioner_out.undo(scene.business, campaigns[0])
    CampaignCase.objects.all().delete()
    Appointment.objects.all().delete()
    return beginning, planning


def test_twenty_patients_cost_no_more_queries_than_three(scene):
    scene.colleague()
    queries_for(scene, 3)  # the set-up is read once and then kept
    few, many = queries_for(scene, 3), queries_for(scene, 20)
    assert few == many
    assert many[0] <= 20, "the request that begins it"
    assert many[1] <= 40, "the work that finds the times"


def test_the_request_begins_it_and_the_board_fills_by_itself(client, scene, bob):
    scene.book(scene.somebody("Rosa Blum"), "2026-12-03 10:00")
    client.force_login(bob)
    day = {"first": "2026-12-03", "last": "2026-12-03", "first_time": "", "last_time": "", "reason": "Ill"}
    answer = client.post("/b/bright-smile/diary/out/", {"practitioner": scene.ada.pk, **day})
    board = client.get(answer.url).content.decode()
    connection.set_tenant(scene.business)
    assert "Other times are being looked for." in board
    assert "0 of 1 taken care of" in board
    assert not Hold.objects.exists()
    scene.plan()
    board = client.get(answer.url).content.decode()
    connection.set_tenant(scene.business)
    assert "Nothing has been sent yet." in board
    assert "Held:" in board


def test_nobody_is_asked_before_the_times_are_known(scene):
    rosa = scene.somebody("Rosa Blum")
    scene.book(rosa, "2026-12-03 10:00")
    campaign = begin(scene)
    practitioner_out.send_now(scene.business, campaign)
    scene.work(1, "conversations.campaign_case")
    assert rosa.heard() == []
    scene.work(2)
    assert len(rosa.heard()) == 1


def test_undone_before_the_times_were_found_holds_none(scene):
    scene.book(scene.somebody("Rosa Blum"), "2026-12-03 10:00")
    practitioner_out.undo(scene.business, begin(scene))
    scene.plan()
    assert not Hold.objects.exists()
    assert CampaignCase.objects.get().status == "undone"


def test_planned_twice_is_planned_once(scene):
    scene.book(scene.somebody("Rosa Blum"), "2026-12-03 10:00")
    campaign = begin(scene)
    scene.plan()
    before = list(CaseOption.objects.values_list("pk", flat=True))
    WorkItem.objects.create(
        business=scene.business, kind=out_plan.PLAN, object_id=campaign.pk, due_at="2000-01-01T00:00Z"
    )
    app.tasks[out_plan.PLAN].body(scene.business, campaign.pk)
    assert list(CaseOption.objects.values_list("pk", flat=True)) == before


def test_what_cannot_be_planned_after_some_tries_is_a_persons(scene):
    scene.book(scene.somebody("Rosa Blum"), "2026-12-03 10:00")
    begin(scene)
    WorkItem.objects.filter(kind=out_plan.PLAN).update(attempts=7)
    scene.plan()
    case = CampaignCase.objects.get()
    assert (case.status, case.why, case.owner_id) == ("staff", "no_times", 1)


def test_somebody_who_expired_does_not_stand_in_the_way(scene):
    """A hold that is over still has its row until somebody wants the time."""
    bea = scene.colleague()
    scene.book(scene.somebody("Rosa Blum"), "2026-12-03 10:00")
    during = (local("2026-12-03 10:00"), local("2026-12-03 10:30"))
    over = Hold.objects.create(
        reason="offer", service=scene.service, practitioner=bea, during=during, expires_at=clock.now() - MINUTE
    )
    TakenTime.objects.create(practitioner=bea, during=during, hold=over)
    begin(scene)
    scene.plan()
    assert CaseOption.objects.get(number=1).starts_at == during[0]


def test_the_only_room_is_held_for_one_of_two(scene):
    """Two colleagues are free at the same time, but there is one chair."""
    scene.colleague()
    scene.colleague("Dr Cai Moon")
    chair = ResourceKind.objects.create(name="Chair")
    Resource.objects.create(kind=chair, name="Chair 1", location=scene.ada.location)
    ServiceNeed.objects.create(service=scene.service, kind=chair)
    booked(scene, 4)
    begin(scene)
    scene.plan()
    starts = Counter(CaseOption.objects.values_list("starts_at", flat=True))
    assert len(starts) == 8
    assert set(starts.values()) == {1}
    assert TakenTime.objects.filter(resource__isnull=False, hold__isnull=False).count() == 8


@pytest.fixture
def group(scene):
    service = Service.objects.create(name="Back class", duration=60, seats=3, grid=60)
    service.practitioners.set([scene.ada, scene.colleague()])
    return service


def test_those_of_a_group_share_one_and_nobody_gets_a_seat_that_is_not_there(scene, group):
    for place in range(3):
        by_hand.book_by_hand(
            scene.business,
            service=group,
            practitioner=scene.ada,
            starts_at=local("2026-12-03 09:30"),
            patient=scene.somebody(f"Patient {place}").patient,
            user_id=None,
            overrule=True,
        )
    begin(scene)
    scene.plan()
    firsts = CaseOption.objects.filter(number=1)
    assert {(each.practitioner.name, each.starts_at) for each in firsts} == {
        ("Dr Bea Wolf", local("2026-12-03 09:30"))
    }, "they stay together"
    sessions = GroupSession.objects.filter(during__startswith=local("2026-12-03 09:30"))
    assert sessions.get(practitioner__name="Dr Bea Wolf").seats == 3
    case = CampaignCase.objects.select_related("campaign", "appointment").first()
    campaign_cases.accept(scene.business, case, 1, actor=campaign_cases.Actor(by=BookedBy.STAFF, user_id=1))
    assert Appointment.objects.get(pk=case.appointment_id).practitioner.name == "Dr Bea Wolf"
    for each in CampaignCase.objects.filter(status="planned").select_related("campaign", "appointment"):
        booking.cancel(scene.business, each.appointment, by=BookedBy.STAFF)
    scene.work(2)
    assert not Hold.objects.filter(released_at__isnull=True).exists()
