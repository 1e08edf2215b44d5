from tests.conversations.conftest import (
    _twilio,
    channel,
    conversation,
    listener,
    write,
)

__all__ = ["_twilio", "channel", "conversation", "listener", "write"]
