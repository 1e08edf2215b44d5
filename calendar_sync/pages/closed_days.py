"""Settings: single days with other hours or none, and the public holidays of the country."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from calendar_sync.holiday_list import PublicHoliday, holiday_list, regions_of
from calendar_sync.hours_text import text_of
from calendar_sync.left_outside import coming_on, left_by
from calendar_sync.models import Appointment, BookingRules, HolidayChoice, HoursException, Practitioner
from calendar_sync.pages.changes import changed
from calendar_sync.pages.exception_form import ExceptionForm
from calendar_sync.pages.hours import tabs
from calendar_sync.pages.removals import just_removed, remove
from calendar_sync.pages.still_booked import warn_of
from calendar_sync.pages.time_off import out_address
from calendar_sync.places import open_places
from calendar_sync.special_days import hours_of
from tenants import clock
from tenants.access import business_of, manager_page
from tenants.formats import countries, shown
from tenants.models import Business

DAY = dt.timedelta(days=1)


@dataclass(kw_only=True)
class Stretch:
    """Exceptions of neighbouring days that say the same."""

    rows: list[HoursException]
    hours: str

    @property
    def days(self) -> str:
        first, last = self.rows[0].date, self.rows[-1].date
        if self.rows[0].yearly:
            return gettext("%(date)s, every year from %(year)s") % {"date": shown(first, "j F"), "year": first.year}
        if first == last:
            return shown(first, "l j F Y")
        return f"{shown(first, 'D j M')} – {shown(last, 'D j M Y')}"

    @property
    def whose(self) -> str:
        row = self.rows[0]
        if row.location is not None:
            return gettext("everybody at %(place)s") % {"place": row.location.name}
        return row.practitioner.name if row.practitioner is not None else gettext("everybody")

    @property
    def ids(self) -> str:
        return ",".join(str(each.pk) for each in self.rows)


class HolidaysForm(forms.ModelForm):
    """The usual answer and the region; the ticks of single holidays are `closed`, by name."""

    class Meta:
        model = BookingRules
        fields = ("closed_on_holidays", "holiday_region")
        labels = {
            "closed_on_holidays": _("Closed on public holidays, unless said otherwise"),
            "holiday_region": _("Region"),
        }

    def __init__(self, *args: Any, business: Business, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        regions = [("", gettext("The whole country")), *regions_of(business.country).items()]
        self.fields["holiday_region"] = forms.ChoiceField(
            choices=regions,
            required=False,
            label=gettext("Region"),
            help_text=gettext("Some holidays hold in one region only."),
        )


@manager_page
@require_http_methods(["GET", "HEAD", "POST"])
def closed_days(request: HttpRequest) -> HttpResponse:
    """POST adds a day or a range of days; where that leaves appointments outside of hours, only with `seen=1`, which
    the page then offers."""
    form = ExceptionForm(request.POST or None, people=_people(), places=open_places(), prefix="exception")
    if request.method != "POST" or not form.is_valid():
        return _page(request, form, 422 if request.method == "POST" else 200)
    made, left = _saved(request, form)
    if not made:
        return _page(request, form, 200, left=left)
    said = gettext("Added.") if len(made) == 1 else gettext("Added %(count)s days.") % {"count": len(made)}
    messages.success(request, said)
    warn_of(request, left)
    return redirect("settings_days")


def _saved(request: HttpRequest, form: ExceptionForm) -> tuple[list[HoursException], list[Appointment]]:
    """What was made, and what it leaves outside of hours; where that is news (no `seen`) nothing was made."""
    business = business_of(request)
    with transaction.atomic():
        coming = coming_on(business, form.dates, yearly=form.cleaned_data["yearly"])
        made, left = left_by(business, coming, form.save)
        if left and request.POST.get("seen") != "1":
            transaction.set_rollback(True)
            return [], left
        changed(request, "exception.added", f"exception {made[0].pk}" + (f"–{made[-1].pk}" if made[1:] else ""))
    return made, left


@manager_page
@require_POST
def remove_days(request: HttpRequest) -> HttpResponse:
    """`ids`: one stretch's exceptions, separated by commas."""
    ids = [int(each) for each in request.POST.get("ids", "").split(",")[:400] if each.isdecimal() and len(each) < 10]
    rows = list(HoursException.objects.filter(pk__in=ids).order_by("date"))
    if not rows:
        raise Http404("no such exception")
    remove(request, rows, "exception.removed", _stretch(rows, {}).days)
    return redirect("settings_days")


