from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from tenants.routing import PROGRAMS

FOR_PROGRAMS = {
    "type": "urn:frontdesk:problem:server_error",
    "title": "Internal Server Error",
    "status": 500,
    "detail": "Something went wrong on our side. It is safe to try again with the same Idempotency-Key.",
    "code": "server_error",
}


def server_error(request: HttpRequest) -> HttpResponse:
    """A page for people, a problem document (RFC 9457) for programs."""
    if hasattr(request, "business_missing") and request.path_info.startswith(PROGRAMS):
        return JsonResponse(FOR_PROGRAMS, status=500, content_type="application/problem+json")
    return render(request, "500.html", status=500)
