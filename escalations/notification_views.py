"""A person's own choice of what they are told, with their browsers and their phone."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from conversations import staff_phones
from conversations.models import StaffPhone
from escalations import clocks
from escalations.attendance import state_of
from escalations.models import PushSubscription
from escalations.notification_forms import NotificationsForm, PhoneForm
from escalations.telling import on_whatsapp, push_encryption, vapid
from escalations.webhooks.guard import AddressRefused, target_of
from tenants.access import business_of, find, membership_of, staff_page
from tenants.phone_numbers import readable

BROWSERS_AT_MOST = 10


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def notifications_page(request: HttpRequest) -> HttpResponse:
    membership = membership_of(request)
    given = request.POST if request.method == "POST" else None
    form = NotificationsForm(given, membership=membership, state=state_of(membership.user_id))
    if form.is_valid():
        with transaction.atomic():
            form.save()
            if form.cleaned_data["away"]:
                clocks.watch_all_of(business_of(request), membership.user_id)
        messages.success(request, gettext("Saved."))
        return redirect("settings_notifications")
    return _page(request, form=form)


class BrowserForm(forms.Form):
    endpoint = forms.URLField(max_length=500, assume_scheme="https")
    p256dh = forms.CharField(max_length=120)
    auth = forms.CharField(max_length=60)
    browser = forms.CharField(max_length=60, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors:
            try:
                push_encryption.check(given["p256dh"], given["auth"])
                target_of(given["endpoint"])
            except (push_encryption.KeysRefused, AddressRefused) as error:
                raise forms.ValidationError(str(error)) from error
        return given


@staff_page
@require_POST
def add_browser(request: HttpRequest) -> HttpResponse:
    """What the browser's subscribe() gave (push.js). The same browser again is the same row."""
    form, me = BrowserForm(request.POST), membership_of(request).user_id
    if not form.is_valid():
        return HttpResponse(
            gettext("This browser can’t be told."), status=422, content_type="text/plain; charset=utf-8"
        )
    given = form.cleaned_data
    rest = {name: given[name] for name in ("p256dh", "auth", "browser")}
    PushSubscription.objects.update_or_create(
        endpoint=given["endpoint"], defaults={**rest, "staff_id": me, "failures": 0}
    )
    kept = PushSubscription.objects.filter(staff_id=me).order_by("-pk").values_list("pk", flat=True)[:BROWSERS_AT_MOST]
    PushSubscription.objects.filter(staff_id=me).exclude(pk__in=list(kept)).delete()
    return HttpResponse(status=204)


@staff_page
@require_POST
def remove_browser(request: HttpRequest, subscription_id: int) -> HttpResponse:
    rows = PushSubscription.objects.filter(staff_id=membership_of(request).user_id)
    find(request, rows, pk=subscription_id).delete()
    messages.success(request, gettext("This browser is told nothing any more. Switch it on again there."))
    return redirect("settings_notifications")


@staff_page
@require_POST
def add_phone(request: HttpRequest) -> HttpResponse:
    """Shows the code that has to come back from the phone."""
    form, channel = PhoneForm(request.POST, business=business_of(request)), staff_phones.channel_for_staff()
    if channel is None:
        messages.error(request, gettext("Connect the business’s WhatsApp number first."))
        return redirect("settings_notifications")
    if form.is_valid():
        try:
            code = staff_phones.begin(channel, membership_of(request).user_id, form.cleaned_data["number"])
            return _page(request, code=code)
        except staff_phones.PhoneTaken:
            form.add_error("number", gettext("This is the number of a colleague."))
    return _page(request, phone_form=form)


@staff_page
@require_POST
def remove_phone(request: HttpRequest) -> HttpResponse:
    StaffPhone.objects.filter(staff_id=membership_of(request).user_id).delete()
    messages.success(request, gettext("Your phone is told nothing any more."))
    return redirect("settings_notifications")


def _page(
    request: HttpRequest, *, form: NotificationsForm | None = None, phone_form: PhoneForm | None = None, code: str = ""
) -> HttpResponse:
    membership = membership_of(request)
    phone = StaffPhone.objects.filter(staff_id=membership.user_id).first()
    channel = staff_phones.channel_for_staff()
    refused = any(each is not None and each.is_bound for each in (form, phone_form))
    context = {
        "form": form or NotificationsForm(membership=membership, state=state_of(membership.user_id)),
        "phone_form": phone_form or PhoneForm(business=business_of(request)),
        "code": code,
        "phone": phone,
        "phone_number": readable(phone.address) if phone else "",
        "phone_open": phone is not None and staff_phones.may_be_written_to(phone),
        "by_template": bool(phone and channel and on_whatsapp.template_for(business_of(request), channel)),
        "our_number": readable(channel.number or channel.address) if channel else "",
        "browsers": PushSubscription.objects.filter(staff_id=membership.user_id).order_by("pk"),
        "push_key": vapid.public_key(),
        "section": "settings",
    }
    return render(request, "desk/notifications.html", context, status=422 if refused else 200)
