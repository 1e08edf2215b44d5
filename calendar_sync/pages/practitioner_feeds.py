"""Settings: the private address under which a practitioner subscribes to their appointments."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from calendar_sync.ics.feeds import address_for
from calendar_sync.models import BookingRules, CalendarFeed, Practitioner
from calendar_sync.models.feeds import new_secret
from calendar_sync.pages.changes import changed
from tenants import clock
from tenants.access import business_of, find, manager_page


class FeedsForm(forms.ModelForm):
    class Meta:
        model = BookingRules
        fields = ("feeds_show",)
        labels = {"feeds_show": _("What feeds show of patients")}
        help_texts = {"feeds_show": _("In the feeds of all practitioners.")}
        widgets = {"feeds_show": forms.RadioSelect}


def feed_context(request: HttpRequest, practitioner: Practitioner | None) -> dict[str, Any]:
    """What diary/_feed.html shows: the address if there is one, and what it tells of patients."""
    if practitioner is None:
        return {}
    feed = CalendarFeed.objects.filter(practitioner=practitioner).first()
    return {
        "feed": feed,
        "feed_address": address_for(business_of(request), feed) if feed else "",
        "feeds_form": FeedsForm(instance=BookingRules.of_this_business()),
    }


@manager_page
@require_POST
def make(request: HttpRequest, practitioner_id: int) -> HttpResponse:
    """An address where there is none, else another one; the old one is dead at once."""
    person = find(request, Practitioner, pk=practitioner_id)
    with transaction.atomic():
        _, fresh = CalendarFeed.objects.update_or_create(
            practitioner=person, defaults={"secret": new_secret(), "made_at": clock.now()}
        )
        changed(request, "feed.made" if fresh else "feed.renewed", f"practitioner {person.pk}")
    if fresh:
        messages.success(request, gettext("Here is the address. Copy it into the calendar app."))
    else:
        messages.success(request, gettext("This is the new address. The old one shows nothing any more."))
    return _back(person)


@manager_page
@require_POST
def stop(request: HttpRequest, practitioner_id: int) -> HttpResponse:
    """No feed any more; its address is dead at once and never comes back."""
    person = find(request, Practitioner, pk=practitioner_id)
    with transaction.atomic():
        CalendarFeed.objects.filter(practitioner=person).delete()
        changed(request, "feed.stopped", f"practitioner {person.pk}")
    messages.success(request, gettext("The calendar feed of %(person)s is off.") % {"person": person.name})
    return _back(person)


@manager_page
@require_POST
def show(request: HttpRequest, practitioner_id: int) -> HttpResponse:
    """Initials or full names of patients, in all feeds of the business."""
    person = find(request, Practitioner, pk=practitioner_id)
    form = FeedsForm(request.POST, instance=BookingRules.of_this_business())
    if not form.is_valid():
        messages.error(request, gettext("Choose what the feeds show of patients: initials or full names."))
        return _back(person)
    with transaction.atomic():
        rules = form.save()
        changed(request, "feeds.shown", rules.feeds_show)
    messages.success(
        request, gettext("Calendar feeds show %(what)s of patients.") % {"what": rules.get_feeds_show_display().lower()}
    )
    return _back(person)


def _back(person: Practitioner) -> HttpResponse:
    return redirect("settings_practitioner", person.pk)
