"""Help with the reply in the box: better words, or the patient's language. It never sends, and can be undone."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from agents import writing_help
from agents.errors import RedactionFailed
from agents.types import Veil
from agents.writing_help import NoHelp
from conversations import rehearsing
from conversations.automatic_texts import LANGUAGES, language_for
from conversations.models import Conversation
from escalations.contacts.details import NAMES
from escalations.views import conversation_at
from tenants.access import business_of, staff_page
from tenants.models import Business

IN_ENGLISH = {"en": "English", "de": "German", "es": "Spanish", "fr": "French", "pt": "Portuguese"}  # for the model


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def writing_help_for(request: HttpRequest, conversation_id: int) -> HttpResponse:
    """GET: what can be done. POST `task` (improve, translate) with `text` and `language`: the new text."""
    business, conversation = business_of(request), conversation_at(request, conversation_id)
    context: dict[str, Any] = {
        "conversation": conversation,
        "configured": writing_help.is_configured(),
        "language": language_for(conversation.contact.language, business.language),
        "languages": [(code, NAMES[code]) for code in LANGUAGES],
    }
    if request.method == "POST":
        try:
            context["written"] = _rewritten(business, conversation, request)
        except NoHelp as error:
            context["error"] = error.why
    status = 422 if context.get("error") else 200
    return render(request, "desk/_writing_help.html", context, status=status)


def _rewritten(business: Business, conversation: Conversation, request: HttpRequest) -> str:
    text, language = request.POST.get("text", "").replace("\x00", "").strip(), request.POST.get("language", "")
    if not text:
        raise NoHelp(why=gettext("Write something in the box first."))
    if len(text) > writing_help.LONGEST:
        raise NoHelp(why=gettext("This is too long for one message: at most 4,000 characters."))
    if request.POST.get("task") == "translate":
        if language not in IN_ENGLISH:
            raise NoHelp(why=gettext("Choose a language."))
        return writing_help.rewritten(
            business, conversation.pk, _veil(business, conversation), text, "translate", IN_ENGLISH[language]
        )
    return writing_help.rewritten(business, conversation.pk, _veil(business, conversation), text, "improve")


def _veil(business: Business, conversation: Conversation) -> Veil:
    """The conversation's own; what it finds is used once and not stored."""
    try:
        return rehearsing.veil_of(business, conversation)
    except RedactionFailed:
        raise NoHelp(
            why=gettext("The personal data in it could not be hidden, so it was not sent to the model.")
        ) from None
