"""The one door to a business's objects for pages and calls made by people."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import get_script_prefix, resolve

from tenants import schema
from tenants.models import Business, Membership, Role

Row = TypeVar("Row", bound=models.Model)
View = Callable[..., HttpResponse]


def business_of(request: HttpRequest) -> Business:
    """The business of a request below /b/, membership already checked; anything else is a 404."""
    business: Business | None = getattr(request, "business", None)
    if business is None or getattr(request, "membership", None) is None or schema.current() != business.schema_name:
        raise Http404("no business")
    return business


def membership_of(request: HttpRequest) -> Membership:
    business_of(request)
    return request.membership  # type: ignore[attr-defined]


def find(request: HttpRequest, rows: type[Row] | models.QuerySet[Row], **lookup: Any) -> Row:
    """One object of the request's business, or 404; its schema is the border."""
    business_of(request)
    queryset = rows._default_manager.all() if isinstance(rows, type) else rows
    row = queryset.filter(**lookup).first()
    if row is None:
        raise Http404("no such object")
    return row


def staff_page(view: View) -> View:
    """Any member may open it."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        business_of(request)
        return view(request, *args, **kwargs)

    return guarded


def manager_page(view: View) -> View:
    """Owners and admins only; others are told who they are, with the status of a page that isn't there."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not membership_of(request).manages:
            return _for_managers(request)
        return view(request, *args, **kwargs)

    guarded.for_managers = True  # type: ignore[attr-defined]
    return guarded


def may_open(membership: Membership, url: str) -> bool:
    """Whether a page below this business is for this role; `url` as `reverse` makes it."""
    if membership.manages:
        return True
    return not getattr(resolve("/" + url.removeprefix(get_script_prefix())).func, "for_managers", False)


def _for_managers(request: HttpRequest) -> HttpResponse:
    managing = Membership.objects.filter(business=business_of(request), role__in=(Role.OWNER, Role.ADMIN))
    people = [str(each.user) for each in managing.select_related("user").order_by("pk")]
    return render(request, "tenants/for_managers.html", {"people": people, "section": "settings"}, status=404)
