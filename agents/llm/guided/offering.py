"""Finding times for what is wanted, and putting them to the patient; for booking and moving alike."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from agents.llm.guided.changing import replace
from agents.llm.guided.diary_lines import Offer, offers_in
from agents.llm.guided.searches import Search, open_between, searches
from agents.llm.guided.steps import Act, Step, act
from agents.llm.guided.story import Found, Story
from agents.llm.guided.together import arguments, is_group, is_joined, places
from agents.llm.guided.wording import ask, numbered, said_offer, text

MOST_LISTED = 6
SOONEST_LISTED = 4


@dataclass(frozen=True, kw_only=True)
class Fit:
    """What the diary offers for a want. `exact`: precisely what was asked, so there is nothing to choose."""

    offers: tuple[Offer, ...] = ()
    nearest: tuple[Offer, ...] = ()
    exact: bool = False
    failed: str = ""  # why the diary could not be asked


def planned(story: Story) -> list[Search]:
    return searches(
        story.want,
        now=story.now,
        open_hours=open_between(story.brief.opening_hours),
        as_written=story.language.code != "en",
    )


def weigh(story: Story, plan: Sequence[Search], found: Sequence[Found]) -> Fit:
    """Of each option the likeliest reading that has free times; all options together."""
    by_group: dict[int, tuple[tuple[Offer, ...], Search]] = {}
    nearest: tuple[Offer, ...] = ()
    for search, each in zip(plan, found, strict=False):
        if not each.ok:
            continue
        service = str(each.call.get("service", ""))
        offers = tuple(o for o in offers_in(each.outcome.content.get("offers"), service) if story.want.allows(o.start))
        if offers:
            by_group.setdefault(search.group, (offers, search))
        nearest = nearest or _allowed(story, offers_in(each.outcome.content.get("nearest"), service))
    if story.any_place:
        by_group = {group: (_one_per_time(some), search) for group, (some, search) in by_group.items()}
        nearest = _one_per_time(nearest)
    share = MOST_LISTED // max(1, len(by_group))
    spread = [offer for group, _ in by_group.values() for offer in _spread(group, share)]
    offers = tuple(sorted({_without_slot(each): each for each in reversed(spread)}.values(), key=_by_time))
    failures = [str(each.outcome.content.get("message", "")) for each in found if not each.ok]
    return Fit(
        offers=offers,
        nearest=nearest,
        exact=len(by_group) == 1 and len(offers) == 1,
        failed=failures[0] if failures and len(failures) == len(found) else "",
    )


def _one_per_time(offers: tuple[Offer, ...]) -> tuple[Offer, ...]:
    """Whoever doesn't mind where sees each time once."""
    first: dict[dt.datetime, Offer] = {}
    for each in offers:
        first.setdefault(each.start, each)
    return tuple(first.values())


def _without_slot(offer: Offer) -> Offer:
    """What the patient sees of it: two alternatives may have found the same time."""
    return replace(offer, slot="")


def _by_time(offer: Offer) -> tuple[dt.datetime, str]:
    return offer.start, offer.practitioner


def _spread(offers: tuple[Offer, ...], most: int) -> tuple[Offer, ...]:
    """A few of them over the whole stretch, so that each alternative gets its share of the list."""
    if len(offers) <= most:
        return offers
    return tuple(offers[round(place * (len(offers) - 1) / max(1, most - 1))] for place in range(most))


def _allowed(story: Story, nearest: tuple[Offer, ...]) -> tuple[Offer, ...]:
    return tuple(each for each in nearest if story.want.allows(each.start))


def list_offers(story: Story, fit: Fit, *, opening: str = "") -> str:
    """Numbered times with the question which one; or that there are none."""
    if fit.offers:
        most = SOONEST_LISTED if story.want.asap else MOST_LISTED
        return _listed(story, opening or ("soonest" if story.want.asap else "offers"), fit.offers[:most])
    if fit.nearest:
        near = any(search.first == offer.start.date() for search in planned(story) for offer in fit.nearest)
        if not opening and is_group(story, story.service):
            full = "group_full" if places(story) > 1 else "group_full_one"
            return _listed(story, full, fit.nearest) + _or_wait(story)
        return _listed(story, opening or ("offers_after_taken" if near else "offers_elsewhere"), fit.nearest)
    if "join_waitlist" in story.tools:
        return f"{text(story, 'nothing')} {ask(story, 'offer_waitlist')} {text(story, 'or_another')}"
    return f"{text(story, 'nothing')} {ask(story, 'when')}"


def held(story: Story, offer: Offer, *, moving: str = "") -> Step | None:
    """Keep a time for the patient before it is read back; None once it may be read back.

    `moving`: the number of the appointment that would move there.
    """
    if "hold_slot" not in story.tools or story.accepted:
        return None
    tried = [each for each in story.found_by("hold_slot") if each.call.get("slot") == offer.slot]
    if not tried:
        return act("hold_slot", slot=offer.slot, **({"moving": moving} if moving else {}))
    if is_joined(offer) and not tried[-1].ok:
        return _look_again(story, offer, tried[-1])
    if tried[-1].ok or not offers_in(tried[-1].outcome.content.get("nearest"), offer.service):
        return None  # where it can't be kept for another reason, booking has the last word
    return list_offers(story, Fit(offers=story.pool), opening="just_gone")


def _look_again(story: Story, offer: Offer, tried: Found) -> Step:
    """A part of it has gone since: what is free on that day for all of it."""
    since = story.found[story.found.index(tried) + 1 :]
    if any(each.outcome.name == "find_slots" for each in since):
        return list_offers(story, Fit(offers=story.pool), opening="just_gone")
    search = Search(group=0, first=offer.start.date(), days=1, earliest=None, latest=None)
    asked = search.arguments(offer.service, story.practitioner) | arguments(story)
    return (Act(skill="find_slots", arguments=asked),)


def _or_wait(story: Story) -> str:
    return f"\n{text(story, 'or_waitlist')}" if "join_waitlist" in story.tools else ""


def repeat_table(story: Story) -> str:
    """The question about the listed times again; the list too, unless a question was only answered in between."""
    if any(each.yes for each in story.heard):
        return f"{ask(story, 'choose')} {text(story, 'just_number')}"
    if any(each.topics or each.asked_service for each in story.heard):
        return f"{ask(story, 'choose')} {text(story, 'or_another')}"
    return _listed(story, "offers", story.table)


def ask_for_time(story: Story) -> str:
    """The question for what is still missing of the day and the time; with an example when it is put again."""
    question = "date" if story.want.has_time and not story.want.has_date else "when"
    again = story.question_before == question and story.idle and not story.lost
    return f"{text(story, 'for_example')} {ask(story, question)}" if again else ask(story, question)


def without_a_day(story: Story) -> Story:
    """Whoever agrees, or goes on, without ever naming a day is offered the next free times."""
    agrees = any(each.yes or "book" in each.acts for each in story.heard)
    asked = story.question_before in ("when", "date", "change") and story.idle and not story.declined
    if planned(story) or not asked or not (agrees or story.circles):
        return story
    return replace(story, want=replace(story.want, asap=True))


def _listed(story: Story, opening: str, offers: Sequence[Offer]) -> str:
    lines = numbered([said_offer(story, each) for each in offers])
    return f"{text(story, opening, seats=places(story))}\n{lines}\n{ask(story, 'choose')} {text(story, 'or_another')}"
