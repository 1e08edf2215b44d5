"""A freed slot is held, offered to whoever is next, rolled on, and taken by one."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from calendar_sync import booking, slots, waitlist
from calendar_sync.models import Appointment, BookedBy, Hold, WaitlistEntry, WaitlistOffer
from conversations.models import Message
from tenants import clock
from tests.waitlist.scene import ASSISTANT, local

MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def freed(scene):
    """Tuesday 10:00 with Dr Silva becomes free: staff cancel it. The day is full besides."""
    gone = scene.book(scene.somebody("Tom Reed"), "2026-12-01 10:00")
    begin = local("2026-12-01 08:00")
    for slot in slots.find_slots(scene.business, service=scene.service, window=(begin, begin + dt.timedelta(hours=12))):
        try:
            scene.book(scene.somebody("Full", reachable=False), slot.starts_at)
        except booking.SlotTaken:
            continue

    def free():
        booking.cancel(scene.business, gone, by=BookedBy.STAFF)
        scene.work()

    return free


def test_a_freed_slot_is_held_for_whoever_waits_longest(scene, freed):
    rosa, olu = scene.somebody("Rosa Blum"), scene.somebody("Olu Adeyemi")
    scene.joins(rosa)
    with clock.pinned(clock.now() + MINUTE):
        scene.joins(olu)
    freed()
    assert scene.open_offers() == [("Rosa Blum", "Tue 10:00")]
    assert rosa.heard() == [
        "Hello Rosa, a time has become free at Bright Smile: Check-up with Dr Ada Silva, Tuesday 1 December at 10:00. "
        "It is held for you until Monday 30 November at 10:00. Would you like it?"
    ]
    assert olu.heard() == []
    message = Message.objects.get(conversation=rosa.conversation)
    assert [each["id"] for each in message.choices] == ["offer:yes", "offer:no"]
    window = (local("2026-12-01 10:00"), local("2026-12-01 10:15"))
    assert slots.find_slots(scene.business, service=scene.service, window=window) == [], "nobody else is offered it"
    with pytest.raises(booking.SlotTaken):
        scene.book(olu, "2026-12-01 10:00", overrule=False)


def test_yes_books_it_and_ends_the_waiting(scene, freed):
    rosa = scene.somebody("Rosa Blum")
    entry = scene.joins(rosa)
    freed()
    result = rosa.use("answer_offer", accept=True)
    assert result.status == "ok"
    made = Appointment.objects.get(patient=rosa.patient)
    assert result.data["booked"]["appointment"] == made.reference
    assert made.starts_at == local("2026-12-01 10:00")
    assert made.booked_by == "assistant"
    entry.refresh_from_db()
    assert entry.status == "booked"
    assert WaitlistOffer.objects.get().appointment_id == made.pk
    again = rosa.use("answer_offer", accept=True)
    assert again.data["booked"]["appointment"] == made.reference, "yes twice is one appointment"
    assert Appointment.objects.filter(patient=rosa.patient).count() == 1


def test_no_goes_on_to_the_next_and_keeps_the_place(scene, freed):
    rosa, olu = scene.somebody("Rosa Blum"), scene.somebody("Olu Adeyemi")
    entry = scene.joins(rosa)
    scene.joins(olu)
    freed()
    result = rosa.use("answer_offer", accept=False)
    assert result.data["declined"]["start"] == "2026-12-01T10:00"
    scene.work()
    assert scene.open_offers() == [("Olu Adeyemi", "Tue 10:00")], "not the same one to the same person again"
    entry.refresh_from_db()
    assert entry.status == "waiting"


def test_silence_goes_on_to_the_next_and_the_late_one_is_told(scene, freed):
    rosa, olu = scene.somebody("Rosa Blum"), scene.somebody("Olu Adeyemi")
    scene.joins(rosa)
    scene.joins(olu)
    freed()
    with clock.pinned(clock.now() + 61 * MINUTE):
        scene.work()
        assert scene.open_offers() == [("Olu Adeyemi", "Tue 10:00")]
        assert rosa.heard()[1:] == [
            "The time we offered (Tuesday 1 December at 10:00) has gone now. You keep your place on the waiting list."
        ]
        late = rosa.use("answer_offer", accept=True)
        assert late.data["gone"]["start"] == "2026-12-01T10:00"
        assert late.data["keeps_place"]
        scene.work()
        assert len(rosa.heard()) == 2, "told once"
    assert not Appointment.objects.filter(patient=rosa.patient).exists()


def test_when_nobody_is_left_the_slot_is_everybodys(scene, freed):
    rosa = scene.somebody("Rosa Blum")
    scene.joins(rosa)
    freed()
    rosa.use("answer_offer", accept=False)
    scene.work()
    window = (local("2026-12-01 10:00"), local("2026-12-01 10:15"))
    assert len(slots.find_slots(scene.business, service=scene.service, window=window)) == 1
    assert not Hold.objects.filter(released_at__isnull=True).exists()


@pytest.mark.parametrize(
    "wish",
    [
        {"earliest": dt.date(2026, 12, 2)},
        {"latest": dt.date(2026, 11, 30)},
        {"time_from": dt.time(14)},
        {"time_to": dt.time(9, 30)},
        {"weekdays": (0, 4)},
    ],
)
def test_a_wish_that_does_not_fit_is_passed_over(scene, freed, wish):
    rosa, olu = scene.somebody("Rosa Blum"), scene.somebody("Olu Adeyemi")
    scene.joins(rosa, **wish)
    scene.joins(olu, earliest=dt.date(2026, 12, 1), latest=dt.date(2026, 12, 1), time_from=dt.time(9, 30))
    freed()
    assert scene.open_offers() == [("Olu Adeyemi", "Tue 10:00")]


def test_only_the_wanted_practitioner_is_offered(scene, freed):
    rosa = scene.somebody("Rosa Blum")
    scene.joins(rosa, practitioner=scene.colleague())
    freed()
    assert scene.open_offers() == []


def test_urgent_ones_are_asked_first(scene, freed):
    scene.joins(scene.somebody("Rosa Blum"))
    scene.joins(scene.somebody("Olu Adeyemi"), urgent=True)
    freed()
    assert scene.open_offers() == [("Olu Adeyemi", "Tue 10:00")]


def test_something_earlier_moves_the_appointment(scene, freed):
    rosa = scene.somebody("Rosa Blum")
    stands = scene.book(rosa, "2026-12-08 11:00")
    result = rosa.use("join_waitlist", service="Check-up")
    assert result.data["earlier_than"]["appointment"] == stands.reference
    freed()
    answer = rosa.use("answer_offer", accept=True)
    assert answer.data["moved"]["appointment"] == stands.reference
    stands.refresh_from_db()
    assert stands.starts_at == local("2026-12-01 10:00")
    assert Appointment.objects.filter(patient=rosa.patient).count() == 1


def test_joining_twice_changes_the_wish_and_keeps_the_place(scene):
    rosa = scene.somebody("Rosa Blum")
    rosa.use("join_waitlist", service="Check-up", time_from="09:00")
    first = WaitlistEntry.objects.get()
    with clock.pinned(clock.now() + MINUTE):
        rosa.use("join_waitlist", service="Check-up", earliest="2026-12-02", time_from="14:00", time_to="16:00")
    entry = WaitlistEntry.objects.get()
    assert (entry.pk, entry.waiting_since) == (first.pk, first.waiting_since)
    assert (entry.earliest, entry.time_from, entry.time_to) == (dt.date(2026, 12, 2), dt.time(14), dt.time(16))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"service": "Levitation"}, "no service called"),
        ({"service": "Check-up", "practitioner": "Dr Who"}, "Nobody here is called"),
        ({"service": "Check-up", "earliest": "soon"}, "Write dates as"),
        ({"service": "Check-up", "earliest": "2026-12-03", "latest": "2026-12-01"}, "before the first"),
        ({"service": "Check-up", "latest": "2026-11-01"}, "in the past"),
    ],
)
def test_what_cannot_be_meant_is_explained(scene, arguments, said):
    result = scene.somebody("Rosa Blum").use("join_waitlist", **arguments)
    assert result.status == "error"
    assert said in result.message
    assert not WaitlistEntry.objects.exists()


def test_at_night_the_slot_is_held_and_offered_in_the_morning(scene, freed):
    rosa = scene.somebody("Rosa Blum", wrote=dt.timedelta(0))
    scene.joins(rosa)
    with clock.pinned(local("2026-11-30 22:30")):
        freed()
        assert scene.open_offers() == [("Rosa Blum", "Tue 10:00")]
        assert rosa.heard() == []
        scene.work()
        assert rosa.heard() == []
    with clock.pinned(local("2026-12-01 08:00")):
        scene.work()
        assert len(rosa.heard()) == 1
    assert WaitlistOffer.objects.get().deadline == local("2026-12-01 09:00")


def test_outside_the_window_without_a_template_staff_are_told(scene, freed):
    rosa = scene.somebody("Rosa Blum", wrote=dt.timedelta(hours=30))
    scene.joins(rosa)
    freed()
    offer = WaitlistOffer.objects.get()
    assert (offer.told, offer.status) == ("staff", "open")
    assert rosa.heard() == []


def test_somebody_without_a_number_is_called_by_staff_who_answer_for_them(scene, freed):
    nora = scene.somebody("Nora Field", reachable=False)
    scene.joins(nora, urgent=False)
    freed()
    offer = WaitlistOffer.objects.select_related("entry", "hold__service", "hold__practitioner", "practitioner").get()
    assert offer.told == "staff"
    made = waitlist.accept(scene.business, offer, actor=waitlist.Actor(by=BookedBy.STAFF, user_id=1))
    assert made.patient == nora.patient
    assert made.booked_by == "staff"


def test_one_question_at_a_time(scene, freed):
    rosa = scene.somebody("Rosa Blum")
    scene.joins(rosa)
    child = type(rosa.patient).objects.create(name="Ben Blum", contact_id=rosa.contact_id)
    waitlist.join(
        scene.business,
        waitlist.Wish(patient=child, service=scene.service),
        contact_id=rosa.contact_id,
        actor=ASSISTANT,
    )
    freed()
    assert scene.open_offers() == [("Rosa Blum", "Tue 10:00")]
    other = scene.book(scene.somebody("Ann"), "2026-12-02 10:00")
    booking.cancel(scene.business, other, by=BookedBy.STAFF)
    scene.work()
    assert scene.open_offers() == [("Rosa Blum", "Tue 10:00")]


def test_leaving_lets_the_slot_go_on(scene, freed):
    rosa, olu = scene.somebody("Rosa Blum"), scene.somebody("Olu Adeyemi")
    entry = scene.joins(rosa)
    scene.joins(olu)
    freed()
    waitlist.leave(scene.business, entry)
    scene.work()
    assert scene.open_offers() == [("Olu Adeyemi", "Tue 10:00")]
    assert "has gone now" in rosa.heard()[-1]


def test_an_hour_that_staff_gave_away_is_lost_and_said_so(scene, freed):
    rosa = scene.somebody("Rosa Blum")
    entry = scene.joins(rosa)
    freed()
    scene.book(scene.somebody("Emergency", reachable=False), "2026-12-01 10:00")  # staff overrule the hold
    answer = rosa.use("answer_offer", accept=True)
    assert answer.data["gone"]["start"] == "2026-12-01T10:00"
    entry.refresh_from_db()
    assert entry.status == "waiting"
    assert WaitlistOffer.objects.get().status == "lost"


def test_after_the_last_day_nobody_waits_any_longer(scene):
    entry = scene.joins(scene.somebody("Rosa Blum"), latest=dt.date(2026, 12, 1))
    with clock.pinned(local("2026-12-01 23:59")):
        scene.work(1)
        entry.refresh_from_db()
        assert entry.status == "waiting"
    with clock.pinned(local("2026-12-02 00:00")):
        scene.work(1)
        entry.refresh_from_db()
        assert entry.status == "expired"


def test_the_database_knows_one_open_offer_per_entry_and_slot(scene, freed):
    entry = scene.joins(scene.somebody("Rosa Blum"))
    other = scene.joins(scene.somebody("Olu Adeyemi"))
    freed()
    offer = WaitlistOffer.objects.get()
    hold = Hold.objects.create(
        reason="waitlist",
        service=scene.service,
        practitioner=scene.ada,
        during=offer.hold.during,
        expires_at=offer.hold.expires_at,
    )
    same = {
        "hold": hold,
        "practitioner": scene.ada,
        "send_at": offer.send_at,
        "deadline": offer.deadline,
    }
    for who, starts_at in ((entry, offer.starts_at + 60 * MINUTE), (other, offer.starts_at)):
        with pytest.raises(IntegrityError), transaction.atomic():
            WaitlistOffer.objects.create(entry=who, starts_at=starts_at, **same)
