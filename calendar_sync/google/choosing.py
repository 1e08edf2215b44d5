"""The form in which a manager says which calendars count for a practitioner, and which gets the appointments."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from calendar_sync.google.accounts import note_failure, note_success, open_account
from calendar_sync.google.connecting import Choice
from calendar_sync.google.errors import CalendarError
from calendar_sync.models import CalendarConnection, CalendarMirror, Practitioner, PractitionerCalendar
from tenants.models import Business


class ChoiceForm(forms.Form):
    """One practitioner's calendars. Present ones can be kept even while their account can't be read."""

    calendar = forms.ChoiceField(required=False, label=_("Appointments are written to"))
    blocking = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=_("Busy time in these is not offered, either"),
        help_text=_(
            "Calendars that you leave out are ignored. The one that appointments are written to always counts."
        ),
    )
    offer_when_unreachable = forms.BooleanField(
        required=False,
        label=_("Offer times even while a calendar can't be read"),
        help_text=_("Risky: a time that is taken in Google could be offered."),
    )

    def __init__(self, person: Practitioner, choices: dict[str, Choice], data: Any = None) -> None:
        self._choices = dict(choices)
        present = list(person.calendars.all())
        initial: dict[str, Any] = {"calendar": "", "blocking": []}
        for each in present:
            kept = _kept(each)
            self._choices.setdefault(_value(kept), kept)
            initial["offer_when_unreachable"] = each.offer_when_unreachable
            if each.written_to:
                initial["calendar"] = _value(kept)
            else:
                initial["blocking"].append(_value(kept))
        super().__init__(data, initial=initial, auto_id=f"id_{person.pk}_%s")
        labels = [(value, _label(choice, readable=value in choices)) for value, choice in self._choices.items()]
        written = [each for each in labels if self._choices[each[0]].writable]
        self.fields["calendar"].choices = [("", gettext("No calendar")), *written]  # type: ignore[attr-defined]
        self.fields["blocking"].choices = labels  # type: ignore[attr-defined]

    @property
    def choice(self) -> Choice | None:
        return self._choices.get(self.cleaned_data["calendar"])

    @property
    def blocking_choices(self) -> list[Choice]:
        return [self._choices[value] for value in self.cleaned_data["blocking"]]


class FollowForm(forms.Form):
    """What happens when somebody moves or deletes an appointment in Google."""

    on_change = forms.ChoiceField(
        choices=CalendarConnection.OnChange.choices, label=_("When an appointment is moved or deleted in Google")
    )


def choices_of(business: Business, connections: list[CalendarConnection]) -> dict[str, Choice]:
    """Value of the form → calendar; one call per account, and an account that can't be read has none."""
    found: dict[str, Choice] = {}
    for connection in connections:
        if connection.status != CalendarConnection.Status.CONNECTED:
            continue
        try:
            calendars = open_account(connection).calendars()
        except CalendarError as error:
            note_failure(business, connection, error)
            continue
        if not CalendarMirror.objects.filter(connection=connection, failures__gt=0).exists():
            note_success(business, connection)
        choices = [
            Choice(connection=connection, calendar_id=each.id, name=each.name, writable=each.writable)
            for each in calendars
        ]
        found |= {_value(choice): choice for choice in choices}
    return found


def _kept(calendar: PractitionerCalendar) -> Choice:
    return Choice(
        connection=calendar.connection,
        calendar_id=calendar.calendar_id,
        name=calendar.calendar_name,
        writable=calendar.written_to,
    )


def _value(choice: Choice) -> str:
    return f"{choice.connection.pk}|{choice.calendar_id}"


def _label(choice: Choice, *, readable: bool) -> str:
    name = choice.name if choice.name == choice.connection.account else f"{choice.name} ({choice.connection.account})"
    return name if readable else gettext("%(name)s: can't be read now") % {"name": name}
