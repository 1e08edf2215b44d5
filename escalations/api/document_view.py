"""The OpenAPI document, open to anybody: it holds nothing of any business, and says nothing of which there are."""

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from escalations.api.openapi import document


@require_safe
def openapi(request: HttpRequest) -> JsonResponse:
    origin = settings.PUBLIC_ORIGIN + request.META["SCRIPT_NAME"]
    return JsonResponse(document() | {"servers": [{"url": f"{origin}/api/v1"}]})
