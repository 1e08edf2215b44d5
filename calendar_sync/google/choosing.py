"""The form in which a manager gives a practitioner a calendar that a connected account may write to."""

from typing import Any

from django import forms

from calendar_sync.google.accounts import note_failure, note_success, open_account
from calendar_sync.google.connecting import Choice
from calendar_sync.google.errors import CalendarError
from calendar_sync.models import CalendarConnection, Practitioner, PractitionerCalendar
from tenants.models import Business


class ChoiceForm(forms.Form):
    """One practitioner's calendar. The present one can be kept even while its account can't be read."""

    calendar = forms.ChoiceField(required=False)
    offer_when_unreachable = forms.BooleanField(
        required=False,
        label="Offer times even while this calendar can't be read",
        help_text="Risky: a time that is taken in Google could be offered.",
    )

    def __init__(self, person: Practitioner, choices: dict[str, Choice], data: Any = None) -> None:
        self._choices = dict(choices)
        initial: dict[str, Any] = {}
        present: PractitionerCalendar | None = getattr(person, "calendar", None)
        if present is not None:
            kept = Choice(connection=present.connection, calendar_id=present.calendar_id, name=present.calendar_name)
            initial = {"calendar": _value(kept), "offer_when_unreachable": present.offer_when_unreachable}
            self._choices.setdefault(_value(kept), kept)
        super().__init__(data, initial=initial, auto_id=f"id_{person.pk}_%s")
        labels = [(value, _label(choice, readable=value in choices)) for value, choice in self._choices.items()]
        self.fields["calendar"].choices = [("", "No calendar"), *labels]  # type: ignore[attr-defined]

    @property
    def choice(self) -> Choice | None:
        return self._choices.get(self.cleaned_data["calendar"])


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
        note_success(business, connection)
        choices = [
            Choice(connection=connection, calendar_id=each.id, name=each.name) for each in calendars if each.writable
        ]
        found |= {_value(choice): choice for choice in choices}
    return found


def _value(choice: Choice) -> str:
    return f"{choice.connection.pk}|{choice.calendar_id}"


def _label(choice: Choice, *, readable: bool) -> str:
    name = choice.name if choice.name == choice.connection.account else f"{choice.name} ({choice.connection.account})"
    return name if readable else f"{name}: can't be read now"
