"""What is done with one answer: undoing, running late, the waiting list, answering an offer, confirming."""

from collections.abc import Callable

from agents.llm.guided.booking import with_service
from agents.llm.guided.diary_lines import Appointment, appointments_in, names_time
from agents.llm.guided.handing_over import hand_over
from agents.llm.guided.offering import planned
from agents.llm.guided.searches import hhmm
from agents.llm.guided.steps import Step, act
from agents.llm.guided.story import Found, Goal, Story
from agents.llm.guided.wording import ask, moment, said_appointment, text


def errand(story: Story) -> Step:
    """The next step of the errand that the story's goal is."""
    return _STEPS[story.goal](story)


def _undo(story: Story) -> Step:
    found = _answer_of(story, "undo_change")
    if found is None and "undo_change" in story.tools:
        return act("undo_change", appointment=story.last_made.reference if story.last_made else None)
    undone = str(found.outcome.content.get("undone", "")) if found and found.ok else ""
    content = found.outcome.content if found else {}
    lines = appointments_in(content.get("all") or content.get("appointment"))
    if not (undone and lines):
        return hand_over(story, "policy", "summary_undo")
    if len(lines) > 1:
        said = [text(story, f"undone_all_{undone}"), *(f"• {said_appointment(story, each)}" for each in lines)]
        return "\n".join(said)
    return text(story, f"undone_{undone}", **_values(story, lines[0]))


def _late(story: Story) -> Step:
    if "running_late" not in story.tools:
        return hand_over(story, "policy", "summary_late")
    if story.minutes is None:
        return ask(story, "minutes")
    found = _answer_of(story, "running_late")
    if found is None:
        return act("running_late", minutes=max(1, story.minutes), appointment=story.reference or story.about or None)
    verdict = str(found.outcome.content.get("verdict", "")) if found.ok else ""
    if verdict not in ("fine", "shortened", "too_late", "unknown"):
        return hand_over(story, "policy", "summary_late")
    said = text(story, f"late_{verdict}")
    return f"{said} {ask(story, 'offer_move')}" if verdict == "too_late" else said


def _waitlist(story: Story) -> Step:
    if "join_waitlist" not in story.tools:
        return hand_over(story, "policy", "summary_waitlist")
    story = with_service(story)
    found = _answer_of(story, "join_waitlist")
    if found is not None:
        return text(story, "waitlisted") if found.ok else hand_over(story, "policy", "summary_waitlist")
    search = next(iter(planned(story)), None)
    hours = _hours_alone(story)
    return act(
        "join_waitlist",
        service=story.service,
        practitioner=story.practitioner or None,
        **({"location": story.place} if story.place else {}),
        earliest=search.first.isoformat() if search else None,
        latest=search.last.isoformat() if search else None,
        time_from=hhmm(search.earliest) if search else hours[0],
        time_to=hhmm(search.latest) if search else hours[1],
    )


def _hours_alone(story: Story) -> tuple[str | None, str | None]:
    """ "In the mornings", where no day is named: from and to."""
    named = next((each.time for each in story.want.options if each.time), None)
    if named is None:
        return None, None
    first = named.readings[0]
    return hhmm(first.start), hhmm(first.end)


def _answer(story: Story) -> Step:
    """A yes or no to what we wrote unprompted: to the offer that stands open, or else to a reminder.

    What was booked or moved by it is told as news.
    """
    found = _answer_of(story, "answer_offer")
    if found is None and "answer_offer" in story.tools:
        picked = {} if story.number is None else {"choice": story.number}
        return act("answer_offer", accept=story.accepted, **picked)
    if found is None or not found.ok:
        return _answer_reminder(story)
    gone = found.outcome.content.get("gone")
    about = gone or found.outcome.content.get("declined")
    if isinstance(about, dict) and about.get("appointment"):  # it can't take place as it stands
        return f"{text(story, 'offer_gone') if gone else ''} {ask(story, 'offer_move')}".strip()
    if gone:
        return f"{text(story, 'offer_gone')} {ask(story, 'offer_booking')}"
    return text(story, "offer_declined")


def _answer_reminder(story: Story) -> Step:
    if story.appointments is None:
        return act("my_appointments")
    meant = [each for each in story.appointments if each.reference == story.about]
    meant = meant or [each for each in story.appointments if names_time(story.reminded, each.start)]
    if len(meant) != 1:
        return text(story, "fine") if story.accepted else text(story, "kept")
    if story.accepted:
        return text(story, "see_you", moment=moment(story, meant[0].start))
    return f"{text(story, 'about_to_move', **_values(story, meant[0]))} {ask(story, 'change')}"


def _confirm(story: Story) -> Step:
    if "confirm_appointment" in story.tools and _answer_of(story, "confirm_appointment") is None:
        return act("confirm_appointment", appointment=story.reference)
    if story.appointments is None:
        return act("my_appointments")
    meant = next((each for each in story.appointments if each.reference == story.reference), None)
    if meant is None:
        return f"{text(story, 'no_appointments')} {ask(story, 'offer_booking')}"
    return text(story, "see_you", moment=moment(story, meant.start))


_STEPS: dict[Goal, Callable[[Story], Step]] = {
    "undo": _undo,
    "late": _late,
    "waitlist": _waitlist,
    "answer": _answer,
    "confirm": _confirm,
}


def _answer_of(story: Story, tool: str) -> Found | None:
    return next(iter(story.found_by(tool)), None)


def _values(story: Story, appointment: Appointment) -> dict[str, str]:
    return {
        "service": appointment.service,
        "practitioner": appointment.practitioner,
        "moment": moment(story, appointment.start),
    }
