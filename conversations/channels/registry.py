"""Which adapter speaks for which kind of channel: a kind is the name of a folder beside this file."""

import pkgutil
from functools import cache
from importlib import import_module

from conversations import channels
from conversations.channels.base import ChannelAdapter, ChannelError


@cache
def kinds() -> tuple[str, ...]:
    return tuple(sorted(found.name for found in pkgutil.iter_modules(channels.__path__) if found.ispkg))


@cache
def adapter_for(kind: str) -> ChannelAdapter:
    """Raises ChannelError for a kind that there is not."""
    if kind not in kinds():
        raise ChannelError("channel_kind_not_available", permanent=True)
    adapter: ChannelAdapter = import_module(f"conversations.channels.{kind}.adapter").ADAPTER
    return adapter


@cache
def kinds_with_lists() -> tuple[str, ...]:
    """Those whose vendor can be asked for what came in while we were away."""
    return tuple(kind for kind in kinds() if adapter_for(kind).lists_messages)
