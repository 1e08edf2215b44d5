"""The locations of a business: those that are open, and closing one for good."""

from collections.abc import Iterable

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.utils.translation import gettext, ngettext

from calendar_sync.models import (
    HOLDS_TIME,
    Appointment,
    GroupSession,
    Hold,
    HoursException,
    Location,
    Practitioner,
    WorkingHours,
)
from calendar_sync.set_up import kept
from tenants import clock


@kept
def open_places() -> list[Location]:
    """Those that patients are told of, the oldest first."""
    return list(Location.objects.filter(active=True).order_by("pk"))


def several() -> bool:
    """Whether it has to be said where."""
    return len(open_places()) > 1


def with_places(people: QuerySet[Practitioner]) -> QuerySet[Practitioner]:
    """Each with what `works_at` needs to know."""
    weeks = WorkingHours.objects.filter(practitioner=OuterRef("pk"), location__isnull=False).order_by()
    days = HoursException.objects.filter(
        Q(yearly=True) | Q(date__gte=clock.now().date()), practitioner=OuterRef("pk")
    ).order_by()
    return people.annotate(
        weeks_at=ArraySubquery(weeks.values("location").distinct()), days_at=ArraySubquery(days.values("periods"))
    )


def works_at(practitioners: Iterable[Practitioner]) -> dict[int, list[int]]:
    """Practitioner id → the locations of their hours from today on, the usual one first. One query, unless they were
    read `with_places`."""
    people = list(practitioners)
    if not all(hasattr(each, "weeks_at") for each in people):
        people = _with_places(tuple(sorted(each.pk for each in people)))
    found = {}
    for each in people:
        named = {*each.weeks_at, *(part[2] for day in each.days_at for part in day if len(part) > 2)}  # type: ignore[attr-defined]
        found[each.pk] = [each.location_id, *sorted(named - {each.location_id})]
    return found


@kept
def _with_places(ids: tuple[int, ...]) -> list[Practitioner]:
    return list(with_places(Practitioner.objects.filter(pk__in=ids)))


def standing_at(location: Location) -> QuerySet[Appointment]:
    """What is coming there. An appointment says where only when that isn't its practitioner's usual location."""
    return Appointment.objects.filter(at_location(location), status__in=HOLDS_TIME, during__endswith__gt=clock.now())


def at_location(location: Location) -> Q:
    """Of appointments: those there."""
    return Q(location=location) | Q(location__isnull=True, practitioner__location=location)


def why_not_close(location: Location) -> str:
    """In words what stands in the way; "" when nothing does."""
    if not Location.objects.filter(active=True).exclude(pk=location.pk).exists():
        return gettext("It is your only location. Add the new one first.")
    people = [each for each, places in _everybodys_places() if location.pk in places]
    if people:
        names = ", ".join(each.name for each in people)
        return gettext("%(names)s still work at %(place)s. Give them another location first.") % {
            "names": names,
            "place": location.name,
        }
    coming = standing_at(location).count()
    if coming:
        said = ngettext(
            "%(count)s appointment is still coming at %(place)s. Move or cancel it first.",
            "%(count)s appointments are still coming at %(place)s. Move or cancel them first.",
            coming,
        )
        return said % {"count": coming, "place": location.name}
    return ""


def move_practitioner(practitioner: Practitioner, old: Location) -> None:
    """Whoever works elsewhere from now on leaves what is booked where patients were told that it is.

    In the caller's transaction, `practitioner.location` being the new one.
    """
    for model in (Appointment, GroupSession, Hold):
        model.objects.filter(practitioner=practitioner, location__isnull=True).update(location=old)


def _everybodys_places() -> list[tuple[Practitioner, list[int]]]:
    people = list(with_places(Practitioner.objects.filter(active=True)))
    places = works_at(people)
    return [(each, places[each.pk]) for each in people]
