"""How long a service takes: as the service says, or as this practitioner does it."""

import datetime as dt
from collections.abc import Sequence

from calendar_sync.models import OwnDuration, Practitioner, Service
from calendar_sync.set_up import kept


def length_for(service: Service, practitioner: Practitioner) -> dt.timedelta:
    return lengths_of(service, [practitioner.pk])[practitioner.pk]


def lengths_of(service: Service, practitioner_ids: Sequence[int]) -> dict[int, dt.timedelta]:
    """Practitioner id → length. One query."""
    minutes = _own_minutes(service.pk)
    return {each: dt.timedelta(minutes=minutes.get(each, service.duration)) for each in practitioner_ids}


@kept
def _own_minutes(service_id: int) -> dict[int, int]:
    """Practitioner id → minutes."""
    return dict(OwnDuration.objects.filter(service=service_id).values_list("practitioner_id", "minutes"))
