"""Putting a visit of several services into words: what comes when, and with whom."""

from agents.llm.guided.diary_lines import Appointment, Offer
from agents.llm.guided.story import Story
from agents.llm.guided.together import service_of
from agents.llm.guided.wording import ask, moment, paragraph, price_part, text, where


def read_back(story: Story, offer: Offer) -> str:
    """The whole visit, in its order, and the question for a yes."""
    whom = text(story, "read_back_for", whom=story.patient_name) if story.patient_name else ""
    asked = paragraph(where(story, offer.place), whom, ask(story, "confirm"))
    return f"{text(story, 'visit')}\n{lines(story, offer)}\n{asked}"


def lines(story: Story, offer: Offer) -> str:
    said = []
    for each in offer.parts:
        service = service_of(story, each.service)
        values = {"service": each.service, "practitioner": each.practitioner, "moment": moment(story, each.start)}
        if service is None:
            said.append(text(story, "done_line", **values))
        else:
            price = price_part(story, service)
            said.append(text(story, "visit_line", minutes=service.minutes, price=price, **values))
    return "\n".join(f"• {line}" for line in said)


def done(story: Story, name: str, made: tuple[Appointment, ...]) -> str:
    """ "Booked, all in one visit": its parts as they stand."""
    said = [
        text(
            story,
            "done_line",
            service=each.service,
            practitioner=each.practitioner,
            moment=moment(story, each.start),
        )
        for each in made
    ]
    return "\n".join([text(story, name), *(f"• {line}" for line in said)])
