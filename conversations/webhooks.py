"""The front door of every channel: `/webhooks/<kind>/…`. What differs between vendors is in their adapters.

An answer of 2xx means "stored". Nothing is read into anything, and nothing stored, before a signature was verified; and
nothing goes to a business whose own secret did not sign it. One delivery may speak of several numbers: what can be
stored is stored, and the vendor is asked to come again as long as something could not be.
"""

import structlog
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from django_tenants.utils import tenant_context

from conversations import inbox, numbers, unread
from conversations.channels.base import (
    ChannelAdapter,
    ChannelError,
    Parsed,
    SignatureRefused,
    Unreadable,
    WebhookRequest,
)
from conversations.channels.registry import adapter_for
from conversations.models import Channel
from conversations.storing import clean
from tenants.models import Business

log = structlog.get_logger(__name__)
MAX_BODY = settings.DATA_UPLOAD_MAX_MEMORY_SIZE


class Refused(Exception):
    """The webhook is answered with this status and text; nothing is stored."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status
        self.text = text


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def receive(request: HttpRequest, kind: str, tail: str = "") -> HttpResponse:
    """What a vendor tells of one or several of our numbers."""
    try:
        adapter = adapter_for(kind)
    except ChannelError:
        return _refusal(Refused(404, "There is no such channel."))
    if request.method != "POST" and not adapter.greets:
        return HttpResponseNotAllowed(["POST"])
    try:
        webhook = _read(request, tail)
        if request.method != "POST":
            return HttpResponse(_greet(kind, adapter, webhook), content_type="text/plain; charset=utf-8")
        _take(kind, adapter, webhook)
        said = adapter.acknowledge(webhook)
    except Refused as refused:
        return _refusal(refused)
    except Unreadable as error:
        return _refusal(Refused(400, str(error)))
    except SignatureRefused as error:
        log.warning("webhook.signature_refused", kind=kind, reason=str(error))
        return _refusal(Refused(403, "This address takes requests that are signed for this number's account only."))
    return HttpResponse(said.body, status=said.status, content_type=said.content_type)


def _greet(kind: str, adapter: ChannelAdapter, webhook: WebhookRequest) -> str:
    if not webhook.tail:
        return adapter.greet(None, webhook)
    business, channel = _addressed(kind, webhook.tail)
    with tenant_context(business):
        return adapter.greet(channel, webhook)


def _take(kind: str, adapter: ChannelAdapter, webhook: WebhookRequest) -> None:
    """Verify, parse, then store for each number whose own secret has signed it."""
    address = adapter.address_in(webhook)
    failed: Refused | None = None
    if address:
        business, channel = _addressed(kind, address)
        with tenant_context(business):
            adapter.verify(channel, webhook)
            parsed = adapter.parse(webhook)
            failed = _store(business, channel, parsed, address)
    else:
        adapter.verify(None, webhook)
        parsed = adapter.parse(webhook)
    told_of = dict.fromkeys(each.channel_address for each in (*parsed.events, *parsed.unread))
    for number in told_of:
        if number != address:
            failed = _take_beside(kind, adapter, webhook, parsed, number, alone=len(told_of) == 1) or failed
    if failed is not None:
        raise failed


def _take_beside(
    kind: str, adapter: ChannelAdapter, webhook: WebhookRequest, parsed: Parsed, number: str, *, alone: bool
) -> Refused | None:
    """One number of a delivery. Alone it is refused when it can't be taken; beside others it is left out unless that
    passes: what is nobody's, or was signed by somebody else, would be sent again for days."""
    try:
        business, channel = _addressed(kind, number)
        with tenant_context(business):
            adapter.verify(channel, webhook)
            return _store(business, channel, parsed, number)
    except (Refused, SignatureRefused) as error:
        if isinstance(error, Refused) and error.status >= 500:
            return error
        if alone:
            raise
        log.warning("webhook.part_left_out", kind=kind, reason=type(error).__name__)
        return None


def _store(business: Business, channel: Channel, parsed: Parsed, number: str) -> Refused | None:
    """Each piece in a transaction of its own: what fails keeps no other from being stored."""
    failed = None
    for event in (each for each in parsed.events if each.channel_address == number):
        try:
            inbox.accept(business, channel, event)
        except DatabaseError as error:
            log.error("webhook.not_stored", business=business.pk, error=type(error).__name__)
            failed = Refused(503, "Not everything could be stored. Please send it again.")
    unread.keep(channel, [each for each in parsed.unread if each.channel_address == number])
    return failed


def _read(request: HttpRequest, tail: str) -> WebhookRequest:
    """The request as the adapter reads it. The address is our configured one: what proxies or senders claim about
    host, port and scheme counts for nothing."""
    length = request.headers.get("Content-Length", "")
    if length.isdecimal() and int(length) > MAX_BODY:
        raise Refused(413, "The body is too large.")
    try:
        body = request.body
    except RequestDataTooBig:
        raise Refused(413, "The body is too large.") from None
    query = request.META.get("QUERY_STRING", "")
    return WebhookRequest(
        url=settings.PUBLIC_ORIGIN + request.path + (f"?{query}" if query else ""),
        tail=tail.strip("/"),
        query=request.GET.dict(),
        body=body,
        content_type=request.content_type or "",
        headers=request.headers,
    )


def _addressed(kind: str, address: str) -> tuple[Business, Channel]:
    """The business that a number leads to, and the channel that it is there; the number itself is never logged."""
    business, channel = numbers.looked_up(kind, clean(address)[:120])
    if business is None:
        log.warning("webhook.number_unknown", kind=kind)
    elif business.fenced_at is not None:
        raise Refused(503, "This business is being updated. Please send it again.")
    if business is None or channel is None:
        raise Refused(404, "No business answers at this number.")
    return business, channel


def _refusal(refused: Refused) -> HttpResponse:
    return HttpResponse(refused.text + "\n", status=refused.status, content_type="text/plain; charset=utf-8")
