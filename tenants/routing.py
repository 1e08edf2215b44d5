"""/b/<slug>/… → the business, its schema and its routes; and the membership check before any of its pages.

django-tenants' own subfolder middleware rebuilds the resolver on every request (docs/decisions/0003).
"""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.urls import set_script_prefix, set_urlconf
from django.utils import timezone

from tenants import schema
from tenants.audit import record
from tenants.models import SLUG_PATTERN, Business, Membership

PREFIX = "/b/"
PROGRAMS = "/api/"  # below /b/<slug>: other programs, with keys instead of people (escalations.api.door)
READING = frozenset({"GET", "HEAD", "OPTIONS"})


def business_at(slug: str) -> Business | None:
    """The business at /b/<slug>/, once it is set up."""
    if not re.fullmatch(SLUG_PATTERN, slug):
        return None
    return Business.objects.filter(slug=slug).exclude(status=Business.Status.PREPARING).first()


def membership_in(business: Business, user: Any) -> Membership | None:
    """The one rule of who may enter a business: pages, calls and event streams all ask here."""
    return Membership.objects.filter(user=user, business=business).first()


class BusinessPathMiddleware:
    """Enters the schema named by the path; everything else is served in `public`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        schema.leave()
        base = request.META.get("SCRIPT_NAME", "").split(PREFIX)[0].rstrip("/")
        set_script_prefix(base + "/")
        request.business = None  # type: ignore[attr-defined]
        request.membership = None  # type: ignore[attr-defined]
        request.tenant = connection.tenant  # type: ignore[attr-defined]
        try:
            if request.path_info.startswith(PREFIX):
                redirect = self._enter(request, base)
                if redirect is not None:
                    return redirect
            return self.get_response(request)
        finally:
            schema.leave()
            set_script_prefix("/")
            set_urlconf(None)

    def _enter(self, request: HttpRequest, base: str) -> HttpResponse | None:
        slug, separator, rest = request.path_info[len(PREFIX) :].partition("/")
        if not separator:
            return HttpResponsePermanentRedirect(request.path + "/")
        business = business_at(slug)
        # An unknown slug is refused by MembershipMiddleware, in the same way as somebody else's business.
        request.business = business  # type: ignore[attr-defined]
        request.business_missing = business is None  # type: ignore[attr-defined]
        request.META["SCRIPT_NAME"] = script = f"{base}{PREFIX}{slug}"
        request.path_info = "/" + rest
        set_script_prefix(script + "/")
        request.urlconf = settings.BUSINESS_URLCONF
        set_urlconf(settings.BUSINESS_URLCONF)
        if business is not None:
            request.tenant = business  # type: ignore[attr-defined]
            schema.enter(business)
        return None


class MembershipMiddleware:
    """Below /b/: logged in and a member, on every request. A stranger never learns that it exists.

    Programs are let through to the one door that asks for their key, and by no other view of that place.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not hasattr(request, "business_missing") or request.path_info.startswith(PROGRAMS):
            return self.get_response(request)
        if not request.user.is_authenticated:
            return _to_log_in(request)
        business: Business | None = request.business  # type: ignore[attr-defined]
        membership = membership_in(business, request.user) if business is not None else None
        if business is None or membership is None:
            return self._refuse(request, business)
        request.membership = membership  # type: ignore[attr-defined]
        if business.fenced_at is not None:
            return render(request, "tenants/fenced.html", status=503)
        if business.suspended and request.method not in READING:
            return render(request, "tenants/suspended.html", status=403)
        with timezone.override(ZoneInfo(business.timezone)):
            return self.get_response(request)

    def _refuse(self, request: HttpRequest, business: Business | None) -> HttpResponse:
        if business is not None:
            record(business, request.user, "access.refused", "page")
        schema.leave()
        request.business = None  # type: ignore[attr-defined]
        raise Http404("no such page")


def _to_log_in(request: HttpRequest) -> HttpResponse:
    """And back to the page afterwards; of what was sent, to the page that sent it, for its own address takes no GET.

    A page that only asks for a part of itself is told so (toasts.js), else the log-in would stand in its middle.
    """
    if "HX-Request" in request.headers:
        return HttpResponse(status=401)
    back = request.get_full_path()
    if request.method not in READING:
        sender = urlsplit(request.headers.get("Referer", ""))
        ours = sender.netloc == request.get_host() and sender.path.startswith(request.META["SCRIPT_NAME"] + "/")
        back = sender.path if ours else request.META["SCRIPT_NAME"] + "/"
    return HttpResponseRedirect(f"{settings.LOGIN_URL}?next={quote(back)}")


def business_context(request: HttpRequest) -> dict[str, Any]:
    """Template context: the businesses that the person may switch to."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or getattr(request, "membership", None) is None:
        return {}
    memberships = Membership.objects.filter(user=user).exclude(business__status=Business.Status.PREPARING)
    return {"memberships": memberships.select_related("business").order_by("business__name")}
