"""The three steps of the wizard. What they hold is plain data, kept in the session between the steps."""

import re
import unicodedata

from django import forms
from django.utils.translation import gettext_lazy as _

from tenants import formats, places
from tenants.kind_templates import template_of
from tenants.models import Kind
from tenants.provisioning import SlugRefused, check_slug

KINDS = {
    Kind.DENTIST: ("dental", _("Check-ups, hygienist, treatments")),
    Kind.DOCTOR: ("stethoscope", _("Consultations, nurse, vaccinations")),
    Kind.PHYSIOTHERAPIST: ("stretching", _("Assessments and follow-ups")),
    Kind.THERAPIST: ("armchair", _("Sessions alone, as a couple, online")),
    Kind.HAIR_SALON: ("scissors", _("Cuts, colour, styling")),
}  # icon and a few words


class KindForm(forms.Form):
    kind = forms.ChoiceField(
        choices=Kind.choices, error_messages={"required": _("Please choose what kind of business it is.")}
    )

    def cards(self) -> list[dict[str, object]]:
        chosen = self["kind"].value()
        return [
            {"value": kind.value, "title": kind.label, "icon": icon, "note": note, "checked": kind == chosen}
            for kind, (icon, note) in KINDS.items()
        ]


class NameForm(forms.Form):
    name = forms.CharField(
        max_length=120,
        label=_("Name of the business"),
        widget=forms.TextInput(attrs={"autocomplete": "organization", "placeholder": "Bright Smile"}),
    )
    slug = forms.CharField(
        max_length=50,
        label=_("Address of your desk"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    country = forms.ChoiceField(label=_("Country"), choices=lambda: list(formats.countries().items()), initial="GB")
    timezone = forms.CharField(
        max_length=60,
        initial="Europe/London",
        label=_("Timezone"),
        help_text=_("Type a city to search, such as Lisbon."),
        widget=forms.TextInput(attrs={"list": "timezones", "autocomplete": "off"}),
    )

    def clean_name(self) -> str:
        return printable(self.cleaned_data["name"])

    def clean_timezone(self) -> str:
        given = self.cleaned_data["timezone"].strip().replace(" ", "_")
        for zone in places.timezones():
            if given.lower() in (zone.lower(), zone.rpartition("/")[2].lower()):
                return zone
        raise forms.ValidationError(_("Choose a timezone from the list, such as Europe/London."))

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        if "slug" not in self.errors and "name" in data:
            slug = data.get("slug", "").strip().lower() or suggest_slug(data["name"])
            try:
                data["slug"] = check_slug(slug)
            except SlugRefused as refused:
                self.add_error("slug", str(refused))
        return data


class PeopleForm(forms.Form):
    practitioner = forms.CharField(max_length=120, label=_("First person who sees people"))
    address = forms.CharField(
        max_length=240,
        required=False,
        label=_("Address"),
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
        help_text=_("The assistant tells it to whoever asks how to find you."),
    )
    phone = forms.CharField(
        max_length=40,
        required=False,
        label=_("Phone"),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )

    def __init__(self, *args: object, kind: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        template = template_of(kind)
        field = self.fields["practitioner"]
        field.label = _("First stylist") if kind == "hair_salon" else _("First practitioner")
        field.help_text = _("More people can be added later.")
        field.widget.attrs["placeholder"] = template.practitioner_example

    def clean_practitioner(self) -> str:
        return printable(self.cleaned_data["practitioner"])


def printable(text: str) -> str:
    """One line without control characters."""
    clean = " ".join("".join(c for c in text if c.isprintable() or c.isspace()).split())
    if not clean:
        raise forms.ValidationError(_("Please write a name."))
    return clean


def suggest_slug(name: str) -> str:
    """A well-formed address from a name: "Zahnärzte & Söhne" → zahnarzte-sohne; empty when nothing is left."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")[:50].strip("-")
