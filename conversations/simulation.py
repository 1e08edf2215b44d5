"""A patient in this process: their messages go through inbox, turn and outbox as any other's, on a channel that
leads nowhere. Serves `manage.py chat` and evaluations; needs no worker, and does no harm beside one.
"""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import transaction

from calendar_sync.models import Appointment
from conversations import delivery, inbox, outbox, turns
from conversations.events_in import InboundMessage
from conversations.models import Channel, Conversation, Message
from tenants import clock, worklist
from tenants.business_tasks import assert_inside
from tenants.models import Business, ChannelKind
from tenants.postgres.prepared import Prepared
from tenants.statements import Question, asked_together, read

ADDRESS = "simulator:desk"
LEASE = dt.timedelta(minutes=5)
ROUNDS_AT_MOST = 5


@dataclass(frozen=True, kw_only=True)
class Visit:
    """An appointment as the terminal shows it; `start` is local."""

    id: int
    service: str
    practitioner: str
    start: dt.datetime
    status: str


class SimulatedPatient:
    """Everything happens inside the business's schema, which the caller has entered."""

    def __init__(self, business: Business, phone: str, profile_name: str = "", *, provider: str = "") -> None:
        """`phone` in E.164; `provider` "guided" or "anthropic" overrides the assistant's own."""
        assert_inside(business)
        self.business = business
        self.phone = phone
        self.profile_name = profile_name
        self.provider = provider
        self.channel, _ = Channel.objects.get_or_create(
            kind=ChannelKind.SIMULATOR, address=ADDRESS, defaults={"name": "Simulator"}
        )

    def say(self, text: str, *, kind: str = Message.Kind.TEXT, choice: str = "") -> list[str]:
        """Write something; what was answered, part by part."""
        return [each.text for each in self.hear(text, kind=kind, choice=choice)]

    def hear(self, text: str, *, kind: str = Message.Kind.TEXT, choice: str = "") -> list[Message]:
        """Write something, or tap `choice`, whose title is the text; the messages that answered."""
        arrived, lease = self._arrive(text, kind, choice)
        if lease is not None:
            self._answer(lease)
        return self._deliver(arrived)

    @property
    def conversation(self) -> Conversation | None:
        """None as long as nothing was said."""
        return (
            Conversation.objects.filter(channel=self.channel, identity__address=self.address)
            .select_related("contact")
            .first()
        )

    @property
    def visits(self) -> list[Visit]:
        conversation = self.conversation
        if conversation is None:
            return []
        rows = Appointment.objects.filter(contact_id=conversation.contact_id).select_related("service", "practitioner")
        zone = clock.local_now(self.business.timezone).tzinfo
        return [
            Visit(
                id=each.pk,
                service=each.service.name,
                practitioner=each.practitioner.name,
                start=each.during.lower.astimezone(zone),
                status=each.status,
            )
            for each in rows.order_by("during", "pk")
        ]

    @property
    def address(self) -> str:
        return f"simulator:{self.phone}"

    def _arrive(self, text: str, kind: str, choice: str) -> tuple[Message, worklist.Lease | None]:
        """Stored and claimed in one transaction, so that a worker beside us can't be quicker."""
        with transaction.atomic():
            message = inbox.receive(
                self.business,
                self.channel,
                InboundMessage(
                    channel_address=ADDRESS,
                    from_address=self.address,
                    phone=self.phone,
                    profile_name=self.profile_name,
                    provider_id=f"sim-{uuid.uuid4().hex}",
                    kind=kind,
                    text=text,
                    choice=choice,
                ),
            )
            assert message is not None
            return message, self._claim(turns.TURN, message.conversation_id)

    def _answer(self, lease: worklist.Lease) -> None:
        turns.run_turn(self.business, lease.object_id, lease, provider=self.provider)

    def _deliver(self, arrived: Message) -> list[Message]:
        """Send what is waiting; it counts as said even when a worker sends it."""
        said = self._said_after(arrived)
        for _ in range(ROUNDS_AT_MOST):
            waiting = [each for each in said if each.delivery == Message.Delivery.QUEUED]
            if not waiting:
                break
            for each in waiting:
                with asked_together(self._claiming(outbox.DELIVER, each.pk), delivery.asking(each.pk)):
                    lease = self._claim(outbox.DELIVER, each.pk)
                    if lease is not None:
                        delivery.deliver(self.business, each.pk, lease)
            said = self._said_after(arrived)
        return [each for each in said if each.delivery != Message.Delivery.WITHHELD]

    @staticmethod
    def _said_after(arrived: Message) -> list[Message]:
        since = Prepared("WHERE conversation_id = %s AND direction = 'out' AND id > %s ORDER BY id")
        return read(Message, since, [arrived.conversation_id, arrived.pk])

    def _claim(self, kind: str, object_id: int) -> worklist.Lease | None:
        return worklist.claim(self.business.pk, kind, object_id, lease=LEASE, early=True)

    def _claiming(self, kind: str, object_id: int) -> Question:
        return worklist.claiming(self.business.pk, kind, object_id, lease=LEASE, early=True)
