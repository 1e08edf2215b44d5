"""What a vendor sent and could not be read, kept apart so that the rest of the delivery is taken; a person can look."""

import hashlib
import json
from collections.abc import Sequence

import structlog

from conversations.channels.base import Unread
from conversations.models import Channel, UnreadEvent

log = structlog.get_logger(__name__)


def keep(channel: Channel, pieces: Sequence[Unread]) -> None:
    """Once each, however often the vendor sends it."""
    for each in pieces:
        text = json.dumps(each.payload, sort_keys=True)
        log.warning("webhook.unread", channel=channel.pk, where=each.reason)
        UnreadEvent.objects.get_or_create(
            channel=channel,
            digest=hashlib.sha256(text.encode()).hexdigest(),
            defaults={"reason": each.reason[:200], "payload": json.loads(text.replace("\\u0000", ""))},
        )
