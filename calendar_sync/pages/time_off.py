"""Settings: when a practitioner is away; what is booked then is shown before it is saved."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from calendar_sync.models import Appointment, Practitioner, TimeOff
from calendar_sync.pages.changes import changed
from calendar_sync.pages.hours import tabs
from calendar_sync.pages.hours_forms import TimeOffForm
from calendar_sync.pages.removals import just_removed, remove
from tenants import clock
from tenants.access import business_of, find, manager_page
from tenants.formats import shown


@manager_page
@require_http_methods(["GET", "HEAD", "POST"])
def time_off(request: HttpRequest) -> HttpResponse:
    """POST adds one; where appointments stand in it, only with `seen=1`, which the page then offers."""
    people = list(Practitioner.objects.filter(active=True))
    form = TimeOffForm(request.POST or None, business=business_of(request), people=people, prefix="off")
    affected: list[Appointment] = []
    if request.method == "POST" and form.is_valid():
        affected = form.affected()
        if affected and request.POST.get("then") == "out":
            return redirect(_out_url(form))  # which enters it
        if not affected or request.POST.get("seen") == "1":
            return _saved(request, form, len(affected))
    context = {
        "off": form,
        "affected": affected,
        "time_off": TimeOff.objects.filter(ends_at__gt=clock.now()).select_related("practitioner", "location"),
        "removed": just_removed(request),
        "tabs": tabs("settings_time_off"),
        "section": "settings",
    }
    status = 422 if request.method == "POST" and not affected else 200
    return render(request, "diary/settings_time_off.html", context, status=status)


@manager_page
@require_POST
def remove_time_off(request: HttpRequest, time_off_id: int) -> HttpResponse:
    row = find(request, TimeOff.objects.select_related("practitioner"), pk=time_off_id)
    said = gettext("%(practitioner)s’s time off from %(date)s") % {
        "practitioner": row.practitioner.name,
        "date": shown(row.starts_at, "j F"),
    }
    remove(request, [row], "time_off.removed", said)
    return redirect("settings_time_off")


def _saved(request: HttpRequest, form: TimeOffForm, standing: int) -> HttpResponse:
    with transaction.atomic():
        made = form.save()
        changed(request, "time_off.added", f"time off {made.pk}")
    if standing:
        messages.warning(
            request,
            ngettext(
                "Time off added. %(count)s appointment stands in it: move or cancel what cannot take place.",
                "Time off added. %(count)s appointments stand in it: move or cancel what cannot take place.",
                standing,
            )
            % {"count": standing},
        )
    else:
        messages.success(request, gettext("Time off added."))
    return redirect("settings_time_off")


def _out_url(form: TimeOffForm) -> str:
    """Where the patients are offered other times, with all that was entered."""
    return out_address(**{name: form[name].value() for name in form.fields})


def out_address(**fields: Any) -> str:
    """The page for "somebody is out", filled in and looked up: the fields of TimeOffForm."""
    given = {name: value for name, value in fields.items() if value not in (None, "")}
    return f"{reverse('practitioner_out')}?{urlencode(given)}"
