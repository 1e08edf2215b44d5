"""A practice whose patients wait for times: what a worker would do is done when the test says so."""

import datetime as dt
import itertools
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection

from agents.skills.registry import all_skills
from agents.types import SkillContext, ToolResult
from calendar_sync import by_hand, open_cases, waitlist
from calendar_sync.freed import SLOT_FREED
from calendar_sync.models import (
    Appointment,
    BookedBy,
    BookingRules,
    Patient,
    Practitioner,
    Service,
    WaitlistEntry,
    WaitlistOffer,
)
from calendar_sync.out_plan import PLAN
from calendar_sync.wanted import Actor
from conversations.models import Channel, Contact, ContactIdentity, Conversation, Message
from frontdesk.celery import app
from tenants import clock
from tenants.models import WorkItem

LONDON = ZoneInfo("Europe/London")
KINDS = (SLOT_FREED, "calendar_sync.hold_ends", waitlist.OFFER, waitlist.ENTRY_ENDS, PLAN, open_cases.CASE)
ASSISTANT = Actor(by=BookedBy.ASSISTANT)
_phones = itertools.count(7911_100_000)


def local(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=LONDON)


@dataclass
class Somebody:
    """A patient with a conversation (or, without one, only a phone)."""

    business: Any
    patient: Patient
    conversation: Conversation | None

    @property
    def contact_id(self) -> int | None:
        return self.patient.contact_id

    def heard(self) -> list[str]:
        """What was written to them, oldest first."""
        rows = Message.objects.filter(conversation=self.conversation, direction="out")
        return list(rows.order_by("pk").values_list("text", flat=True))

    def use(self, skill: str, **arguments: Any) -> ToolResult:
        """The assistant calls a skill for them, as its runtime does."""
        found = all_skills()[skill]
        context = SkillContext(
            business=self.business,
            conversation_id=self.conversation.pk,
            contact_id=self.contact_id,
            contact_name=self.patient.name,
            turn_id=7,
            now=clock.local_now(self.business.timezone),
        )
        return found.act(context, **found.parse(arguments))


@dataclass
class Scene:
    business: Any
    channel: Channel
    everybody: list[Somebody] = field(default_factory=list)

    def __post_init__(self) -> None:
        app.autodiscover_tasks(force=True)

    @property
    def service(self) -> Service:
        return Service.objects.get(name="Check-up")

    @property
    def ada(self) -> Practitioner:
        return Practitioner.objects.get(name__contains="Silva") if self._has_silva() else Practitioner.objects.first()

    def _has_silva(self) -> bool:
        return Practitioner.objects.filter(name__contains="Silva").exists()

    def colleague(self, name: str = "Dr Bea Wolf") -> Practitioner:
        """Somebody else who does all the same at the same hours."""
        ada = self.ada
        made = Practitioner.objects.create(name=name, location=ada.location, position=9)
        made.services.set(ada.services.all())
        for row in ada.working_hours.all():
            made.working_hours.create(weekday=row.weekday, starts=row.starts, ends=row.ends)
        return made

    def somebody(self, name: str, *, reachable: bool = True, wrote: dt.timedelta = dt.timedelta(hours=1)) -> Somebody:
        if not reachable:
            patient = Patient.objects.create(name=name, phone="07911 123456")
            return Somebody(self.business, patient, None)
        phone = f"+44{next(_phones)}"
        contact = Contact.objects.create(name=name)
        identity = ContactIdentity.objects.create(
            contact=contact, kind=self.channel.kind, address=f"whatsapp:{phone}", phone=phone
        )
        conversation = Conversation.objects.create(
            contact=contact, channel=self.channel, identity=identity, last_inbound_at=clock.now() - wrote
        )
        patient = Patient.objects.create(name=name, contact_id=contact.pk)
        one = Somebody(self.business, patient, conversation)
        self.everybody.append(one)
        return one

    def book(
        self,
        who: Somebody,
        start: str | dt.datetime,
        practitioner: Practitioner | None = None,
        *,
        overrule: bool = True,
    ) -> Appointment:
        return by_hand.book_by_hand(
            self.business,
            service=self.service,
            practitioner=practitioner or self.ada,
            starts_at=local(start) if isinstance(start, str) else start,
            patient=who.patient,
            user_id=None,
            overrule=overrule,
        )

    def joins(self, who: Somebody, **wish: Any) -> WaitlistEntry:
        by = Actor(by=BookedBy.STAFF) if "urgent" in wish else ASSISTANT
        asked = waitlist.Wish(patient=who.patient, service=self.service, **wish)
        return waitlist.join(self.business, asked, contact_id=who.contact_id, actor=by)

    def rules(self, **fields: Any) -> None:
        rules = BookingRules.of_this_business()
        for name, value in fields.items():
            setattr(rules, name, value)
        rules.save()

    def plan(self) -> None:
        """A worker finds everybody's other times when somebody is out; nothing else is done."""
        self.work(1, PLAN)

    def work(self, passes: int = 4, *kinds: str) -> None:
        """Workers do what is due by the test's clock; whatever is not due yet puts itself back."""
        tenant = connection.tenant
        for _ in range(passes):
            due = WorkItem.objects.filter(kind__in=kinds or KINDS, parked_at__isnull=True)
            for item in list(due.order_by("pk")):
                WorkItem.objects.filter(pk=item.pk).update(due_at="2000-01-01T00:00Z", leased_until=None)
                if item.kind in app.tasks:
                    app.tasks[item.kind].body(self.business, item.object_id)
        connection.set_tenant(tenant)

    def open_offers(self) -> list[tuple[str, str]]:
        """Who has an open offer, of which time."""
        rows = WaitlistOffer.objects.filter(status="open").select_related("entry__patient").order_by("starts_at")
        return [(each.entry.patient.name, f"{each.starts_at.astimezone(LONDON):%a %H:%M}") for each in rows]
