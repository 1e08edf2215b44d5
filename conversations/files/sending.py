"""Files that staff send: checked by their bytes against what the channel's vendor takes, kept, put into the outbox."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from conversations import outbox
from conversations.channels.base import ChannelError, OutgoingFile
from conversations.channels.registry import adapter_for
from conversations.files import keeping, kinds, links
from conversations.models import Channel, Conversation, Message, StoredFile
from tenants.models import Business

MOST = 5  # files at once
CAPTION = 1024  # characters


class FileRefused(Exception):
    """The message is for the person who attached it."""


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """A file that the channel takes."""

    name: str
    type: str
    content: bytes

    @property
    def kind(self) -> str:
        return kinds.KNOWN[self.type].kind


def limits_of(channel: Channel) -> Mapping[str, int]:
    """MIME type → bytes at most that its vendor takes; empty where it takes no files."""
    return adapter_for(channel.kind).takes_files


def largest(channel: Channel) -> int:
    return max(limits_of(channel).values(), default=0)


def attachment(channel: Channel, name: str, content: bytes) -> Attachment:
    """Checked. Raises FileRefused."""
    limits = limits_of(channel)
    shown = name[:60] or gettext("The file")
    if not limits:
        raise FileRefused(gettext("No files can be sent from this number."))
    try:
        found = kinds.type_of(content)
    except kinds.NotTaken as error:
        raise FileRefused(_WHY[error.code] % {"file": shown}) from error
    if found not in limits:
        taken = ", ".join(dict.fromkeys(kinds.KNOWN[each].ending.upper() for each in limits))
        said = gettext("%(file)s is a %(kind)s, which WhatsApp does not take. It takes %(taken)s.")
        raise FileRefused(said % {"file": shown, "kind": kinds.KNOWN[found].words, "taken": taken})
    if len(content) > limits[found]:
        raise too_large(name, limits[found])
    return Attachment(name=kinds.plain_name(name, found), type=found, content=content)


def too_large(name: str, limit: int) -> FileRefused:
    shown = name[:60] or gettext("The file")
    said = gettext("%(file)s is too large: WhatsApp takes at most %(most)s MB of its kind.")
    return FileRefused(said % {"file": shown, "most": limit // 1024 // 1024})


def queue(
    business: Business,
    conversation: Conversation,
    files: Sequence[Attachment],
    text: str,
    *,
    staff_id: int,
    reply_to: Message | None = None,
) -> list[Message]:
    """Within the caller's transaction: each file is a message. The text goes under the first one where the vendor
    shows it there, else after them as a message of its own; a quote stands on whichever comes first.
    """
    adapter = adapter_for(conversation.channel.kind)
    under = bool(files) and files[0].kind in adapter.captions and len(text) <= CAPTION
    queued = []
    for number, each in enumerate(files):
        message = outbox.queue_as(
            business,
            conversation,
            text if under and number == 0 else "",
            kind=each.kind,
            author=Message.Author.STAFF,
            staff_id=staff_id,
            reply_to=reply_to if number == 0 else None,
        )
        _keep(business, message, each, staff_id)
        queued.append(message)
    if text and not under:
        queued += outbox.queue(
            business,
            conversation,
            text,
            author=Message.Author.STAFF,
            staff_id=staff_id,
            reply_to=None if files else reply_to,
        )
    return queued


def outgoing_file(business: Business, message: Message) -> OutgoingFile | None:
    """What goes out with a message of ours; None for one without. Raises ChannelError when it is no longer here."""
    file = message.files.order_by("position").first()
    if file is None:
        return None
    try:
        content = keeping.read(business, file)
    except keeping.Gone as error:
        raise ChannelError("file_gone", permanent=True) from error
    return OutgoingFile(
        kind=message.kind, type=file.type, name=file.name, content=content, link=links.link_to(business, file)
    )


def _keep(business: Business, message: Message, given: Attachment, staff_id: int) -> None:
    """Should the transaction not commit, the bytes are an orphan, which retention sweeps away."""
    StoredFile.objects.create(
        message=message,
        name=given.name,
        type=given.type,
        size=len(given.content),
        digest=hashlib.sha256(given.content).hexdigest(),
        path=keeping.write(business, given.content),
        state=StoredFile.State.KEPT,
        staff_id=staff_id,
    )


_WHY = {
    "empty": _("%(file)s is empty."),
    "other_kind": _(
        "%(file)s is of a kind that can’t be sent. Pictures, sound, videos, PDF and Office files can, without macros."
    ),
    "broken": _("%(file)s is broken: it can’t be read as a picture."),
    "too_many_pixels": _("%(file)s has too many pixels. Make it smaller first."),
}
