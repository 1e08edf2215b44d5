"""A group as a whole, from the panel of any appointment in it: everybody is moved or cancelled at once."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from calendar_sync import news, visits
from calendar_sync.errors import DiaryError
from calendar_sync.google.busy import look_again
from calendar_sync.models import Appointment, BookedBy
from calendar_sync.pages.appointment_forms import group_form
from calendar_sync.pages.appointments import ROWS, panel, refused, stay
from calendar_sync.rule_words import rules_or_refusal
from calendar_sync.session_moves import move_session, seated
from calendar_sync.wanted import Actor
from tenants.access import business_of, find, membership_of, staff_page
from tenants.formats import shown

IN_GROUPS = ROWS.filter(session__isnull=False).select_related("session__service", "session__practitioner")


@staff_page
@require_POST
def move(request: HttpRequest, appointment_id: int) -> HttpResponse:
    """`practitioner`, `date`, `time`; `tell=on`: everybody who writes to us hears of it."""
    business, row = business_of(request), find(request, IN_GROUPS, pk=appointment_id)
    form = group_form(business, row, request.POST)
    if not form.is_valid():
        return panel(request, row, whole=form, status=422)
    wanted, session, before = form.cleaned_data, row.session, row.during
    assert session is not None, "find asked for one"
    look_again(business, wanted["practitioner"].pk, wanted["starts_at"])

    def act(*, overrule: bool) -> list[Appointment]:
        with transaction.atomic():
            moved = move_session(
                business,
                session,
                starts_at=wanted["starts_at"],
                practitioner=wanted["practitioner"],
                user_id=membership_of(request).user_id,
                overrule=overrule,
                reason=wanted["reason"],
            )
            for each in moved if wanted["tell"] else ():
                news.tell(business, each, news.Act.MOVED, before=before, wait=news.THINK_AGAIN)
        return moved

    try:
        moved = act(overrule=form.overrules)
    except DiaryError as error:
        form.refuse(*rules_or_refusal(lambda: (act(overrule=True) or [row])[0], error))
        return panel(request, row, whole=form, status=422)
    when = shown(wanted["starts_at"], "l j F, H:i")
    return stay(request, row, gettext("The group is moved to %(when)s.") % {"when": when} + told(moved, wanted["tell"]))


@staff_page
@require_POST
def cancel(request: HttpRequest, appointment_id: int) -> HttpResponse:
    row, business = find(request, IN_GROUPS, pk=appointment_id), business_of(request)
    session, tell, before = row.session, bool(request.POST.get("tell")), row.during
    assert session is not None, "find asked for one"
    try:
        with transaction.atomic():
            actor = Actor(by=BookedBy.STAFF, user_id=membership_of(request).user_id)
            gone = visits.cancel_all(business, seated(session), actor)
            for each in gone if tell else ():
                news.tell(business, each, news.Act.CANCELLED, before=before, wait=news.THINK_AGAIN)
    except DiaryError as error:
        return refused(request, row, error)
    said = ngettext(
        "The group is cancelled, %(count)s appointment. It can be taken back.",
        "The group is cancelled, %(count)s appointments. They can be taken back.",
        len(gone),
    ) % {"count": len(gone)}
    return stay(request, row, said + told(gone, tell))


def told(changed: list[Appointment], wanted: bool) -> str:
    """What is added to a success."""
    count = sum(each.contact_id is not None for each in changed)
    if not wanted or not count:
        return ""
    return " " + ngettext("%(count)s person is told in a moment.", "%(count)s people are told in a moment.", count) % {
        "count": count
    }
