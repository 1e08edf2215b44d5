"""Free times as chips beside the date and time of an appointment's form."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from calendar_sync.free_times import Sought, free_times
from calendar_sync.models import Appointment, Location, Patient, Practitioner, Service
from calendar_sync.pages.appointment_forms import WhenForm
from calendar_sync.slots import Slot
from tenants import clock
from tenants.access import business_of, staff_page
from tenants.formats import shown
from tenants.models import Business


@dataclass(frozen=True, kw_only=True)
class Chip:
    """`value`: local time and practitioner, "2026-11-24T10:00/3"; `chosen`: what stands in the form."""

    value: str
    text: str
    who: str
    seats_left: int | None
    chosen: bool


@dataclass(frozen=True, kw_only=True)
class Offer:
    day: str
    practitioner: str
    what: str  # both services of a visit
    on_day: list[Chip]
    later: list[Chip]
    others: list[Chip]


class AskedForm(forms.Form):
    """What the form around the chips says so far."""

    service = forms.ModelChoiceField(Service.objects.none(), required=False)
    practitioner = forms.ModelChoiceField(Practitioner.objects.none())
    date = forms.DateField()
    time = forms.TimeField(required=False)
    also = forms.ModelChoiceField(Service.objects.none(), required=False)
    also_by = forms.ModelChoiceField(Practitioner.objects.none(), required=False)
    place = forms.ModelChoiceField(Location.objects.none(), required=False)
    patient = forms.ModelChoiceField(Patient.objects.none(), required=False)
    moving = forms.ModelChoiceField(Appointment.objects.none(), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.fields["service"].queryset = Service.objects.filter(active=True)  # type: ignore[attr-defined]
        self.fields["also"].queryset = Service.objects.filter(active=True)  # type: ignore[attr-defined]
        self.fields["place"].queryset = Location.objects.filter(active=True)  # type: ignore[attr-defined]
        for name in ("practitioner", "also_by"):
            self.fields[name].queryset = Practitioner.objects.filter(active=True)  # type: ignore[attr-defined]
        self.fields["patient"].queryset = Patient.objects.all()  # type: ignore[attr-defined]
        self.fields["moving"].queryset = Appointment.objects.select_related("service")  # type: ignore[attr-defined]


@staff_page
@require_safe
def free(request: HttpRequest) -> HttpResponse:
    """`service`, `also`, `also_by`, `practitioner`, `date` and `place` as the form has them, `time` what is chosen;
    `moving`: the appointment that would be moved, instead of a service. Nothing where that can't be read.
    """
    return render(request, "diary/_free.html", {"offer": _offer(business_of(request), request.GET)})


def offer(business: Business, form: WhenForm, moving: Appointment | None = None) -> Offer | None:
    """For a form that is shown: by its values, or what its lists begin with."""
    said = {name: form[name].value() for name in ("practitioner", "date", "time")}
    for name in ("service", "also", "also_by", "place", "patient"):
        said[name] = form[name].value() if name in form.fields else None
    for name in ("service", "practitioner"):
        if name in form.fields and not said[name]:
            first = form.fields[name].queryset.first()  # type: ignore[attr-defined]
            said[name] = first.pk if first is not None else None
    return _offer(business, said | {"moving": moving.pk if moving is not None else None})


def _offer(business: Business, said: Any) -> Offer | None:
    asked = AskedForm(said)
    asked.is_valid()
    found: dict[str, Any] = asked.cleaned_data
    moving: Appointment | None = found.get("moving")
    service: Service | None = moving.service if moving is not None else found.get("service")
    practitioner: Practitioner | None = found.get("practitioner")
    day: dt.date | None = found.get("date")
    if service is None or practitioner is None or day is None or not 1990 <= day.year <= 2200:
        return None
    patient: Patient | None = found.get("patient")
    contact_id = patient.contact_id if patient is not None else moving.contact_id if moving is not None else None
    place: Location | None = found.get("place")
    also: Service | None = found.get("also") if moving is None else None
    sought = Sought(
        business=business,
        service=service,
        also=also,
        also_by=found.get("also_by"),
        contact_id=contact_id,
        moving=moving,
        location_id=place.pk if place is not None else None,
    )
    free = free_times(sought, practitioner, day)
    time: dt.time | None = found.get("time")
    chosen = f"{day}T{time:%H:%M}/{practitioner.pk}" if time is not None else ""
    zone = ZoneInfo(business.timezone)
    this_year = day.year == clock.local_now(business.timezone).year
    return Offer(
        day=shown(day, "l j F" if this_year else "l j F Y"),
        practitioner=practitioner.name,
        what=gettext("%(first)s and %(second)s") % {"first": service.name, "second": also.name} if also else "",
        on_day=_chips(free.on_day, "H:i", zone, chosen),
        later=_chips(free.later, "D j M, H:i", zone, chosen),
        others=_chips(free.others, "H:i", zone, chosen),
    )


def _chips(slots: Iterable[Slot], pattern: str, zone: ZoneInfo, chosen: str) -> list[Chip]:
    return [
        Chip(
            value=(value := f"{each.starts_at.astimezone(zone):%Y-%m-%dT%H:%M}/{each.practitioner_id}"),
            text=shown(each.starts_at, pattern),
            who=each.practitioner,
            seats_left=each.seats_left,
            chosen=value == chosen,
        )
        for each in slots
    ]
