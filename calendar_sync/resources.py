"""The rooms and chairs that a service needs besides a practitioner: what there is, and which are free."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from calendar_sync.availability import Period, Pool
from calendar_sync.models import Appointment, Resource, Service, ServiceNeed
from calendar_sync.set_up import kept
from calendar_sync.taking import standing
from calendar_sync.timetable import asking_taken, taken_by, wide
from tenants.statements import Question


def needed(service: Service) -> list[ServiceNeed]:
    """By kind; empty when a practitioner is enough."""
    return _needs(service.pk)


def ids_to_lock(service: Service, location_id: int) -> list[int]:
    """Every resource at the location that the service may take, in the order in which to lock them."""
    return [each for each, _ in _candidates(service.pk, location_id)]


def candidates(service: Service, location_id: int) -> list[tuple[int, int]]:
    """Every resource at the location that the service may take, with its kind, by id."""
    return _candidates(service.pk, location_id)


def choose(
    service: Service,
    location_id: int,
    period: Period,
    *,
    now: dt.datetime,
    moving: Appointment | None = None,
    contact_id: int | None = None,
    over_holds: bool = False,
) -> list[int] | None:
    """Resources that are free during the whole period (buffers included), in the order of their ids; None when there
    are not enough of one kind. Final only under the locks of `ids_to_lock`.

    `over_holds`: those that are only kept for somebody count as free, after those that are.
    """
    needs = needed(service)
    if not needs:
        return []
    there = _candidates(service.pk, location_id)
    ids = [each for each, _ in there]
    taken = _taken(ids, period, now, moving, contact_id)
    kept = taken - _taken(ids, period, now, moving, contact_id, holds=False) if over_holds else set()
    free: dict[int, list[int]] = defaultdict(list)
    for each, kind_id in sorted(there, key=lambda one: (one[0] in kept, one)):
        if each not in taken or each in kept:
            free[kind_id].append(each)
    if any(len(free[need.kind_id]) < need.count for need in needs):
        return None
    return sorted(each for need in needs for each in free[need.kind_id][: need.count])


def pools(
    service: Service,
    location_ids: Iterable[int],
    window: Period,
    *,
    now: dt.datetime,
    moving: Appointment | None = None,
    contact_id: int | None = None,
) -> dict[int, list[Pool]]:
    """Location id → what of each needed kind there is, complete for appointments that begin within the window.

    One query besides the set-up's, however many resources; empty for a service that needs none.
    """
    each = pools_for_each([service], location_ids, window, now=now, moving=moving, contact_id=contact_id)
    return each.get(service.pk, {})


def pools_for_each(
    services: Iterable[Service],
    location_ids: Iterable[int],
    window: Period,
    *,
    now: dt.datetime,
    moving: Appointment | None = None,
    contact_id: int | None = None,
) -> dict[int, dict[int, list[Pool]]]:
    """Service id → its `pools`; those that need no resource are left out. One query for all of them, too."""
    places = tuple(sorted(set(location_ids)))
    there = {each.pk: _there(each.pk, places) for each in services if needed(each)}
    ids = list(dict.fromkeys(each for rooms in there.values() for group in rooms.values() for each in group))
    if not there:
        return {}
    taken = taken_by("resource_id", ids, wide(window), now=now, moving=moving, contact_id=contact_id)
    return {
        pk: {
            place: [
                Pool(taken=[taken.get(each, ()) for each in rooms.get((place, need.kind_id), ())], needed=need.count)
                for need in _needs(pk)
            ]
            for place in places
        }
        for pk, rooms in there.items()
    }


def asking(
    service: Service,
    location_ids: Iterable[int],
    window: Period,
    *,
    now: dt.datetime,
    moving: Appointment | None = None,
    contact_id: int | None = None,
) -> list[Question]:
    """What `pools` asks every time: for whoever asks more in the same round trip."""
    if not needed(service):
        return []
    there = _there(service.pk, tuple(sorted(set(location_ids))))
    ids = [each for group in there.values() for each in group]
    return [asking_taken("resource_id", ids, wide(window), now=now, moving=moving, contact_id=contact_id)]


@kept
def _there(service_id: int, location_ids: tuple[int, ...]) -> dict[tuple[int, int], list[int]]:
    """(location id, kind id) → the resources of the kinds that the service needs."""
    kinds = [each.kind_id for each in _needs(service_id)]
    rows = Resource.objects.filter(active=True, location__in=location_ids, kind__in=kinds).order_by("pk")
    there: dict[tuple[int, int], list[int]] = defaultdict(list)
    for resource_id, place, kind_id in rows.values_list("pk", "location_id", "kind_id"):
        there[place, kind_id].append(resource_id)
    return dict(there)


@kept
def _needs(service_id: int) -> list[ServiceNeed]:
    return list(ServiceNeed.objects.filter(service=service_id).order_by("kind_id"))


@kept
def _candidates(service_id: int, location_id: int) -> list[tuple[int, int]]:
    """(resource id, kind id), by id."""
    rows = Resource.objects.filter(active=True, location=location_id, kind__needed_by__service=service_id)
    return list(rows.order_by("pk").values_list("pk", "kind_id"))


def _taken(
    ids: list[int],
    period: Period,
    now: dt.datetime,
    moving: Appointment | None,
    contact_id: int | None,
    *,
    holds: bool = True,
) -> set[int]:
    during = DateTimeTZRange(period.starts_at, period.ends_at)
    rows = standing(now, moving=moving, contact_id=contact_id).filter(resource__in=ids, during__overlap=during)
    return set((rows if holds else rows.filter(hold__isnull=True)).values_list("resource_id", flat=True))
