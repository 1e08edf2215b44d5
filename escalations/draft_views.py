"""What the reply box sends by itself: the draft, and that somebody looks."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from conversations.models import Conversation
from escalations import company, drafts
from tenants.access import business_of, find, membership_of, staff_page


@staff_page
@require_POST
def keep(request: HttpRequest, conversation_id: int) -> HttpResponse:
    conversation = find(request, Conversation, pk=conversation_id)
    text = request.POST.get("text", "").replace("\x00", "")
    drafts.keep(business_of(request), conversation, membership_of(request).user, text)
    return HttpResponse(status=204)


@staff_page
@require_POST
def look(request: HttpRequest, conversation_id: int) -> HttpResponse:
    """Who else is here; asked again and again by an open page."""
    conversation = find(request, Conversation, pk=conversation_id)
    others = company.looks(business_of(request), conversation, membership_of(request).user)
    return render(request, "desk/_company.html", {"company": others})
