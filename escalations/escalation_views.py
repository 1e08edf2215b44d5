"""The list of escalations: reason, age, owner; take one."""

from django.contrib import messages
from django.db.models import Case, IntegerField, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from conversations.models import Handoff
from escalations import acts, clock_words, inbox, promise_views
from escalations.models import Escalation
from escalations.overview import overview
from escalations.people import name_by_id, name_of
from tenants.access import business_of, find, membership_of, staff_page
from tenants.models import Business

WAITING_SHOWN = 200
RESOLVED_SHOWN = 20


@staff_page
@require_safe
def escalations_page(request: HttpRequest) -> HttpResponse:
    business = business_of(request)
    urgent = Case(
        When(handoff__reason=Handoff.Reason.RED_FLAG, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    rows = Escalation.objects.select_related("handoff", "conversation__contact", "conversation__identity")
    rows = rows.annotate(owner_name=name_of("owner_id"))
    waiting = rows.exclude(status=Escalation.Status.RESOLVED).order_by(urgent, "opened_at")[:WAITING_SHOWN]
    resolved = rows.filter(status=Escalation.Status.RESOLVED).order_by("-resolved_at")[:RESOLVED_SHOWN]
    context = {
        "waiting": [_shown(business, each) for each in waiting],
        "resolved": [_shown(business, each) for each in resolved],
        "can_act": not business.suspended,
        "tabs": promise_views.tabs("escalations"),
        "nav_counts": overview(business),
    }
    return render(request, "desk/escalations.html", context)


def _shown(business: Business, escalation: Escalation) -> dict[str, object]:
    name = inbox.title_of(business, escalation.conversation)
    return {"escalation": escalation, "name": name, "due": clock_words.of_escalation(escalation)}


@staff_page
@require_POST
def take(request: HttpRequest, escalation_id: int) -> HttpResponse:
    escalation = find(request, Escalation, pk=escalation_id)
    try:
        acts.take(business_of(request), escalation, membership_of(request).user)
    except acts.AlreadyTaken as error:
        messages.info(
            request, gettext("%(name)s was quicker and has this conversation.") % {"name": name_by_id(error.owner_id)}
        )
    except acts.AlreadyResolved:
        messages.info(request, gettext("This was dealt with meanwhile."))
    return redirect("conversation", escalation.conversation_id)
