"""What already stands where a change made in Google would put an appointment: said beside the question."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import Q

from calendar_sync.google.reading import Interval
from calendar_sync.models import Appointment, ProposedChange, TakenTime
from calendar_sync.taking import blocked

MOST = 3


def found(changes: Sequence[ProposedChange]) -> list[tuple[ProposedChange, list[Appointment]]]:
    """Each with the appointments of the same practitioner that are in its way, a few at most. One query."""
    places = {each.pk: _place(each) for each in changes if each.during is not None}
    wanted = Q(pk__in=[])
    for each in changes:
        if each.pk in places:
            wanted |= Q(practitioner=each.link.appointment.practitioner_id, during__overlap=places[each.pk])
    rows = TakenTime.objects.filter(wanted, appointment__isnull=False) if places else TakenTime.objects.none()
    taken = list(rows.select_related("appointment__patient", "appointment__service").order_by("during"))
    return [(each, _in_the_way(each, places.get(each.pk), taken)) for each in changes]


def _place(change: ProposedChange) -> Interval:
    """Buffers included."""
    period = blocked(change.link.appointment.service, change.during.lower, _end(change))
    return (period.starts_at, period.ends_at)


def _end(change: ProposedChange) -> dt.datetime:
    """A moved one keeps its length."""
    if change.act == ProposedChange.Act.LENGTH:
        return change.during.upper
    appointment = change.link.appointment
    return change.during.lower + (appointment.ends_at - appointment.starts_at)


def _in_the_way(change: ProposedChange, place: Interval | None, taken: Sequence[TakenTime]) -> list[Appointment]:
    if place is None:
        return []
    mine = change.link.appointment
    there = {
        each.appointment_id: each.appointment
        for each in taken
        if each.appointment_id != mine.pk
        and each.practitioner_id == mine.practitioner_id
        and each.during.lower < place[1]
        and place[0] < each.during.upper
    }
    return [each for each in there.values() if each is not None][:MOST]
