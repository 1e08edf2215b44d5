"""Times that we offer by ourselves: to somebody who waits for one, and to patients whose practitioner is out.

Each offer and each case is one piece of work: it is written to the patient at its time, reminded of once (a case),
and ended at its deadline. Every step is one transaction with its work item, the conversation locked first and the
practitioner before the item: killed anywhere, the next worker goes on and nobody is written to twice. Where nothing
can be sent, people are told instead.
"""

import datetime as dt
from functools import partial

from django.db import transaction

from calendar_sync import campaign_cases, locking, open_cases, waitlist
from calendar_sync.models import CampaignCase, Told, WaitlistOffer
from conversations import automatic, by_phone, proposal_texts
from conversations.models import Conversation, MessageTemplate
from conversations.service_window import conversation_with
from tenants import clock
from tenants.crashpoints import reach
from tenants.models import Business
from tenants.worklist import Lease

Offered, Case = WaitlistOffer.Status, CampaignCase.Status
HOW = {"freeform": Told.MESSAGE, "template": Told.TEMPLATE, "nothing": Told.STAFF}
NAMING = (MessageTemplate.Purpose.OUT_ONE_TIME, MessageTemplate.Purpose.OUT_TWO_TIMES)
OFFERS = WaitlistOffer.objects.select_related(
    "entry__service", "entry__patient", "entry__for_appointment", "practitioner", "hold"
)
CASES = CampaignCase.objects.select_related(
    "campaign__practitioner", "appointment__service", "appointment__practitioner", "appointment__patient"
)


def see_to_offer(business: Business, offer_id: int, lease: Lease) -> None:
    """One step of a waitlist offer: send it, end it at its deadline, or say that the time has gone."""
    offer = OFFERS.filter(pk=offer_id).first()
    if offer is None:
        return lease.finish()
    with transaction.atomic():
        conversation = _locked(offer.entry.contact_id)
        locking.lock_practitioners(offer.practitioner_id)
        lease.hold()
        offer.refresh_from_db(fields=["status", "told", "told_at", "gone_told_at"])
        wait = _step_offer(business, offer, conversation)
        reach("offer.stepped")
        if wait is None:
            lease.finish()
        else:
            lease.retry_in(wait, forgive=True)
    reach("offer.committed")
    return None


def _step_offer(business: Business, offer: WaitlistOffer, conversation: Conversation | None) -> dt.timedelta | None:
    """How long until the next step; None when there is none."""
    now = clock.now()
    if offer.status != Offered.OPEN:
        _say_gone(business, offer, conversation)
        return None
    if offer.deadline <= now:
        waitlist.settle(business, offer, Offered.EXPIRED)
        _say_gone(business, offer, conversation)
        return None
    if offer.send_at > now:
        return offer.send_at - now
    if offer.told_at is None:
        conversation = conversation or by_phone.first_conversation(offer.entry.contact_id)
        outcome = automatic.send(
            business,
            conversation,
            "waitlist_offer",
            partial(proposal_texts.offer_values, business, offer),
            choices=proposal_texts.offer_choices(business, conversation),
        )
        waitlist.note_told(business, offer, HOW[outcome.way])
    return offer.deadline - now


def _say_gone(business: Business, offer: WaitlistOffer, conversation: Conversation | None) -> None:
    """To whoever was written to and did not say no; only where it costs no template: they keep their place anyway."""
    was_offered = offer.told in (Told.MESSAGE, Told.TEMPLATE)
    if not was_offered or offer.status in (Offered.ACCEPTED, Offered.DECLINED) or offer.gone_told_at is not None:
        return
    if waitlist.note_gone_told(offer):
        automatic.say(business, conversation, proposal_texts.gone(business, offer, conversation))


def see_to_case(business: Business, case_id: int, lease: Lease) -> None:
    """One step of a campaign's case: write to the patient, remind them, give it to people at its deadline, or close
    it because its appointment was moved or cancelled.
    """
    case = CASES.filter(pk=case_id).first()
    if case is None:
        return lease.finish()
    with transaction.atomic():
        conversation = _locked(case.contact_id)
        locking.lock_practitioners(case.campaign.practitioner_id)
        lease.hold()
        case = CASES.get(pk=case_id)
        wait = _step_case(business, case, conversation)
        reach("case.stepped")
        if wait is None:
            lease.finish()
        else:
            lease.retry_in(wait, forgive=True)
    reach("case.committed")
    return None


def _step_case(business: Business, case: CampaignCase, conversation: Conversation | None) -> dt.timedelta | None:
    now = clock.now()
    if case.status not in open_cases.OPEN or campaign_cases.follow(business, case):
        return None
    if case.status == Case.PLANNED:
        if case.campaign.planned_at is None:  # whoever finds the times calls for this again
            return None
        return _ask(business, case, conversation)
    if case.status == Case.STAFF or case.deadline is None:
        return None
    if case.deadline <= now:
        why = CampaignCase.Why.DECLINED if case.status == Case.DECLINED else CampaignCase.Why.NO_ANSWER
        campaign_cases.give_to_staff(business, case, why)
        return None
    if case.status == Case.ASKED and case.reminded_at is None and case.remind_at is not None:
        if case.remind_at > now:
            return case.remind_at - now
        _remind(business, case, conversation)
    return case.deadline - now


def _ask(business: Business, case: CampaignCase, conversation: Conversation | None) -> dt.timedelta | None:
    now = clock.now()
    due = campaign_cases.send_after(business, case, now)
    if due > now:
        return due - now
    if campaign_cases.other_question(case):
        return campaign_cases.ANSWER_AT_LEAST  # one question at a time; whoever settles that one calls for this
    conversation = conversation or by_phone.first_conversation(case.contact_id)
    options = campaign_cases.options_of(case)
    outcome = automatic.send(
        business,
        conversation,
        proposal_texts.case_purpose(options),
        partial(proposal_texts.case_values, business, case, options),
        text=proposal_texts.case_text(business, case, options, conversation),
        choices=proposal_texts.case_choices(business, case, options, conversation),
        else_as=MessageTemplate.Purpose.PRACTITIONER_OUT,
    )
    if outcome.message is None:
        campaign_cases.give_to_staff(business, case, CampaignCase.Why.UNREACHABLE)
        return None
    named = outcome.message.template is not None and outcome.message.template.purpose in NAMING
    campaign_cases.note_asked(business, case, Told.NAMED if named else HOW[outcome.way])
    case.refresh_from_db()
    return (case.remind_at or now) - now


def _remind(business: Business, case: CampaignCase, conversation: Conversation | None) -> None:
    """Once, by the way that is open then; when none is, the deadline comes anyway."""
    options = campaign_cases.options_of(case)
    automatic.send(
        business,
        conversation,
        proposal_texts.case_purpose(options),
        partial(proposal_texts.case_values, business, case, options),
        text=proposal_texts.case_reminder(business, case, options, conversation),
        choices=proposal_texts.case_choices(business, case, options, conversation),
        else_as=MessageTemplate.Purpose.PRACTITIONER_OUT,
    )
    CampaignCase.objects.filter(pk=case.pk).update(reminded_at=clock.now())


def _locked(contact_id: int | None) -> Conversation | None:
    """The contact's conversation, before practitioner and work item, in everybody's order."""
    conversation = conversation_with(contact_id)
    if conversation is not None:
        Conversation.objects.select_for_update(no_key=True).get(pk=conversation.pk)
    return conversation
