"""What a reply may claim for a contact: what is committed in the diary."""

import datetime as dt

from agents.runtime.outgoing_check import Committed
from agents.types import SkillContext
from calendar_sync import booking
from calendar_sync.models import AppointmentChange


def committed_for(context: SkillContext) -> Committed:
    coming = booking.upcoming(context.contact_id, context.now)
    recent = context.now - dt.timedelta(days=2)
    stand = AppointmentChange.objects.filter(
        appointment__contact_id=context.contact_id, at__gte=recent, undone_by__isnull=True
    )
    changes = list(stand.values_list("act", "undoes"))
    acts = {act for act, _ in changes}
    return Committed(
        coming=[each.starts_at.astimezone(context.now.tzinfo).strftime("%H:%M") for each in coming],
        moved=AppointmentChange.Act.MOVED in acts,
        cancelled=AppointmentChange.Act.CANCELLED in acts,
        undone=any(undoes is not None for _, undoes in changes),
    )
