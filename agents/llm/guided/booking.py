"""Booking: what for, when, which time, read back, book."""

from agents.llm.guided import recurring, seating, visiting
from agents.llm.guided.changing import replace
from agents.llm.guided.diary_lines import Offer
from agents.llm.guided.handing_over import hand_over
from agents.llm.guided.offering import Fit, ask_for_time, held, list_offers, planned, repeat_table, weigh, without_a_day
from agents.llm.guided.places import asked_where
from agents.llm.guided.ruling import refused_by_rule
from agents.llm.guided.searches import Search
from agents.llm.guided.service_names import default_service
from agents.llm.guided.steps import Act, Step, act
from agents.llm.guided.story import Story
from agents.llm.guided.together import arguments
from agents.llm.guided.wants import Want
from agents.llm.guided.wording import ask, moment, numbered, price_part, said_offer, text, where


def book(story: Story) -> Step:
    """The next step towards an appointment."""
    if not story.brief.services:
        return hand_over(story, "missing_knowledge", "summary_no_services")
    failed = [each for each in story.found_by("book_appointment") if not each.ok]
    if failed:
        return _after_refusal(story)
    unclear = seating.question(story) or recurring.question(story)
    if unclear:
        return unclear
    if story.proposed:
        return _answer_proposal(story, story.proposed)
    if story.table:
        return repeat_table(story)
    if (
        not (story.service or story.service_asked or story.declined or "service" in story.asked)
        and story.want == Want()
    ):
        return _ask_service(story)
    return _find(story)


def with_service(story: Story) -> Story:
    """Whoever doesn't say what for gets what they asked about, or the usual; and is told so when it is read back."""
    general = default_service(story.brief)
    if story.service or general is None:
        return story
    likely = story.service_asked or general.name
    return replace(story, service=likely, service_guessed=len(story.brief.services) > 1)


def _ask_service(story: Story) -> str:
    lines = numbered([each.name for each in story.brief.services])
    return f"{ask(story, 'service')}\n{lines}\n{text(story, 'services_or_when')}"


def _find(story: Story) -> Step:
    heard = story.heard[-1] if story.heard else None
    if heard and heard.wish.past:
        return f"{text(story, 'is_past')} {ask(story, 'date')}"
    if heard and heard.wish.conflict:
        return f"{text(story, 'conflict')} {ask(story, 'date')}"
    story = without_a_day(story)
    plan = planned(story)
    if not plan or story.declined:
        return ask_for_time(story)
    story = with_service(story)
    found = story.searched()
    if not found:
        return tuple(
            Act(
                skill="find_slots",
                arguments=search.arguments(story.service, story.practitioner, story.place) | arguments(story),
            )
            for search in plan
        )
    return _present(story, weigh(story, plan, found))


def _present(story: Story, fit: Fit) -> Step:
    if fit.failed:
        return hand_over(story, "missing_knowledge", "summary_diary", message=fit.failed)
    question = asked_where(story, (each.place for each in fit.offers or fit.nearest))
    if question:
        return question
    if fit.exact or (fit.offers and _from_then_on(story)):
        return _answer_proposal(story, min(fit.offers, key=lambda each: each.start))
    if story.next_day and story.news and (fit.offers or fit.nearest):  # no list right after what was booked
        return _answer_proposal(story, (fit.offers or fit.nearest)[0])
    return list_offers(story, fit)


def _from_then_on(story: Story) -> bool:
    """ "For both of us, from 9": the first time that is free from then on, so that the others fit in after it."""
    times = [each.time for each in story.want.options]
    return bool(story.also) and len(times) == 1 and times[0] is not None and times[0].kind == "after"


def _answer_proposal(story: Story, offer: Offer) -> Step:
    if story.declined:
        return f"{ask(story, 'change')} {text(story, 'keep_proposal', moment=moment(story, offer.start))}"
    if story.relation and not story.patient_name and "name" not in story.asked:
        return f"{said_offer(story, offer)}.\n{ask(story, 'name')}"
    if story.rhythm is not None:
        return recurring.answer(with_service(story), offer, whom=_for_whom(story))
    if not story.accepted:
        return held(story, offer) or read_back(with_service(story), offer)
    return act("book_appointment", slot=offer.slot, patient_name=_for_whom(story))


def read_back(story: Story, offer: Offer) -> str:
    """What would be booked, with all that the patient should know, and the question for a yes."""
    if offer.parts:
        return visiting.read_back(story, offer)
    service = next((each for each in story.brief.services if each.name == offer.service), None)
    known = service or default_service(story.brief)
    assert known is not None
    line = text(
        story,
        "read_back",
        service=known.name,
        practitioner=offer.practitioner,
        moment=moment(story, offer.start),
        minutes=known.minutes,
        price=price_part(story, known),
    )
    line = seating.read_back(story, offer, known) or line
    whom = text(story, "read_back_for", whom=story.patient_name) if story.patient_name else ""
    guessed = text(story, "guessed") if story.service_guessed else ""
    return " ".join(part for part in (line, where(story, offer.place), whom, guessed, ask(story, "confirm")) if part)


def _for_whom(story: Story) -> str | None:
    """Somebody else's name; "son" when only that is known: never the writer's own name for another person."""
    return story.patient_name or story.relation.capitalize() or None


def _after_refusal(story: Story) -> Step:
    """The diary refused: gone since, or the ticket is too old. Look again once, for the same time."""
    refused = refused_by_rule(story, "book_appointment")
    if refused is not None:
        return refused
    searched = story.searched()
    if not story.proposed:
        return ask_for_time(story)
    if not searched:
        offer = story.proposed
        moment_of = offer.start.time()
        search = Search(group=0, first=offer.start.date(), days=1, earliest=moment_of, latest=moment_of)
        asked = search.arguments(offer.service, story.practitioner, offer.place) | arguments(story)
        return (Act(skill="find_slots", arguments=asked),)
    again = [each for each in story.pool if each.start == story.proposed.start]
    if again and len(story.found_by("book_appointment")) == 1:
        return act("book_appointment", slot=again[0].slot, patient_name=_for_whom(story))
    return list_offers(story, Fit(offers=story.pool), opening="just_gone")
