"""Dr Silva is out: everybody she hits is offered times of their own, and nobody is left over."""

import datetime as dt
from collections import Counter

import pytest

from calendar_sync import booking, campaign_cases, practitioner_out
from calendar_sync.models import (
    HOLDS_TIME,
    Appointment,
    BookedBy,
    CampaignCase,
    CaseOption,
    Hold,
    OutCampaign,
    TakenTime,
    TimeOff,
)
from tenants import clock
from tests.waitlist.scene import local

MINUTE, HOUR = dt.timedelta(minutes=1), dt.timedelta(hours=1)
THURSDAY = (local("2026-12-03 00:00"), local("2026-12-04 00:00"))
STARTS = ["08:30", "09:00", "09:30", "10:00", "10:30", "11:00", "11:30", "12:00", "14:00", "14:30"]


def out(scene, begin=THURSDAY[0], end=THURSDAY[1]):
    campaign = practitioner_out.start(scene.business, scene.ada, begin=begin, end=end, reason="Ill", user_id=1)
    scene.plan()
    return campaign


def after_thinking(scene):
    """The two minutes for thinking again have passed, and the workers have done their part."""
    clock_now = clock.now()
    with clock.pinned(clock_now + 3 * MINUTE):
        scene.work(2)


def case_of(who):
    return CampaignCase.objects.select_related("appointment").get(appointment__patient=who.patient)


def test_everybody_is_offered_two_times_that_nobody_else_is_offered(scene):
    scene.colleague()
    patients = [scene.somebody(f"Patient {start}") for start in STARTS]
    for who, start in zip(patients, STARTS, strict=True):
        scene.book(who, f"2026-12-03 {start}")
    campaign = out(scene)
    assert TimeOff.objects.get().practitioner == scene.ada
    options = list(CaseOption.objects.select_related("case"))
    assert Counter(each.case.appointment_id for each in options) == dict.fromkeys(
        Appointment.objects.values_list("pk", flat=True), 2
    )
    slots = [(each.practitioner_id, each.starts_at) for each in options]
    assert len(set(slots)) == len(slots)
    assert not any(
        each.practitioner_id == scene.ada.pk and THURSDAY[0] <= each.starts_at < THURSDAY[1] for each in options
    )
    assert all(each.hold.released_at is None for each in CaseOption.objects.select_related("hold"))
    assert campaign.status == "running"
    assert [who.heard() for who in patients] == [[]] * len(STARTS), "nothing goes out while it can be undone"
    after_thinking(scene)
    first = patients[0].heard()
    assert len(first) == 1
    assert "Dr Ada Silva is out, so your appointment Thursday 3 December at 08:30" in first[0]
    assert "1. Thursday 3 December at 08:30 with Dr Bea Wolf" in first[0]
    assert "Reply 1 (or yes) or 2." in first[0]


def test_the_order_of_choosing(scene):
    """The earlier day, then who was moved most often, then who booked longest ago."""
    newer, older, moved = (scene.somebody(name) for name in ("Newer", "Older", "Moved"))
    wednesday = scene.somebody("Wednesday")
    scene.book(older, "2026-12-03 12:00")
    often = scene.book(moved, "2026-12-03 08:30")
    booking.move_by_hand(
        scene.business, often, starts_at=local("2026-12-03 11:00"), practitioner=scene.ada, user_id=None
    )
    scene.book(newer, "2026-12-03 09:00")
    scene.book(wednesday, "2026-12-02 16:00")
    for minutes, who in enumerate((older, moved, newer, wednesday)):
        Appointment.objects.filter(patient=who.patient).update(created_at=clock.now() + minutes * MINUTE)
    campaign = out(scene, begin=local("2026-12-02 00:00"))
    names = [each.appointment.patient.name for each in campaign.cases.select_related("appointment__patient")]
    assert names == ["Wednesday", "Moved", "Older", "Newer"]


