"""What everybody in a group would be told of a change, before it is made: once for each way of reaching them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import F

from calendar_sync.models import Appointment, Patient, PatientNews
from conversations.models import Conversation
from conversations.service_window import window_of
from conversations.telling import Telling, foretold
from tenants.models import Business


@dataclass(frozen=True, kw_only=True)
class Reached:
    """`told`: what the first of them would read; the others read the same with their own name, in their language."""

    names: list[str]
    told: Telling


@dataclass(frozen=True, kw_only=True)
class Everybody:
    """`call`: whom nothing can be written to."""

    ways: list[Reached]
    call: list[str]


def reached(
    business: Business,
    seated: Sequence[Appointment],
    there: Appointment,
    *,
    act: str,
    before: DateTimeTZRange,
) -> Everybody:
    """`there` holds the time and the practitioner that the group would have. A fixed number of queries for each way."""
    contacts = {each.contact_id for each in seated if each.contact_id is not None}
    rows = Conversation.objects.select_related("contact", "channel").filter(contact__in=contacts, channel__active=True)
    newest = rows.order_by("contact", F("last_inbound_at").desc(nulls_last=True), "-pk").distinct("contact")
    windows = {each.contact_id: window_of(each) for each in newest}
    alike: dict[tuple[object, bool], list[Appointment]] = {}
    for each in seated:
        if each.contact_id is not None:
            window = windows.get(each.contact_id, window_of(None))
            private = each.patient.disclosure == Patient.Disclosure.NOTHING
            alike.setdefault((window, private), []).append(each)
    ways = []
    for some in alike.values():
        first = some[0]
        first.practitioner, first.during = there.practitioner, there.during
        news = PatientNews(appointment=first, contact_id=first.contact_id or 0, act=act, before=before)
        told = foretold(business, first, news)
        ways.append(Reached(names=[each.patient.name for each in some], told=told))
    return Everybody(ways=ways, call=[each.patient.name for each in seated if each.contact_id is None])
