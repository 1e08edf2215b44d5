"""What staff enter for the waiting list."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from calendar_sync.models import Location, Patient, Practitioner, Service
from calendar_sync.pages.phone_fields import AgreedField, WhoseForm, check_agreed, check_phone
from calendar_sync.patients import patient_by_hand
from calendar_sync.places import several
from calendar_sync.slots import Slot
from tenants import clock
from tenants.models import Business

DATE, TIME = {"type": "date"}, {"type": "time"}


class WaitForm(WhoseForm):
    """Somebody waits; a patient we know by that name gets our messages, anybody else is called."""

    name = forms.CharField(max_length=120, label=_("Name"))
    phone = forms.CharField(
        label=_("Phone"),
        max_length=40,
        required=False,
        validators=[check_phone],
        widget=forms.TextInput(attrs={"type": "tel"}),
        help_text=_("For somebody who has never written to you: you will be asked to call, unless they agreed below."),
    )
    agreed = AgreedField()
    service = forms.ModelChoiceField(Service.objects.none(), empty_label=None, label=_("Service"))
    practitioner = forms.ModelChoiceField(
        Practitioner.objects.none(), required=False, empty_label=_("Anybody"), label=_("Practitioner")
    )
    location = forms.ModelChoiceField(
        Location.objects.none(), required=False, empty_label=_("Any"), label=_("Location")
    )
    earliest = forms.DateField(required=False, label=_("From"), widget=forms.DateInput(attrs=DATE))
    latest = forms.DateField(required=False, label=_("Until"), widget=forms.DateInput(attrs=DATE))
    time_from = forms.TimeField(required=False, label=_("Not before"), widget=forms.TimeInput(attrs=TIME))
    time_to = forms.TimeField(required=False, label=_("Not after"), widget=forms.TimeInput(attrs=TIME))
    weekdays = forms.TypedMultipleChoiceField(
        required=False,
        coerce=int,
        choices=list(WEEKDAYS.items()),
        widget=forms.CheckboxSelectMultiple,
        label=_("Only on"),
    )
    urgent = forms.BooleanField(required=False, label=_("Urgent: asked before everybody else"))
    field_order = ("name", "phone", "whose", "agreed")

    def __init__(self, *args: Any, business: Business, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = clock.local_now(business.timezone).date()
        self.fields["name"].label = gettext("%(label)s’s name") % {"label": business.patient_label.capitalize()}
        self.fields["service"].queryset = Service.objects.filter(active=True)  # type: ignore[attr-defined]
        self.fields["practitioner"].queryset = Practitioner.objects.filter(active=True)  # type: ignore[attr-defined]
        if several():
            self.fields["location"].queryset = Location.objects.filter(active=True)  # type: ignore[attr-defined]
        else:
            del self.fields["location"]
        self.country = business.country
        self.ask_whose(business)

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        check_agreed(found, self.country)
        first, last = found.get("earliest"), found.get("latest")
        if last and last < self.today:
            raise ValidationError({"latest": gettext("This day has passed.")})
        if first and last and last < first:
            raise ValidationError({"latest": gettext("It lies before the first day.")})
        begin, end = found.get("time_from"), found.get("time_to")
        if begin and end and end < begin:
            raise ValidationError({"time_to": gettext("It lies before the first time.")})
        if found.get("name") and found.get("phone") == "" and not self._known():
            raise ValidationError(
                {"phone": gettext("Nobody is known by this name. Write the phone to call when a time becomes free.")}
            )
        who, what = found.get("practitioner"), found.get("service")
        if who and what and not what.practitioners.filter(pk=who.pk).exists():
            raise ValidationError(
                {"practitioner": gettext("%(who)s doesn’t perform this service.") % {"who": who.name}}
            )
        return found

    def patient(self) -> Patient:
        """Whose number it is, as staff say; the one we know by this name, where there is one and no phone was given;
        else one by hand."""
        if self.same_person is not None:
            return self.same_person
        name, phone = " ".join(self.cleaned_data["name"].split()), self.cleaned_data["phone"]
        known = self._known() if not phone else []
        return known[0] if len(known) == 1 else patient_by_hand(name, phone)

    def _known(self) -> list[Patient]:
        """Two at most."""
        return list(Patient.objects.filter(name__iexact=" ".join(self.cleaned_data["name"].split()))[:2])


class OfferForm(forms.Form):
    """One of the free times that fit."""

    time = forms.ChoiceField(widget=forms.RadioSelect, label=_("Which time?"))

    def __init__(self, *args: Any, times: list[Slot], labels: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.times = {f"{each.practitioner_id}-{int(each.starts_at.timestamp())}": each for each in times}
        self.fields["time"].choices = list(zip(self.times, labels, strict=True))  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Slot:
        return self.times[self.cleaned_data["time"]]
