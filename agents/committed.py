"""What a reply may claim for a contact: what is committed in the diary."""

import datetime as dt
from collections.abc import Sequence

from agents.runtime.outgoing_check import Change, Committed, Standing
from agents.types import SkillContext
from calendar_sync import booking
from calendar_sync.models import Appointment, AppointmentChange
from calendar_sync.verified import open_to

LATELY = dt.timedelta(days=2)


def committed_for(context: SkillContext, names: Sequence[str] = ()) -> Committed:
    """`names`: of the people of this conversation. Two queries."""
    coming = booking.upcoming(context.contact_id, context.now)
    changes = list(
        AppointmentChange.objects.filter(
            open_to(context.contact_id, "appointment__"), at__gte=context.now - LATELY, undone_by__isnull=True
        ).select_related("appointment__service", "appointment__practitioner", "appointment__patient")
    )
    patients = [each.patient.name for each in coming] + [each.appointment.patient.name for each in changes]
    return Committed(
        coming=[_standing(context, each) for each in coming],
        moved=[_change(context, each) for each in changes if each.act == AppointmentChange.Act.MOVED],
        cancelled=[_change(context, each) for each in changes if each.act == AppointmentChange.Act.CANCELLED],
        undone=any(each.undoes_id is not None for each in changes),
        names=tuple(dict.fromkeys(filter(None, [*names, context.contact_name, *patients]))),
    )


def _standing(context: SkillContext, appointment: Appointment) -> Standing:
    return Standing(
        start=_local(context, appointment.starts_at),
        practitioner=appointment.practitioner.name,
        service=appointment.service.name,
        reference=appointment.reference,
    )


def _change(context: SkillContext, change: AppointmentChange) -> Change:
    """A cancellation without times of its own ended where the appointment was."""
    what = _standing(context, change.appointment)
    before = _local(context, change.before.lower) if change.before else None
    after = _local(context, change.after.lower) if change.after else None
    return Change(what=what, before=before or (None if after else what.start), after=after)


def _local(context: SkillContext, moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(context.now.tzinfo).replace(tzinfo=None)