@manager_page
@require_POST
def holidays(request: HttpRequest) -> HttpResponse:
    """Save the usual answer, the region, and the holidays that differ from the usual answer."""
    business = business_of(request)
    form = HolidaysForm(request.POST, instance=BookingRules.of_this_business(), business=business)
    if not form.is_valid():
        return _page(
            request, ExceptionForm(people=_people(), places=open_places(), prefix="exception"), 422, holidays_form=form
        )
    shown, closed = set(request.POST.getlist("shown")), set(request.POST.getlist("closed"))

    def save() -> None:
        rules = form.save()
        names = {each.name for each in _holidays(business, rules)} & shown
        HolidayChoice.objects.filter(name__in=names).delete()
        HolidayChoice.objects.bulk_create(
            HolidayChoice(name=name, closed=name in closed)
            for name in sorted(names)
            if (name in closed) != rules.closed_on_holidays
        )
        changed(request, "holidays.edited", "booking rules")

    with transaction.atomic():
        days = [day for each in _holidays(business, BookingRules.of_this_business()) for day in each.dates]
        _made, left = left_by(business, coming_on(business, days), save)
    messages.success(request, gettext("Holidays saved."))
    warn_of(request, left)
    return redirect("settings_days")


def _page(
    request: HttpRequest,
    form: ExceptionForm,
    status: int,
    *,
    holidays_form: HolidaysForm | None = None,
    left: Sequence[Appointment] = (),
) -> HttpResponse:
    """`left`: the appointments that what is in the form would leave outside of hours."""
    business, rules = business_of(request), BookingRules.of_this_business()
    today = clock.local_now(business.timezone).date()
    rows = HoursException.objects.exclude(yearly=False, date__lt=today).select_related("practitioner", "location")
    context = {
        "exception": form,
        "left": left,
        "out_links": _out_links(form, left),
        "stretches": list(_stretches(list(rows.order_by("yearly", "location", "practitioner", "date")))),
        "holidays_form": holidays_form or HolidaysForm(instance=rules, business=business),
        "holidays": _holidays(business, rules),
        "country": countries().get(business.country, business.country),
        "removed": just_removed(request),
        "tabs": tabs("settings_days"),
        "section": "settings",
    }
    return render(request, "diary/settings_days.html", context, status=status)


def _holidays(business: Business, rules: BookingRules) -> list[PublicHoliday]:
    """From today to the end of the next year."""
    today = clock.local_now(business.timezone).date()
    return holiday_list(business, today, dt.date(today.year + 1, 12, 31), rules)


def _stretches(rows: list[HoursException]) -> Iterator[Stretch]:
    places = {each.pk: each.name for each in open_places()}
    group: list[HoursException] = []
    for row in rows:
        if group and not _goes_on(group[-1], row):
            yield _stretch(group, places)
            group = []
        group.append(row)
    if group:
        yield _stretch(group, places)


def _stretch(rows: list[HoursException], places: Mapping[int, str]) -> Stretch:
    """`places`: names by id."""
    hours = hours_of(rows[0].periods)
    if not hours:
        return Stretch(rows=rows, hours=gettext("Closed"))
    where = dict.fromkeys(each.place for each in hours)
    parts = [(text_of([each for each in hours if each.place == place]), places.get(place or 0)) for place in where]
    return Stretch(rows=rows, hours=" · ".join(f"{said} ({name})" if name else said for said, name in parts))


def _out_links(form: ExceptionForm, left: Sequence[Appointment]) -> list[tuple[str, str]]:
    """(name, address): for each whose patients could be offered other times, where the days are closed altogether."""
    if not left or form.opens:
        return []
    days = {"first": form.dates[0].isoformat(), "last": form.dates[-1].isoformat()}
    place, people = form.whose["location"], {each.practitioner_id: each.practitioner.name for each in left}
    asked = days | ({"place": place.pk} if place is not None else {}) | {"reason": form.cleaned_data["note"]}
    return [(name, out_address(practitioner=pk, **asked)) for pk, name in people.items()]


def _goes_on(before: HoursException, row: HoursException) -> bool:
    if row.yearly or before.yearly or row.date != before.date + DAY:
        return False
    same = ("practitioner_id", "location_id", "periods", "note")
    return all(getattr(row, name) == getattr(before, name) for name in same)


def _people() -> list[Practitioner]:
    return list(Practitioner.objects.filter(active=True))
