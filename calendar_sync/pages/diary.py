"""The diary: a day or a week, one column per practitioner; or a day, one column per room or chair."""

import datetime as dt
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from calendar_sync import day_sheet, places
from calendar_sync.availability import Period
from calendar_sync.models import Location, Practitioner
from calendar_sync.room_sheet import rooms
from tenants import clock
from tenants.access import business_of, staff_page

LENGTH = {"day": 1, "week": 7, "rooms": 1}


@staff_page
@require_safe
def diary(request: HttpRequest) -> HttpResponse:
    """`?date=2026-11-26&view=day|week|rooms&location=2&practitioner=3`; what can't be read falls back to today, day,
    everybody. A location where nobody works can't be chosen.
    """
    business = business_of(request)
    view = request.GET.get("view", "day")
    view = view if view in LENGTH else "day"
    today = clock.local_now(business.timezone).date()
    chosen = _date(request.GET.get("date", "")) or today
    first = chosen if LENGTH[view] == 1 else chosen - dt.timedelta(days=chosen.weekday())
    window = day_sheet.days(business, first, LENGTH[view])
    team = day_sheet.people_in(window)
    works_at = places.works_at(team)
    locations = _manned([each.location for each in team], {place for each in works_at.values() for place in each})
    where = next((each for each in locations if str(each.pk) == request.GET.get("location")), None)
    everybody = [each for each in team if where is None or where.pk in works_at[each.pk]]
    wanted = request.GET.get("practitioner", "")
    people = [each for each in everybody if str(each.pk) == wanted] or everybody
    there = [each for each in rooms() if where is None or each.location_id == where.pk]
    if view == "rooms" and not there:
        view = "day"
    context = _sheet(view, first, window, people, where) | {"chosen": chosen}
    if view == "rooms":
        told = len({each.location_id for each in there}) > 1
        named = [(each.pk, f"{each.name}, {each.location.name}" if told else each.name) for each in there]
        context["resources"] = [{"id": str(pk), "title": name} for pk, name in named]
    if request.GET.get("part") == "list":
        return render(request, "diary/_list.html", context)
    who = people[0].pk if len(people) == 1 < len(everybody) else None
    filters = {"location": where.pk if where else None, "practitioner": who}
    links = _links(view, chosen, today, filters, with_rooms=bool(there))
    context |= {"everybody": everybody, "today": today, "who": who, "locations": locations, "where": where, **links}
    context["google_questions"] = sum(each.google_questions for each in everybody)  # type: ignore[attr-defined]
    return render(request, "diary/diary.html", context)


def _manned(usual: list[Location], ids: set[int]) -> list[Location]:
    """Where somebody works, by id; those that nobody works at usually are asked for."""
    known = {each.pk: each for each in usual}
    if ids - known.keys():
        known |= Location.objects.in_bulk(ids - known.keys())
    return [known[each] for each in sorted(ids)]


def _sheet(
    view: str, first: dt.date, window: Period, people: list[Practitioner], where: Location | None
) -> dict[str, Any]:
    shown = day_sheet.listed_in(window, people, where.pk if where else None)
    frame = day_sheet.frame(people, shown)
    by_day = groupby(shown, key=lambda each: timezone.localtime(each.starts_at).date())
    return {
        "view": view,
        "first": first,
        "last": first + dt.timedelta(days=LENGTH[view] - 1),
        "people": people,
        "resources": [{"id": str(each.pk), "title": each.name} for each in people],
        "by_day": [(day, list(rows)) for day, rows in by_day],
        "frame": frame,
        "closed": LENGTH[view] == 1 and first.isoweekday() % 7 in frame.closed_weekdays,
    }


def _links(
    view: str, chosen: dt.date, today: dt.date, filters: dict[str, int | None], *, with_rooms: bool
) -> dict[str, Any]:
    def link(day: dt.date, other: str = view) -> str:
        query: dict[str, object] = {"date": day.isoformat(), "view": other}
        query |= {name: value for name, value in filters.items() if value}
        return f"{reverse('diary')}?{urlencode(query)}"

    step = dt.timedelta(days=LENGTH[view])
    return {
        "earlier_url": link(chosen - step) if chosen - dt.date.min > step else "",
        "later_url": link(chosen + step) if dt.date.max - chosen > step else "",
        "today_url": link(today),
        "list_url": link(chosen) + "&part=list",
        "views": [
            {"label": gettext("Day"), "url": link(chosen, "day"), "active": view == "day"},
            {"label": gettext("Week"), "url": link(chosen, "week"), "active": view == "week"},
            *(
                [{"label": gettext("Rooms"), "url": link(chosen, "rooms"), "active": view == "rooms"}]
                if with_rooms
                else []
            ),
        ],
    }


def _date(text: str) -> dt.date | None:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1990 <= day.year <= 2200 else None
