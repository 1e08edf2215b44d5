"""Patients of somebody who is out for whom a person is needed: whoever began it is told, beyond the page too."""

from django.db import transaction

from calendar_sync.models import CampaignCase
from escalations.models import Notice
from escalations.telling.audience import audience
from escalations.telling.notices import tell
from tenants.models import Business
from tenants.worklist import Lease

KIND = Notice.Kind.STRAGGLER


def tell_of(business: Business, case_id: int, lease: Lease) -> None:
    """Once until it is seen, however many are left over: the notice opens the board, which shows all of them."""
    case = CampaignCase.objects.filter(pk=case_id, status=CampaignCase.Status.STAFF).first()
    with transaction.atomic():
        lease.hold()
        if case is not None:
            told = Notice.objects.filter(kind=KIND, ways__campaign=case.campaign_id, seen_at__isnull=True)
            know = set(told.values_list("staff_id", flat=True))
            people = [each for each in audience(business, KIND, owner=case.owner_id) if each not in know]
            tell(business, KIND, people, object_id=case.pk, ways={"campaign": case.campaign_id})
        lease.finish()
