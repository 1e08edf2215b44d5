"""Connecting by signing up with Facebook: the way to Meta's dialog, the way back, and choosing among several numbers.

The dialog is reached by a redirect; nothing of Meta's runs in our pages.
"""

import json
from dataclasses import asdict

from cryptography.fernet import InvalidToken
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.crypto import get_random_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_tenants.utils import tenant_context

from conversations.channels.base import ChannelError
from conversations.channels.meta import signup
from conversations.channels.meta.checking import said_of
from conversations.channels.registry import connect_forms
from conversations.connecting import NumberRefused
from tenants.access import business_of, manager_page
from tenants.audit import record
from tenants.models import Business, Membership
from tenants.secret_fields import cipher

SALT = "conversations.signup"
WITHIN = 15 * 60  # seconds from leaving for Meta to coming back
LEFT, ALLOWED = "meta_left", "meta_allowed"  # in the session
NOT_SET_UP = _("Signing up with Facebook isn't set up on this server: connect the number by its ids instead.")


@manager_page
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    if not signup.configured():
        messages.error(request, NOT_SET_UP)
        return redirect("settings_channels")
    assert request.user.is_authenticated
    state = signing.dumps([business_of(request).pk, request.user.pk, get_random_string(22)], salt=SALT)
    request.session[LEFT] = state
    return HttpResponseRedirect(signup.dialog_url(state))


@login_required
@require_GET
def come_back(request: HttpRequest) -> HttpResponse:
    """Public, because Meta knows one address: the signed state says which business it is for."""
    assert request.user.is_authenticated
    state = request.GET.get("state", "")
    try:
        if not state or request.session.pop(LEFT, "") != state:
            raise signing.BadSignature("another errand")
        business_id, user_id, _ = signing.loads(state, salt=SALT, max_age=WITHIN)
    except (signing.BadSignature, ValueError, TypeError):
        messages.error(request, gettext("That took too long or was opened twice. Please connect the number again."))
        return redirect("/home/")
    membership = (
        Membership.objects.filter(business_id=business_id, user=request.user).select_related("business").first()
    )
    if membership is None or user_id != request.user.pk or not membership.manages or membership.business.suspended:
        raise Http404("not for this role")
    business = membership.business
    return redirect(f"{business.path}settings/channels/{_ask_for_numbers(request, business)}")


def _ask_for_numbers(request: HttpRequest, business: Business) -> str:
    """Where to go on: to the one number that is connected now, to a choice, or back to the form."""
    if request.GET.get("error") or not request.GET.get("code"):
        messages.warning(request, gettext("No number was connected: access was not allowed."))
        return "?kind=meta"
    try:
        token = signup.exchange(request.GET["code"])
        offers = signup.offers(token)
    except ChannelError as error:
        messages.error(request, gettext("No number was connected.") + " " + said_of(error))
        return "?kind=meta"
    if not offers:
        messages.error(
            request, gettext("Meta allowed no number. Choose one in Facebook's window, or add one in WhatsApp Manager.")
        )
        return "?kind=meta"
    if len(offers) == 1:
        with tenant_context(business):
            _connect(request, business, offers[0], token)
        return ""
    kept = json.dumps({"business": business.pk, "token": token, "offers": [asdict(each) for each in offers]})
    request.session[ALLOWED] = cipher().encrypt(kept.encode()).decode()
    return "meta/"


@manager_page
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Which of the numbers that Meta allowed."""
    business = business_of(request)
    try:
        kept = json.loads(cipher().decrypt(request.session.get(ALLOWED, "").encode(), ttl=WITHIN))
    except InvalidToken:
        messages.error(request, gettext("That took too long. Please sign up again."))
        return redirect("settings_channels")
    if kept["business"] != business.pk:
        raise Http404("of another business")
    offers = [signup.Offer(**each) for each in kept["offers"]]
    chosen = None
    if request.method == "POST":
        chosen = next((each for each in offers if each.phone_id == request.POST.get("number")), None)
        if chosen is not None and _connect(request, business, chosen, kept["token"]):
            del request.session[ALLOWED]
            return redirect("settings_channels")
    wrong = request.method == "POST" and chosen is None
    context = {"offers": offers, "section": "settings", "wrong": wrong}
    return render(request, "conversations/choose_number.html", context, status=422 if request.method == "POST" else 200)


def _connect(request: HttpRequest, business: Business, offer: signup.Offer, token: str) -> bool:
    try:
        signup.subscribe(offer.account, token)
        if not offer.registered:
            signup.register(offer, token)
        channel = signup.connect(business, offer, token=token)
    except ChannelError as error:
        messages.error(request, gettext("The number was not connected.") + " " + said_of(error))
        return False
    except NumberRefused as error:
        messages.error(request, gettext(str(error)))
        return False
    record(business, request.user, "channel.connected", f"channel {channel.pk}")
    messages.success(request, connect_forms()["meta"].connected)
    return True
