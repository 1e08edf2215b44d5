"""What a patient has to be told of an appointment that changed without them. News that travels up is a row."""

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from calendar_sync.models import Appointment, PatientNews
from tenants import clock, worklist
from tenants.models import Business

TELL = "conversations.tell_patient"


def tell(business: Business, appointment: Appointment, act: str, *, before: DateTimeTZRange | None) -> None:
    """Within the caller's transaction; nothing where nobody wrote to us for the patient. Told once per change."""
    if appointment.contact_id is None:
        return
    news = PatientNews.objects.create(
        appointment=appointment, contact_id=appointment.contact_id, act=act, before=before, at=clock.now()
    )
    worklist.call_for(business.pk, TELL, news.pk)
