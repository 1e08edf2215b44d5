"""Which adapter speaks for which kind of channel."""

from conversations.channels.base import ChannelAdapter, ChannelError
from conversations.channels.simulator import Simulator
from conversations.channels.twilio import Twilio
from tenants.models import ChannelKind

_ADAPTERS: dict[str, ChannelAdapter] = {ChannelKind.TWILIO: Twilio(), ChannelKind.SIMULATOR: Simulator()}


def adapter_for(kind: str) -> ChannelAdapter:
    """Raises ChannelError for a kind that can't be used yet."""
    try:
        return _ADAPTERS[kind]
    except KeyError:
        raise ChannelError("channel_kind_not_available", permanent=True) from None
