"""What a moved or cancelled appointment gives up: kept for a while so that it can be undone, or free at once."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from calendar_sync import sessions
from calendar_sync.freed import tell_freed
from calendar_sync.models import Appointment, AppointmentChange, BookingRules, Hold, TakenTime
from calendar_sync.taking import pass_to_hold
from calendar_sync.wanted import OF_THE_BUSINESS, Actor, Wanted, as_it_stands
from tenants import clock, worklist
from tenants.models import Business
from tenants.postgres.prepared import Prepared
from tenants.statements import add, number, take_away

HOLD_ENDS = "calendar_sync.hold_ends"
OF_APPOINTMENT = Prepared("WHERE appointment_id = %s")


@dataclass(frozen=True, kw_only=True)
class GivenUp:
    """The time that it had, the rows that it took (deleted), and the session that it sat in."""

    time: Wanted
    taken: Sequence[TakenTime]
    session_id: int | None


def give_up(appointment: Appointment, *, going_to: Wanted | None = None) -> GivenUp:
    """Free its time, or its seat. `going_to`: where it moves; its own session must not stand in the way there."""
    given = GivenUp(
        time=as_it_stands(appointment),
        taken=take_away(TakenTime, OF_APPOINTMENT, [appointment.pk]),
        session_id=appointment.session_id,
    )
    if given.session_id is not None:
        Appointment.objects.filter(pk=appointment.pk).update(session=None, seat=None)
        if going_to is not None and going_to.blocks.overlaps(given.time.blocks):
            sessions.remove_if_empty(given.session_id, clock.now())
    return given


def keep_or_tell(
    business: Business,
    change: AppointmentChange,
    given: GivenUp,
    actor: Actor,
    beside: Sequence[TakenTime] = (),
) -> None:
    """A hold for the contact while the change can be undone, less what stands there now (`beside`); else the news.

    Staff undo only what is still free, and an undoing isn't undone.
    """
    minutes = BookingRules.of_this_business().undo_minutes
    now = clock.now()
    if actor.by not in OF_THE_BUSINESS and change.undoes_id is None and minutes and given.time.starts_at > now:
        expires_at = min(now + dt.timedelta(minutes=minutes), given.time.starts_at)
        hold = Hold(
            reason=Hold.Reason.UNDO,
            contact_id=change.appointment.contact_id,
            service=given.time.service,
            practitioner=given.time.practitioner,
            during=given.time.during,
            location_id=given.time.elsewhere,
            change=change,
            expires_at=expires_at,
        )
        number(hold)
        add(hold)
        pass_to_hold(given.taken, hold, beside)
        worklist.call_for(business.pk, HOLD_ENDS, hold.pk, wait=expires_at - now)
        return
    if given.session_id is not None:
        sessions.remove_if_empty(given.session_id, now)
    tell_freed(
        business,
        practitioner_id=given.time.practitioner.pk,
        service_id=given.time.service.pk,
        during=given.time.during,
        change_id=change.pk,
    )
