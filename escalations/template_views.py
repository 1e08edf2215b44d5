"""The form under a conversation whose 24 hours are over: which template, its blanks, how it will read."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from conversations.models import Conversation, MessageTemplate
from conversations.placeholders import names_in
from conversations.service_window import window_of
from escalations import inbox, shut_window
from escalations.inbox_address import is_id
from escalations.shut_window import NotSendable
from escalations.views import after, conversation_at
from tenants.access import business_of, membership_of, staff_page


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def template_form(request: HttpRequest, conversation_id: int) -> HttpResponse:
    """GET shows it, filled in as far as it is known or typed; POST sends."""
    conversation, business = conversation_at(request, conversation_id), business_of(request)
    given = request.POST if request.method == "POST" else request.GET
    choices = shut_window.usable(business, conversation)
    chosen = _chosen(given.get("template", ""), choices)
    context = _context(request, conversation) | {"choices": choices, "chosen": chosen}
    if chosen is None:
        return _shown(request, context, 422 if request.method == "POST" else 200)
    known = shut_window.known_values(business, conversation, chosen)
    values = {name: given.get(f"blank-{name}", known[name]).replace("\x00", "") for name in known}
    wrong: dict[str, str] = {}
    if request.method == "POST":
        wrong = shut_window.missing(values)
        if not wrong:
            try:
                shut_window.send(business, conversation, membership_of(request).user, chosen, values)
                return after(request, conversation)
            except NotSendable as error:
                context["refusal"] = str(error)
    context |= {
        "blanks": [_blank(chosen, name, values[name], wrong.get(name, "")) for name in names_in(chosen.approved_body)],
        "preview": shut_window.preview(chosen, values),
    }
    return _shown(request, context, 422 if request.method == "POST" else 200)


def _chosen(asked: str, choices: Any) -> MessageTemplate | None:
    by_id = {str(each.pk): each for each in choices}
    return by_id.get(asked) or (None if is_id(asked) else next(iter(choices), None))


def _blank(template: MessageTemplate, name: str, value: str, error: str) -> dict[str, str]:
    sample = template.samples.get(name, "")
    return {"name": name, "label": shut_window.label_of(name), "value": value, "error": error, "sample": sample}


def _context(request: HttpRequest, conversation: Conversation) -> dict[str, Any]:
    window = window_of(conversation)
    return {
        "conversation": conversation,
        "title": inbox.title_of(business_of(request), conversation),
        "nothing": window.words if window.way == "nothing" else "",
        "manages": membership_of(request).manages,
        "section": "inbox",
    }


def _shown(request: HttpRequest, context: dict[str, Any], status: int) -> HttpResponse:
    live = "HX-Request" in request.headers
    response = render(request, "desk/_template_form.html" if live else "desk/template.html", context, status=status)
    if live and request.method == "POST":
        response["HX-Retarget"], response["HX-Reswap"] = "#template-form", "outerHTML"
    return response
