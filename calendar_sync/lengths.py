"""How long a service takes: as the service says, or as this practitioner does it."""

import datetime as dt
from collections.abc import Sequence

from calendar_sync.models import OwnDuration, Practitioner, Service


def length_for(service: Service, practitioner: Practitioner) -> dt.timedelta:
    return lengths_of(service, [practitioner.pk])[practitioner.pk]


def lengths_of(service: Service, practitioner_ids: Sequence[int]) -> dict[int, dt.timedelta]:
    """Practitioner id → length. One query."""
    own = OwnDuration.objects.filter(service=service, practitioner__in=practitioner_ids)
    minutes = dict(own.values_list("practitioner_id", "minutes"))
    return {each: dt.timedelta(minutes=minutes.get(each, service.duration)) for each in practitioner_ids}
