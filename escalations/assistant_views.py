"""The assistant as the business configures it: name, tone, instructions, which model answers."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from agents import versions
from agents.llm.catalogue import MODELS
from agents.models import AssistantVersion
from escalations.assistant_tabs import assistant_tabs
from escalations.overview import overview
from tenants.access import business_of, membership_of, staff_page
from tenants.audit import record
from tenants.events import publish

BY_RULE = "Chosen by rule: fast for ordinary messages, capable for hard ones"


class AssistantForm(forms.ModelForm):
    class Meta:
        model = AssistantVersion
        fields = ("name", "tone", "instructions", "provider", "model")
        labels = {"provider": "Who answers", "name": "Name"}
        help_texts = {
            "name": "What it calls itself, such as “Mia, the assistant of Bright Smile”.",
            "tone": "One or two sentences on how it should sound.",
            "provider": "The guided flow needs no language model, and steps in whenever the model can’t be reached.",
        }
        widgets = {"tone": forms.Textarea(attrs={"rows": 2})}

    instructions = forms.CharField(
        max_length=6000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="What it should know or mind beyond services, hours and prices.",
    )
    model = forms.ChoiceField(
        label="Model",
        required=False,
        help_text="Used only when Claude answers. Which models the rule chooses from is set on the page “Spend”.",
    )

    def __init__(self, data: QueryDict | None = None, *, current: AssistantVersion, editable: bool) -> None:
        initial = {name: getattr(current, name) for name in versions.EDITABLE}
        super().__init__(data, initial=initial)
        known = {"": BY_RULE} | {name: f"Always {model.label}" for name, model in MODELS.items()}
        own = {} if current.model in known else {current.model: f"Always {current.model}"}
        self.fields["model"].choices = list((known | own).items())  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.disabled = not editable


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def assistant_page(request: HttpRequest) -> HttpResponse:
    """Everybody on the staff may read it; owners and admins publish."""
    business, member = business_of(request), membership_of(request)
    current = versions.published()
    if request.method != "POST":
        return _page(request, current, AssistantForm(current=current, editable=member.manages))
    if not member.manages:
        raise Http404("not for this role")
    form = AssistantForm(request.POST, current=current, editable=True)
    if not form.is_valid():
        return _page(request, current, form, status=422)
    new = versions.publish(form.cleaned_data)
    if new.pk == current.pk:
        messages.info(request, "Nothing was changed.")
    else:
        record(business, member.user, "assistant.published", f"version {new.number}")
        publish(business, "assistant", new.pk)
        messages.success(request, f"Version {new.number} is published. It answers from the next message on.")
    return redirect("assistant")


def _page(request: HttpRequest, version: AssistantVersion, form: AssistantForm, status: int = 200) -> HttpResponse:
    now = overview(business_of(request))
    context = {
        "tabs": assistant_tabs("assistant"),
        "form": form,
        "version": version,
        "editable": membership_of(request).manages and not business_of(request).suspended,
        "key_missing": not settings.ANTHROPIC_API_KEY,
        "assistant": now.assistant,
        "nav_counts": now,
    }
    return render(request, "desk/assistant.html", context, status=status)
