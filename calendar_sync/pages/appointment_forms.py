"""What staff enter for an appointment; the diary's refusals become errors beside the field."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from calendar_sync.availability import moment
from calendar_sync.errors import DiaryError, InThePast, NotOffered, OnlyHeld, OutsideHours, RuleRefused, SlotTaken
from calendar_sync.models import Appointment, BookingRules, Location, Patient, Practitioner, Service
from calendar_sync.pages.birth_date_field import BirthDateField
from calendar_sync.pages.phone_fields import AgreedField, WhoseForm, check_agreed, check_phone
from calendar_sync.places import several
from calendar_sync.rule_words import in_words
from calendar_sync.whose_hold import KeptFor, kept_for
from tenants.formats import plainly
from tenants.models import Business

ABOUT_THE_PATIENT = ("blocked", "most_active", "new_patients", "new_only", "returning_only")


class WhenForm(forms.Form):
    """A practitioner, a local date and time; `overrule` with its reason is offered once the diary has refused."""

    practitioner = forms.ModelChoiceField(Practitioner.objects.none(), empty_label=None, label=_("Practitioner"))
    date = forms.DateField(label=_("Date"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    time = forms.TimeField(label=_("Time"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    overrule = forms.BooleanField(required=False, label=_("Do it anyway"))
    reason = forms.CharField(max_length=240, required=False, label=_("Why"), help_text=_("Only your team reads it."))

    def __init__(self, *args: Any, business: Business, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = ZoneInfo(business.timezone)
        self.fields["practitioner"].queryset = Practitioner.objects.filter(active=True)  # type: ignore[attr-defined]
        self.may_overrule = bool(self.data.get(self.add_prefix("overrule")))
        self.broken: list[str] = []
        self.held: list[KeptFor] = []

    @property
    def overrules(self) -> bool:
        """Only with a reason; without one the diary refuses again, and the reason is asked for."""
        return bool(self.cleaned_data["overrule"] and self.cleaned_data["reason"])

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if found.get("date") and found.get("time") is not None:
            if not 1990 <= found["date"].year <= 2200:
                raise ValidationError({"date": gettext("This year is out of reach.")})
            found["starts_at"] = moment(found["date"], found["time"], self.zone)
            if found["starts_at"].astimezone(self.zone).time() != found["time"]:
                raise ValidationError(
                    {"time": gettext("The clocks go forward then: this time does not exist on that day.")}
                )
        return found

    def refuse(self, error: DiaryError, broken: Sequence[str] = ()) -> None:
        """Put the diary's refusal beside the field that can mend it. `broken`: the rules that "anyway" sets aside."""
        self.may_overrule = error.overrulable
        self.broken = in_words(broken)
        if self.may_overrule and broken:
            self.fields["reason"].widget.attrs |= {"autofocus": True}
        if isinstance(error, OnlyHeld):
            self.held = kept_for(error.holds)
        if self.may_overrule and self.cleaned_data.get("overrule") and not self.cleaned_data.get("reason"):
            self.add_error("reason", gettext("Write in a few words why."))
        self.add_error(self._beside(error), gettext(str(error)) + self._instead(error))

    def _beside(self, error: DiaryError) -> str | None:
        if isinstance(error, NotOffered):
            return "practitioner"
        if isinstance(error, RuleRefused) and error.rule in ABOUT_THE_PATIENT:
            return "name" if "name" in self.fields else None
        return "time" if isinstance(error, (RuleRefused, SlotTaken, OutsideHours, InThePast)) else None

    def _instead(self, error: DiaryError) -> str:
        slots = error.alternatives if isinstance(error, SlotTaken) else []
        times = [gettext("%(when)s with %(practitioner)s")
            % {"when": plainly(each.starts_at.astimezone(self.zone), "D j M, H:i"), "practitioner": each.practitioner}
                 for each in slots]  # fmt: skip
        return " " + gettext("Next free: %(times)s.") % {"times": "; ".join(times)} if times else ""


