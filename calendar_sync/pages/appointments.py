"""One appointment: look at it, move it, cancel it, mark it, take that back. In a dialog, or as a page of its own."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from calendar_sync import booking, by_hand, news, reminding, series, sessions, visits
from calendar_sync.errors import AppointmentOver, DiaryError
from calendar_sync.google.busy import look_again
from calendar_sync.models import (
    HOLDS_TIME,
    Appointment,
    AppointmentStatus,
    BookedBy,
    Hold,
    Location,
    Resource,
)
from calendar_sync.pages.appointment_forms import WhenForm, entered, group_form, move_form, start_from
from calendar_sync.pages.dialogs import done, in_dialog, show, tell, when
from calendar_sync.pages.free_chips import offer
from calendar_sync.pages.history import history
from calendar_sync.rule_words import rules_or_refusal
from calendar_sync.undo import act_of
from tenants import clock, events
from tenants.access import business_of, find, membership_of, staff_page

ELSEWHERE = Location.objects.filter(active=True).exclude(pk=OuterRef("practitioner__location"))
ROWS = Appointment.objects.select_related(
    "service", "practitioner__location", "location", "patient", "session", "series"
).annotate(several_places=Exists(ELSEWHERE))
MOST_SEATS = 200
MARKS = {"completed": AppointmentStatus.COMPLETED, "no_show": AppointmentStatus.NO_SHOW}


@staff_page
@require_safe
def appointment(request: HttpRequest, appointment_id: int) -> HttpResponse:
    """`?start=2026-11-24T10:00&practitioner=3`: its move there is open, with what would be told of it."""
    row, there = find(request, ROWS, pk=appointment_id), start_from(request.GET.get("start", ""))
    if row.status not in HOLDS_TIME or "time" not in there:
        return panel(request, row)
    initial = there | {"practitioner": request.GET.get("practitioner") or row.practitioner_id}
    return panel(request, row, move_form(business_of(request), row, initial=initial), choosing=True)


@staff_page
@require_POST
def move(request: HttpRequest, appointment_id: int) -> HttpResponse:
    business, row = business_of(request), find(request, ROWS, pk=appointment_id)
    if {"at", "show"} & set(request.POST):  # without JavaScript a free time was chosen, or asked for
        return panel(request, row, move_form(business, row, initial=entered(request.POST)), choosing=True)
    form = move_form(business, row, request.POST)
    if not form.is_valid():
        return panel(request, row, form, 422)
    wanted = {name: form.cleaned_data[name] for name in ("practitioner", "starts_at")}
    look_again(business, wanted["practitioner"].pk, wanted["starts_at"])

    def act(*, overrule: bool) -> Appointment:
        user_id = membership_of(request).user_id
        with transaction.atomic():
            moved = by_hand.move_by_hand(
                business,
                row,
                user_id=user_id,
                overrule=overrule,
                reason=form.cleaned_data["reason"],
                location_id=form.location_id,
                **wanted,
            )
            if form.cleaned_data["tell"] and moved.revision != row.revision:
                news.tell(business, moved, news.Act.MOVED, before=row.during, wait=news.THINK_AGAIN)
        return moved

    try:
        moved = act(overrule=form.overrules)
    except AppointmentOver as error:  # cancelled in another window: there is no form any more to say it in
        return refused(request, ROWS.get(pk=row.pk), error)
    except DiaryError as error:
        form.refuse(*rules_or_refusal(lambda: act(overrule=True), error))
        return panel(request, row, form, 422)
    said = gettext("Moved to %(when)s.") % {"when": when(moved)}
    return done(request, moved, said + _told(row, form.cleaned_data["tell"]))


@staff_page
@require_POST
def cancel(request: HttpRequest, appointment_id: int) -> HttpResponse:
    """`with=visit` cancels every part of its visit, `with=rest` also those of its series that come after it; `tell=on`:
    the patient hears of it, once."""
    row, business = find(request, ROWS, pk=appointment_id), business_of(request)
    user_id = membership_of(request).user_id
    others = {"visit": visits.cancel, "rest": series.cancel_rest}.get(request.POST.get("with", ""))
    try:
        with transaction.atomic():
            if others is None:
                gone = [booking.cancel(business, row, by=BookedBy.STAFF, user_id=user_id)]
            else:
                gone = list(others(business, row, by=BookedBy.STAFF, user_id=user_id))
            if row.status in HOLDS_TIME and request.POST.get("tell"):
                first = min(gone, key=lambda each: each.starts_at)
                news.tell(
                    business,
                    first,
                    news.Act.CANCELLED,
                    before=first.during,
                    also=len(gone) - 1,
                    wait=news.THINK_AGAIN,
                )
    except DiaryError as error:
        return refused(request, row, error)
    said = (
        gettext("Cancelled. It can be taken back.")
        if len(gone) < 2
        else gettext("%(count)s cancelled. They can be taken back.") % {"count": len(gone)}
    )
    return stay(request, row, said + _told(row, bool(request.POST.get("tell"))))


@staff_page
@require_POST
def mark(request: HttpRequest, appointment_id: int) -> HttpResponse:
    """`as=completed` or `as=no_show`, once it has begun."""
    row, status = find(request, ROWS, pk=appointment_id), MARKS.get(request.POST.get("as", ""))
    try:
        if status is None:
            raise DiaryError(gettext("Say whether it took place."))
        by_hand.mark(business_of(request), row, status, user_id=membership_of(request).user_id)
    except DiaryError as error:
        return refused(request, row, error)
    return stay(
        request,
        row,
        gettext("Marked as no-show.") if status == AppointmentStatus.NO_SHOW else gettext("Marked as completed."),
    )


@staff_page
@require_POST
def seats(request: HttpRequest, appointment_id: int) -> HttpResponse:
    """`seats`: how many fit into the group that this appointment is part of."""
    row, text = find(request, ROWS, pk=appointment_id), request.POST.get("seats", "")
    count = int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else 0
    try:
        if row.session is None:
            raise DiaryError(gettext("This is no group."))
        if not 1 <= count <= MOST_SEATS:
            raise DiaryError(gettext("A group has 1 to %(most)s seats.") % {"most": MOST_SEATS})
        with transaction.atomic():
            sessions.resize(row.session, count, now=clock.now())
            events.publish(business_of(request), "diary", row.pk)
    except DiaryError as error:
        return refused(request, row, error)
    return stay(request, row, gettext("The group has %(count)s seats now.") % {"count": count})


@staff_page
@require_POST
def undo(request: HttpRequest, appointment_id: int) -> HttpResponse:
    """Take the last change back, a marking too."""
    row, business = find(request, ROWS, pk=appointment_id), business_of(request)
    user_id = membership_of(request).user_id
    marked, last = row.status in MARKS.values(), by_hand.undoable(row)
    try:
        with transaction.atomic():
            if marked:
                by_hand.unmark(business, row, user_id=user_id)
            else:
                act = list(act_of(last)) if last is not None else []
                by_hand.undo(business, row, user_id=user_id)
                news.take_back(business, act)
    except DiaryError as error:
        return refused(request, row, error)
    back = ROWS.get(pk=row.pk)
    return stay(
        request,
        row,
        gettext("Taken back.") if marked else gettext("Taken back: %(when)s stands.") % {"when": when(back)},
    )


def _told(row: Appointment, wanted: bool) -> str:
    """What is added to a success."""
    if not wanted or row.contact_id is None:
        return ""
    return " " + gettext("%(patient)s is told in a moment.") % {"patient": row.patient.name}


def panel(
    request: HttpRequest,
    row: Appointment,
    form: WhenForm | None = None,
    status: int = 200,
    refusal: str = "",
    *,
    choosing: bool = False,
    whole: WhenForm | None = None,
) -> HttpResponse:
    """The appointment with what can be done to it. `form`: its move as it was sent, `whole`: that of its group."""
    business = business_of(request)
    form = form or move_form(business, row)
    lines = history(row, business.patient_label)
    undoable = by_hand.undoable(row)
    context = {
        "appointment": row,
        "form": form,
        "choosing": choosing,
        "whole": whole or (group_form(business, row) if row.session_id else None),
        "whole_open": whole is not None,
        "offer": offer(business, form, moving=row) if request.method == "POST" and (choosing or form.errors) else None,
        "refusal": refusal,
        "history": lines,
        "by_assistant": any(line.by_assistant for line in lines),
        "stands": row.status in HOLDS_TIME,
        "begun": row.starts_at <= clock.now(),
        "undoable": undoable,
        "undoable_count": len(act_of(undoable)) if undoable is not None else 0,
        "marked": row.status in MARKS.values(),
        "reminders": row.reminders.all(),
        "patient_confirmed_at": reminding.confirmed_at(row),
        **_around(row),
    }
    return show(request, "appointment", context, status)


def _around(row: Appointment) -> dict[str, Any]:
    """What belongs to it: rooms, the rest of its visit, its group, its series, a time kept for undoing."""
    taken = {"taken_times__session": row.session_id} if row.session_id else {"taken_times__appointment": row.pk}
    standing = Appointment.objects.filter(status__in=HOLDS_TIME).select_related("service", "patient", "practitioner")
    visit = standing.filter(visit=row.visit_id)
    group = list(standing.filter(session=row.session_id).order_by("seat")) if row.session_id else []
    kept = Hold.objects.filter(change__appointment=row, released_at__isnull=True, expires_at__gt=clock.now())
    return {
        "place": row.where.name if row.several_places else "",  # type: ignore[attr-defined]
        "resources": list(Resource.objects.filter(**taken).values_list("name", flat=True)),
        "parts": list(visit.exclude(pk=row.pk).order_by("during")) if row.visit_id else [],
        "group": group,
        "seats_left": row.session.seats - len(group) if row.session else 0,
        "in_series": list(standing.filter(series=row.series_id).order_by("during")) if row.series_id else [],
        "kept": kept.first(),
    }


def stay(request: HttpRequest, row: Appointment, text: str) -> HttpResponse:
    """Say it and show the appointment again."""
    if not in_dialog(request):
        messages.success(request, text)
        return redirect("appointment", row.pk)
    row = ROWS.get(pk=row.pk)
    return tell(panel(request, row), text)


def refused(request: HttpRequest, row: Appointment, error: DiaryError) -> HttpResponse:
    return panel(request, row, status=422, refusal=gettext(str(error)))
