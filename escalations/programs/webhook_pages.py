"""`/b/<slug>/settings/webhooks/`: where other programs are told of news, and what became of it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from escalations.models import WebhookDelivery, WebhookEndpoint
from escalations.programs.tabs import program_tabs
from escalations.webhooks import endpoints, guard
from escalations.webhooks.kinds import Kind
from tenants.access import business_of, find, manager_page, membership_of

PAGE = 50
DEAD = Q(deliveries__state=WebhookDelivery.State.DEAD)
SAID = {
    "pause": _("Paused. Nothing that happens meanwhile is told; what waits goes out when you resume it."),
    "resume": _("It is told of what happens from now on."),
    "rotate": _("There is a new secret. For a day every call is signed with both."),
    "test": _("A test event is on its way; look at the log in a moment."),
}


class WebhookForm(forms.Form):
    url = forms.CharField(
        max_length=guard.LONGEST,
        label=_("Address"),
        help_text=_("Begins with https://, and answers every call with a status from 200 to 299 within 15 seconds."),
        widget=forms.URLInput(attrs={"autocomplete": "off", "placeholder": "https://example.com/frontdesk"}),
    )
    kinds = forms.MultipleChoiceField(
        label=_("What it is told of"),
        help_text=_("None chosen: everything, also what is added later."),
        choices=lambda: [(each.value, each.words) for each in Kind],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"].strip()
        try:
            guard.target_of(url)
        except guard.AddressRefused as error:
            raise forms.ValidationError(str(error)) from None
        return url


@manager_page
@require_http_methods(["GET", "HEAD", "POST"])
def webhooks_page(request: HttpRequest) -> HttpResponse:
    form, user = WebhookForm(request.POST or None), membership_of(request).user
    if request.method == "POST" and form.is_valid():
        kinds = [Kind(each) for each in form.cleaned_data["kinds"]]
        try:
            made = endpoints.add(business_of(request), form.cleaned_data["url"], kinds, by=user, maker_id=user.pk)
        except endpoints.TooMany:
            form.add_error(
                None,
                gettext("There are %(most)s webhooks already. Remove one that is not used.") % {"most": endpoints.MOST},
            )
        else:
            messages.success(request, gettext("Added. Send it a test event to see whether it arrives."))
            return redirect("webhook", made.pk)
    rows = WebhookEndpoint.objects.annotate(dead=Count("deliveries", filter=DEAD)).order_by("pk")
    context = {"form": form, "webhooks": rows, "tabs": program_tabs("webhooks"), "section": "settings"}
    return render(request, "programs/webhooks.html", context, status=422 if form.is_bound else 200)


@manager_page
@require_http_methods(["GET", "HEAD", "POST"])
def webhook_page(request: HttpRequest, webhook_endpoint_id: int) -> HttpResponse:
    endpoint = find(request, WebhookEndpoint, pk=webhook_endpoint_id)
    form = WebhookForm(request.POST or None, initial={"url": endpoint.url, "kinds": endpoint.kinds})
    if request.method == "POST" and form.is_valid():
        kinds = [Kind(each) for each in form.cleaned_data["kinds"]]
        user = membership_of(request).user
        endpoints.change(business_of(request), endpoint, form.cleaned_data["url"], kinds, by=user)
        messages.success(request, gettext("Saved."))
        return redirect("webhook", endpoint.pk)
    log = endpoint.deliveries.select_related("event").order_by("-pk")
    dead_only = request.GET.get("state") == "dead"
    if dead_only:
        log = log.filter(state=WebhookDelivery.State.DEAD)
    context = {
        "endpoint": endpoint,
        "form": form,
        "page": Paginator(log, PAGE).get_page(request.GET.get("page")),
        "dead": endpoint.deliveries.filter(state=WebhookDelivery.State.DEAD).count(),
        "dead_only": dead_only,
        "event_prefix": f"evt_{business_of(request).pk}_",
        "paused_by_us": not endpoint.active and endpoint.failing_since is not None,
        "tabs": program_tabs("webhooks"),
        "section": "settings",
    }
    return render(request, "programs/webhook.html", context, status=422 if form.is_bound else 200)


@manager_page
@require_POST
def webhook_act(request: HttpRequest, webhook_endpoint_id: int, how: str) -> HttpResponse:
    """`how`: pause, resume, rotate, test."""
    endpoint, business = find(request, WebhookEndpoint, pk=webhook_endpoint_id), business_of(request)
    acts: dict[str, Any] = {"pause": endpoints.pause, "resume": endpoints.resume, "rotate": endpoints.rotate}
    if how in acts:
        acts[how](business, endpoint, by=membership_of(request).user)
    elif how == "test" and endpoint.active:
        endpoints.test(business, endpoint)
    if how in SAID:
        messages.success(request, SAID[how])
    return redirect("webhook", endpoint.pk)


@manager_page
@require_POST
def replay(request: HttpRequest, webhook_endpoint_id: int) -> HttpResponse:
    """One delivery, or everything that was given up."""
    endpoint = find(request, WebhookEndpoint, pk=webhook_endpoint_id)
    number = request.POST.get("delivery", "")
    if number.isascii() and number.isdigit() and len(number) < 19:
        endpoints.replay(business_of(request), find(request, WebhookDelivery, pk=int(number), endpoint=endpoint))
        messages.success(request, gettext("It is sent again."))
    else:
        again = endpoints.replay_dead(business_of(request), endpoint)
        messages.success(request, gettext("Sent again: %(again)s.") % {"again": again})
    return redirect("webhook", endpoint.pk)


@manager_page
@require_POST
def remove(request: HttpRequest, webhook_endpoint_id: int) -> HttpResponse:
    """There is no way back, so a word has to be typed."""
    endpoint = find(request, WebhookEndpoint, pk=webhook_endpoint_id)
    if request.POST.get("typed", "").strip().lower() not in ("remove", pgettext("to be typed", "remove")):
        messages.error(request, gettext("Nothing was removed: please type the word “remove”."))
        return redirect("webhook", endpoint.pk)
    endpoints.remove(business_of(request), endpoint, by=membership_of(request).user)
    messages.success(request, gettext("The webhook is removed."))
    return redirect("webhooks")
