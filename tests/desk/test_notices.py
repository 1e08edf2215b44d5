"""What one person is told, and when not."""

import datetime as dt

import pytest
from django.core import mail

from escalations import assigning, notes
from escalations.models import Notice, Promise, PushSubscription, StaffState
from escalations.telling import delivering, notices
from tenants import clock, worklist
from tenants.models import Membership, User, WorkItem
from tests.desk.scene import SCRIPT
from tests.desk.told import at, choose, mailed


@pytest.fixture
def tom(scene):
    return scene.writes("Tom Becker", "My card is 4111 1111 1111 1111")


# -- the bell --------------------------------------------------------------------------------------------------


def test_the_bell_counts_what_is_new_and_a_look_at_it_counts_as_seen(clinic, scene, tom, alices, bobs, bob):
    scene.mails(scene.hands_over(tom))
    assert 'id="bell-count" hx-swap-oob="true">1<' in bobs.get("nav-counts/").content.decode()
    page = bobs.get("notices/").content.decode()
    assert "A conversation needs a person." in page
    assert "Tom Becker" in page
    notice = Notice.objects.get(staff_id=bob.pk)
    assert bobs.get(f"notices/{notice.pk}/").url.endswith(f"conversations/{tom.pk}/")
    assert 'hx-swap-oob="true"></span>' in bobs.get("nav-counts/").content.decode()
    assert Notice.objects.filter(seen_at__isnull=True).count() == 1, "Alice has not looked"
    alices.get(f"conversations/{tom.pk}/")
    assert not Notice.objects.filter(seen_at__isnull=True).exists()


def test_nobody_opens_the_notice_of_somebody_else(clinic, scene, tom, alice, bobs):
    notices.tell(clinic, "assigned", [alice.pk], conversation_id=tom.pk)
    assert bobs.get(f"notices/{Notice.objects.get().pk}/").status_code == 404
    bobs.post("notices/seen/")
    assert Notice.objects.get().seen_at is None


def test_the_same_thing_is_told_to_each_once(clinic, tom, alice, bob):
    for _ in range(3):
        notices.tell(clinic, "late", [alice.pk, bob.pk], conversation_id=tom.pk, object_id=7)
    assert Notice.objects.count() == 2
    assert WorkItem.objects.filter(kind=notices.TELL).count() == 2


def test_who_is_named_in_a_note_is_told_and_only_they(clinic, scene, tom, alice, bob):
    notes.write(clinic, tom, alice, "@Bob please look at this card")
    assert [(each.staff_id, each.kind) for each in Notice.objects.all()] == [(bob.pk, "mention")]
    scene.tells()
    (sent,) = mail.outbox
    assert sent.recipients() == ["bob@clinic.test"]
    assert "card" not in sent.message().as_string()


# -- when not --------------------------------------------------------------------------------------------------


def test_quiet_hours_hold_it_back_until_they_end(clinic, scene, tom, alice, bob):
    choose(bob, quiet_from=dt.time(20), quiet_until=dt.time(7), urgent_at_night=False)
    with at("2026-11-24T23:00"):
        scene.mails(scene.hands_over(tom))
        assert mailed() == ["alice@clinic.test"]
        item = WorkItem.objects.get(kind=notices.TELL)
        assert abs((item.due_at - item.created_at) - dt.timedelta(hours=8)) < dt.timedelta(minutes=1)
    WorkItem.objects.update(due_at=item.created_at - dt.timedelta(days=1))
    with at("2026-11-25T07:00"):
        scene.tells()
    assert mailed() == ["alice@clinic.test", "bob@clinic.test"]


@pytest.mark.parametrize(("allowed", "told"), [(True, 1), (False, 0)])
def test_a_red_flag_breaks_quiet_hours_where_the_person_allows_it(clinic, scene, tom, alice, bob, allowed, told):
    choose(bob, quiet_from=dt.time(20), quiet_until=dt.time(7), urgent_at_night=allowed)
    with at("2026-11-24T23:00"):
        scene.mails(scene.hands_over(tom, "red_flag"))
    assert mailed().count("bob@clinic.test") == told


def test_a_kind_that_was_switched_off_stays_on_the_page(clinic, scene, tom, bob):
    choose(bob, muted=["escalation"])
    scene.mails(scene.hands_over(tom))
    assert mailed() == ["alice@clinic.test"]
    assert Notice.objects.filter(staff_id=bob.pk).exists()


def test_what_was_seen_or_dealt_with_meanwhile_is_not_told(clinic, scene, tom, alices, bob):
    escalation = scene.hands_over(tom)
    alices.post(f"conversations/{tom.pk}/take-over/")
    scene.mails(escalation)
    other = scene.writes("Eva", "Hello")
    notices.tell(clinic, "assigned", [bob.pk], conversation_id=other.pk)
    notices.see(clinic, bob.pk)
    scene.tells()
    assert mailed() == []


def test_the_digest_is_one_mail_a_day_of_what_was_not_looked_at(clinic, scene, alice, bob):
    choose(bob, digest=True)
    Membership.objects.filter(user=alice).update(notify_by_email=False)
    with at("2026-11-24T10:00"):
        for name in ("A", "B", "C"):
            scene.mails(scene.hands_over(scene.writes(name, "Hello")))
    assert mailed() == []
    with at("2026-11-25T08:00"):
        for _ in range(2):
            worklist.call_for(clinic.pk, delivering.DIGEST, bob.pk)
            lease = worklist.claim(clinic.pk, delivering.DIGEST, bob.pk, early=True)
            delivering.digest(clinic, bob.pk, lease)
    (sent,) = mail.outbox
    assert "A conversation needs a person. (3 times)" in sent.body
    assert "3 things waiting" in sent.subject


def test_the_settings_refuse_half_an_hour_and_a_time_that_is_over(clinic, bobs, bob):
    bad = {"quiet_from": "20:00", "away": "on", "away_until": "2020-01-01T10:00"}
    answer = bobs.post("settings/notifications/", bad)
    assert answer.status_code == 422
    assert "Give both times, or neither." in answer.content.decode()
    assert "This lies in the past." in answer.content.decode()
    assert not StaffState.objects.exists()
    good = {"quiet_from": "20:00", "quiet_until": "07:00", "told_of": ["red_flag", "mention"], "digest": "on"}
    bobs.post("settings/notifications/", good)
    state = StaffState.objects.get(staff_id=bob.pk)
    assert (state.quiet_from, state.digest, "late" in state.muted, "mention" in state.muted) == (
        dt.time(20),
        True,
        True,
        False,
    )


def test_fault_68_scripts_in_names_and_promises_stay_words(clinic, scene, alices, alice, bob):
    User.objects.filter(pk=bob.pk).update(name=SCRIPT)
    eve = scene.writes(SCRIPT, SCRIPT)
    scene.hands_over(eve, summary=SCRIPT)
    assigning.by_hand(clinic, eve, alice, bob.pk)
    notices.tell(clinic, "assigned", [alice.pk], conversation_id=eve.pk)
    Promise.objects.create(conversation=eve, text=SCRIPT, owner_id=bob.pk, due_at=clock.now() + dt.timedelta(hours=1))
    PushSubscription.objects.create(staff_id=alice.pk, endpoint="https://push.test/1", browser=SCRIPT[:60])
    pages = ["escalations/", "promises/", "notices/", "settings/answering/", "settings/notifications/"]
    pages += [f"conversations/{eve.pk}/", f"conversations/{eve.pk}/colleagues/"]
    for page in pages:
        shown = alices.get(page)
        assert shown.status_code == 200, page
        assert "<script>window.broken" not in shown.content.decode(), page
