"""What is booked as one: several services in one visit, several places in a class."""

from agents.llm.guided import wants
from agents.llm.guided.changing import replace
from agents.llm.guided.diary_lines import Offer
from agents.llm.guided.languages import all_languages
from agents.llm.guided.reading import Reading
from agents.llm.guided.story import Story
from agents.llm.guided.visit_names import MOST
from agents.llm.guided.wants import Want
from agents.llm.guided.words import unaccented
from agents.types import ServiceBrief

MOST_SEATS = 6  # at once, as find_slots takes them


def hear_together(story: Story, reading: Reading) -> Story:
    """How many places, how often, and what of a series is left out; each makes what was offered void."""
    if story.goal not in ("book", "waitlist"):
        return story
    if reading.seats is not None and reading.seats != story.seats:
        story = _anew(replace(story, seats=reading.seats))
    if "book_series" in story.tools:
        story = _hear_series(story, reading)
    return story


def _hear_series(story: Story, reading: Reading) -> Story:
    rhythm = reading.rhythm
    if rhythm is not None and story.rhythm is not None and rhythm.times is None:
        rhythm = replace(rhythm, times=story.rhythm.times)
    if rhythm is None and story.rhythm is not None and reading.times is not None:
        rhythm = replace(story.rhythm, times=reading.times)
    if rhythm is not None and rhythm != story.rhythm:
        return replace(story, rhythm=rhythm, plan=None, skipping=False, accepted=False)
    if story.plan is not None and story.plan.clashes and "skip" in reading.besides:
        return replace(story, skipping=True, accepted=False)
    return story


def visit_of(story: Story, reading: Reading) -> Story:
    """The service that was named, or several; one more beside what is talked about already."""
    if reading.visit:
        return replace(story, service=reading.visit[0], visit=reading.visit)
    before = story.visit or ((story.service,) if story.service and not story.service_guessed else ())
    asks = reading.yes or reading.topics or reading.unanswered  # "yes; I also want to know if you do whitening"
    more = "too" in reading.besides and "only_one" not in reading.besides and not (reading.wish or asks)
    if more and before and reading.service not in before and story.want != Want() and len(before) < MOST:
        return replace(story, visit=(*before, reading.service))
    return replace(story, service=reading.service, visit=())


def _anew(story: Story) -> Story:
    """The time stays, the offer for it is looked for again."""
    want = Want(options=(wants.at(story.proposed.start),)) if story.proposed else story.want
    return replace(story, want=want, proposed=None, table=(), accepted=False)


def service_of(story: Story, name: str) -> ServiceBrief | None:
    return next((each for each in story.brief.services if each.name == name), None)


def is_for_two(name: str) -> bool:
    """Whether couples come to it together, by what it is called in any language."""
    bare = unaccented(name)
    return any(language.words["as_couple"].search(bare) for language in all_languages())


def is_group(story: Story, name: str) -> bool:
    service = service_of(story, name)
    return service is not None and service.seats > 1


def places(story: Story) -> int:
    """How many places are to be booked; 1 where the service is no class."""
    return story.seats if story.seats is not None and is_group(story, story.service) else 1


def most_places(story: Story) -> int:
    service = service_of(story, story.service)
    return min(MOST_SEATS, service.seats) if service else 1


def arguments(story: Story) -> dict[str, object]:
    """What find_slots is told besides, for the whole of it."""
    if story.visit and story.goal == "book":
        return {"with_services": list(story.visit[1:])}
    return {"seats": places(story)} if places(story) > 1 else {}


def is_joined(offer: Offer) -> bool:
    """Its ticket books several appointments."""
    return bool(offer.parts) or offer.seats > 1
