"""A new appointment by hand: one, two services in one visit, or a series with its dates shown first."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from calendar_sync import message_consent
from calendar_sync.errors import DiaryError
from calendar_sync.google.busy import look_again
from calendar_sync.known_patients import known_patients
from calendar_sync.models import Appointment
from calendar_sync.pages.appointment_forms import SeveralForm, entered, start_from
from calendar_sync.pages.dialogs import done, show, when
from calendar_sync.pages.free_chips import offer
from calendar_sync.patients import patient_by_hand
from calendar_sync.places import open_places
from calendar_sync.rule_words import rules_or_refusal
from calendar_sync.several_by_hand import ByHand, Date, SeriesRefused, book_one, book_series, book_visit, date_of
from tenants import clock
from tenants.access import business_of, membership_of, staff_page

MOST_FOUND = 8


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """`?start=2026-11-24T10:00&practitioner=3&service=2&patient=5` fill the form in. POST with `look=1` only shows the
    dates of a series, with `skip=1` it leaves out those that don't fit; `pick` and `at` choose a patient or a time,
    `find` and `show` look for them without JavaScript.
    """
    choosing = request.method == "POST" and bool({"pick", "at", "show", "find"} & set(request.POST))
    given: dict[str, Any] = {
        name: request.GET.get(name) for name in ("practitioner", "service", "patient") if request.GET.get(name)
    }
    given = {"date": clock.local_now(business_of(request).timezone).date()} | given
    given |= start_from(request.GET.get("start", ""))
    form = SeveralForm(
        None if choosing else request.POST or None,
        business=business_of(request),
        initial=entered(request.POST) if choosing else given,
    )
    dates: list[Date] = []
    if form.is_bound and form.is_valid():
        made, dates = _book(request, form)
        if made:
            return done(request, made[0], _said(made))
    status = 422 if form.errors else 200
    context = {
        "form": form,
        "dates": _placed(dates),
        "gaps": any(each.refused for each in dates),
        "picked": "pick" in request.POST,
        "searched": "find" in request.POST,
        "found": known_patients(request.POST.get("name", ""))[:MOST_FOUND] if "find" in request.POST else [],
        "offer": offer(business_of(request), form),
    }
    return show(request, "new", context, status)


def _book(request: HttpRequest, form: SeveralForm) -> tuple[list[Appointment], list[Date]]:
    """What was made, or the dates of a series to look at, or neither: then the form says why."""
    found, business = form.cleaned_data, business_of(request)
    look_again(business, found["practitioner"].pk, found["starts_at"])
    looking = request.POST.get("look") == "1" and bool(found["times"])
    try:
        with transaction.atomic():  # a refused booking leaves no patient behind
            made = _make(request, form, overrule=form.overrules)
            if looking:
                transaction.set_rollback(True)
    except SeriesRefused as error:
        return [], error.dates
    except DiaryError as error:
        form.refuse(*_refusal(request, form, error))
        return [], []
    return ([], [date_of(each) for each in made]) if looking else (made, [])


def _make(request: HttpRequest, form: SeveralForm, *, overrule: bool) -> list[Appointment]:
    found, business, user_id = form.cleaned_data, business_of(request), membership_of(request).user_id
    patient = form.chosen or form.same_person or patient_by_hand(found["name"], found["phone"], found["born_on"])
    if found.get("agreed"):
        message_consent.note(business, patient, user_id=user_id)
    wanted = ByHand(
        service=found["service"],
        practitioner=found["practitioner"],
        starts_at=found["starts_at"],
        patient=patient,
        user_id=user_id,
        note=found["note"],
        overrule=overrule,
        reason=found["reason"],
        location_id=form.location_id,
    )
    if found["also"]:
        return book_visit(business, wanted, found["also"], found["also_by"])
    if found["times"]:
        skip = request.POST.get("skip") == "1"
        return book_series(business, wanted, every_weeks=found["every_weeks"], times=found["times"], skip=skip)
    return [book_one(business, wanted)]


def _placed(dates: list[Date]) -> list[tuple[Date, str]]:
    """Each with the name of its location, where the dates of a series are at different ones."""
    if len({each.place for each in dates if not each.refused}) < 2:
        return [(each, "") for each in dates]
    names = {each.pk: each.name for each in open_places()}
    return [(each, names.get(each.place or 0, "")) for each in dates]


def _refusal(request: HttpRequest, form: SeveralForm, error: DiaryError) -> tuple[DiaryError, Any]:
    return rules_or_refusal(lambda: _make(request, form, overrule=True)[0], error)


def _said(made: list[Appointment]) -> str:
    first, name = made[0], made[0].patient.name
    if len(made) == 1:
        return gettext("Booked %(when)s for %(name)s.") % {"when": when(first), "name": name}
    if first.service_id != made[1].service_id:
        return gettext("Booked %(first)s and %(second)s, %(when)s, for %(name)s.") % {
            "first": first.service.name,
            "second": made[1].service.name,
            "when": when(first),
            "name": name,
        }
    return gettext("Booked %(count)s appointments for %(name)s, the first %(when)s.") % {
        "count": len(made),
        "name": name,
        "when": when(first),
    }
