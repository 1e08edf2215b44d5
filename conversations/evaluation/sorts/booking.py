"""People who want an appointment, each in their way."""

import datetime as dt
from dataclasses import replace

from calendar_sync.models import Practitioner, Service
from conversations.evaluation.saying import Voice, in_part
from conversations.evaluation.scenario import CannotPlay, Goal, NewAppointment, Plan, Said, Wanted
from conversations.evaluation.world import World, other_name

WORDINGS = 4
Made = tuple[Plan, Wanted]


def plan(world: World, voice: Voice, *goals: Goal) -> Plan:
    return Plan(language=voice.phrases.code, phone=world.phone, profile_name=world.name, goals=goals)


def whens(world: World, voice: Voice, start: dt.datetime) -> tuple[str, ...]:
    return tuple(voice.when(start, world.now) for _ in range(WORDINGS))


def booking(
    world: World, voice: Voice, service: Service, start: dt.datetime, *, who: Practitioner | None = None
) -> Goal:
    """This service at just this start."""
    wordings, said = whens(world, voice, start), voice.service(service.name)
    opening = voice.greeted(voice.say("book", s=said, w=wordings[0]))
    return Goal(
        act="book",
        opening=(Said(text=f"{opening} {voice.say('with', p=who.name)}" if who else opening),),
        service=service.name,
        service_said=said,
        starts=frozenset([start]),
        wordings=wordings,
        practitioner=who.name if who else "",
    )


def made(service: Service, goal: Goal, *, who: Practitioner | None = None, patient: str = "") -> NewAppointment:
    return NewAppointment(
        service_id=service.pk, starts=goal.starts, practitioner_id=who.pk if who else None, patient=patient
    )


def ordinary(world: World, voice: Voice) -> Made:
    """One wish, in one message, or bit by bit; an exact time, or a part of a day."""
    service = world.service()
    start = world.start(service)
    way = world.rng.choice(("exact", "exact", "vague", "part", "hello"))
    goal = booking(world, voice, service, start)
    if way == "vague":
        opening = voice.greeted(voice.say("book_vague", s=goal.service_said))
        goal = replace(goal, opening=(Said(text=opening),))
    if way == "hello":
        goal = replace(goal, opening=(Said(text=voice.say("hello")), *goal.opening))
    if way == "part":
        goal = _part_of_day(world, voice, service, start, goal)
    return plan(world, voice, goal), Wanted(new=(made(service, goal),))


def _part_of_day(world: World, voice: Voice, service: Service, start: dt.datetime, goal: Goal) -> Goal:
    part = "morning" if in_part(start, "morning") else "afternoon" if in_part(start, "afternoon") else ""
    if not part:
        return goal
    starts = {each for each in world.starts(service) if each.date() == start.date() and in_part(each, part)}
    wordings = tuple(voice.part_of_day(start.date(), world.now.date(), part) for _ in range(WORDINGS))
    opening = voice.greeted(voice.say("book", s=goal.service_said, w=wordings[0]))
    return replace(goal, opening=(Said(text=opening),), starts=frozenset(starts), wordings=wordings)


def practitioner(world: World, voice: Voice) -> Made:
    """With somebody they name."""
    service = world.service()
    people = [each for each in world.offering.people[service.pk] if world.starts(service, each)]
    if not people:
        raise CannotPlay("nobody can be wished for")
    who = world.rng.choice(people)
    goal = booking(world, voice, service, world.start(service, who), who=who)
    return plan(world, voice, goal), Wanted(new=(made(service, goal, who=who),))


def other_language(world: World, voice: Voice) -> Made:
    """Like an ordinary one; the language was chosen by the scenario."""
    return ordinary(world, voice)


def undecided(world: World, voice: Voice) -> Made:
    """Changes their mind once or twice before the yes."""
    service = world.service()
    first = booking(world, voice, service, world.start(service))
    changes = []
    last = first
    for _ in range(world.rng.choice((1, 1, 2, 3))):
        last = booking(world, voice, service, world.start(service))
        changes.append((voice.say("mind", w=last.wordings[1]), last))
    return replace(plan(world, voice, first), changes=tuple(changes), patience=14), Wanted(new=(made(service, last),))


