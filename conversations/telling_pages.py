"""Before staff move or cancel an appointment or a group: what patients would read of it, and how it reaches them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from calendar_sync.models import HOLDS_TIME, Appointment, PatientNews
from calendar_sync.pages.appointment_forms import move_form
from calendar_sync.wanted import as_it_stands, range_of, wanted_at
from conversations import telling, telling_groups
from tenants.access import business_of, find, staff_page
from tenants.models import Business

ROWS = Appointment.objects.select_related("service", "practitioner", "patient")
Act = PatientNews.Act


@staff_page
@require_safe
def preview(request: HttpRequest, appointment_id: int) -> HttpResponse:
    """`practitioner`, `date` and `time`: it would be moved there; without them it would be cancelled."""
    business, row = business_of(request), find(request, ROWS, pk=appointment_id)
    moving, before, told = "date" in request.GET, row.during, None
    if row.contact_id is not None and (not moving or _moved(business, row, request)):
        act = Act.MOVED if moving else Act.CANCELLED
        news = PatientNews(appointment=row, contact_id=row.contact_id, act=act, before=before)
        told = telling.foretold(business, row, news)
    return render(request, "diary/_told.html", {"told": told, "patient": row.patient.name})


@staff_page
@require_safe
def preview_group(request: HttpRequest, appointment_id: int) -> HttpResponse:
    """The same for everybody in the appointment's group: one text for each way in which some of them are reached."""
    business, row = business_of(request), find(request, ROWS, pk=appointment_id)
    moving, before = "date" in request.GET, row.during
    if row.session_id is None or (moving and not _moved(business, row, request)):
        return render(request, "diary/_told_group.html", {"reached": [], "call": []})
    act = Act.MOVED if moving else Act.CANCELLED
    standing = ROWS.filter(session=row.session_id, status__in=HOLDS_TIME).order_by("seat")
    reached = telling_groups.reached(business, list(standing), row, act=act, before=before)
    return render(request, "diary/_told_group.html", {"reached": reached.ways, "call": reached.call})


def _moved(business: Business, row: Appointment, request: HttpRequest) -> bool:
    """Put the unsaved row where the form would; False where that is nowhere else."""
    form = move_form(business, row, request.GET)
    if not form.is_valid():
        return False
    who, when, where = form.cleaned_data["practitioner"], form.cleaned_data["starts_at"], form.location_id
    if (when, who.pk) == (row.starts_at, row.practitioner_id) and where in (None, as_it_stands(row).location_id):
        return False
    wanted = wanted_at(business, row.service, who, when, where)
    row.practitioner, row.during = wanted.practitioner, range_of(wanted.period)
    row.location_id = wanted.elsewhere
    return True
