"""The patient's answer to a time that we offered by ourselves."""

from typing import Annotated, Any

from pydantic import Field

from agents.skills.appointment_lines import appointment_line, refused
from agents.skills.find_slots import WEEKDAYS
from agents.types import SkillContext, ToolResult
from calendar_sync import campaign_cases, waitlist
from calendar_sync.campaign_cases import CampaignRefused
from calendar_sync.errors import DiaryError
from calendar_sync.models import BookedBy, CampaignCase, CaseOption, Told, WaitlistOffer
from calendar_sync.wanted import Actor


def answer_offer(
    context: SkillContext,
    *,
    accept: Annotated[bool, Field(description="Whether the patient takes a time that we offered.")],
    choice: Annotated[
        int | None, Field(description="The number of the time they chose; null: the first one that our message named.")
    ] = None,
) -> ToolResult:
    """Answer the time or times that we offered this patient by ourselves: a place from the waiting list, or other
    times because a practitioner is out. Only for such messages of ours, never for offers from find_slots. Taps such as
    [choice:offer:2] or [choice:decline:7] are such answers. Say "booked" or "moved" only after this returned it.
    `gone`: the time is no longer free; they keep their place.
    """
    offer, case = waitlist.open_offer(context.contact_id), campaign_cases.open_case(context.contact_id)
    if case is not None and (offer is None or (case.told_at or context.now) > (offer.told_at or context.now)):
        return _answer_case(context, case, accept=accept, choice=choice)
    offer = offer or (waitlist.late_answer_to(context.contact_id) if accept else None)
    if offer is not None:
        return _answer_offer(context, offer, accept=accept)
    return ToolResult.failed("No offer of ours is open for this patient. Look for free times with find_slots.")


def _answer_offer(context: SkillContext, offer: WaitlistOffer, *, accept: bool) -> ToolResult:
    line = _offered(context, offer)
    if not accept:
        declined = waitlist.settle(context.business, offer, WaitlistOffer.Status.DECLINED)
        return ToolResult(data={"declined" if declined else "gone": line, "keeps_place": True})
    moving = offer.entry.for_appointment is not None
    try:
        made = waitlist.accept(context.business, offer, actor=_actor(context))
    except waitlist.OfferGone:
        waitlist.note_gone_told(offer)
        return ToolResult(data={"gone": line, "keeps_place": True})
    except DiaryError as error:
        return refused(context, error)
    return ToolResult(data={"moved" if moving else "booked": appointment_line(context, made)})


def _answer_case(context: SkillContext, case: CampaignCase, *, accept: bool, choice: int | None) -> ToolResult:
    line = appointment_line(context, case.appointment)
    if not accept:
        campaign_cases.decline(context.business, case)
        return ToolResult(
            data={"declined": line},
            message="It can't take place as it stands: find another time and move it, cancel it, or hand over.",
        )
    options = campaign_cases.options_of(case)
    if choice is None and case.told == Told.TEMPLATE and options:
        # That template did not name them: a yes to it is no yes to a time.
        times = [{"choice": each.number, **_time(context, each)} for each in options]
        return ToolResult.failed("Name them these times, ask which one, and pass its number as choice.", held=times)
    number = choice if choice is not None else options[0].number if options else 0
    try:
        moved = campaign_cases.accept(context.business, case, number, actor=_actor(context))
    except (CampaignRefused, DiaryError) as error:
        if isinstance(error, DiaryError) and error.retryable:
            return refused(context, error)
        return ToolResult(data={"gone": line}, message=f"{error} Look for another time and move the appointment.")
    return ToolResult(data={"moved": appointment_line(context, moved)})


def _actor(context: SkillContext) -> Actor:
    return Actor(by=BookedBy.ASSISTANT, turn_id=context.turn_id)


def _time(context: SkillContext, option: CaseOption) -> dict[str, str]:
    start = option.starts_at.astimezone(context.now.tzinfo)
    return {
        "practitioner": option.practitioner.name,
        "start": start.strftime("%Y-%m-%dT%H:%M"),
        "weekday": WEEKDAYS[start.weekday()],
    }


def _offered(context: SkillContext, offer: WaitlistOffer) -> dict[str, Any]:
    start = offer.starts_at.astimezone(context.now.tzinfo)
    return {
        "service": offer.entry.service.name,
        "practitioner": offer.practitioner.name,
        "start": start.strftime("%Y-%m-%dT%H:%M"),
        "weekday": WEEKDAYS[start.weekday()],
    }


def before(context: SkillContext, **arguments: Any) -> None:
    """A last look at the connected calendar: the time may have been taken there since the offer."""
    from calendar_sync.google.busy import look_again

    if not (context.calendars and arguments.get("accept")):
        return
    offer, case = waitlist.open_offer(context.contact_id), campaign_cases.open_case(context.contact_id)
    if offer is not None:
        look_again(context.business, offer.practitioner_id, offer.starts_at)
    for option in campaign_cases.options_of(case) if case is not None else ():
        if arguments.get("choice") in (None, option.number):
            look_again(context.business, option.practitioner_id, option.starts_at)
