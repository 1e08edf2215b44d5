"""One change at a time to a practitioner's diary and to a resource's.

Lock order, always: practitioners by id, resources by id, the patient, holds by id, group sessions, the appointment.
Without it the exclusion constraints deadlock under races.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from django.db import DataError, IntegrityError, OperationalError, transaction
from django.utils.translation import gettext_noop as N_

from calendar_sync.errors import DiaryBusy, NotTheirs, SlotTaken
from calendar_sync.models import Appointment
from calendar_sync.resources import ids_to_lock
from calendar_sync.set_up import look_again, reading_once
from calendar_sync.slots import Slot, next_free
from calendar_sync.taking import taken_by
from calendar_sync.wanted import Wanted, range_of
from tenants import clock
from tenants.models import Business
from tenants.postgres.prepared import Prepared
from tenants.statements import Question, asked_beside, models_in, reading, rows, several

EXCLUSION_VIOLATION, DEADLOCK, NO_TIME = "23P01", "40P01", "22012"
PRACTITIONERS = Prepared("SELECT id FROM calendar_sync_practitioner WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE")
RESOURCES = Prepared("SELECT id FROM calendar_sync_resource WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE")
LOCKED = Prepared("WHERE id = %s FOR NO KEY UPDATE")


# Raises NO_TIME where an appointment stands in the way already. An error of the database's own: it ends the savepoint,
# and with it the locks, before we hear of it, so that whoever waits behind us needn't wait for that, too.
NOT_TAKEN = Prepared("""
SELECT 1 / CASE WHEN EXISTS (
  SELECT FROM calendar_sync_takentime AS taken JOIN calendar_sync_appointment AS appointment
                ON appointment.id = taken.appointment_id AND appointment.ticket IS DISTINCT FROM %s
   WHERE taken.practitioner_id = %s AND taken.during && %s::tstzrange) THEN 0 ELSE 1 END""")


@contextmanager
def changing(business: Business, wanted: Wanted | None = None, contact_id: int | None = None) -> Iterator[None]:
    """A savepoint around one change, which reads the set-up once; what the database refuses becomes a refusal of the
    diary's."""
    with reading_once():
        try:
            with transaction.atomic(), asked_beside():
                yield
        except (IntegrityError, DataError) as error:
            if _sqlstate(error) not in (EXCLUSION_VIOLATION, NO_TIME):
                raise
            raise SlotTaken(alternatives=_alternatives(business, wanted, contact_id)) from error
        except OperationalError as error:
            if _sqlstate(error) != DEADLOCK:
                raise
            raise DiaryBusy from error
        except SlotTaken as refusal:
            # Looked for only now: the savepoint is rolled back, so nobody waits for our lock meanwhile.
            refusal.alternatives = refusal.alternatives or _alternatives(business, wanted, contact_id)
            raise


def lock(
    wanted: Iterable[Wanted] = (),
    changed: Iterable[Appointment] = (),
    *,
    ticket: str | None = None,
    ahead: Sequence[Question] = (),
) -> None:
    """Whom and what the change may touch: those of the wanted times, and those that the appointments have taken. In
    one round trip where nothing is changed.

    `ticket`: it is a booking with this ticket, so a standing appointment that was made otherwise refuses it at once
    (SlotTaken, by `changing`). `ahead`: what will be asked under these locks, before anything is written.
    """
    wanted, changed = list(wanted), list(changed)
    people = sorted({*(each.practitioner.pk for each in wanted), *(each.practitioner_id for each in changed)})
    questions: list[Question] = [(PRACTITIONERS, [people])]
    resources: set[int] = set()
    if changed:  # what they have taken stands still: whoever changes it needs the practitioner's lock
        _, taken = several(questions.pop(), taken_by(changed))
        resources = {pk for (pk,) in taken}
    for each in wanted:
        resources |= set(ids_to_lock(each.service, each.location_id))
    if resources:
        questions.append((RESOURCES, [sorted(resources)]))
    if ticket is not None:
        questions += [_not_taken(each, ticket) for each in wanted if each.service.seats == 1]
    look_again(*questions, ahead=ahead)  # while we waited, hours and rules may have been edited


def _not_taken(wanted: Wanted, ticket: str) -> Question:
    return NOT_TAKEN, [ticket, wanted.practitioner.pk, range_of(wanted.blocks)]


def lock_practitioners(*practitioner_ids: int) -> None:
    rows(PRACTITIONERS, [sorted(set(practitioner_ids))])


def lock_everything() -> None:
    """Everybody and every resource, in everybody's order: for an act that may take any of their time."""
    several(
        ("SELECT id FROM calendar_sync_practitioner ORDER BY id FOR NO KEY UPDATE", ()),
        ("SELECT id FROM calendar_sync_resource ORDER BY id FOR NO KEY UPDATE", ()),
    )


def locked(appointment: Appointment) -> Appointment:
    """The row as it is now, locked; refuses when it has moved to a practitioner whom we didn't lock."""
    row = next((each for (each,) in models_in((Appointment,), rows(*locking(appointment)))), None)
    if row is None:
        raise NotTheirs
    if row.practitioner_id != appointment.practitioner_id:
        raise DiaryBusy(N_("Somebody changed this appointment just now. Please look at it again."))
    if row.service_id == appointment.service_id:
        row.service = appointment.service
    if Appointment.patient.is_cached(appointment) and row.patient_id == appointment.patient_id:
        row.patient = appointment.patient
    row.practitioner = appointment.practitioner
    return row


def locking(appointment: Appointment) -> Question:
    """What `locked` asks, for `lock` to ask ahead."""
    return reading(Appointment, LOCKED, [appointment.pk])


def _alternatives(business: Business, wanted: Wanted | None, contact_id: int | None) -> list[Slot]:
    if wanted is None:
        return []
    after = max(wanted.starts_at, clock.now())
    return next_free(business, wanted.service, after, count=3, contact_id=contact_id, location_id=wanted.location_id)


def _sqlstate(error: Exception) -> str | None:
    return getattr(error.__cause__, "sqlstate", None)
