"""A practice's day, written by the product itself: patients' messages through the inbox, real turns of the guided
flow, real handoffs. Short words for what the tests of the desk do again and again.
"""

import datetime as dt
import itertools
from dataclasses import dataclass, field
from typing import Any

from conversations import handoffs, inbox, outbox, turns
from conversations.events_in import InboundMessage, Media
from conversations.models import Channel, Conversation, Message
from escalations import clocks, opening
from escalations.models import Escalation, Notice
from escalations.telling import delivering, notices
from tenants import clock, worklist
from tenants.models import Business, ChannelKind

SCRIPT = "<script>window.broken = true</script><img src=x onerror='window.broken = true'>"
LONG_WORD = "Donaudampfschifffahrtsgesellschaft" * 12
ARABIC = "مرحبا، أود حجز موعد يوم الخميس بعد الظهر من فضلك"
EMOJI = "Thank you so much 🙏🏽🦷✨ see you 👨‍👩‍👧‍👦!"
_numbers = itertools.count(1)


@dataclass
class Scene:
    business: Business
    channel: Channel = field(init=False)

    def __post_init__(self) -> None:
        self.channel = Channel.objects.create(
            kind=ChannelKind.TWILIO, address=f"whatsapp:+44113496{next(_numbers):04d}", name="Front desk"
        )

    def writes(self, name: str, text: str, *, phone: str = "", kind: str = "text", **more: Any) -> Conversation:
        """The contact called `name` sends a message; the same name again is the same contact."""
        known = Conversation.objects.filter(channel=self.channel, contact__profile_name=name).first()
        number = known.identity.phone if known else phone or f"+44770090{next(_numbers):04d}"
        stored = inbox.receive(
            self.business,
            self.channel,
            InboundMessage(
                channel_address=self.channel.address,
                from_address=f"whatsapp:{number}",
                phone=number,
                profile_name=name,
                provider_id=f"SM{next(_numbers):032x}",
                kind=kind,
                text=text,
                **more,
            ),
        )
        assert stored is not None
        return stored.conversation

    def answers(self, conversation: Conversation) -> None:
        """The assistant's turn: the guided flow over what is unanswered, then the outbox."""
        lease = worklist.claim(self.business.pk, turns.TURN, conversation.pk, early=True)
        assert lease is not None, "no turn was called for"
        turns.run_turn(self.business, conversation.pk, lease, provider="guided")
        self.delivered(conversation)

    def says(self, conversation: Conversation, text: str, **more: Any) -> None:
        """The assistant says this (without a turn), and it is read."""
        outbox.queue(self.business, conversation, text, **more)
        self.delivered(conversation)
        outbox.unanswered(conversation.pk).update(answered_by=0)

    def delivered(self, conversation: Conversation, delivery: str = Message.Delivery.READ) -> None:
        conversation.messages.filter(delivery=Message.Delivery.QUEUED).update(delivery=delivery)

    def hands_over(self, conversation: Conversation, reason: str = "customer_request", summary: str = "") -> Escalation:
        handoff = handoffs.hand_over(self.business, conversation, reason, summary)
        conversation.messages.filter(answered_by__isnull=True, direction="in").update(answered_by=0)
        return self.escalation_of(handoff.pk)

    def escalation_of(self, handoff_id: int) -> Escalation:
        self.open(handoff_id)
        return Escalation.objects.get(handoff_id=handoff_id)

    def open(self, handoff_id: int) -> None:
        """What the worker does when it is rung for a handoff."""
        lease = worklist.claim(self.business.pk, opening.OPEN, handoff_id, early=True)
        if lease is not None:
            opening.open_for(self.business, handoff_id, lease)

    def mails(self, escalation: Escalation) -> None:
        """What the worker does when it is rung to tell the staff, by mail too."""
        lease = worklist.claim(self.business.pk, opening.NOTIFY, escalation.pk, early=True)
        if lease is not None:
            opening.notify(self.business, escalation.pk, lease)
        self.tells()

    def tells(self) -> None:
        """What the worker does with the notices that are due by now."""
        for notice_id in Notice.objects.order_by("pk").values_list("pk", flat=True):
            lease = worklist.claim(self.business.pk, notices.TELL, notice_id)
            if lease is not None:
                delivering.tell(self.business, notice_id, lease)

    def looks_at_the_clock(self, escalation: Escalation) -> Escalation:
        """What the worker does with an escalation whose time has come; it is read again."""
        lease = worklist.claim(self.business.pk, clocks.WATCH, escalation.pk, early=True)
        if lease is not None:
            clocks.look(self.business, escalation.pk, lease)
        return Escalation.objects.get(pk=escalation.pk)


