"""Webhooks of WhatsApp through Twilio: business by the number addressed, then that channel's own secret.

An answer of 2xx means "stored". Nothing is stored before the signature was verified.
"""

import json
from collections.abc import Mapping

import structlog
from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from django_tenants.utils import tenant_context

from conversations import inbox
from conversations.channels.base import SignatureRefused, WebhookRequest
from conversations.channels.registry import adapter_for
from conversations.models import Channel
from tenants.models import Business, ChannelKind, ChannelRoute

log = structlog.get_logger(__name__)
MAX_BODY = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
EMPTY_TWIML = '<?xml version="1.0" encoding="UTF-8"?><Response></Response>'


class Refused(Exception):
    """The webhook is answered with this status and text; nothing is stored."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status
        self.text = text


@csrf_exempt
@require_POST
def twilio_message(request: HttpRequest) -> HttpResponse:
    """A contact wrote to one of our numbers."""
    try:
        _take(request, addressed="To")
    except Refused as refused:
        return _refusal(refused)
    return HttpResponse(EMPTY_TWIML, content_type="text/xml")


@csrf_exempt
@require_POST
def twilio_status(request: HttpRequest) -> HttpResponse:
    """A message of ours got further."""
    try:
        _take(request, addressed="From")
    except Refused as refused:
        return _refusal(refused)
    return HttpResponse(status=204)


def _take(request: HttpRequest, *, addressed: str) -> None:
    """Find the business, verify, parse, store."""
    webhook = _read(request)
    if not webhook.headers.get("X-Twilio-Signature"):
        raise Refused(403, "This address takes signed requests of Twilio only.")
    business, address = _business_at(webhook.field(addressed))
    adapter = adapter_for(ChannelKind.TWILIO)
    with tenant_context(business):
        channel = Channel.objects.filter(kind=ChannelKind.TWILIO, address=address, active=True).first()
        if channel is None:
            raise Refused(404, "No business answers at this number.")
        try:
            adapter.verify(channel, webhook)
        except SignatureRefused as reason:
            log.warning("webhook.signature_refused", business=business.pk, channel=channel.pk, reason=str(reason))
            raise Refused(403, "The signature does not fit this number's account.") from None
        for event in adapter.parse(webhook):
            inbox.accept(business, channel, event)


def _read(request: HttpRequest) -> WebhookRequest:
    """The request as the adapter reads it. The address is our configured one: what proxies or senders claim about
    host, port and scheme counts for nothing."""
    length = request.headers.get("Content-Length", "")
    if length.isdecimal() and int(length) > MAX_BODY:
        raise Refused(413, "The body is too large.")
    is_form = request.content_type == "application/x-www-form-urlencoded"
    try:
        body = request.body.decode("utf-8", "replace")
        fields = dict(request.POST.lists()) if is_form else _json_fields(body)
    except RequestDataTooBig:
        raise Refused(413, "The body is too large.") from None
    except TooManyFieldsSent:
        raise Refused(400, "Too many fields.") from None
    query = request.META.get("QUERY_STRING", "")
    return WebhookRequest(
        url=settings.PUBLIC_ORIGIN + request.path + (f"?{query}" if query else ""),
        fields=fields,
        body=body,
        is_form=is_form,
        headers=request.headers,
    )


def _json_fields(body: str) -> Mapping[str, list[str]]:
    try:
        given = json.loads(body)
    except ValueError:
        raise Refused(400, "The body is neither a form nor JSON.") from None
    if not isinstance(given, dict):
        raise Refused(400, "The body is no JSON object.")
    return {str(name): [value if isinstance(value, str) else json.dumps(value)] for name, value in given.items()}


def _business_at(address: str) -> tuple[Business, str]:
    """The business that a number leads to; the number itself is never logged."""
    address = inbox.clean(address)
    route = ChannelRoute.objects.filter(kind=ChannelKind.TWILIO, address=address).select_related("business").first()
    if route is None:
        log.warning("webhook.number_unknown")
        raise Refused(404, "No business answers at this number.")
    if route.business.fenced_at is not None:
        raise Refused(503, "This business is being updated. Please send it again.")
    return route.business, route.address


def _refusal(refused: Refused) -> HttpResponse:
    return HttpResponse(refused.text + "\n", status=refused.status, content_type="text/plain; charset=utf-8")
