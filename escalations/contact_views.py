"""Who writes to the business."""

from collections.abc import Mapping

from django.contrib.postgres.expressions import ArraySubquery
from django.core.paginator import Paginator
from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from calendar_sync import verifying
from calendar_sync.models import Appointment, Patient, Verification
from calendar_sync.verified import standing
from conversations.models import Contact, ContactIdentity
from escalations import consent_views, labelling, remembered
from escalations.contacts import merging
from escalations.contacts.details import DetailsForm
from escalations.contacts.history import conversations_of
from escalations.fact_forms import CorrectionForm, FactForm
from escalations.inbox import digits_of
from escalations.inbox_address import is_id
from escalations.link_form import LinkForm
from escalations.models import ContactLabel, Label
from escalations.overview import overview
from escalations.people import name_of
from tenants import clock
from tenants.access import business_of, find, membership_of, staff_page

PAGE = 50


@staff_page
@require_safe
def contacts_page(request: HttpRequest) -> HttpResponse:
    query, label = request.GET.get("q", "").replace("\x00", "").strip()[:100], _label(request)
    rows = _matching(query).filter(merged_into__isnull=True, erased_at__isnull=True)
    if label is not None:
        rows = rows.filter(pk__in=ContactLabel.objects.filter(label=label).values("contact"))
    marks = ContactLabel.objects.filter(contact=OuterRef("pk")).order_by("label__name")
    told = marks.values(mark=JSONObject(text=F("label__name"), tone=F("label__colour")))
    rows = (
        rows.annotate(label_marks=ArraySubquery(told))
        .annotate(last=Max("conversations__last_message_at"))
        .prefetch_related("identities")
    )
    pages = Paginator(rows.order_by(F("last").desc(nulls_last=True), "-pk"), PAGE)
    page = pages.get_page(request.GET.get("page", "1").replace("\x00", "")[:9])
    context = {
        "page": page,
        "page_query": urlencode({"q": query, "label": label.pk if label else ""}) if query or label else "",
        "label": label,
        "labels": Label.objects.all(),
        "query": query,
        "nav_counts": overview(business_of(request)),
    }
    return render(request, "desk/contacts.html", context)


def _label(request: HttpRequest) -> Label | None:
    asked = request.GET.get("label", "")
    return Label.objects.filter(pk=int(asked)).first() if is_id(asked) else None


def _matching(query: str) -> QuerySet[Contact]:
    if not query:
        return Contact.objects.all()
    wanted = Q(name__icontains=query) | Q(profile_name__icontains=query)
    if digits := digits_of(query):
        wanted |= Q(pk__in=ContactIdentity.objects.filter(phone__contains=digits).values("contact"))
    return Contact.objects.filter(wanted)


@staff_page
@require_safe
def contact_page(request: HttpRequest, contact_id: int) -> HttpResponse:
    return shown(request, contact_id)


def shown(
    request: HttpRequest,
    contact_id: int,
    *,
    adding: Form | None = None,
    correcting: Mapping[int, Form] | None = None,
    linking: Form | None = None,
    editing: Form | None = None,
) -> HttpResponse:
    """The page of one contact; with the form that was refused, if any."""
    hears = Exists(Verification.objects.filter(contact_id=OuterRef("pk")))
    numbers = ContactIdentity.objects.filter(contact=OuterRef("pk")).order_by("pk").values("phone")
    people = Contact.objects.filter(erased_at__isnull=True).annotate(
        hears_of_others=hears,
        consent=consent_views.history("pk"),
        numbers=ArraySubquery(numbers),
        labels=labelling.choice_for_contact("pk"),
        joined=merging.newest_of("pk"),
    )
    contact = find(request, people, pk=contact_id)
    if contact.merged_into_id is not None:
        return redirect("contact", contact.merged_into_id)
    appointments = Appointment.objects.filter(contact_id=contact.pk)
    known, refused = remembered.read(contact.pk), correcting or {}
    context = {
        "contact": contact,
        "patients": Patient.objects.filter(contact_id=contact.pk).order_by("pk"),
        "appointments": appointments.select_related("service", "practitioner", "patient").order_by("-during")[:50],
        "facts": [
            {
                "fact": each,
                "form": refused.get(each.pk) or CorrectionForm(initial={"text": each.text}, prefix=f"fact-{each.pk}"),
            }
            for each in known
        ],
        "undoable": bool(
            remembered.undoable(business_of(request), contact.pk, request.session.get(remembered.UNDO, ""))
        ),
        "adding": adding or FactForm(),
        "verified": _verified(contact.pk) if contact.hears_of_others else [],  # type: ignore[attr-defined]
        "linking": linking or LinkForm(contact_id=contact.pk),
        "editing": editing or DetailsForm(contact=contact),
        "conversations": conversations_of(contact.pk),
        "manages": membership_of(request).manages,
        "section": "contacts",
    }
    status = 422 if adding or correcting or linking or editing else 200
    return render(request, "desk/contact.html", context, status=status)


def _verified(contact_id: int) -> QuerySet[Verification]:
    """Those that count, and those that were withdrawn so lately that it can be undone."""
    lately = Verification.objects.filter(contact_id=contact_id, withdrawn_at__gt=clock.now() - verifying.UNDO)
    rows = (standing(contact_id) | lately).select_related("patient")
    return rows.annotate(staff_name=name_of("staff_id")).order_by("pk")