def busy_day(scene: Scene, colleague: Any) -> dict[str, Conversation]:
    """An inbox with something of everything; the newest is Maria's, who has just booked."""
    now = clock.now()
    people: dict[str, Conversation] = {}

    def ago(**time: float) -> Any:
        return clock.pinned(now - dt.timedelta(**time))

    with ago(days=3):
        people["old"] = scene.writes("Grace Liu", "Is the practice closed at Christmas?")
        scene.says(people["old"], "We are closed on 25 and 26 December.")
    with ago(days=1, hours=2):
        people["sophie"] = scene.writes("Sophie Martin", "Merci, à mardi !")
        scene.says(people["sophie"], "À mardi, Sophie!")
        handoffs.resolve(scene.business, people["sophie"], colleague)
    with ago(hours=5):
        people["voice"] = scene.writes(
            "", "", phone="+447700900417", kind="voice", media=(Media(url="https://x.test/a", type="audio/ogg"),)
        )
        scene.says(people["voice"], "I can't listen to voice notes yet. Could you write it, please?")
    with ago(hours=4):
        people["script"] = scene.writes(SCRIPT, f'{SCRIPT} & "quotes"')
        scene.says(people["script"], SCRIPT)
    with ago(hours=3):
        odd = people["odd"] = scene.writes("Ünal " + LONG_WORD[:80], LONG_WORD)
        scene.writes("Ünal " + LONG_WORD[:80], ARABIC)
        scene.says(odd, ARABIC)
        scene.writes("Ünal " + LONG_WORD[:80], EMOJI)
        scene.writes("Ünal " + LONG_WORD[:80], ("A very long story about a tooth. " * 130)[:4000])
    with ago(hours=2):
        people["daniel"] = scene.writes("Daniel Osei", "Can I move it to the week after?")
        handoffs.take_over(scene.business, people["daniel"], colleague)
        scene.says(people["daniel"], "Of course. Which day suits you?", author="staff", staff_id=colleague.pk)
        scene.writes("Daniel Osei", "Wednesday would be great")
    with ago(minutes=50):
        people["aisha"] = scene.writes("Aisha Khan", "What are your opening hours?")
        scene.answers(people["aisha"])
        failed = outbox.queue(scene.business, people["aisha"], "Is there anything else?")[0]
        Message.objects.filter(pk=failed.pk).update(delivery=Message.Delivery.FAILED, error="63024")
    with ago(minutes=12):
        people["tom"] = scene.writes("Tom Becker", "I want to speak to a person please, it is about my bill")
        scene.hands_over(people["tom"], summary="Wants to speak to a person about his bill.")
    _maria_books(scene, people, now)
    return people


def _maria_books(scene: Scene, people: dict[str, Conversation], now: dt.datetime) -> None:
    said = (
        "Hi, I would like to come in for a check-up",
        "any time tomorrow or the day after",
        "1",
        "yes",
        "Thank you!",
    )
    for place, text in enumerate(said):
        with clock.pinned(now - dt.timedelta(minutes=9 - place)):
            people["maria"] = scene.writes("Maria Lopes", text, phone="+351912000111")
            if place < len(said) - 1:
                scene.answers(people["maria"])
