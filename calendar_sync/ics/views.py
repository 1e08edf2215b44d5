"""Calendar files by address alone: whoever has it may read what is behind it, and nothing else is told."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe
from django_tenants.utils import tenant_context

from calendar_sync.ics import feeds, links
from tenants.models import Business

KIND = "text/calendar; charset=utf-8; method=PUBLISH"


@require_safe
def appointment_file(request: HttpRequest, token: str) -> HttpResponseBase:
    """One appointment, for the patient's calendar."""
    business = _served(links.business_of(token))
    if business.fenced_at is not None:
        return _later()
    content = links.file_at(token, business)
    if content is None:
        raise Http404("no such file")
    response = _private(HttpResponse(content, content_type=KIND))
    response["Content-Disposition"] = 'inline; filename="appointment.ics"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def practitioner_feed(request: HttpRequest, token: str) -> HttpResponseBase:
    """A practitioner's appointments, for a calendar that subscribes to them."""
    business = _served(feeds.business_of(token))
    if business.fenced_at is not None:
        return _later()
    with tenant_context(business):
        feed = feeds.feed_at(token, business)
    if feed is None:
        raise Http404("no such feed")
    etag = f'"{feed.fingerprint}"'
    unchanged = get_conditional_response(request, etag=etag)
    response: HttpResponseBase = unchanged or HttpResponse(feeds.file_of(feed), content_type=KIND)
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    if not unchanged:
        response["Content-Disposition"] = 'inline; filename="diary.ics"'
    return _private(response)


def _served(business: Business | None) -> Business:
    if business is None:
        raise Http404("no such file")
    return business


def _later() -> HttpResponse:
    return HttpResponse("This business is being updated.\n", status=503, headers={"Retry-After": "120"})


def _private(response: HttpResponseBase) -> HttpResponseBase:
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
