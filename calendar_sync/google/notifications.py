"""What Google posts over a push channel: no contents, only that a calendar changed. It makes a reading due."""

import hmac

import structlog
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from django_tenants.utils import tenant_context

from calendar_sync.google.mirrors import SYNC
from calendar_sync.google.push_channels import digest
from calendar_sync.models import CalendarMirror
from tenants import clock, worklist
from tenants.models import CalendarRoute

log = structlog.get_logger(__name__)
NOT_FOUND = 404  # the same for an unknown channel and a wrong secret


@csrf_exempt
@require_POST
def notification(request: HttpRequest) -> HttpResponse:
    """Nothing is believed but "look again"; a forged or repeated one does no harm and has no effect."""
    route = _route(request.headers.get("X-Goog-Channel-ID", ""))
    if route is None:
        log.warning("calendar.notification_unknown")
        return HttpResponse(status=NOT_FOUND)
    if not hmac.compare_digest(digest(request.headers.get("X-Goog-Channel-Token", "")), route.token_digest):
        log.warning("calendar.notification_forged", business=route.business_id, mirror=route.mirror_id)
        CalendarRoute.objects.filter(pk=route.pk).update(forged=F("forged") + 1)
        return HttpResponse(status=NOT_FOUND)
    if route.business.fenced_at is not None:
        return HttpResponse(status=503)  # Google tries again; the poll catches up
    with tenant_context(route.business), transaction.atomic():
        known = CalendarMirror.objects.filter(pk=route.mirror_id).update(notified_at=clock.now())
        if known and request.headers.get("X-Goog-Resource-State") != "sync":  # the channel's own first message
            worklist.call_for(route.business_id, SYNC, route.mirror_id)
    return HttpResponse(status=204)


def _route(channel_id: str) -> CalendarRoute | None:
    if not channel_id or "\x00" in channel_id:
        return None
    return CalendarRoute.objects.filter(channel_id=channel_id).select_related("business").first()
