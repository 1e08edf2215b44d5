"""What was promised becomes a task; how it was is asked once."""

import datetime as dt

import pytest
from django.test import Client

from agents.types import Reply
from conversations import outbox, turns
from conversations.models import Contact, Conversation, Message
from escalations import acts
from escalations.models import Notice, Promise, Rating, ServiceLevel, StaffState
from escalations.tasks import note_promise, take_rating, warn_of_promise
from tenants import clock, worklist
from tenants.models import WorkItem
from tests.conversations.conftest import Listener
from tests.desk.test_clocks import at, local, tuesday, week

__all__ = ["tuesday", "week"]
LONG_AGO = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


@pytest.fixture
def tom(scene):
    return scene.writes("Tom Becker", "My crown came off")


# -- promises --------------------------------------------------------------------------------------------------


def test_a_colleagues_promise_is_offered_as_a_task_and_made_one(tuesday, scene, tom, alices, alice):
    alices.post(f"conversations/{tom.pk}/reply/", {"text": "Poor you! We'll call you back this afternoon."})
    page = alices.get(f"conversations/{tom.pk}/").content.decode()
    assert "Make it a task?" in page
    assert "By the end of today" in page
    said = tom.messages.get(author="staff")
    alices.post(f"conversations/{tom.pk}/promise/", {"message": said.pk, "due": "2026-11-24T16:00"})
    alices.post(f"conversations/{tom.pk}/promise/", {"message": said.pk, "due": "2026-11-24T17:00"})
    promise = Promise.objects.get()
    assert (promise.text, promise.owner_id, promise.due_at) == (
        "We'll call you back this afternoon.",
        alice.pk,
        local("2026-11-24T16:00"),
    )
    page = alices.get(f"conversations/{tom.pk}/").content.decode()
    assert "Make it a task?" not in page
    assert "Promise due in 6 h" in page


def test_what_promises_nothing_is_not_offered(tuesday, scene, tom, alices):
    alices.post(f"conversations/{tom.pk}/reply/", {"text": "Please call us back."})
    assert "Make it a task?" not in alices.get(f"conversations/{tom.pk}/").content.decode()


@pytest.mark.parametrize("due", ["", "nonsense", "2020-01-01T10:00", "2999-01-01T10:00"])
def test_a_deadline_lies_ahead(tuesday, scene, tom, alices, due):
    alices.post(f"conversations/{tom.pk}/reply/", {"text": "We'll call you back."})
    said = tom.messages.get(author="staff")
    alices.post(f"conversations/{tom.pk}/promise/", {"message": said.pk, "due": due})
    assert not Promise.objects.exists()


def test_only_a_message_of_this_conversation_is_promised(tuesday, scene, tom, alices):
    other = scene.writes("Eva", "Hello")
    alices.post(f"conversations/{other.pk}/reply/", {"text": "We'll call you back."})
    said = other.messages.get(author="staff")
    answer = alices.post(f"conversations/{tom.pk}/promise/", {"message": said.pk, "due": "2026-11-24T16:00"})
    assert answer.status_code == 404


def test_the_assistants_promise_is_a_task_by_itself(tuesday, scene, tom):
    lease = worklist.claim(tuesday.pk, turns.TURN, tom.pk, early=True)
    said = Reply(text="I have noted that. A colleague will call you back today.")
    turns.run_turn(tuesday, tom.pk, lease, receptionist=Listener(outcomes=[said]))
    turn_id = tom.messages.get(author="assistant").turn_id
    for _ in range(2):
        WorkItem.objects.filter(kind="escalations.promised").update(due_at=LONG_AGO)
        note_promise.body(tuesday, turn_id)
        worklist.call_for(tuesday.pk, "escalations.promised", turn_id)
    promise = Promise.objects.get()
    assert (promise.text, promise.due_at) == ("A colleague will call you back today.", local("2026-11-24T11:00"))


