"""Several days that are all wanted: "Tuesday AND Thursday, two fillings". One is booked after the other."""

from agents.llm.guided.changing import replace
from agents.llm.guided.languages import Language
from agents.llm.guided.reading import Reading
from agents.llm.guided.story import Story
from agents.llm.guided.words import unaccented
from calendar_sync.when import Mention

MOST = 4  # days


def hear_days(story: Story, reading: Reading) -> tuple[Story, Reading]:
    """The story and the message with the first of the days; the others wait until it is booked."""
    if story.goal != "book" or not _are_all_wanted(reading, story.language):
        return story, reading
    first, *then = reading.wish.options
    return replace(story, then=tuple(then)), replace(reading, wish=replace(reading.wish, options=(first,)))


def _are_all_wanted(reading: Reading, language: Language) -> bool:
    """Several days alone are alternatives; a number of appointments, "both" or a loud AND says that all are meant."""
    if not _are_days(reading.wish.options) or reading.rhythm or reading.party.people:
        return False
    if reading.times not in (None, len(reading.wish.options)):
        return False
    words, text = language.words, unaccented(reading.text)
    if words["or_else"].search(text):
        return False
    if words["so_many"].search(text):
        return True
    loud = words["loud_and"].search(text) and text != text.upper()
    return bool(loud or words["all_of_them"].search(text)) and not words["suits"].search(text)


def _are_days(options: tuple[Mention, ...]) -> bool:
    days = [each.date.readings[0] for each in options if each.date and each.date.readings]
    single = len(days) == len(options) and all(each.single for each in days)
    return single and 1 < len({each.first for each in days}) == len(days) <= MOST
