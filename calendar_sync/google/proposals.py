"""Somebody moved or deleted an appointment's event in Google: noticed, asked about, accepted or refused.

The written rule is docs/decisions/0009. In short: a change made in Google alone is proposed (or followed at once,
where the business says so); changed on both sides, the diary's version is written and Google's is asked about.
"""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext_noop as N_

from calendar_sync import booking, by_hand
from calendar_sync.errors import DiaryError
from calendar_sync.google.reading import Interval, ReadEvent
from calendar_sync.models import (
    HOLDS_TIME,
    Appointment,
    BookedBy,
    CalendarConnection,
    CalendarEventLink,
    CalendarMirror,
    PatientNews,
    ProposedChange,
)
from calendar_sync.news import tell
from tenants import clock, worklist
from tenants.events import publish
from tenants.models import Business
from tenants.worklist import Lease

SETTLE = "calendar_sync.settle"  # follow Google at once, where the business says so
PUSH = "calendar_sync.push"
Act, Status = ProposedChange.Act, ProposedChange.Status
NO_TIME = N_("It stands for the whole day in Google now. Please move it in the diary.")


def notice(
    business: Business, mirror: CalendarMirror, told: Sequence[ReadEvent], *, whole: bool, before: dict[str, str]
) -> None:
    """Within the transaction that writes the mirror: what was read of our own events.

    `before`: event id → etag of our copies before Google was asked; one that we wrote since isn't judged.
    """
    links = _watched(mirror)
    seen = {each.id: each for each in told}
    for link in links:
        event = seen.get(link.event_id)
        gone = event.cancelled if event else whole and _within(mirror, link)
        if gone and before.get(link.event_id) == link.etag:
            propose(business, link, Act.DELETED, etag=f"gone:{link.etag}", during=None)
        elif event and not event.cancelled and (act := changed_there(event, link.appointment)):
            propose(business, link, act, etag=event.etag, during=event.during)
        elif event and not event.cancelled:
            _supersede(business, link, both_sides=False)


def changed_there(event: ReadEvent, appointment: Appointment) -> str:
    """What a person did to its time: an Act; "" where it stands as we have it, or is a seat in a group's time."""
    if not event.moved_by_hand or event.during is None:
        return ""
    start, end = event.during
    if start != appointment.starts_at:
        return Act.MOVED
    return Act.LENGTH if end != appointment.ends_at and appointment.session_id is None else ""


def propose(
    business: Business,
    link: CalendarEventLink,
    act: str,
    *,
    etag: str,
    during: Interval | None,
    both_sides: bool = False,
) -> None:
    """Within the caller's transaction; asked about once for each state of the event."""
    known = ProposedChange.objects.filter(link=link, etag=etag).first()
    if known is not None:
        if both_sides and known.status == Status.OPEN and not known.both_sides:
            ProposedChange.objects.filter(pk=known.pk).update(both_sides=True)
        return
    _supersede(business, link)
    found = ProposedChange.objects.create(
        link=link,
        etag=etag,
        act=act,
        during=DateTimeTZRange(*during) if during else None,
        both_sides=both_sides,
        found_at=clock.now(),
    )
    if not both_sides and link.connection.on_change == CalendarConnection.OnChange.ACCEPT:
        worklist.call_for(business.pk, SETTLE, found.pk)
    publish(business, "calendars")


def settle(business: Business, proposal_id: int, lease: Lease) -> None:
    """The business follows Google: accept, unless somebody answered or changed it here meanwhile."""
    proposal = ProposedChange.objects.filter(pk=proposal_id, both_sides=False).first()
    if proposal is not None:
        accept(business, proposal, user_id=None)
    lease.finish()


