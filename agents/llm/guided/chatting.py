"""What is said around the business of booking: greeting, news, small talk, and back to the question."""

from agents.llm.guided import codes, recurring, visiting
from agents.llm.guided.diary_lines import Appointment, appointments_in
from agents.llm.guided.story import Found, Story
from agents.llm.guided.wording import ask, joined, moment, paragraph, paragraphs, said_appointment, text, where

KEYS = ("booked", "moved", "cancelled")
UNNAMED = "the assistant"  # what it is called while nobody has named it; AssistantVersion.name


def news(story: Story) -> str:
    """What was done in this turn, in the words of what the diary now holds."""
    return " ".join(_told(story, each) for each in story.news)


def _told(story: Story, each: Found) -> str:
    key = next(key for key in KEYS if key in each.outcome.content)
    made = recurring.all_of(each, key)
    if each.outcome.name == "book_series" or len(made) > 1:
        return _told_together(story, each, key, made)
    done = appointments_in(each.outcome.content.get(key))[0]
    values = {
        "service": done.service,
        "practitioner": done.practitioner,
        "moment": moment(story, done.start),
    }
    if key == "cancelled":
        return text(story, "cancelled", **values)
    whom = str(each.call.get("patient_name") or "")
    line = text(story, "booked_for", whom=whom, **values) if whom and key == "booked" else text(story, key, **values)
    return paragraph(line, where(story, done.place), done.preparation, text(story, "welcome_then"))


def _told_together(story: Story, each: Found, key: str, made: tuple[Appointment, ...]) -> str:
    """What was done to a series, a visit or several places at once."""
    first, then = made[0], text(story, "welcome_then")
    if key == "cancelled":
        return "\n".join([text(story, "cancelled_all"), *(f"• {said_appointment(story, one)}" for one in made)])
    if each.outcome.name == "book_series":
        said = recurring.done(story, each, made)
    elif key == "booked" and len({one.start for one in made}) == 1:
        values = {"service": first.service, "practitioner": first.practitioner, "moment": moment(story, first.start)}
        said = text(story, "seats_booked", seats=len(made), **values)
    else:
        said = visiting.done(story, "visit_booked" if key == "booked" else "visit_moved", made)
    preparation = dict.fromkeys(one.preparation for one in made if one.preparation)
    return "\n".join(filter(None, [said, *preparation, then]))


def opening(story: Story) -> str:
    """A few words that show that the message was read, before the flow goes on; not the same twice in a row."""
    words = _opening(story)
    return "" if words in story.last_text and not story.lost else words


def _opening(story: Story) -> str:
    acts = story.acts
    if "note" in acts:
        return text(story, "note")
    if codes.proven(story):
        return text(story, "code_right")
    strangers = any(each.stranger for each in story.heard)
    ours = text(story, "our_people", people=joined(story.brief.practitioners, story, "or")) if strangers else ""
    unknown = any(each.unanswered for each in story.heard)  # which is answered for itself
    if story.lost and not unknown and story.question != "service":
        return text(story, "sorry")
    if not story.last_text:
        name = story.brief.assistant
        called = text(story, "the_assistant") if name == UNNAMED else name
        greeting = text(story, "greeting", assistant=called, business=story.brief.business)
        return paragraphs(greeting, ours, text(story, "unreached") if "unreachable" in acts else "")
    if ours or unknown or "unreachable" in acts:
        return ours or ("" if unknown else text(story, "unreached"))
    said = [each for each in story.heard if not (each.topics or each.asked_service or each.wish or each.service)]
    if not said or story.proposed or story.table or "book" in acts or any(each.yes for each in said):
        return ""
    if "place" in acts:
        address = text(story, "at", address=story.brief.address) if story.brief.address else ""
        return text(story, "place", business=story.brief.business, at=address)
    return text(story, "only_us", business=story.brief.business) if "find" in acts else ""


def small_talk(story: Story) -> str:
    """When nothing is wanted just now."""
    if story.dropped:
        return text(story, "dropped")
    acts = story.acts
    made = story.last_made
    if made and any(each.wish.dates for each in story.heard):
        values = {"service": made.service, "practitioner": made.practitioner, "moment": moment(story, made.start)}
        return text(story, "about_to_move", **values)
    if not story.last_text or "ability" in acts:
        return f"{text(story, 'can_do')} {ask(story, 'help')}"
    if "thanks" in acts and "bye" not in acts:
        return text(story, "thanks")
    if acts & {"bye", "no_thanks"}:
        return text(story, "bye")
    if story.lost or "note" in acts:
        return ask(story, "help") if story.lost else ""
    if story.question == "offer_booking" and any(each.no for each in story.heard):
        return text(story, "kept")
    if story.passages or any(each.topics or each.asked_service for each in story.heard):
        return "" if story.last_made else ask(story, "offer_booking")
    if any(each.yes for each in story.heard) or "praise" in acts:
        return text(story, "fine") if story.last_made else ask(story, "offer_booking")
    return f"{text(story, 'can_do')} {ask(story, 'help')}"
