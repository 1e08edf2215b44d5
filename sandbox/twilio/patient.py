"""A patient writes: the message is stored at "Twilio" and sent, signed, to the product's webhook."""

import asyncio
import base64
import binascii
import json
import uuid
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, field_validator

from sandbox.core.state import Document
from sandbox.core.world import World
from sandbox.twilio import media, numbers
from sandbox.twilio.messages import new_document
from sandbox.twilio.samples import SAMPLES
from sandbox.twilio.webhooks import Delivery, post
from sandbox.twilio.wire import new_sid


class Attachment(BaseModel):
    """A sample by its name, or content of one's own."""

    model_config = ConfigDict(extra="forbid")

    sample: str = ""
    content_type: str = ""
    content_base64: str = ""
    name: str = Field(default="", max_length=240)

    @field_validator("sample")
    @classmethod
    def _known(cls, sample: str) -> str:
        if sample and sample not in SAMPLES:
            raise ValueError(f"must be one of {', '.join(SAMPLES)}")
        return sample

    def content(self) -> tuple[bytes, str]:
        if self.sample:
            return SAMPLES[self.sample]
        try:
            return base64.b64decode(self.content_base64, validate=True), self.content_type
        except binascii.Error as error:
            raise ValueError(f"content_base64: {error}") from error


class PatientMessage(BaseModel):
    """The body of POST /control/patient/send. `extra` overrides or adds webhook fields by Twilio's names."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    sender: str = Field(alias="from")
    to: str
    body: str = ""
    profile_name: str | None = None
    message_type: str | None = None
    media: list[Attachment] = []
    extra: dict[str, str] = {}
    account_sid: str | None = None
    duplicates: int = Field(default=0, ge=0, le=100)
    same_token: bool = False
    forged_signature: str | None = None
    deliver: bool = True

    @field_validator("sender", "to")
    @classmethod
    def _address(cls, value: str) -> str:
        """ "+44…" means "whatsapp:+44…"."""
        address = value if value.startswith("whatsapp:") else f"whatsapp:{value}"
        if not numbers.is_address(address):
            raise ValueError(f"{value!r} is neither a phone in E.164 (+44…) nor a business-scoped id (US.…)")
        return address


async def send(world: World, message: PatientMessage) -> dict[str, Any]:
    """Stores the message and delivers it 1 + `duplicates` times at once; answers how the product took it."""
    account = message.account_sid or next(iter(world.options.twilio_accounts))
    number = world.store.get("number", message.to)
    if number is None or (message.account_sid is None and number["account_sid"] != account):
        number = number or numbers.register(world, message.to, account, None)
        account = message.account_sid or number["account_sid"]
    document = _store(world, message, account)
    numbers.open_window(world, message.to, message.sender)
    if not message.deliver:
        return {"sid": document["sid"], "status": None, "deliveries": []}
    return await deliver(
        world,
        document,
        times=1 + message.duplicates,
        same_token=message.same_token,
        forged_signature=message.forged_signature,
    )


async def deliver(
    world: World,
    document: Document,
    *,
    times: int = 1,
    same_token: bool = False,
    forged_signature: str | None = None,
) -> dict[str, Any]:
    """Posts a stored inbound message to its webhook, `times` at once: also for replays."""
    number = world.store.get("number", document["to"]) or numbers.register(
        world, document["to"], document["account_sid"], None
    )
    url = numbers.webhook_of(world, number)
    token = str(uuid.uuid4())
    answers: list[Delivery] = await asyncio.gather(
        *(
            post(
                world,
                document["account_sid"],
                url,
                document["form"],
                idempotency_token=token if same_token else None,
                forged_signature=forged_signature,
            )
            for _ in range(times)
        )
    )
    if world.store.get("message", document["sid"]) is not None:
        world.store.put("message", document["sid"], {**document, "webhook_status": answers[0].status or 599})
    shown = [{"status": a.status, "body": a.body[:2000], "error": a.error, "attempts": a.attempts} for a in answers]
    return {"sid": document["sid"], "status": answers[0].status, "deliveries": shown}


def _store(world: World, message: PatientMessage, account: str) -> Document:
    document = new_document(account, message.sender, message.to, message.body)
    document |= {
        "sid": new_sid("MM" if message.media else "SM"),
        "direction": "inbound",
        "status": "received",
        "sent": document["created"],
        "profile_name": message.profile_name,
        "webhook_status": None,
    }
    attached = [attachment.content() for attachment in message.media]
    document["media"] = [media.store(world, document, content, kind) for content, kind in attached]
    document["form"] = {**_form(world, message, document), **message.extra}
    document["body"] = document["form"]["Body"]
    return world.store.put("message", document["sid"], document)


def _form(world: World, message: PatientMessage, document: Document) -> dict[str, str]:
    """Twilio's fields. https://www.twilio.com/docs/messaging/guides/webhook-request."""
    plain = message.sender.removeprefix("whatsapp:")
    form = {
        "SmsMessageSid": document["sid"],
        "NumMedia": str(len(document["media"])),
        "MessageType": message.message_type or "text",
        "SmsSid": document["sid"],
        "SmsStatus": "received",
        "Body": message.body,
        "To": message.to,
        "NumSegments": "1",
        "ReferralNumMedia": "0",
        "MessageSid": document["sid"],
        "AccountSid": document["account_sid"],
        "From": message.sender,
        "ApiVersion": "2010-04-01",
        "ChannelMetadata": json.dumps({"type": "whatsapp", "data": {"context": {}}}),
    }
    if message.profile_name is not None:
        form["ProfileName"] = message.profile_name
    if plain.startswith("+"):
        form["WaId"] = plain.removeprefix("+")
    else:
        form["ExternalUserIdentifier"] = message.sender
    for index, sid in enumerate(document["media"]):
        stored = world.store.get("media", sid)
        assert stored is not None
        form[f"MediaUrl{index}"] = media.url_of(world, stored)
        form[f"MediaContentType{index}"] = stored["content_type"]
        form["MessageType"] = message.message_type or type_of(stored["content_type"])
    return form


def type_of(content_type: str) -> str:
    """Twilio's MessageType of a file."""
    if content_type == "image/webp":
        return "sticker"
    kind = content_type.partition("/")[0]
    return kind if kind in ("image", "audio", "video") else "document"
