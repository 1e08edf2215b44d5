"""Forms for hours: a week of lines, a location, time off. Dated exceptions are in exception_form.py."""

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from calendar_sync.availability import Hours, moment
from calendar_sync.hours_text import HoursRefused, hours_from, text_of
from calendar_sync.models import HOLDS_TIME, Appointment, Location, Practitioner, TimeOff, Weekday
from calendar_sync.places import at_location, several
from tenants.models import Business

DATE = {"type": "date"}
COORDINATES = re.compile(r"(-?\d{1,3}(?:\.\d{1,12})?)\s*[,; ]\s*(-?\d{1,3}(?:\.\d{1,12})?)", re.ASCII)


class HoursField(forms.CharField):
    """One line → list of availability.Hours."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=120, **kwargs)

    def clean(self, value: Any) -> list[Hours]:
        try:
            return hours_from(super().clean(value))
        except HoursRefused as refusal:
            raise ValidationError(str(refusal)) from refusal


class WeekForm(forms.Form):
    """Seven lines, one a day; an empty one is a closed day."""

    def __init__(self, *args: Any, week: Iterable[tuple[int, Hours]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days: dict[int, list[Hours]] = {}
        for weekday, hours in week:
            days.setdefault(weekday, []).append(hours)
        for day in Weekday:
            self.fields[f"day{day.value}"] = HoursField(
                label=WEEKDAYS[day.value], initial=text_of(days.get(day.value, []))
            )

    def week(self) -> list[tuple[int, Hours]]:
        return [(day.value, hours) for day in Weekday for hours in self.cleaned_data[f"day{day.value}"]]

    def days(self) -> list[tuple[int, str]]:
        """For the template's "copy a day"."""
        return [(day.value, WEEKDAYS[day.value]) for day in Weekday]

    @property
    def named(self) -> str:
        """What tells two weeks of one page apart in the names of their buttons."""
        return self.prefix or "week"


def copied(data: QueryDict) -> QueryDict | None:
    """The posted form with one day's line copied to others, when that is what was asked for: `copy` names the week,
    `<week>_from` the day, `<week>_to` the others.
    """
    which = data.get("copy")
    if not which:
        return None
    before, copy = ("" if which == "week" else f"{which}-"), data.copy()
    text = data.get(f"{before}day{data.get(f'{which}_from')}", "")
    for day in data.getlist(f"{which}_to"):
        copy[f"{before}day{day}"] = text
    return copy


class LocationForm(forms.ModelForm):
    coordinates = forms.CharField(
        label=_("Coordinates"),
        max_length=60,
        required=False,
        help_text=_("Such as 53.7996, -1.5491, copied from a map. With them your address is sent as a pin on the map."),
    )

    class Meta:
        model = Location
        fields = ("name", "address", "phone", "directions")
        labels = {"name": _("Name"), "address": _("Address"), "phone": _("Phone"), "directions": _("Directions")}
        widgets = {"directions": forms.Textarea(attrs={"rows": 2})}
        help_texts = {"directions": _("How to find you: the entrance, the bus, where to park.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.latitude is not None:
            self.fields["coordinates"].initial = f"{self.instance.latitude}, {self.instance.longitude}"

    def clean_name(self) -> str:
        """The assistant tells locations apart by their names."""
        name = " ".join(self.cleaned_data["name"].split())
        same = Location.objects.filter(active=True, name__iexact=name).exclude(pk=self.instance.pk)
        if same.exists():
            raise ValidationError(gettext("Another location has this name."))
        return name

    def clean_coordinates(self) -> tuple[float | None, float | None]:
        text = self.cleaned_data["coordinates"]
        if not text:
            return None, None
        found = COORDINATES.fullmatch(text.strip())
        if found is None:
            raise ValidationError(gettext("Two numbers with a comma between them: 53.7996, -1.5491."))
        latitude, longitude = float(found[1]), float(found[2])
        if abs(latitude) > 90 or abs(longitude) > 180:
            raise ValidationError(gettext("There is no such place: first north (at most 90), then east (at most 180)."))
        return latitude, longitude

    def save(self, commit: bool = True) -> Location:
        self.instance.latitude, self.instance.longitude = self.cleaned_data["coordinates"]
        saved: Location = super().save(commit)
        return saved


class TimeOffForm(forms.Form):
    """Whole days unless times are given; `until` is the last day."""

    practitioner = forms.ModelChoiceField(Practitioner.objects.none(), empty_label=None, label=_("Who"))
    first = forms.DateField(label=_("From"), widget=forms.DateInput(attrs=DATE))
    first_time = forms.TimeField(
        label=_("From what time"), required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )
    last = forms.DateField(label=_("Until"), widget=forms.DateInput(attrs=DATE))
    last_time = forms.TimeField(
        label=_("Until what time"), required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )
    place = forms.ModelChoiceField(
        Location.objects.none(), required=False, empty_label=_("Everywhere"), label=_("From which location")
    )
    reason = forms.CharField(label=_("Reason"), max_length=120, required=False, help_text=_("Only you see it."))

    def __init__(self, *args: Any, business: Business, people: Iterable[Practitioner] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = ZoneInfo(business.timezone)
        _choose_from(self, people)
        if several():
            self.fields["place"].queryset = Location.objects.filter(active=True)  # type: ignore[attr-defined]
        else:
            del self.fields["place"]

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if not (found.get("first") and found.get("last")):
            return found
        for name in ("first", "last"):
            if not 1990 <= found[name].year <= 2200:
                raise ValidationError({name: gettext("This year is out of reach.")})
        last = found["last"] if found.get("last_time") else found["last"] + dt.timedelta(days=1)
        found["starts_at"] = moment(found["first"], found.get("first_time") or dt.time.min, self.zone)
        found["ends_at"] = moment(last, found.get("last_time") or dt.time.min, self.zone)
        if found["ends_at"] <= found["starts_at"]:
            raise ValidationError(
                {"last_time" if found["first"] == found["last"] else "last": gettext("It ends before it begins.")}
            )
        return found

    def affected(self) -> list[Appointment]:
        """What stands in it, soonest first."""
        found = self.cleaned_data
        rows = Appointment.objects.filter(
            practitioner=found["practitioner"],
            status__in=HOLDS_TIME,
            during__overlap=(found["starts_at"], found["ends_at"]),
        )
        if found.get("place"):
            rows = rows.filter(at_location(found["place"]))
        return list(rows.select_related("service", "patient").order_by("during"))

    def save(self) -> TimeOff:
        names = ("practitioner", "starts_at", "ends_at", "reason")
        asked = {name: self.cleaned_data[name] for name in names}
        return TimeOff.objects.create(location=self.cleaned_data.get("place"), **asked)


def _choose_from(form: forms.BaseForm, people: Iterable[Practitioner]) -> None:
    """The page has read the practitioners: show them without asking again, once for each form."""
    who: Any = form.fields["practitioner"]
    who.queryset = Practitioner.objects.filter(active=True)
    who.choices = [(each.pk, each.name) for each in people]
