"""Staff answer what was changed in Google: follow it, or keep what the diary says."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from calendar_sync.google import colliding, proposals
from calendar_sync.models import ProposedChange
from tenants.access import business_of, find, membership_of, staff_page
from tenants.audit import record
from tenants.formats import shown

SHOWN = 20
ROWS = ProposedChange.objects.select_related(
    "link__appointment__patient", "link__appointment__practitioner", "link__appointment__service"
)


@staff_page
@require_GET
def google_changes(request: HttpRequest) -> HttpResponse:
    questions = list(ROWS.filter(status=ProposedChange.Status.OPEN).order_by("found_at"))
    context = {
        "questions": [{"change": each, "collides": with_what} for each, with_what in colliding.found(questions)],
        "answered": ROWS.exclude(status=ProposedChange.Status.OPEN).order_by("-answered_at")[:SHOWN],
        "section": "diary",
    }
    return render(request, "calendars/changes.html", context)


@staff_page
@require_POST
def accept_change(request: HttpRequest, proposed_change_id: int) -> HttpResponse:
    proposal = find(request, ROWS, pk=proposed_change_id)
    answered = proposals.accept(business_of(request), proposal, user_id=membership_of(request).user_id)
    if answered.status == ProposedChange.Status.OPEN:
        messages.error(request, gettext("Not followed: %(problem)s") % {"problem": gettext(answered.problem)})
    elif answered.status == ProposedChange.Status.ACCEPTED:
        record(business_of(request), request.user, "calendar.followed", f"proposed change {answered.pk}")
        messages.success(request, _followed(answered))
    else:
        messages.info(request, gettext("This was answered already."))
    return redirect("google_changes")


@staff_page
@require_POST
def refuse_change(request: HttpRequest, proposed_change_id: int) -> HttpResponse:
    proposal = find(request, ROWS, pk=proposed_change_id)
    answered = proposals.refuse(business_of(request), proposal, user_id=membership_of(request).user_id)
    if answered.status == ProposedChange.Status.REFUSED:
        record(business_of(request), request.user, "calendar.kept", f"proposed change {answered.pk}")
        messages.success(request, gettext("The diary stays as it is, and is written to Google again."))
    else:
        messages.info(request, gettext("This was answered already."))
    return redirect("google_changes")


def _followed(answered: ProposedChange) -> str:
    appointment = answered.link.appointment
    told = " " + gettext("The patient is told.") if appointment.contact_id else ""
    values = {"who": appointment.patient.name}
    if answered.act == ProposedChange.Act.DELETED:
        return gettext("%(who)s: cancelled.") % values + told
    appointment.refresh_from_db(fields=["during"])
    if answered.act == ProposedChange.Act.LENGTH:
        until = {"until": shown(appointment.ends_at, "H:i")}
        return gettext("%(who)s takes until %(until)s now.") % (values | until) + told
    values |= {"time": shown(appointment.starts_at, "H:i"), "day": shown(appointment.starts_at, "D j M")}
    return gettext("%(who)s is at %(time)s on %(day)s now.") % values + told
