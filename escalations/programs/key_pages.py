"""`/b/<slug>/settings/api/`: the keys of other programs."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from escalations.api import keys
from escalations.api.scopes import Scope
from escalations.models import ApiKey
from escalations.people import name_of
from escalations.programs.tabs import program_tabs
from tenants.access import business_of, find, manager_page, membership_of
from tenants.wizard_forms import printable

MOST_KEYS = 50
REVOKED_SHOWN = 20


class KeyForm(forms.Form):
    name = forms.CharField(
        max_length=60,
        label=_("What is it for?"),
        help_text=_("So that you know later which one it is."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "placeholder": _("Website booking form")}),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What may it do?"),
        help_text=_("Give it no more than it needs."),
        choices=lambda: [(each.value, each.words) for each in Scope],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Please choose at least one.")},
    )

    def clean_name(self) -> str:
        return printable(self.cleaned_data["name"])

    def clean(self) -> None:
        if ApiKey.objects.filter(revoked_at__isnull=True).count() >= MOST_KEYS:
            raise forms.ValidationError(
                gettext("There are %(most)s keys already. Revoke one that is not used.") % {"most": MOST_KEYS}
            )


@manager_page
@require_safe
def keys_page(request: HttpRequest) -> HttpResponse:
    return _page(request, KeyForm())


@manager_page
@require_POST
@never_cache
def make_key(request: HttpRequest) -> HttpResponse:
    """The answer holds the key, this once; it is kept nowhere, so there is nothing to redirect to."""
    form = KeyForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    scopes = [Scope(each) for each in form.cleaned_data["scopes"]]
    made = keys.make(business_of(request), membership_of(request).user, form.cleaned_data["name"], scopes)
    return _page(request, KeyForm(), made=made)


@manager_page
@require_POST
def revoke_key(request: HttpRequest, key_id: int) -> HttpResponse:
    key = find(request, ApiKey, pk=key_id)
    keys.revoke(business_of(request), key, membership_of(request).user)
    messages.success(
        request,
        gettext("%(key)s is revoked: its calls are refused from now on. You can undo this below.") % {"key": key.name},
    )
    return redirect("settings_api")


@manager_page
@require_POST
def restore_key(request: HttpRequest, key_id: int) -> HttpResponse:
    key = find(request, ApiKey, pk=key_id)
    keys.restore(business_of(request), key, membership_of(request).user)
    messages.success(request, gettext("%(key)s works again.") % {"key": key.name})
    return redirect("settings_api")


def _page(request: HttpRequest, form: KeyForm, *, made: keys.MadeKey | None = None, status: int = 200) -> HttpResponse:
    rows = ApiKey.objects.annotate(maker=name_of("created_by")).order_by("-created_at", "-pk")
    context = {
        "form": form,
        "made": made,
        "keys": [_shown(each) for each in rows.filter(revoked_at__isnull=True)],
        "revoked": [_shown(each) for each in rows.filter(revoked_at__isnull=False)[:REVOKED_SHOWN]],
        "address": f"{settings.PUBLIC_ORIGIN}{business_of(request).path}api/v1",
        "tabs": program_tabs("settings_api"),
        "section": "settings",
    }
    return render(request, "programs/keys.html", context, status=status)


def _shown(key: ApiKey) -> dict[str, object]:
    return {"row": key, "scopes": [Scope(each).words for each in key.scopes if each in set(Scope)]}
