"""The settings page of the calendars, and Google's way back to us."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST
from django_tenants.utils import tenant_context

from calendar_sync.google import connecting
from calendar_sync.google.accounts import note_failure, open_account
from calendar_sync.google.client import redirect_uri
from calendar_sync.google.errors import CalendarError
from calendar_sync.models import CalendarConnection, Practitioner
from tenants.access import business_of, find, manager_page
from tenants.audit import record
from tenants.models import Business, Membership

SESSION_KEY = "google_errand"


class ChoiceForm(forms.Form):
    """One practitioner's calendar, out of those that the connected accounts may write to."""

    calendar = forms.ChoiceField(required=False)
    offer_when_unreachable = forms.BooleanField(
        required=False,
        label="Offer times even while this calendar can't be read",
        help_text="Risky: a time that is taken in Google could be offered.",
    )

    def __init__(self, *args: object, choices: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["calendar"].choices = [("", "No calendar"), *choices]  # type: ignore[attr-defined]


@manager_page
@require_GET
def settings_calendars(request: HttpRequest) -> HttpResponse:
    business = business_of(request)
    connections = list(
        CalendarConnection.objects.exclude(status=CalendarConnection.Status.DISCONNECTED).order_by("account")
    )
    choices = _choices(business, connections)
    people = Practitioner.objects.filter(active=True).select_related("calendar__connection")
    rows = [(person, _form(person, choices)) for person in people]
    context = {
        "connections": connections,
        "rows": rows,
        "configured": bool(settings.GOOGLE_CLIENT_ID),
        "redirect_uri": redirect_uri(),
    }
    return render(request, "calendars/settings.html", context)


@manager_page
@require_POST
def connect_google(request: HttpRequest) -> HttpResponse:
    if not settings.GOOGLE_CLIENT_ID:
        messages.error(request, "Google isn't set up on this server yet: GOOGLE_CLIENT_ID is missing.")
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
    messages.success(request, f"{connection.account} is disconnected. Its practitioners' times are not offered now.")
    return redirect("settings_calendars")


@manager_page
@require_POST
def choose_calendar(request: HttpRequest, practitioner_id: int) -> HttpResponse:
    business = business_of(request)
    person = find(request, Practitioner, pk=practitioner_id)
    connections = list(CalendarConnection.objects.filter(status=CalendarConnection.Status.CONNECTED))
    choices = _choices(business, connections)
    form = ChoiceForm(request.POST, choices=choices)
    if not form.is_valid():
        messages.error(request, "This calendar can't be chosen now. Please try again.")
        return redirect("settings_calendars")
    picked = form.cleaned_data["calendar"]
    connection_id, _, calendar_id = picked.partition("|")
    connection = next((each for each in connections if str(each.pk) == connection_id), None)
    offer = form.cleaned_data["offer_when_unreachable"]
    name = dict(choices).get(picked, "")
    connecting.choose(business, person, connection, calendar_id, name, offer_when_unreachable=offer)
    record(business, request.user, "calendar.chosen", f"practitioner {person.pk}")
    messages.success(request, f"{person.name}: {name or 'no calendar'}.")
    return redirect("settings_calendars")


@login_required
@require_GET
def google_callback(request: HttpRequest) -> HttpResponse:
    """Public, because Google knows one address: the signed state says which business it is for."""
    assert request.user.is_authenticated
    try:
        errand = connecting.come_back(request.GET.get("state", ""), request.session.pop(SESSION_KEY, ""), request.user)
    except (signing.BadSignature, KeyError, ValueError, TypeError):
        messages.error(request, "That took too long or was opened twice. Please connect the calendar again.")
        return redirect("/home/")
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
        messages.warning(request, "Google Calendar was not connected: access was not allowed.")
        return
    try:
        connection = connecting.connect(business, errand, request.GET["code"])
    except CalendarError:
        messages.error(request, "Google did not let us in. Please try again, and allow both permissions.")
        return
    record(business, request.user, "calendar.connected", f"calendar connection {connection.pk}")
    messages.success(request, f"{connection.account} is connected. Now choose each practitioner's calendar.")


def _choices(business: Business, connections: list[CalendarConnection]) -> list[tuple[str, str]]:
    """Value and label of each calendar that can be written to; an account that can't be read has none."""
    choices = []
    for connection in connections:
        if connection.status != CalendarConnection.Status.CONNECTED:
            continue
        try:
            calendars = open_account(connection).calendars()
        except CalendarError as error:
            note_failure(business, connection, error)
            continue
        choices += [
            (f"{connection.pk}|{each.id}", f"{each.name} ({connection.account})") for each in calendars if each.writable
        ]
    return choices


def _form(person: Practitioner, choices: list[tuple[str, str]]) -> ChoiceForm:
    calendar = getattr(person, "calendar", None)
    if calendar is None:
        return ChoiceForm(choices=choices, prefix=None, auto_id=f"id_{person.pk}_%s")
    value = f"{calendar.connection_id}|{calendar.calendar_id}"
    known = choices if value in dict(choices) else [*choices, (value, f"{calendar.calendar_name} (can't be read now)")]
    initial = {"calendar": value, "offer_when_unreachable": calendar.offer_when_unreachable}
    return ChoiceForm(choices=known, initial=initial, auto_id=f"id_{person.pk}_%s")
