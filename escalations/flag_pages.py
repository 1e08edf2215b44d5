"""The red flags: which are in force, what raises each, what is said at once; owners and admins change them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from agents import versions
from agents.flag_changes import FlagChange, Flags
from agents.flags import FlagInForce, flags_in_force, flags_of, said_at_once
from agents.models import AssistantVersion
from agents.runtime.red_flags import find as find_flag
from agents.versions import VersionRefused
from escalations.assistant_tabs import assistant_tabs
from escalations.flag_forms import LANGUAGES, NewFlagForm, PhrasesForm, SignpostsForm
from escalations.flag_rows import row_of, rows_of
from escalations.overview import overview
from tenants.access import business_of, manager_page, membership_of, staff_page
from tenants.audit import record
from tenants.events import publish as tell

LONGEST_TRIED = 1000
UNDO = "red_flag_change"  # of the session: the last change, until the next one
DONE = {
    "added": _("“{name}” is added to the draft."),
    "removed": _("“{name}” is removed from the draft."),
    "phrases_added": _("The phrases are added to the draft."),
    "phrase_removed": _("The phrase is taken from the draft."),
    "worded": _("The draft says it so."),
}


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What is looked at: the draft's red flags where there is a draft, else (or when asked for) the published ones."""

    live: AssistantVersion
    draft: AssistantVersion | None
    version: AssistantVersion
    editable: bool

    @property
    def is_draft(self) -> bool:
        return self.version.status == AssistantVersion.Status.DRAFT


def shown_to(request: HttpRequest) -> Shown:
    live, draft = versions.published(), versions.draft()
    may = membership_of(request).manages and not business_of(request).suspended
    asked = request.POST.get("show") or request.GET.get("show") or ("draft" if may else "now")
    version = draft if draft is not None and asked != "now" else live
    return Shown(live=live, draft=draft, version=version, editable=may and version is (draft or live))


@staff_page
@require_safe
def flags_page(request: HttpRequest) -> HttpResponse:
    """Everybody on the staff may read it and try it; owners and admins change it."""
    return _list(request)


@staff_page
@require_safe
def said_page(request: HttpRequest) -> HttpResponse:
    """The answer of the box alone: which flag a message raises, and what is said."""
    return render(request, "desk/_flag_said.html", _tried(request, shown_to(request)))


@staff_page
@require_safe
def flag_page(request: HttpRequest) -> HttpResponse:
    """`?name=`: one flag, phrase by phrase."""
    name = request.GET.get("name", "")
    return _flag(request, name) if name else redirect("red_flags")


@manager_page
@require_POST
def add_flag(request: HttpRequest) -> HttpResponse:
    form = NewFlagForm(request.POST, taken=[flag.name for flag in _flags_of(request, shown_to(request))])
    if not form.is_valid():
        return _list(request, form)
    data = form.cleaned_data
    return _done(request, "added", lambda flags: flags.add(data["name"], data["phrases"], data["signpost"]))


@manager_page
@require_POST
def remove_flag(request: HttpRequest) -> HttpResponse:
    return _done(request, "removed", lambda flags: flags.remove(_name(request)))


@manager_page
@require_POST
def add_phrases(request: HttpRequest) -> HttpResponse:
    form = PhrasesForm(request.POST, flag=_named(request), language="")
    if not form.is_valid():
        return _flag(request, _name(request), phrases=form)
    data = form.cleaned_data
    detail = {"language": data["language"], "count": len(data["phrases"])}
    return _done(
        request,
        "phrases_added",
        lambda flags: flags.add_phrases(_name(request), data["language"], data["phrases"]),
        **detail,
    )


@manager_page
@require_POST
def take_phrase(request: HttpRequest) -> HttpResponse:
    language, phrase = request.POST.get("language", ""), request.POST.get("phrase", "")
    return _done(
        request,
        "phrase_removed",
        lambda flags: flags.take_phrase(_name(request), language, phrase),
        language=language,
    )


@manager_page
@require_POST
def word_signposts(request: HttpRequest) -> HttpResponse:
    form = SignpostsForm(request.POST, flag=_named(request))
    if not form.is_valid():
        return _flag(request, _name(request), signposts=form)
    return _done(request, "worded", lambda flags: flags.word(_name(request), form.signposts))


@manager_page
@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    kept = request.session.pop(UNDO, None)
    draft = versions.draft()
    if kept is None or draft is None or kept["draft"] != draft.pk:
        messages.error(request, gettext("There is nothing to undo any more."))
        return redirect("red_flags")
    return _done(request, "undone", lambda flags: flags.take_back(kept["name"], kept["before"], kept["after"]))


