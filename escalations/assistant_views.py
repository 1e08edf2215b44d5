"""The assistant as the business configures it: name, tone, instructions, which model answers."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from agents import versions
from agents.models import AssistantVersion
from escalations import inbox
from tenants.access import business_of, manager_page
from tenants.audit import record


class AssistantForm(forms.ModelForm):
    class Meta:
        model = AssistantVersion
        fields = ["name", "tone", "instructions", "provider", "model"]
        labels = {"provider": "Who answers", "name": "Name"}
        help_texts = {
            "name": "What it calls itself, such as “Mia, the assistant of Bright Smile”.",
            "tone": "One or two sentences on how it should sound.",
            "instructions": "What it should know or mind beyond services, hours and prices.",
            "provider": "The guided flow needs no language model, and steps in whenever the model can't be reached.",
        }
        widgets = {"instructions": forms.Textarea(attrs={"rows": 6}), "tone": forms.Textarea(attrs={"rows": 2})}

    model = forms.ChoiceField(
        choices=[
            ("claude-haiku-5-5", "Haiku: fast"),
            ("claude-sonnet-5-5", "Sonnet: capable"),
            ("claude-opus-5-5", "Opus: most capable"),
        ],
        label="Model",
        help_text="Used only when Claude answers.",
    )


@manager_page
@require_http_methods(["GET", "POST"])
def assistant_page(request: HttpRequest) -> HttpResponse:
    version = versions.published()
    form = AssistantForm(request.POST or None, initial=_initial(version))
    if request.method == "POST" and form.is_valid():
        new = versions.publish(form.cleaned_data)
        record(business_of(request), request.user, "assistant.published", f"version {new.number}")
        messages.success(request, f"Version {new.number} is published: it answers from the next message on.")
        return redirect("assistant")
    context = {
        "form": form,
        "version": version,
        "key_missing": not settings.ANTHROPIC_API_KEY,
        "nav_counts": inbox.counts(),
    }
    return render(request, "desk/assistant.html", context, status=422 if form.errors else 200)


def _initial(version: AssistantVersion) -> dict[str, Any]:
    return {name: getattr(version, name) for name in versions.EDITABLE}
