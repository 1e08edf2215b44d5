"""Settings: rooms, chairs and devices: what kinds there are, how many, where they are used."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from calendar_sync.models import HOLDS_TIME, Appointment, Location, Resource, ResourceKind, ServiceNeed
from calendar_sync.pages.changes import changed
from calendar_sync.places import open_places
from tenants import clock
from tenants.access import find, manager_page

MOST = 50  # of one kind


class AddForm(forms.Form):
    """ "Chair", 3 → Chair 1, Chair 2, Chair 3; more of a kind that exists go on counting."""

    name = forms.CharField(
        max_length=60, label=_("What"), help_text=_("One word for each of them: Chair, Treatment room.")
    )
    count = forms.IntegerField(min_value=1, max_value=20, initial=1, label=_("How many"))
    location = forms.TypedChoiceField(label=_("Where"), coerce=int)

    def __init__(self, *args: Any, places: Sequence[Location], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {each.pk: each for each in places}
        if len(places) > 1:
            self.fields["location"].choices = [(each.pk, each.name) for each in places]  # type: ignore[attr-defined]
        else:
            del self.fields["location"]

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        self.kind = ResourceKind.objects.filter(name__iexact=found.get("name", "")).first()
        if self.kind and found.get("count") and self.kind.resources.count() + found["count"] > MOST:
            raise ValidationError({"count": gettext("At most %(most)s of one kind.") % {"most": MOST}})
        return found

    def save(self) -> list[Resource]:
        location = self.places[self.cleaned_data.get("location", next(iter(self.places)))]
        kind = self.kind or ResourceKind.objects.create(name=self.cleaned_data["name"])
        taken = {name.casefold() for name in kind.resources.values_list("name", flat=True)}
        names = _free_names(kind.name, taken, self.cleaned_data["count"])
        return Resource.objects.bulk_create(Resource(kind=kind, location=location, name=name) for name in names)


class RenameForm(forms.ModelForm):
    class Meta:
        model = Resource
        fields = ("name",)
        labels = {"name": _("Name")}

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        same = Resource.objects.filter(kind=self.instance.kind_id, active=True, name__iexact=name)
        if same.exclude(pk=self.instance.pk).exists():
            raise ValidationError(gettext("Another one has this name."))
        return name


@manager_page
@require_http_methods(["GET", "HEAD", "POST"])
def rooms(request: HttpRequest) -> HttpResponse:
    places = open_places()
    form = AddForm(request.POST or None, places=places)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            made = form.save()
            changed(request, "resource.added", f"resources {made[0].pk}–{made[-1].pk}")
        messages.success(request, gettext("Added: %(names)s.") % {"names": ", ".join(each.name for each in made)})
        return redirect("settings_rooms")
    kinds = ResourceKind.objects.prefetch_related("resources__location", "needed_by__service")
    context = {
        "form": form,
        "kinds": [
            {
                "name": kind.name,
                "in_use": [each for each in kind.resources.all() if each.active],
                "retired": [each for each in kind.resources.all() if not each.active],
                "needed_by": [need for need in kind.needed_by.all() if need.service.active],
            }
            for kind in kinds
        ],
        "several_places": len(places) > 1,
        "section": "settings",
    }
    return render(request, "diary/settings_rooms.html", context, status=422 if request.method == "POST" else 200)


@manager_page
@require_http_methods(["GET", "HEAD", "POST"])
def room(request: HttpRequest, resource_id: int) -> HttpResponse:
    """Rename it; what is booked in it stands below, so that retiring it surprises nobody."""
    resource = find(request, Resource.objects.select_related("kind"), pk=resource_id)
    form = RenameForm(request.POST or None, instance=resource)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            saved = form.save()
            changed(request, "resource.renamed", f"resource {resource.pk}")
        messages.success(request, gettext("It is called %(saved)s now.") % {"saved": saved.name})
        return redirect("settings_rooms")
    context = {
        "form": form,
        "resource": find(request, Resource.objects.select_related("kind"), pk=resource_id),
        "coming": _coming(resource)[:50],
        "section": "settings",
    }
    return render(request, "diary/room.html", context, status=422 if request.method == "POST" else 200)


@manager_page
@require_POST
def in_use(request: HttpRequest, resource_id: int) -> HttpResponse:
    """`on=1` takes it into use again, anything else retires it; appointments in it stay and are counted."""
    resource = find(request, Resource.objects.select_related("kind"), pk=resource_id)
    resource.active = request.POST.get("on") == "1"
    same = Resource.objects.filter(kind=resource.kind_id, active=True, name=resource.name).exclude(pk=resource.pk)
    if resource.active and same.exists():
        messages.error(
            request,
            gettext("Another one is called %(resource)s now. Rename that one first.") % {"resource": resource.name},
        )
        return redirect("settings_rooms")
    with transaction.atomic():
        resource.save(update_fields=["active"])
        changed(request, "resource.returned" if resource.active else "resource.retired", f"resource {resource.pk}")
    if resource.active:
        messages.success(request, gettext("%(resource)s is in use again.") % {"resource": resource.name})
    else:
        _say_what_retiring_means(request, resource)
    return redirect("settings_rooms")


def _say_what_retiring_means(request: HttpRequest, resource: Resource) -> None:
    standing, left = len(_coming(resource)), Resource.objects.filter(kind=resource.kind_id, active=True).count()
    short = [
        need.service.name
        for need in ServiceNeed.objects.filter(kind=resource.kind_id, service__active=True).select_related("service")
        if need.count > left
    ]
    if standing:
        said = ngettext(
            "%(name)s is retired, but %(count)s coming appointment stands in it. Open it to see them.",
            "%(name)s is retired, but %(count)s coming appointments stand in it. Open it to see them.",
            standing,
        )
        messages.warning(request, said % {"name": resource.name, "count": standing})
    else:
        messages.success(request, gettext("%(resource)s is retired.") % {"resource": resource.name})
    if short:
        messages.warning(
            request,
            gettext("Can’t be booked any more, for lack of a %(kind)s: %(services)s.")
            % {"kind": resource.kind.name, "services": ", ".join(short)},
        )


def _coming(resource: Resource) -> list[Appointment]:
    rows = Appointment.objects.filter(
        taken_times__resource=resource, status__in=HOLDS_TIME, during__endswith__gt=clock.now()
    )
    return list(rows.select_related("service", "practitioner", "patient").order_by("during"))


def _free_names(kind: str, taken: set[str], count: int) -> Iterable[str]:
    """Chair 1, Chair 2 …, those left out that exist."""
    known = [int(found[1]) for name in taken if (found := re.search(r"([0-9]{1,4})$", name))]
    first = max(known, default=0) + 1
    if count == 1 and not taken:
        return [kind]
    return [f"{kind} {number}" for number in range(first, first + count)]
