"""What staff enter for an appointment; the diary's refusals become errors beside the field."""

import datetime as dt
import re
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils import formats

from calendar_sync.availability import moment
from calendar_sync.errors import CalendarSaysBusy, DiaryError, InThePast, NotOffered, OutsideHours, SlotTaken
from calendar_sync.models import Appointment, Practitioner, Service
from tenants.models import Business

OVERRULABLE = (CalendarSaysBusy, InThePast, OutsideHours)


def check_phone(text: str) -> None:
    if not re.fullmatch(r"\+?[0-9 ()./-]{6,24}", text, re.ASCII) or sum(sign.isdigit() for sign in text) < 6:
        raise ValidationError("Write a phone number, such as 07911 123456 or +44 7911 123456.")


class WhenForm(forms.Form):
    """A practitioner, a local date and time; `overrule` is offered once the diary has refused."""

    practitioner = forms.ModelChoiceField(Practitioner.objects.none(), empty_label=None)
    date = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    time = forms.TimeField(widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    overrule = forms.BooleanField(required=False, label="Do it anyway")

    def __init__(self, *args: Any, business: Business, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = ZoneInfo(business.timezone)
        self.fields["practitioner"].queryset = Practitioner.objects.filter(active=True)  # type: ignore[attr-defined]
        self.may_overrule = bool(self.data.get(self.add_prefix("overrule")))

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if found.get("date") and found.get("time") is not None:
            if not 1990 <= found["date"].year <= 2200:
                raise ValidationError({"date": "This year is out of reach."})
            found["starts_at"] = moment(found["date"], found["time"], self.zone)
            if found["starts_at"].astimezone(self.zone).time() != found["time"]:
                raise ValidationError({"time": "The clocks go forward then: this time does not exist on that day."})
        return found

    def refuse(self, error: DiaryError) -> None:
        """Put the diary's refusal beside the field that can mend it."""
        if isinstance(error, OVERRULABLE):
            self.may_overrule = True
        where = "practitioner" if isinstance(error, NotOffered) else "time" if _about_time(error) else None
        self.add_error(where, str(error) + self._instead(error))

    def _instead(self, error: DiaryError) -> str:
        slots = error.alternatives if isinstance(error, SlotTaken) else []
        times = [f"{formats.date_format(each.starts_at.astimezone(self.zone), 'D j M, H:i')} with {each.practitioner}"
                 for each in slots]  # fmt: skip
        return f" Next free: {'; '.join(times)}." if times else ""


class AppointmentForm(WhenForm):
    service = forms.ModelChoiceField(Service.objects.none(), empty_label=None)
    name = forms.CharField(max_length=120, label="Patient’s name")
    phone = forms.CharField(
        max_length=40, required=False, validators=[check_phone], widget=forms.TextInput(attrs={"type": "tel"})
    )
    note = forms.CharField(max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    field_order = ["service", "practitioner", "date", "time", "name", "phone", "note", "overrule"]

    def __init__(self, *args: Any, business: Business, **kwargs: Any) -> None:
        super().__init__(*args, business=business, **kwargs)
        self.fields["service"].queryset = Service.objects.filter(active=True)  # type: ignore[attr-defined]
        self.fields["name"].label = f"{business.patient_label.capitalize()}’s name"


def move_form(business: Business, appointment: Appointment, data: Any = None) -> WhenForm:
    local = appointment.starts_at.astimezone(ZoneInfo(business.timezone))
    initial = {"practitioner": appointment.practitioner_id, "date": local.date(), "time": local.time()}
    return WhenForm(data, business=business, initial=initial)


def start_from(text: str) -> dict[str, dt.date | dt.time]:
    """`2026-11-24T10:00` (or only the date) as initial values; nothing when it can't be read."""
    try:
        local = dt.datetime.fromisoformat(text)
    except ValueError:
        return {}
    return {"date": local.date(), "time": local.time()} if "T" in text else {"date": local.date()}


def _about_time(error: DiaryError) -> bool:
    return isinstance(error, (*OVERRULABLE, SlotTaken))
