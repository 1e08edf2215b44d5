"""People who have an appointment: moving, cancelling, asking, undoing, running late."""

import datetime as dt

from calendar_sync.models import Service
from conversations.evaluation.saying import Voice
from conversations.evaluation.scenario import CannotPlay, Fate, Goal, Own, Said, Wanted
from conversations.evaluation.sorts.booking import Made, plan, whens
from conversations.evaluation.world import World


def move(world: World, voice: Voice) -> Made:
    service, own = _own(world, world.offering.rules.move_notice)
    others = _another(world, own)
    with_whom = next(each for each in world.offering.people[service.pk] if each.pk == own.practitioner_id)
    new = world.start(service, with_whom)  # who has an appointment with somebody moves it within their time
    if new == own.start:
        raise CannotPlay("only one time is free")
    wordings = whens(world, voice, new)
    goal = Goal(
        act="move",
        opening=(Said(text=voice.greeted(voice.say("move", s=service.name, w=wordings[0]))),),
        service=service.name,
        service_said=service.name,
        starts=frozenset([new]),
        wordings=wordings,
        own=own,
        again=tuple(voice.say("move", s=service.name, w=each) for each in wordings[1:]),
    )
    fates = (Fate(appointment_id=own.id, starts=goal.starts), *others)
    return plan(world, voice, goal), Wanted(fates=fates)


def cancel(world: World, voice: Voice) -> Made:
    _, own = _own(world, world.offering.rules.cancel_notice)
    others = _another(world, own)
    fates = (Fate(appointment_id=own.id, status="cancelled"), *others)
    return plan(world, voice, _cancelling(voice, own)), Wanted(fates=fates)


def ask(world: World, voice: Voice) -> Made:
    """When is it? Nothing changes."""
    _, own = _own(world, 0)
    goal = Goal(act="none", opening=(Said(text=voice.greeted(voice.say("list"))),), again=(voice.say("list"),))
    return plan(world, voice, goal), Wanted(told=(_times(own.start),))


def undo(world: World, voice: Voice) -> Made:
    """Cancels, and regrets it at once."""
    if not world.offering.rules.undo_minutes:
        raise CannotPlay("nothing can be undone here")
    _, own = _own(world, world.offering.rules.cancel_notice)
    regret = Goal(act="none", opening=(Said(text=voice.say("undo")),), again=(voice.say("undo"),))
    return plan(world, voice, _cancelling(voice, own), regret), Wanted()


def late(world: World, voice: Voice) -> Made:
    """Will be some minutes late for today's appointment; it stands, whatever is decided."""
    service = world.service()
    soon = world.now + dt.timedelta(minutes=20), world.now + dt.timedelta(hours=4)
    today = sorted(
        each for each in world.starts(service) if each.date() == world.now.date() and soon[0] < each < soon[1]
    )
    if not today:
        raise CannotPlay("nobody could come today any more")
    own = world.own(service, world.rng.choice(today))
    minutes = world.rng.choice((5, 10, 15))
    first, again = (voice.say("late", n=str(minutes)) for _ in range(2))
    goal = Goal(act="late", minutes=minutes, opening=(Said(text=voice.greeted(first)),), again=(again,))
    return plan(world, voice, goal), Wanted(late=own.id, may_hand_over=True)


def _own(world: World, notice: int) -> tuple[Service, Own]:
    """An appointment early enough for the house's notice (minutes) to be kept."""
    service = world.service()
    start = world.start(service, later_than_days=2 + notice // 1440)
    return service, world.own(service, start)


def _another(world: World, own: Own) -> tuple[Fate, ...]:
    """Now and then a second appointment of another service on another day, which must stay."""
    if world.rng.random() < 0.6 or (world.offering.rules.most_active or 9) < 2:
        return ()
    services = [each for each in world.offering.services if each.name != own.service]
    world.rng.shuffle(services)
    for service in services[:3]:
        starts = sorted(each for each in world.starts(service) if each.date() != own.start.date())
        if starts:
            return (Fate(appointment_id=world.own(service, world.rng.choice(starts[:200])).id),)
    return ()


def _cancelling(voice: Voice, own: Own) -> Goal:
    text = voice.greeted(voice.say("cancel", s=own.service))
    again = (voice.say("cancel", s=own.service), voice.say("cancel", s=own.service))
    return Goal(
        act="cancel", opening=(Said(text=text),), again=again, service=own.service, service_said=own.service, own=own
    )


def _times(start: dt.datetime) -> tuple[str, ...]:
    """The ways to write a time of day."""
    half = f"{start.hour % 12 or 12}:{start:%M} {'am' if start.hour < 12 else 'pm'}"
    return f"{start:%H:%M}", f"{start.hour}:{start:%M}", f"{start.hour}h{start:%M}", half
