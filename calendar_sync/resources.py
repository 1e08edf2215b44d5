"""The rooms and chairs that a service needs besides a practitioner: what there is, and which are free."""

import datetime as dt
from collections import defaultdict

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from calendar_sync.availability import Period
from calendar_sync.models import Appointment, Resource, Service, ServiceNeed
from calendar_sync.taking import standing


def needed(service: Service) -> list[ServiceNeed]:
    """By kind; empty when a practitioner is enough."""
    return list(ServiceNeed.objects.filter(service=service).order_by("kind_id"))


def ids_to_lock(service: Service, location_id: int) -> list[int]:
    """Every resource at the location that the service may take, in the order in which to lock them."""
    return [each for each, _ in _candidates(service, location_id)]


def choose(
    service: Service,
    location_id: int,
    period: Period,
    *,
    now: dt.datetime,
    moving: Appointment | None = None,
    contact_id: int | None = None,
) -> list[int] | None:
    """Resources that are free during the whole period (buffers included), in the order of their ids; None when there
    are not enough of one kind. Final only under the locks of `ids_to_lock`.
    """
    needs = needed(service)
    if not needs:
        return []
    candidates = _candidates(service, location_id)
    taken = _taken([each for each, _ in candidates], period, now, moving, contact_id)
    free: dict[int, list[int]] = defaultdict(list)
    for each, kind_id in candidates:
        if each not in taken:
            free[kind_id].append(each)
    if any(len(free[need.kind_id]) < need.count for need in needs):
        return None
    return sorted(each for need in needs for each in free[need.kind_id][: need.count])


def _candidates(service: Service, location_id: int) -> list[tuple[int, int]]:
    """(resource id, kind id), by id."""
    rows = Resource.objects.filter(active=True, location=location_id, kind__needed_by__service=service)
    return list(rows.order_by("pk").values_list("pk", "kind_id"))


def _taken(
    ids: list[int], period: Period, now: dt.datetime, moving: Appointment | None, contact_id: int | None
) -> set[int]:
    during = DateTimeTZRange(period.starts_at, period.ends_at)
    rows = standing(now, moving=moving, contact_id=contact_id).filter(resource__in=ids, during__overlap=during)
    return set(rows.values_list("resource_id", flat=True))
