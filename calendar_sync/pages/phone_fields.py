"""A patient's phone that staff enter, and whether messages may go there."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from calendar_sync.message_consent import e164


class AgreedField(forms.BooleanField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False,
            label=_("Asked: they agreed to messages on WhatsApp"),
            help_text=_(
                "Reminders and changes then reach this phone, and its answers count. Who noted it, and when, is kept."
            ),
            **kwargs,
        )


class PhoneForm(forms.Form):
    """For a patient without a conversation."""

    phone = forms.CharField(label=_("Phone"), max_length=40, widget=forms.TextInput(attrs={"type": "tel"}))
    agreed = AgreedField()

    def __init__(self, *args: Any, country: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.country = country

    def clean_phone(self) -> str:
        check_phone(self.cleaned_data["phone"])
        return str(self.cleaned_data["phone"])

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        check_agreed(found, self.country)
        return found


def check_phone(text: str) -> None:
    if not re.fullmatch(r"\+?[0-9 ()./-]{6,24}", text, re.ASCII) or sum(sign.isdigit() for sign in text) < 6:
        raise ValidationError(gettext("Write a phone number, such as 07911 123456 or +44 7911 123456."))


def check_agreed(found: Mapping[str, Any], country: str) -> None:
    """Whoever agreed has a phone that can be written to. Nothing where the phone itself was refused."""
    if not found.get("agreed") or "phone" not in found:
        return
    if not found["phone"]:
        raise ValidationError({"phone": gettext("Which phone may we write to? Write its number.")})
    if not e164(found["phone"], country):
        raise ValidationError(
            {"phone": gettext("WhatsApp knows no such number. Write it with its country, such as +44 7911 123456.")}
        )
