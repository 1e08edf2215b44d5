"""Settings → Google Calendar → Calendar truth: what differs between the diary and Google, each mended by one click."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from calendar_sync.errors import DiaryError
from calendar_sync.google import health, mending, truth
from calendar_sync.google.errors import CalendarError
from calendar_sync.models import CalendarConnection, CalendarDifference, CalendarMirror, ProposedChange
from tenants.access import business_of, find, manager_page, membership_of
from tenants.audit import record

DIFFERENCES = CalendarDifference.objects.select_related(
    "mirror__connection", "appointment__patient", "appointment__practitioner"
)
COMPARED = CalendarMirror.objects.filter(access=CalendarMirror.Access.EVENTS).select_related("connection")
LABELS = {
    "write": _("Write it to Google again"),
    "accept": _("Accept what Google says"),
    "remove": _("Remove it from Google"),
    "read": _("Read the calendar again"),
    "leave": _("Leave both"),
}
DONE = {
    "write": _("It is written to Google again."),
    "accept": _("The diary follows Google now."),
    "remove": _("It is removed from Google."),
    "read": _("The calendar was read again."),
    "leave": _("Both stand."),
}


@manager_page
@require_GET
def calendar_truth(request: HttpRequest) -> HttpResponse:
    names = health.calendar_names()
    found: dict[int, list[tuple[CalendarDifference, list[tuple[str, str]]]]] = {}
    for each in DIFFERENCES.order_by("found_at", "pk"):
        mends = [(how, str(LABELS[how])) for how in mending.mends_of(each)]
        found.setdefault(each.mirror_id, []).append((each, mends))
    mirrors = COMPARED.order_by("connection__account", "calendar_id")
    rows = [
        (names[each.connection_id, each.calendar_id], each, found.get(each.pk, []))
        for each in mirrors
        if (each.connection_id, each.calendar_id) in names
    ]
    questions = ProposedChange.objects.filter(status=ProposedChange.Status.OPEN).count()
    return render(request, "calendars/truth.html", {"rows": rows, "questions": questions})


@manager_page
@require_POST
def compare_now(request: HttpRequest) -> HttpResponse:
    connected = COMPARED.filter(connection__status=CalendarConnection.Status.CONNECTED)
    done = [truth.compare(business_of(request), each) for each in connected]
    if not all(done):
        messages.warning(request, gettext("Not every calendar could be read just now. Those that could are compared."))
    elif done:
        messages.success(request, gettext("Compared just now."))
    return redirect("calendar_truth")


@manager_page
@require_POST
def mend_difference(request: HttpRequest, difference_id: int, how: str) -> HttpResponse:
    difference = find(request, DIFFERENCES, pk=difference_id)
    try:
        mending.mend(business_of(request), difference, how, user_id=membership_of(request).user_id)
    except KeyError:
        raise Http404("no such way to mend it") from None
    except CalendarError as error:
        messages.error(request, gettext(error.said))
    except DiaryError as error:
        messages.error(request, gettext(str(error)))
    else:
        record(business_of(request), request.user, f"calendar.mended.{how}", f"difference {difference_id}")
        messages.success(request, DONE[how])
    return redirect("calendar_truth")
