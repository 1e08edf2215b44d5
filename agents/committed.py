"""What a reply may claim for a contact: what is committed in the diary.

Written as SQL, because every reply asks it: the same in Django's words was a tenth of a turn's CPU.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from agents.runtime.outgoing_check import Change, Committed, Standing
from agents.types import SkillContext
from calendar_sync.models import HOLDS_TIME, Appointment, AppointmentChange
from calendar_sync.verified import OPEN
from tenants.postgres.prepared import Prepared
from tenants.statements import rows

LATELY = dt.timedelta(days=2)
_ASK = Prepared(f"""
WITH theirs AS (
  SELECT appointment.id, appointment.status, appointment.during,
         practitioner.name AS practitioner, service.name AS service, patient.name AS patient, location.name AS place
    FROM calendar_sync_appointment appointment
    JOIN calendar_sync_practitioner practitioner ON practitioner.id = appointment.practitioner_id
    JOIN calendar_sync_service service ON service.id = appointment.service_id
    JOIN calendar_sync_patient patient ON patient.id = appointment.patient_id
    LEFT JOIN calendar_sync_location location
      ON location.id = coalesce(appointment.location_id, practitioner.location_id)
   WHERE appointment.contact_id = %(contact)s OR appointment.patient_id = ANY(ARRAY({OPEN}))
)
SELECT lower(during) AS starts_at, id, practitioner, service, patient, place,
       'coming' AS act, NULL::timestamptz AS was, NULL::timestamptz AS is_now, NULL AS was_with, false AS undoes
  FROM theirs WHERE status = ANY(%(holds_time)s) AND upper(during) > %(now)s
UNION ALL
SELECT lower(theirs.during), theirs.id, practitioner, service, patient, place,
       change.act, lower(change.before), lower(change.after), coalesce(earlier.name, practitioner),
       change.undoes_id IS NOT NULL
  FROM theirs JOIN calendar_sync_appointmentchange change ON change.appointment_id = theirs.id
  LEFT JOIN calendar_sync_practitioner earlier ON earlier.id = change.from_practitioner_id
 WHERE change.at >= %(lately)s
   AND NOT EXISTS (SELECT FROM calendar_sync_appointmentchange later WHERE later.undoes_id = change.id)
 ORDER BY starts_at, id
""")  # noqa: S608 (a constant of ours)


def committed_for(context: SkillContext, names: Sequence[str] = ()) -> Committed:
    """`names`: of the people of this conversation. One query."""
    given: dict[str, Any] = {
        "contact": context.contact_id,
        "holds_time": [str(each) for each in HOLDS_TIME],
        "now": context.now,
        "lately": context.now - LATELY,
    }
    coming: list[Standing] = []
    changes: dict[str, list[Change]] = {}
    patients: list[str] = []
    undone = False
    for starts_at, appointment_id, practitioner, service, patient, place, act, *change, undoes in rows(_ASK, given):
        what = Standing(
            start=_local(context, starts_at),
            practitioner=practitioner,
            service=service,
            reference=Appointment(pk=appointment_id).reference,
            place=place or "",
        )
        patients.append(patient)
        undone = undone or undoes
        if act == "coming":
            coming.append(what)
        else:
            changes.setdefault(act, []).append(_change(context, what, *change))
    return Committed(
        coming=coming,
        moved=changes.get(AppointmentChange.Act.MOVED, []),
        cancelled=changes.get(AppointmentChange.Act.CANCELLED, []),
        undone=undone,
        names=tuple(dict.fromkeys(filter(None, [*names, context.contact_name, *patients]))),
    )


def _change(
    context: SkillContext, what: Standing, was: dt.datetime | None, is_now: dt.datetime | None, was_with: str
) -> Change:
    """A cancellation without times of its own ended where the appointment was."""
    before = _local(context, was) if was else None
    after = _local(context, is_now) if is_now else None
    return Change(what=what, before=before or (None if after else what.start), after=after, before_with=was_with)


def _local(context: SkillContext, moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(context.now.tzinfo).replace(tzinfo=None)
