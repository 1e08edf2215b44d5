"""Settings: everybody's weeks at a glance, and the tabs of the pages about hours."""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from calendar_sync.models import Practitioner
from calendar_sync.month_strip import strips
from tenants import clock
from tenants.access import business_of, manager_page

GLANCE_WEEKS = 5
TABS = (
    ("settings_hours", _("Hours")),
    ("settings_days", _("Closed days")),
    ("settings_time_off", _("Time off")),
    ("settings_glance", _("At a glance")),
)


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


def _date(text: str) -> dt.date | None:
    try:
        found = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return found if 1990 <= found.year <= 2200 else None
