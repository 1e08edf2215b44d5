"""The clinic with a number at Meta, and Meta as the sender of webhooks."""

import hashlib
import hmac
import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django_tenants.utils import tenant_context

from conversations.channels.meta.client import close_sessions
from conversations.connecting import Details, connect
from conversations.models import Channel, Message
from tests.conversations.conftest import ORIGIN, OutsideClient, forget_pace
from tests.vendors import META_APP, META_SECRET, META_TOKEN

NUMBER_ID, ACCOUNT, NUMBER = "106540352242922", "419561257915477", "+441134960001"
SALON_ID, SALON_ACCOUNT = "106540352242999", "419561257915499"
PATIENT, BSUID = "447911123456", "GB.13491208655302741918"
_ids = itertools.count(1)


def new_id() -> str:
    return f"wamid.{next(_ids):040x}="


@pytest.fixture(autouse=True)
def _meta(settings: Any) -> Iterator[None]:
    forget_pace()
    settings.PUBLIC_ORIGIN = ORIGIN
    settings.META_APP_ID, settings.META_APP_SECRET, settings.META_ACCESS_TOKEN = META_APP, META_SECRET, META_TOKEN
    settings.META_VERIFY_TOKEN = "a-long-word"
    yield
    close_sessions()


@pytest.fixture
def channel(clinic: Any) -> Channel:
    return connect(clinic, kind="meta", address=NUMBER_ID, details=Details(number=NUMBER, vendor_business=ACCOUNT))


@pytest.fixture
def salon_channel(salon: Any, clinic: Any) -> Channel:
    """The other business's number, with an app of its own."""
    with tenant_context(salon):
        return connect(
            salon,
            kind="meta",
            address=SALON_ID,
            details=Details(vendor_business=SALON_ACCOUNT, secret="EAAsalon", signing_secret="secret-of-the-salon"),
        )


def text(body: str = "Hello", **fields: Any) -> dict[str, Any]:
    """One entry of `messages`."""
    return {
        "from": PATIENT,
        "id": new_id(),
        "timestamp": "1764200000",
        "type": "text",
        "text": {"body": body},
        **fields,
    }


def status(message: Message | str, said: str, **fields: Any) -> dict[str, Any]:
    """One entry of `statuses`; of a message of ours it carries its id as Meta does."""
    known = isinstance(message, Message)
    opaque = {"biz_opaque_callback_data": f"m{message.pk}"} if known else {}
    provider_id = (message.provider_id or new_id()) if known else message
    return {"id": provider_id, "status": said, "timestamp": "1764200001", "recipient_id": PATIENT, **opaque, **fields}


def change(*, number: str = NUMBER_ID, name: str = "Maria", label: str = "messages", **items: Any) -> dict[str, Any]:
    value: dict[str, Any] = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "441134960001", "phone_number_id": number},
        **items,
    }
    if "messages" in items:
        value["contacts"] = [{"profile": {"name": name}, "wa_id": PATIENT}]
    return {"value": value, "field": label}


def payload(*changes: dict[str, Any]) -> dict[str, Any]:
    return {"object": "whatsapp_business_account", "entry": [{"id": ACCOUNT, "changes": list(changes)}]}


def sign(body: bytes, secret: str = META_SECRET) -> str:
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


@dataclass
class Meta:
    """Meta as the sender of webhooks."""

    http: Any = field(default_factory=OutsideClient)

    def post(
        self, given: Any, *, path: str = "/webhooks/meta/", secret: str = META_SECRET, signature: str | None = None
    ) -> Any:
        body = given if isinstance(given, bytes) else json.dumps(given).encode()
        signed = sign(body, secret) if signature is None else signature
        return self.http.post(
            path, body, content_type="application/json", headers={"X-Hub-Signature-256": signed} if signed else {}
        )

    def says(self, body: str = "Hello", **fields: Any) -> Any:
        return self.post(payload(change(messages=[text(body, **fields)])))

    def tells(self, message: Message | str, said: str, **fields: Any) -> Any:
        return self.post(payload(change(statuses=[status(message, said, **fields)])))

    def shakes(self, path: str = "/webhooks/meta/", **query: str) -> Any:
        asked = {"hub.mode": "subscribe", "hub.challenge": "1158201444", "hub.verify_token": "a-long-word"}
        return self.http.get(path, {**asked, **{f"hub.{name}": value for name, value in query.items()}})


@pytest.fixture
def meta(channel: Channel) -> Meta:
    return Meta()
