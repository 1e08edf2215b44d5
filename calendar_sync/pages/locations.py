"""Settings: where the business is. One location is a form; several are a list, each with the form on its own page."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from calendar_sync.availability import Hours
from calendar_sync.hours_text import week_lines
from calendar_sync.left_outside import coming, left_by
from calendar_sync.models import Location, OpeningHours, Practitioner
from calendar_sync.pages.changes import changed
from calendar_sync.pages.hours import tabs
from calendar_sync.pages.hours_forms import LocationForm, WeekForm, copied
from calendar_sync.pages.still_booked import warn_of
from calendar_sync.places import at_location, why_not_close, with_places, works_at
from tenants.access import business_of, find, manager_page

MOST = 50


@manager_page
@require_http_methods(["GET", "HEAD", "POST"])
def hours(request: HttpRequest) -> HttpResponse:
    """The form of the only location; or all of them."""
    known = _listed()
    if len(known) == 1:
        return _edited(request, known[0][0], alone=True)
    context = {
        "open": [(each, _week_lines(each), people) for each, people in known if each.active],
        "closed": [each for each, _ in known if not each.active],
        "tabs": tabs("settings_hours"),
        "section": "settings",
    }
    return render(request, "diary/settings_locations.html", context)


@manager_page
@require_http_methods(["GET", "HEAD", "POST"])
def location(request: HttpRequest, location_id: int) -> HttpResponse:
    return _edited(request, find(request, Location, pk=location_id))


@manager_page
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """It begins with the hours of the first one, and is there once it is saved."""
    if Location.objects.count() >= MOST:
        messages.error(request, gettext("At most %(most)s locations.") % {"most": MOST})
        return redirect("settings_hours")
    return _edited(request, None)


@manager_page
@require_POST
def opened(request: HttpRequest, location_id: int) -> HttpResponse:
    """`on=1` opens it again, anything else closes it for good; not while somebody works or is expected there."""
    row, opens = find(request, Location, pk=location_id), request.POST.get("on") == "1"
    with transaction.atomic():
        refusal = _name_taken(row) if opens else why_not_close(row)
        if not refusal:
            row.active = opens
            row.save(update_fields=["active"])
            changed(request, "location.opened" if opens else "location.closed", f"location {row.pk}")
    if refusal:
        messages.error(request, refusal)
    else:
        told = gettext("%(place)s is open again.") if opens else gettext("%(place)s is closed.")
        messages.success(request, told % {"place": row.name})
    return redirect("settings_hours")


def _edited(request: HttpRequest, row: Location | None, *, alone: bool = False) -> HttpResponse:
    data = copied(request.POST) or request.POST or None
    week = _opening(row or Location.objects.order_by("pk").first())
    place_form, week_form = LocationForm(data, instance=row), WeekForm(data, week=week)
    saves = request.method == "POST" and not request.POST.get("copy")
    if saves and place_form.is_valid() and week_form.is_valid():
        with transaction.atomic():
            there = list(coming().filter(at_location(row))) if row else []
            saved, left = left_by(business_of(request), there, lambda: _save(place_form, week_form))
            changed(request, "hours.edited" if row else "location.added", f"location {saved.pk}")
        messages.success(request, gettext("Saved."))
        warn_of(request, left)
        return redirect("settings_hours")
    context = {
        "place": place_form,
        "week": week_form,
        "location": row,
        "name": Location.objects.values_list("name", flat=True).get(pk=row.pk) if row else "",
        "alone": alone,
        "tabs": tabs("settings_hours"),
        "section": "settings",
    }
    return render(request, "diary/settings_hours.html", context, status=422 if saves else 200)


def _save(place_form: LocationForm, week_form: WeekForm) -> Location:
    saved = place_form.save()
    saved.opening_hours.all().delete()
    OpeningHours.objects.bulk_create(
        OpeningHours(location=saved, weekday=day, opens=each.starts, closes=each.ends) for day, each in week_form.week()
    )
    return saved


def _name_taken(row: Location) -> str:
    if Location.objects.filter(active=True, name__iexact=row.name).exclude(pk=row.pk).exists():
        return gettext("Another location is called %(place)s now. Rename that one first.") % {"place": row.name}
    return ""


def _listed() -> list[tuple[Location, list[Practitioner]]]:
    """Each with who works there, usually or at times."""
    people = list(with_places(Practitioner.objects.filter(active=True)))
    places = works_at(people)
    rows = Location.objects.order_by("pk").prefetch_related("opening_hours")
    return [(row, [each for each in people if row.pk in places[each.pk]]) for row in rows]


def _week_lines(row: Location) -> list[tuple[str, str]]:
    days: dict[tuple[int, str], list[Hours]] = {}
    for each in row.opening_hours.all():
        days.setdefault((each.weekday, ""), []).append(Hours(each.opens, each.closes))
    return week_lines(days)


def _opening(row: Location | None) -> list[tuple[int, Hours]]:
    rows = row.opening_hours.all() if row else ()
    return [(each.weekday, Hours(each.opens, each.closes)) for each in rows]
