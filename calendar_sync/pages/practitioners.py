"""Settings: who sees patients, when, for what."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import Max, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from calendar_sync.availability import Hours
from calendar_sync.beyond_opening import beyond_opening
from calendar_sync.hours_text import week_lines
from calendar_sync.left_outside import coming, left_by
from calendar_sync.models import HOLDS_TIME, Appointment, Location, Practitioner, Service, WorkingHours
from calendar_sync.month_strip import strips
from calendar_sync.pages.changes import changed
from calendar_sync.pages.hours_forms import copied
from calendar_sync.pages.practitioner_feeds import feed_context
from calendar_sync.pages.still_booked import warn_of
from calendar_sync.pages.working_weeks import WorkingWeeks
from calendar_sync.places import move_practitioner, open_places, several, works_at
from tenants import clock
from tenants.access import business_of, find, manager_page


class PractitionerForm(forms.ModelForm):
    services = forms.ModelMultipleChoiceField(
        Service.objects.none(), required=False, label=_("Performs"), widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Practitioner
        fields = ("name", "location", "services")
        labels = {"name": _("Name"), "location": _("Works at")}
        help_texts = {"location": _("Usually. Hours at another location have their own lines below.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = Service.objects.filter(active=True)
        self.fields["services"].queryset = offered  # type: ignore[attr-defined]
        if not self.instance.pk:
            self.initial["services"] = [each.pk for each in offered]
        self.places, self.before = open_places(), self.instance.location if self.instance.pk else None
        if len(self.places) < 2 and (self.before is None or self.before.active):
            del self.fields["location"]
            return
        where: Any = self.fields["location"]
        where.queryset = Location.objects.filter(Q(active=True) | Q(pk=self.instance.location_id)).order_by("pk")
        where.empty_label = None

    def save(self, commit: bool = True) -> Practitioner:
        own = self.instance
        withdrawn = list(own.services.filter(active=False)) if own.pk else []
        if not own.pk:
            last = Practitioner.objects.aggregate(last=Max("position"))["last"]
            own.position = 0 if last is None else last + 1
            if "location" not in self.fields:
                own.location = self.places[0]
        own.save()
        if self.before is not None and self.before.pk != own.location_id:
            move_practitioner(own, self.before)
        own.services.set([*self.cleaned_data["services"], *withdrawn])
        return own


@manager_page
@require_safe
def practitioners(request: HttpRequest) -> HttpResponse:
    everybody = list(
        Practitioner.objects.select_related("location").prefetch_related("services", "working_hours__location")
    )
    rows = [(each, [row.name for row in each.services.all() if row.active], _week_lines(each)) for each in everybody]
    context = {
        "several_places": several(),
        "working": [row for row in rows if row[0].active],
        "gone": [row for row in rows if not row[0].active],
        "section": "settings",
    }
    return render(request, "diary/settings_practitioners.html", context)


@manager_page
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, practitioner_id: int | None = None) -> HttpResponse:
    person = find(request, Practitioner, pk=practitioner_id) if practitioner_id else None
    business, data = business_of(request), copied(request.POST) or request.POST or None
    today = clock.local_now(business.timezone).date()
    form, hours = PractitionerForm(data, instance=person), WorkingWeeks(data, person=person, today=today)
    saves = request.method == "POST" and not request.POST.get("copy")
    if saves and form.is_valid() and hours.is_valid(str(form.cleaned_data.get("location", ""))):
        with transaction.atomic():
            theirs = list(coming().filter(practitioner=person)) if person else []
            saved, left = left_by(business, theirs, lambda: _save(form, hours))
            changed(request, "practitioner.edited" if person else "practitioner.added", f"practitioner {saved.pk}")
        messages.success(request, gettext("%(saved)s is saved.") % {"saved": saved.name})
        warn_of(request, left)
        _warn_of_closed(request, saved)
        return redirect("settings_practitioners")
    own = Practitioner.objects.filter(pk=practitioner_id).first() if practitioner_id else None
    context = {
        "form": form,
        "hours": hours,
        "practitioner": own,
        "weeks": strips(business, [own], today, 4)[own.pk] if own else None,
        "today": today,
        "not_saved": saves,
        "section": "settings",
        **feed_context(request, own),
    }
    return render(request, "diary/practitioner.html", context, status=422 if saves else 200)


def _warn_of_closed(request: HttpRequest, person: Practitioner) -> None:
    """Whoever enters hours while the location is closed wonders why nothing is offered."""
    beyond = beyond_opening(person)
    if not beyond:
        return
    place = beyond[0].place
    lines: dict[tuple[int, str], list[Hours]] = {}
    for each in beyond:
        if each.place == place:
            lines.setdefault((each.weekday, ""), []).append(each.hours)
    said = gettext("%(place)s isn’t open all of that time, and only what is open is offered: %(hours)s.")
    hours = " · ".join(f"{days} {periods}" for days, periods in week_lines(lines))
    messages.warning(request, said % {"place": place, "hours": hours})


def _save(form: PractitionerForm, hours: WorkingWeeks) -> Practitioner:
    saved = form.save()
    hours.save(saved)
    return saved


@manager_page
@require_POST
def active(request: HttpRequest, practitioner_id: int) -> HttpResponse:
    """`on=1` brings somebody back, anything else ends it; appointments stay and are counted."""
    person = find(request, Practitioner.objects.select_related("location"), pk=practitioner_id)
    person.active = request.POST.get("on") == "1"
    closed = Location.objects.filter(pk__in=works_at([person])[person.pk], active=False).first()
    if person.active and closed is not None:
        refusal = gettext("%(place)s, where %(person)s worked, is closed. Choose another location for them first.")
        messages.error(request, refusal % {"place": closed.name, "person": person.name})
        return redirect("settings_practitioner", person.pk)
    with transaction.atomic():
        person.save(update_fields=["active"])
        verb = "practitioner.returned" if person.active else "practitioner.left"
        changed(request, verb, f"practitioner {person.pk}")
    standing = Appointment.objects.filter(
        practitioner=person, status__in=HOLDS_TIME, during__startswith__gt=clock.now()
    ).count()
    if person.active or not standing:
        said = gettext("%(person)s is back.") if person.active else gettext("%(person)s is no longer offered.")
        messages.success(request, said % {"person": person.name})
    else:
        messages.warning(
            request,
            gettext("%(person)s is no longer offered, but still has %(standing)s coming. Move them.")
            % {"person": person.name, "standing": standing},
        )
    return redirect("settings_practitioners")


def _week_lines(person: Practitioner) -> list[tuple[str, str]]:
    """Those of the usual location first."""
    places: dict[str, dict[tuple[int, str], list[Hours]]] = {"": {}}
    for row in person.working_hours.all():
        letter = "" if row.weeks == WorkingHours.Weeks.EVERY else f" ({row.weeks.upper()})"
        days = places.setdefault(row.location.name if row.location else "", {})
        days.setdefault((row.weekday, letter), []).append(Hours(row.starts, row.ends))
    return [
        (f"{which}, {place}" if place else which, hours)
        for place, days in places.items()
        for which, hours in week_lines(days)
    ]
