"""Settings: the location with its opening hours, and everybody's weeks at a glance."""

import datetime as dt

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from calendar_sync.availability import Hours
from calendar_sync.models import Location, OpeningHours, Practitioner
from calendar_sync.month_strip import strips
from calendar_sync.pages.changes import changed
from calendar_sync.pages.hours_forms import LocationForm, WeekForm, copied
from tenants import clock
from tenants.access import business_of, find, manager_page

GLANCE_WEEKS = 5
TABS = (
    ("settings_hours", _("Hours")),
    ("settings_days", _("Closed days")),
    ("settings_time_off", _("Time off")),
    ("settings_glance", _("At a glance")),
)


@manager_page
@require_http_methods(["GET", "HEAD", "POST"])
def hours(request: HttpRequest) -> HttpResponse:
    location = find(request, Location.objects.order_by("pk"))
    data = copied(request.POST) or request.POST or None
    place, week = LocationForm(data, instance=location), WeekForm(data, week=_opening(location))
    saves = request.method == "POST" and not request.POST.get("copy")
    if saves and place.is_valid() and week.is_valid():
        with transaction.atomic():
            place.save()
            location.opening_hours.all().delete()
            OpeningHours.objects.bulk_create(
                OpeningHours(location=location, weekday=day, opens=each.starts, closes=each.ends)
                for day, each in week.week()
            )
            changed(request, "hours.edited", f"location {location.pk}")
        messages.success(request, gettext("Saved."))
        return redirect("settings_hours")
    context = {"place": place, "week": week, "tabs": tabs("settings_hours"), "section": "settings"}
    return render(request, "diary/settings_hours.html", context, status=422 if saves else 200)


@manager_page
@require_safe
def glance(request: HttpRequest) -> HttpResponse:
    """`?from=2026-11-23`: five weeks from that one on."""
    business = business_of(request)
    today = clock.local_now(business.timezone).date()
    first = _date(request.GET.get("from", "")) or today
    people = list(Practitioner.objects.filter(active=True))
    weeks = strips(business, people, first, GLANCE_WEEKS)
    step = dt.timedelta(weeks=GLANCE_WEEKS)
    context = {
        "people": [(each, weeks[each.pk]) for each in people],
        "today": today,
        "earlier": first - step,
        "later": first + step,
        "tabs": tabs("settings_glance"),
        "section": "settings",
    }
    return render(request, "diary/settings_glance.html", context)


def tabs(here: str) -> list[dict[str, object]]:
    """The pages about hours, for components/tabs.html."""
    return [{"label": label, "url": reverse(name), "active": name == here} for name, label in TABS]


def _opening(location: Location) -> list[tuple[int, Hours]]:
    return [(row.weekday, Hours(row.opens, row.closes)) for row in location.opening_hours.all()]


def _date(text: str) -> dt.date | None:
    try:
        found = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return found if 1990 <= found.year <= 2200 else None
