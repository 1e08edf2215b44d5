"""A freed slot goes to whoever waits: held for one at a time, in a written order.

Urgent ones (staff say so) first, then who has waited longest. Passed over for now, with their place kept: whoever has
another offer or an open question from us, is blocked, or had this very time before. A long slot may serve several: the
rest of it is offered at once, too.
"""

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from calendar_sync import slots, waitlist
from calendar_sync.errors import DiaryError
from calendar_sync.freed import SLOT_FREED
from calendar_sync.google.busy import refresh
from calendar_sync.models import (
    HOLDS_TIME,
    CampaignCase,
    FreedSlot,
    Hold,
    Practitioner,
    Service,
    WaitlistEntry,
    WaitlistOffer,
)
from calendar_sync.slots import Slot
from tenants import clock, worklist
from tenants.crashpoints import reach
from tenants.models import Business
from tenants.worklist import Lease


def offer_freed(business: Business, freed_id: int, lease: Lease) -> None:
    """Offer it to the next one who fits, or finish the work when nobody does. Killed anywhere, it begins again."""
    freed = FreedSlot.objects.select_related("practitioner").filter(pk=freed_id).first()
    if freed is None or freed.during.upper <= clock.now() or lease.exhausted:
        return lease.finish()
    refresh(business, window=(freed.during.lower, freed.during.upper), practitioner_id=freed.practitioner_id)
    reach("slot_freed.looked")
    for entry, slot in fitting(business, freed.practitioner, freed.during.lower, freed.during.upper):
        try:
            with transaction.atomic():
                waitlist.offer(
                    business,
                    entry,
                    practitioner=freed.practitioner,
                    starts_at=slot.starts_at,
                    location_id=slot.location_id,
                    freed_id=freed.pk,
                )
                worklist.call_for(business.pk, SLOT_FREED, freed.pk)  # for what is left of it
                reach("slot_freed.offered")
        except (DiaryError, waitlist.CannotOffer):
            continue  # somebody was quicker, with the time or with the entry
        break
    reach("slot_freed.committed")
    held_until = _kept_for_undo(freed)
    return lease.retry_in(held_until - clock.now(), forgive=True) if held_until else lease.finish()


def fitting(
    business: Business, practitioner: Practitioner, begin: dt.datetime, end: dt.datetime
) -> Iterator[tuple[WaitlistEntry, Slot]]:
    """Who may have a time of this practitioner in [begin, end), each with the first that fits, by turn."""
    zone = ZoneInfo(business.timezone)
    had = _offered_before(practitioner, begin, end)
    free: dict[int, list[Slot]] = {}
    for entry in candidates(practitioner):
        if entry.service_id not in free:  # a search per service, not per entry
            free[entry.service_id] = _free(business, entry.service, practitioner, begin, end)
        for slot in free[entry.service_id]:
            wished = allows(entry, slot.starts_at, zone, slot.location_id)
            if wished and (entry.pk, slot.starts_at) not in had:
                yield entry, slot
                break


def candidates(practitioner: Practitioner) -> QuerySet[WaitlistEntry]:
    """Who waits for a service of this practitioner and may be asked now, by turn."""
    asked = CampaignCase.objects.filter(contact_id=OuterRef("contact_id"), status__in=["asked", "declined"])
    offered = WaitlistEntry.objects.filter(
        contact_id=OuterRef("contact_id"), status=WaitlistEntry.Status.OFFERED
    ).exclude(pk=OuterRef("pk"))
    rows = WaitlistEntry.objects.filter(
        Q(practitioner__isnull=True) | Q(practitioner=practitioner),
        Q(for_appointment__isnull=True) | Q(for_appointment__status__in=HOLDS_TIME),
        status=WaitlistEntry.Status.WAITING,
        service__practitioners=practitioner,
        service__active=True,
        patient__blocked_at__isnull=True,
    )
    rows = rows.filter(~Exists(asked), ~Exists(offered)).select_related("service", "patient", "for_appointment")
    return rows.order_by("-urgent", "waiting_since", "pk")


def allows(entry: WaitlistEntry, starts_at: dt.datetime, zone: ZoneInfo, location_id: int) -> bool:
    """Whether the wish allows a visit that begins then and there. Pure."""
    if entry.location_id not in (None, location_id):
        return False
    local = starts_at.astimezone(zone)
    if (entry.earliest and local.date() < entry.earliest) or (entry.latest and local.date() > entry.latest):
        return False
    if (entry.time_from and local.time() < entry.time_from) or (entry.time_to and local.time() > entry.time_to):
        return False
    if entry.weekdays and local.weekday() not in entry.weekdays:
        return False
    return entry.for_appointment is None or starts_at < entry.for_appointment.starts_at


def _free(
    business: Business, service: Service, practitioner: Practitioner, begin: dt.datetime, end: dt.datetime
) -> list[Slot]:
    """What fits into the freed time, and, where the service is longer, what begins with it."""
    found = slots.find_slots(business, service=service, window=(begin, end), practitioner=practitioner)
    return [each for each in found if each.starts_at == begin or each.ends_at <= end]


def _offered_before(practitioner: Practitioner, begin: dt.datetime, end: dt.datetime) -> set[tuple[int, dt.datetime]]:
    rows = WaitlistOffer.objects.filter(practitioner=practitioner, starts_at__gte=begin, starts_at__lt=end)
    return set(rows.values_list("entry_id", "starts_at"))


def _kept_for_undo(freed: FreedSlot) -> dt.datetime | None:
    """Until when the time is kept in case the change is undone: then it is looked at again."""
    holds = Hold.objects.filter(
        practitioner=freed.practitioner_id,
        reason=Hold.Reason.UNDO,
        during__overlap=freed.during,
        released_at__isnull=True,
        expires_at__gt=clock.now(),
    )
    last = holds.order_by("-expires_at").values_list("expires_at", flat=True).first()
    return None if last is None else last + dt.timedelta(seconds=1)
