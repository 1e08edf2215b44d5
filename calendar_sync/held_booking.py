"""Making a slot that the practice itself offered an appointment: the hold goes and the appointment comes in one step,
so that nobody gets between.

What was fit to be offered is fit to be taken: notice, limits and late fees are not asked again. Hours, absences, rooms
and connected calendars are.
"""

from collections.abc import Set

from calendar_sync import entries, holds
from calendar_sync.checking import PHYSICAL, Fit, error_of, fits
from calendar_sync.entries import Deed
from calendar_sync.errors import AppointmentOver
from calendar_sync.fitting import Rule, why_not
from calendar_sync.locking import changing, lock, locked
from calendar_sync.models import HOLDS_TIME, Appointment, Hold, Patient
from calendar_sync.wanted import Actor, Wanted, wanted_by_hold
from tenants import clock
from tenants.models import Business

NOT_ASKED_AGAIN: Set[Rule] = PHYSICAL | {"too_soon", "too_far"}


def book_offered(
    business: Business, hold: Hold, *, patient: Patient, contact_id: int | None, actor: Actor
) -> Appointment:
    """Raises DiaryError, with the hold as it was."""
    wanted = wanted_by_hold(business, hold)
    with changing(business, wanted, contact_id):
        lock([wanted])
        fit = _fit(business, wanted, hold)
        return entries.insert(business, wanted, fit, patient=patient, contact_id=contact_id, deed=Deed(actor=actor))


def move_offered(business: Business, hold: Hold, appointment: Appointment, *, actor: Actor) -> Appointment:
    """The appointment keeps its id. Raises DiaryError, with the hold as it was."""
    wanted = wanted_by_hold(business, hold)
    with changing(business, wanted, appointment.contact_id):
        lock([wanted], [appointment])
        current = locked(appointment)
        if current.status not in HOLDS_TIME:
            raise AppointmentOver
        fit = _fit(business, wanted, hold, moving=current)
        return entries.move(business, current, wanted, fit, deed=Deed(actor=actor))


def _fit(business: Business, wanted: Wanted, hold: Hold, *, moving: Appointment | None = None) -> Fit:
    """Without the hold, and with the rules that may have changed since."""
    holds.release(business, hold)
    fit = fits(business, wanted, contact_id=hold.contact_id, moving=moving)
    refusal = why_not(
        business,
        wanted.service,
        wanted.practitioner,
        wanted.starts_at,
        now=clock.now(),
        moving=moving,
        contact_id=hold.contact_id,
        location_id=wanted.location_id,
        ignore=NOT_ASKED_AGAIN,
    )
    if refusal is not None:
        raise error_of(refusal)
    return fit
