"""Who has a conversation, and what the patient is told."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from calendar_sync.models import HoursException, OpeningHours
from conversations import handoffs, outbox
from conversations.models import Conversation, Message
from conversations.promise import promise
from tenants.models import WorkItem
from tests.conversations.conftest import sent_texts

LONDON = ZoneInfo("Europe/London")


@pytest.fixture
def week(clinic):
    """Monday to Friday 08:30–12:30 and 13:30–17:30."""
    location = OpeningHours.objects.first().location
    OpeningHours.objects.all().delete()
    for day in range(5):
        for opens, closes in (("08:30", "12:30"), ("13:30", "17:30")):
            OpeningHours.objects.create(
                location=location, weekday=day, opens=dt.time.fromisoformat(opens), closes=dt.time.fromisoformat(closes)
            )
    return clinic


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ("2026-11-24T15:00", "They are open until 17:30 today and will answer you here."),
        ("2026-11-24T12:45", "They are back today at 13:30 and will answer you here then."),
        ("2026-11-24T17:30", "They are back tomorrow at 08:30 and will answer you here then."),
        ("2026-11-27T18:00", "They are back on Monday at 08:30 and will answer you here then."),
        ("2026-11-24T06:00", "They are back today at 08:30 and will answer you here then."),
    ],
)
def test_the_promise_is_what_the_opening_hours_bear_out(week, now, said):
    moment = dt.datetime.fromisoformat(now).replace(tzinfo=LONDON)
    assert promise(week, moment) == f"I've passed this to the team at Bright Smile. {said}"


def test_the_promise_knows_holidays_and_names_the_date_of_a_far_day(week):
    for day in range(23, 32):
        HoursException.objects.create(date=dt.date(2026, 12, day), periods=[])
    moment = dt.datetime(2026, 12, 23, 10, tzinfo=LONDON)
    assert "They are back on Monday 4 January at 08:30" in promise(week, moment)


@pytest.mark.parametrize(
    ("closes", "said"),
    [("02:00", "They are open until 02:00 tonight and will answer you here."), ("15:00", "They are open and will")],
)
def test_the_promise_knows_hours_past_midnight(week, closes, said):
    """Open from 15:00 every day; until 15:00 means always."""
    OpeningHours.objects.filter(opens__lt=dt.time(10)).delete()
    OpeningHours.objects.update(opens=dt.time(15), closes=dt.time.fromisoformat(closes))
    assert said in promise(week, dt.datetime(2026, 11, 24, 23, tzinfo=LONDON))


def test_without_opening_hours_it_promises_no_time(week):
    OpeningHours.objects.all().delete()
    assert promise(week, dt.datetime(2026, 11, 24, 15, tzinfo=LONDON)).endswith("They will answer you here.")


def test_what_people_have_already_is_not_handed_over_again(clinic, conversation):
    handoffs.hand_over(clinic, conversation, "policy")
    with pytest.raises(handoffs.TransitionRefused):
        handoffs.hand_over(clinic, conversation, "policy")
    assert len(sent_texts(conversation)) == 1


def test_taking_over_withholds_what_was_not_sent_yet(clinic, conversation, alice, bob):
    outbox.queue(clinic, conversation, "Good morning!")
    handoffs.take_over(clinic, conversation, alice)
    assert Message.objects.get(direction="out").delivery == "withheld"
    conversation.refresh_from_db()
    assert (conversation.handling, conversation.staff_id) == ("staff", alice.pk)


def test_taking_over_twice_is_one_line_and_a_colleague_may_take_it_on(clinic, conversation, alice, bob):
    handoffs.take_over(clinic, conversation, alice)
    handoffs.take_over(clinic, conversation, alice)
    handoffs.take_over(clinic, conversation, bob)
    assert [(event.act, event.staff_id) for event in conversation.events.all()] == [
        ("taken_over", alice.pk),
        ("taken_over", bob.pk),
    ]
    assert Conversation.objects.get().staff_id == bob.pk


def test_what_staff_wrote_answers_and_is_not_withheld(clinic, conversation, alice, bob):
    handoffs.take_over(clinic, conversation, alice)
    outbox.queue(clinic, conversation, "Hello, Alice here.", author="staff", staff_id=alice.pk)
    handoffs.take_over(clinic, conversation, bob)
    assert Message.objects.get(direction="out").delivery == "queued"
    assert not outbox.unanswered(conversation.pk).exists()


@pytest.mark.parametrize("answered", [True, False])
def test_returned_it_answers_only_what_is_unanswered(clinic, conversation, alice, answered):
    handoffs.take_over(clinic, conversation, alice)
    WorkItem.objects.all().delete()
    if answered:
        outbox.queue(clinic, conversation, "Done.", author="staff", staff_id=alice.pk)
    handoffs.return_to_assistant(clinic, conversation, alice)
    assert WorkItem.objects.filter(kind="conversations.turn").exists() is not answered
    with pytest.raises(handoffs.TransitionRefused):
        handoffs.return_to_assistant(clinic, conversation, alice)


def test_resolving_deals_with_everything_and_gives_it_back_to_the_assistant(clinic, conversation, alice):
    handoffs.take_over(clinic, conversation, alice)
    handoffs.resolve(clinic, conversation, alice)
    conversation.refresh_from_db()
    assert (conversation.status, conversation.handling, conversation.unread) == ("resolved", "assistant", 0)
    assert not outbox.unanswered(conversation.pk).exists()
    with pytest.raises(handoffs.TransitionRefused):
        handoffs.resolve(clinic, conversation, alice)
    handoffs.reopen(clinic, conversation, alice)
    with pytest.raises(handoffs.TransitionRefused):
        handoffs.reopen(clinic, conversation, alice)
    assert [event.act for event in conversation.events.all()] == ["taken_over", "resolved", "reopened"]
