"""Connecting a number at Twilio from the settings."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.conf import settings
from django.core.validators import RegexValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from conversations import connecting
from conversations.channels.connecting_form import ConnectForm, ToPaste
from conversations.channels.twilio.adapter import webhook_address
from conversations.models import Channel
from tenants.models import Business

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

ACCOUNT = RegexValidator(r"^AC[0-9a-fA-F]{32}$", _("An account SID is AC followed by 32 letters and digits."))


class Form(ConnectForm):
    tab = vendor = "Twilio"
    refusals: ClassVar[Mapping[str, "_StrPromise"]] = {
        "21211": _("This is no number that Twilio knows."),
        "63024": _("This number can't get WhatsApp messages."),
        "63007": _("Twilio does not know your number as a WhatsApp sender of this account."),
        "20003": _("Twilio refused the account SID or the auth token."),
        "21610": _("This person has opted out of your messages."),
        "no_credentials": _("There is no Twilio account for this number yet."),
    }
    intro = _("You need a WhatsApp sender at Twilio. Once it is connected, the assistant answers whoever writes to it.")
    connected = _("The number is connected. Now paste the address below at Twilio, then check it.")
    works = _("It works: Twilio knows the account and the number leads here.")

    number = forms.CharField(
        max_length=40,
        label=_("WhatsApp number"),
        help_text=_("The number that patients write to, such as +44 113 496 0000."),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
        error_messages={"required": _("Write the number that patients write to.")},
    )
    account = forms.CharField(max_length=80, required=False, label=_("Account SID"), validators=[ACCOUNT])
    secret = forms.CharField(
        max_length=200,
        required=False,
        label=_("Auth token"),
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, business: Business, **kwargs: Any) -> None:
        super().__init__(*args, business=business, **kwargs)
        if settings.TWILIO_ACCOUNT_SID:
            self.fields["account"].help_text = gettext("Leave both empty to use this server's own Twilio account.")
        else:
            self.fields["account"].help_text = gettext("Both stand on the first page of Twilio's console.")

    def clean_number(self) -> str:
        try:
            return connecting.whatsapp_address(self.cleaned_data["number"], self.business.country)
        except connecting.NumberRefused as error:
            raise forms.ValidationError(gettext(str(error))) from None

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        account, secret = given.get("account"), given.get("secret")
        if account and not secret:
            self.add_error("secret", gettext("The account SID needs its auth token."))
        elif secret and not account and "account" not in self.errors:
            self.add_error("account", gettext("The auth token needs its account SID."))
        elif not account and not settings.TWILIO_ACCOUNT_SID and not self.errors:
            self.add_error("account", gettext("This server has no Twilio account of its own: give yours."))
        return given

    def connect(self) -> Channel:
        given = self.cleaned_data
        return connecting.connect(
            self.business, address=given["number"], account=given["account"], secret=given["secret"]
        )

    @staticmethod
    def to_paste(channel: Channel) -> Sequence[ToPaste]:  # noqa: ARG004 (the same for every number)
        note = gettext(
            "In Twilio's console open Messaging → Senders → WhatsApp senders, choose your number, and paste this as "
            "“Webhook URL for incoming messages”, method POST. Its ending tells Twilio to try again when we can't be "
            "reached."
        )
        return (
            ToPaste(
                slug="webhook-address",
                title=gettext("The address for Twilio"),
                note=note,
                text=webhook_address(),
                label=gettext("Webhook address for incoming messages"),
            ),
        )

    @staticmethod
    def whose(channel: Channel) -> str:
        return gettext("your own Twilio account") if channel.account else gettext("this server's Twilio account")