def _done(request: HttpRequest, act: str, change: Callable[[Flags], FlagChange], **detail: Any) -> HttpResponse:
    """Do it in the draft, with an entry in the audit trail and a way back; then show where it was done."""
    had_draft = versions.draft() is not None
    try:
        done = change(Flags(business=business_of(request), user_id=membership_of(request).user_id))
    except VersionRefused as refused:
        messages.error(request, str(refused))
        return redirect("red_flags")
    if not had_draft:
        _record(request, "assistant.drafted", done)
    if done.before == done.after:
        return _to(done)
    _record(request, f"red_flag.{act}", done, flag=done.name, **detail)
    tell(business_of(request), "assistant", done.draft.pk)
    if act == "undone":
        messages.success(request, gettext("Undone."))
        return _to(done)
    request.session[UNDO] = {
        "draft": done.draft.pk,
        "name": done.name,
        "before": done.before,
        "after": done.after,
        "said": DONE[act].format(name=done.name),
    }
    return _to(done, changed="1")


def _record(request: HttpRequest, action: str, done: FlagChange, **detail: Any) -> None:
    record(business_of(request), membership_of(request).user, action, f"version {done.draft.number}", **detail)


def _to(done: FlagChange, **query: str) -> HttpResponse:
    """The flag's page; the list when the flag isn't there any more."""
    if done.after is None:
        return redirect(f"{reverse('red_flags')}?{urlencode(query)}")
    return redirect(f"{reverse('red_flag')}?{urlencode({'name': done.name} | query)}")


def _list(request: HttpRequest, new: NewFlagForm | None = None) -> HttpResponse:
    shown, business = shown_to(request), business_of(request)
    live = flags_in_force(business, shown.live.red_flags)
    flags = flags_in_force(business, shown.version.red_flags)
    context = _around(request, shown, "red_flags") | {
        "rows": rows_of(flags, live, business.language[:2]),
        "leaving": [flag.name for flag in live if flag.name not in {each.name for each in flags}],
        "new": new or NewFlagForm(),
        **_tried(request, shown),
    }
    return render(request, "desk/red_flags.html", context, status=422 if new else 200)


def _flag(
    request: HttpRequest,
    name: str,
    *,
    phrases: PhrasesForm | None = None,
    signposts: SignpostsForm | None = None,
) -> HttpResponse:
    shown, business = shown_to(request), business_of(request)
    flag = _of_name(_flags_of(request, shown), name)
    live = next((each for each in flags_in_force(business, shown.live.red_flags) if each.name == name), None)
    language = business.language[:2]
    context = _around(request, shown, "red_flag", name=name) | {
        "row": row_of(flag, live, language),
        "phrases": phrases or PhrasesForm(flag=flag, language=language),
        "signposts": signposts or SignpostsForm(flag=flag),
        "built_in_count": sum(len(each.built_in) for each in flag.wordings),
    }
    return render(request, "desk/red_flag.html", context, status=422 if phrases or signposts else 200)


def _around(request: HttpRequest, shown: Shown, here: str, **query: str) -> dict[str, Any]:
    undoable = request.session.get(UNDO) if request.GET.get("changed") and shown.is_draft else None
    views = []
    if shown.draft is not None and shown.draft.red_flags != shown.live.red_flags:
        for label, show, active in (
            (gettext("Draft"), "draft", shown.is_draft),
            (gettext("In force now"), "now", not shown.is_draft),
        ):
            views.append(
                {"label": label, "url": f"{reverse(here)}?{urlencode(query | {'show': show})}", "active": active}
            )
    return {
        "section": "assistant",
        "tabs": assistant_tabs("red_flags"),
        "views": views,
        "shown": shown,
        "undoable": undoable,
        "nav_counts": overview(business_of(request)),
    }


def _tried(request: HttpRequest, shown: Shown) -> dict[str, Any]:
    """What the box of `?say=` holds, and what would come of it."""
    business, said = business_of(request), " ".join(request.GET.get("say", "").split())[:LONGEST_TRIED]
    raised = find_flag(said, flags_of(business, shown.version.red_flags)) if said else None
    return {
        "say": said,
        "shown": shown,
        "raised": raised,
        "answer": said_at_once(raised.signpost, business) if raised else "",
        "language": LANGUAGES.get(raised.language, "") if raised and raised.language else "",
    }


def _flags_of(request: HttpRequest, shown: Shown) -> tuple[FlagInForce, ...]:
    return flags_in_force(business_of(request), shown.version.red_flags)


def _of_name(flags: Iterable[FlagInForce], name: str) -> FlagInForce:
    found = next((flag for flag in flags if flag.name == name), None)
    if found is None:
        raise Http404("no red flag of that name")
    return found


def _name(request: HttpRequest) -> str:
    return request.POST.get("name", "")


def _named(request: HttpRequest) -> FlagInForce:
    return _of_name(_flags_of(request, shown_to(request)), _name(request))
