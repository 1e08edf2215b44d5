"""What a patient has to be told of an appointment that changed without them. News that travels up is a row."""

import datetime as dt
from collections.abc import Sequence

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from calendar_sync.models import Appointment, AppointmentChange, PatientNews
from tenants import clock, worklist
from tenants.models import Business

TELL = "conversations.tell_patient"
THINK_AGAIN = dt.timedelta(seconds=20)  # what staff did by hand: taken back until then, nobody hears of it
Act = PatientNews.Act


def tell(
    business: Business,
    appointment: Appointment,
    act: str,
    *,
    before: DateTimeTZRange | None,
    also: int = 0,
    wait: dt.timedelta = dt.timedelta(0),
) -> bool:
    """Within the caller's transaction; False where nobody wrote to us for the patient. Told once per change.

    `also`: how many appointments were cancelled along with it.
    """
    if appointment.contact_id is None:
        return False
    news = PatientNews.objects.create(
        appointment=appointment, contact_id=appointment.contact_id, act=act, before=before, also=also, at=clock.now()
    )
    worklist.call_for(business.pk, TELL, news.pk, wait=wait)
    return True


def take_back(business: Business, changes: Sequence[AppointmentChange]) -> bool:
    """Within the transaction that took the changes of one act back: what was not told yet never is; whoever heard of it
    hears that it is not so. Whether somebody hears now."""
    by_appointment = {each.appointment_id: each for each in changes}
    news = PatientNews.objects.filter(
        appointment__in=by_appointment,
        act__in=(Act.MOVED, Act.CANCELLED),
        at__gte=min((each.at for each in changes), default=clock.now()),
    )
    heard = list(news.filter(told_at__isnull=False).select_related("appointment"))
    news.filter(told_at__isnull=True).update(told_at=clock.now())
    for each in heard:
        change = by_appointment[each.appointment_id]
        act = Act.RESTORED if change.act == AppointmentChange.Act.CANCELLED else Act.MOVED
        tell(business, each.appointment, act, before=change.after)
    return bool(heard)
