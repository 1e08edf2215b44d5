"""What staff see beside a thread: who writes, what is coming, the escalation, the assistant's last answer."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Subquery

from agents.models import Fact, Step, Turn
from calendar_sync.models import HOLDS_TIME, Appointment, AppointmentStatus, Patient
from conversations.models import Conversation
from escalations import remembered
from escalations.models import Escalation
from escalations.people import name_of
from tenants import clock

LOOKED_AT = 200  # appointments


@dataclass(frozen=True, kw_only=True)
class Panel:
    patients: Sequence[Patient]
    coming: Sequence[Appointment]
    facts: Sequence[Fact]
    visits: int
    escalation: Escalation | None  # unresolved; with its `owner_name`
    turn: Turn | None
    steps: Sequence[Step]

    @property
    def milliseconds(self) -> float:
        return sum(step.milliseconds for step in self.steps)


def read(conversation: Conversation) -> Panel:
    appointments = list(
        Appointment.objects.filter(contact_id=conversation.contact_id)
        .select_related("service", "practitioner", "patient")
        .order_by("-during")[:LOOKED_AT]
    )
    now = clock.now()
    coming = [each for each in appointments if each.status in HOLDS_TIME and each.during.upper > now]
    escalation = Escalation.objects.filter(conversation=conversation).exclude(status=Escalation.Status.RESOLVED)
    newest = Turn.objects.filter(conversation_id=conversation.pk).order_by("-pk").values("pk")[:1]
    steps = list(Step.objects.filter(turn=Subquery(newest)).select_related("turn").order_by("index"))
    return Panel(
        patients=list(Patient.objects.filter(contact_id=conversation.contact_id).order_by("pk")),
        coming=coming[::-1][:5],
        facts=remembered.read(conversation.contact_id, most=remembered.IN_PANEL),
        visits=sum(each.status == AppointmentStatus.COMPLETED for each in appointments),
        escalation=escalation.select_related("handoff").annotate(owner_name=name_of("owner_id")).last(),
        turn=steps[0].turn if steps else None,
        steps=steps,
    )
