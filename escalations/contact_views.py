"""Who writes to the business."""

from django.db.models import Max, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from calendar_sync.models import Appointment, Patient
from conversations.models import Contact
from escalations import inbox
from tenants.access import find, staff_page

PAGE = 100


@staff_page
@require_GET
def contacts_page(request: HttpRequest) -> HttpResponse:
    query = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    rows = Contact.objects.annotate(last=Max("conversations__last_message_at")).prefetch_related("identities")
    if query:
        digits = "".join(character for character in query if character.isdigit())
        wanted = Q(name__icontains=query) | Q(profile_name__icontains=query)
        if len(digits) >= 3:
            wanted |= Q(identities__phone__contains=digits.lstrip("0"))
        rows = rows.filter(wanted).distinct()
    contacts = list(rows.order_by("-last", "-pk")[:PAGE])
    context = {"contacts": contacts, "query": query, "nav_counts": inbox.counts()}
    return render(request, "desk/contacts.html", context)


@staff_page
@require_GET
def contact_page(request: HttpRequest, contact_id: int) -> HttpResponse:
    contact = find(request, Contact.objects.prefetch_related("identities", "conversations"), pk=contact_id)
    appointments = Appointment.objects.filter(contact_id=contact.pk).select_related(
        "service", "practitioner", "patient"
    )
    context = {
        "contact": contact,
        "patients": Patient.objects.filter(contact_id=contact.pk),
        "appointments": appointments.order_by("-during")[:50],
        "section": "contacts",
        "nav_counts": inbox.counts(),
    }
    return render(request, "desk/contact.html", context)