class PlacedForm(WhenForm):
    """And where, with several locations: staff may overrule the hours there, too. `places`: whether there are several,
    where the caller knows."""

    place = forms.ModelChoiceField(
        Location.objects.none(), required=False, empty_label=_("Where they are then"), label=_("Location")
    )

    def __init__(self, *args: Any, places: bool | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if several() if places is None else places:
            self.fields["place"].queryset = Location.objects.filter(active=True).order_by("pk")  # type: ignore[attr-defined]
        else:
            del self.fields["place"]

    @property
    def location_id(self) -> int | None:
        place = self.cleaned_data.get("place")
        return place.pk if place is not None else None


class MoveForm(PlacedForm):
    """`tell`: the patient hears of it."""

    tell = forms.BooleanField(required=False, initial=True)

    def __init__(self, *args: Any, business: Business, appointment: Appointment, **kwargs: Any) -> None:
        super().__init__(*args, business=business, **kwargs)
        self.fields["tell"].label = gettext("Tell %(patient)s") % {"patient": appointment.patient.name}


class GroupForm(WhenForm):
    """Everybody in a group at once. Its ids differ from those of the form for one, which stands on the same page."""

    tell = forms.BooleanField(required=False, initial=True, label=_("Tell everybody who writes to us"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="id_whole_%s", **kwargs)


class AppointmentForm(PlacedForm, WhoseForm):
    service = forms.ModelChoiceField(Service.objects.none(), empty_label=None, label=_("Service"))
    name = forms.CharField(max_length=120, label=_("Patient’s name"))
    phone = forms.CharField(
        label=_("Phone"),
        max_length=40,
        required=False,
        validators=[check_phone],
        widget=forms.TextInput(attrs={"type": "tel"}),
    )
    agreed = AgreedField()
    born_on = BirthDateField()
    note = forms.CharField(label=_("Note"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    field_order = [
        *("service", "practitioner", "date", "time", "place", "name", "phone", "whose", "agreed", "born_on", "note"),
        *("overrule", "reason"),
    ]

    def __init__(self, *args: Any, business: Business, **kwargs: Any) -> None:
        super().__init__(*args, business=business, **kwargs)
        self.fields["service"].queryset = Service.objects.filter(active=True)  # type: ignore[attr-defined]
        self.fields["name"].label = gettext("%(label)s’s name") % {"label": business.patient_label.capitalize()}
        self.country = business.country
        self.ask_whose(business)

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        check_agreed(found, self.country)
        return found


class SeveralForm(AppointmentForm):
    """With a second service in the same visit, or the same again every few weeks; for a known patient (`chosen`), or
    for one who is entered.
    """

    patient = forms.ModelChoiceField(Patient.objects.none(), required=False, widget=forms.HiddenInput)
    also = forms.ModelChoiceField(
        Service.objects.none(), required=False, empty_label=_("Nothing else"), label=_("And right after it")
    )
    also_by = forms.ModelChoiceField(
        Practitioner.objects.none(), required=False, empty_label=_("The same practitioner"), label=_("With whom")
    )
    every_weeks = forms.IntegerField(required=False, min_value=1, max_value=52, label=_("Every … weeks"))
    times = forms.IntegerField(required=False, min_value=2, max_value=52, label=_("How often in all"))

    def __init__(self, *args: Any, business: Business, **kwargs: Any) -> None:
        super().__init__(*args, business=business, **kwargs)
        self.fields["also"].queryset = Service.objects.filter(active=True)  # type: ignore[attr-defined]
        self.fields["also_by"].queryset = Practitioner.objects.filter(active=True)  # type: ignore[attr-defined]
        self.fields["patient"].queryset = Patient.objects.all()  # type: ignore[attr-defined]
        self.chosen = _patient_numbered(self["patient"].value())
        if self.chosen is not None:
            for known in ("name", "phone", "whose", "agreed", "born_on"):
                self.fields.pop(known, None)
        if not self.is_bound:
            first = "name" if self.chosen is None else "service"
            self.fields[first].widget.attrs |= {"autofocus": True}
        if self.chosen is None:
            self.fields["name"].widget.attrs |= {"autocomplete": "off"}
        self.fields["times"].help_text = gettext("At most %(series_most)s.") % {
            "series_most": BookingRules.of_this_business().series_most
        }

    @property
    def several(self) -> bool:
        """Whether that part of the form is in use."""
        return any(self[name].value() for name in ("also", "every_weeks", "times"))

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        repeats, times = found.get("every_weeks"), found.get("times")
        if bool(repeats) != bool(times) and not {"every_weeks", "times"} & set(self.errors):
            raise ValidationError(
                {"times" if repeats else "every_weeks": gettext("Say both: every how many weeks, how often.")}
            )
        also, who = found.get("also"), found.get("also_by") or found.get("practitioner")
        if also and who and not also.practitioners.filter(pk=who.pk).exists():
            raise ValidationError({"also_by": gettext("%(who)s doesn’t perform this service.") % {"who": who.name}})
        if repeats and found.get("also"):
            raise ValidationError({"also": gettext("Either a second service or a series, not both at once.")})
        return found


def _patient_numbered(text: Any) -> Patient | None:
    digits = str(text or "")
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 19):
        return None
    return Patient.objects.filter(pk=int(digits)).first()


def entered(data: QueryDict) -> dict[str, Any]:
    """What stands in a form that was sent only to choose something: as initial values of the next.

    `pick` chooses a known patient ("" nobody), `at` a free time ("2026-11-24T10:00/3", the last being who).
    """
    kept: dict[str, Any] = {name: value for name, value in data.items() if name not in ("overrule", "reason")}
    if "pick" in data:
        kept["patient"] = data["pick"]
    when, _slash, who = data.get("at", "").partition("/")
    if who:
        kept |= start_from(when) | {"practitioner": who}
    return kept


def move_form(
    business: Business, appointment: Appointment, data: Any = None, initial: dict[str, Any] | None = None
) -> MoveForm:
    begins = as_booked(business, appointment) | (initial or {})
    places = getattr(appointment, "several_places", None)
    return MoveForm(data, business=business, appointment=appointment, initial=begins, places=places)


def group_form(business: Business, appointment: Appointment, data: Any = None) -> GroupForm:
    return GroupForm(data, business=business, initial=as_booked(business, appointment))


def as_booked(business: Business, appointment: Appointment) -> dict[str, Any]:
    local = appointment.starts_at.astimezone(ZoneInfo(business.timezone))
    return {"practitioner": appointment.practitioner_id, "date": local.date(), "time": local.time()}


def start_from(text: str) -> dict[str, dt.date | dt.time]:
    """`2026-11-24T10:00` (or only the date) as initial values; nothing when it can't be read."""
    try:
        local = dt.datetime.fromisoformat(text)
    except ValueError:
        return {}
    return {"date": local.date(), "time": local.time()} if "T" in text else {"date": local.date()}
