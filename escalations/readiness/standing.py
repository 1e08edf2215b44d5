"""Everything that checklist and health page look at, in one query."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from agents.models import AssistantVersion, KnowledgeEntry, KnowledgeGap, Trial
from calendar_sync.models import (
    CalendarConnection,
    CalendarDifference,
    CalendarMirror,
    OpeningHours,
    Practitioner,
    ProposedChange,
    Service,
    WorkingHours,
)
from conversations.models import Channel, Message, MessageTemplate
from escalations.models import WebhookEndpoint
from escalations.overview import ANSWERS
from tenants import clock
from tenants.models import Business, Membership, WorkItem

LATE = dt.timedelta(minutes=5)
A_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Standing:
    hours: bool  # somebody said when the business is open
    services: int
    bookable: int  # of them: somebody who has working hours performs it
    practitioners: int
    idle: int  # practitioners without working hours
    numbers: int
    numbers_failing: int  # their last check failed
    heard: bool  # a message has come in over a connected number
    answered: bool  # and the assistant's reply went out
    undelivered: int  # messages of the last day
    templates_refused: int
    templates_approved: int
    calendars: int
    calendars_lost: int  # access was withdrawn
    calendars_failing: int
    differences: int
    proposals: int  # changes made in Google that wait for an answer
    entries: int  # of knowledge, in force
    gaps: int
    published: bool  # by a person, not with the business
    trial: dict[str, object] | None  # of the go-live score played last
    people: int
    mailed: int  # of them, who are mailed when a person is needed
    late: int  # pieces of work that are overdue
    parked: int  # pieces of work that were given up
    webhooks_paused: int


class _Number(Subquery):
    template = "(SELECT count(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


def _number(rows: QuerySet[Any]) -> _Number:
    return _Number(rows.order_by().values("pk"))


def standing_of(business: Business) -> Standing:
    """One query."""
    asked = {**_diary(), **_messages(), **_calendars(), **_assistant(), **_people(business)}
    row = Business.objects.filter(pk=business.pk).order_by().values().annotate(**asked).values(*asked).get()
    return Standing(**row)


def _diary() -> dict[str, object]:
    working = Practitioner.objects.filter(active=True).filter(
        Exists(WorkingHours.objects.filter(practitioner=OuterRef("pk")))
    )
    services, people = Service.objects.filter(active=True), Practitioner.objects.filter(active=True)
    return {
        "hours": Exists(OpeningHours.objects.all()),
        "services": _number(services),
        "bookable": _number(services.filter(Exists(working.filter(services=OuterRef("pk"))))),
        "practitioners": _number(people),
        "idle": _number(people.exclude(pk__in=working.values("pk"))),
    }


def _messages() -> dict[str, object]:
    numbers = Channel.objects.filter(active=True)
    templates = MessageTemplate.objects.filter(channel__active=True)
    failed = Message.objects.filter(delivery=Message.Delivery.FAILED, created_at__gte=clock.now() - A_DAY)
    return {
        "numbers": _number(numbers),
        "numbers_failing": _number(numbers.exclude(check_error="")),
        "heard": Exists(numbers.filter(last_inbound_at__isnull=False)),
        "answered": Exists(ANSWERS),
        "undelivered": _number(failed),
        "templates_refused": _number(templates.filter(state=MessageTemplate.State.REJECTED)),
        "templates_approved": _number(templates.exclude(approved_sid="")),
    }


def _calendars() -> dict[str, object]:
    connections = CalendarConnection.objects.exclude(status=CalendarConnection.Status.DISCONNECTED)
    return {
        "calendars": _number(connections),
        "calendars_lost": _number(connections.filter(status=CalendarConnection.Status.REVOKED)),
        "calendars_failing": _number(
            CalendarMirror.objects.filter(failures__gte=3, connection__status=CalendarConnection.Status.CONNECTED)
        ),
        "differences": _number(CalendarDifference.objects.all()),
        "proposals": _number(ProposedChange.objects.filter(status=ProposedChange.Status.OPEN)),
    }


def _assistant() -> dict[str, object]:
    today = clock.now().date()
    in_force = KnowledgeEntry.objects.filter(removed_at__isnull=True).exclude(valid_until__lt=today)
    played = Trial.objects.filter(kind=Trial.Kind.GO_LIVE).order_by("-pk")
    shown = ("status", "scenarios", "repeats", "played", "passed_once", "red_flags_missed")
    return {
        "entries": _number(in_force),
        "gaps": _number(KnowledgeGap.objects.filter(status=KnowledgeGap.Status.OPEN)),
        "published": Exists(AssistantVersion.objects.filter(published_by_id__isnull=False)),
        "trial": Subquery(played.annotate(row=JSONObject(**{name: name for name in shown})).values("row")[:1]),
    }


def _people(business: Business) -> dict[str, object]:
    members, work = Membership.objects.filter(business=business), WorkItem.objects.filter(business=business)
    overdue = Q(due_at__lt=clock.now() - LATE, parked_at__isnull=True)
    # A piece that somebody is at right now is not late.
    free = Q(leased_until__isnull=True) | Q(leased_until__lt=clock.now())
    return {
        "people": _number(members),
        "mailed": _number(members.filter(notify_by_email=True)),
        "late": _number(work.filter(overdue & free)),
        "parked": _number(work.filter(parked_at__isnull=False)),
        "webhooks_paused": _number(WebhookEndpoint.objects.filter(active=False)),
    }
