"""What every channel can do. An adapter translates and decides nothing; what went wrong carries the decision.

ChannelError       the vendor refused: nothing was sent; `permanent` says whether trying again can help
└── OutcomeUnknown the request may have arrived: look it up before anything is sent again
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol

from agents.types import Choice
from conversations.events_in import InboundEvent, InboundMessage

if TYPE_CHECKING:
    from conversations.models import Channel


class ChannelError(Exception):
    """`code` is the vendor's code or a short word of ours; never a text that could hold a phone number."""

    def __init__(self, code: str, *, permanent: bool, retry_after: float | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.permanent = permanent
        self.retry_after = retry_after


class OutcomeUnknown(ChannelError):
    def __init__(self, code: str) -> None:
        super().__init__(code, permanent=False)


NO_CONTENT = "no_content"  # the code of a channel that has no buttons and lists: numbered text does instead


class SignatureRefused(Exception):
    """The webhook was not signed with this channel's secret."""


@dataclass(frozen=True, kw_only=True)
class WebhookRequest:
    """A webhook as it came, with the address built from our own public origin, not from what the request says."""

    url: str
    fields: Mapping[str, list[str]]
    body: str
    is_form: bool
    headers: Mapping[str, str]

    def field(self, name: str) -> str:
        values = self.fields.get(name)
        return values[0] if values else ""


@dataclass(frozen=True, kw_only=True)
class SendResult:
    provider_id: str


@dataclass(frozen=True, kw_only=True)
class Content:
    """What stands at the vendor under `sid`, filled in: {"1": "Rosa", …}."""

    sid: str
    variables: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class ContentShape:
    """A text with buttons, a list or neither, to be made at the vendor; {{1}} … are filled in when it is sent."""

    name: str  # for people at the vendor's console
    language: str
    form: Literal["buttons", "list", "text"]
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
class Found:
    """A message of ours that the vendor has."""

    provider_id: str
    delivery: str  # conversations.Message.Delivery value
    error: str = ""


@dataclass(frozen=True, kw_only=True)
class CheckResult:
    """What the check button learned, in sentences for a person.

    `problem`: it can't work like this. `doubt`: it looks wrong, unless messages arrive all the same (Twilio's shared
    sandbox number is no sender of anybody's account). Both empty: it works.
    """

    problem: str = ""
    doubt: str = ""


class ChannelAdapter(Protocol):
    def verify(self, channel: "Channel", request: WebhookRequest) -> None:
        """Raises SignatureRefused."""

    def parse(self, request: WebhookRequest) -> list[InboundEvent]:
        """What a verified webhook says."""

    def send(self, channel: "Channel", to: str, text: str, message_id: int | None) -> SendResult:
        """Hand one text to the vendor. Raises ChannelError; OutcomeUnknown when it may have been taken."""

    def send_content(self, channel: "Channel", to: str, content: Content, message_id: int | None) -> SendResult:
        """Hand one template, or text with choices, to the vendor. Raises as `send` does."""

    def create_content(self, channel: "Channel", shape: ContentShape) -> str:
        """Its new id at the vendor. Raises ChannelError, also where the channel knows no such thing."""

    def ask_approval(self, channel: "Channel", sid: str, name: str) -> None:
        """Hand a content in at WhatsApp under a name of its own. Raises ChannelError."""

    def approval(self, channel: "Channel", sid: str) -> Approval:
        """What has become of that. Raises ChannelError."""

    def lookup(self, channel: "Channel", to: str, text: str, since: dt.datetime, ours: frozenset[str]) -> Found | None:
        """The vendor's copy of a text sent to `to` since then, apart from those already known as `ours`."""

    def inbound_since(self, channel: "Channel", since: dt.datetime) -> list[InboundMessage]:
        """What contacts sent to this channel since then, oldest first. Raises ChannelError."""

    def check(self, channel: "Channel") -> CheckResult:
        """Whether the account answers and the number is its own."""
