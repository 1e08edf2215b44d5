"""What a patient is after: to book, move, cancel, see what is booked, or nothing any more."""

from agents.llm.guided import wants
from agents.llm.guided.agreeing import has_reserve
from agents.llm.guided.changing import replace
from agents.llm.guided.diary_lines import Appointment
from agents.llm.guided.reading import Reading
from agents.llm.guided.story import ERRANDS, Goal, Story
from agents.llm.guided.wants import Want

ACTING = frozenset({"book", "move", "cancel", "list", "person", "another"})


def hear_goal(story: Story, reading: Reading) -> Story:
    """What the patient is after. A change of a time that is only being talked about is no move."""
    acts = reading.acts
    if story.question == "place" and "any" in acts:
        return story
    errand = _errand(story, reading)
    if errand is not None:
        return errand
    if story.goal in ERRANDS:
        story = replace(story, goal="")
    under_way = bool(story.proposed or story.table or story.want != Want())
    ends = "stop" in acts or ("no_thanks" in acts and not reading.yes)
    if ends and (story.goal or under_way or story.question == "offer_booking") and not reading.wish:
        return drop(story)
    if story.question == "confirm_cancel" and story.goal == "cancel" and not reading.wish:
        return story
    if "cancel" in acts and not (reading.wish.options and (under_way or "move" in acts)):
        return drop(story) if _drops_unbooked(story, reading) else _begin(story, "cancel", reading)
    if acts & {"thanks", "bye"} and not (under_way or reading.wish or reading.about_booking or story.goal == "book"):
        return replace(story, goal="")
    together = reading.relative and (acts & {"right_after", "same_time", "another"} or "too" in reading.besides)
    if ("another" in acts or reading.also_for or together) and story.last_made and not under_way:
        return _begin(story, "book")
    if "move" in acts and story.goal != "move" and not (story.goal == "book" and under_way):
        return _begin(story, "move", reading)
    if "list" in acts and not reading.wish:
        return replace(_begin(story, "list"), want=Want())
    if story.goal in ("", "list"):
        return _hear_new_goal(story, reading)
    return story


def _errand(story: Story, reading: Reading) -> Story | None:
    """What is done with one answer, and leaves an appointment that is being talked about alone."""
    acts = reading.acts
    if "undo" in acts and not reading.wish:
        return replace(_begin(story, "undo"), want=Want())
    if "late" in acts or (story.question == "minutes" and reading.minutes is not None):
        return replace(_begin(story, "late"), want=Want())
    if story.question == "offer_move" and reading.yes:
        return replace(_begin(story, "move"), appointment=story.appointment or _alone(story.last_made))
    agrees = reading.yes and not (reading.wish or acts & {"stop", "no_thanks"})
    if "waitlist" in acts or (story.question == "offer_waitlist" and agrees):
        return replace(story, goal="waitlist", table=(), proposed=None, question="")
    plain = (reading.yes or reading.no) and not (reading.wish or reading.service or acts & ACTING or reading.topics)
    if plain and reading.about and reading.yes:
        return replace(_begin(story, "confirm"), reference=reading.about)
    plain = plain and not (reading.yes and has_reserve(reading.text, story.language.code))
    picks = reading.number is not None and "answer_offer" in story.tools and not reading.wish
    if (plain or picks) and story.unprompted and not story.goal and not story.question:
        return replace(_begin(story, "answer"), accepted=reading.yes or picks)
    return None


def _drops_unbooked(story: Story, reading: Reading) -> bool:
    return story.goal == "book" and bool(story.proposed or story.table)


def _hear_new_goal(story: Story, reading: Reading) -> Story:
    if "hours" in reading.topics and "book" not in reading.acts:
        return replace(story, goal="")
    made = story.last_made
    if made and reading.service and reading.service != made.service and reading.wish:
        return _begin(story, "book")
    corrects = reading.no or reading.wish.correction or "move" in reading.acts
    if made and reading.wish.dates and wants.names(reading.wish, made.start):
        if not wants.besides(reading.wish, made.start):
            return replace(story, goal="")
        reading = replace(reading, wish=replace(reading.wish, options=wants.besides(reading.wish, made.start)))
    if story.last_made and reading.wish and (corrects or "book" not in reading.acts):
        return replace(_begin(story, "move"), appointment=_alone(story.last_made))
    if story.question == "offer_booking" and reading.yes:
        return _begin(story, "book")
    asks = bool(reading.topics) and not reading.wish and "book" not in reading.acts and not reading.practitioner
    if reading.about_booking and not asks and not (story.last_made and not reading.acts & {"book", "another"}):
        return _begin(story, "book")
    return replace(story, goal="")


def _begin(story: Story, goal: Goal, reading: Reading | None = None) -> Story:
    """A new goal; "move it" and "cancel that" are about the appointment that was made last."""
    last = _alone(story.last_made) if reading is not None and reading.that_one else None
    return replace(
        story,
        goal=goal,
        want=story.want if goal == "book" else Want(),
        table=(),
        proposed=None,
        appointment=last,
        appointments=None,
        question=story.question if goal == "book" else "",
        rhythm=None,
        plan=None,
        skipping=False,
        visit=(),
        seats=None,
        rest=False,
        then=(),
    )


def _alone(made: Appointment | None) -> Appointment | None:
    """What was made with others is looked up, to be changed with them."""
    return made if made is not None and made.together == 1 else None


def drop(story: Story) -> Story:
    return replace(_begin(story, ""), want=Want(), dropped=True, service="", patient_name="", relation="", also=())
