"""The working hours of one practitioner as forms: one week, or an A and a B week that alternate, at each location."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from calendar_sync.availability import Hours
from calendar_sync.hours_text import text_of
from calendar_sync.models import Location, Practitioner, WorkingHours
from calendar_sync.month_strip import letter_of
from calendar_sync.pages.hours_forms import WeekForm
from calendar_sync.places import open_places
from calendar_sync.working_hours import shared

Kinds = WorkingHours.Weeks


class PatternForm(forms.Form):
    alternates = forms.BooleanField(required=False, label=_("Two weeks alternate (A and B)"))
    this_week = forms.ChoiceField(
        choices=[("A", _("an A week")), ("B", _("a B week"))],
        required=False,
        widget=forms.RadioSelect,
        label=_("This week is"),
    )


class Weeks:
    """The lines of one location: of every week, or of A and B weeks. `place` None: the usual one."""

    def __init__(self, data: QueryDict | None, rows: Sequence[WorkingHours], *, place: Location | None = None) -> None:
        self.place = place
        name = f"at{place.pk}" if place else None
        first = _hours(rows, Kinds.A)
        alternates = any(row.weeks != Kinds.EVERY for row in rows)
        self.week = WeekForm(data, week=first, prefix=name)
        self.other_week = WeekForm(data, week=_hours(rows, Kinds.B) if alternates else first, prefix=f"{name or ''}b")

    @property
    def filled(self) -> bool:
        """Whether there is something to see: hours, or what is wrong with them."""
        both = (self.week, self.other_week)
        return any(field.value() for week in both for field in week) or any(week.errors for week in both)


class WorkingWeeks:
    """The forms of all hours, saved together: the pattern, and a week (or two) of each location.

    `today`: the business's date, which says what "this week" is.
    """

    def __init__(self, data: QueryDict | None, *, person: Practitioner | None, today: dt.date) -> None:
        self.monday = today - dt.timedelta(days=today.weekday())
        rows = list(person.working_hours.all()) if person else _opening()
        alternates = any(row.weeks != Kinds.EVERY for row in rows)
        letter = letter_of(person, self.monday) if person else "A"
        self.pattern = PatternForm(data, initial={"alternates": alternates, "this_week": letter})
        usual = person.location_id if person else open_places()[0].pk
        others = [each for each in open_places() if each.pk != usual]
        self.usual = Weeks(data, [row for row in rows if row.location_id in (None, usual)])
        self.elsewhere = [
            Weeks(data, [row for row in rows if row.location_id == each.pk], place=each) for each in others
        ]

    def is_valid(self, usual: str = "") -> bool:
        """The B week counts only while weeks alternate. `usual`: the name of the location chosen beside."""
        if not self.pattern.is_valid():
            return False
        for weeks in self._counted():
            if any(week.errors for week in weeks):
                return False
            _refuse_overlaps(weeks, [usual, *(each.place.name for each in self.elsewhere if each.place)])
        return not any(week.errors for weeks in self._counted() for week in weeks)

    def save(self, person: Practitioner) -> None:
        """Within the caller's transaction."""
        person.working_hours.all().delete()
        letters = (Kinds.A, Kinds.B) if self._alternates else (Kinds.EVERY,)
        if self._alternates:
            late = dt.timedelta(weeks=1) if self.pattern.cleaned_data["this_week"] == "B" else dt.timedelta(0)
            person.fortnight_from = self.monday - late
            person.save(update_fields=["fortnight_from"])
        places = [None, *(each.place for each in self.elsewhere)]
        WorkingHours.objects.bulk_create(
            WorkingHours(
                practitioner=person,
                weekday=day,
                starts=each.starts,
                ends=each.ends,
                weeks=letter,
                location=None if place is None or place.pk == person.location_id else place,
            )
            for letter, weeks in zip(letters, self._counted(), strict=True)
            for place, week in zip(places, weeks, strict=True)
            for day, each in week.week()
        )

    @property
    def _alternates(self) -> bool:
        return bool(self.pattern.cleaned_data.get("alternates"))

    def _counted(self) -> list[list[WeekForm]]:
        """Of each letter, the week at the usual location and at the others."""
        everywhere = [self.usual, *self.elsewhere]
        first = [each.week for each in everywhere]
        return [first, [each.other_week for each in everywhere]] if self._alternates else [first]


def _refuse_overlaps(weeks: Sequence[WeekForm], places: Sequence[str]) -> None:
    """Nobody works at two locations at once: said beside the second one's line."""
    hours = [week.week() for week in weeks]  # an error takes a line out of its form
    for number, later in enumerate(weeks):
        for earlier, place in zip(hours[:number], places, strict=False):
            for day, one in earlier:
                if shared([one], [each for weekday, each in hours[number] if weekday == day]):
                    said = gettext("They work at %(place)s then: %(hours)s.")
                    later.add_error(f"day{day}", said % {"place": place, "hours": text_of([one])})


def _hours(rows: Iterable[WorkingHours], weeks: Any) -> list[tuple[int, Hours]]:
    return [(row.weekday, Hours(row.starts, row.ends)) for row in rows if row.weeks in (Kinds.EVERY, weeks)]


def _opening() -> list[WorkingHours]:
    """A new one works when the first location is open, until said otherwise."""
    opening = open_places()[0].opening_hours.all()
    return [WorkingHours(weekday=row.weekday, starts=row.opens, ends=row.closes) for row in opening]
