"""The cases of a campaign: what is asked of one patient, and every way in which it ends.

planned → asked → moved | cancelled | by hand, or (declined →) staff and from there to the same ends. Each step is one
conditional UPDATE; whoever comes second changes nothing.
"""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext_noop as N_

from calendar_sync import held_booking, holds, locking
from calendar_sync.models import (
    HOLDS_TIME,
    Appointment,
    BookingRules,
    CampaignCase,
    CaseOption,
    Hold,
    OutCampaign,
    WaitlistOffer,
)
from calendar_sync.offer_times import quiet_hours
from calendar_sync.open_cases import CASE, OPEN, STRAGGLER
from calendar_sync.reminder_times import QuietHours
from calendar_sync.wanted import Actor
from tenants import clock, events, worklist
from tenants.models import Business

ANSWER_WITHIN = dt.timedelta(hours=24)
ANSWER_AT_LEAST = dt.timedelta(minutes=30)
BEFORE_START = dt.timedelta(hours=1)  # by then it has to be known
GRACE = dt.timedelta(hours=2)  # the holds outlive the deadline until the case was settled
Status, Why = CampaignCase.Status, CampaignCase.Why
ANSWERABLE = (Status.ASKED, Status.DECLINED, Status.STAFF)


class CampaignRefused(Exception):
    """It can't be done any more; the text says why to a person."""


def send_after(business: Business, case: CampaignCase, now: dt.datetime) -> dt.datetime:
    """When the patient may be written to: not before the campaign allows it, and at night only when it can't wait."""
    return sending(case, now, quiet_hours(business, BookingRules.of_this_business()))


def sending(case: CampaignCase, now: dt.datetime, quiet: QuietHours) -> dt.datetime:
    """`send_after`, by the quiet hours that the caller has read."""
    due = max(case.campaign.send_at, now)
    morning = quiet.next_allowed(due)
    return morning if morning <= case.was.lower - BEFORE_START - ANSWER_AT_LEAST else due


def deadline_of(sent_at: dt.datetime, starts_at: dt.datetime) -> dt.datetime:
    """Until when we wait for an answer."""
    return max(min(sent_at + ANSWER_WITHIN, starts_at - BEFORE_START), sent_at + ANSWER_AT_LEAST)


def open_case(contact_id: int) -> CampaignCase | None:
    """The question that this contact may answer now."""
    rows = CampaignCase.objects.filter(contact_id=contact_id, status__in=ANSWERABLE, told_at__isnull=False)
    rows = rows.select_related("appointment__service", "appointment__practitioner", "appointment__patient", "campaign")
    return rows.order_by("status", "-told_at").first()


def other_question(case: CampaignCase) -> bool:
    """Whether this contact has to answer something else of ours first."""
    asked = CampaignCase.objects.filter(contact_id=case.contact_id, status__in=(Status.ASKED, Status.DECLINED))
    offered = WaitlistOffer.objects.filter(entry__contact_id=case.contact_id, status=WaitlistOffer.Status.OPEN)
    return case.contact_id is not None and (asked.exclude(pk=case.pk).exists() or offered.exists())


def options_of(case: CampaignCase) -> list[CaseOption]:
    """The times that are held for it, by number."""
    rows = case.options.filter(hold__released_at__isnull=True)
    return list(rows.select_related("practitioner", "hold__service", "hold__practitioner").order_by("number"))


def note_planned(business: Business, campaign: OutCampaign) -> bool:
    """Everybody's other times are known from now on; False when they were before, or it was undone."""
    running = OutCampaign.objects.filter(pk=campaign.pk, status=OutCampaign.Status.RUNNING, planned_at__isnull=True)
    planned = bool(running.update(planned_at=clock.now()))
    if planned:
        changed(business, campaign.pk)
    return planned


def without_times(business: Business, campaign: OutCampaign, case_ids: Sequence[int]) -> None:
    """A person has to see to these from the start: no other time is free."""
    if not case_ids:
        return
    rows = CampaignCase.objects.filter(pk__in=case_ids, status=Status.PLANNED)
    if rows.update(status=Status.STAFF, why=Why.NO_TIMES, owner_id=campaign.user_id):
        worklist.call_for(business.pk, STRAGGLER, min(case_ids))  # one for all of them: the board shows who
    events.publish(business, "case_needs_you", campaign.pk)


def note_asked(business: Business, case: CampaignCase, how: str) -> bool:
    """Within the transaction that queues the message; False when it was asked before, undone or settled."""
    now = clock.now()
    deadline = deadline_of(now, case.was.lower)
    asked = CampaignCase.objects.filter(pk=case.pk, status=Status.PLANNED).update(
        status=Status.ASKED, told=how, told_at=now, deadline=deadline, remind_at=now + (deadline - now) / 2
    )
    if asked:
        Hold.objects.filter(case_option__case=case, released_at__isnull=True).update(expires_at=deadline + GRACE)
        changed(business, case.campaign_id)
    return bool(asked)


