"""The working hours of one practitioner as forms: one week, or an A and a B week that alternate."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from calendar_sync.availability import Hours
from calendar_sync.models import Practitioner, WorkingHours
from calendar_sync.month_strip import letter_of
from calendar_sync.pages.hours_forms import WeekForm
from calendar_sync.places import open_places

Weeks = WorkingHours.Weeks


class PatternForm(forms.Form):
    alternates = forms.BooleanField(required=False, label=_("Two weeks alternate (A and B)"))
    this_week = forms.ChoiceField(
        choices=[("A", _("an A week")), ("B", _("a B week"))],
        required=False,
        widget=forms.RadioSelect,
        label=_("This week is"),
    )


class WorkingWeeks:
    """Three forms that are saved together. `today`: the business's date, which says what "this week" is."""

    def __init__(self, data: QueryDict | None, *, person: Practitioner | None, today: dt.date) -> None:
        self.monday = today - dt.timedelta(days=today.weekday())
        rows = list(person.working_hours.all()) if person else []
        alternates = any(row.weeks != Weeks.EVERY for row in rows)
        letter = letter_of(person, self.monday) if person else "A"
        self.pattern = PatternForm(data, initial={"alternates": alternates, "this_week": letter})
        first = _hours(rows, Weeks.A) if person else _opening()
        self.week = WeekForm(data, week=first)
        self.other_week = WeekForm(data, week=_hours(rows, Weeks.B) if alternates else first, prefix="b")

    def is_valid(self) -> bool:
        """The B week counts only while weeks alternate."""
        valid = self.pattern.is_valid() and self.week.is_valid()
        return valid and (not self._alternates or self.other_week.is_valid())

    def save(self, person: Practitioner) -> None:
        """Within the caller's transaction."""
        person.working_hours.all().delete()
        if self._alternates:
            rows = [*self._rows(person, self.week, Weeks.A), *self._rows(person, self.other_week, Weeks.B)]
            late = dt.timedelta(weeks=1) if self.pattern.cleaned_data["this_week"] == "B" else dt.timedelta(0)
            person.fortnight_from = self.monday - late
            person.save(update_fields=["fortnight_from"])
        else:
            rows = [*self._rows(person, self.week, Weeks.EVERY)]
        WorkingHours.objects.bulk_create(rows)

    @property
    def _alternates(self) -> bool:
        return bool(self.pattern.cleaned_data.get("alternates"))

    def _rows(self, person: Practitioner, week: WeekForm, weeks: Any) -> Iterable[WorkingHours]:
        return (
            WorkingHours(practitioner=person, weekday=day, starts=each.starts, ends=each.ends, weeks=weeks)
            for day, each in week.week()
        )


def _hours(rows: Iterable[WorkingHours], weeks: Any) -> list[tuple[int, Hours]]:
    return [(row.weekday, Hours(row.starts, row.ends)) for row in rows if row.weeks in (Weeks.EVERY, weeks)]


def _opening() -> list[tuple[int, Hours]]:
    """A new one works when the first location is open, until said otherwise."""
    location = open_places()[0]
    return [(row.weekday, Hours(row.opens, row.closes)) for row in location.opening_hours.all()]
