"""Fault 44: what people change in Google is asked, told and written down."""

import pytest

from calendar_sync.models import AppointmentStatus, Patient, PatientNews, ProposedChange
from conversations.models import Channel, Conversation, Handoff
from tests.google.both_sides import delete_in_google, in_google, look, rosa, to, told
from tests.google.conftest import HOUR, at

__all__ = ["rosa"]
pytestmark = pytest.mark.django_db
ROSA = "Rosa Blum · Check-up"


def test_fault_44_moved_in_google_the_staff_are_asked_and_the_patient_told(desk, rosa, manager, alice):
    made = desk.book(10)
    desk.work()
    in_google(desk, made, **to(15))
    look(desk)
    made.refresh_from_db()
    assert made.starts_at == at(10), "asked first"
    assert 15 not in desk.offered(), "but nobody else gets that time"
    asked = ProposedChange.objects.get()
    assert told(desk) == []

    page = manager.post(f"{desk.business.path}diary/google/{asked.pk}/accept/", follow=True)
    assert "is at 15:00" in page.content.decode()
    made.refresh_from_db()
    assert made.starts_at == at(15)
    last = made.changes.order_by("-pk")[0]
    assert (last.act, last.by, last.user_id, last.from_google.act) == ("moved", "staff", alice.pk, "moved")
    look(desk)
    assert desk.events() == [(at(15), ROSA)]
    texts = told(desk)
    assert len(texts) == 1
    assert "from Monday 23 November at 10:00 to Monday 23 November at 15:00" in texts[0]
    manager.post(f"{desk.business.path}diary/google/{asked.pk}/accept/")
    assert told(desk) == texts, "accepting twice is fine"


def until(hour):
    return {"end": {"dateTime": at(hour).isoformat()}}


def test_one_that_was_made_longer_in_google_is_asked_about_like_a_moved_one(desk, rosa, manager):
    made = desk.book(10)
    desk.work()
    in_google(desk, made, **until(11))
    look(desk)
    made.refresh_from_db()
    asked = ProposedChange.objects.get()
    assert (asked.act, made.ends_at) == ("length", at(10) + HOUR / 2), "asked first"
    page = manager.get(f"{desk.business.path}diary/google/").content.decode()
    assert "In Google: until" in page
    assert "In its way" not in page
    page = manager.post(f"{desk.business.path}diary/google/{asked.pk}/accept/", follow=True).content.decode()
    assert "takes until 11:00 now" in page
    made.refresh_from_db()
    assert (made.starts_at, made.ends_at) == (at(10), at(11))
    look(desk)
    look(desk)
    assert ProposedChange.objects.count() == 1
    [text] = told(desk)
    assert "now Monday 23 November at 10:00–11:00" in text
    page = manager.get(f"{desk.business.path}diary/appointments/{made.pk}/").content.decode()
    assert "Made to end at 11:00 instead of 10:30" in page
    in_google(desk, made, end={"dateTime": (at(10) + HOUR / 4).isoformat()})
    look(desk)
    manager.post(f"{desk.business.path}diary/google/{ProposedChange.objects.get(status='open').pk}/refuse/")
    look(desk)
    made.refresh_from_db()
    assert made.ends_at == at(11), "refused, it stands"
    assert 10 not in desk.offered()


def test_a_new_length_that_collides_says_with_what_and_changes_nothing(desk, rosa, manager):
    made, next_one = desk.book(10), desk.book(11)
    Patient.objects.filter(pk=next_one.patient_id).update(name="Tom Reed")
    desk.work()
    in_google(desk, made, **until(12))
    look(desk)
    asked = ProposedChange.objects.get()
    for _ in range(2):
        page = manager.get(f"{desk.business.path}diary/google/").content.decode()
        assert "In its way" in page
        assert "Tom Reed, Check-up, 11:00–11:30" in page
        manager.post(f"{desk.business.path}diary/google/{asked.pk}/accept/")
        made.refresh_from_db()
        assert made.ends_at == at(10) + HOUR / 2
    asked.refresh_from_db()
    assert asked.status == "open"
    assert told(desk) == []


def test_fault_44_refused_our_version_is_written_back(desk, rosa, manager):
    made, other = desk.book(10), desk.book(12)
    desk.work()
    in_google(desk, made, **to(15))
    delete_in_google(desk, other)
    look(desk)
    assert desk.events() == [(at(15), ROSA)]
    for asked in ProposedChange.objects.all():
        manager.post(f"{desk.business.path}diary/google/{asked.pk}/refuse/")
    for _ in range(3):
        look(desk)
    assert desk.events() == [(at(10), ROSA), (at(12), ROSA)]
    assert set(ProposedChange.objects.values_list("status", flat=True)) == {"refused"}
    assert told(desk) == []


def test_fault_44_a_business_that_follows_google_is_not_asked(desk, rosa, manager):
    manager.post(f"{desk.business.path}settings/calendars/{desk.account.pk}/follow/", {"on_change": "accept"})
    made, other = desk.book(10), desk.book(12)
    desk.work()
    in_google(desk, made, **to(15))
    delete_in_google(desk, other)
    look(desk)
    look(desk)
    made.refresh_from_db()
    other.refresh_from_db()
    assert (made.starts_at, other.status) == (at(15), AppointmentStatus.CANCELLED)
    assert desk.events() == [(at(15), ROSA)]
    texts = told(desk)
    assert len(texts) == 2
    assert any("was cancelled" in each and "Free instead" in each for each in texts)


def test_fault_44_outside_the_service_window_a_person_tells_the_patient(desk, rosa, monday):
    made = desk.book(14)
    desk.work()
    delete_in_google(desk, made)
    look(desk)
    Channel.objects.update(kind="twilio")
    Conversation.objects.update(last_inbound_at=monday - 25 * HOUR)
    from calendar_sync.google import proposals

    proposals.accept(desk.business, ProposedChange.objects.get(), user_id=None)
    assert told(desk) == []
    handoff = Handoff.objects.get()
    assert "was cancelled" in handoff.summary
    assert handoff.is_task, "the assistant keeps the conversation"
    assert PatientNews.objects.get().told_at is not None


def test_fault_44_what_the_diary_refuses_stays_open_with_the_reason(desk, manager):
    made, _other = desk.book(10), desk.book(15)
    desk.work()
    in_google(desk, made, **to(15))
    look(desk)
    asked = ProposedChange.objects.get()
    page = manager.post(f"{desk.business.path}diary/google/{asked.pk}/accept/", follow=True)
    assert "This time is already taken." in page.content.decode()
    asked.refresh_from_db()
    assert asked.status == "open"


def test_fault_44_moved_back_in_google_there_is_nothing_left_to_ask(desk):
    made = desk.book(10)
    desk.work()
    in_google(desk, made, **to(15))
    look(desk)
    in_google(desk, made, **to(16))
    look(desk)
    assert [each.status for each in ProposedChange.objects.order_by("pk")] == ["superseded", "open"]
    in_google(desk, made, **to(10))
    look(desk)
    assert not ProposedChange.objects.filter(status="open").exists()
    assert 15 in desk.offered()
