"""Reminders: planned by the diary, sent once, or not, with its reason."""

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django_tenants.utils import tenant_context

from calendar_sync import booking, by_hand, reminding
from calendar_sync import tasks as diary_tasks
from calendar_sync.models import (
    Appointment,
    BookedBy,
    Patient,
    Practitioner,
    Reminder,
    Service,
    Visit,
)
from conversations import tasks
from conversations.channels.base import ChannelError
from conversations.delivery import deliver
from conversations.forgotten import call_for_forgotten
from conversations.models import Channel, Contact, ContactIdentity, Conversation, Handoff, Message
from escalations import opening
from escalations.models import Escalation
from tenants import clock, worklist
from tenants.models import WorkItem
from tests.conversations.conftest import lease_for
from tests.conversations.practice import local, plan, practice

BUTTONS = [{"id": "confirm:{reference}", "title": "Confirm"}, {"id": "cancel:{reference}", "title": "Cancel"}]

__all__ = ["practice"]
BUTTONS = [{"id": "confirm:{reference}", "title": "Confirm"}, {"id": "cancel:{reference}", "title": "Cancel"}]


def test_reminders_are_planned_with_the_booking_and_sent_when_due(practice):
    made = practice.book("2026-12-03 10:00", offsets=[2880, 180])
    assert plan(made) == [
        ("reminder", 2880, "Tue 10:00", "planned", ""),
        ("reminder", 180, "Thu 08:00", "planned", ""),
    ]
    practice.wrote("2026-12-01 09:00")
    assert practice.at("2026-12-01 09:59") == []
    [text] = practice.at("2026-12-01 10:00")
    assert text == (
        "Hello Rosa, a reminder of your appointment at Bright Smile: Check-up with Dr Ada Silva, "
        f"Thursday 3 December at 10:00 ({made.reference}). Can you come?"
    )
    message = practice.out().get()
    assert message.author == "system"
    assert [each["id"] for each in message.choices] == [
        f"{verb}:{made.reference}" for verb in ("confirm", "change", "cancel")
    ]
    sent = Reminder.objects.get(minutes=2880)
    assert (sent.status, sent.message_id) == ("sent", message.pk)
    assert practice.at("2026-12-01 10:01") == [], "once"


def test_nothing_waits_in_celery(practice):
    made = practice.book("2026-12-03 10:00", offsets=[2880])
    item = WorkItem.objects.get(kind=reminding.REMIND)
    planned = Reminder.objects.get(appointment=made)
    assert item.object_id == planned.pk
    wait = item.due_at - item.created_at
    assert abs(wait - (planned.due_at - clock.now())) < dt.timedelta(seconds=5)


def test_a_moved_appointment_drops_its_old_reminders_and_plans_new_ones(practice):
    made = practice.book("2026-12-03 10:00", offsets=[1440])
    by_hand.move_by_hand(
        practice.business,
        made,
        starts_at=local("2026-12-04 11:00"),
        practitioner=made.practitioner,
        user_id=None,
        overrule=True,
    )
    assert plan(made) == [
        ("reminder", 1440, "Wed 10:00", "skipped", "moved"),
        ("reminder", 1440, "Thu 11:00", "planned", ""),
    ]
    assert practice.at("2026-12-02 10:00") == []
    practice.wrote("2026-12-03 09:00")
    assert "Friday 4 December at 11:00" in practice.at("2026-12-03 11:00")[0]


def test_moved_back_it_is_reminded_of_once(practice):
    made = practice.book("2026-12-03 10:00", offsets=[1440])
    for start in ("2026-12-04 11:00", "2026-12-03 10:00"):
        made = by_hand.move_by_hand(
            practice.business,
            made,
            starts_at=local(start),
            practitioner=made.practitioner,
            user_id=None,
            overrule=True,
        )
    practice.wrote("2026-12-02 09:00")
    assert len(practice.at("2026-12-02 10:00")) == 1
    assert practice.at("2026-12-03 11:00") == []


