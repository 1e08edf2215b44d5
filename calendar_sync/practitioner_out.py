"""A practitioner is out: whoever has an appointment then is offered other times, held for them, until each of them is
moved, cancelled or with a person (campaign_cases.py).

Who chooses first: the earlier day; on one day whoever was moved most often before; then whoever booked longest ago.
"""

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Count, DateTimeField, F, Func, Q
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_noop as N_

from calendar_sync import alternatives, campaign_cases, holds, locking
from calendar_sync.alternatives import Choosing
from calendar_sync.campaign_cases import ANSWER_AT_LEAST, BEFORE_START, GRACE, CampaignRefused
from calendar_sync.errors import DiaryError
from calendar_sync.models import (
    HOLDS_TIME,
    Appointment,
    AppointmentChange,
    CampaignCase,
    CaseOption,
    Hold,
    OutCampaign,
    Practitioner,
    TimeOff,
)
from calendar_sync.open_cases import CASE, OPEN
from calendar_sync.slots import Slot
from tenants import clock, events, worklist
from tenants.models import Business

THINK_AGAIN = dt.timedelta(minutes=2)  # nothing goes out before; until then all of it can be undone
TRIES = 8  # times that somebody else took since they were looked up
Status, Why = CampaignCase.Status, CampaignCase.Why


def affected(business: Business, practitioner: Practitioner, begin: dt.datetime, end: dt.datetime) -> list[Appointment]:
    """The standing appointments of the practitioner in that time that have not begun, in the order of choosing."""
    rows = Appointment.objects.filter(
        practitioner=practitioner,
        status__in=HOLDS_TIME,
        during__overlap=(begin, end),
        during__startswith__gt=clock.now(),
    )
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
) -> OutCampaign:
    """Time off, and for whoever it hits a case with times of their own: all of it or nothing, and once."""
    now = clock.now()
    with transaction.atomic():
        locking.lock_practitioners(*Practitioner.objects.filter(active=True).values_list("pk", flat=True))
        running = OutCampaign.objects.filter(practitioner=practitioner, starts_at=begin, ends_at=end)
        begun = running.filter(status=OutCampaign.Status.RUNNING).first()
        if begun is not None:  # pressed twice
            return begun
        hit = affected(business, practitioner, begin, end)
        away = TimeOff.objects.create(practitioner=practitioner, starts_at=begin, ends_at=end, reason=reason)
        campaign = OutCampaign.objects.create(
            practitioner=practitioner,
            time_off=away,
            starts_at=begin,
            ends_at=end,
            send_at=now + THINK_AGAIN,
            user_id=user_id,
        )
        _plan(business, campaign, hit)
        campaign_cases.close_if_done(business, campaign.pk)
        events.publish(business, "diary")
        campaign_cases.changed(business, campaign.pk)
    return campaign


def undo(business: Business, campaign: OutCampaign) -> None:
    """As if it had never been begun. Raises CampaignRefused once anybody has been written to."""
    now = clock.now()
    with transaction.atomic():
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
        for pk in campaign.cases.filter(status=Status.PLANNED).values_list("pk", flat=True):
            worklist.call_for(business.pk, CASE, pk)
        campaign_cases.changed(business, campaign.pk)


def _plan(business: Business, campaign: OutCampaign, hit: Sequence[Appointment]) -> None:
    """The cases by rank, each with its held times, and the work of writing to them."""
    now = clock.now()
    known = alternatives.choosing(business, hit, now + THINK_AGAIN + ANSWER_AT_LEAST + BEFORE_START)
    for rank, appointment in enumerate(hit, 1):
        case = CampaignCase.objects.create(
            campaign=campaign,
            appointment=appointment,
            contact_id=appointment.contact_id,
            rank=rank,
            was=appointment.during,
        )
        found = _hold_times(business, case, appointment, known)
        if found:
            worklist.call_for(business.pk, CASE, case.pk, wait=campaign_cases.send_after(business, case, now) - now)
        else:
            campaign_cases.give_to_staff(business, case, Why.NO_TIMES)


def _hold_times(business: Business, case: CampaignCase, appointment: Appointment, known: Choosing) -> list[Slot]:
    kept: list[Slot] = []
    until = campaign_cases.deadline_of(campaign_cases.send_after(business, case, clock.now()), appointment.starts_at)
    while len(kept) < alternatives.EACH:
        for slot in _few(known.candidates(appointment, kept), until):
            hold = _keep(business, appointment, slot, known.people[slot.practitioner_id], until)
            known.give(appointment.service, slot)  # ours now, or somebody else's
            if hold is not None:
                CaseOption.objects.create(
                    case=case,
                    number=len(kept) + 1,
                    hold=hold,
                    practitioner_id=slot.practitioner_id,
                    starts_at=slot.starts_at,
                )
                kept.append(slot)
                break
        else:
            break
    return kept


def _few(candidates: Iterable[Slot], after: dt.datetime) -> list[Slot]:
    later = (each for each in candidates if each.starts_at > after)
    return [each for each, _ in zip(later, range(TRIES), strict=False)]


def _keep(
    business: Business, appointment: Appointment, slot: Slot, practitioner: Practitioner, until: dt.datetime
) -> Hold | None:
    try:
        return holds.keep(
            business,
            service=appointment.service,
            practitioner=practitioner,
            starts_at=slot.starts_at,
            contact_id=appointment.contact_id,
            reason=Hold.Reason.CAMPAIGN,
            minutes=math.ceil((until + GRACE - clock.now()).total_seconds() / 60),
            moving=appointment,
        )
    except DiaryError:  # somebody was quicker, or a rule speaks against it: then another time
        return None
