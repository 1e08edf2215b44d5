"""One appointment: make it, look at it, move it, cancel it, take that back. In a dialog, or as a page of its own."""

import json
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from calendar_sync import booking, by_hand
from calendar_sync.errors import DiaryError
from calendar_sync.google.busy import look_again
from calendar_sync.models import HOLDS_TIME, Appointment, BookedBy
from calendar_sync.pages.appointment_forms import AppointmentForm, WhenForm, move_form, start_from
from calendar_sync.patients import patient_by_hand
from tenants.access import business_of, find, membership_of, staff_page
from tenants.models import User

ROWS = Appointment.objects.select_related("service", "practitioner", "patient")


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """`?start=2026-11-24T10:00&practitioner=3` fill the form in."""
    business = business_of(request)
    initial = {"practitioner": request.GET.get("practitioner"), **start_from(request.GET.get("start", ""))}
    form = AppointmentForm(request.POST or None, business=business, initial=initial)
    if request.method == "POST" and form.is_valid():
        made = _book(request, form)
        if made is not None:
            return _done(request, made, f"Booked {_when(made)} for {made.patient.name}.")
    return _show(request, "new", {"form": form}, 422 if form.errors else 200)


@staff_page
@require_safe
def show(request: HttpRequest, appointment_id: int) -> HttpResponse:
    appointment = find(request, ROWS, pk=appointment_id)
    return _panel(request, appointment, move_form(business_of(request), appointment))


@staff_page
@require_POST
def move(request: HttpRequest, appointment_id: int) -> HttpResponse:
    business, appointment = business_of(request), find(request, ROWS, pk=appointment_id)
    form = move_form(business, appointment, request.POST)
    if not form.is_valid():
        return _panel(request, appointment, form, 422)
    look_again(business, form.cleaned_data["practitioner"].pk, form.cleaned_data["starts_at"])
    try:
        moved = by_hand.move_by_hand(
            business,
            appointment,
            starts_at=form.cleaned_data["starts_at"],
            practitioner=form.cleaned_data["practitioner"],
            user_id=membership_of(request).user_id,
            overrule=form.cleaned_data["overrule"],
        )
    except DiaryError as error:
        form.refuse(error)
        return _panel(request, appointment, form, 422)
    return _done(request, moved, f"Moved to {_when(moved)}.")


@staff_page
@require_POST
def cancel(request: HttpRequest, appointment_id: int) -> HttpResponse:
    appointment = find(request, ROWS, pk=appointment_id)
    user_id = membership_of(request).user_id
    try:
        gone = booking.cancel(business_of(request), appointment, by=BookedBy.STAFF, user_id=user_id)
    except DiaryError as error:
        return _refused(request, appointment, error)
    return _done(request, gone, "Cancelled. It can be taken back.", stay=True)


@staff_page
@require_POST
def undo(request: HttpRequest, appointment_id: int) -> HttpResponse:
    appointment = find(request, ROWS, pk=appointment_id)
    try:
        back = by_hand.undo(business_of(request), appointment, user_id=membership_of(request).user_id)
    except DiaryError as error:
        return _refused(request, appointment, error)
    return _done(request, back, f"Taken back: {_when(back)} stands.", stay=True)


def _book(request: HttpRequest, form: AppointmentForm) -> Appointment | None:
    wanted = form.cleaned_data
    look_again(business_of(request), wanted["practitioner"].pk, wanted["starts_at"])
    try:
        with transaction.atomic():  # a refused booking leaves no patient behind
            return by_hand.book_by_hand(
                business_of(request),
                service=wanted["service"],
                practitioner=wanted["practitioner"],
                starts_at=wanted["starts_at"],
                patient=patient_by_hand(wanted["name"], wanted["phone"]),
                user_id=membership_of(request).user_id,
                note=wanted["note"],
                overrule=wanted["overrule"],
            )
    except DiaryError as error:
        form.refuse(error)
        return None


def _panel(
    request: HttpRequest, appointment: Appointment, form: WhenForm, status: int = 200, refusal: str = ""
) -> HttpResponse:
    changes = list(appointment.changes.select_related("from_practitioner"))
    people = User.objects.in_bulk({each.user_id for each in changes if each.user_id})
    context = {
        "appointment": appointment,
        "form": form,
        "refusal": refusal,
        "history": [(each, people.get(each.user_id or 0)) for each in changes],
        "stands": appointment.status in HOLDS_TIME,
        "undoable": by_hand.undoable(appointment),
    }
    return _show(request, "appointment", context, status)


def _show(request: HttpRequest, name: str, context: dict[str, Any], status: int) -> HttpResponse:
    """The fragment in a dialog for htmx, else in a page."""
    dialog = request.headers.get("HX-Request") == "true"
    template = "diary/dialog.html" if dialog else "diary/page.html"
    context |= {"fragment": f"diary/_{name}.html", "in_dialog": dialog, "section": "diary"}
    return render(request, template, context, status=status)


def _done(request: HttpRequest, appointment: Appointment, text: str, *, stay: bool = False) -> HttpResponse:
    """Say it; the open diary reloads its events. `stay` shows the appointment again."""
    if request.headers.get("HX-Request") != "true":
        messages.success(request, text)
        day = timezone.localtime(appointment.starts_at).date()
        there = reverse("appointment", args=[appointment.pk])
        return redirect(there if stay else f"{reverse('diary')}?date={day}")
    if stay:
        appointment = ROWS.get(pk=appointment.pk)
        response = _panel(request, appointment, move_form(business_of(request), appointment))
    else:
        response = HttpResponse()
    response["HX-Trigger"] = json.dumps({"fd:toast": {"level": "success", "text": text}, "fd:diary": {}})
    return response


def _refused(request: HttpRequest, appointment: Appointment, error: DiaryError) -> HttpResponse:
    return _panel(request, appointment, move_form(business_of(request), appointment), 422, refusal=str(error))


def _when(appointment: Appointment) -> str:
    return f"{timezone.localtime(appointment.starts_at):%A %-d %B, %H:%M}"
