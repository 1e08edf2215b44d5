"""Send later: kept from the reply box, changed or cancelled in the list above it."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from conversations.models import Conversation
from escalations import drafts, later
from escalations.models import ScheduledMessage
from escalations.views import after, conversation_at, refused
from tenants.access import business_of, find, membership_of, staff_page

GONE = _("It went out or was cancelled meanwhile.")


class LaterForm(forms.Form):
    text = forms.CharField(
        max_length=4000,
        error_messages={
            "required": _("Write something first."),
            "max_length": _("This is too long for one message: at most 4,000 characters."),
        },
    )


@staff_page
@require_POST
def plan(request: HttpRequest, conversation_id: int) -> HttpResponse:
    """`text` is kept until `at` (a choice of the menu) or `at_time` (a date and time in the business's zone)."""
    conversation, business = conversation_at(request, conversation_id), business_of(request)
    form = LaterForm(request.POST)
    if not form.is_valid():
        return refused(request, conversation, str(form.errors["text"][0]))
    user = membership_of(request).user
    try:
        at = later.moment_in(business, request.POST.get("at") or request.POST.get("at_time", ""))
        later.plan(business, conversation, user, form.cleaned_data["text"], at)
    except later.NotPlanned as error:
        return refused(request, conversation, str(error))
    drafts.forget(conversation, user)
    return after(request, conversation)


@staff_page
@require_POST
def change(request: HttpRequest, scheduled_id: int) -> HttpResponse:
    scheduled = find(request, ScheduledMessage, pk=scheduled_id)
    conversation, form = conversation_at(request, scheduled.conversation_id), LaterForm(request.POST)
    if not form.is_valid():
        return after(request, conversation, str(form.errors["text"][0]))
    try:
        at = later.moment_in(business_of(request), request.POST.get("at_time", ""))
        done = later.change(business_of(request), scheduled, form.cleaned_data["text"], at)
    except later.NotPlanned as error:
        return after(request, conversation, str(error))
    return after(request, conversation, "" if done else str(GONE))


@staff_page
@require_POST
def cancel(request: HttpRequest, scheduled_id: int) -> HttpResponse:
    """`undo=1` takes it back."""
    scheduled = find(request, ScheduledMessage, pk=scheduled_id)
    act = later.uncancel if request.POST.get("undo") else later.cancel
    done = act(business_of(request), scheduled)
    conversation: Conversation = conversation_at(request, scheduled.conversation_id)
    return after(request, conversation, "" if done else str(GONE))
