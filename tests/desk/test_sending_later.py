"""Written now, sent later: kept with its time, changed, cancelled, and looked at again when it is due."""

import datetime as dt
import html
from zoneinfo import ZoneInfo

import pytest

from conversations.models import ConversationEvent, Handoff, Message
from escalations import later, tasks
from escalations.models import Draft, ScheduledMessage
from tenants import clock
from tenants.models import WorkItem

HX = {"HX-Request": "true"}


def text_of(answer, status=200):
    assert answer.status_code == status
    return html.unescape(answer.content.decode())


@pytest.fixture
def tom(scene):
    return scene.writes("Tom Becker", "Hello")


@pytest.fixture
def kept(clinic, alice, tom):
    return later.plan(clinic, tom, alice, "Your crown has arrived.", clock.now() + dt.timedelta(hours=2))


def rings(business, scheduled, after=dt.timedelta(hours=3), times=1):
    """The work item is rung for, that long from now."""
    with clock.pinned(clock.now() + after):
        for _ in range(times):
            WorkItem.objects.filter(kind=later.SEND).update(due_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
            tasks.send_later.body(business, scheduled.pk)


def sent(conversation):
    return list(Message.objects.filter(conversation=conversation, direction="out").values_list("text", "author"))


def test_it_is_kept_at_a_time_of_the_businesss_zone_and_listed(alices, alice, clinic, tom):
    Draft.objects.create(conversation=tom, staff_id=alice.pk, text="Your crown")
    at = (clock.now() + dt.timedelta(days=2)).astimezone(ZoneInfo("Europe/London")).replace(hour=9, minute=30)
    given = {"text": "Your crown has arrived.", "at_time": at.strftime("%Y-%m-%dT%H:%M")}
    page = text_of(alices.post(f"conversations/{tom.pk}/later/", given, headers=HX))
    assert "Your crown has arrived." in page
    assert "only if they write before" in page, "the 24 hours end before"
    row = ScheduledMessage.objects.get()
    assert row.due_at.astimezone(ZoneInfo("Europe/London")).strftime("%H:%M") == "09:30"
    assert not Draft.objects.exists()
    assert not sent(tom)


def test_when_it_is_due_it_leaves_once_as_that_persons(clinic, alice, tom, kept):
    rings(clinic, kept, times=3)
    assert sent(tom) == [("Your crown has arrived.", "staff")]
    assert Message.objects.get(direction="out").staff_id == alice.pk
    kept.refresh_from_db()
    assert kept.message_id is not None
    assert not WorkItem.objects.filter(kind=later.SEND).exists()


def test_rung_too_early_it_waits(clinic, tom, kept):
    rings(clinic, kept, after=dt.timedelta(minutes=5))
    assert not sent(tom)
    assert WorkItem.objects.filter(kind=later.SEND).exists()


def test_where_the_24_hours_are_over_staff_get_a_note_instead(clinic, alices, tom, kept):
    rings(clinic, kept, after=dt.timedelta(hours=30))
    assert not sent(tom)
    kept.refresh_from_db()
    assert kept.error == later.SHUT
    assert ConversationEvent.objects.filter(conversation=tom, act="later_not_sent").count() == 1
    assert Handoff.objects.get().is_task
    page = text_of(alices.get(f"conversations/{tom.pk}/thread/"))
    assert "A message for later could not go out" in page
    assert "Not sent: WhatsApp’s 24 hours were over when it was due." in page


def test_if_they_write_in_between_it_goes(scene, clinic, tom, alice):
    kept = later.plan(clinic, tom, alice, "As promised.", clock.now() + dt.timedelta(hours=40))
    with clock.pinned(clock.now() + dt.timedelta(hours=30)):
        scene.writes("Tom Becker", "Any news?")
    rings(clinic, kept, after=dt.timedelta(hours=41))
    assert ("As promised.", "staff") in sent(tom)


def test_it_is_changed_and_goes_at_its_new_time(alices, clinic, tom, kept):
    at = (clock.now() + dt.timedelta(hours=5)).astimezone(ZoneInfo("Europe/London"))
    given = {"text": "It has arrived today.", "at_time": at.strftime("%Y-%m-%dT%H:%M")}
    alices.post(f"later/{kept.pk}/change/", given, headers=HX)
    rings(clinic, kept)
    assert not sent(tom), "not at its old time"
    rings(clinic, kept, after=dt.timedelta(hours=6))
    assert sent(tom) == [("It has arrived today.", "staff")]


def test_cancelled_it_does_not_go_and_can_be_taken_back(alices, clinic, tom, kept):
    assert "Undo" in text_of(alices.post(f"later/{kept.pk}/cancel/", headers=HX))
    rings(clinic, kept)
    assert not sent(tom)
    alices.post(f"later/{kept.pk}/cancel/", {"undo": "1"}, headers=HX)
    rings(clinic, kept)
    assert sent(tom) == [("Your crown has arrived.", "staff")]


def test_what_went_is_neither_changed_nor_cancelled(alices, clinic, tom, kept):
    rings(clinic, kept)
    at = (clock.now() + dt.timedelta(hours=5)).isoformat()
    answer = alices.post(f"later/{kept.pk}/change/", {"text": "Other", "at_time": at}, headers=HX)
    assert "It went out or was cancelled meanwhile." in answer["HX-Trigger"]
    assert "meanwhile" in alices.post(f"later/{kept.pk}/cancel/", headers=HX)["HX-Trigger"]
    assert sent(tom) == [("Your crown has arrived.", "staff")]


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("", "Choose a day and a time."),
        ("tomorrow", "Choose a day and a time."),
        ("2020-01-01T09:00", "That is over."),
        ("2099-01-01T09:00", "Choose a time within a year."),
        ("2027-03-28T01:30", "The clocks are put forward then"),
    ],
)
def test_a_time_that_is_none_is_said_beside_what_was_typed(alices, tom, at, said):
    page = text_of(alices.post(f"conversations/{tom.pk}/later/", {"text": "My text", "at_time": at}, headers=HX), 422)
    assert said in page
    assert "My text" in page
    assert not ScheduledMessage.objects.exists()


def test_without_words_nothing_is_kept(alices, tom):
    answer = alices.post(f"conversations/{tom.pk}/later/", {"text": " ", "at_time": "2027-01-01T09:00"}, headers=HX)
    assert "Write something first." in text_of(answer, 422)


def test_twenty_wait_at_most(clinic, alice, tom):
    for number in range(later.AT_MOST):
        later.plan(clinic, tom, alice, f"Text {number}", clock.now() + dt.timedelta(hours=1))
    with pytest.raises(later.NotPlanned):
        later.plan(clinic, tom, alice, "One more", clock.now() + dt.timedelta(hours=1))


def test_the_menus_times_are_all_still_to_come(clinic):
    for hour in range(0, 24 * 8, 5):
        now = dt.datetime(2026, 11, 27, tzinfo=dt.UTC) + dt.timedelta(hours=hour)
        with clock.pinned(now):
            assert all(each.at > now for each in later.choices(clinic))
