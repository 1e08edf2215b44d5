"""The list of entries with its test box, and one entry: see, change, remove, bring back."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agents.knowledge import embedding, entries, gaps
from agents.knowledge.search import search
from agents.models import KnowledgeEntry
from agents.privacy.pseudonyms import Pseudonyms
from escalations.assistant_tabs import assistant_tabs
from escalations.knowledge.examples import examples_for
from escalations.knowledge.forms import LANGUAGES, EntryForm
from escalations.overview import overview
from escalations.people import name_by_id
from tenants import clock
from tenants.access import business_of, find, membership_of, staff_page
from tenants.audit import record

PAGE = 40
FOUND = 5
SHOWN = {
    "": _("All"),
    "now": _("Valid today"),
    "later": _("Not valid yet"),
    "over": _("Expired"),
    "removed": _("Removed"),
}


def surroundings(request: HttpRequest, here: str, *, count: int | None = None) -> dict[str, Any]:
    """What every knowledge page shows around its own; `here`: its url name."""
    open_gaps = gaps.open_count() if count is None else count
    tabs = [
        each | ({"count": open_gaps} if each["label"] == gettext("Knowledge") else {})
        for each in assistant_tabs("knowledge")
    ]
    views = [
        {"label": gettext("Entries"), "url": reverse("knowledge"), "active": here == "knowledge"},
        {
            "label": gettext("Questions without an answer"),
            "url": reverse("knowledge_gaps"),
            "active": here == "knowledge_gaps",
            "count": open_gaps,
        },
    ]
    return {"section": "assistant", "tabs": tabs, "views": views, "nav_counts": overview(business_of(request))}


def today(request: HttpRequest) -> dt.date:
    return clock.local_now(business_of(request).timezone).date()


@staff_page
@require_safe
def knowledge_page(request: HttpRequest) -> HttpResponse:
    query = _text(request, "q")
    language = request.GET.get("language", "")
    shown = request.GET.get("show", "")
    shown = shown if shown in SHOWN else ""
    rows = _matching(query, language, shown, today(request))
    page = Paginator(rows.order_by("-changed_at", "-pk"), PAGE).get_page(_text(request, "page")[:9] or "1")
    filters = {"q": query, "language": language, "show": shown}
    context = surroundings(request, "knowledge") | {
        "page": page,
        "rows": [{"entry": each} | _state(each, today(request)) for each in page],
        "filters": filters,
        "filtered": any(filters.values()),
        "page_query": urlencode({name: value for name, value in filters.items() if value}),
        "languages": [("", gettext("Every language")), *LANGUAGES.items()],
        "states": list(SHOWN.items()),
        "examples": examples_for(business_of(request).kind),
        "removed": _removed(request),
        **_tested(request),
    }
    return render(request, "knowledge/list.html", context)


@staff_page
@require_safe
def find_page(request: HttpRequest) -> HttpResponse:
    """The test box alone: what would be found."""
    return render(request, "knowledge/_found.html", _tested(request))


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def entry_page(request: HttpRequest, knowledge_entry_id: int) -> HttpResponse:
    entry = find(request, KnowledgeEntry, pk=knowledge_entry_id)
    if request.method == "POST":
        form = EntryForm(request.POST)
        if form.is_valid():
            entries.change(entry, form.writing())
            _recorded(request, "knowledge.changed", entry)
            messages.success(request, gettext("Saved. The assistant answers from it at once."))
            return redirect("knowledge_entry", entry.pk)
    else:
        names = ("title", "body", "language", "valid_from", "valid_until")
        form = EntryForm(initial={name: getattr(entry, name) for name in names})
    context = surroundings(request, "") | {
        "entry": entry,
        "form": form,
        "chunks": entry.chunks.all(),
        "made_by": name_by_id(entry.made_by_id) if entry.made_by_id else "",
        **_state(entry, today(request)),
    }
    return render(request, "knowledge/entry.html", context, status=422 if form.errors else 200)


@staff_page
@require_POST
def remove(request: HttpRequest, knowledge_entry_id: int) -> HttpResponse:
    entry = find(request, KnowledgeEntry, pk=knowledge_entry_id)
    if entries.remove(entry):
        _recorded(request, "knowledge.removed", entry)
    return redirect(f"{reverse('knowledge')}?removed={entry.pk}")


@staff_page
@require_POST
def restore(request: HttpRequest, knowledge_entry_id: int) -> HttpResponse:
    entry = find(request, KnowledgeEntry, pk=knowledge_entry_id)
    if entries.restore(entry):
        _recorded(request, "knowledge.restored", entry)
        messages.success(request, gettext("“%(title)s” is back.") % {"title": entry.title})
    return redirect("knowledge_entry", entry.pk)


def _matching(query: str, language: str, shown: str, day: dt.date) -> QuerySet[KnowledgeEntry]:
    rows = KnowledgeEntry.objects.filter(removed_at__isnull=shown != "removed")
    if query:
        rows = rows.filter(Q(title__icontains=query) | Q(body__icontains=query))
    if language in LANGUAGES:
        rows = rows.filter(language=language)
    states = {"now": entries.valid_on(day), "later": Q(valid_from__gt=day), "over": Q(valid_until__lt=day)}
    return rows.filter(states[shown]) if shown in states else rows


def _state(entry: KnowledgeEntry, day: dt.date) -> dict[str, Any]:
    if entry.removed_at:
        state = "removed"
    elif entry.valid_from and entry.valid_from > day:
        state = "later"
    else:
        state = "over" if entry.valid_until and entry.valid_until < day else "now"
    return {"state": state, "language": LANGUAGES.get(entry.language, entry.language)}


def _removed(request: HttpRequest) -> KnowledgeEntry | None:
    given = _text(request, "removed")
    if not given.isdecimal() or not given.isascii() or len(given) > 18:
        return None
    return KnowledgeEntry.objects.filter(pk=int(given), removed_at__isnull=False).first()


def _tested(request: HttpRequest) -> dict[str, Any]:
    question = _text(request, "ask")
    found = search(question, on=today(request), limit=FOUND, vector=_vector(request, question)) if question else []
    return {"question": question, "found": [{"passage": each, "share": round(each.rank * 100)} for each in found]}


def _vector(request: HttpRequest, question: str) -> embedding.Vector | None:
    if not embedding.configured():
        return None
    business = business_of(request)
    return embedding.think_of(Pseudonyms(country=business.country, language=business.language).redact(question).text)


def _text(request: HttpRequest, name: str) -> str:
    return request.GET.get(name, "").replace("\x00", "").strip()[:200]


def _recorded(request: HttpRequest, act: str, entry: KnowledgeEntry) -> None:
    record(business_of(request), membership_of(request).user, act, f"knowledge entry {entry.pk}")
