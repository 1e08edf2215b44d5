"""`/b/<slug>/settings/channels/`: connect a WhatsApp number, check it, send a test message, disconnect it."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.validators import RegexValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from conversations import connecting
from conversations.channels.base import ChannelError
from conversations.channels.twilio.adapter import webhook_address
from conversations.connecting import NumberRefused
from conversations.models import Channel
from tenants.access import business_of, find, manager_page, membership_of
from tenants.audit import record
from tenants.models import Business, ChannelKind

ACCOUNT = RegexValidator(r"^AC[0-9a-fA-F]{32}$", "An account SID is AC followed by 32 letters and digits.")
REFUSALS = {
    "21211": "This is no number that Twilio knows.",
    "63024": "This number can't get WhatsApp messages.",
    "63007": "Twilio does not know your number as a WhatsApp sender of this account.",
    "20003": "Twilio refused the account SID or the auth token.",
    "21610": "This person has opted out of your messages.",
    "no_credentials": "There is no Twilio account for this number yet.",
}


class ConnectForm(forms.Form):
    number = forms.CharField(
        max_length=40,
        label="WhatsApp number",
        help_text="The number that patients write to, such as +44 113 496 0000.",
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
        error_messages={"required": "Write the number that patients write to."},
    )
    account = forms.CharField(max_length=80, required=False, label="Account SID", validators=[ACCOUNT])
    secret = forms.CharField(
        max_length=200,
        required=False,
        label="Auth token",
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, business: Business, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.business = business
        if settings.TWILIO_ACCOUNT_SID:
            self.fields["account"].help_text = "Leave both empty to use this server's own Twilio account."
        else:
            self.fields["account"].help_text = "Both stand on the first page of Twilio's console."

    def clean_number(self) -> str:
        try:
            return connecting.whatsapp_address(self.cleaned_data["number"], self.business.country)
        except NumberRefused as error:
            raise forms.ValidationError(str(error)) from None

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        account, secret = given.get("account"), given.get("secret")
        if account and not secret:
            self.add_error("secret", "The account SID needs its auth token.")
        elif secret and not account and "account" not in self.errors:
            self.add_error("account", "The auth token needs its account SID.")
        elif not account and not settings.TWILIO_ACCOUNT_SID and not self.errors:
            self.add_error("account", "This server has no Twilio account of its own: give yours.")
        return given


class TestForm(forms.Form):
    to = forms.CharField(
        max_length=40,
        label="Send a test message to",
        help_text="Your own phone. It has to have written to your number within the last 24 hours.",
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
        error_messages={"required": "Write a phone number."},
    )


@manager_page
@require_http_methods(["GET", "HEAD", "POST"])
def settings_channels(request: HttpRequest) -> HttpResponse:
    business = business_of(request)
    form = ConnectForm(request.POST or None, business=business)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            channel = connecting.connect(
                business, address=given["number"], account=given["account"], secret=given["secret"]
            )
        except NumberRefused as error:
            form.add_error("number", str(error))
        else:
            record(business, membership_of(request).user, "channel.connected", f"channel {channel.pk}")
            messages.success(request, "The number is connected. Now paste the address below at Twilio, then check it.")
            return redirect("settings_channels")
    return _page(request, form, status=422 if form.is_bound else 200)


@manager_page
@require_POST
def check(request: HttpRequest, channel_id: int) -> HttpResponse:
    try:
        problem = connecting.check(_channel(request, channel_id))
    except ChannelError as error:
        problem = said_of(error)
    if problem:
        messages.error(request, problem)
    else:
        messages.success(request, "It works: Twilio knows the account and the number leads here.")
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
            form.add_error("to", str(error))
        except ChannelError as error:
            form.add_error("to", said_of(error))
        else:
            messages.success(request, "Twilio took the message. It should be on your phone in a moment.")
            return redirect("settings_channels")
    return _page(request, ConnectForm(business=business), test=(channel.pk, form), status=422)


@manager_page
@require_POST
def disconnect(request: HttpRequest, channel_id: int) -> HttpResponse:
    business, channel = business_of(request), _channel(request, channel_id)
    connecting.disconnect(business, channel)
    record(business, membership_of(request).user, "channel.disconnected", f"channel {channel.pk}")
    messages.success(request, "The number is disconnected. Its conversations stay.")
    return redirect("settings_channels")


def _page(
    request: HttpRequest, form: ConnectForm, *, test: tuple[int, TestForm] | None = None, status: int = 200
) -> HttpResponse:
    channels = Channel.objects.filter(active=True).exclude(kind=ChannelKind.SIMULATOR).order_by("pk")
    rows = [
        {
            "channel": each,
            "number": connecting.readable(each.address),
            "form": test[1] if test and test[0] == each.pk else TestForm(auto_id=f"id_{each.pk}_%s"),
        }
        for each in channels
    ]
    context = {
        "form": form,
        "rows": rows,
        "webhook": webhook_address(),
        "local": settings.PUBLIC_ORIGIN.startswith("http://"),
        "section": "settings",
    }
    return render(request, "conversations/settings_channels.html", context, status=status)


def _channel(request: HttpRequest, channel_id: int) -> Channel:
    return find(request, Channel.objects.filter(active=True), pk=channel_id)


def said_of(error: ChannelError) -> str:
    """What the vendor answered, for a person."""
    return REFUSALS.get(error.code, f"Twilio did not take it ({error.code}). Please try again in a minute.")
