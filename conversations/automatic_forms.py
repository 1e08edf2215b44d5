"""What a business decides about messages that go out by themselves."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from calendar_sync.lead_times import NotUnderstood, minutes_in, text_of
from calendar_sync.models import BookingRules, Service
from conversations.automatic_texts import TEXTS
from conversations.models import MessageTemplate
from conversations.placeholders import PATIENTS, unknown_in

OWN_WORDS = _("Begin and end with words of your own: WhatsApp approves no text that begins or ends with a placeholder.")
Purpose = MessageTemplate.Purpose
OURS = (Purpose.REMINDER, Purpose.AFTER_VISIT, Purpose.NO_SHOW)
USABLE = ", ".join(f"{{{name}}}" for name in PATIENTS)

FILLED_IN = format_lazy("{} {}.", _("Left empty, the grey text goes out. Filled in for each person:"), USABLE)


class AutomaticForm(forms.ModelForm):
    class Meta:
        model = BookingRules
        fields = (
            "reminders",
            "quiet_from",
            "quiet_until",
            "after_visit",
            "after_visit_text",
            "no_show_followup",
            "no_show_text",
        )
        labels = {
            "reminders": _("Remind of appointments"),
            "quiet_from": _("Quiet from"),
            "quiet_until": _("Quiet until"),
            "after_visit": _("Write after a visit, two hours after its end"),
            "after_visit_text": _("What it says"),
            "no_show_followup": _("Write to whoever did not come, once you marked it"),
            "no_show_text": _("What it says"),
        }
        help_texts = {
            "quiet_from": _("Nothing goes out by itself from then on …"),
            "quiet_until": _("… until then. The same time twice: never quiet."),
            "after_visit_text": FILLED_IN,
            "no_show_text": FILLED_IN,
        }
        widgets = {
            "quiet_from": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "quiet_until": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "after_visit_text": forms.Textarea(attrs={"rows": 3}),
            "no_show_text": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, language: str, **more: Any) -> None:
        super().__init__(*args, **more)
        for name, purpose in (("after_visit_text", Purpose.AFTER_VISIT), ("no_show_text", Purpose.NO_SHOW)):
            self.fields[name].widget.attrs["placeholder"] = TEXTS[purpose][language]

    def clean_after_visit_text(self) -> str:
        return _sound(self.cleaned_data["after_visit_text"])

    def clean_no_show_text(self) -> str:
        return _sound(self.cleaned_data["no_show_text"])


def _sound(text: str) -> str:
    """One line, with placeholders that exist, and not at its ends."""
    text = " ".join(text.split())
    unknown = unknown_in(text)
    if unknown:
        raise forms.ValidationError(
            gettext("We can't fill in %(placeholder)s. Placeholders are %(usable)s.")
            % {"placeholder": f"{{{unknown[0]}}}", "usable": USABLE}
        )
    if text.startswith("{") or text.endswith("}"):
        raise forms.ValidationError(OWN_WORDS)
    return text


class OffsetsForm(forms.Form):
    """One line per service: "2 days, 3 hours"."""

    def __init__(self, *args: Any, services: list[Service], **more: Any) -> None:
        super().__init__(*args, **more)
        self.services = {f"service-{each.pk}": each for each in services}
        for name, service in self.services.items():
            self.fields[name] = forms.CharField(
                label=service.name,
                required=False,
                max_length=120,
                initial=text_of(service.reminders),
                widget=forms.TextInput(attrs={"placeholder": "never", "autocomplete": "off"}),
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for name in self.services:
            try:
                given[name] = minutes_in(given.get(name, ""))
            except NotUnderstood as error:
                self.add_error(name, gettext(str(error)))
        return given

    def changed(self) -> list[Service]:
        """The services whose list is another one than before, ready to be saved."""
        changed = []
        for name, service in self.services.items():
            if service.reminders != self.cleaned_data[name]:
                service.reminders = self.cleaned_data[name]
                changed.append(service)
        return changed


class SampleForm(forms.Form):
    purpose = forms.ChoiceField(
        label=_("Which message"),
        choices=[(each.value, each.label) for each in OURS],
    )
    to = forms.CharField(
        max_length=40,
        label=_("Your own phone"),
        help_text=_("Write to your number from this phone first; once a template is approved that is not needed."),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
        error_messages={"required": _("Write a phone number.")},
    )
