"""The settings page of the calendars, and Google's way back to us."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST
from django_tenants.utils import tenant_context

from calendar_sync.google import connecting, oauth
from calendar_sync.google.choosing import ChoiceForm, FollowForm, choices_of
from calendar_sync.google.errors import CalendarError
from calendar_sync.google.health import health
from calendar_sync.google.lagging import write_what_lags
from calendar_sync.models import CalendarConnection, Practitioner
from tenants.access import business_of, find, manager_page
from tenants.audit import record
from tenants.models import Business, Membership

SESSION_KEY = "google_errand"
NOT_SET_UP = _("Google isn't set up on this server yet: GOOGLE_CLIENT_ID or GOOGLE_CLIENT_SECRET is missing.")


@manager_page
@require_GET
def settings_calendars(request: HttpRequest) -> HttpResponse:
    return _page(request)


@manager_page
@require_POST
def connect_google(request: HttpRequest) -> HttpResponse:
    if not oauth.configured():
        messages.error(request, NOT_SET_UP)
        return redirect("settings_calendars")
    assert request.user.is_authenticated
    url, request.session[SESSION_KEY] = connecting.leave_for_google(business_of(request), request.user)
    return HttpResponseRedirect(url)


@manager_page
@require_POST
def disconnect_google(request: HttpRequest, connection_id: int) -> HttpResponse:
    connection = find(request, CalendarConnection, pk=connection_id)
    connecting.disconnect(business_of(request), connection)
    record(business_of(request), request.user, "calendar.disconnected", f"calendar connection {connection.pk}")
    messages.success(request, gettext("%(account)s is disconnected.") % {"account": connection.account})
    return redirect("settings_calendars")


@manager_page
@require_POST
def write_again(request: HttpRequest) -> HttpResponse:
    with transaction.atomic():
        count = write_what_lags(business_of(request))
    said = ngettext("Writing %(count)s appointment to Google.", "Writing %(count)s appointments to Google.", count)
    messages.success(request, said % {"count": count} if count else gettext("Google is up to date."))
    return redirect("settings_calendars")


@manager_page
@require_POST
def choose_calendar(request: HttpRequest, practitioner_id: int) -> HttpResponse:
    business = business_of(request)
    person = find(request, _people(), pk=practitioner_id)
    connections = list(CalendarConnection.objects.filter(status=CalendarConnection.Status.CONNECTED))
    form = ChoiceForm(person, choices_of(business, connections), request.POST)
    if not form.is_valid():
        return _page(request, refused=(person, form))
    offer = form.cleaned_data["offer_when_unreachable"]
    connecting.choose(business, person, form.choice, blocking=form.blocking_choices, offer_when_unreachable=offer)
    record(business, request.user, "calendar.chosen", f"practitioner {person.pk}")
    chosen = form.choice.name if form.choice else gettext("none")
    messages.success(
        request, gettext("Calendar of %(person)s: %(calendar)s.") % {"person": person.name, "calendar": chosen}
    )
    return redirect("settings_calendars")


@manager_page
@require_POST
def follow_google(request: HttpRequest, connection_id: int) -> HttpResponse:
    """Whether changes made in Google are asked about or followed at once."""
    connection = find(request, CalendarConnection, pk=connection_id)
    form = FollowForm(request.POST)
    if not form.is_valid():
        return _page(request)
    connecting.follow(business_of(request), connection, form.cleaned_data["on_change"])
    record(business_of(request), request.user, "calendar.rule", f"calendar connection {connection.pk}")
    messages.success(request, gettext("Saved for %(account)s.") % {"account": connection.account})
    return redirect("settings_calendars")


@login_required
@require_GET
def google_callback(request: HttpRequest) -> HttpResponse:
    """Public, because Google knows one address: the signed state says which business it is for."""
    assert request.user.is_authenticated
    try:
        errand = connecting.come_back(request.GET.get("state", ""), request.session.get(SESSION_KEY, ""), request.user)
    except (signing.BadSignature, KeyError, ValueError, TypeError):
        messages.error(request, gettext("That took too long or was opened twice. Please connect the calendar again."))
        return redirect("/home/")
    del request.session[SESSION_KEY]  # once, whatever comes of it
    membership = (
        Membership.objects.filter(business_id=errand.business_id, user=request.user).select_related("business").first()
    )
    if membership is None or not membership.manages or membership.business.suspended:
        raise Http404("not for this role")
    with tenant_context(membership.business):
        _finish(request, membership.business, errand)
    return redirect(f"{membership.business.path}settings/calendars/")


def _finish(request: HttpRequest, business: Business, errand: connecting.Errand) -> None:
    if request.GET.get("error") or not request.GET.get("code"):
        messages.warning(request, gettext("Google Calendar was not connected: access was not allowed."))
        return
    try:
        connection = connecting.connect(business, errand, request.GET["code"])
    except CalendarError as error:
        messages.error(request, gettext("Google Calendar was not connected. %(said)s") % {"said": gettext(error.said)})
        return
    record(business, request.user, "calendar.connected", f"calendar connection {connection.pk}")
    messages.success(
        request,
        gettext("%(account)s is connected. Now choose each practitioner's calendar.") % {"account": connection.account},
    )


def _page(request: HttpRequest, refused: tuple[Practitioner, ChoiceForm] | None = None) -> HttpResponse:
    """The whole page; with the form that was refused in its place."""
    choices = choices_of(business_of(request), list(CalendarConnection.objects.order_by("account")))
    forms = [
        (person, refused[1] if refused and refused[0].pk == person.pk else ChoiceForm(person, choices))
        for person in _people().filter(active=True)
    ]
    state = health()
    context = {
        "connections": [(each, _follow_form(each)) for each in state.connections],
        "health": state,
        "refused": state.refused,
        "rows": forms if state.connections else [],
        "configured": oauth.configured(),
        "redirect_uri": oauth.redirect_uri(),
        "section": "settings",
    }
    return render(request, "calendars/settings.html", context, status=422 if refused else 200)


def _follow_form(connection: CalendarConnection) -> FollowForm:
    return FollowForm({"on_change": connection.on_change}, auto_id=f"id_follow_{connection.pk}_%s")


def _people() -> QuerySet[Practitioner]:
    return Practitioner.objects.prefetch_related("calendars__connection")
