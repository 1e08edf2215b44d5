"""Connecting a number: the channel in the business's schema and the public route to it, always in step."""

import re
from dataclasses import asdict, dataclass

import phonenumbers
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_noop as N_

from conversations import by_phone
from conversations.channels.base import Outgoing
from conversations.channels.registry import adapter_for
from conversations.models import Channel
from tenants import clock, events
from tenants.models import Business, ChannelKind, ChannelRoute

TEST_TEXT = "This is a test message from {business}. Sending works."


class NumberRefused(ValueError):
    """The number can't be connected; the text says why, for the person."""


def whatsapp_address(number: str, country: str) -> str:
    """whatsapp:+44… from however a person writes a number of that country. Raises NumberRefused."""
    return f"whatsapp:{e164(number, country)}"


def e164(number: str, country: str) -> str:
    """+44… from however a person writes a number of that country. Raises NumberRefused."""
    plain = number.strip().removeprefix("whatsapp:").strip()
    if re.search(r"[A-Za-z]", plain):
        raise NumberRefused(N_("Write the number with digits only, such as +44 113 496 0000."))
    try:
        parsed = phonenumbers.parse(plain, country)
    except phonenumbers.NumberParseException:
        raise NumberRefused(N_("This is no phone number. Write it like +44 113 496 0000.")) from None
    if not phonenumbers.is_possible_number(parsed):
        raise NumberRefused(N_("This number is too short or too long. Write it like +44 113 496 0000."))
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


@dataclass(frozen=True, kw_only=True)
class Details:
    """What a channel brings beside its address; empty: the platform's own."""

    account: str = ""
    secret: str = ""
    number: str = ""  # E.164, where the address is an id of the vendor's
    vendor_business: str = ""
    signing_secret: str = ""


def connect(
    business: Business,
    *,
    kind: str = ChannelKind.TWILIO,
    address: str,
    account: str = "",
    secret: str = "",
    details: Details | None = None,
) -> Channel:
    """Lead a number to this business, inside its schema. Again with other credentials: they are replaced.

    Raises NumberRefused when it leads to another business.
    """
    brought = details or Details(account=account, secret=secret)
    with transaction.atomic():
        try:
            with transaction.atomic():
                route, _ = ChannelRoute.objects.get_or_create(
                    kind=kind, address=address, defaults={"business": business}
                )
        except IntegrityError:
            route = ChannelRoute.objects.get(kind=kind, address=address)
        if route.business_id != business.pk:
            raise NumberRefused(N_("This number is connected to another business already. Disconnect it there first."))
        channel, _ = Channel.objects.update_or_create(
            kind=kind,
            address=address,
            defaults={
                **asdict(brought),
                "active": True,
                "checked_at": None,
                "check_error": "",
            },
        )
        by_phone.call_for_waiting(business)
        events.publish(business, "channel", channel.pk)
    return channel


def disconnect(business: Business, channel: Channel) -> None:
    """Messages to the number are no longer taken; its conversations stay."""
    with transaction.atomic():
        ChannelRoute.objects.filter(kind=channel.kind, address=channel.address, business=business).delete()
        Channel.objects.filter(pk=channel.pk).update(active=False, secret="", account="", signing_secret="")
        events.publish(business, "channel", channel.pk)


def check(channel: Channel) -> str:
    """Ask the vendor whether the number can be used, and keep the answer; "" when it can, else what is wrong."""
    result = adapter_for(channel.kind).check(channel)
    problem = result.problem or (result.doubt if channel.last_inbound_at is None else "")
    Channel.objects.filter(pk=channel.pk).update(checked_at=clock.now(), check_error=problem[:200])
    return problem


def send_test(business: Business, channel: Channel, to: str) -> None:
    """One text outside any conversation. Raises NumberRefused or ChannelError."""
    text = TEST_TEXT.format(business=business.name)
    address = address_for(channel, to, business.country)
    adapter_for(channel.kind).send(channel, Outgoing(to=address, text=text, message_id=None))


def address_for(channel: Channel, number: str, country: str) -> str:
    """A contact's address as this vendor writes it, from a number as people write it. Raises NumberRefused."""
    return adapter_for(channel.kind).address_of(e164(number, country))
