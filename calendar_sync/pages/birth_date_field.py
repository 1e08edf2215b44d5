"""A date of birth that staff enter."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from calendar_sync.birth_dates import OLDEST
from tenants import clock


class BirthDateField(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date", "autocomplete": "off"}, format="%Y-%m-%d")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False,
            label=_("Date of birth"),
            help_text=_("Only to check who writes from another number. The assistant never tells it."),
            **kwargs,
        )

    def clean(self, value: Any) -> dt.date | None:
        day: dt.date | None = super().clean(value)
        if day is not None and day.year < OLDEST:
            raise ValidationError(gettext("This year is out of reach."))
        if day is not None and day > clock.now().date():
            raise ValidationError(gettext("This day is still to come."))
        return day
