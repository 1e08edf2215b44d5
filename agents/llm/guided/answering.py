"""Answers to questions about the business, from what it has published and written."""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from agents.llm.guided.knowing import asks_another_price, passage, told
from agents.llm.guided.reading import Reading
from agents.llm.guided.story import Story
from agents.llm.guided.wording import joined, numbered, opening_line, service_line, special_day_line, text
from agents.types import Brief, ServiceBrief, SpecialDay

if TYPE_CHECKING:
    from calendar_sync.brief import PlaceFacts

SOON = dt.timedelta(days=21)
_ASKED = {"bot": "bot", "only_yours": "others"}
WEEK = range(7)  # Monday first, as the brief lists its hours


def answers(story: Story) -> str:
    """One short answer to each question of this turn; "" when nothing was asked."""
    lines = [line for reading in story.heard for line in _answer(story, reading)]
    return "\n".join(dict.fromkeys(line for line in lines if line))


def _answer(story: Story, reading: Reading) -> list[str]:
    brief = story.brief
    said = [
        text(story, name, business=brief.business) for name in ("bot", "only_yours") if _ASKED[name] in reading.acts
    ]
    for topic in reading.topics:
        if topic == "phone" and reading.number is None:
            phone = _of(story, reading).phone
            said.append(text(story, "phone", phone=phone) if phone else text(story, "not_known"))
        elif topic == "address":
            address = _of(story, reading).address
            said.append(text(story, "address", address=address) if address else text(story, "not_known"))
        elif topic == "hours":
            said.append(_hours(story, reading))
        elif topic == "practitioners":
            said.append(text(story, "practitioners", people=joined(brief.practitioners, story)))
        elif topic == "unpublished":
            said.append(told(story))
        elif topic in ("prices", "services"):
            written = passage(story) if asks_another_price(story, reading) else ""
            said.append(written or _services(story, reading))
    if reading.asked_service and not {"prices", "services"} & set(reading.topics):
        said.append(_whether(story, reading))
    if reading.unanswered and (not said or "wonders" in reading.acts):
        said.insert(0, told(story))
    elif not reading.understood:
        said.append(passage(story))
    return said


def _hours(story: Story, reading: Reading) -> str:
    """The whole week, or the days that were asked about; of each location, or of the one that was named."""
    named = _of(story, reading)
    places = story.brief.places if isinstance(named, Brief) and story.brief.places else ()
    lines = [line for each in places for line in (f"{each.name}:", *_days(story, reading, each.opening_hours))]
    lines += [] if places else _days(story, reading, named.opening_hours)
    lines += [special_day_line(story, each) for each in _special(story, reading)]
    return text(story, "hours", lines="\n".join(lines)) if lines else text(story, "not_known")


def _of(story: Story, reading: Reading) -> "Brief | PlaceFacts":
    """Whose hours and address are asked for: those of the location that is named, else of all."""
    return next((each for each in story.brief.places if each.name == reading.place), story.brief)


def _days(story: Story, reading: Reading, lines: Sequence[str]) -> list[str]:
    days = {choice.readings[0].first.weekday() for choice in reading.wish.dates if choice.readings[0].single}
    if len(lines) == len(WEEK) and days:
        lines = [lines[day] for day in sorted(days)]
    return [opening_line(story, line) for line in lines]


def _special(story: Story, reading: Reading) -> list[SpecialDay]:
    """The days asked about that differ from the week; unless some were named, those of the next three weeks."""
    asked = [choice.readings[0] for choice in reading.wish.dates]
    known = [each for each in story.brief.special_days if not (reading.place and each.place not in ("", reading.place))]
    if asked:
        return [each for each in known if any(each.date in days for days in asked)]
    return [each for each in known if each.date - story.now.date() <= SOON]


def _services(story: Story, reading: Reading) -> str:
    named = _service(story, reading.service or reading.asked_service or _talked_about(story))
    if named and "services" not in reading.topics:
        return text(story, "one_price", lines=service_line(story, named))
    lines = numbered([service_line(story, each) for each in story.brief.services])
    return text(story, "services", lines=lines)


def _talked_about(story: Story) -> str:
    if story.proposed or story.last_made:
        return (story.proposed or story.last_made).service  # type: ignore[union-attr]
    return story.service_asked if story.service_guessed or not story.service else story.service


def _whether(story: Story, reading: Reading) -> str:
    """ "Do you do whitening?" """
    named = _service(story, reading.asked_service)
    if named:
        return text(story, "we_do", lines=service_line(story, named))
    if reading.asked_service != "?" or reading.topics or "book" in reading.acts:
        return ""
    if written := passage(story):
        return written
    names = [each.name for each in story.brief.services]
    return text(story, "we_do_not_list", services=joined(names, story))


def _service(story: Story, name: str) -> ServiceBrief | None:
    return next((each for each in story.brief.services if each.name == name), None)
