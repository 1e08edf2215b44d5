"""Which adapter speaks for which kind of channel: a kind is the name of a folder beside this file."""

import pkgutil
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from conversations import channels
from conversations.channels.base import ChannelAdapter, ChannelError

if TYPE_CHECKING:
    from conversations.channels.connecting_form import ConnectForm


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


@cache
def connect_forms() -> dict[str, "type[ConnectForm]"]:
    """The forms of the channels that are connected from the settings, Twilio's first: most begin there."""
    named = {kind: f"conversations.channels.{kind}.connect" for kind in kinds()}
    found = {kind: import_module(name).Form for kind, name in named.items() if find_spec(name) is not None}
    return dict(sorted(found.items(), key=lambda item: item[1].tab != "Twilio"))
