"""Try it: a chat with the draft or the published version, with what it does beside it. Nothing of it is kept."""

import json
from collections.abc import Iterator
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from agents import versions
from agents.models import AssistantVersion, Step
from agents.rehearsal import Rehearsed
from escalations import step_words, try_chat
from escalations.assistant_tabs import assistant_tabs
from escalations.overview import overview
from escalations.try_chat import Chat, ChatTooLong
from tenants.access import business_of, membership_of, staff_page

TOO_LONG = _("This chat is long enough: begin a new one.")


class SayForm(forms.Form):
    text = forms.CharField(
        label=_("You write, as a patient"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write something first.")},
    )


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def try_page(request: HttpRequest) -> HttpResponse:
    """Works as a plain form; try_chat.js sends the same to `try_stream` and shows what happens meanwhile."""
    business, user = business_of(request), membership_of(request).user
    version, choices = _version(request)
    chat = try_chat.read(request.POST.get("state", ""), business, user, version)
    if request.method != "POST" or "again" in request.POST:
        return _page(request, version, choices, Chat(version_id=version.pk))
    form = SayForm(request.POST)
    if not form.is_valid():
        return _page(request, version, choices, chat, form=form, status=422)
    try:
        chat, done = try_chat.say(business, version, chat, form.cleaned_data["text"])
    except ChatTooLong:
        form.add_error("text", TOO_LONG)
        return _page(request, version, choices, chat, form=form, status=422)
    return _page(request, version, choices, chat, done=done)


@staff_page
@require_POST
def try_stream(request: HttpRequest) -> HttpResponse:
    """The same as server-sent events: `step` and `text` as they come, then `done` with the chat and its new state."""
    business, user = business_of(request), membership_of(request).user
    version, _ = _version(request)
    form = SayForm(request.POST)
    chat = try_chat.read(request.POST.get("state", ""), business, user, version)
    if not form.is_valid() or len(chat.entries) >= try_chat.LONGEST:
        return HttpResponse(status=422)

    def events() -> Iterator[str]:
        for kind, what in try_chat.say_live(business, version, chat, form.cleaned_data["text"]):
            if kind == "step":
                yield _event(kind, html=render_to_string("desk/_try_step.html", {"row": _step(what)}))
            elif kind == "done":
                after, done = what
                shown = _shown(version, after, done)
                yield _event(
                    kind,
                    html=render_to_string("desk/_try_talk.html", shown),
                    steps=render_to_string("desk/_try_steps.html", shown),
                    state=try_chat.seal(after, business, user),
                )
            else:
                yield _event(kind, text=what)

    answer = StreamingHttpResponse(events(), content_type="text/event-stream")
    answer["Cache-Control"], answer["X-Accel-Buffering"] = "no-store", "no"
    return answer  # type: ignore[return-value] # it is an HttpResponseBase, which middleware takes as well


def _version(request: HttpRequest) -> tuple[AssistantVersion, list[AssistantVersion]]:
    """The one that is asked for; the draft, else the published one."""
    choices = [each for each in (versions.draft(), versions.published()) if each is not None]
    asked = request.POST.get("version") or request.GET.get("version", "")
    return next((each for each in choices if str(each.pk) == asked), choices[0]), choices


def _page(
    request: HttpRequest,
    version: AssistantVersion,
    choices: list[AssistantVersion],
    chat: Chat,
    *,
    form: SayForm | None = None,
    done: Rehearsed | None = None,
    status: int = 200,
) -> HttpResponse:
    business = business_of(request)
    context = _shown(version, chat, done) | {
        "tabs": assistant_tabs("assistant_try"),
        "section": "assistant",
        "choices": choices,
        "form": form or SayForm(),
        "state": try_chat.seal(chat, business, membership_of(request).user),
        "can_act": not business.suspended,
        "nav_counts": overview(business),
    }
    return render(request, "desk/try.html", context, status=status)


def _shown(version: AssistantVersion, chat: Chat, done: Rehearsed | None) -> dict[str, Any]:
    choices = getattr(done.outcome, "choices", ()) if done else ()
    said = zip(done.steps, step_words.sentences(done.steps), strict=True) if done else ()
    steps = [_step(each, words) for each, words in said]
    return {"version": version, "lines": chat.lines, "done": done, "steps": steps, "taps": choices}


def _step(step: Step, words: str = "") -> dict[str, Any]:
    """`words`: where more is known than the step by itself."""
    words = words or step_words.sentence(step)
    return {"icon": step_words.icon(step), "words": words, "failed": step.status == Step.Status.ERROR, "step": step}


def _event(kind: str, **data: Any) -> str:
    return f"event: {kind}\ndata: {json.dumps(data)}\n\n"