def test_a_promise_warns_ticks_off_and_comes_back(tuesday, scene, tom, alices, alice):
    alices.post(f"conversations/{tom.pk}/reply/", {"text": "We'll call you back."})
    said = tom.messages.get(author="staff")
    alices.post(f"conversations/{tom.pk}/promise/", {"message": said.pk, "due": "2026-11-24T11:00"})
    promise = Promise.objects.get()

    def rung(moment):
        WorkItem.objects.filter(kind="escalations.promise_due").update(due_at=LONG_AGO)
        with at(moment):
            warn_of_promise.body(tuesday, promise.pk)
        return list(Notice.objects.filter(kind="promise").values_list("staff_id", flat=True))

    assert rung("2026-11-24T10:44") == []
    assert rung("2026-11-24T10:45") == [alice.pk]
    with at("2026-11-24T11:08"):
        assert "Promise 8 min late" in alices.get("promises/").content.decode()
        alices.post(f"promises/{promise.pk}/done/")
        page = alices.get("promises/").content.decode()
        assert "Nothing is promised" in page
        assert "Alice Owner" in page
        alices.post(f"promises/{promise.pk}/undo/")
        assert "8 min late" in alices.get("promises/").content.decode()


def test_what_is_done_warns_nobody(tuesday, scene, tom, alices):
    alices.post(f"conversations/{tom.pk}/reply/", {"text": "We'll call you back."})
    said = tom.messages.get(author="staff")
    alices.post(f"conversations/{tom.pk}/promise/", {"message": said.pk, "due": "2026-11-24T11:00"})
    promise = Promise.objects.get()
    alices.post(f"promises/{promise.pk}/done/")
    WorkItem.objects.update(due_at=LONG_AGO)
    with at("2026-11-24T10:50"):
        warn_of_promise.body(tuesday, promise.pk)
    assert not Notice.objects.exists()


def test_nobody_else_sees_or_ticks_off_a_promise(tuesday, scene, tom, alices, charlie):
    alices.post(f"conversations/{tom.pk}/reply/", {"text": "We'll call you back."})
    said = tom.messages.get(author="staff")
    alices.post(f"conversations/{tom.pk}/promise/", {"message": said.pk, "due": "2026-11-24T11:00"})
    stranger = Client()
    stranger.force_login(charlie)
    assert stranger.post(f"/b/bright-smile/promises/{Promise.objects.get().pk}/done/").status_code == 404


# -- how it was ------------------------------------------------------------------------------------------------


@pytest.fixture
def asking(tuesday):
    return ServiceLevel.objects.create(asks_rating=True)


def resolved(scene, conversation, user):
    acts.reply(scene.business, conversation, user, "It is mended.")
    acts.resolve(scene.business, conversation, user)
    scene.delivered(conversation)


def asked(conversation):
    return conversation.messages.filter(choices__contains=[{"id": "rate:5"}])


def answers(scene, text, **more):
    conversation = scene.writes("Tom Becker", text, **more)
    for pk in conversation.messages.filter(direction="in").values_list("pk", flat=True):
        WorkItem.objects.filter(kind="escalations.rated").update(due_at=LONG_AGO)
        take_rating.body(scene.business, pk)
    conversation.refresh_from_db()
    return conversation


def test_after_resolving_it_is_asked_once_and_a_tap_answers(scene, asking, tom, bob):
    resolved(scene, tom, bob)
    question = asked(tom).get()
    assert next(each["title"] for each in question.choices) == "Very good"
    conversation = answers(scene, "Very good", choice="rate:5")
    rating = Rating.objects.get()
    assert (rating.score, rating.resolved_by, conversation.status) == (5, bob.pk, "resolved")
    assert conversation.messages.order_by("-pk").first().text == "Thank you for telling us."
    assert conversation.events.get(act="rated").detail == {"score": 5}


@pytest.mark.parametrize(
    ("text", "score"), [("4", 4), ("5/5", 5), ("sehr gut", 5), ("Mal", 1), ("⭐⭐⭐", 3), ("Très bien !", 5)]
)
def test_numbers_stars_and_words_answer_too(scene, asking, tom, bob, text, score):
    resolved(scene, tom, bob)
    answers(scene, text)
    assert Rating.objects.get().score == score


def test_a_low_score_is_asked_for_its_reason(scene, asking, tom, bob):
    resolved(scene, tom, bob)
    answers(scene, "2")
    why = tom.messages.order_by("-pk").first()
    assert [each["id"] for each in why.choices] == ["why:slow", "why:unclear", "why:other"]
    scene.delivered(tom)
    conversation = answers(scene, "It took too long", choice="why:slow")
    assert (Rating.objects.get().reason, conversation.status) == ("It took too long", "resolved")


