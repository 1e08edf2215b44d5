"""The waiting list: who waits for what, and what they were offered."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from calendar_sync import message_consent, waitlist, waitlist_sheet
from calendar_sync.errors import DiaryError
from calendar_sync.models import BookedBy, Practitioner, WaitlistEntry, WaitlistOffer
from calendar_sync.pages.waitlist_forms import OfferForm, WaitForm
from calendar_sync.places import open_places
from calendar_sync.slots import Slot
from calendar_sync.wanted import Actor
from tenants.access import business_of, find, membership_of, staff_page
from tenants.formats import shown

OFFERS = WaitlistOffer.objects.select_related(
    "entry__patient", "entry__service", "entry__for_appointment", "practitioner", "hold__service", "hold__practitioner"
)
ENTRIES = WaitlistEntry.objects.select_related("patient", "service", "practitioner", "location", "for_appointment")


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def waitlist_page(request: HttpRequest) -> HttpResponse:
    """The list; a POST puts somebody on it."""
    form = WaitForm(request.POST if request.method == "POST" else None, business=business_of(request))
    if form.is_valid():
        _join(request, form)
        return redirect("waitlist")
    shown = waitlist_sheet.sheet()
    context = {
        "sheet": shown,
        "waiting": [(each, waitlist_sheet.wish_words(each)) for each in shown.waiting],
        "form": form,
        "section": "waitlist",
    }
    return render(request, "waitlist/waitlist.html", context, status=422 if form.errors else 200)


@staff_page
@require_POST
def leave(request: HttpRequest, entry_id: int) -> HttpResponse:
    entry = find(request, ENTRIES, pk=entry_id)
    waitlist.leave(business_of(request), entry)
    messages.success(request, gettext("%(patient)s is off the waiting list.") % {"patient": entry.patient.name})
    return redirect("waitlist")


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: HttpRequest, entry_id: int) -> HttpResponse:
    """Offer one of the free times that fit, by hand."""
    business, entry = business_of(request), find(request, ENTRIES, pk=entry_id)
    times = waitlist_sheet.times_for(business, entry)
    form = OfferForm(request.POST if request.method == "POST" else None, times=times, labels=[*map(_label, times)])
    if form.is_valid():
        try:
            made = waitlist.offer(
                business,
                entry,
                practitioner=Practitioner.objects.get(pk=form.chosen.practitioner_id),
                starts_at=form.chosen.starts_at,
                location_id=form.chosen.location_id,
                user_id=membership_of(request).user_id,
            )
        except (DiaryError, waitlist.CannotOffer) as error:
            form.add_error("time", gettext(str(error)))
        else:
            messages.success(
                request,
                gettext("Held for %(patient)s until %(when)s.")
                % {"patient": entry.patient.name, "when": shown(made.deadline, "D j M, H:i")},
            )
            return redirect("waitlist")
    context: dict[str, Any] = {
        "entry": entry,
        "wish": waitlist_sheet.wish_words(entry),
        "form": form,
        "times": times,
        "section": "waitlist",
    }
    return render(request, "waitlist/offer.html", context, status=422 if form.errors else 200)


@staff_page
@require_POST
def answer(request: HttpRequest, offer_id: int) -> HttpResponse:
    """What the patient said on the phone, or that the offer is taken back: answer=yes|no|withdraw."""
    business, made = business_of(request), find(request, OFFERS, pk=offer_id)
    name, said = made.entry.patient.name, request.POST.get("answer")
    if said == "yes":
        try:
            actor = Actor(by=BookedBy.STAFF, user_id=membership_of(request).user_id)
            booked = waitlist.accept(business, made, actor=actor)
            messages.success(
                request,
                gettext("Booked %(when)s for %(name)s.")
                % {"when": shown(booked.starts_at, "l j F, H:i"), "name": name},
            )
        except (waitlist.OfferGone, DiaryError):
            messages.warning(request, gettext("This time has gone. %(name)s keeps the place.") % {"name": name})
        return redirect("waitlist")
    status = WaitlistOffer.Status.DECLINED if said == "no" else WaitlistOffer.Status.WITHDRAWN
    if waitlist.settle(business, made, status):
        messages.success(request, gettext("%(name)s keeps the place; the time goes on to the next.") % {"name": name})
    else:
        messages.info(request, gettext("This offer had ended already."))
    return redirect("waitlist")


def _join(request: HttpRequest, form: WaitForm) -> None:
    wanted = form.cleaned_data
    with transaction.atomic():
        patient = form.patient()
        if form.cleaned_data["agreed"]:
            message_consent.note(business_of(request), patient, user_id=membership_of(request).user_id)
        names = ("service", "practitioner", "earliest", "latest", "time_from", "time_to", "weekdays", "urgent")
        asked = {name: wanted[name] for name in names}
        wish = waitlist.Wish(patient=patient, location=wanted.get("location"), **asked)
        actor = Actor(by=BookedBy.STAFF, user_id=membership_of(request).user_id)
        waitlist.join(business_of(request), wish, contact_id=patient.contact_id, actor=actor)
    messages.success(request, gettext("%(patient)s is on the waiting list.") % {"patient": patient.name})


def _label(slot: Slot) -> str:
    where = {each.pk: each.name for each in open_places()}
    values = {"when": shown(slot.starts_at, "D j M, H:i"), "practitioner": slot.practitioner}
    if len(where) < 2:
        return gettext("%(when)s with %(practitioner)s") % values
    return gettext("%(when)s with %(practitioner)s, %(place)s") % {
        **values,
        "place": where.get(slot.location_id, ""),
    }
