"""News for a running campaign: one of its appointments was changed, by whoever and however."""

from calendar_sync.models import Appointment, CampaignCase
from tenants import worklist
from tenants.models import Business
from tenants.postgres.prepared import Prepared
from tenants.statements import Question, rows

CASE = "conversations.campaign_case"  # the task that writes to one patient, reminds them and sees to the deadline
STRAGGLER = "escalations.tell_of_straggler"  # the task that tells whoever has to see to one patient
Status = CampaignCase.Status
OPEN = (Status.PLANNED, Status.ASKED, Status.DECLINED, Status.STAFF)


OPEN_CASES = Prepared(
    "SELECT id FROM calendar_sync_campaigncase WHERE appointment_id = %s AND status = ANY(%s) ORDER BY id"
)


def tell_campaign(business: Business, appointment: Appointment) -> None:
    """In the transaction of the change."""
    for (pk,) in rows(*asking(appointment)):
        worklist.call_for(business.pk, CASE, pk)


def asking(appointment: Appointment) -> Question:
    """What `tell_campaign` asks, for whoever asks more in the same round trip."""
    return OPEN_CASES, [appointment.pk, [str(each) for each in OPEN]]


def in_question(appointment: Appointment) -> bool:
    """Whether it can't take place as it stands, and the patient is being asked: no reminder of it goes out then."""
    return CampaignCase.objects.filter(appointment=appointment, status__in=OPEN).exists()
