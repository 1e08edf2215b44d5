"""Finding everybody's other times when a practitioner is out: the work that beginning a campaign calls for.

One transaction under the locks of everybody whose time it may take: what is free is read once, each case gets times of
its own in the order of choosing, and all of it is written together. Killed anywhere, nothing or all of it is there;
done twice, the second time finds it done. The calendars are read before, so no vendor is waited for meanwhile.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from calendar_sync import alternatives, campaign_cases, letting_go, locking
from calendar_sync.alternatives import Choice, Choosing
from calendar_sync.campaign_cases import ANSWER_AT_LEAST, BEFORE_START, GRACE
from calendar_sync.giving_up import HOLD_ENDS
from calendar_sync.google.busy import refresh
from calendar_sync.models import BookingRules, CampaignCase, CaseOption, GroupSession, Hold, OutCampaign
from calendar_sync.offer_times import quiet_hours
from calendar_sync.open_cases import CASE
from calendar_sync.taking import rows_of
from tenants import clock, worklist
from tenants.crashpoints import reach
from tenants.models import Business
from tenants.statements import insert
from tenants.worklist import Lease

PLAN = "calendar_sync.plan_campaign"
Status, Why = CampaignCase.Status, CampaignCase.Why


@dataclass(frozen=True, kw_only=True)
class _Kept:
    """A time that is held for a case; `number` is what the patient answers."""

    case: CampaignCase
    number: int
    choice: Choice
    hold: Hold


def plan(business: Business, campaign_id: int, lease: Lease) -> None:
    """Claimed once per campaign. What can't be planned after some tries is given to people as it is."""
    reach(f"{PLAN}.claimed")
    campaign = OutCampaign.objects.filter(pk=campaign_id).first()
    if campaign is None or campaign.planned_at is not None or campaign.status != OutCampaign.Status.RUNNING:
        return lease.finish()
    now = clock.now()
    if not lease.exhausted:
        refresh(business, window=(now, campaign.ends_at + alternatives.AHEAD), now=now)
    with transaction.atomic():
        locking.lock_everything()
        lease.hold()
        if campaign_cases.note_planned(business, campaign):
            cases = campaign.cases.filter(status=Status.PLANNED).order_by("rank")
            waiting = list(cases.select_related("campaign", "appointment__service", "appointment__practitioner"))
            _give_times(business, campaign, waiting, find=not lease.exhausted)
            reach("campaign.planned")
        lease.finish()
    reach("campaign.plan_committed")
    return None


def _give_times(business: Business, campaign: OutCampaign, cases: Sequence[CampaignCase], *, find: bool) -> None:
    now = clock.now()
    quiet = quiet_hours(business, BookingRules.of_this_business())
    sent = {each.pk: campaign_cases.sending(each, now, quiet) for each in cases}
    kept = _hold_times(business, campaign, cases, sent) if find else []
    found = {each.case.pk for each in kept}
    campaign_cases.without_times(business, campaign, [each.pk for each in cases if each.pk not in found])
    worklist.call_for_each(business.pk, CASE, {each: sent[each] - now for each in found})


def _hold_times(
    business: Business, campaign: OutCampaign, cases: Sequence[CampaignCase], sent: dict[int, dt.datetime]
) -> list[_Kept]:
    now = clock.now()
    letting_go.end_expired(business)
    earliest = max(campaign.send_at, now) + ANSWER_AT_LEAST + BEFORE_START
    known = alternatives.choosing(business, [each.appointment for each in cases], earliest, now=now)
    kept = [
        _kept(case, number, choice, known, until)
        for case in cases
        for until in [campaign_cases.deadline_of(sent[case.pk], case.was.lower)]
        for number, choice in enumerate(_two(known, case, until), 1)
    ]
    _write(business, kept)
    return kept


def _two(known: Choosing, case: CampaignCase, until: dt.datetime) -> list[Choice]:
    chosen: list[Choice] = []
    while len(chosen) < alternatives.EACH:
        found = known.take(case.appointment, [each.slot for each in chosen], until)
        if found is None:
            break
        chosen.append(found)
    return chosen


def _kept(case: CampaignCase, number: int, choice: Choice, known: Choosing, until: dt.datetime) -> _Kept:
    slot = choice.slot
    person = known.people[slot.practitioner_id]
    hold = Hold(
        reason=Hold.Reason.CAMPAIGN,
        contact_id=case.contact_id,
        service=case.appointment.service,
        practitioner=person,
        during=DateTimeTZRange(slot.starts_at, slot.ends_at),
        location_id=None if slot.location_id == person.location_id else slot.location_id,
        expires_at=min(until + GRACE, slot.starts_at),
    )
    return _Kept(case=case, number=number, choice=choice, hold=hold)


def _write(business: Business, kept: Sequence[_Kept]) -> None:
    now = clock.now()
    insert(*(each.hold for each in kept))
    sessions = [(_session(each.hold), each.choice.resource_ids) for each in kept if each.choice.opens]
    insert(*(session for session, _ in sessions))
    alone = (each for each in kept if each.hold.service.seats == 1)
    taken = [row for each in alone for row in rows_of(each.hold, each.choice.resource_ids)]
    insert(*taken, *(row for session, rooms in sessions for row in rows_of(session, rooms)))
    insert(
        *(
            CaseOption(
                case=each.case,
                number=each.number,
                hold=each.hold,
                practitioner=each.hold.practitioner,
                starts_at=each.hold.starts_at,
            )
            for each in kept
        )
    )
    worklist.call_for_each(business.pk, HOLD_ENDS, {each.hold.pk: each.hold.expires_at - now for each in kept})


def _session(hold: Hold) -> GroupSession:
    """A group begins with the first seat that is held in it."""
    return GroupSession(
        service=hold.service,
        practitioner=hold.practitioner,
        during=hold.during,
        seats=hold.service.seats,
        location_id=hold.location_id,
    )
