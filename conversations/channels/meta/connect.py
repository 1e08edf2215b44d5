"""Connecting a number of the WhatsApp Cloud API from the settings, by hand; signing up with Facebook is signup.py."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.conf import settings
from django.core.validators import RegexValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from conversations.channels.base import ChannelError
from conversations.channels.connecting_form import ConnectForm, ToPaste
from conversations.channels.meta import signing, signup
from conversations.channels.meta.checking import said_of
from conversations.models import Channel
from tenants.models import Business

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

DIGITS = RegexValidator(r"^\d{5,20}$", _("This is a long number, digits only. It is not the phone number itself."))
_SECRET = {"autocomplete": "off"}


class Form(ConnectForm):
    tab, vendor = "WhatsApp Cloud API", "Meta"
    refusals: ClassVar[Mapping[str, "_StrPromise"]] = {
        "131047": _("This phone has not written to your number within the last 24 hours."),
        "131026": _("This number can't get WhatsApp messages."),
        "131030": _("Meta only lets you write to the numbers that you listed in API setup, until your app is live."),
        "131056": _("You wrote to this phone just now. Please wait a few seconds."),
        "133010": _("Your number is not registered with the WhatsApp Cloud API yet."),
        "190": _("Meta refused the access token. Make a new one and connect the number again."),
        "no_credentials": _("There is no access token for this number yet."),
    }
    intro = _("WhatsApp straight from Meta, without Twilio in between.")
    by_hand = _(
        "Connect a number of WhatsApp Manager by its ids. They stand at developers.facebook.com, in your app, under "
        "WhatsApp → API setup."
    )
    sign_up = "settings_meta_leave"
    sign_up_words = (
        _(
            "Sign up with the Facebook account that manages your business. You choose or add a number there; nothing "
            "has to be copied."
        ),
        _("Continue with Facebook"),
    )
    connected = _("The number is connected. With an app of your own, paste the address below there. Then check it.")
    works = _("It works: Meta knows the number and tells its app of messages.")
    address_field = "phone_id"

    phone_id = forms.CharField(
        max_length=20,
        label=_("Phone number ID"),
        validators=[DIGITS],
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": _("Copy the phone number ID from API setup.")},
    )
    account = forms.CharField(
        max_length=20,
        label=_("WhatsApp business account ID"),
        validators=[DIGITS],
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": _("Copy the WhatsApp business account ID from API setup.")},
    )
    token = forms.CharField(
        max_length=500,
        required=False,
        label=_("Access token"),
        help_text=_("Of a system user, so that it does not end, with whatsapp_business_messaging and _management."),
        widget=forms.PasswordInput(attrs=_SECRET),
    )
    app_secret = forms.CharField(
        max_length=100,
        required=False,
        label=_("App secret"),
        help_text=_("Under App settings → Basic. Messages are signed with it."),
        widget=forms.PasswordInput(attrs=_SECRET),
    )

    def __init__(self, *args: Any, business: Business, **kwargs: Any) -> None:
        super().__init__(*args, business=business, **kwargs)
        if settings.META_ACCESS_TOKEN:
            self.fields["token"].help_text = gettext("Leave it empty to use this server's own.")
        if settings.META_APP_SECRET:
            self.fields["app_secret"].help_text = gettext("Only when your messages come through an app of your own.")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("token") and not settings.META_ACCESS_TOKEN:
            self.add_error("token", gettext("This server has no access token of its own: give yours."))
        if not given.get("app_secret") and not settings.META_APP_SECRET:
            self.add_error("app_secret", gettext("This server has no app of its own: give your app's secret."))
        if not self.errors:
            self._ask_meta(given)
        return given

    def _ask_meta(self, given: dict[str, Any]) -> None:
        """Before anything is kept: the number has to be there, and its messages have to come to the app."""
        token = given["token"] or settings.META_ACCESS_TOKEN
        try:
            given["offer"] = signup.offer_of(given["phone_id"], given["account"], token)
            signup.subscribe(given["account"], token)
        except ChannelError as error:
            self.add_error("token" if error.code == "190" and given["token"] else "phone_id", said_of(error))

    def connect(self) -> Channel:
        given = self.cleaned_data
        return signup.connect(self.business, given["offer"], token=given["token"], signing_secret=given["app_secret"])

    @staticmethod
    def to_paste(channel: Channel) -> Sequence[ToPaste]:
        """Only an app of one's own has to be told; the platform's knows its address."""
        if not channel.signing_secret:
            return ()
        note = gettext(
            "In your app at developers.facebook.com open WhatsApp → Configuration → Webhook → Edit. Paste this as "
            "callback URL, and the token below it as verify token. Then subscribe to the fields messages and "
            "smb_message_echoes."
        )
        return (
            ToPaste(
                slug=f"callback-{channel.pk}",
                title=gettext("The address for Meta"),
                note=note,
                text=signing.webhook_address(channel),
                label=gettext("Callback URL"),
            ),
            ToPaste(
                slug=f"token-{channel.pk}",
                title=gettext("The verify token for Meta"),
                note=gettext("Meta asks for it once, to see that the address is yours."),
                text=signing.verify_token(channel),
                label=gettext("Verify token"),
            ),
        )

    @staticmethod
    def can_sign_up() -> bool:
        return signup.configured()

    @staticmethod
    def whose(channel: Channel) -> str:
        return gettext("your own app at Meta") if channel.signing_secret else gettext("this server's app at Meta")
