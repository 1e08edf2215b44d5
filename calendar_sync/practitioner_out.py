"""A practitioner is out: whoever has an appointment then is offered other times, held for them, until each of them is
moved, cancelled or with a person (campaign_cases.py).

Who chooses first: the earlier day; on one day whoever was moved most often before; then whoever booked longest ago.
"""

import datetime as dt
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Count, DateTimeField, F, Func, Q
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_noop as N_

from calendar_sync import campaign_cases, locking
from calendar_sync.campaign_cases import CampaignRefused
from calendar_sync.models import (
    HOLDS_TIME,
    Appointment,
    AppointmentChange,
    CampaignCase,
    Location,
    OutCampaign,
    Practitioner,
    TimeOff,
)
from calendar_sync.open_cases import CASE, OPEN
from calendar_sync.out_plan import PLAN
from calendar_sync.places import at_location
from tenants import clock, events, worklist
from tenants.models import Business

THINK_AGAIN = dt.timedelta(minutes=2)  # nothing goes out before; until then all of it can be undone
Status, Why = CampaignCase.Status, CampaignCase.Why


def affected(
    business: Business,
    practitioner: Practitioner,
    begin: dt.datetime,
    end: dt.datetime,
    place: Location | None = None,
) -> list[Appointment]:
    """The standing appointments of the practitioner in that time that have not begun, in the order of choosing; with a
    place, those there."""
    rows = Appointment.objects.filter(
        practitioner=practitioner,
        status__in=HOLDS_TIME,
        during__overlap=(begin, end),
        during__startswith__gt=clock.now(),
    )
    if place is not None:
        rows = rows.filter(at_location(place))
    rows = rows.exclude(campaign_cases__status__in=OPEN).select_related("service", "practitioner", "patient")
    moved = Count("changes", filter=Q(changes__act=AppointmentChange.Act.MOVED))
    day = Func(F("during"), function="lower", output_field=DateTimeField())
    rows = rows.annotate(times_moved=moved, day=TruncDate(day, tzinfo=ZoneInfo(business.timezone)))
    return list(rows.order_by("day", "-times_moved", "created_at", "pk"))


def start(
    business: Business,
    practitioner: Practitioner,
    *,
    begin: dt.datetime,
    end: dt.datetime,
    reason: str,
    user_id: int | None,
    place: Location | None = None,
) -> OutCampaign:
    """Time off (from the place, where one is given), and a case for whoever it hits: all of it or nothing, and once.
    The times are found for them by the work that it calls for (out_plan.py).
    """
    now = clock.now()
    with transaction.atomic():
        locking.lock_practitioners(practitioner.pk)
        running = OutCampaign.objects.filter(practitioner=practitioner, starts_at=begin, ends_at=end)
        begun = running.filter(status=OutCampaign.Status.RUNNING, time_off__location=place).first()
        if begun is not None:  # pressed twice
            return begun
        hit = affected(business, practitioner, begin, end, place)
        away = TimeOff.objects.create(
            practitioner=practitioner, starts_at=begin, ends_at=end, reason=reason, location=place
        )
        campaign = OutCampaign.objects.create(
            practitioner=practitioner,
            time_off=away,
            starts_at=begin,
            ends_at=end,
            planned_at=None if hit else now,
            send_at=now + THINK_AGAIN,
            user_id=user_id,
        )
        if hit:
            _open_cases(campaign, hit)
            worklist.call_for(business.pk, PLAN, campaign.pk)
        else:
            campaign_cases.close_if_done(business, campaign.pk)
        events.publish(business, "diary")
        campaign_cases.changed(business, campaign.pk)
    return campaign


def undo(business: Business, campaign: OutCampaign) -> None:
    """As if it had never been begun. Raises CampaignRefused once anybody has been written to."""
    now = clock.now()
    with transaction.atomic():
        locking.lock_everything()
        cases = list(campaign.cases.select_for_update(no_key=True))
        if any(each.status != Status.PLANNED for each in cases if each.why != Why.NO_TIMES):
            raise CampaignRefused(N_("It can't be undone any more: somebody has been written to."))
        if (
            not OutCampaign.objects.filter(pk=campaign.pk)
            .exclude(status=OutCampaign.Status.UNDONE)
            .update(status=OutCampaign.Status.UNDONE, closed_at=now)
        ):
            return
        for each in cases:
            campaign_cases.let_go(business, each)
        campaign.cases.update(status=Status.UNDONE, closed_at=now)
        TimeOff.objects.filter(campaign=campaign).delete()
        events.publish(business, "diary")
        campaign_cases.changed(business, campaign.pk)


def send_now(business: Business, campaign: OutCampaign) -> None:
    """No more thinking: whoever was not written to yet is now."""
    with transaction.atomic():
        OutCampaign.objects.filter(pk=campaign.pk, send_at__gt=clock.now()).update(send_at=clock.now())
        planned = campaign.cases.filter(status=Status.PLANNED).values_list("pk", flat=True)
        worklist.call_for_each(business.pk, CASE, dict.fromkeys(planned, dt.timedelta()))
        campaign_cases.changed(business, campaign.pk)


def _open_cases(campaign: OutCampaign, hit: Sequence[Appointment]) -> None:
    CampaignCase.objects.bulk_create(
        CampaignCase(campaign=campaign, appointment=each, contact_id=each.contact_id, rank=rank, was=each.during)
        for rank, each in enumerate(hit, 1)
    )
