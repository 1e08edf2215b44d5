"""One turn over everything unanswered, and what may and may not leave."""

import pytest

from agents.models import TranscriptEntry, Turn
from agents.types import HandOver, Reply, Silence
from calendar_sync.models import Patient
from conversations import handoffs, outbox
from conversations.models import Contact, Conversation, Handoff, Message
from conversations.turns import TURN, run_turn
from tenants.models import Business, WorkItem
from tenants.worklist import LeaseLost, claim
from tests.conversations.conftest import lease_for, sent_texts


@pytest.fixture
def take_turn(clinic, conversation, listener):
    def run(**options):
        run_turn(clinic, conversation.pk, lease_for(clinic, TURN, conversation.pk), receptionist=listener, **options)
        conversation.refresh_from_db()
        return conversation

    return run


def work(business, kind):
    return list(WorkItem.objects.filter(business=business, kind=kind).order_by("pk"))


def test_fault_9_it_answers_a_burst_once(take_turn, write, listener, clinic, conversation):
    write("Are you open on Saturday?")
    take_turn()
    assert listener.heard == [("Hello", "Are you open on Saturday?")]
    assert sent_texts(conversation) == ["Good morning!"]
    turn = Turn.objects.get()
    assert turn.status == "done"
    assert set(Message.objects.filter(direction="in").values_list("answered_by", flat=True)) == {turn.pk}
    assert not work(clinic, TURN)
    assert [item.object_id for item in work(clinic, outbox.DELIVER)] == [Message.objects.get(direction="out").pk]


def test_the_next_turn_hears_only_what_is_new_and_what_staff_wrote(take_turn, write, listener, clinic, alice):
    conversation = take_turn()
    handoffs.take_over(clinic, conversation, alice)
    outbox.queue(clinic, conversation, "This is Alice.", author="staff", staff_id=alice.pk)
    handoffs.return_to_assistant(clinic, conversation, alice)
    write("Thank you, Alice")
    take_turn()
    assert listener.heard == [("Hello",), ("This is Alice.", "Thank you, Alice")]
    assert [each.author for each in listener.inputs[1].arrivals] == ["staff", "contact"]


def test_it_knows_whom_it_has_to_hide(take_turn, listener, conversation):
    Contact.objects.update(name="Maria Lopes")
    Patient.objects.create(name="Tom Lopes", contact_id=conversation.contact_id, phone="0113 496 0999")
    take_turn()
    [given] = listener.inputs
    assert given.known.names == ("Maria Lopes", "Maria", "Tom Lopes")
    assert given.known.phones == ("+447911123456", "0113 496 0999")
    assert given.contact_name == "Maria Lopes"


def test_a_voice_note_is_heard_as_one_and_not_as_empty_text(take_turn, write, listener):
    write("", kind="voice", media=())
    take_turn()
    assert [(each.kind, each.text) for each in listener.inputs[0].arrivals] == [("text", "Hello"), ("voice", "")]


def test_fault_11_something_newer_supersedes_the_draft(take_turn, write, listener, conversation):
    listener.outcomes = [Reply(text="Tuesday it is."), Reply(text="Wednesday it is.")]
    listener.meanwhile = [lambda: write("No, Wednesday")]
    take_turn()
    assert listener.heard == [("Hello",), ("No, Wednesday",)]
    assert sent_texts(conversation) == ["Wednesday it is."]
    assert Turn.objects.count() == 1
    assert not outbox.unanswered(conversation.pk).exists()
    first, second = (each.renew for each in listener.inputs)
    assert first is second, "the lease is no younger because another draft is begun"


def test_somebody_who_keeps_writing_gets_an_answer_and_the_rest_a_turn_of_its_own(
    take_turn, write, listener, conversation, clinic
):
    listener.meanwhile = [lambda: write("and"), lambda: write("then"), lambda: write("so"), lambda: write("well")]
    take_turn()
    assert len(listener.heard) == 4
    assert sent_texts(conversation) == ["Good morning!"]
    assert [each.text for each in outbox.unanswered(conversation.pk)] == ["well"]
    assert len(work(clinic, TURN)) == 1
    take_turn()
    assert listener.heard[-1] == ("well",)


def test_fault_62_a_take_over_in_the_middle_silences_the_assistant(take_turn, listener, conversation, clinic, alice):
    listener.meanwhile = [lambda: handoffs.take_over(clinic, conversation, alice)]
    take_turn()
    assert sent_texts(conversation) == []
    assert Turn.objects.get().status == "dropped"
    assert outbox.unanswered(conversation.pk).exists()
    assert not work(clinic, TURN)


def test_taken_and_returned_in_the_middle_the_old_draft_is_dropped_and_a_new_turn_runs(
    take_turn, listener, conversation, clinic, alice
):
    def there_and_back():
        handoffs.take_over(clinic, conversation, alice)
        handoffs.return_to_assistant(clinic, conversation, alice)

    listener.meanwhile = [there_and_back]
    listener.outcomes = [Reply(text="Old"), Reply(text="New")]
    take_turn()
    assert sent_texts(conversation) == []
    take_turn()
    assert sent_texts(conversation) == ["New"]


