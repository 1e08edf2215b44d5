"""Moving a group session as a whole, by hand, and taking that back.

The session keeps its row, and with it the places that staff gave it; each appointment in it has its own change, all
of one act. Cancelling everybody in it is `visits.cancel_all` with `seated`.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext_noop as N_

from calendar_sync import entries, sessions
from calendar_sync.checking import check, fits
from calendar_sync.entries import Act, Deed
from calendar_sync.errors import AppointmentOver, DiaryBusy, SlotTaken
from calendar_sync.freed import tell_freed
from calendar_sync.house_rules import check_notice
from calendar_sync.locking import changing, lock, locked
from calendar_sync.models import (
    HOLDS_TIME,
    Appointment,
    AppointmentChange,
    BookedBy,
    GroupSession,
    Practitioner,
    TakenTime,
)
from calendar_sync.taking import rows_of
from calendar_sync.wanted import Actor, Wanted, as_it_stands, wanted_at
from tenants.models import Business
from tenants.statements import insert


def seated(session: GroupSession) -> list[Appointment]:
    """Who sits in it, by seat; raises AppointmentOver once somebody was marked as come or not come."""
    rows = session.appointments.select_related("service", "practitioner", "patient").order_by("seat")
    found = list(rows)
    if not found or any(each.status not in HOLDS_TIME for each in found):
        raise AppointmentOver(N_("This group has begun already."))
    return found


def move_session(
    business: Business,
    session: GroupSession,
    *,
    starts_at: dt.datetime,
    practitioner: Practitioner,
    user_id: int | None,
    overrule: bool = False,
    reason: str = "",
) -> list[Appointment]:
    """Everybody in it, to another time or practitioner; nobody when it is there already. Raises as moving one does."""
    wanted, actor = (
        wanted_at(business, session.service, practitioner, starts_at),
        Actor(by=BookedBy.STAFF, user_id=user_id),
    )
    with changing(business, wanted):
        standing = _locked(session, wanted)
        if (session.during.lower, session.practitioner_id) == (starts_at, practitioner.pk):
            return []
        late = [rule for each in standing for rule in check_notice(each, "move", actor)]
        _give_up_time(session, wanted)
        fit = check(business, wanted, actor=actor, overrule=overrule)
        overruled = tuple(dict.fromkeys((*late, *fit.overruled)))
        deeds = [Deed(actor=actor, overruled=overruled, reason=reason) for _ in standing]
        return _put_there(business, session, standing, wanted, fit.resource_ids, deeds)


def session_of(act: Sequence[AppointmentChange]) -> GroupSession | None:
    """The session that this act moved as a whole, if it did and nothing has happened to it since."""
    first = act[0].appointment.session
    if first is None or any(each.act != Act.MOVED or each.appointment.session_id != first.pk for each in act):
        return None
    everybody = set(first.appointments.values_list("pk", flat=True))
    return first if len(act) > 1 and everybody == {each.appointment_id for each in act} else None


def put_back(
    business: Business, session: GroupSession, act: Sequence[AppointmentChange], old: Wanted, actor: Actor
) -> list[Appointment]:
    """Undo a move of the whole session, in the caller's `changing`. Raises SlotTaken when its old time is taken."""
    standing = _locked(session, old)
    _give_up_time(session, old)
    fit = fits(business, old, contact_id=None)
    undone = {each.appointment_id: each for each in act}
    deeds = [Deed(actor=actor, undoes=undone[each.pk]) for each in standing]
    return _put_there(business, session, standing, old, fit.resource_ids, deeds)


def _locked(session: GroupSession, wanted: Wanted) -> list[Appointment]:
    """Everything that the move may touch, in everybody's order, and who sits in it then."""
    before = seated(session)
    lock([wanted, as_it_stands(before[0])], before)
    now = GroupSession.objects.select_for_update(no_key=True).get(pk=session.pk)
    if (now.practitioner_id, now.during) != (session.practitioner_id, session.during):
        raise DiaryBusy(N_("Somebody changed this appointment just now. Please look at it again."))
    return [locked(each) for each in seated(session)]


def _give_up_time(session: GroupSession, wanted: Wanted) -> None:
    """Where it goes, it doesn't stand in its own way; two groups do not become one."""
    other = sessions.joinable(wanted)
    if other is not None and other.pk != session.pk:
        raise SlotTaken
    TakenTime.objects.filter(session=session).delete()


def _put_there(
    business: Business,
    session: GroupSession,
    standing: Sequence[Appointment],
    wanted: Wanted,
    resource_ids: Sequence[int],
    deeds: Sequence[Deed],
) -> list[Appointment]:
    old = as_it_stands(standing[0])
    session.practitioner, session.during, session.location_id = wanted.practitioner, wanted.during, wanted.elsewhere
    session.save(update_fields=["practitioner", "during", "location"])
    insert(*rows_of(session, resource_ids))
    first: AppointmentChange | None = None
    for each, deed in zip(standing, deeds, strict=True):
        each.practitioner, each.during, each.ticket = wanted.practitioner, wanted.during, None
        each.location_id = wanted.elsewhere
        each.revision += 1
        each.save(update_fields=["practitioner", "during", "location", "ticket", "revision"])
        made = entries.record(business, each, Act.MOVED, replace(deed, part_of=first), old=old)
        first = first or made
    tell_freed(
        business,
        practitioner_id=old.practitioner.pk,
        service_id=old.service.pk,
        during=old.during,
        change_id=first.pk if first is not None else None,
    )
    return list(standing)
