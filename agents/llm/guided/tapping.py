"""Answers that were tapped rather than written: the id says what is meant, before any words do."""

from agents.llm.guided.changing import replace
from agents.llm.guided.diary_lines import said_shortly
from agents.llm.guided.languages import all_languages
from agents.llm.guided.reading import Reading
from agents.llm.guided.story import Goal, Story
from agents.llm.guided.wants import Want

GOALS: dict[str, Goal] = {"confirm": "confirm", "change": "move", "cancel": "cancel"}


def hear_tapped(story: Story, reading: Reading) -> Story | None:
    """The story after a tap; None when the words (which are the title of what was tapped) have to tell it."""
    kind, _, value = reading.choice.partition(":")
    if is_stale(reading.choice):
        return replace(story, stale=True)
    if kind in ("offer", "accept", "decline"):
        answered = _begin(story, "answer", accepted=kind != "decline" and value != "no")
        return replace(answered, number=int(value) if kind == "offer" and value.isdigit() else None)
    if kind in GOALS and value.startswith("#"):
        return _begin(story, GOALS[kind], reference=value)
    if kind == "slot" and value.isdigit():
        return _pick(story, int(value), reading.text)
    return None


def is_stale(choice: str) -> bool:
    """A yes or no to an older question, as conversations.tapping marks it."""
    return choice.startswith("old:")


def _begin(story: Story, goal: Goal, *, reference: str = "", accepted: bool = False) -> Story:
    return replace(
        story,
        goal=goal,
        reference=reference,
        accepted=accepted,
        declined=False,
        appointment=None,
        appointments=None,
        want=Want(),
        table=(),
        proposed=None,
        question="",
    )


def _pick(story: Story, number: int, title: str) -> Story | None:
    """The offer of our last list; a button of an older list has another title, which is then read as words."""
    if not 1 <= number <= len(story.table):
        return None
    offer = story.table[number - 1]
    titles = {said_shortly(offer.start, each, story.brief.country) for each in all_languages()}
    if title and not any(title.startswith(each) for each in titles):
        return None
    return replace(story, proposed=offer, table=(), accepted=False, declined=False)
