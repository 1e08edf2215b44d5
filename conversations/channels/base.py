"""What every channel can do. An adapter translates and decides nothing; what went wrong carries the decision.

ChannelError       the vendor refused: nothing was sent; `permanent` says whether trying again can help
├── FormRefused    not with buttons or a list; the same in plain words may go
└── OutcomeUnknown the request may have arrived: nothing is sent again before that is known

A channel is a folder beside this file; docs/adding-a-channel.md walks through one.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal, Protocol

from django.core.exceptions import TooManyFieldsSent
from django.http import QueryDict

from agents.types import Choice
from conversations.events_in import InboundEvent, InboundMessage

if TYPE_CHECKING:
    from conversations.models import Channel

Form = Literal["buttons", "list", "text"]


class ChannelError(Exception):
    """`code` is the vendor's code or a short word of ours; never a text that could hold a phone number."""

    def __init__(self, code: str, *, permanent: bool, retry_after: float | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.permanent = permanent
        self.retry_after = retry_after  # seconds


class FormRefused(ChannelError):
    def __init__(self, code: str) -> None:
        super().__init__(code, permanent=True)


class OutcomeUnknown(ChannelError):
    def __init__(self, code: str) -> None:
        super().__init__(code, permanent=False)


NOT_HERE = "not_here"  # the code of what a channel doesn't have: buttons, templates, typing


class SignatureRefused(Exception):
    """The webhook was not signed with this channel's secret."""


class Unreadable(ValueError):
    """A webhook that is not in the vendor's format; the text says so to whoever sent it."""


@dataclass(frozen=True, kw_only=True)
class WebhookRequest:
    """A webhook as it came, with the address built from our own public origin, not from what the request says."""

    url: str
    tail: str  # of the path, below /webhooks/<kind>/: "status", "106540352242922", or ""
    query: Mapping[str, str]
    body: bytes
    content_type: str  # without its parameters
    headers: Mapping[str, str]

    @cached_property
    def form(self) -> dict[str, list[str]]:
        """The body read as a form, every value under its name. Raises Unreadable."""
        try:
            return dict(QueryDict(self.body, encoding="utf-8").lists())
        except TooManyFieldsSent:
            raise Unreadable("Too many fields.") from None


@dataclass(frozen=True, kw_only=True)
class Unread:
    """One piece of a webhook that is not as the vendor describes it, kept apart so that the others are taken."""

    channel_address: str
    reason: str  # where it does not fit; nothing of what stands there
    payload: Mapping[str, object]


@dataclass(frozen=True, kw_only=True)
class Parsed:
    events: Sequence[InboundEvent]
    unread: Sequence[Unread] = ()


@dataclass(frozen=True, kw_only=True)
class Acknowledgement:
    """What the vendor hears once everything is stored."""

    status: int = 200
    body: str = ""
    content_type: str = "text/plain"


@dataclass(frozen=True, kw_only=True)
class SendResult:
    provider_id: str


@dataclass(frozen=True, kw_only=True)
class OutgoingFile:
    """A file that the vendor takes: by uploading its content, or by fetching it under a link that holds for an hour."""

    kind: str  # conversations.Message.Kind value
    type: str  # MIME type
    name: str
    content: bytes
    link: str


@dataclass(frozen=True, kw_only=True)
class Place:
    latitude: float
    longitude: float
    name: str = ""
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """A text to one contact, with answers to tap where `form` says so; or a file or place with a text under it."""

    to: str  # as the vendor writes it
    text: str
    message_id: int | None  # our Message's id: travels along, so that the vendor's news name it
    choices: tuple[Choice, ...] = ()
    form: Form = "text"
    button: str = ""  # what opens a list
    language: str = ""
    reply_to: str = ""  # the vendor's id of the message that is quoted, where the vendor can quote
    file: OutgoingFile | None = None
    place: Place | None = None


@dataclass(frozen=True, kw_only=True)
class TemplateUse:
    """An approved template, filled in."""

    to: str
    message_id: int | None
    sid: str
    name: str
    language: str
    body: str  # with its blanks: "Hello {{1}}"
    variables: Mapping[str, str]  # {"1": "Rosa", …}, for the body and the buttons together
    choices: tuple[Choice, ...] = ()  # its buttons, the blanks of their ids filled in


@dataclass(frozen=True, kw_only=True)
class ContentShape:
    """A text with buttons, a list or neither, to be made at the vendor; {{1}} … are filled in when it is sent."""

    name: str  # for people at the vendor's console
    language: str
    form: Form
    body: str
    choices: tuple[Choice, ...] = ()
    button: str = ""  # what opens a list
    samples: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Approval:
    """Where WhatsApp's review of a template stands."""

    state: str  # conversations.MessageTemplate.State value
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class ListedTemplate:
    """A template as it stands at the vendor, wherever it was made."""

    sid: str
    name: str
    language: str  # the vendor's code
    category: str  # utility, marketing, authentication; "" where the vendor says nothing
    body: str  # with its blanks: "Hello {{1}}"
    state: str  # conversations.MessageTemplate.State value
    reason: str = ""  # why it was refused, as the vendor says
    samples: Mapping[str, str] = field(default_factory=dict)  # {"1": "Rosa"}
    buttons: tuple[str, ...] = ()  # their titles
    unfit: str = ""  # why it can't be sent with a text alone, in words for a person


@dataclass(frozen=True, kw_only=True)
class Found:
    """A message of ours that the vendor has."""

    provider_id: str
    delivery: str  # conversations.Message.Delivery value
    error: str = ""


@dataclass(frozen=True, kw_only=True)
class MediaPlace:
    """Where a file is fetched: with these headers from these hosts, without them from where it is redirected to."""

    url: str
    headers: Mapping[str, str]
    origin: str  # the stand-in's, "http://127.0.0.1:8700": taken as it is; "" for the vendor's own
    hosts: frozenset[str]
    redirected_to: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class CheckResult:
    """What the check button learned, in sentences for a person.

    `problem`: it can't work like this. `doubt`: it looks wrong, unless messages arrive all the same (Twilio's shared
    sandbox number is no sender of anybody's account). Both empty: it works.
    """

    problem: str = ""
    doubt: str = ""


class ChannelAdapter(Protocol):
    title: str
    has_window: bool  # free text only within 24 hours of the contact's last message
    greets: bool  # the vendor asks by GET when our address is entered there
    lists_messages: bool  # what was sent and received can be looked up; otherwise only webhooks tell
    quotes: bool  # a message can stand as the reply to another one
    reacts: bool  # `react` works
    marks_read_alone: bool  # `mark_read` works without `typing`
    shows_typing: bool  # and with it
    takes_places: bool
    takes_files: Mapping[str, int]  # MIME type → bytes at most
    captions: frozenset[str]  # kinds of files (Message.Kind) under which a text can stand
    form_refusals: frozenset[str]  # codes of a late FormRefused: the message was taken, then failed

    def address_of(self, phone: str) -> str:
        """How the vendor writes a contact's number, from E.164."""

    def greet(self, channel: "Channel | None", request: WebhookRequest) -> str:
        """The answer to the vendor's GET when the address is entered there. Raises SignatureRefused."""

    def address_in(self, request: WebhookRequest) -> str:
        """Whose secret has to have signed it, as far as can be told before anything is verified; "": the platform's.

        Raises Unreadable or SignatureRefused.
        """

    def verify(self, channel: "Channel | None", request: WebhookRequest) -> None:
        """Against this channel's own secret, or without a channel the platform's. Raises SignatureRefused."""

    def parse(self, request: WebhookRequest) -> Parsed:
        """What a verified webhook says, perhaps of several channels. Raises Unreadable."""

    def acknowledge(self, request: WebhookRequest) -> Acknowledgement:
        """The answer once everything is stored."""

    def send(self, channel: "Channel", outgoing: Outgoing) -> SendResult:
        """Hand over one text, file or place. Raises ChannelError; OutcomeUnknown when it may have been taken."""

    def send_template(self, channel: "Channel", template: TemplateUse) -> SendResult:
        """Hand one template to the vendor. Raises as `send` does."""

    def create_template(self, channel: "Channel", shape: ContentShape) -> str:
        """Its new id at the vendor. Raises ChannelError, also where the channel knows no such thing."""

    def ask_approval(self, channel: "Channel", sid: str, name: str) -> None:
        """Hand a template in at WhatsApp under a name of its own. Raises ChannelError."""

    def approval(self, channel: "Channel", sid: str) -> Approval:
        """What has become of that. Raises ChannelError."""

    def list_templates(self, channel: "Channel") -> list[ListedTemplate]:
        """All that the account has, those made elsewhere too. Raises ChannelError."""

    def lookup(self, channel: "Channel", to: str, text: str, since: dt.datetime, ours: frozenset[str]) -> Found | None:
        """The vendor's copy of a text sent to `to` since then, apart from those already known as `ours`."""

    def inbound_since(self, channel: "Channel", since: dt.datetime) -> list[InboundMessage]:
        """What contacts sent to this channel since then, oldest first; nothing where the vendor keeps no list of it.

        Raises ChannelError.
        """

    def open_media(self, channel: "Channel", reference: str) -> MediaPlace:
        """Where the file of a message (events_in.Media.url) is to be fetched now. Raises ChannelError."""

    def forget_media(self, channel: "Channel", reference: str) -> None:
        """Have the vendor delete its copy of what a contact sent. Raises ChannelError."""

    def mark_read(self, channel: "Channel", provider_id: str, *, typing: bool) -> None:
        """The contact sees that their message was read, and for some seconds that somebody types. Raises
        ChannelError."""

    def react(self, channel: "Channel", to: str, provider_id: str, emoji: str) -> SendResult:
        """An emoji on the contact's message; "" takes it back. Raises ChannelError."""

    def check(self, channel: "Channel") -> CheckResult:
        """Whether the account answers and the number is its own."""