def accept(business: Business, proposal: ProposedChange, *, user_id: int | None) -> ProposedChange:
    """Do in the diary what was done in Google, and have the patient told. Accepting twice is fine.

    Where the diary refuses, it stays open with the reason in `problem`.
    """
    with transaction.atomic():
        row = _locked(proposal)
        if row.status != Status.OPEN:
            return row
        appointment = row.link.appointment
        before, revision = appointment.during, appointment.revision
        try:
            changed = _follow(business, row, appointment, user_id)
        except DiaryError as refusal:
            row.problem = str(refusal)[:200]
            row.save(update_fields=["problem"])
            publish(business, "calendars")
            return row
        if changed.revision != revision:  # else it stood there already
            row.change = changed.changes.order_by("-pk").first()
            act = PatientNews.Act.CANCELLED if row.act == Act.DELETED else PatientNews.Act.MOVED
            tell(business, changed, act, before=before)
        _answer(business, row, Status.ACCEPTED, user_id)
    return row


def refuse(business: Business, proposal: ProposedChange, *, user_id: int | None) -> ProposedChange:
    """The diary stays as it is and is written to Google again. Refusing twice is fine."""
    with transaction.atomic():
        row = _locked(proposal)
        if row.status != Status.OPEN:
            return row
        _answer(business, row, Status.REFUSED, user_id)
        write_again(business, row.link)
    return row


def write_again(business: Business, link: CalendarEventLink) -> None:
    """Within the caller's transaction: as if it had never been written; what stands there is read and compared."""
    CalendarEventLink.objects.filter(pk=link.pk).update(written=0, last_error="")
    worklist.call_for(business.pk, PUSH, link.appointment_id)


def withdraw(business: Business, link: CalendarEventLink) -> None:
    """Within the caller's transaction: the copy is gone on purpose; nothing is left to ask."""
    _supersede(business, link)


def _watched(mirror: CalendarMirror) -> list[CalendarEventLink]:
    """Copies that are written, of appointments that are still to come."""
    rows = CalendarEventLink.objects.filter(
        connection=mirror.connection_id,
        calendar_id=mirror.calendar_id,
        removed_at__isnull=True,
        appointment__status__in=HOLDS_TIME,
        appointment__during__endswith__gt=clock.now(),
    ).select_related("appointment", "connection")
    return [each for each in rows if each.written > 0 and each.written >= each.appointment.revision]


def _within(mirror: CalendarMirror, link: CalendarEventLink) -> bool:
    assert mirror.covered_until is not None
    return link.appointment.starts_at < mirror.covered_until


def _follow(business: Business, proposal: ProposedChange, appointment: Appointment, user_id: int | None) -> Appointment:
    if proposal.act == Act.DELETED:
        return booking.cancel(business, appointment, by=BookedBy.STAFF, user_id=user_id)
    if proposal.act == Act.LENGTH:
        ends_at = proposal.during.upper
        return by_hand.change_length(business, appointment, ends_at=ends_at, user_id=user_id, overrule=True)
    length = proposal.during.upper - proposal.during.lower
    if length >= dt.timedelta(hours=23):
        raise DiaryError(NO_TIME)
    return by_hand.move_by_hand(
        business,
        appointment,
        starts_at=proposal.during.lower,
        practitioner=appointment.practitioner,
        user_id=user_id,
        overrule=True,  # the person who moved it there is of the practice
    )


def _locked(proposal: ProposedChange) -> ProposedChange:
    rows = ProposedChange.objects.select_for_update(no_key=True, of=("self",))
    row: ProposedChange = rows.select_related(
        "link__appointment__practitioner", "link__appointment__service", "link__connection"
    ).get(pk=proposal.pk)
    return row


def _answer(business: Business, row: ProposedChange, status: str, user_id: int | None) -> None:
    row.status, row.answered_by_id, row.answered_at, row.problem = status, user_id, clock.now(), ""
    row.save(update_fields=["status", "answered_by_id", "answered_at", "problem", "change"])
    publish(business, "calendars")


def _supersede(business: Business, link: CalendarEventLink, **only: bool) -> None:
    open_ones = ProposedChange.objects.filter(link=link, status=Status.OPEN, **only)
    if open_ones.update(status=Status.SUPERSEDED, answered_at=clock.now()):
        publish(business, "calendars")
