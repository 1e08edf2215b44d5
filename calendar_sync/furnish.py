"""A new business gets the location, hours, services and first practitioner of its kind."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from calendar_sync.models import Location, OpeningHours, Practitioner, Service, Weekday, WorkingHours
from tenants.kind_templates import KindTemplate
from tenants.provisioning import Details

ALWAYS_OPEN = (dt.time(7), dt.time(22))


def on_business_created(*, kind: KindTemplate, details: Details, **_: Any) -> None:
    location = Location.objects.create(name=kind.location_name, address=details.address, phone=details.phone)
    practitioner = Practitioner.objects.create(
        name=details.practitioner or kind.practitioner_example, location=location
    )
    practitioner.services.set(_services(kind))
    week = list(_week(kind, details))
    OpeningHours.objects.bulk_create(
        OpeningHours(location=location, weekday=day, opens=begins, closes=ends) for day, begins, ends in week
    )
    WorkingHours.objects.bulk_create(
        WorkingHours(practitioner=practitioner, weekday=day, starts=begins, ends=ends) for day, begins, ends in week
    )


def _services(kind: KindTemplate) -> list[Service]:
    return Service.objects.bulk_create(
        Service(
            name=each.name,
            description=each.description,
            duration=each.minutes,
            price=each.price,
            other_names=list(each.other_names),
            buffer_before=each.buffer_before,
            buffer_after=each.buffer_after,
            preparation=each.preparation,
            seats=each.seats,
            reminders=list(each.reminders),
            position=place,
        )
        for place, each in enumerate(kind.services)
    )


def _week(kind: KindTemplate, details: Details) -> Iterator[tuple[Weekday, dt.time, dt.time]]:
    for day in Weekday:
        if details.always_open:
            yield day, *ALWAYS_OPEN
            continue
        for begins, ends in kind.hours.get(day.label.casefold(), ()):
            yield day, dt.time.fromisoformat(begins), dt.time.fromisoformat(ends)
