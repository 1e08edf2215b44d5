"""What staff do to the facts of a contact: add, correct, pin, delete, undo."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from agents.models import Fact
from conversations.models import Contact
from escalations import contact_views, remembered
from escalations.fact_forms import CorrectionForm, FactForm
from escalations.remembered import UNDO
from tenants.access import business_of, find, membership_of, staff_page

KNOWN = _("That is noted already.")


@staff_page
@require_POST
def add(request: HttpRequest, contact_id: int) -> HttpResponse:
    contact = find(request, Contact, pk=contact_id)
    form = FactForm(request.POST)
    if form.is_valid():
        wanted = form.cleaned_data
        if remembered.add(business_of(request), membership_of(request).user, contact.pk, **wanted):
            return _back(contact.pk)
        form.add_error("text", KNOWN)
    return contact_views.shown(request, contact.pk, adding=form)


@staff_page
@require_POST
def correct(request: HttpRequest, fact_id: int) -> HttpResponse:
    fact = find(request, Fact.objects.filter(deleted_at__isnull=True), pk=fact_id)
    form = CorrectionForm(request.POST, prefix=f"fact-{fact.pk}")
    if form.is_valid():
        if remembered.correct(business_of(request), membership_of(request).user, fact, form.cleaned_data["text"]):
            return _back(fact.contact_id)
        form.add_error("text", gettext("It says so already, or was changed meanwhile."))
    return contact_views.shown(request, fact.contact_id, correcting={fact.pk: form})


@staff_page
@require_POST
def pin(request: HttpRequest, fact_id: int) -> HttpResponse:
    fact = find(request, Fact, pk=fact_id)
    remembered.pin(business_of(request), membership_of(request).user, fact, request.POST.get("on") == "1")
    return _back(fact.contact_id)


@staff_page
@require_POST
def delete(request: HttpRequest, fact_id: int) -> HttpResponse:
    fact = find(request, Fact, pk=fact_id)
    token = remembered.delete(business_of(request), membership_of(request).user, fact)
    if token:
        request.session[UNDO] = token
    return _back(fact.contact_id)


@staff_page
@require_POST
def undo(request: HttpRequest, contact_id: int) -> HttpResponse:
    contact = find(request, Contact, pk=contact_id)
    token = request.session.pop(UNDO, "")
    if not remembered.undo(business_of(request), membership_of(request).user, contact.pk, token):
        messages.error(request, gettext("This can’t be undone any more."))
    return _back(contact.pk)


def _back(contact_id: int) -> HttpResponse:
    return redirect(f"{reverse('contact', args=[contact_id])}#remembered")
