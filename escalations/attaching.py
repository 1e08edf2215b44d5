"""The files that staff put into the reply box."""

import json
from collections.abc import Sequence

from django.http import HttpRequest
from django.utils.translation import gettext

from conversations.files import sending
from conversations.files.kinds import KNOWN
from conversations.files.sending import Attachment, FileRefused
from conversations.models import Channel, Conversation

__all__ = ["FileRefused", "accepted", "files_in", "limits_json"]
FIELD = "media"


def files_in(request: HttpRequest, conversation: Conversation) -> Sequence[Attachment]:
    """Checked by their bytes; what is too large is not read. Raises FileRefused."""
    given = request.FILES.getlist(FIELD)
    if len(given) > sending.MOST:
        raise FileRefused(gettext("At most %(most)s files at once.") % {"most": sending.MOST})
    most = sending.largest(conversation.channel)
    found = []
    for each in given:
        if most and (each.size or 0) > most:
            raise sending.too_large(each.name or "", most)
        found.append(sending.attachment(conversation.channel, each.name or "", each.read()))
    return found


def accepted(channel: Channel) -> str:
    """For <input accept>; "" where the number takes no files."""
    limits = sending.limits_of(channel)
    return ",".join([*limits, *(f".{KNOWN[each].ending}" for each in limits)])


def limits_json(channel: Channel) -> str:
    """MIME type → bytes, so that the page says at once what the server would."""
    return json.dumps({"most": sending.MOST, "types": dict(sending.limits_of(channel))})
