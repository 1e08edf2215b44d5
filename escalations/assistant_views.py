"""The assistant as the business configures it: what answers now, the draft of what comes next, every version before."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from agents import gates, versions
from agents.differences import differences
from agents.flags import flags_in_force
from agents.models import AssistantVersion
from escalations.assistant_tabs import assistant_tabs
from escalations.draft_form import Editor
from escalations.overview import overview
from escalations.people import name_of
from tenants.access import business_of, find, manager_page, membership_of, staff_page
from tenants.audit import record
from tenants.events import publish as tell

SHOWN = 50
Status = AssistantVersion.Status


def _or_refused(act: Callable[[HttpRequest, int], HttpResponse]) -> Callable[[HttpRequest, int], HttpResponse]:
    """What a version doesn't allow is said above the page."""

    @wraps(act)
    def run(request: HttpRequest, version_id: int) -> HttpResponse:
        try:
            return act(request, version_id)
        except versions.VersionRefused as refused:
            messages.error(request, str(refused))
            return redirect("assistant")

    return run


@staff_page
@require_safe
def assistant_page(request: HttpRequest) -> HttpResponse:
    """Everybody on the staff may read it; owners and admins change it."""
    return _page(request)


@manager_page
@require_POST
@_or_refused
def new_draft(request: HttpRequest, version_id: int) -> HttpResponse:
    """A draft made from that version."""
    base = find(request, AssistantVersion, pk=version_id)
    made = versions.make_draft(base, membership_of(request).user_id)
    _record(request, "assistant.drafted", made, base=base.number)
    return redirect("assistant")


@manager_page
@require_POST
@_or_refused
def save_draft(request: HttpRequest, version_id: int) -> HttpResponse:
    draft = find(request, AssistantVersion, pk=version_id)
    editor = Editor(draft, request.POST)
    if not editor.is_valid():
        return _page(request, editor, status=422)
    changed = versions.edit(draft.pk, editor.changes)
    if changed:
        _record(request, "assistant.edited", draft)
    messages.success(request, gettext("The draft is saved. Nothing changes for patients until it is published."))
    return redirect("assistant")


@manager_page
@require_POST
@_or_refused
def publish_draft(request: HttpRequest, version_id: int) -> HttpResponse:
    draft = find(request, AssistantVersion, pk=version_id)
    new = versions.publish(draft.pk, membership_of(request).user_id)
    _record(request, "assistant.published", new)
    messages.success(
        request, gettext("Version %(new)s is published. It answers from the next message on.") % {"new": new.number}
    )
    return redirect("assistant")


@manager_page
@require_POST
@_or_refused
def roll_back(request: HttpRequest, version_id: int) -> HttpResponse:
    old = find(request, AssistantVersion, pk=version_id)
    new = versions.roll_back(old.pk, membership_of(request).user_id)
    _record(request, "assistant.rolled_back", new, base=old.number)
    messages.success(
        request,
        gettext("Back to version %(old)s, which answers as version %(new)s from now on.")
        % {"old": old.number, "new": new.number},
    )
    return redirect("assistant")


@manager_page
@require_POST
@_or_refused
def discard_draft(request: HttpRequest, version_id: int) -> HttpResponse:
    draft = find(request, AssistantVersion, pk=version_id)
    versions.discard(draft.pk)
    _record(request, "assistant.discarded", draft)
    messages.success(request, gettext("The draft is discarded. You can bring it back from the list of versions."))
    return redirect("assistant")


@manager_page
@require_POST
@_or_refused
def bring_back_draft(request: HttpRequest, version_id: int) -> HttpResponse:
    gone = find(request, AssistantVersion, pk=version_id)
    versions.bring_back(gone.pk)
    _record(request, "assistant.brought_back", gone)
    return redirect("assistant")


@staff_page
@require_safe
def compare_page(request: HttpRequest, version_id: int) -> HttpResponse:
    """That version against another one (`?with=`; the one it was made from by default)."""
    version = find(request, AssistantVersion.objects.select_related("base"), pk=version_id)
    rows = list(_versions())
    asked = request.GET.get("with", "")
    other = next((each for each in rows if str(each.pk) == asked), None) or version.base or rows[-1]
    old, new = sorted((version, other), key=lambda each: each.number)
    context = {
        "tabs": assistant_tabs("assistant"),
        "section": "assistant",
        "version": version,
        "other": other,
        "old": old,
        "new": new,
        "differences": differences(old, new),
        "versions": rows,
        "nav_counts": overview(business_of(request)),
    }
    return render(request, "desk/assistant_compare.html", context)


def _page(request: HttpRequest, editor: Editor | None = None, status: int = 200) -> HttpResponse:
    business, now = business_of(request), overview(business_of(request))
    rows = list(_versions())
    draft = next((each for each in rows if each.status == Status.DRAFT), None)
    live = next((each for each in rows if each.status == Status.PUBLISHED), None) or versions.published()
    editable = membership_of(request).manages and not business.suspended
    context: dict[str, Any] = {
        "tabs": assistant_tabs("assistant"),
        "section": "assistant",
        "version": live,
        "versions": rows,
        "draft": draft,
        "editable": editable,
        "key_missing": not settings.ANTHROPIC_API_KEY,
        "red_flags": flags_in_force(business, live.red_flags),
        "assistant": now.assistant,
        "nav_counts": now,
    }
    if draft is not None:
        context |= {"missing": gates.may_publish(draft), "changed": bool(differences(live, draft))}
        context["editor"] = editor or Editor(draft)
    return render(request, "desk/assistant.html", context, status=status)


def _versions() -> QuerySet[AssistantVersion]:
    """Newest first, with the names of who made and who published them."""
    return AssistantVersion.objects.select_related("base").annotate(
        maker=name_of("made_by_id"), publisher=name_of("published_by_id")
    )[:SHOWN]


def _record(request: HttpRequest, action: str, version: AssistantVersion, **detail: Any) -> None:
    business = business_of(request)
    record(business, membership_of(request).user, action, f"version {version.number}", **detail)
    tell(business, "assistant", version.pk)