def accept(business: Business, case: CampaignCase, number: int, *, actor: Actor) -> Appointment:
    """They take that time: their appointment is moved there, and what else was held for them is let go.

    Raises DiaryError when it can't be done (SlotTaken: the hold had expired), CampaignRefused when the case is over.
    """
    option = next((each for each in options_of(case) if each.number == number), None)
    if option is None:
        raise CampaignRefused(N_("There is no such time for this appointment."))
    with transaction.atomic():
        locking.lock_practitioners(option.practitioner_id, case.appointment.practitioner_id)
        if not _close(case, Status.MOVED):
            raise CampaignRefused(N_("This is settled already."))
        moved = held_booking.move_offered(business, option.hold, case.appointment, actor=actor)
        CaseOption.objects.filter(pk=option.pk).update(chosen_at=clock.now())
        _after(business, case)
    return moved


def decline(business: Business, case: CampaignCase) -> None:
    """None of these: the times are let go. They may say what they want until the deadline, then people see to it."""
    with transaction.atomic():
        locking.lock_practitioners(case.appointment.practitioner_id)
        declined = CampaignCase.objects.filter(pk=case.pk, status=Status.ASKED).update(status=Status.DECLINED)
        if declined or case.status == Status.STAFF:
            let_go(business, case)
            changed(business, case.campaign_id)


def give_to_staff(business: Business, case: CampaignCase, why: str, *, owner_id: int | None = None) -> bool:
    """A person has to see to it: whoever began the campaign, unless somebody took it. What is held for it stays held
    as long as it lasts. False when it was settled meanwhile.
    """
    with transaction.atomic():
        given = CampaignCase.objects.filter(pk=case.pk, status__in=OPEN).exclude(
            status=Status.STAFF, owner_id=owner_id or case.campaign.user_id
        ).update(status=Status.STAFF, why=why, owner_id=owner_id or case.campaign.user_id)  # fmt: skip
        if given:
            _call_for_next_of_contact(business, case)
            if owner_id is None:  # who takes it knows
                worklist.call_for(business.pk, STRAGGLER, case.pk)
            events.publish(business, "case_needs_you", case.campaign_id)
            changed(business, case.campaign_id)
    return bool(given)


def settle_by_hand(business: Business, case: CampaignCase) -> None:
    """Somebody has dealt with it outside of Frontdesk: the appointment stays as it is in the diary."""
    with transaction.atomic():
        if _close(case, Status.BY_HAND):
            _after(business, case)


def follow(business: Business, case: CampaignCase) -> bool:
    """Close the case when its appointment was moved out of the way or cancelled, by whoever and however."""
    stands = Appointment.objects.get(pk=case.appointment_id)
    if stands.status not in HOLDS_TIME:
        status = Status.CANCELLED
    elif _out_of_the_way(stands, case.campaign):
        status = Status.MOVED
    else:
        return False
    with transaction.atomic():
        if _close(case, status):
            _after(business, case)
    return True


def close_if_done(business: Business, campaign_id: int) -> None:
    if not CampaignCase.objects.filter(campaign=campaign_id, status__in=OPEN).exists():
        OutCampaign.objects.filter(pk=campaign_id, status=OutCampaign.Status.RUNNING).update(
            status=OutCampaign.Status.CLOSED, closed_at=clock.now()
        )


def let_go(business: Business, case: CampaignCase) -> None:
    for option in options_of(case):
        holds.release(business, option.hold)


def changed(business: Business, campaign_id: int) -> None:
    events.publish(business, "campaign", campaign_id)


def _close(case: CampaignCase, status: str) -> bool:
    """The one step out of the open states."""
    rows = CampaignCase.objects.filter(pk=case.pk, status__in=OPEN)
    return bool(rows.update(status=status, closed_at=clock.now()))


def _after(business: Business, case: CampaignCase) -> None:
    let_go(business, case)
    _call_for_next_of_contact(business, case)
    close_if_done(business, case.campaign_id)
    changed(business, case.campaign_id)


def _call_for_next_of_contact(business: Business, case: CampaignCase) -> None:
    """One question at a time: whatever else we have to ask this contact can be asked now."""
    if case.contact_id is None:
        return
    waiting = CampaignCase.objects.filter(contact_id=case.contact_id, status=Status.PLANNED).exclude(pk=case.pk)
    for pk in waiting.order_by("pk").values_list("pk", flat=True)[:1]:
        worklist.call_for(business.pk, CASE, pk)


def _out_of_the_way(appointment: Appointment, campaign: OutCampaign) -> bool:
    if appointment.practitioner_id != campaign.practitioner_id:
        return True
    return appointment.ends_at <= campaign.starts_at or appointment.starts_at >= campaign.ends_at
