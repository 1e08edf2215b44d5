"""A weekday with a bare figure: "Weds 6" is an hour, or a day of the month."""

import datetime as dt
import re

from agents.llm.guided.changing import replace
from agents.llm.guided.reading import Reading, read
from agents.llm.guided.story import Story
from agents.llm.guided.words import unaccented
from calendar_sync.when import Mention, TimeChoice
from calendar_sync.when.language import language as when_language

AT_AN_HOUR = {"en": "at", "de": "um", "es": "a las", "fr": "vers", "pt": "às"}
ALWAYS_A_DAY = frozenset({"fr"})  # "mercredi 9": an hour is written with its h
EARLIEST, LATEST = 7, 20  # hours at which one comes
_DAY_AND_FIGURE = re.compile(
    r"(\b(?:el|este) )?\b([^\W\d]{2,}) (1?\d|2[0-3])(?=\W*(?:please|pls|bitte|por favor|svp|merci)?\W*$)", re.IGNORECASE
)


def with_hour(story: Story, text: str) -> str:
    """ "Weds 6", said to a list with a Wednesday: its hour, unless the list has the 6th."""
    match = _DAY_AND_FIGURE.search(text)
    if match is None or not story.table or int(match[3]) in {each.start.day for each in story.table}:
        return text
    if _weekday(story, match[2]) not in {each.start.weekday() for each in story.table}:
        return text
    return _at_that_hour(story, text, match)


def day_or_hour(story: Story, text: str, own: Reading) -> Reading:
    """ "Wednesday 9", where both that hour and a near Wednesday the 9th are possible: either of them."""
    match = _DAY_AND_FIGURE.search(text)
    code = story.language.code
    if match is None or match[1] or story.table or code in ALWAYS_A_DAY or _weekday(story, match[2]) is None:
        return own
    options = own.wish.options
    if len(options) != 1 or options[0].time is not None:
        return own  # the figure was no day
    timed = read(_at_that_hour(story, text, match), brief=story.brief, language=story.language).wish
    asked = [each.time for each in story.want.options if each.time]
    if asked and timed.options and timed.options[0].time:  # "after work", said before
        fitting = [each for each in timed.options[0].time.readings if _fits(each.start, asked)]
        if not fitting:
            return own
        time = replace(timed.options[0].time, readings=tuple(fitting))
        return replace(own, wish=replace(own.wish, options=(replace(timed.options[0], time=time),)))
    hours = tuple(each for option in timed.options for each in _likely(option))
    return replace(own, wish=replace(own.wish, options=(*hours, *options)))


def _likely(option: Mention) -> tuple[Mention, ...]:
    """The option with only the readings of its hour at which one comes."""
    time = option.time
    hours = time.readings if time else ()
    likely = tuple(each for each in hours if each.start and EARLIEST <= each.start.hour <= LATEST)
    return (replace(option, time=replace(time, readings=likely)),) if time and likely else ()


def _fits(hour: dt.time | None, asked: list[TimeChoice]) -> bool:
    return any(hour in reading for each in asked for reading in each.readings)


def _weekday(story: Story, word: str) -> object:
    return when_language(story.language.code).words["W"].get(unaccented(word).casefold())  # type: ignore[union-attr]


def _at_that_hour(story: Story, text: str, match: re.Match[str]) -> str:
    return f"{text[: match.start(3)]}{AT_AN_HOUR[story.language.code]} {text[match.start(3) :]}"
