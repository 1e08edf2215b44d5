"""`/b/<slug>/settings/channels/`: connect a WhatsApp number, check it, send a test message, disconnect it.

What differs between vendors is in the forms of their folders (channels/connecting_form.py).
"""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from conversations import connecting
from conversations.channels.base import ChannelError
from conversations.channels.connecting_form import ConnectForm
from conversations.channels.registry import adapter_for, connect_forms
from conversations.connecting import NumberRefused
from conversations.models import Channel
from conversations.sign_pages import form_of
from tenants.access import business_of, find, manager_page, membership_of
from tenants.audit import record
from tenants.models import Business
from tenants.phone_numbers import readable


class TestForm(forms.Form):
    to = forms.CharField(
        max_length=40,
        label=_("Send a test message to"),
        help_text=_("Your own phone. It has to have written to your number within the last 24 hours."),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
        error_messages={"required": _("Write a phone number.")},
    )


@manager_page
@require_http_methods(["GET", "HEAD", "POST"])
def settings_channels(request: HttpRequest) -> HttpResponse:
    business = business_of(request)
    kind = _kind(request)
    form = connect_forms()[kind](request.POST or None, business=business)
    if request.method == "POST" and form.is_valid():
        try:
            channel = form.connect()
        except NumberRefused as error:
            form.add_error(form.address_field, gettext(str(error)))
        else:
            note_connected(request, business, channel, str(form.connected))
            return redirect("settings_channels")
    return channels_page(request, kind, form, status=422 if form.is_bound else 200)


def note_connected(request: HttpRequest, business: Business, channel: Channel, said: str) -> None:
    record(business, membership_of(request).user, "channel.connected", f"channel {channel.pk}")
    messages.success(request, said)


@manager_page
@require_POST
def check(request: HttpRequest, channel_id: int) -> HttpResponse:
    channel = _channel(request, channel_id)
    try:
        problem = connecting.check(channel)
    except ChannelError as error:
        problem = said_of(channel, error)
    if problem:
        messages.error(request, problem)
    else:
        messages.success(request, connect_forms()[channel.kind].works)
    return redirect("settings_channels")


@manager_page
@require_POST
def send_test(request: HttpRequest, channel_id: int) -> HttpResponse:
    channel = _channel(request, channel_id)
    business = business_of(request)
    form = TestForm(request.POST)
    if form.is_valid():
        try:
            connecting.send_test(business, channel, form.cleaned_data["to"])
        except NumberRefused as error:
            form.add_error("to", gettext(str(error)))
        except ChannelError as error:
            form.add_error("to", said_of(channel, error))
        else:
            vendor = connect_forms()[channel.kind].vendor
            messages.success(
                request,
                gettext("%(vendor)s took the message. It should be on your phone in a moment.") % {"vendor": vendor},
            )
            return redirect("settings_channels")
    kind = channel.kind
    return channels_page(request, kind, connect_forms()[kind](business=business), test=(channel.pk, form), status=422)


@manager_page
@require_POST
def disconnect(request: HttpRequest, channel_id: int) -> HttpResponse:
    business, channel = business_of(request), _channel(request, channel_id)
    connecting.disconnect(business, channel)
    record(business, membership_of(request).user, "channel.disconnected", f"channel {channel.pk}")
    messages.success(request, gettext("The number is disconnected. Its conversations stay."))
    return redirect("settings_channels")


def channels_page(
    request: HttpRequest,
    kind: str,
    form: ConnectForm,
    *,
    test: tuple[int, TestForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    forms_by_kind = connect_forms()
    known = Channel.objects.filter(active=True, kind__in=forms_by_kind)
    channels = list(known.annotate(unread_count=Count("unread_events")).order_by("pk"))
    rows = [
        {
            "channel": each,
            "number": readable(each.number or each.address),
            "title": adapter_for(each.kind).title,
            "signs": form_of(each),
            "whose": forms_by_kind[each.kind].whose(each),
            "form": test[1] if test and test[0] == each.pk else TestForm(auto_id=f"id_{each.pk}_%s"),
        }
        for each in channels
    ]
    pasted = {paste.text: paste for each in channels for paste in forms_by_kind[each.kind].to_paste(each)}
    address = reverse("settings_channels")
    context = {
        "form": form,
        "kind": kind,
        "tabs": [
            {"label": each.tab, "url": f"{address}?kind={name}#connect-heading", "active": name == kind}
            for name, each in forms_by_kind.items()
        ],
        "rows": rows,
        "pasted": list(pasted.values()),
        "local": settings.PUBLIC_ORIGIN.startswith("http://"),
        "can_sign_up": form.sign_up and form.can_sign_up(),
        "section": "settings",
    }
    return render(request, "conversations/settings_channels.html", context, status=status)


def _kind(request: HttpRequest) -> str:
    asked = request.POST.get("kind") or request.GET.get("kind") or ""
    return asked if asked in connect_forms() else next(iter(connect_forms()))


def _channel(request: HttpRequest, channel_id: int) -> Channel:
    return find(request, Channel.objects.filter(active=True, kind__in=connect_forms()), pk=channel_id)


def said_of(channel: Channel, error: ChannelError) -> str:
    """What the vendor answered, for a person."""
    return connect_forms()[channel.kind].said_of(error.code)
