"""What an answer offers to tap: read from our own text, as the transcript will be read."""

from agents.llm.guided.diary_lines import said_shortly
from agents.llm.guided.story import Story, after_speaking
from agents.llm.guided.wording import text
from agents.types import Choice, Entry, Text

MOST = 10  # rows of a list on WhatsApp
YES_AND_NO = {
    "confirm": ("choice_yes", "choice_no"),
    "confirm_move": ("choice_yes", "choice_no"),
    "confirm_cancel": ("choice_cancel", "choice_keep"),
    "offer_booking": ("choice_yes", "choice_no_plain"),
    "offer_waitlist": ("choice_yes", "choice_no_plain"),
    "offer_move": ("choice_yes", "choice_no_plain"),
}


def choices(story: Story, said: str) -> tuple[Choice, ...]:
    """The choices that belong to the question which stands last in what is said."""
    told = after_speaking(story, Entry(role="assistant", blocks=(Text(text=said),)))
    if told.question == "choose":
        country, people = story.brief.country, len(story.brief.practitioners) > 1
        return tuple(
            Choice(
                id=f"slot:{number}",
                title=said_shortly(offer.start, story.language, country),
                description=offer.practitioner if people else "",
            )
            for number, offer in enumerate(told.table[:MOST], start=1)
        )
    if told.question in YES_AND_NO:
        yes, no = YES_AND_NO[told.question]
        return (Choice(id="yes", title=text(story, yes)), Choice(id="no", title=text(story, no)))
    return ()
