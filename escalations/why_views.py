"""The "why" of an appointment and of a handoff: a page, and the same as a card that other pages fetch."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from calendar_sync.models import Appointment
from conversations.models import Conversation, Handoff
from escalations import inbox
from escalations.overview import overview
from escalations.why import Why, why_of_appointment, why_of_handoff
from tenants.access import business_of, find, staff_page


@staff_page
@require_safe
def appointment_page(request: HttpRequest, appointment_id: int) -> HttpResponse:
    appointment = find(request, Appointment.objects.select_related("patient"), pk=appointment_id)
    title = gettext("Appointment %(reference)s · %(patient)s") % {
        "reference": appointment.reference,
        "patient": appointment.patient.name,
    }
    return _page(request, title, why_of_appointment(appointment.pk), section="diary")


@staff_page
@require_safe
def handoff_page(request: HttpRequest, handoff_id: int) -> HttpResponse:
    handoff = find(request, Handoff, pk=handoff_id)
    conversation = Conversation.objects.select_related("contact", "identity").get(pk=handoff.conversation_id)
    why = why_of_handoff(handoff)
    title = inbox.title_of(business_of(request), conversation)
    return _page(request, title, [why] if why else [], section="escalations")


def _page(request: HttpRequest, title: str, whys: list[Why], section: str) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return render(request, "desk/_why.html", {"whys": whys, "level": "h4"})
    context = {"whys": whys, "title": title, "section": section, "nav_counts": overview(business_of(request))}
    return render(request, "desk/why.html", context)