def test_undone_as_a_whole_while_nothing_was_sent(scene):
    rosa = scene.somebody("Rosa Blum")
    made = scene.book(rosa, "2026-12-03 10:00")
    campaign = out(scene)
    practitioner_out.undo(scene.business, campaign)
    campaign.refresh_from_db()
    assert campaign.status == "undone"
    assert not TimeOff.objects.exists()
    assert not Hold.objects.filter(released_at__isnull=True).exists()
    after_thinking(scene)
    assert rosa.heard() == []
    made.refresh_from_db()
    assert made.starts_at == local("2026-12-03 10:00")


def test_begun_twice_is_begun_once(scene):
    scene.book(scene.somebody("Rosa Blum"), "2026-12-03 10:00")
    assert out(scene).pk == out(scene).pk
    assert TimeOff.objects.count() == 1


def test_not_undone_once_somebody_was_written_to(scene):
    scene.book(scene.somebody("Rosa Blum"), "2026-12-03 10:00")
    campaign = out(scene)
    practitioner_out.send_now(scene.business, campaign)
    scene.work(1)
    with pytest.raises(campaign_cases.CampaignRefused, match="can't be undone"):
        practitioner_out.undo(scene.business, campaign)
    assert TimeOff.objects.exists()


def test_yes_takes_the_first_time(scene):
    bea, rosa = scene.colleague(), scene.somebody("Rosa Blum")
    made = scene.book(rosa, "2026-12-03 10:00")
    campaign = out(scene)
    after_thinking(scene)
    result = rosa.use("answer_offer", accept=True)
    assert result.data["moved"]["appointment"] == made.reference
    made.refresh_from_db()
    assert (made.practitioner, made.starts_at) == (bea, local("2026-12-03 10:00"))
    assert not TakenTime.objects.filter(hold__reason="campaign").exists(), "the other time is let go"
    campaign.refresh_from_db()
    assert campaign.status == "closed"
    again = rosa.use("answer_offer", accept=True)
    assert again.status == "error", "nothing stands open"


def test_a_time_for_another_wish_closes_the_case_as_well(scene):
    rosa = scene.somebody("Rosa Blum")
    made = scene.book(rosa, "2026-12-03 10:00")
    out(scene)
    after_thinking(scene)
    declined = rosa.use("answer_offer", accept=False)
    assert declined.data["declined"]["appointment"] == made.reference
    assert case_of(rosa).status == "declined"
    assert not TakenTime.objects.filter(hold__reason="campaign").exists()
    offers = rosa.use("find_slots", service="Check-up", date="2026-12-10", weekday="Thursday").data["offers"]
    moved = rosa.use("reschedule_appointment", appointment=made.reference, slot=offers[0]["slot"])
    assert moved.status == "ok"
    scene.work(2)
    assert case_of(rosa).status == "moved"
    assert OutCampaign.objects.get().status == "closed"


def test_a_cancellation_closes_the_case(scene):
    rosa = scene.somebody("Rosa Blum")
    made = scene.book(rosa, "2026-12-03 10:00")
    out(scene)
    after_thinking(scene)
    rosa.use("cancel_appointment", appointment=made.reference)
    scene.work(2)
    assert case_of(rosa).status == "cancelled"
    assert OutCampaign.objects.get().status == "closed"


def test_silence_is_reminded_of_once_and_then_given_to_a_person(scene):
    rosa = scene.somebody("Rosa Blum")
    scene.book(rosa, "2026-12-03 10:00")
    campaign = out(scene)
    after_thinking(scene)
    with clock.pinned(clock.now() + 13 * HOUR):
        scene.work(2)
    assert len(rosa.heard()) == 2
    assert rosa.heard()[1].startswith("A short reminder")
    with clock.pinned(clock.now() + 25 * HOUR):
        scene.work(3)
        assert len(rosa.heard()) == 2
        case = case_of(rosa)
        assert (case.status, case.why, case.owner_id) == ("staff", "no_answer", campaign.user_id)
        late = rosa.use("answer_offer", accept=True)
        assert "moved" in late.data, "as long as the times are held a late yes still counts"
    assert case_of(rosa).status == "moved"


