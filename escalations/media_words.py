"""What a message holds beside its text, for the thread: files with their state, a place, reactions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from conversations.files.kinds import KNOWN, MOST, plain_name
from conversations.models import Message, Reaction, StoredFile
from tenants.formats import Words

State = StoredFile.State
_KINDS = {
    Message.Kind.IMAGE: ("image", _("Photo")),
    Message.Kind.VOICE: ("audio", _("Voice note")),
    Message.Kind.VIDEO: ("video", _("Video")),
    Message.Kind.STICKER: ("sticker", _("Sticker")),
    Message.Kind.DOCUMENT: ("file", _("Document")),
    Message.Kind.CONTACTS: ("file", _("Contact card")),
    Message.Kind.UNSUPPORTED: ("file", _("A message of a kind that can’t be shown")),
}
_SHOWN = {"image/": "image", "audio/": "audio", "video/": "video"}
_REFUSED = {
    "too_large": format_lazy(
        _("not taken: larger than {most} MB. Ask them for a smaller one."), most=MOST // 1024 // 1024
    ),
    "other_kind": _("not taken: only pictures, sound, videos, PDF, Word, Excel, PowerPoint and text are."),
    "other_host": _("not taken: it does not lie at WhatsApp."),
    "too_many_redirects": _("not taken: it does not lie at WhatsApp."),
    "broken": _("not taken: the picture is broken. Ask them to send it again."),
    "too_many_pixels": _("not taken: the picture has too many pixels."),
    "empty": _("not taken: it is empty."),
    "packed": _("not taken: it came packed."),
    "no_media_here": _("can’t be fetched from this kind of number."),
}
_FAILED = {
    "404": _("is no longer at WhatsApp. Ask them to send it again."),
    "no_credentials": _("could not be fetched: the number’s access is missing. See Settings, WhatsApp."),
    "401": _("could not be fetched: WhatsApp refused the number’s access. See Settings, WhatsApp."),
    "190": _("could not be fetched: WhatsApp refused the number’s access. See Settings, WhatsApp."),
}


@dataclass(frozen=True, kw_only=True)
class Item:
    """One file of a message; without `url` it is named, with `problem` in words beside it."""

    kind: str  # image, audio, video, file, sticker
    name: Words
    url: str = ""
    note: str = ""
    problem: Words = ""
    waiting: bool = False
    again_url: str = ""


def files_of() -> ArraySubquery:
    """For annotate: what is known of each message's files, in their order; one query for all messages."""
    names = ("id", "position", "name", "type", "size", "state", "error")
    rows = StoredFile.objects.filter(message_id=OuterRef("pk")).order_by("position")
    return ArraySubquery(rows.values(found=JSONObject(**{each: F(each) for each in names})))


def reactions_of() -> ArraySubquery:
    rows = Reaction.objects.filter(message_id=OuterRef("pk")).exclude(emoji="").order_by("direction")
    return ArraySubquery(rows.values(found=JSONObject(direction=F("direction"), emoji=F("emoji"))))


def items_of(message: Message) -> Sequence[Item]:
    """What the bubble shows of a message with files; vendors' links are never shown."""
    if message.forgotten_at:
        return [Item(kind="file", name=gettext("Message"), problem=gettext("deleted: it had been kept long enough."))]
    rows = getattr(message, "file_rows", None) or []
    if rows:
        return [_item(message, each) for each in rows]
    if message.kind in (Message.Kind.TEXT, Message.Kind.LOCATION):
        return []
    kind, name = _KINDS[Message.Kind(message.kind)]
    return [Item(kind=kind, name=name)] * max(1, len(message.media))


def _item(message: Message, row: Mapping[str, Any]) -> Item:
    kind, called = _KINDS.get(Message.Kind(message.kind), ("file", gettext("File")))
    state = row["state"]
    if state == State.KEPT:
        kind = next((shown for begin, shown in _SHOWN.items() if row["type"].startswith(begin)), "file")
        kind = "sticker" if message.kind == Message.Kind.STICKER else kind
        named = plain_name(row["name"], row["type"]) if row["name"] else called
        known = KNOWN.get(row["type"])
        note = f"{known.words if known else gettext('File')}, {filesizeformat(row['size'])}"
        return Item(kind=kind, name=named, note=note, url=reverse("message_file", args=[row["id"]]))
    if state == State.WAITING:
        return Item(kind=kind, name=called, waiting=True)
    if state == State.REFUSED:
        return Item(kind=kind, name=called, problem=_REFUSED.get(row["error"], gettext("not taken.")))
    if state == State.FAILED:
        problem = _FAILED.get(row["error"], gettext("could not be fetched: WhatsApp could not be reached."))
        return Item(kind=kind, name=called, problem=problem, again_url=reverse("message_file_again", args=[row["id"]]))
    return Item(kind=kind, name=called, problem=gettext("deleted: it had been kept long enough."))


def place_of(message: Message) -> dict[str, str] | None:
    """A place that was sent, with a link to a map by its coordinates."""
    place = message.place or {}
    try:
        latitude, longitude = float(place["latitude"]), float(place["longitude"])
    except (KeyError, TypeError, ValueError):
        return None
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return None
    where = f"{latitude:.6f}", f"{longitude:.6f}"
    return {
        "name": str(place.get("name") or gettext("Location")),
        "address": str(place.get("address") or ""),
        "coordinates": ", ".join(f"{float(each):.5f}" for each in where),
        "url": f"https://www.openstreetmap.org/?mlat={where[0]}&mlon={where[1]}#map=17/{where[0]}/{where[1]}",
    }
