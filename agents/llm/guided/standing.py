"""Appointments that stand: moving, cancelling and listing them."""

from agents.llm.guided import codes, wants
from agents.llm.guided.changing import replace
from agents.llm.guided.diary_lines import TEAM_DECIDES, Appointment, Offer, names_time
from agents.llm.guided.handing_over import hand_over
from agents.llm.guided.hearing import is_meant
from agents.llm.guided.offering import Fit, ask_for_time, held, list_offers, planned, repeat_table, weigh, without_a_day
from agents.llm.guided.reading import Reading
from agents.llm.guided.ruling import refused_by_rule
from agents.llm.guided.steps import Act, Step, act
from agents.llm.guided.story import Story
from agents.llm.guided.together import is_joined
from agents.llm.guided.wants import Want
from agents.llm.guided.wording import (
    ask,
    joined,
    moment,
    numbered,
    paragraph,
    people_of,
    said_appointment,
    services_of,
    text,
    where,
)
from calendar_sync.when import Mention, TimeChoice, Wish


def settle_which(story: Story) -> Story:
    """The appointment that is meant, where it can be told; and the old time where only a new day was named."""
    if story.appointment is None and story.appointments is not None:
        known = story.appointments
        meant_by_reply = story.reference or story.about
        if any(each.reference == meant_by_reply for each in known):
            known = tuple(each for each in known if each.reference == meant_by_reply)
        elif story.reminded:
            known = tuple(each for each in known if names_time(story.reminded, each.start)) or known
        picked = [each.number for each in story.heard if each.number]
        if picked and len(known) > 1 and 0 < picked[-1] <= len(known):
            known = (known[picked[-1] - 1],)
        if story.rest:
            known = _first_of_series(known, story)
        known = tuple(_part_named(each, story) for each in known)
        named = [each for each in known if any(_names(each, story, reading) for reading in story.heard)]
        meant = named if len(named) == 1 else known if len(known) == 1 else ()
        story = replace(story, appointment=meant[0] if len(meant) == 1 else None)
    if story.goal == "move" and story.appointment and story.want.shift:
        then = story.appointment.start
        return replace(story, want=wants.merged(Want(), Wish(shift=story.want.shift), base=then))
    if story.goal == "move" and story.appointment:
        return replace(story, want=_at_the_same_time(story.want, story.appointment))
    return story


def move(story: Story) -> Step:
    """The next step towards a moved appointment."""
    which = _which(story)
    if which is not None or story.appointment is None:
        return which or ""
    appointment = story.appointment
    if appointment.late_to_move == TEAM_DECIDES:
        return hand_over(story, "policy", "summary_rule", message=text(story, "rule_late_move"))
    refused = refused_by_rule(story, "reschedule_appointment")
    if refused is not None:
        return refused
    if [each for each in story.found_by("reschedule_appointment") if not each.ok]:
        return list_offers(story, Fit(offers=story.pool), opening="just_gone")
    if story.proposed:
        return _answer_proposal(story, appointment, story.proposed)
    if story.table:
        return repeat_table(story)
    story = without_a_day(story)
    plan = planned(story)
    if not plan or story.declined:
        about = text(story, "about_to_move", **_values(story, appointment))
        return f"{about} {ask(story, 'change') if not story.want.options else ask_for_time(story)}"
    found = story.searched()
    if not found:
        place = story.place or appointment.place
        same = place == appointment.place and not appointment.parts
        who = story.practitioner or (appointment.practitioner if same else "")
        who = who if who in story.brief.practitioners else ""
        whole = _whole(appointment)
        return tuple(
            Act(
                skill="find_slots",
                arguments={
                    **search.arguments(appointment.service, who, place),
                    "moving": appointment.reference,
                    **whole,
                },
            )
            for search in plan
        )
    fit = weigh(story, plan, found)
    if fit.failed:
        return hand_over(story, "missing_knowledge", "summary_diary", message=fit.failed)
    return _answer_proposal(story, appointment, fit.offers[0]) if fit.exact else list_offers(story, fit)


def cancel(story: Story) -> Step:
    """Which one, really, gone."""
    which = _which(story)
    if which is not None or story.appointment is None:
        return which or ""
    refused = refused_by_rule(story, "cancel_appointment")
    if refused is not None:
        return refused
    failed = [each for each in story.found_by("cancel_appointment") if not each.ok]
    if failed:
        message = str(failed[0].outcome.content.get("message", ""))
        return hand_over(story, "policy", "summary_diary", message=message)
    if story.accepted:
        return act("cancel_appointment", appointment=story.appointment.reference, **_which_of(story))
    if story.appointment.late_to_cancel == TEAM_DECIDES:
        return hand_over(story, "policy", "summary_rule", message=text(story, "rule_late_cancel"))
    rest = _following(story) if story.rest else ()
    if rest:
        about = "\n".join([text(story, "your_appointments"), *(f"• {said_appointment(story, each)}" for each in rest)])
        return "\n".join(filter(None, [about, story.appointment.late_to_cancel, ask(story, "confirm_cancel")]))
    about = text(story, "about_to_cancel", **_values(story, story.appointment))
    others = text(story, "others_stand") if story.appointment.series is not None and _following(story)[1:] else ""
    return paragraph(about, others, story.appointment.late_to_cancel, ask(story, "confirm_cancel"))