def test_a_cancelled_appointment_is_not_reminded_of_and_a_restored_one_is(practice):
    made = practice.book("2026-12-03 10:00", offsets=[1440])
    booking.cancel(practice.business, made, by=BookedBy.STAFF)
    assert [row[3:] for row in plan(made)] == [("skipped", "cancelled")]
    assert practice.at("2026-12-02 10:00") == []
    by_hand.restore(practice.business, Appointment.objects.get(pk=made.pk), user_id=None)
    assert [row[3:] for row in plan(made)] == [("planned", "")]


def test_one_that_was_booked_within_the_offset_is_not_reminded_of(practice):
    made = practice.book("2026-11-30 11:00", offsets=[1440, 60])
    assert [(row[1], *row[3:]) for row in plan(made)] == [(1440, "skipped", "too_late"), (60, "planned", "")]
    late = practice.book("2026-11-30 09:45", offsets=[180], name="Tom")
    assert [row[3:] for row in plan(late)] == [("skipped", "too_late")]


def test_what_quiet_hours_push_together_is_sent_once(practice):
    made = practice.book("2026-12-03 08:30", offsets=[780, 180])
    assert [(row[1], row[2], *row[3:]) for row in plan(made)] == [
        (780, "Wed 19:30", "planned", ""),
        (180, "Wed 19:30", "skipped", "close_to_another"),
    ]


def test_a_worker_that_was_away_does_not_write_at_night(practice):
    practice.book("2026-12-03 10:00", offsets=[1440])
    practice.wrote("2026-12-02 09:00")
    assert practice.at("2026-12-02 23:00") == []
    [item] = WorkItem.objects.filter(kind=reminding.REMIND)
    assert item.leased_until is None
    assert abs(item.due_at - dt.datetime.now(dt.UTC) - dt.timedelta(hours=9)) < dt.timedelta(minutes=1)
    practice.wrote("2026-12-03 07:00")
    assert len(practice.at("2026-12-03 08:00")) == 1


def test_one_that_comes_so_late_that_the_next_is_due_is_left_out(practice):
    practice.book("2026-12-03 16:00", offsets=[1440, 180])
    practice.wrote("2026-12-03 12:00")
    assert len(practice.at("2026-12-03 13:30")) == 1
    assert Reminder.objects.get(minutes=1440).reason == "close_to_another"


def test_after_the_start_nobody_is_reminded(practice):
    practice.book("2026-12-03 10:00", offsets=[1440])
    practice.wrote("2026-12-03 09:00")
    assert practice.at("2026-12-03 09:55") == []
    assert Reminder.objects.get().reason == "too_late"


@pytest.mark.parametrize(
    ("patient", "reason"),
    [({"blocked_at": dt.datetime(2026, 11, 1, tzinfo=dt.UTC)}, "blocked"), ({"disclosure": "nothing"}, "staff_only")],
)
def test_some_patients_are_not_written_to(practice, patient, reason):
    made = practice.book("2026-12-03 10:00", offsets=[1440], **patient)
    practice.wrote("2026-12-02 09:00")
    assert practice.at("2026-12-02 10:00") == []
    assert plan(made)[0][3:] == ("skipped", reason)


def test_on_a_shared_phone_no_more_is_told_than_the_patient_allows(practice):
    practice.book("2026-12-03 10:00", offsets=[1440], disclosure="time_only")
    practice.wrote("2026-12-02 09:00")
    [text] = practice.at("2026-12-02 10:00")
    assert "appointment with our team, Thursday 3 December at 10:00" in text
    assert "Check-up" not in text
    assert "Silva" not in text


def test_a_visit_of_several_services_is_reminded_of_once(practice):
    first = practice.book("2026-12-03 10:00", offsets=[1440])
    second = practice.book("2026-12-03 10:30", offsets=[1440])
    visit = Visit.objects.create()
    Appointment.objects.update(visit=visit)
    practice.wrote("2026-12-02 09:00")
    [text] = practice.at("2026-12-02 10:30")
    assert first.reference in text
    assert plan(second)[0][3:] == ("skipped", "same_visit")


