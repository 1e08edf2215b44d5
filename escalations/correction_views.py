"""Corrections: staff mark a reply in its thread, managers decide; the saved cases and how versions do in them."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agents import cases, corrections, versions
from agents.errors import RedactionFailed
from agents.models import AssistantVersion, CaseRun, Correction, SavedCase, Turn
from conversations import case_runs
from conversations.models import Conversation, Message
from conversations.rehearsing import hidden
from escalations import step_words
from escalations.assistant_tabs import assistant_tabs
from escalations.correction_forms import ApproveForm, MarkForm
from escalations.overview import overview
from escalations.people import name_of
from tenants.access import business_of, find, manager_page, membership_of, staff_page
from tenants.audit import record

SHOWN = 60
Status = Correction.Status


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def mark_page(request: HttpRequest, conversation_id: int, message_id: int) -> HttpResponse:
    """Anybody on the staff may say that a reply of the assistant was wrong."""
    business, user = business_of(request), membership_of(request).user
    rows = Message.objects.select_related("conversation__contact").filter(
        author=Message.Author.ASSISTANT, turn_id__isnull=False
    )
    message = find(request, rows, pk=message_id, conversation_id=conversation_id)
    turn = find(request, Turn, pk=message.turn_id)
    form = MarkForm(request.POST or None, initial={"should_say": message.text})
    context = {"form": form, "message": message, "section": "inbox", "nav_counts": overview(business)}
    if request.method != "POST" or not form.is_valid():
        return render(request, "desk/correction_mark.html", context, status=422 if form.is_bound else 200)
    mended = form.cleaned_data["should_say"]
    try:
        with transaction.atomic():
            said = "" if mended.split() == message.text.split() else hidden(business, message.conversation, mended)
            made = corrections.mark(turn, message.pk, form.cleaned_data["because"], should_say=said, user_id=user.pk)
            record(business, user, "correction.made", f"correction {made.pk}")
    except RedactionFailed:
        form.add_error("should_say", gettext("This could not be made safe to keep. Leave names and numbers out."))
        return render(request, "desk/correction_mark.html", context, status=422)
    except corrections.CorrectionRefused as refused:
        messages.info(request, str(refused))
    else:
        messages.success(request, gettext("Noted. An owner or admin decides what becomes of it."))
    return redirect("conversation", conversation_id)


@staff_page
@require_safe
def corrections_page(request: HttpRequest) -> HttpResponse:
    """What waits for a decision, what was learnt, and the saved cases on the version that is being worked on."""
    rows = Correction.objects.annotate(maker=name_of("made_by_id"), decider=name_of("decided_by_id"))
    version, rules = versions.draft() or versions.published(), _rules()
    runs = CaseRun.objects.filter(version=version, at__gte=version.changed_at).order_by("-at", "-pk")
    saved = SavedCase.objects.filter(active=True).order_by("-pk").prefetch_related(Prefetch("runs", queryset=runs))
    shown = [_case(each) for each in saved[:SHOWN]]
    done = [each for each in shown if each["run"]]
    context = {
        "tabs": assistant_tabs("corrections"),
        "section": "assistant",
        "candidates": rows.filter(status=Status.CANDIDATE).order_by("-pk")[:SHOWN],
        "decided": [
            {"correction": each, "rule": rules.get(each.rule_id, "")}
            for each in rows.exclude(status=Status.CANDIDATE).select_related("entry").order_by("-decided_at")[:SHOWN]
        ],
        "cases": shown,
        "done": len(done),
        "passed": sum(each["run"].passed for each in done),
        "running": case_runs.is_running(business_of(request), version),
        "version": version,
        "editable": membership_of(request).manages and not business_of(request).suspended,
        "nav_counts": overview(business_of(request)),
    }
    return render(request, "desk/corrections.html", context)


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def correction_page(request: HttpRequest, correction_id: int) -> HttpResponse:
    """One correction in its conversation; owners and admins approve it here."""
    business, member = business_of(request), membership_of(request)
    rows = Correction.objects.select_related("turn", "entry", "case").annotate(maker=name_of("made_by_id"))
    correction = find(request, rows, pk=correction_id)
    form = ApproveForm(request.POST or None, correction=correction, language=business.language)
    if request.method == "POST":
        if not member.manages:
            raise Http404("not for this role")
        if form.is_valid():
            approval = form.approval
            return _decided(
                request, correction, "approved", lambda user: corrections.approve(correction.pk, approval, user)
            )
    heard = cases.entries_of(corrections.heard_before(correction.turn)) if correction.turn else ()
    context = {
        "tabs": assistant_tabs("corrections"),
        "section": "assistant",
        "correction": correction,
        "heard": [each for each in heard if each.text],
        "rule": _rules().get(correction.rule_id, ""),
        "case": getattr(correction, "case", None),
        "form": form,
        "editable": member.manages and not business.suspended and correction.status == Status.CANDIDATE,
        "conversation_there": Conversation.objects.filter(pk=correction.conversation_id).exists(),
        "nav_counts": overview(business),
    }
    return render(request, "desk/correction.html", context, status=422 if form.is_bound else 200)


@manager_page
@require_POST
def reject(request: HttpRequest, correction_id: int) -> HttpResponse:
    correction = find(request, Correction, pk=correction_id)
    return _decided(request, correction, "rejected", lambda user: corrections.reject(correction.pk, user))


@manager_page
@require_POST
def revert(request: HttpRequest, correction_id: int) -> HttpResponse:
    correction = find(request, Correction, pk=correction_id)
    return _decided(request, correction, "reverted", lambda user: corrections.revert(correction.pk, user))


@manager_page
@require_POST
def run_cases(request: HttpRequest, version_id: int) -> HttpResponse:
    version = find(request, AssistantVersion, pk=version_id)
    with transaction.atomic():
        case_runs.ask(business_of(request), version)
    messages.info(request, gettext("The saved cases are being run. This page shows how they do."))
    return redirect("corrections")


def _decided(request: HttpRequest, correction: Correction, act: str, decide: Any) -> HttpResponse:
    said = {
        "approved": gettext("Learnt: it stands in the draft or in what the business tells, with a saved case."),
        "rejected": gettext("Put aside. Nothing changes."),
        "reverted": gettext("Taken back: the rule or entry and its case rest."),
    }
    user = membership_of(request).user
    try:
        with transaction.atomic():
            decide(user.pk)
            record(business_of(request), user, f"correction.{act}", f"correction {correction.pk}")
    except (corrections.CorrectionRefused, versions.VersionRefused) as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, said[act])
    return redirect("corrections")


def _rules() -> dict[str, str]:
    """The words of each rule by its id, as the draft has them, else the published version."""
    found = [version for version in (versions.published(), versions.draft()) if version is not None]
    return {str(each.get("id", "")): str(each.get("text", "")) for version in found for each in version.rules}


def _case(case: SavedCase) -> dict[str, Any]:
    runs = list(case.runs.all())
    heard = [each for each in cases.entries_of(case.heard) if each.text]
    run = runs[0] if runs else None
    faults = [step_words.fault_words(each) for each in run.faults] if run else []
    return {"case": case, "run": run, "faults": faults, "heard": heard}
