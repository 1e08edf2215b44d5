"""`/b/<slug>/settings/templates/`: every template of each number, what WhatsApp says of it and what to do about it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from conversations import template_list
from conversations.automatic_pages import TONES
from conversations.channel_pages import said_of
from conversations.channels.base import ChannelError
from conversations.channels.registry import adapter_for
from conversations.models import Channel, MessageTemplate
from conversations.placeholders import filled
from conversations.template_approval import SAMPLES
from tenants.access import business_of, find, manager_page, membership_of
from tenants.audit import record
from tenants.models import ChannelKind
from tenants.phone_numbers import readable

State, Purpose = MessageTemplate.State, MessageTemplate.Purpose
# What to do about one that was made at WhatsApp, by its state.
NEXT = {
    State.DRAFT: _("Nobody has handed it in at WhatsApp. Do that where it was made."),
    State.SUBMITTED: _("Nothing to do: WhatsApp answers within minutes to days."),
    State.APPROVED: _("You can send it from a conversation whose 24 hours are over."),
    State.REJECTED: _("Change it where it was made and hand it in again."),
    State.PAUSED: _("Too many people blocked or reported it. It may come back by itself, else change it."),
    State.GONE: _("It was deleted where it was made. What was sent with it stays in the conversations."),
}
OURS_NEXT = {
    State.APPROVED: _("It goes out by itself, and you can send it from a conversation."),
    State.SUBMITTED: _("Nothing to do: WhatsApp answers within minutes to days."),
}
ASK = _("Ask for approval under Messages that go out.")
ADVERTISING = _("It counts as advertising: only to people who agreed to get it.")


@manager_page
@require_safe
def templates_page(request: HttpRequest) -> HttpResponse:
    context = {"rows": [_row(each) for each in _channels()], "section": "settings"}
    return render(request, "conversations/settings_templates.html", context)


@manager_page
@require_POST
def read_again(request: HttpRequest, channel_id: int) -> HttpResponse:
    """Ask the vendor now instead of within the hour."""
    business = business_of(request)
    channel = find(request, Channel.objects.filter(active=True), pk=channel_id)
    record(business, membership_of(request).user, "templates.read", f"channel {channel.pk}")
    try:
        found = template_list.read(business, channel)
    except ChannelError as error:
        messages.error(request, said_of(channel, error))
    else:
        messages.success(
            request,
            gettext("Read: %(count)s made at WhatsApp.") % {"count": found}
            if found
            else gettext("Read: none were made at WhatsApp."),
        )
    return redirect("settings_templates")


def _channels() -> list[Channel]:
    rows = Channel.objects.filter(active=True).exclude(kind=ChannelKind.SIMULATOR).order_by("pk")
    return [each for each in rows if adapter_for(each.kind).has_window]


def _row(channel: Channel) -> dict[str, Any]:
    rows = MessageTemplate.objects.filter(channel=channel).order_by("purpose", "name", "language", "pk")
    return {
        "channel": channel,
        "number": readable(channel.number or channel.address),
        "templates": [_shown(each) for each in rows],
    }


def _shown(template: MessageTemplate) -> dict[str, Any]:
    tone, icon = TONES[State(template.state)]
    made_there = template.purpose == Purpose.OTHER
    advice = str(NEXT[State(template.state)] if made_there else OURS_NEXT.get(State(template.state), ASK))
    if template.unfit:
        tone, advice = "quiet", gettext("It can’t be sent from here.") + " " + gettext(template.unfit)
    return {
        "template": template,
        "title": template.title,
        "tone": tone,
        "icon": icon,
        "advice": advice,
        "advertising": ADVERTISING if template.category == "marketing" and not template.unfit else "",
        "text": filled(template.body, SAMPLES | template.samples),
    }
