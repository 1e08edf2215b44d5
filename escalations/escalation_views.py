"""The list of escalations: reason, age, owner; take one."""

from django.contrib import messages
from django.db.models import Case, IntegerField, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from escalations import acts, inbox
from escalations.models import Escalation
from tenants.access import business_of, find, staff_page
from tenants.models import User

RESOLVED_SHOWN = 20


@staff_page
@require_GET
def escalations_page(request: HttpRequest) -> HttpResponse:
    business = business_of(request)
    urgent = Case(When(handoff__reason="red_flag", then=Value(0)), default=Value(1), output_field=IntegerField())
    rows = Escalation.objects.select_related("handoff", "conversation__contact", "conversation__identity")
    waiting = list(rows.exclude(status=Escalation.Status.RESOLVED).order_by(urgent, "opened_at"))
    resolved = list(rows.filter(status=Escalation.Status.RESOLVED).order_by("-resolved_at")[:RESOLVED_SHOWN])
    names = inbox.staff_names(each.owner_id for each in [*waiting, *resolved])
    shown = [
        {
            "escalation": each,
            "name": inbox.title_of(business, each.conversation),
            "owner": names.get(each.owner_id or 0, ""),
            "mine": each.owner_id == request.user.pk,
        }
        for each in [*waiting, *resolved]
    ]
    context = {"waiting": shown[: len(waiting)], "resolved": shown[len(waiting) :], "nav_counts": inbox.counts()}
    return render(request, "desk/escalations.html", context)


@staff_page
@require_POST
def take(request: HttpRequest, escalation_id: int) -> HttpResponse:
    escalation = find(request, Escalation.objects.select_related("conversation"), pk=escalation_id)
    assert isinstance(request.user, User)
    try:
        acts.take(business_of(request), escalation, request.user)
    except acts.AlreadyTaken as error:
        owner = inbox.staff_names([error.owner_id]).get(error.owner_id or 0, "A colleague")
        messages.info(request, f"{owner} has it already.")
    return redirect("conversation", escalation.conversation_id)
