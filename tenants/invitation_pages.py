"""The page behind the link of an invitation."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tenants import invitations
from tenants.models import Invitation

STATUS = {"unknown": 404, "wrong_person": 403}  # every other reason: 410, it was good once


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Shows who invites; a POST by the invited person, logged in, accepts."""
    found = None
    try:
        found = invitations.read(token)
        if not request.user.is_authenticated:
            invitations.check(found, None)
            return _ask_to_log_in(request, found)
        invitations.check(found, request.user)
        if request.method == "POST":
            membership = invitations.accept(found, request.user)
            messages.success(request, gettext("Welcome to %(business)s.") % {"business": membership.business.name})
            return redirect(membership.business.path)
    except invitations.InvitationError as error:
        return _refuse(request, found, error.reason)
    return render(request, "tenants/invitation.html", {"invitation": found})


def _ask_to_log_in(request: HttpRequest, found: Invitation) -> HttpResponse:
    if request.method == "POST":
        return redirect_to_login(request.path, "/accounts/login/")
    return render(request, "tenants/invitation.html", {"invitation": found, "log_in": True})


def _refuse(request: HttpRequest, found: Invitation | None, reason: str) -> HttpResponse:
    if reason == "used" and found is not None and _is_member(request, found):
        return redirect(found.business.path)
    context = {"invitation": found, "reason": reason}
    return render(request, "tenants/invitation_refused.html", context, status=STATUS.get(reason, 410))


def _is_member(request: HttpRequest, found: Invitation) -> bool:
    return request.user.is_authenticated and found.business.memberships.filter(user=request.user).exists()
