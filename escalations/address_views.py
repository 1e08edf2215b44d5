"""Sending a place of the business: as a location where its coordinates are known, else as text."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from calendar_sync.models import Location
from conversations.models import Conversation
from escalations import acts, inbox
from escalations.views import after, conversation_at
from tenants.access import business_of, find, membership_of, staff_page

MOST = 9


@staff_page
@require_safe
def choices(request: HttpRequest, conversation_id: int) -> HttpResponse:
    """What can be sent, shown before it goes."""
    conversation = find(request, Conversation, pk=conversation_id)
    places = Location.objects.filter(active=True).exclude(address="", latitude=None).order_by("pk")[:MOST]
    return render(request, "desk/_address_choices.html", {"places": places, "conversation": conversation})


@staff_page
@require_POST
def send_address(request: HttpRequest, conversation_id: int, location_id: int) -> HttpResponse:
    conversation = conversation_at(request, conversation_id)
    location = find(request, Location, pk=location_id)
    if business_of(request).suspended or not inbox.window_open(conversation):
        return after(request, conversation, gettext("Nothing can be sent to them at the moment."))
    acts.send_place(business_of(request), conversation, membership_of(request).user, location)
    return after(request, conversation)
