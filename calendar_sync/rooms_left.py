"""Which resources are free for several things that are planned at once: what is taken, read once, and what was given
since. Final only under the locks of `resources.ids_to_lock`.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from calendar_sync import resources
from calendar_sync.availability import Period
from calendar_sync.models import Service
from calendar_sync.spans import Span, overlap
from calendar_sync.timetable import taken_by, wide


@dataclass(kw_only=True)
class RoomsLeft:
    """`needs`: service id → (kind, how many); `there`: (service id, location id) → (resource, kind), by id."""

    needs: Mapping[int, Sequence[tuple[int, int]]]
    there: Mapping[tuple[int, int], Sequence[tuple[int, int]]]
    taken: dict[int, list[Span]] = field(default_factory=dict)

    def choose(self, service_id: int, location_id: int, period: Period) -> tuple[int, ...] | None:
        """The first that are free during all of the period (buffers included); None when there are too few."""
        chosen: list[int] = []
        for kind, count in self.needs.get(service_id, ()):
            of_kind = (each for each, its in self.there.get((service_id, location_id), ()) if its == kind)
            free = [each for each in of_kind if not overlap(self.taken.get(each, ()), period.span)]
            if len(free) < count:
                return None
            chosen += free[:count]
        return tuple(sorted(chosen))

    def give(self, resource_ids: Iterable[int], period: Period) -> None:
        for each in resource_ids:
            self.taken.setdefault(each, []).append(period.span)


def rooms_left(
    services: Iterable[Service], location_ids: Iterable[int], window: Period, *, now: dt.datetime
) -> RoomsLeft:
    """One query besides the set-up's."""
    wanting, places = [each for each in services if resources.needed(each)], sorted(set(location_ids))
    there = {(each.pk, place): resources.candidates(each, place) for each in wanting for place in places}
    ids = sorted({each for some in there.values() for each, _ in some})
    taken = taken_by("resource_id", ids, wide(window), now=now) if ids else {}
    return RoomsLeft(
        needs={each.pk: [(need.kind_id, need.count) for need in resources.needed(each)] for each in wanting},
        there=there,
        taken={each: list(spans) for each, spans in taken.items()},
    )
