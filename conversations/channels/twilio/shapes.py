"""Buttons and lists at Twilio need a content there. Its shape (how many, with descriptions or not) is made once per
channel and filled in with each message.
"""

import hashlib
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

import structlog

from agents.types import Choice
from conversations.channels.base import ChannelError, ContentShape, FormRefused, Outgoing
from conversations.channels.twilio import content
from conversations.choices import stored
from conversations.models import KnownContent

if TYPE_CHECKING:
    from conversations.models import Channel

log = structlog.get_logger(__name__)


def sid_for(channel: "Channel", outgoing: Outgoing) -> str:
    """The content for its shape, made now if need be. Raises FormRefused: nothing was sent, the text may still go."""
    shape = shape_of(outgoing)
    digest = _digest(shape)
    known = KnownContent.objects.filter(channel=channel, digest=digest).values_list("sid", flat=True).first()
    if known is not None:
        return known
    try:
        sid = content.create(channel, shape)
    except ChannelError as error:
        raise FormRefused(error.code) from error
    # Two senders may both have made one; either will do.
    kept, _ = KnownContent.objects.get_or_create(channel=channel, digest=digest, defaults={"sid": sid})
    return kept.sid


def forget(channel: "Channel", sid: str) -> None:
    """The vendor doesn't want it any more: the next message makes one anew."""
    KnownContent.objects.filter(channel=channel, sid=sid).delete()


def shape_of(outgoing: Outgoing) -> ContentShape:
    """All that differs between messages is a variable, so that one content serves every message of its shape."""
    blanks = tuple(
        Choice(
            id=f"{{{{i{number}}}}}",
            title=f"{{{{t{number}}}}}",
            description=f"{{{{d{number}}}}}" if each.description else "",
        )
        for number, each in enumerate(outgoing.choices, 1)
    )
    samples = tuple(_sample(each, number) for number, each in enumerate(outgoing.choices, 1))
    return ContentShape(
        name=f"frontdesk {outgoing.form} {len(blanks)}",
        language=outgoing.language,
        form=outgoing.form,
        body="{{1}}",
        choices=blanks,
        button=outgoing.button,
        samples=variables_of("Which one suits you?", samples),
    )


def _sample(choice: Choice, number: int) -> Choice:
    """Samples stay at the vendor: nothing of what somebody was told stands in them."""
    return Choice(id=f"choice-{number}", title=f"Choice {number}", description="More" if choice.description else "")


def variables_of(text: str, choices: Sequence[Choice]) -> dict[str, str]:
    filled = {"1": text}
    for number, each in enumerate(choices, 1):
        filled |= {f"t{number}": each.title, f"i{number}": each.id}
        if each.description:
            filled[f"d{number}"] = each.description
    return filled


def _digest(shape: ContentShape) -> str:
    parts = [shape.language, shape.form, shape.body, shape.button, stored(shape.choices)]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
