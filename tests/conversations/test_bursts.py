"""Bursts and floods: one answer to many messages, an end to waiting, and a limit for one sender."""

import datetime as dt

import pytest

from conversations import flooding
from conversations.models import Handoff, Message
from tenants import clock
from tenants.models import WorkItem
from tests.desk.scene import Scene


@pytest.fixture
def scene(clinic):
    return Scene(clinic)


def test_who_goes_on_writing_is_answered_after_the_businesss_own_limit(clinic, scene):
    clinic.quiet_window, clinic.burst_at_most = 4, 6
    for number in range(5):
        scene.writes("Tom", f"line {number}")
    item = WorkItem.objects.get(kind="conversations.turn")
    assert item.due_at - item.created_at <= dt.timedelta(seconds=6.01)


def test_a_limit_below_the_quiet_window_still_waits_for_it(clinic, scene):
    clinic.quiet_window, clinic.burst_at_most = 4, 0
    scene.writes("Tom", "hello")
    item = WorkItem.objects.get(kind="conversations.turn")
    assert item.due_at - item.created_at >= dt.timedelta(seconds=3.5)


def test_fault_66_a_flood_of_one_sender_is_kept_told_once_and_costs_no_more_turns(scene):
    for number in range(flooding.MOST + 20):
        flood = scene.writes("Tom", f"line {number}")
    other = scene.writes("Anna", "hello")
    flood.refresh_from_db()
    assert flood.handling == "waiting_for_staff"
    assert Message.objects.filter(conversation=flood, direction="in").count() == flooding.MOST + 20
    handoff = Handoff.objects.get()
    assert (handoff.reason, handoff.trigger) == ("limit_reached", "flood")
    assert flood.messages.filter(direction="out").count() == 1
    assert other.handling == "assistant"


def test_many_messages_over_days_are_no_flood(scene):
    start = clock.now() - dt.timedelta(days=9)
    for number in range(flooding.MOST + 5):
        with clock.pinned(start + dt.timedelta(hours=number)):
            slow = scene.writes("Tom", f"line {number}")
    slow.refresh_from_db()
    assert slow.handling == "assistant"