def test_a_resolved_conversation_is_not_answered_any_more(take_turn, listener, conversation, clinic, alice):
    listener.meanwhile = [lambda: handoffs.resolve(clinic, conversation, alice)]
    take_turn()
    assert sent_texts(conversation) == []


def test_a_zombie_changes_nothing(clinic, conversation, listener):
    old = lease_for(clinic, TURN, conversation.pk)
    WorkItem.objects.filter(pk=old.item_id).update(leased_until=None)
    new = claim(clinic.pk, TURN, conversation.pk, early=True)
    with pytest.raises(LeaseLost):
        run_turn(clinic, conversation.pk, old, receptionist=listener)
    assert sent_texts(conversation) == []
    run_turn(clinic, conversation.pk, new, receptionist=listener)
    assert sent_texts(conversation) == ["Good morning!"]


def test_a_lease_lost_while_thinking_keeps_the_draft_in(clinic, conversation, listener):
    def somebody_else_claims():
        WorkItem.objects.filter(kind=TURN).update(leased_until=None)
        assert claim(clinic.pk, TURN, conversation.pk, early=True)

    listener.meanwhile = [somebody_else_claims]
    with pytest.raises(LeaseLost):
        run_turn(clinic, conversation.pk, lease_for(clinic, TURN, conversation.pk), receptionist=listener)
    assert sent_texts(conversation) == []


def test_a_second_bell_finds_nothing_to_do(take_turn, listener, clinic, conversation):
    take_turn()
    assert claim(clinic.pk, TURN, conversation.pk, early=True) is None
    assert len(listener.heard) == 1


def test_silence_says_nothing_and_answers(take_turn, listener, conversation):
    listener.outcomes = [Silence(reason="only a thumbs up")]
    take_turn()
    assert sent_texts(conversation) == []
    assert not outbox.unanswered(conversation.pk).exists()


def test_handing_over_is_an_act_with_a_message(take_turn, listener, clinic):
    listener.outcomes = [HandOver(reason="customer_request", summary="Wants a person.", text="Of course.")]
    conversation = take_turn()
    assert conversation.handling == "waiting_for_staff"
    handoff = Handoff.objects.get()
    assert (handoff.reason, handoff.summary, handoff.turn_id) == (
        "customer_request",
        "Wants a person.",
        Turn.objects.get().pk,
    )
    [text] = sent_texts(conversation)
    assert text.startswith("Of course.\n\nI've passed this to the team at Bright Smile. They are ")
    assert [item.object_id for item in work(clinic, "escalations.open")] == [handoff.pk]
    assert [event.act for event in conversation.events.all()] == ["handed_over"]
    assert TranscriptEntry.objects.filter(role="assistant").count() == 1


def test_messages_that_kill_the_worker_are_parked_and_put_before_people(clinic, conversation, listener):
    for _ in range(3):
        lease_for(clinic, TURN, conversation.pk)  # a worker takes it, and dies
        WorkItem.objects.filter(kind=TURN).update(leased_until=None)
    run_turn(clinic, conversation.pk, lease_for(clinic, TURN, conversation.pk), receptionist=listener)
    conversation.refresh_from_db()
    assert listener.heard == []
    assert conversation.handling == "waiting_for_staff"
    assert Handoff.objects.get().reason == "tool_failure"
    assert sent_texts(conversation)[0].startswith("I'm sorry, something went wrong on our side")
    [item] = work(clinic, TURN)
    assert item.parked_at is not None


def test_after_poison_the_next_conversation_goes_on_and_so_does_this_one(clinic, conversation, listener, write, alice):
    test_messages_that_kill_the_worker_are_parked_and_put_before_people(clinic, conversation, listener)
    handoffs.return_to_assistant(clinic, conversation, alice)
    write("Once more")
    run_turn(clinic, conversation.pk, lease_for(clinic, TURN, conversation.pk), receptionist=listener)
    assert sent_texts(conversation)[-1] == "Good morning!"


def test_a_suspended_business_has_no_turns_until_it_is_reopened(take_turn, listener, clinic, conversation):
    clinic.status = Business.Status.SUSPENDED
    take_turn()
    assert listener.heard == []
    clinic.status = Business.Status.ACTIVE
    take_turn()
    assert sent_texts(conversation) == ["Good morning!"]


def test_fault_10_a_late_older_message_comes_after_a_newer_choice(take_turn, write, listener):
    import datetime as dt

    from tenants import clock

    take_turn()
    write("Monday?", sent_at=clock.now() - dt.timedelta(hours=1))
    take_turn()
    assert listener.heard[-1] == ("Monday?",)
    assert Conversation.objects.get().last_inbound_at > clock.now() - dt.timedelta(minutes=1)
