"""A series: its dates are looked at, read back with what is taken of them, and booked by one yes."""

from agents.llm.guided.counted import WEEK, Rhythm
from agents.llm.guided.diary_lines import Appointment, Offer, appointments_in
from agents.llm.guided.handing_over import hand_over
from agents.llm.guided.offering import Fit, held, list_offers
from agents.llm.guided.ruling import refused_by_rule
from agents.llm.guided.series_dates import SeriesDate, SeriesPlan, lines_of
from agents.llm.guided.steps import Step, act
from agents.llm.guided.story import Found, Story
from agents.llm.guided.together import service_of
from agents.llm.guided.wording import ask, clock, moment, paragraph, price_part, text, where

FEWEST, MOST = 2, 52  # as book_series takes them; the house may allow fewer


def question(story: Story) -> str:
    """What has to be known, or said again, before dates can be looked at; "" when it is."""
    rhythm = story.rhythm
    if rhythm is None:
        return ""
    if rhythm.every_days < WEEK or rhythm.every_days % WEEK or rhythm.weeks > MOST:
        return f"{text(story, 'series_weeks_only')} {ask(story, 'every')}"
    if rhythm.times is None:
        return ask(story, "times")
    if rhythm.times < FEWEST:
        return f"{text(story, 'series_range')} {ask(story, 'times')}"
    return f"{text(story, 'series_most')} {ask(story, 'times')}" if rhythm.times > MOST else ""


def answer(story: Story, offer: Offer, *, whom: str | None) -> Step:
    """Towards a booked series that begins with this offer."""
    refused = _refused(story)
    if refused is not None:
        return refused
    rhythm, plan = story.rhythm, story.plan
    assert rhythm is not None
    if plan is None or plan.rhythm != rhythm or plan.slot != offer.slot:
        return act("plan_series", **_asked(offer, rhythm, whom))
    if story.accepted:
        instead = [each.instead.slot for each in plan.clashes if each.instead] if not story.skipping else []
        return act("book_series", **_asked(offer, rhythm, whom), skip_taken=bool(plan.clashes), instead=instead)
    return held(story, offer) or read_back(story, offer, plan)


def _refused(story: Story) -> Step | None:
    """What to do where the series couldn't be looked at or booked, for other reasons than some of its dates."""
    for tool in ("plan_series", "book_series"):
        failed = [each for each in story.found_by(tool) if not each.ok and "dates" not in each.outcome.content]
        if not failed:
            continue
        if failed[-1].outcome.content.get("rule") == "series_most":
            return f"{text(story, 'series_most')} {ask(story, 'times')}"
        ruled = refused_by_rule(story, tool)
        if ruled is not None:
            return ruled
        if story.pool:
            others = tuple(each for each in story.pool if each.slot != failed[-1].call.get("slot"))
            return list_offers(story, Fit(offers=others), opening="just_gone")
        return hand_over(story, "missing_knowledge", "summary_diary", message=str(failed[-1].outcome.content))
    return None


def _asked(offer: Offer, rhythm: Rhythm, whom: str | None) -> dict[str, object]:
    return {"slot": offer.slot, "every_weeks": rhythm.weeks, "times": rhythm.times, "patient_name": whom}


def read_back(story: Story, offer: Offer, plan: SeriesPlan) -> str:
    """All dates as they would be booked; what is taken, and what would be booked or left out for it."""
    service = service_of(story, offer.service)
    whom = text(story, "read_back_for", whom=story.patient_name) if story.patient_name else ""
    kept = [each for each in plan.dates if each.fits or (each.instead and not story.skipping)]
    missed = [each for each in plan.dates if each not in kept]
    head = text(
        story,
        "series",
        count=len(kept),
        rhythm=rhythm_words(story, plan.rhythm),
        service=offer.service,
        practitioner=offer.practitioner,
        minutes=service.minutes if service else "",
        price=price_part(story, service) if service else "",
    )
    changed = text(story, "series_changed") if any(not each.ok for each in story.found_by("book_series")) else ""
    said = [changed, head, *(f"• {_line(story, each, offer.place)}" for each in kept)]
    if missed:
        said += [text(story, "series_missed"), *(f"• {moment(story, each.start)}" for each in missed)]
    if plan.clashes:
        fitting = len(plan.dates) - len(plan.clashes)
        time = clock(story, offer.start)
        said.append(text(story, "series_some", fitting=fitting, count=len(plan.dates), time=time))
    said.append(paragraph(where(story, offer.place), whom, ask(story, "confirm")))
    return "\n".join(line for line in said if line)


def rhythm_words(story: Story, rhythm: Rhythm) -> str:
    return text(story, "every_week") if rhythm.weeks == 1 else text(story, "every_weeks", weeks=rhythm.weeks)


def _line(story: Story, each: SeriesDate, place: str) -> str:
    """`place`: where the series is; another time may be elsewhere, and says so."""
    if each.fits or each.instead is None:
        return moment(story, each.start)
    said = text(story, "series_instead", moment=moment(story, each.instead.start), time=clock(story, each.start))
    return said if each.instead.place == place else f"{said}, {each.instead.place}"


def done(story: Story, each: Found, made: tuple[Appointment, ...]) -> str:
    """What was booked, date by date, and what was left out."""
    rhythm = Rhythm(every_days=WEEK * int(str(each.call.get("every_weeks") or 1)))
    head = text(
        story,
        "series_booked",
        count=len(made),
        rhythm=rhythm_words(story, rhythm),
        service=made[0].service,
        practitioner=made[0].practitioner,
    )
    several = len({one.place for one in made}) > 1
    said = [head, *(f"• {moment(story, one.start)}" + (f", {one.place}" if several else "") for one in made)]
    missed = lines_of(each.outcome.content.get("left_out"))
    if missed:
        said += [text(story, "series_left_out", moment=moment(story, one.start)) for one in missed]
    return "\n".join(said)


def all_of(each: Found, key: str) -> tuple[Appointment, ...]:
    """Every appointment that an act was upon."""
    content = each.outcome.content
    return appointments_in(content.get("all") or content.get(key))
