"""Other times for appointments that can't take place: two for each, and no time for two of them.

The first is the nearest to what was booked, with anybody who performs the service; the second is with the same
practitioner, as soon as they are back, or else the nearest on another day. Near means: few days apart, then close to
the same time of day. Whoever comes first in the order chooses first.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from calendar_sync.availability import Period
from calendar_sync.models import Appointment, Practitioner, Service
from calendar_sync.slots import Slot, find_slots
from calendar_sync.taking import blocked
from tenants.models import Business

AHEAD = dt.timedelta(days=28)
EACH = 2


@dataclass
class Choosing:
    """What is free for each service, and what was given away since it was looked up."""

    zone: ZoneInfo
    free: Mapping[int, Sequence[Slot]]
    people: Mapping[int, Practitioner]
    given: dict[int, list[Period]] = field(default_factory=dict)

    def candidates(self, appointment: Appointment, chosen: Sequence[Slot]) -> Iterator[Slot]:
        """The next best times for it beside those chosen already, best first."""
        open_ = [each for each in self.free[appointment.service_id] if self._still_free(appointment.service, each)]
        if not chosen:
            yield from sorted(open_, key=lambda each: self._distance(appointment, each))
            return
        day = self._local(chosen[0].starts_at).date()
        same = [each for each in open_ if each.practitioner_id == appointment.practitioner_id]
        yield from sorted(
            (each for each in same if each.practitioner_id != chosen[0].practitioner_id or self._day(each) != day),
            key=lambda each: self._distance(appointment, each),
        )
        others = (each for each in open_ if each not in same and self._day(each) != day)
        yield from sorted(others, key=lambda each: self._distance(appointment, each))
        yield from sorted(open_, key=lambda each: self._distance(appointment, each))

    def give(self, service: Service, slot: Slot) -> None:
        self.given.setdefault(slot.practitioner_id, []).append(blocked(service, slot.starts_at, slot.ends_at))

    def _still_free(self, service: Service, slot: Slot) -> bool:
        period = blocked(service, slot.starts_at, slot.ends_at)
        return not any(each.overlaps(period) for each in self.given.get(slot.practitioner_id, ()))

    def _distance(self, appointment: Appointment, slot: Slot) -> tuple[int, int, dt.datetime]:
        was, then = self._local(appointment.starts_at), self._local(slot.starts_at)
        minutes = (was.hour - then.hour) * 60 + was.minute - then.minute
        return abs((then.date() - was.date()).days), abs(minutes), slot.starts_at

    def _day(self, slot: Slot) -> dt.date:
        return self._local(slot.starts_at).date()

    def _local(self, moment: dt.datetime) -> dt.datetime:
        return moment.astimezone(self.zone)


def choosing(business: Business, appointments: Iterable[Appointment], earliest: dt.datetime) -> Choosing:
    """Looks up what is free, one search per service."""
    appointments = list(appointments)
    services = {each.service_id: each.service for each in appointments}
    last = max((each.ends_at for each in appointments), default=earliest) + AHEAD
    return Choosing(
        zone=ZoneInfo(business.timezone),
        free={pk: find_slots(business, service=each, window=(earliest, last)) for pk, each in services.items()},
        people=Practitioner.objects.in_bulk(),
    )
