"""Forms for hours: a week of lines, dated exceptions, time off."""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError

from calendar_sync.availability import Hours, moment
from calendar_sync.hours_text import HoursRefused, hours_from, text_of
from calendar_sync.models import HoursException, Location, Practitioner, TimeOff, Weekday
from tenants.models import Business

EXAMPLE = "08:30–12:30, 13:30–17:30"
DATE = {"type": "date"}


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
            self.fields[f"day{day.value}"] = HoursField(label=day.label, initial=text_of(days.get(day.value, [])))

    def week(self) -> list[tuple[int, Hours]]:
        return [(day.value, hours) for day in Weekday for hours in self.cleaned_data[f"day{day.value}"]]


class LocationForm(forms.ModelForm):
    class Meta:
        model = Location
        fields = ("name", "address", "phone", "directions")
        widgets = {"directions": forms.Textarea(attrs={"rows": 2})}
        help_texts = {"directions": "How to find you: the entrance, the bus, where to park."}


class ExceptionForm(forms.ModelForm):
    hours = HoursField(label="Open", help_text=f"Such as {EXAMPLE}. Leave it empty when closed.")

    class Meta:
        model = HoursException
        fields = ("practitioner", "date", "note")
        labels = {"practitioner": "Who", "note": "What for"}
        widgets = {"date": forms.DateInput(attrs=DATE, format="%Y-%m-%d")}

    field_order = ("date", "practitioner", "hours", "note")

    def __init__(self, *args: Any, people: Iterable[Practitioner] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose_from(self, people, ("", "Everybody"))

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        day: dt.date | None = found.get("date")
        same = HoursException.objects.filter(practitioner=found.get("practitioner"))
        if day is not None and same.filter(date=day).exists():
            raise ValidationError({"date": "This day has an exception already. Remove that one first."})
        return found

    def save(self, commit: bool = True) -> HoursException:
        self.instance.periods = [[f"{each.starts:%H:%M}", f"{each.ends:%H:%M}"] for each in self.cleaned_data["hours"]]
        return super().save(commit)


class TimeOffForm(forms.Form):
    """Whole days unless times are given; `until` is the last day."""

    practitioner = forms.ModelChoiceField(Practitioner.objects.none(), empty_label=None, label="Who")
    first = forms.DateField(label="From", widget=forms.DateInput(attrs=DATE))
    first_time = forms.TimeField(label="From what time", required=False, widget=forms.TimeInput(attrs={"type": "time"}))
    last = forms.DateField(label="Until", widget=forms.DateInput(attrs=DATE))
    last_time = forms.TimeField(label="Until what time", required=False, widget=forms.TimeInput(attrs={"type": "time"}))
    reason = forms.CharField(max_length=120, required=False, help_text="Only you see it.")

    def __init__(self, *args: Any, business: Business, people: Iterable[Practitioner] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = ZoneInfo(business.timezone)
        _choose_from(self, people)

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if not (found.get("first") and found.get("last")):
            return found
        for name in ("first", "last"):
            if not 1990 <= found[name].year <= 2200:
                raise ValidationError({name: "This year is out of reach."})
        last = found["last"] if found.get("last_time") else found["last"] + dt.timedelta(days=1)
        found["starts_at"] = moment(found["first"], found.get("first_time") or dt.time.min, self.zone)
        found["ends_at"] = moment(last, found.get("last_time") or dt.time.min, self.zone)
        if found["ends_at"] <= found["starts_at"]:
            raise ValidationError(
                {"last_time" if found["first"] == found["last"] else "last": "It ends before it begins."}
            )
        return found

    def save(self) -> TimeOff:
        names = ("practitioner", "starts_at", "ends_at", "reason")
        return TimeOff.objects.create(**{name: self.cleaned_data[name] for name in names})


def _choose_from(form: forms.BaseForm, people: Iterable[Practitioner], *first: tuple[str, str]) -> None:
    """The page has read the practitioners: show them without asking again, once for each form."""
    who: Any = form.fields["practitioner"]
    who.queryset = Practitioner.objects.filter(active=True)
    who.choices = [*first, *((each.pk, each.name) for each in people)]
