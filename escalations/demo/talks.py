"""Conversations of the last day: said by simulated patients, answered by the real assistant."""

import datetime as dt

from conversations import handoffs
from conversations.models import Handoff, Message
from conversations.simulation import SimulatedPatient
from escalations import opening
from escalations.demo.cast import Talk
from tenants import clock, worklist
from tenants.models import Business, User

BETWEEN_LINES = dt.timedelta(minutes=1)


def play(business: Business, talk: Talk, staff: User) -> None:
    """Say all of it in the past, one minute between the lines."""
    began = clock.now() - dt.timedelta(minutes=talk.minutes_ago)
    patient = SimulatedPatient(business, talk.phone, talk.name, provider="guided")
    for number, line in enumerate(talk.lines):
        kind = talk.kinds[number] if number < len(talk.kinds) else Message.Kind.TEXT
        with clock.pinned(began + number * BETWEEN_LINES):
            patient.say(line, kind=kind)
    conversation = patient.conversation
    assert conversation is not None
    conversation.messages.filter(delivery=Message.Delivery.SENT).update(delivery=Message.Delivery.READ)
    with clock.pinned(began + len(talk.lines) * BETWEEN_LINES):
        if talk.resolved:
            handoffs.resolve(business, conversation, staff)
        for handoff_id in Handoff.objects.filter(conversation=conversation).values_list("pk", flat=True):
            lease = worklist.claim(business.pk, opening.OPEN, handoff_id, early=True)
            if lease is not None:
                opening.open_for(business, handoff_id, lease)