def rude(world: World, voice: Voice) -> Made:
    """Wants an appointment all the same. Giving them to a person is no fault."""
    service = world.service()
    goal = booking(world, voice, service, world.start(service))
    lines = tuple(Said(text=f"{voice.say('rude')} {each.text}") for each in goal.opening)
    told = replace(plan(world, voice, replace(goal, opening=lines)))
    return told, Wanted(new=(made(service, goal),), may_hand_over=True)


def urgent(world: World, voice: Voice) -> Made:
    """The soonest time there is."""
    service = world.service()
    free = sorted(world.starts(service))
    soonest = frozenset(free[:6])
    asap = voice.say("asap")
    said = voice.service(service.name)
    goal = Goal(
        act="book",
        opening=(Said(text=voice.greeted(voice.say("urgent", s=said, w=asap))),),
        service=service.name,
        service_said=said,
        starts=soonest,
        wordings=(asap, voice.say("asap")),
        easy=True,
    )
    return plan(world, voice, goal), Wanted(new=(made(service, goal),))


def questions(world: World, voice: Voice) -> Made:
    """Asks for hours, a price or the address before the yes."""
    service = world.service()
    goal = booking(world, voice, service, world.start(service))
    place = world.offering.location
    told: list[tuple[str, ...]] = []
    asides = []
    for topic in world.rng.sample(("prices", "hours", "address"), k=world.rng.choice((1, 2))):
        if topic == "prices" and service.price:
            asides.append(voice.say("prices", s=service.name))
            told.append(_prices(service.price))
        elif topic == "address" and place is not None and place.address:
            asides.append(voice.say("address"))
            told.append((place.address,))
        elif topic == "hours":
            asides.append(voice.say("hours"))
    wanted = Wanted(new=(made(service, goal),), told=tuple(told))
    return replace(plan(world, voice, goal), asides=tuple(asides), patience=14), wanted


def _prices(price: int) -> tuple[str, ...]:
    whole, rest = divmod(price, 100)
    exact = f"{whole:,}.{rest:02}"
    return (exact, exact.replace(",", " ").replace(".", ",")) if rest else (f"{whole:,}", str(whole))


def relative(world: World, voice: Voice) -> Made:
    """For somebody else, whose name is told."""
    service = world.service()
    name = other_name(world.rng, world.name)
    goal = booking(world, voice, service, world.start(service))
    child = name.split()[0]
    whom = voice.say("for_other", r=voice.rng.choice(voice.phrases.said["relatives"]), n=child)
    opening = (Said(text=f"{goal.opening[0].text}. {whom}"),)
    goal = replace(goal, opening=opening, name=child)
    return plan(world, voice, goal), Wanted(new=(made(service, goal, patient=child),))


def two_patients(world: World, voice: Voice) -> Made:
    """Themselves, and then a child right after; any later time of that day is right for the child."""
    if (world.offering.rules.most_active or 9) < 2:
        raise CannotPlay("one appointment at a time")
    service = world.service()
    first = booking(world, voice, service, world.start(service))
    child = other_name(world.rng, world.name).split()[0]
    start = next(iter(first.starts))
    after = start + service.length
    later = frozenset(each for each in world.starts(service) if each.date() == start.date() and each >= after)
    if not later:
        return relative(world, voice)
    line = voice.say("also", r=voice.rng.choice(voice.phrases.said["relatives"]), n=child)
    next_best = tuple(voice.when(min(later), world.now) for _ in range(2))
    second = replace(first, opening=(Said(text=line),), starts=later, wordings=next_best, name=child, easy=True)
    wanted = Wanted(new=(made(service, second, patient=child), made(service, first)))
    return replace(plan(world, voice, first, second), patience=14), wanted
