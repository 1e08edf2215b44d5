"""A patient's phone that staff enter: whose it is, and whether messages may go there."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from calendar_sync.message_consent import e164
from calendar_sync.models import Patient
from calendar_sync.patients import patient_for
from calendar_sync.whose_phone import Owner, owners
from tenants.formats import shown
from tenants.models import Business


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


class WhoseForm(forms.Form):
    """A form with a `phone`, and a `name` beside it: where the number is somebody's already, staff say whose it is.

    `whose` is the patient's id for the same person ("contact-" and an id for a contact who has no patient yet), SHARED
    for somebody else; it is asked for only then.
    """

    whose = forms.ChoiceField(required=False, widget=forms.RadioSelect)
    SHARED = "shared"
    owners: Sequence[Owner] = ()

    def ask_whose(self, business: Business, *, but: Patient | None = None) -> None:
        """After the form was made. `but`: whose phone it is."""
        typed = str(self.data.get(self.add_prefix("phone"), "")) if self.is_bound else ""
        known = owners(business, typed[:40], but=but)
        if not known or (but is None and any(map(self._is_the_same, known))):
            del self.fields["whose"]
            return
        self.owners, field = known, self.fields["whose"]
        field.label = gettext("This number belongs to %(names)s.") % {"names": ", ".join(map(_named, known))}
        field.help_text = gettext("Is it mistyped? Then correct the number.")
        same = [] if but is not None else [each for each in known if not each.colleague]
        field.choices = [  # type: ignore[attr-defined]
            *((_key(each), gettext("It is %(name)s") % {"name": each.name}) for each in same),
            (self.SHARED, gettext("Somebody else, who uses the same phone")),
        ]

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if "whose" in self.fields and "whose" in found and not found["whose"] and "phone" not in self.errors:
            self.add_error("whose", gettext("Say whose number it is, or correct it."))
        return found

    @property
    def same_person(self) -> Patient | None:
        """Whom staff named; a contact's first patient is made, of the name that they typed."""
        chosen = self.cleaned_data.get("whose") or ""
        owner = next((each for each in self.owners if _key(each) == chosen), None)
        if owner is None:
            return None
        if owner.patient_id is not None:
            return Patient.objects.filter(pk=owner.patient_id).first()
        return patient_for(owner.contact_id, self.cleaned_data["name"]) if owner.contact_id is not None else None

    def _is_the_same(self, owner: Owner) -> bool:
        """Who was entered before with this name and number is that patient again: nothing to ask."""
        name = " ".join(str(self.data.get(self.add_prefix("name"), "")).split())
        born_on = str(self.data.get(self.add_prefix("born_on"), ""))
        same_birth = not born_on or owner.born_on is None or born_on == owner.born_on.isoformat()
        return owner.entered and owner.name.casefold() == name.casefold() and same_birth


def _key(owner: Owner) -> str:
    return str(owner.patient_id) if owner.patient_id is not None else f"contact-{owner.contact_id}"


def _named(owner: Owner) -> str:
    if owner.colleague:
        return gettext("%(name)s, a colleague") % {"name": owner.name}
    if owner.born_on is None:
        return owner.name
    return gettext("%(name)s (born %(day)s)") % {"name": owner.name, "day": shown(owner.born_on, "j M Y")}


class PhoneForm(WhoseForm):
    """For a patient without a conversation."""

    phone = forms.CharField(label=_("Phone"), max_length=40, widget=forms.TextInput(attrs={"type": "tel"}))
    agreed = AgreedField()

    field_order = ("phone", "whose", "agreed")

    def __init__(self, *args: Any, business: Business, patient: Patient, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.country = business.country
        self.ask_whose(business, but=patient)

    def clean_phone(self) -> str:
        check_phone(self.cleaned_data["phone"])
        return str(self.cleaned_data["phone"])

    def clean(self) -> dict[str, Any]:
        found = super().clean()
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
