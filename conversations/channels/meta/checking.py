"""What the check button asks Meta, and what it says to a person."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_noop as N_

from conversations.channels.base import ChannelError, CheckResult
from conversations.channels.meta.client import call, token_of

if TYPE_CHECKING:
    from conversations.models import Channel

NUMBER_FIELDS = "id,display_phone_number,verified_name,quality_rating,code_verification_status"
_PROBLEMS = {
    "no_credentials": N_("Give the access token: this server has none of its own."),
    "190": N_("Meta refused the access token. It may have ended: make a new one and connect the number again."),
    "10": N_("The access token is not allowed to use this number. It needs whatsapp_business_messaging."),
    "200": N_("The access token is not allowed to use this number. It needs whatsapp_business_management."),
    "100": N_("Meta does not know this phone number id, or the access token may not see it."),
    "unreachable": N_("Meta can't be reached at the moment. Please try again in a minute."),
    "timeout": N_("Meta did not answer in time. Please try again in a minute."),
}


def check(channel: "Channel") -> CheckResult:
    """The number answers, belongs to the WhatsApp account, and our app hears what is written to it."""
    try:
        number = call("GET", channel.address, token=token_of(channel), params={"fields": NUMBER_FIELDS})
        problem = _of_number(number)
        if problem or not channel.vendor_business:
            return CheckResult(problem=problem)
        apps = call("GET", f"{channel.vendor_business}/subscribed_apps", token=token_of(channel))
    except ChannelError as error:
        return CheckResult(problem=said_of(error))
    if not apps.get("data"):
        return CheckResult(doubt=N_("The number works, but no app hears of its messages yet: connect it again."))
    return CheckResult()


def said_of(error: ChannelError) -> str:
    return _PROBLEMS.get(error.code, f"Meta could not be asked ({error.code}).")


def _of_number(number: dict[str, Any]) -> str:
    if number.get("code_verification_status") in ("EXPIRED", "NOT_VERIFIED", "UNVERIFIED"):
        return N_("Meta says that this number has not been verified. Verify it in WhatsApp Manager.")
    if number.get("quality_rating") == "RED":
        return N_("Meta rates this number as poor and may block it: people complained of its messages.")
    return ""
