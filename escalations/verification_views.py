"""For whom a contact is verified: staff see it, open it after a check of their own, withdraw it, take that back."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from calendar_sync import verifying
from calendar_sync.models import Verification
from conversations.models import Contact
from escalations import contact_views
from escalations.link_form import LinkForm
from tenants.access import business_of, find, membership_of, staff_page
from tenants.audit import record


@staff_page
@require_POST
def link(request: HttpRequest, contact_id: int) -> HttpResponse:
    contact = find(request, Contact, pk=contact_id)
    form = LinkForm(request.POST, contact_id=contact.pk)
    if not form.is_valid():
        return contact_views.shown(request, contact.pk, linking=form)
    patient, user = form.cleaned_data["patient"], membership_of(request).user
    with transaction.atomic():
        verifying.link(patient, contact_id=contact.pk, user_id=user.pk)
        record(business_of(request), user, "patient.verified_by_staff", f"patient {patient.pk}", contact=contact.pk)
    return _back(contact.pk)


@staff_page
@require_POST
def withdraw(request: HttpRequest, verification_id: int) -> HttpResponse:
    """`undo=1` within ten minutes takes it back."""
    row, user = find(request, Verification, pk=verification_id), membership_of(request).user
    undoes = request.POST.get("undo") == "1"
    act = "patient.verification_restored" if undoes else "patient.verification_withdrawn"
    with transaction.atomic():
        done = verifying.restore(row) if undoes else verifying.withdraw(row, user_id=user.pk)
        if done:
            record(business_of(request), user, act, f"patient {row.patient_id}", contact=row.contact_id)
    return _back(row.contact_id)


def _back(contact_id: int) -> HttpResponse:
    return redirect(f"{reverse('contact', args=[contact_id])}#verified")