def test_one_question_at_a_time_to_whoever_writes_for_two(scene):
    rosa = scene.somebody("Rosa Blum")
    scene.book(rosa, "2026-12-03 10:00")
    child = type(rosa.patient).objects.create(name="Ben Blum", contact_id=rosa.contact_id)
    scene.book(type(rosa)(scene.business, child, rosa.conversation), "2026-12-03 10:30")
    out(scene)
    after_thinking(scene)
    assert len(rosa.heard()) == 1
    rosa.use("answer_offer", accept=True, choice=2)
    after_thinking(scene)
    assert len(rosa.heard()) == 2
    rosa.use("answer_offer", accept=True, choice=1)
    assert OutCampaign.objects.get().status == "closed"


def test_who_cannot_be_written_to_is_a_persons_from_the_start(scene):
    stop, phone = scene.somebody("Stopped"), scene.somebody("Only phone", reachable=False)
    stop.conversation.contact.opted_out_at = clock.now()
    stop.conversation.contact.save()
    scene.book(stop, "2026-12-03 10:00")
    scene.book(phone, "2026-12-03 11:00")
    out(scene)
    after_thinking(scene)
    assert [(case_of(who).status, case_of(who).why) for who in (stop, phone)] == [("staff", "unreachable")] * 2
    campaign_cases.settle_by_hand(scene.business, case_of(phone))
    case = campaign_cases.CampaignCase.objects.get(pk=case_of(stop).pk)
    moved = campaign_cases.accept(scene.business, case, 1, actor=campaign_cases.Actor(by=BookedBy.STAFF, user_id=1))
    assert moved.patient == stop.patient
    assert OutCampaign.objects.get().status == "closed"


def test_twenty_appointments_with_mixed_answers_leave_no_double_offer_and_nobody_over(scene):
    scene.colleague()
    scene.rules(quiet_from=dt.time(0), quiet_until=dt.time(0))
    begin = local("2026-12-03 08:30")
    patients = []
    for place in range(20):
        reachable = place not in (16, 17)
        who = scene.somebody(f"Patient {place:02}", reachable=reachable)
        minutes = place * 30 + (60 if place >= 8 else 0)
        scene.book(who, begin + minutes * MINUTE, scene.ada)
        patients.append(who)
    campaign = out(scene, end=local("2026-12-04 06:00"))
    held = [(each.practitioner_id, each.starts_at) for each in CaseOption.objects.all()]
    assert len(set(held)) == len(held), "no two patients are offered the same time"
    assert campaign.cases.count() == 20
    after_thinking(scene)
    for who in patients[0:5]:
        assert "moved" in who.use("answer_offer", accept=True).data
    for who in patients[5:9]:
        assert "moved" in who.use("answer_offer", accept=True, choice=2).data
    for who in patients[9:12]:  # another wish
        who.use("answer_offer", accept=False)
        offers = who.use("find_slots", service="Check-up", date="2026-12-07", weekday="Monday", days=5).data["offers"]
        reference = case_of(who).appointment.reference
        assert who.use("reschedule_appointment", appointment=reference, slot=offers[0]["slot"]).status == "ok"
    for who in patients[12:14]:
        who.use("cancel_appointment", appointment=case_of(who).appointment.reference)
    for who in patients[14:16]:
        who.use("answer_offer", accept=False)
    scene.work(2)
    with clock.pinned(clock.now() + 25 * HOUR):
        scene.work(3)
    states = Counter(campaign.cases.values_list("status", flat=True))
    assert states == {"moved": 12, "cancelled": 2, "staff": 6}
    staff = campaign.cases.filter(status="staff")
    assert Counter(staff.values_list("why", flat=True)) == {"declined": 2, "unreachable": 2, "no_answer": 2}
    assert not staff.filter(owner_id=None).exists()
    standing = Appointment.objects.filter(status__in=HOLDS_TIME)
    times = list(standing.values_list("practitioner_id", "during"))
    assert len(set(times)) == len(times) == 18
    for each in staff:
        campaign_cases.settle_by_hand(scene.business, each)
    campaign.refresh_from_db()
    assert campaign.status == "closed"
    assert not Hold.objects.filter(reason="campaign", released_at__isnull=True).exists()
