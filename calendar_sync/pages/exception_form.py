"""The form of days that differ: closed, or open at other hours, for everybody, a location or one practitioner."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from calendar_sync.availability import Hours
from calendar_sync.hours_text import text_of
from calendar_sync.models import HoursException, Location, Practitioner
from calendar_sync.pages.hours_forms import DATE, HoursField
from calendar_sync.working_hours import shared
from tenants.formats import shown

MOST_DAYS = 92


class ExceptionForm(forms.Form):
    """A day, or a range of days at once; without hours it is closed.

    With several locations each has a line of its own (`at<id>`), for a practitioner who works there on that day.
    """

    first = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d"))
    last = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d"),
        help_text=_("Only for several days in a row."),
    )
    practitioner = forms.ChoiceField(required=False, label=_("Who"))
    hours = HoursField(label=_("Open at"), help_text=_("Such as 08:30–12:30, 13:30–17:30. Leave it empty when closed."))
    note = forms.CharField(max_length=120, required=False, label=_("What for"), help_text=_("Told when somebody asks."))
    yearly = forms.BooleanField(required=False, label=_("Every year on this day"))

    def __init__(
        self, *args: Any, people: Iterable[Practitioner] = (), places: Sequence[Location] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.places = list(places) if len(places) > 1 else []
        there = [(each, gettext("Everybody at %(place)s") % {"place": each.name}) for each in self.places]
        self.of: dict[str, tuple[Practitioner | None, Location | None]] = {"": (None, None)}
        self.of |= {f"at-{each.pk}": (None, each) for each, _name in there}
        self.of |= {str(each.pk): (each, None) for each in people}
        for each in self.places:
            self.fields[f"at{each.pk}"] = HoursField(label=gettext("At %(place)s") % {"place": each.name})
        who: Any = self.fields["practitioner"]
        who.choices = [
            ("", gettext("Everybody")),
            *((f"at-{each.pk}", said) for each, said in there),
            *((each.pk, each.name) for each in people),
        ]

    @property
    def elsewhere(self) -> list[forms.BoundField]:
        """The lines of the locations."""
        return [self[f"at{each.pk}"] for each in self.places]

    @property
    def splits(self) -> bool:
        """Whether one of them is in use."""
        return any(field.value() or field.errors for field in self.elsewhere)

    @property
    def opens(self) -> bool:
        """Whether anything is open on that day."""
        return any(self.cleaned_data[name] for name in ("hours", *(f"at{each.pk}" for each in self.places)))

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        first, last = found.get("first"), found.get("last") or found.get("first")
        if first is None or last is None or self.errors:
            return found
        for name, day in (("first", first), ("last", last)):
            if not 1990 <= day.year <= 2200:
                raise ValidationError({name: gettext("This year is out of reach.")})
        if last < first:
            raise ValidationError({"last": gettext("It ends before it begins.")})
        if (last - first).days >= MOST_DAYS:
            raise ValidationError({"last": gettext("At most %(most)s days at once.") % {"most": MOST_DAYS}})
        if found.get("yearly") and last > first:
            raise ValidationError({"yearly": gettext("Only a single day can repeat every year.")})
        self.dates = [first + dt.timedelta(days=number) for number in range((last - first).days + 1)]
        self.whose = dict(zip(("practitioner", "location"), self.of[found["practitioner"]], strict=True))
        self._refuse_places(found)
        self._refuse_known()
        return found

    def _refuse_places(self, found: dict[str, Any]) -> None:
        """Only somebody is elsewhere, and at one location at a time: said beside the line that is one too many."""
        lines = [("hours", "", found["hours"])]
        lines += [(f"at{each.pk}", each.name, found[f"at{each.pk}"]) for each in self.places]
        for number, (name, _place, hours) in enumerate(lines):
            if number and hours and self.whose["practitioner"] is None:
                raise ValidationError({name: gettext("Choose the practitioner who works there, or leave this empty.")})
            for _earlier, place, others in lines[:number]:
                both = shared(hours, others)
                if both:
                    said = (
                        gettext("They work at %(place)s then: %(hours)s.")
                        if place
                        else gettext("They work at their usual location then: %(hours)s.")
                    )
                    raise ValidationError({name: said % {"place": place, "hours": text_of(both)}})

    def _refuse_known(self) -> None:
        known = HoursException.objects.filter(**self.whose, date__in=self.dates).values_list("date", flat=True)
        if not known:
            return
        if len(self.dates) == 1:
            raise ValidationError({"first": gettext("This day has an exception already. Remove that one first.")})
        said = ", ".join(shown(day, "j F") for day in known)
        raise ValidationError(
            {"first": gettext("There is an exception already on %(said)s. Remove it first.") % {"said": said}}
        )

    def save(self) -> list[HoursException]:
        found = self.cleaned_data
        person, _place = self.of[found["practitioner"]]
        usual = person.location_id if person is not None else None
        periods: list[tuple[Hours, int | None]] = [(each, None) for each in found["hours"]]
        periods += [
            (each, None if place.pk == usual else place.pk) for place in self.places for each in found[f"at{place.pk}"]
        ]
        written = [_written(each, place) for each, place in sorted(periods, key=lambda one: one[0].starts)]
        return HoursException.objects.bulk_create(
            HoursException(**self.whose, date=day, periods=written, note=found["note"], yearly=found["yearly"])
            for day in self.dates
        )


def _written(hours: Hours, place: int | None) -> list[str | int]:
    """As HoursException.periods has it."""
    return [f"{hours.starts:%H:%M}", f"{hours.ends:%H:%M}", *([place] if place is not None else [])]
