"""Whether messages may go out by themselves to a contact: what stands, since when, and by whose word."""

from django.contrib import messages
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from conversations import opting_out
from conversations.models import ConsentChange, Contact
from escalations.people import name_of
from tenants.access import business_of, find, membership_of, staff_page
from tenants.audit import record

SHOWN = 10


def history(contact_id: str) -> ArraySubquery:
    """To annotate a contact with: the newest changes as [{"to", "way", "text", "who", "at"}]."""
    rows = ConsentChange.objects.filter(contact=OuterRef(contact_id)).annotate(who=name_of("staff_id"))
    told = JSONObject(to=F("to"), way=F("way"), text=F("text"), who=F("who"), at=F("at"))
    return ArraySubquery(rows.order_by("-at", "-pk").values(told=told)[:SHOWN])


@staff_page
@require_POST
def change(request: HttpRequest, contact_id: int) -> HttpResponse:
    """`to`: in or out; `text`: how they said so."""
    contact, user = find(request, Contact, pk=contact_id), membership_of(request).user
    to, text = request.POST.get("to", ""), request.POST.get("text", "").replace("\x00", "").strip()
    if to not in ConsentChange.To.values:
        messages.error(request, gettext("Choose whether they may be written to."))
    elif to == ConsentChange.To.IN and not text:
        messages.error(request, gettext("Write down how they agreed, such as: told me on the phone on Monday."))
    elif opting_out.set_by_staff(contact, user, to, text):
        record(business_of(request), user, f"consent.{to}", f"contact {contact.pk}")
        messages.success(request, gettext("Noted."))
    return redirect("contact", contact.pk)
