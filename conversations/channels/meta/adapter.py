"""WhatsApp Cloud API, straight from Meta: messages, templates, statuses, echoes of the phone app.

A channel's address is its phone number id. Meta keeps no list of messages that could be searched: what became of one
whose answer was lost is told by its status webhook alone, which carries our id (docs/decisions/0027).
"""

import datetime as dt
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings

from conversations.channels.base import (
    Acknowledgement,
    Approval,
    ChannelError,
    CheckResult,
    ContentShape,
    FormRefused,
    Found,
    ListedTemplate,
    MediaPlace,
    OutcomeUnknown,
    Outgoing,
    OutgoingFile,
    Parsed,
    SendResult,
    TemplateUse,
    WebhookRequest,
)
from conversations.channels.meta import checking, payloads, reading, signing, templates
from conversations.channels.meta.client import call, token_of
from conversations.channels.meta.wire import CAPTIONS, FILES_TAKEN, FORM_REFUSED, TEMPLATE_STATES
from conversations.events_in import InboundMessage

if TYPE_CHECKING:
    from conversations.models import Channel

MEDIA_HOSTS = frozenset({"lookaside.fbsbx.com", "scontent.whatsapp.net", "mmg.whatsapp.net"})
NO_LIST = "no_list"


class Meta:
    title = "WhatsApp Cloud API"
    has_window = True
    greets = True
    lists_messages = False
    quotes = reacts = marks_read_alone = shows_typing = takes_places = True
    takes_files = FILES_TAKEN
    captions = CAPTIONS
    form_refusals = FORM_REFUSED

    def address_of(self, phone: str) -> str:
        return phone.removeprefix("+")

    def greet(self, channel: "Channel | None", request: WebhookRequest) -> str:
        return signing.challenge(channel, request)

    def address_in(self, request: WebhookRequest) -> str:
        return request.tail

    def verify(self, channel: "Channel | None", request: WebhookRequest) -> None:
        signing.check(channel, request)

    def parse(self, request: WebhookRequest) -> Parsed:
        return reading.read(request.body)

    def acknowledge(self, request: WebhookRequest) -> Acknowledgement:
        return Acknowledgement()

    def send(self, channel: "Channel", outgoing: Outgoing) -> SendResult:
        if outgoing.file is not None:
            return self._post(channel, payloads.file(outgoing, self._upload(channel, outgoing.file)))
        if outgoing.place is not None:
            return self._post(channel, payloads.place(outgoing, outgoing.place))
        try:
            return self._post(channel, payloads.message(outgoing))
        except OutcomeUnknown:
            raise
        except ChannelError as error:
            if outgoing.form != "text" and error.code in FORM_REFUSED:
                raise FormRefused(error.code) from error
            raise

    def send_template(self, channel: "Channel", template: TemplateUse) -> SendResult:
        return self._post(channel, payloads.template(template))

    def react(self, channel: "Channel", to: str, provider_id: str, emoji: str) -> SendResult:
        return self._post(channel, payloads.reaction(to, provider_id, emoji))

    def mark_read(self, channel: "Channel", provider_id: str, *, typing: bool) -> None:
        body = payloads.read(provider_id, typing=typing)
        call("POST", f"{channel.address}/messages", token=token_of(channel), json=body)

    def _post(self, channel: "Channel", body: dict[str, Any]) -> SendResult:
        said = call("POST", f"{channel.address}/messages", token=token_of(channel), json=body, sending=True)
        taken = said.get("messages")
        first = taken[0] if isinstance(taken, list) and taken else None
        if not isinstance(first, dict) or not isinstance(first.get("id"), str):
            raise OutcomeUnknown("no_id")
        return SendResult(provider_id=first["id"])

    def _upload(self, channel: "Channel", file: OutgoingFile) -> str:
        """Its id at Meta. Done again it is another one, which nobody sees: nothing has been sent by it."""
        said = call("POST", f"{channel.address}/media", token=token_of(channel), file=file)
        if not isinstance(said.get("id"), str):
            raise ChannelError("strange_answer", permanent=False)
        return str(said["id"])

    def create_template(self, channel: "Channel", shape: ContentShape) -> str:
        """Making it hands it in: Meta knows no drafts. The same name in the same language is the same template."""
        path = f"{_account_of(channel)}/message_templates"
        try:
            said = call("POST", path, token=token_of(channel), json=payloads.new_template(shape))
        except ChannelError as error:
            known = self._template_named(channel, shape) if error.permanent else None
            if known is None:
                raise
            return known
        if not said.get("id"):
            raise ChannelError("strange_answer", permanent=False)
        return str(said["id"])

    def _template_named(self, channel: "Channel", shape: ContentShape) -> str | None:
        """One that is there already: an earlier try whose answer was lost."""
        path = f"{_account_of(channel)}/message_templates"
        said = call("GET", path, token=token_of(channel), params={"name": shape.name})
        language = payloads.language_of(shape.language)
        rows = said.get("data")
        for each in rows if isinstance(rows, list) else []:
            if each.get("name") == shape.name and each.get("language") == language:
                return str(each["id"])
        return None

    def ask_approval(self, channel: "Channel", sid: str, name: str) -> None:
        """Nothing is left to do after create_template."""

    def approval(self, channel: "Channel", sid: str) -> Approval:
        said = call("GET", _id(sid), token=token_of(channel))
        state = TEMPLATE_STATES.get(str(said.get("status", "")).upper(), "submitted")
        return Approval(state=state, reason=_reason(said) if state == "rejected" else "")

    def list_templates(self, channel: "Channel") -> list[ListedTemplate]:
        return templates.listed(_account_of(channel), token_of(channel))

    def lookup(self, channel: "Channel", to: str, text: str, since: dt.datetime, ours: frozenset[str]) -> Found | None:
        raise ChannelError(NO_LIST, permanent=False)

    def inbound_since(self, channel: "Channel", since: dt.datetime) -> list[InboundMessage]:
        """None: Meta delivers again by itself what it could not deliver, for up to seven days."""
        return []

    def open_media(self, channel: "Channel", reference: str) -> MediaPlace:
        """In two steps: the id, then an address that holds for five minutes and wants the token too."""
        token = token_of(channel)
        said = call("GET", _id(reference), token=token, params={"phone_number_id": channel.address})
        if not isinstance(said.get("url"), str):
            raise ChannelError("strange_answer", permanent=False)
        own = urlsplit(settings.META_BASE_URL)
        return MediaPlace(
            url=said["url"],
            headers={"Authorization": f"Bearer {token}"},
            origin=f"{own.scheme}://{own.netloc}" if own.netloc else "",
            hosts=MEDIA_HOSTS,
            redirected_to=MEDIA_HOSTS,
        )

    def forget_media(self, channel: "Channel", reference: str) -> None:
        params = {"phone_number_id": channel.address}
        call("DELETE", _id(reference), token=token_of(channel), params=params)

    def check(self, channel: "Channel") -> CheckResult:
        return checking.check(channel)


def _account_of(channel: "Channel") -> str:
    if not channel.vendor_business:
        raise ChannelError("no_account", permanent=True)
    return channel.vendor_business


def _id(text: str) -> str:
    """An id goes into a path: whatever else it holds is none of Meta's."""
    if not text.isascii() or not text.isalnum():
        raise ChannelError("strange_id", permanent=True)
    return text


def _reason(said: dict[str, Any]) -> str:
    reason = str(said.get("rejected_reason") or said.get("status") or "")
    return "" if reason.upper() in ("NONE", "REJECTED") else reason.replace("_", " ").lower()[:300]


ADAPTER = Meta()
