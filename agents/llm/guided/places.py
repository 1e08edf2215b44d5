"""Which of several locations: hearing one named, asking where it matters, saying where something is."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from agents.llm.guided.changing import replace
from agents.llm.guided.reading import Reading
from agents.llm.guided.story import Story
from agents.llm.guided.wording import ask, numbered, place_label, text

if TYPE_CHECKING:
    from calendar_sync.brief import PlaceFacts

_LINE = re.compile(r"^(\d{1,2})\. (.+)$", re.MULTILINE)


def hear_place(story: Story, reading: Reading) -> Story:
    """A location that is named, or chosen from our list. The last word holds: a practitioner of another one goes."""
    name = reading.place or _picked(story, reading)
    if name and not (reading.place and reading.topics and not reading.about_booking):
        place = _place(story, name)
        keeps = place is None or story.practitioner in place.practitioners or reading.practitioner
        return replace(story, place=name, any_place=False, practitioner=story.practitioner if keeps else "")
    if story.question == "place" and ("any" in reading.acts or reading.no):
        return replace(story, place="", any_place=True)
    if reading.practitioner and story.place:
        there = _place(story, story.place)
        return replace(story, place="" if there and reading.practitioner not in there.practitioners else story.place)
    return story


def asked_where(story: Story, offered: Iterable[str]) -> str:
    """The question which location, where the times that would fit are at several of them; "" when it is settled."""
    found = set(offered) - {""}
    if len(found) < 2 or story.place or story.any_place or _settled_by_person(story):
        return ""
    lines = numbered([place_label(story, each.name) for each in story.brief.places if each.name in found])
    return f"{text(story, 'places')}\n{lines}\n{ask(story, 'place')} {text(story, 'any_place')}"


def listed(story: Story) -> list[str]:
    """The names in the list of our last text, in its order."""
    names = sorted((each.name for each in story.brief.places), key=len, reverse=True)
    lines = [line for _, line in _LINE.findall(story.last_text)]
    found = (next((name for name in names if line.startswith(name)), "") for line in lines)
    return [name for name in found if name]


def _picked(story: Story, reading: Reading) -> str:
    if story.question != "place" or reading.number is None:
        return ""
    known = listed(story)
    place = reading.number - 1 if reading.number > 0 else len(known) - 1
    return known[place] if 0 <= place < len(known) else ""


def _settled_by_person(story: Story) -> bool:
    """A named practitioner tells where, unless they work at several."""
    return bool(story.practitioner) and sum(story.practitioner in each.practitioners for each in story.brief.places) < 2


def _place(story: Story, name: str) -> "PlaceFacts | None":
    return next((each for each in story.brief.places if each.name == name), None)
