"""Settings: the location and its opening hours, dated exceptions, time off."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from calendar_sync.availability import Hours
from calendar_sync.hours_text import text_of
from calendar_sync.models import HOLDS_TIME, Appointment, HoursException, Location, OpeningHours, Practitioner, TimeOff
from calendar_sync.pages.hours_forms import ExceptionForm, LocationForm, TimeOffForm, WeekForm
from calendar_sync.special_days import hours_of
from tenants import clock, events
from tenants.access import business_of, find, manager_page, membership_of
from tenants.audit import record


@manager_page
@require_http_methods(["GET", "HEAD", "POST"])
def hours(request: HttpRequest) -> HttpResponse:
    location = _location(request)
    place = LocationForm(request.POST or None, instance=location)
    week = WeekForm(request.POST or None, week=_opening(location))
    if request.method == "POST" and place.is_valid() and week.is_valid():
        with transaction.atomic():
            place.save()
            location.opening_hours.all().delete()
            OpeningHours.objects.bulk_create(
                OpeningHours(location=location, weekday=day, opens=each.starts, closes=each.ends)
                for day, each in week.week()
            )
            changed(request, "hours.edited", f"location {location.pk}")
        messages.success(request, "Saved.")
        return redirect("settings_hours")
    return _page(request, location=location, place=place, week=week, status=422 if request.method == "POST" else 200)


@manager_page
@require_POST
def add_exception(request: HttpRequest) -> HttpResponse:
    form = ExceptionForm(request.POST, people=_people(), prefix="exception")
    if not form.is_valid():
        return _page(request, exception=form, status=422)
    with transaction.atomic():
        made = form.save()
        changed(request, "exception.added", f"exception {made.pk}")
    messages.success(request, "Exception added.")
    return redirect("settings_hours")


@manager_page
@require_POST
def remove_exception(request: HttpRequest, exception_id: int) -> HttpResponse:
    with transaction.atomic():
        find(request, HoursException, pk=exception_id).delete()
        changed(request, "exception.removed", f"exception {exception_id}")
    messages.success(request, "Exception removed.")
    return redirect("settings_hours")


@manager_page
@require_POST
def add_time_off(request: HttpRequest) -> HttpResponse:
    form = TimeOffForm(request.POST, business=business_of(request), people=_people(), prefix="off")
    if not form.is_valid():
        return _page(request, time_off=form, status=422)
    with transaction.atomic():
        made = form.save()
        changed(request, "time_off.added", f"time off {made.pk}")
    standing = _standing_in(made)
    if standing:
        count = "1 appointment stands" if standing == 1 else f"{standing} appointments stand"
        text = f"Time off added. {count} in it: move or cancel what cannot take place."
        messages.warning(request, text)
    else:
        messages.success(request, "Time off added.")
    return redirect("settings_hours")


@manager_page
@require_POST
def remove_time_off(request: HttpRequest, time_off_id: int) -> HttpResponse:
    with transaction.atomic():
        find(request, TimeOff, pk=time_off_id).delete()
        changed(request, "time_off.removed", f"time off {time_off_id}")
    messages.success(request, "Time off removed.")
    return redirect("settings_hours")


def changed(request: HttpRequest, action: str, subject: str) -> None:
    """A setting of the diary changed: the audit trail and the open pages."""
    record(business_of(request), membership_of(request).user, action, subject)
    events.publish(business_of(request), "diary")


def _location(request: HttpRequest) -> Location:
    return find(request, Location.objects.order_by("pk"))


def _people() -> list[Practitioner]:
    return list(Practitioner.objects.filter(active=True))


def _opening(location: Location) -> list[tuple[int, Hours]]:
    return [(row.weekday, Hours(row.opens, row.closes)) for row in location.opening_hours.all()]


def _page(request: HttpRequest, *, status: int, **bound: Any) -> HttpResponse:
    location, people = bound.get("location") or _location(request), _people()
    today = clock.local_now(business_of(request).timezone).date()
    exceptions = HoursException.objects.filter(date__gte=today).select_related("practitioner")
    context = {
        "place": bound.get("place") or LocationForm(instance=location),
        "week": bound.get("week") or WeekForm(week=_opening(location)),
        "exception": bound.get("exception") or ExceptionForm(people=people, prefix="exception"),
        "off": bound.get("time_off") or TimeOffForm(business=business_of(request), people=people, prefix="off"),
        "exceptions": [(each, text_of(hours_of(each.periods)) or "Closed") for each in exceptions],
        "time_off": TimeOff.objects.filter(ends_at__gt=clock.now()).select_related("practitioner"),
        "section": "settings",
    }
    return render(request, "diary/settings_hours.html", context, status=status)


def _standing_in(time_off: TimeOff) -> int:
    return Appointment.objects.filter(
        practitioner=time_off.practitioner_id,
        status__in=HOLDS_TIME,
        during__overlap=(time_off.starts_at, time_off.ends_at),
    ).count()
