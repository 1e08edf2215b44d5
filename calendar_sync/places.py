"""The locations of a business: those that are open, and closing one for good."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext, ngettext

from calendar_sync.models import HOLDS_TIME, Appointment, Location, Practitioner
from calendar_sync.set_up import kept
from tenants import clock


@kept
def open_places() -> list[Location]:
    """Those that patients are told of, the oldest first."""
    return list(Location.objects.filter(active=True).order_by("pk"))


def several() -> bool:
    """Whether it has to be said where."""
    return len(open_places()) > 1


def standing_at(location: Location) -> QuerySet[Appointment]:
    """What is coming there. An appointment says where only when its practitioner has moved since."""
    here = Q(location=location) | Q(location__isnull=True, practitioner__location=location)
    return Appointment.objects.filter(here, status__in=HOLDS_TIME, during__endswith__gt=clock.now())


def why_not_close(location: Location) -> str:
    """In words what stands in the way; "" when nothing does."""
    if not Location.objects.filter(active=True).exclude(pk=location.pk).exists():
        return gettext("It is your only location. Add the new one first.")
    people = list(Practitioner.objects.filter(active=True, location=location))
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
    Appointment.objects.filter(practitioner=practitioner, location__isnull=True).update(location=old)
