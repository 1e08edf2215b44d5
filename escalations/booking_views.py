"""An appointment made by hand out of a conversation: it belongs to the contact, and the thread shows it."""

import json
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from calendar_sync import by_hand
from calendar_sync.errors import DiaryError
from calendar_sync.models import Appointment
from calendar_sync.pages.appointment_forms import AppointmentForm, entered
from calendar_sync.pages.free_chips import offer
from calendar_sync.patients import patient_for, patients_of
from calendar_sync.rule_words import rules_or_refusal
from conversations.models import Conversation
from escalations import inbox
from tenants import clock, formats
from tenants.access import business_of, find, membership_of, staff_page
from tenants.events import publish


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def book_page(request: HttpRequest, conversation_id: int) -> HttpResponse:
    """The diary's own form, filled in with whom the contact writes for."""
    business = business_of(request)
    conversation = find(request, Conversation.objects.select_related("contact", "identity"), pk=conversation_id)
    known = patients_of(conversation.contact_id)
    initial: dict[str, Any] = {"name": known[0].name if known else conversation.contact.display_name}
    choosing = bool({"at", "show"} & set(request.POST))  # a free time, without JavaScript
    initial |= {"date": clock.local_now(business.timezone).date()} | (entered(request.POST) if choosing else {})
    data = request.POST if request.method == "POST" and not choosing else None
    form = AppointmentForm(data, business=business, initial=initial)
    for unasked in ("phone", "whose", "agreed", "born_on"):  # the contact's number is known, and is proof enough
        form.fields.pop(unasked, None)
    if form.is_valid():
        made = _book(request, conversation, form)
        if made is not None:
            when = formats.shown(made.starts_at, "l j F, H:i")
            return _booked(
                request,
                conversation,
                gettext("Booked %(when)s for %(patient)s.") % {"when": when, "patient": made.patient.name},
            )
    context: dict[str, Any] = {
        "form": form,
        "offer": offer(business, form),
        "conversation": conversation,
        "title": inbox.title_of(business, conversation),
        "section": "inbox",
    }
    status = 422 if form.errors else 200
    if "HX-Request" in request.headers:
        context |= {"in_dialog": True, "fragment": "desk/_book.html"}
        return render(request, "diary/dialog.html", context, status=status)
    return render(request, "desk/book.html", context, status=status)


def _booked(request: HttpRequest, conversation: Conversation, said: str) -> HttpResponse:
    """Back to the thread, which shows it; the dialog over it just closes."""
    if "HX-Request" in request.headers:
        toast = {"fd:toast": {"level": "success", "text": said}}
        return HttpResponse(headers={"HX-Trigger": json.dumps(toast)})
    messages.success(request, said)
    return redirect("conversation", conversation.pk)


def _book(request: HttpRequest, conversation: Conversation, form: AppointmentForm) -> Appointment | None:
    wanted = form.cleaned_data

    def act(*, overrule: bool) -> Appointment:
        return by_hand.book_by_hand(
            business_of(request),
            service=wanted["service"],
            practitioner=wanted["practitioner"],
            starts_at=wanted["starts_at"],
            patient=patient_for(conversation.contact_id, wanted["name"]),
            user_id=membership_of(request).user_id,
            note=wanted["note"],
            overrule=overrule,
            reason=wanted["reason"],
            location_id=form.location_id,
        )

    try:
        with transaction.atomic():  # a refused booking leaves no patient behind
            made = act(overrule=form.overrules)
            publish(business_of(request), "conversation", conversation.pk)
            return made
    except DiaryError as error:
        form.refuse(*rules_or_refusal(lambda: act(overrule=True), error))
        return None
