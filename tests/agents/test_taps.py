"""A reply carries what can be tapped, and a tap leads through the veil to a booking."""

from agents.types import Arrival, Choice, Reply
from calendar_sync.models import Appointment
from tenants import clock


def tap(say, choice, number):
    arrival = Arrival(
        message_id=9000 + number, author="contact", kind="text", text=choice.title, at=clock.now(), choice=choice.id
    )
    return say(provider="guided", arrivals=(arrival,)).outcome


def test_times_and_answers_are_tapped_through_to_a_booking(say):
    offered = say("A check-up tomorrow afternoon please", provider="guided").outcome
    assert isinstance(offered, Reply)
    second = offered.choices[1]
    assert second.id == "slot:2"
    read_back = tap(say, second, 1)
    assert read_back.choices == (Choice(id="yes", title="Yes, please"), Choice(id="no", title="Another time"))
    assert not Appointment.objects.exists()
    tap(say, read_back.choices[0], 2)
    made = Appointment.objects.get()
    assert f"{made.starts_at:%H:%M}" in second.title