def test_reminders_are_switched_off_and_on_for_the_whole_business(practice):
    made = practice.book("2026-12-03 10:00", offsets=[1440])
    practice.rules(reminders=False)
    worklist.call_for(practice.business.pk, reminding.REPLAN, practice.business.pk)
    diary_tasks.replan.body(practice.business, practice.business.pk)
    assert plan(made)[0][3:] == ("skipped", "switched_off")
    practice.rules(reminders=True)
    worklist.call_for(practice.business.pk, reminding.REPLAN, practice.business.pk)
    diary_tasks.replan.body(practice.business, practice.business.pk)
    assert plan(made)[0][3:] == ("planned", "")


def test_a_resolved_conversation_stays_resolved_until_they_answer(practice, write):
    practice.book("2026-12-03 10:00", offsets=[1440])
    Conversation.objects.update(status="resolved")
    practice.wrote("2026-12-02 09:00")
    assert len(practice.at("2026-12-02 10:00")) == 1
    assert Conversation.objects.get().status == "resolved"
    write("See you then")
    assert Conversation.objects.get().status == "open"


def test_a_reminder_that_stands_on_no_work_list_is_found(practice):
    practice.book("2026-12-03 10:00", offsets=[1440])
    WorkItem.objects.filter(kind=reminding.REMIND).delete()
    with clock.pinned(local("2026-12-02 09:59")):
        call_for_forgotten(practice.business)
    assert not WorkItem.objects.filter(kind=reminding.REMIND).exists(), "it is not due yet"
    with clock.pinned(local("2026-12-02 10:05")):
        call_for_forgotten(practice.business)
    assert WorkItem.objects.filter(kind=reminding.REMIND).exists()


def test_a_suspended_business_writes_to_nobody(practice):
    made = practice.book("2026-12-03 10:00", offsets=[1440])
    practice.wrote("2026-12-02 09:00")
    practice.business.status = "suspended"
    assert practice.at("2026-12-02 10:00") == []
    assert plan(made)[0][3] == "planned"
    practice.business.status = "active"
    assert len(practice.at("2026-12-02 10:30")) == 1


def test_an_offset_that_the_service_lost_meanwhile_is_not_sent(practice):
    made = practice.book("2026-12-03 10:00", offsets=[1440])
    Service.objects.update(reminders=[180])
    practice.wrote("2026-12-02 09:00")
    assert practice.at("2026-12-02 10:00") == []
    assert plan(made)[0][3:] == ("skipped", "switched_off")


def test_a_patient_without_whatsapp_is_shown_as_not_reached(practice):
    practice.contact_id = None
    made = practice.book("2026-12-03 10:00", offsets=[1440])
    practice.at("2026-12-02 10:00")
    assert plan(made)[0][3:] == ("skipped", "no_channel")


# -- outside of the 24 hours -------------------------------------------------------------------------------


def test_fault_65_outside_the_window_the_approved_template_goes(practice):
    practice.approve("reminder", "Hello {first_name}, see you {when} ({reference}) at ours.", BUTTONS)
    made = practice.book("2026-12-03 10:00", offsets=[1440])
    [text] = practice.at("2026-12-02 10:00")
    message = practice.out().get()
    assert text == f"Hello Rosa, see you Thursday 3 December at 10:00 ({made.reference}) at ours."
    assert message.template is not None
    assert message.variables == {"1": "Rosa", "2": "Thursday 3 December at 10:00", "3": made.reference}
    assert [each["id"] for each in message.choices] == [f"confirm:{made.reference}", f"cancel:{made.reference}"]


def test_fault_65_without_a_template_staff_get_one_task_and_nothing_is_sent(practice):
    made = practice.book("2026-12-05 10:00", offsets=[2880, 1440])
    assert practice.at("2026-12-03 10:00") == []
    assert practice.at("2026-12-04 10:00") == []
    assert {row[3:] for row in plan(made)} == {("skipped", "no_template")}
    handoff = Handoff.objects.get()
    assert made.reference in handoff.summary
    assert "no template is approved" in handoff.summary
    opening.open_for(practice.business, handoff.pk, lease_for(practice.business, opening.OPEN, handoff.pk))
    assert Escalation.objects.get().status == "open"
    assert Conversation.objects.get().handling == "assistant", "the patient is still answered"
    assert [each.act for each in Conversation.objects.get().events.all()] == ["reminder_not_sent"]