@pytest.mark.parametrize(("up_to", "score", "told"), [(2, "2", True), (2, "3", False), (0, "1", False), (4, "4", True)])
def test_who_manages_is_told_of_a_low_score_once(scene, asking, tom, alice, bob, alices, up_to, score, told):
    ServiceLevel.objects.update(tells_ratings_to=up_to)
    resolved(scene, tom, bob)
    answers(scene, score)
    answers(scene, score)
    notices = Notice.objects.filter(kind="low_rating")
    rating = Rating.objects.get()
    expected = [(alice.pk, tom.pk, rating.pk)] if told else []
    assert list(notices.values_list("staff_id", "conversation_id", "object_id")) == expected
    page = alices.get(f"conversations/{tom.pk}/thread/").content.decode()
    line = page[page.rindex("system-line", 0, page.index(f"They rated it {score} of 5")) :][:40]
    assert ("system-line--alert" in line) is told
    assert ("rated how they were looked after as bad" in alices.get("notices/").content.decode()) is told


def test_a_low_score_can_be_muted_by_each_person(scene, asking, tom, alice, bob, alices, mailoutbox):
    assert "Somebody gives a low rating" in alices.get("settings/notifications/").content.decode()
    StaffState.objects.create(staff_id=alice.pk, muted=["low_rating"])
    resolved(scene, tom, bob)
    answers(scene, "1")
    assert Notice.objects.filter(kind="low_rating").exists()
    scene.tells()
    assert mailoutbox == []


def test_how_low_is_low_is_a_setting(alices):
    assert "Tell owners and admins of ratings" in alices.get("settings/answering/").content.decode()
    given = {"first_reply_minutes": "60", "resolve_minutes": "480", "way": "by_hand", "give_on_minutes": "30"}
    alices.post("settings/answering/", given | {"tells_ratings_to": "3"})
    assert ServiceLevel.objects.get().tells_ratings_to == 3
    assert alices.post("settings/answering/", given | {"tells_ratings_to": "9"}).status_code == 422


@pytest.mark.parametrize("text", ["Thanks! I need an appointment on the 5th", "6", "bad tooth again"])
def test_anything_else_is_a_message_like_any_other_and_reopens(scene, asking, tom, bob, text):
    resolved(scene, tom, bob)
    conversation = answers(scene, text)
    assert (Rating.objects.get().score, conversation.status, conversation.unread) == (None, "open", 1)
    assert outbox.unanswered(conversation.pk).count() == 1


@pytest.mark.parametrize("why", ["off", "stop", "window", "emergency", "lately", "never answered"])
def test_nobody_is_asked_who_should_not_be(scene, asking, tom, bob, why):
    if why == "off":
        ServiceLevel.objects.update(asks_rating=False)
    elif why == "stop":
        Contact.objects.update(opted_out_at=clock.now())
    elif why == "window":
        Conversation.objects.update(last_inbound_at=clock.now() - dt.timedelta(hours=25))
    elif why == "emergency":
        scene.hands_over(tom, "red_flag")
    elif why == "lately":
        Rating.objects.create(conversation=tom, asked_at=clock.now() - dt.timedelta(days=29))
    if why == "never answered":
        acts.resolve(scene.business, tom, bob)
    else:
        resolved(scene, tom, bob)
    assert not asked(tom).exists()


def test_the_settings_count_answers_and_what_came_back(scene, asking, tom, bob, alices):
    resolved(scene, tom, bob)
    answers(scene, "4")
    scene.writes("Tom Becker", "One more thing")
    page = " ".join(alices.get("settings/answering/").content.decode().split())
    assert "4.0 of 5 from 1 answer; 1 asked." in page
    assert "1 conversation came back after being resolved." in page


def test_fault_65_a_rating_outside_the_window_is_never_sent(scene, asking, tom, bob):
    with at("2026-11-26T10:00"):
        acts.resolve(scene.business, tom, bob)
    assert not Message.objects.filter(direction="out").exists()
