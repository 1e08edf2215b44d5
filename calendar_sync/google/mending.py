"""Mending a difference that a comparison found: write again, accept theirs, remove the orphan, read again, leave it."""

from contextlib import suppress

from django.db import transaction
from django.utils.translation import gettext_noop as N_

from calendar_sync.errors import DiaryError
from calendar_sync.google import mirrors, proposals
from calendar_sync.google.accounts import open_account
from calendar_sync.google.errors import CalendarRefused, EventGone
from calendar_sync.google.mirroring import forget_all
from calendar_sync.google.push import KIND as PUSH
from calendar_sync.google.sync import sync
from calendar_sync.models import CalendarDifference, CalendarEventLink, MirroredEvent, ProposedChange
from tenants import clock, worklist
from tenants.models import Business

Kind = CalendarDifference.Kind
# What may be done about each, the usual first.
MENDS: dict[str, tuple[str, ...]] = {
    Kind.MISSING: ("write", "accept"),
    Kind.MOVED: ("write", "accept"),
    Kind.ORPHAN: ("remove",),
    Kind.UNREAD: ("read",),
    Kind.OVERLAP: ("leave",),
}


def mends_of(difference: CalendarDifference) -> tuple[str, ...]:
    """A seat in a group can't be made longer or shorter in Google alone: the group has its time."""
    seat = difference.appointment is not None and difference.appointment.session_id is not None
    if difference.kind == Kind.MOVED and seat and _is_length(difference):
        return ("write",)
    return MENDS[difference.kind]


def _is_length(difference: CalendarDifference) -> bool:
    theirs, appointment = difference.theirs, difference.appointment
    return bool(theirs and appointment and theirs.lower == appointment.starts_at)


def mend(business: Business, difference: CalendarDifference, how: str, *, user_id: int) -> None:
    """Raises CalendarError or DiaryError when it can't be done, KeyError when it is no way to mend this."""
    if how not in mends_of(difference):
        raise KeyError(how)
    {"write": _write, "accept": _accept, "remove": _remove, "read": _read, "leave": _leave}[how](
        business, difference, user_id
    )
    with transaction.atomic():
        CalendarDifference.objects.filter(pk=difference.pk).delete()
        worklist.call_for(business.pk, mirrors.COMPARE, difference.mirror_id)


def _write(business: Business, difference: CalendarDifference, user_id: int) -> None:
    with transaction.atomic():
        link = _link(difference)
        if link is not None:
            proposals.write_again(business, link)
            _close(business, link, user_id)
        else:
            worklist.call_for(business.pk, PUSH, difference.appointment_id or 0)


def _accept(business: Business, difference: CalendarDifference, user_id: int) -> None:
    link = _link(difference)
    if link is None:
        raise DiaryError(N_("It was never written to Google, so there is nothing to accept."))
    act = ProposedChange.Act.MOVED if difference.theirs else ProposedChange.Act.DELETED
    if _is_length(difference):
        act = ProposedChange.Act.LENGTH
    during = (difference.theirs.lower, difference.theirs.upper) if difference.theirs else None
    with transaction.atomic():
        etag = difference.etag or f"gone:{link.etag}"
        ProposedChange.objects.filter(link=link, etag=etag).exclude(status=ProposedChange.Status.OPEN).delete()
        proposals.propose(business, link, act, etag=etag, during=during)
        asked = ProposedChange.objects.get(link=link, etag=etag)
    answered = proposals.accept(business, asked, user_id=user_id)
    if answered.status == ProposedChange.Status.OPEN:
        raise DiaryError(answered.problem)


def _remove(business: Business, difference: CalendarDifference, user_id: int) -> None:
    """Only while it still carries our mark."""
    mirror = difference.mirror
    account = open_account(mirror.connection)
    with suppress(EventGone):
        stored = account.read(mirror.calendar_id, difference.event_id, business.timezone)
        if not stored.mark.startswith(f"{business.schema_name}/"):
            raise CalendarRefused("foreign event", N_("This event isn't ours any more. We left it alone."))
        if not stored.cancelled:
            account.delete(mirror.calendar_id, difference.event_id)
    with transaction.atomic():
        MirroredEvent.objects.filter(mirror=mirror, event_id=difference.event_id).delete()
        CalendarEventLink.objects.filter(
            connection=mirror.connection_id, calendar_id=mirror.calendar_id, event_id=difference.event_id
        ).update(removed_at=clock.now())


def _read(business: Business, difference: CalendarDifference, user_id: int) -> None:
    forget_all(difference.mirror)
    sync(business, difference.mirror)


def _leave(business: Business, difference: CalendarDifference, user_id: int) -> None:
    """Somebody has seen it: both may stand."""


def _link(difference: CalendarDifference) -> CalendarEventLink | None:
    mirror = difference.mirror
    rows = CalendarEventLink.objects.filter(
        connection=mirror.connection_id, calendar_id=mirror.calendar_id, event_id=difference.event_id
    )
    return rows.filter(removed_at__isnull=True).select_related("appointment", "connection").first()


def _close(business: Business, link: CalendarEventLink, user_id: int) -> None:
    for asked in ProposedChange.objects.filter(link=link, status=ProposedChange.Status.OPEN):
        proposals.refuse(business, asked, user_id=user_id)