def test_a_reminder_that_whatsapp_refused_is_a_task_once_and_not_sent_again(practice, phone):
    made = practice.book("2026-12-03 10:00", offsets=[1440])
    practice.wrote("2026-12-02 09:00")
    practice.at("2026-12-02 10:00")
    phone.faults = [ChannelError("63016", permanent=True)]
    message = practice.out().get()
    with clock.pinned(local("2026-12-02 10:00")):
        lease = lease_for(practice.business, "conversations.deliver", message.pk)
        Message.objects.update(choices=[])
        deliver(practice.business, message.pk, lease, find_adapter=lambda _: phone)
    assert plan(made)[0][3:] == ("failed", "63016")
    assert Handoff.objects.filter(is_task=True).count() == 1
    assert practice.at("2026-12-02 10:05") == []


def test_fault_17_after_stop_no_reminder_goes_out_and_nobody_is_bothered(practice, write):
    made = practice.book("2026-12-03 10:00", offsets=[1440])
    write("STOP")
    practice.wrote("2026-12-02 09:00")
    assert practice.at("2026-12-02 10:00") == []
    assert plan(made)[0][3:] == ("skipped", "opted_out")
    assert not Handoff.objects.exists()


def test_fault_17_21610_is_recorded_and_not_retried(practice, phone):
    made = practice.book("2026-12-03 10:00", offsets=[1440, 180])
    practice.wrote("2026-12-02 09:00")
    with clock.pinned(local("2026-12-02 10:00")):
        practice.at("2026-12-02 10:00")
        message = practice.out().get()
        Message.objects.update(choices=[])
        phone.faults = [ChannelError("21610", permanent=True)]
        lease = lease_for(practice.business, "conversations.deliver", message.pk)
        deliver(practice.business, message.pk, lease, find_adapter=lambda _: phone)
    assert plan(made)[0][3:] == ("failed", "21610")
    assert Contact.objects.get().opted_out_at is not None
    assert practice.at("2026-12-03 08:00") == []
    assert plan(made)[1][3:] == ("skipped", "opted_out")
    assert not Handoff.objects.exists()


# -- two schedulers ----------------------------------------------------------------------------------------

RACERS = 8


def test_fault_28_two_schedulers_send_one_reminder_each(fresh_business):
    channel = Channel.objects.create(kind="simulator", address="simulator:race")
    made = []
    for number in range(6):
        contact = Contact.objects.create(name=f"Contact {number}")
        identity = ContactIdentity.objects.create(contact=contact, kind="simulator", address=f"simulator:{number}")
        Conversation.objects.create(contact=contact, channel=channel, identity=identity)
        made.append(
            by_hand.book_by_hand(
                fresh_business,
                service=Service.objects.get(name="Check-up"),
                practitioner=Practitioner.objects.get(),
                starts_at=clock.now().replace(minute=0) + dt.timedelta(days=4, hours=number),
                patient=Patient.objects.create(name="Rosa Blum", contact_id=contact.pk),
                user_id=None,
                overrule=True,
            )
        )
    Reminder.objects.update(due_at=clock.now() - dt.timedelta(minutes=1))
    from calendar_sync.models import BookingRules

    BookingRules(quiet_from=dt.time(0), quiet_until=dt.time(0)).save()
    ids = list(Reminder.objects.values_list("pk", flat=True))
    line = threading.Barrier(RACERS, timeout=60)

    def worker(number):
        try:
            with tenant_context(fresh_business):
                for pk in ids:
                    # Every scheduler finds it due and calls for it again, as if the others did not exist.
                    worklist.call_for(fresh_business.pk, reminding.REMIND, pk)
                    WorkItem.objects.filter(kind=reminding.REMIND, object_id=pk).update(
                        due_at=clock.now() - dt.timedelta(seconds=1)
                    )
                    line.wait()
                    tasks.remind.body(fresh_business, pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(RACERS) as pool:
        list(pool.map(worker, range(RACERS)))

    assert len(ids) == len(made) == 6
    assert Message.objects.filter(direction="out").count() == 6, "one each"
    assert set(Reminder.objects.values_list("status", flat=True)) == {"sent"}
    assert Reminder.objects.values("message_id").distinct().count() == 6