def show(story: Story) -> Step:
    """What the patient has coming."""
    if not story.found_by("my_appointments"):
        return act("my_appointments")
    if not story.appointments:
        return paragraph(text(story, "no_appointments"), codes.asked_for(story) or ask(story, "offer_booking"))
    return f"{text(story, 'your_appointments')}\n{_lines(story)}"


def _which(story: Story) -> Step | None:
    """None once it is known which appointment is meant."""
    if story.appointment is not None:
        return None
    if story.appointments is None:
        return act("my_appointments")
    if not story.appointments:
        return paragraph(text(story, "no_appointments"), codes.asked_for(story) or ask(story, "offer_booking"))
    series = [each for each in story.appointments if each.series is not None]
    hint = f" {text(story, 'or_series')}" if story.goal == "cancel" and len(series) > 1 else ""
    return f"{text(story, 'your_appointments')}\n{_lines(story)}\n{ask(story, 'which')}{hint}"


def _lines(story: Story) -> str:
    lines = [said_appointment(story, each) for each in story.appointments or ()]
    return numbered(lines) if len(lines) > 1 else "".join(lines)


def _first_of_series(known: tuple[Appointment, ...], story: Story) -> tuple[Appointment, ...]:
    """ "The whole series" is named by the first of it, or by the one from which on it is to end."""
    series = {each.series for each in known if each.series is not None}
    if len(series) != 1:
        return known
    theirs = [each for each in known if each.series is not None]
    from_then = [
        each for each in theirs if any(reading.wish.options and is_meant(each, reading) for reading in story.heard)
    ]
    return tuple((from_then or theirs)[:1])


def _following(story: Story) -> tuple[Appointment, ...]:
    """The appointment and those that come after it in its series."""
    first = story.appointment
    if first is None or first.series is None:
        return ()
    known = (each for each in story.appointments or () if each.series == first.series)
    return tuple(each for each in known if each.start >= first.start)


def _part_named(appointment: Appointment, story: Story) -> Appointment:
    """ "Only the colour" is one part of a visit."""
    only = {each.service for each in story.heard if "only_one" in each.besides}
    parts = [each for each in appointment.parts if each.service in only]
    return parts[0] if len(parts) == 1 and story.goal == "cancel" else appointment


def _which_of(story: Story) -> dict[str, object]:
    """What cancel_appointment is told besides."""
    assert story.appointment is not None
    if story.rest and story.appointment.series is not None:
        return {"which": "rest_of_series"}
    return {"which": "whole_visit"} if story.appointment.parts else {}


def _whole(appointment: Appointment) -> dict[str, object]:
    """What find_slots is told besides, so that a visit moves as a whole."""
    parts = appointment.parts
    if not parts:
        return {}
    if len({each.service for each in parts}) == 1 and len({each.start for each in parts}) == 1:
        return {"seats": len(parts)}
    return {"with_services": [each.service for each in parts[1:]]}


def _names(appointment: Appointment, story: Story, reading: Reading) -> bool:
    wish = reading.wish
    if wish.taken_back or (story.goal == "cancel" and wish.options):
        return is_meant(appointment, reading)
    return bool(reading.service) and reading.service in (
        appointment.service,
        *(each.service for each in appointment.parts),
    )


def _at_the_same_time(want: Want, appointment: Appointment) -> Want:
    """ "To Thursday" means Thursday at the time it was; "to 4" means that day at 4."""
    same = wants.at(appointment.start)
    new = [each for each in want.options if each.date is None or not _is_then(each, appointment)]
    options = tuple(
        replace(each, date=each.date or same.date, time=each.time or _time_of_a_day(each, same)) for each in new
    )
    return replace(want, options=options)


def _is_then(option: Mention, appointment: Appointment) -> bool:
    """ "I can't make it tomorrow at 9" names the appointment itself, not where it is to go."""
    exact = option.time is None or any(each.start == appointment.start.time() for each in option.time.readings)
    return exact and wants.names(Wish(options=(option,)), appointment.start)


def _time_of_a_day(option: Mention, same: Mention) -> TimeChoice | None:
    whole = option.date and option.date.readings and not option.date.readings[0].single
    return None if whole else same.time


def _answer_proposal(story: Story, appointment: Appointment, offer: Offer) -> Step:
    if story.declined:
        return f"{ask(story, 'change')} {text(story, 'keep_proposal', moment=moment(story, offer.start))}"
    if story.accepted:
        return act("reschedule_appointment", appointment=appointment.reference, slot=offer.slot)
    holding = held(story, offer, moving="" if is_joined(offer) else appointment.reference)
    if holding is not None:
        return holding
    return paragraph(
        _read_back(story, appointment, offer),
        where(story, offer.place),
        appointment.late_to_move,
        ask(story, "confirm_move"),
    )


def _read_back(story: Story, appointment: Appointment, offer: Offer) -> str:
    """From when to when; with somebody else, that is said apart."""
    old, new = moment(story, appointment.start), moment(story, offer.start)
    if offer.practitioner in ("", appointment.practitioner) or appointment.parts:
        of = {"service": services_of(appointment), "practitioner": joined(offer.people, story)}
        return text(story, "read_back_move", old=old, moment=new, **of)
    now = text(story, "about_to_move", **_values(story, appointment))
    return paragraph(now, text(story, "new_time", moment=new, practitioner=offer.practitioner))


def _values(story: Story, appointment: Appointment) -> dict[str, str]:
    return {
        "service": services_of(appointment),
        "practitioner": joined(people_of(appointment), story),
        "moment": moment(story, appointment.start),
    }
