"""Deadlines in opening hours, who gets the work, and what the contact hears when nobody answers."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from calendar_sync import open_time
from calendar_sync.models import HoursException
from conversations import outbox
from conversations.models import Contact, Conversation, Message
from conversations.promise import promise
from escalations import acts, assigning
from escalations.models import Escalation, Notice, ServiceLevel, StaffState
from escalations.telling.audience import audience
from tenants import clock
from tests.conversations.test_handoffs import week

__all__ = ["week"]
LONDON = ZoneInfo("Europe/London")


def local(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=LONDON)


def at(text):
    return clock.pinned(local(text))


def level(**fields):
    return ServiceLevel.objects.create(**{"give_on_minutes": 0, **fields})


@pytest.fixture
def tuesday(week):
    """Open 08:30-12:30 and 13:30-17:30; it is Tuesday, 24 November, 10:00."""
    with at("2026-11-24T10:00"):
        yield week


@pytest.mark.parametrize(
    ("start", "minutes", "due"),
    [
        ("2026-11-24T10:00", 60, "2026-11-24T11:00"),
        ("2026-11-24T12:10", 60, "2026-11-24T14:10"),  # over lunch
        ("2026-11-24T17:10", 60, "2026-11-25T09:10"),  # over night
        ("2026-11-27T17:00", 60, "2026-11-30T09:00"),  # over a weekend
        ("2026-11-24T20:00", 0, "2026-11-25T08:30"),
        ("2026-11-24T08:30", 480, "2026-11-24T17:30"),  # a whole day ends with it
    ],
)
def test_a_deadline_counts_only_while_it_is_open(week, start, minutes, due):
    assert open_time.due(week, local(start), minutes) == local(due)


def test_a_deadline_skips_holidays_and_is_unknown_when_it_stays_shut(week):
    HoursException.objects.create(date=dt.date(2026, 11, 25), periods=[])
    assert open_time.due(week, local("2026-11-24T17:10"), 60) == local("2026-11-26T09:10")
    for day in range(26):
        HoursException.objects.create(date=dt.date(2026, 11, 26) + dt.timedelta(days=day), periods=[])
    assert open_time.due(week, local("2026-11-24T17:10"), 60 * 24 * 5) is None


def test_an_escalation_opens_with_its_deadlines_and_the_screens_say_them(tuesday, scene, alices):
    level(first_reply_minutes=30, resolve_minutes=120)
    tom = scene.writes("Tom Becker", "Hello")
    escalation = scene.hands_over(tom)
    assert escalation.first_reply_due_at == local("2026-11-24T10:30")
    assert escalation.resolve_due_at == local("2026-11-24T12:00")
    with at("2026-11-24T10:18"):
        for page in ("inbox/", f"conversations/{tom.pk}/", "escalations/"):
            assert "Reply due in 12 min" in alices.get(page).content.decode()
    with at("2026-11-24T10:38"):
        assert "Reply 8 min late" in alices.get("inbox/").content.decode()
    with at("2026-11-24T10:39"):
        alices.post(f"conversations/{tom.pk}/reply/", {"text": "Here I am"})
        escalation.refresh_from_db()
        assert escalation.first_replied_at == clock.now()
        assert "Solve due in 1 h" in alices.get("inbox/").content.decode()
        alices.post(f"conversations/{tom.pk}/resolve/")
        assert "data-due" not in alices.get("inbox/").content.decode()


def test_it_warns_before_and_when_late_each_once(tuesday, scene, alice, bob):
    level(first_reply_minutes=60)
    escalation = scene.hands_over(scene.writes("Tom", "Hello"))
    for moment, kinds in (
        ("10:00", []),
        ("10:44", []),
        ("10:45", ["late"]),
        ("10:50", ["late"]),
        ("11:00", ["late", "overdue"]),
        ("11:30", ["late", "overdue"]),
    ):
        with at(f"2026-11-24T{moment}"):
            scene.looks_at_the_clock(escalation)
            told = Notice.objects.filter(staff_id=bob.pk, kind__in=["late", "overdue"]).order_by("kind")
            assert [each.kind for each in told] == kinds


def test_who_has_it_is_warned_and_managers_hear_when_it_is_late(clinic, scene, alice, bob):
    assert audience(clinic, "late", owner=bob.pk) == [bob.pk]
    assert audience(clinic, "overdue", owner=bob.pk) == [alice.pk, bob.pk]
    assert audience(clinic, "problem") == [alice.pk]
    StaffState.objects.create(staff_id=bob.pk, away=True)
    assert audience(clinic, "late", owner=bob.pk) == [alice.pk]
    StaffState.objects.create(staff_id=alice.pk, away=True)
    assert audience(clinic, "red_flag") == [alice.pk, bob.pk], "with nobody there everybody is told"


def test_an_answer_from_a_phone_beside_the_desk_stops_the_clock(tuesday, scene):
    level(first_reply_minutes=30)
    tom = scene.writes("Tom", "Hello")
    escalation = scene.hands_over(tom)
    with at("2026-11-24T10:10"):
        outbox.queue(tuesday, tom, "I rang him", author=Message.Author.STAFF)
    with at("2026-11-24T10:29"):
        assert scene.looks_at_the_clock(escalation).first_replied_at == local("2026-11-24T10:10")
    assert not Notice.objects.filter(kind="late").exists()


def test_work_goes_in_turn_to_whoever_is_there_and_has_room(tuesday, scene, alice, bob):
    level(way="in_turn")
    owners = [scene.hands_over(scene.writes(name, "Hello")).owner_id for name in ("A", "B", "C", "D")]
    assert owners == [alice.pk, bob.pk, alice.pk, bob.pk]
    StaffState.objects.filter(staff_id=alice.pk).update(capacity=2)
    assert scene.hands_over(scene.writes("E", "Hello")).owner_id == bob.pk
    StaffState.objects.filter(staff_id=bob.pk).update(away=True, away_until=local("2026-11-24T11:00"))
    left = scene.hands_over(scene.writes("F", "Hello"))
    assert (left.owner_id, left.status) == (None, "open"), "nobody has room: it stays in front of everybody"
    with at("2026-11-24T11:00"):
        assert scene.hands_over(scene.writes("G", "Hello")).owner_id == bob.pk, "back by then"
    given = Conversation.objects.get(contact__profile_name="G")
    assert (given.staff_id, given.handling) == (bob.pk, "waiting_for_staff"), "it still needs an answer"
    assert Notice.objects.filter(kind="assigned", staff_id=bob.pk, conversation_id=given.pk).exists()


def test_nobody_answers_so_it_goes_to_somebody_else_and_the_patient_hears_when(tuesday, scene, alice, bob):
    level(way="in_turn", first_reply_minutes=60, give_on_minutes=30)
    tom = scene.writes("Tom", "I want to speak to a person please")
    escalation = scene.hands_over(tom)
    assert escalation.owner_id == alice.pk
    with at("2026-11-24T10:29"):
        assert scene.looks_at_the_clock(escalation).owner_id == alice.pk
    said = []
    for moment, owner in (("10:30", bob.pk), ("11:00", alice.pk), ("11:30", bob.pk), ("12:00", bob.pk)):
        with at(f"2026-11-24T{moment}"):
            assert scene.looks_at_the_clock(escalation).owner_id == owner
    said = list(tom.messages.filter(author="system").values_list("text", flat=True))
    assert said == [
        "I'm sorry that the team hasn't answered you yet. I've passed it on to somebody else there. "
        "They are open until 12:30 today and will answer you here."
    ]


def test_what_waits_for_somebody_who_goes_away_goes_to_the_next_in_turn(tuesday, scene, alices, alice, bob):
    level(way="in_turn", give_on_minutes=30)
    tom = scene.writes("Tom", "Hello")
    escalation = scene.hands_over(tom)
    assert escalation.owner_id == alice.pk
    scene.looks_at_the_clock(escalation)
    alices.post("settings/notifications/", {"away": "on"})
    assert scene.looks_at_the_clock(escalation).owner_id == bob.pk
    StaffState.objects.filter(staff_id=bob.pk).update(away=True)
    left = scene.looks_at_the_clock(escalation)
    assert (left.owner_id, left.status, left.given_on) == (None, "open", 0)
    assert not tom.messages.filter(author="system").exists(), "nobody kept them waiting yet"
    assert Notice.objects.filter(kind="escalation").count() == 2, "with nobody there everybody is told"


def test_who_answered_keeps_it_while_away(tuesday, scene, bob):
    level(way="in_turn", give_on_minutes=30)
    tom = scene.writes("Tom", "Hello")
    escalation = scene.hands_over(tom)
    acts.reply(tuesday, tom, bob, "Here I am")
    StaffState.objects.update_or_create(staff_id=bob.pk, defaults={"away": True})
    assert scene.looks_at_the_clock(escalation).owner_id == bob.pk


def test_without_a_rule_it_is_free_for_everybody_again(tuesday, scene, alice, bob):
    level(way="by_hand", give_on_minutes=30)
    tom = scene.writes("Tom", "Hello")
    escalation = scene.hands_over(tom)
    assigning.by_hand(tuesday, tom, alice, bob.pk)
    with at("2026-11-24T10:30"):
        found = scene.looks_at_the_clock(escalation)
        assert (found.owner_id, found.status) == (None, "open")
        assert scene.looks_at_the_clock(escalation).given_on == 1
    tom.refresh_from_db()
    assert (tom.staff_id, tom.handling) == (None, "waiting_for_staff")
    assert tom.messages.filter(author="system").count() == 1


@pytest.mark.parametrize("why", ["stop", "window"])
def test_nobody_is_told_to_wait_who_may_not_be_written_to(tuesday, scene, why):
    level(give_on_minutes=30)
    tom = scene.writes("Tom", "Hello")
    escalation = scene.hands_over(tom)
    if why == "stop":
        Contact.objects.update(opted_out_at=clock.now())
    else:
        Conversation.objects.update(last_inbound_at=clock.now() - dt.timedelta(hours=30))
    with at("2026-11-24T10:30"):
        assert scene.looks_at_the_clock(escalation).given_on == 1
    assert not tom.messages.filter(author="system").exists()


def test_who_answered_keeps_it(tuesday, scene, bob):
    level(way="in_turn", give_on_minutes=30)
    tom = scene.writes("Tom", "Hello")
    escalation = scene.hands_over(tom)
    acts.reply(tuesday, tom, bob, "Here I am")
    with at("2026-11-24T12:00"):
        assert scene.looks_at_the_clock(escalation).owner_id == bob.pk


def test_giving_it_to_a_colleague_by_hand(tuesday, scene, alices, bobs, bob):
    tom = scene.writes("Tom", "Hello")
    assert "Bob Colleague" in alices.get(f"conversations/{tom.pk}/colleagues/").content.decode()
    alices.post(f"conversations/{tom.pk}/give/", {"to": bob.pk})
    tom.refresh_from_db()
    assert (tom.staff_id, tom.handling) == (bob.pk, "waiting_for_staff")
    page = bobs.get(f"conversations/{tom.pk}/").content.decode()
    assert "This conversation waits for you." in page
    assert "Given to Bob Colleague" in page
    assert [each.kind for each in Notice.objects.filter(staff_id=bob.pk)] == ["assigned"]


@pytest.mark.parametrize("to", ["", "x", "0", "99999999", "charlie"])
def test_it_is_given_to_nobody_who_does_not_work_here(tuesday, scene, alices, charlie, to):
    tom = scene.writes("Tom", "Hello")
    alices.post(f"conversations/{tom.pk}/give/", {"to": charlie.pk if to == "charlie" else to})
    tom.refresh_from_db()
    assert (tom.staff_id, tom.handling) == (None, "assistant")


def test_what_was_given_to_one_can_be_taken_by_another_on_purpose_only(tuesday, scene, alice, bob):
    tom = scene.writes("Tom", "Hello")
    escalation = scene.hands_over(tom)
    assigning.by_hand(tuesday, tom, alice, bob.pk)
    with pytest.raises(acts.AlreadyTaken):
        acts.take(tuesday, escalation, alice)
    acts.take(tuesday, escalation, bob)
    tom.refresh_from_db()
    assert (tom.staff_id, tom.handling) == (bob.pk, "staff")


@pytest.mark.parametrize(
    ("now", "until", "back"),
    [
        ("2026-11-24T17:10", "17:30", "from 08:30 tomorrow"),
        ("2026-11-24T12:10", "12:30", "from 13:30 today"),
        ("2026-11-27T17:10", "17:30", "on Monday from 08:30"),
    ],
)
def test_no_answer_today_is_promised_that_no_hour_of_today_is_left_for(week, now, until, back):
    today = f"They are open until {until} today. If they don't get to it by then, they will answer you here {back}."
    assert promise(week, local(now)).endswith(today)


def test_over_a_long_weekend_the_day_is_said(week):
    HoursException.objects.create(date=dt.date(2026, 11, 30), periods=[])
    assert promise(week, local("2026-11-27T17:40")).endswith(
        "They are back on Tuesday at 08:30 and will answer you here then."
    )


def test_with_everybody_away_the_promise_waits_for_the_first_who_is_back(week, alice, bob):
    now = local("2026-11-24T10:00")
    StaffState.objects.create(staff_id=alice.pk, away=True)
    assert promise(week, now).endswith("They are open until 12:30 today and will answer you here."), "Bob is there"
    bobs = StaffState.objects.create(staff_id=bob.pk, away=True, away_until=local("2026-11-25T11:00"))
    assert promise(week, now).endswith("They are back tomorrow at 11:00 and will answer you here then.")
    StaffState.objects.filter(pk=bobs.pk).update(away_until=None)
    assert promise(week, now).endswith("They will answer you here."), "nobody said when"


@pytest.mark.parametrize("language", ["de", "es", "fr", "pt"])
def test_each_language_says_both_times(week, language):
    told = promise(week, local("2026-11-27T17:10"), language)
    assert "17:30" in told
    assert "08:30" in told


def test_the_settings_are_checked_and_kept(clinic, alices, bobs, bob):
    assert bobs.get("settings/answering/").status_code == 404
    given = {"first_reply_minutes": 60, "resolve_minutes": 30, "way": "in_turn", "give_on_minutes": 0}
    refused = alices.post("settings/answering/", given)
    assert refused.status_code == 422
    assert "can’t be shorter than the first reply" in refused.content.decode()
    assert not ServiceLevel.objects.exists()
    alices.post("settings/answering/", {**given, "resolve_minutes": 90})
    alices.post("settings/answering/", {**given, "resolve_minutes": 120})
    assert [(each.way, each.resolve_minutes) for each in ServiceLevel.objects.all()] == [("in_turn", 120)]
    alices.post(f"settings/answering/{bob.pk}/", {"capacity": 3})
    assert StaffState.objects.get(staff_id=bob.pk).capacity == 3
    alices.post(f"settings/answering/{bob.pk}/", {"capacity": "-1"})
    assert StaffState.objects.get(staff_id=bob.pk).capacity == 3


def test_fault_63_two_staff_claim_one_escalation_one_has_it(clinic, scene, alice, alices, bobs):
    escalation = scene.hands_over(scene.writes("Tom", "Hello"))
    alices.post(f"escalations/{escalation.pk}/take/")
    bobs.post(f"escalations/{escalation.pk}/take/")
    assert Escalation.objects.get(pk=escalation.pk).owner_id == alice.pk
