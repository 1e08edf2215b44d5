"""Meta's vocabulary: what its words mean in ours, and what each piece of a webhook has to look like.

https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/components and …/support/error-codes
"""

import datetime as dt
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from conversations.models import Message

KIND_BY_TYPE = {
    "text": Message.Kind.TEXT,
    "button": Message.Kind.TEXT,
    "interactive": Message.Kind.TEXT,
    "image": Message.Kind.IMAGE,
    "audio": Message.Kind.VOICE,
    "voice": Message.Kind.VOICE,
    "video": Message.Kind.VIDEO,
    "document": Message.Kind.DOCUMENT,
    "sticker": Message.Kind.STICKER,
    "location": Message.Kind.LOCATION,
    "contacts": Message.Kind.CONTACTS,
}
FILES = ("image", "audio", "voice", "video", "document", "sticker")
SILENT_TYPES = frozenset({"request_welcome", "revoke", "edit"})  # nothing that a person said or could be answered
NEW_NUMBER = frozenset({"user_changed_number", "customer_changed_number"})
DELIVERY_BY_STATUS = {
    "sent": Message.Delivery.SENT,
    "delivered": Message.Delivery.DELIVERED,
    "read": Message.Delivery.READ,
    "played": Message.Delivery.READ,
    "failed": Message.Delivery.FAILED,
}
# Refusals that pass: rates of app, account, number and recipient; Meta itself being down or in maintenance.
TRANSIENT_CODES = frozenset({"2", "4", "80007", "130429", "131016", "131048", "131056", "131057", "133004"})
PAIR_RATE, PAIR_SECONDS = "131056", 6.0  # about one message per six seconds to one person
# "Not these parameters", sent with buttons or a list: in plain words it may go.
FORM_REFUSED = frozenset({"100", "131008", "131009"})
TEMPLATE_STATES = {
    "APPROVED": "approved",
    "REJECTED": "rejected",
    "PAUSED": "paused",
    "DISABLED": "paused",
    "DELETED": "gone",
    "PENDING_DELETION": "gone",
}
# Meta has no plain "pt"; our others are codes of its own.
LANGUAGES = {"pt": "pt_PT"}

MB = 1024 * 1024
OFFICE = "application/vnd.openxmlformats-officedocument."
# https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media#supported-media-types; documents may have
# 100 MB there, but a worker holds a file in its memory while it sends it.
FILES_TAKEN = {
    **dict.fromkeys(("image/jpeg", "image/png"), 5 * MB),
    **dict.fromkeys(("audio/ogg", "audio/amr", "audio/aac", "audio/mpeg", "audio/mp4"), 16 * MB),
    **dict.fromkeys(("video/mp4", "video/3gpp"), 16 * MB),
    **dict.fromkeys(("application/pdf", "text/plain"), 25 * MB),
    **dict.fromkeys((f"{OFFICE}wordprocessingml.document", f"{OFFICE}spreadsheetml.sheet"), 25 * MB),
    f"{OFFICE}presentationml.presentation": 25 * MB,
}
CAPTIONS = frozenset({Message.Kind.IMAGE, Message.Kind.VIDEO, Message.Kind.DOCUMENT})
TYPE_BY_KIND = {
    Message.Kind.IMAGE: "image",
    Message.Kind.VOICE: "audio",
    Message.Kind.VIDEO: "video",
    Message.Kind.DOCUMENT: "document",
}


def _moment(text: str) -> str:
    dt.datetime.fromtimestamp(int(text), dt.UTC)
    return text


Id = Annotated[str, Field(min_length=1, max_length=200)]  # as long as is stored
Timestamp = Annotated[str, Field(pattern=r"^\d{1,10}$"), AfterValidator(_moment)]  # Unix seconds


class Part(BaseModel):
    """Fields may be added without notice: what isn't named here is kept in the payload and otherwise ignored."""

    model_config = ConfigDict(extra="ignore", populate_by_name=True)


class Text(Part):
    body: str = ""


class File(Part):
    id: Id
    mime_type: str = ""
    caption: str = ""
    filename: str = ""


class Button(Part):
    text: str = ""
    payload: str = ""


class Choice(Part):
    id: str
    title: str = ""


class Interactive(Part):
    button_reply: Choice | None = None
    list_reply: Choice | None = None


class Location(Part):
    latitude: float
    longitude: float
    name: str = ""
    address: str = ""


class Emoji(Part):
    message_id: Id
    emoji: str = ""


class System(Part):
    type: str = ""
    wa_id: str = ""
    new_wa_id: str = ""  # as older versions call it
    user_id: str = ""


class Context(Part):
    id: str | None = None


class Written(Part):
    """A message: of a contact (`from`), or in an echo of the business itself (`to`)."""

    id: Id
    timestamp: Timestamp
    type: str
    sender: str = Field("", alias="from")
    to: str = ""
    from_user_id: str = ""
    to_user_id: str = ""
    context: Context | None = None
    text: Text | None = None
    button: Button | None = None
    interactive: Interactive | None = None
    location: Location | None = None
    reaction: Emoji | None = None
    system: System | None = None

    @property
    def sent_at(self) -> dt.datetime:
        return dt.datetime.fromtimestamp(int(self.timestamp), dt.UTC)


class Failure(Part):
    code: int


class Status(Part):
    id: Id
    status: str
    timestamp: Timestamp
    biz_opaque_callback_data: str = ""
    errors: list[Failure] = []


class Profile(Part):
    name: str = ""


class Sender(Part):
    wa_id: str = ""
    user_id: str = ""
    profile: Profile = Profile()


def phone_of(wa_id: str) -> str:
    """447911… → +447911…; "" for a business-scoped user id, which is no phone."""
    plain = wa_id.removeprefix("+")
    return f"+{plain}" if plain.isdecimal() and 6 <= len(plain) <= 15 else ""


def plain(text: Any) -> str:
    return text if isinstance(text, str) else ""
