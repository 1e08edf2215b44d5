"""Which patient's appointments staff open to a contact."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from calendar_sync.models import Appointment, Patient


class LinkForm(forms.Form):
    patient = forms.CharField(
        label=_("Appointment’s number, or the full name"),
        max_length=120,
        help_text=_("First make sure who it is: call back on a number that you know."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "placeholder": "#1042"}),
    )

    def __init__(self, *args: Any, contact_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.contact_id = contact_id

    def clean_patient(self) -> Patient:
        said = " ".join(self.cleaned_data["patient"].split())
        found = self._by_number(said) if said.startswith("#") or said.isdecimal() else self._by_name(said)
        if found.contact_id == self.contact_id:
            raise ValidationError(gettext("This phone writes for %(found)s already.") % {"found": found.name})
        return found

    def _by_number(self, said: str) -> Patient:
        digits = said.removeprefix("#").strip()
        known = digits.isascii() and digits.isdecimal() and len(digits) < 12
        row = Appointment.objects.filter(pk=int(digits) - 1000).select_related("patient").first() if known else None
        if row is None:
            raise ValidationError(gettext("There is no appointment %(said)s.") % {"said": said})
        return row.patient

    def _by_name(self, said: str) -> Patient:
        fitting = list(Patient.objects.filter(name__iexact=said)[:2])
        if len(fitting) != 1:
            several = gettext("Several have this name: give the number of one of their appointments.")
            raise ValidationError(
                several if fitting else gettext("Nobody has exactly this name. Look it up in the diary.")
            )
        return fitting[0]
