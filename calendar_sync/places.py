"""The locations of a business: those that are open, and closing one for good."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
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


def works_at(practitioners: Iterable[Practitioner]) -> dict[int, list[int]]:
    """Practitioner id → the locations of their hours from today on, the usual one first."""
    usual = {each.pk: each.location_id for each in practitioners}
    found = {pk: {place} for pk, place in usual.items()}
    for pk, place in _named_in_weeks(tuple(sorted(usual))):
        found[pk].add(place)
    for pk, periods in _days_of_their_own(tuple(sorted(usual)), clock.now().date()):
        found[pk] |= {each[2] for each in periods if len(each) > 2}
    return {pk: [usual[pk], *sorted(places - {usual[pk]})] for pk, places in found.items()}


@kept
def _named_in_weeks(ids: tuple[int, ...]) -> list[tuple[int, int]]:
    rows = WorkingHours.objects.filter(practitioner__in=ids, location__isnull=False)
    return list(rows.values_list("practitioner_id", "location_id").distinct())


@kept
def _days_of_their_own(ids: tuple[int, ...], today: dt.date) -> list[tuple[int, list[list[Any]]]]:
    rows = HoursException.objects.filter(Q(yearly=True) | Q(date__gte=today), practitioner__in=ids)
    return list(rows.values_list("practitioner_id", "periods"))


def standing_at(location: Location) -> QuerySet[Appointment]:
    """What is coming there. An appointment says where only when that isn't its practitioner's usual location."""
    here = Q(location=location) | Q(location__isnull=True, practitioner__location=location)
    return Appointment.objects.filter(here, status__in=HOLDS_TIME, during__endswith__gt=clock.now())


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
    people = list(Practitioner.objects.filter(active=True))
    places = works_at(people)
    return [(each, places[each.pk]) for each in people]
