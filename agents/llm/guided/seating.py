"""Places in a class: how many, and what is said of them."""

from agents.llm.guided.diary_lines import Offer
from agents.llm.guided.story import Story
from agents.llm.guided.together import is_group, most_places, places
from agents.llm.guided.wording import ask, moment, price_part, text
from agents.types import ServiceBrief


def question(story: Story) -> str:
    """The question for how many, where that many can't be booked at once; "" where they can."""
    if story.seats is None or not is_group(story, story.service) or 1 <= story.seats <= most_places(story):
        return ""
    return f"{text(story, 'seats_range', most=most_places(story))} {ask(story, 'seats')}"


def read_back(story: Story, offer: Offer, service: ServiceBrief) -> str:
    """The line of the read-back; "" where nobody shares the time."""
    if service.seats < 2:
        return ""
    values = {
        "service": service.name,
        "practitioner": offer.practitioner,
        "moment": moment(story, offer.start),
        "minutes": service.minutes,
        "price": price_part(story, service),
    }
    if places(story) > 1:
        return text(story, "read_back_seats", seats=places(story), **values)
    hint = text(story, "one_place") if story.seats is None else ""
    return f"{text(story, 'read_back', **values)} {hint}".strip()
