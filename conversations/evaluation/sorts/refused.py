"""People who wish for what can't be had: no free time, a closed day, too soon, too far; and who then wait."""

import datetime as dt
from dataclasses import replace

from calendar_sync.models import Service
from conversations.evaluation.saying import Voice
from conversations.evaluation.scenario import CannotPlay, Goal, Said, Wanted
from conversations.evaluation.sorts.booking import Made, booking, made, plan
from conversations.evaluation.world import World


def no_free_time(world: World, voice: Voice) -> Made:
    """The very time is taken, or nobody works that day: they take what is offered instead."""
    service = world.service()
    start = world.start(service, later_than_days=1)
    if world.rng.random() < 0.5:
        world.fill(service, [start] * len(world.offering.people[service.pk]))
    else:
        world.everybody_off(start.date())
    if start in world.starts(service):
        raise CannotPlay("the time could not be filled")
    return _takes_another(world, voice, service, start)


def closed_day(world: World, voice: Voice) -> Made:
    days = world.closed_days()
    if not days:
        raise CannotPlay("there is no closed day")
    service = world.service()
    hour = world.rng.choice(range(10, 16))
    start = dt.datetime.combine(world.rng.choice(days), dt.time(hour))
    if start in world.starts(service):
        raise CannotPlay("somebody works on the closed day")
    return _takes_another(world, voice, service, start)


def too_soon(world: World, voice: Voice) -> Made:
    """Within the notice that the house needs: nothing that soon may be booked, whatever they say."""
    service = world.service()
    first = world.earliest(service)
    start = first - dt.timedelta(minutes=world.rng.choice((15, 30, 45)))
    start = start.replace(minute=start.minute // 15 * 15, second=0, microsecond=0)
    if not world.now < start < first or start.date() != world.now.date():
        start = world.now.replace(second=0, microsecond=0) + dt.timedelta(minutes=5)
    if start.date() != world.now.date():
        raise CannotPlay("it is nearly midnight")
    return _takes_another(world, voice, service, start)


def too_far(world: World, voice: Voice) -> Made:
    """Beyond the last day that can be booked; they leave it then."""
    service = world.service()
    day = world.last_bookable(service) + dt.timedelta(days=world.rng.randrange(15, 60))
    if (day - world.now.date()).days > 340:
        raise CannotPlay("a year ahead can be booked")
    goal = booking(world, voice, service, dt.datetime.combine(day, dt.time(world.rng.choice((10, 11, 14)))))
    leaves = Goal(act="none", opening=(*goal.opening, Said(text=voice.say("never_mind"))))
    return plan(world, voice, leaves), Wanted(may_hand_over=True)


def waitlist(world: World, voice: Voice) -> Made:
    """Nobody works that day, and they would rather wait for it."""
    service = world.service()
    start = world.start(service, later_than_days=2)
    world.everybody_off(start.date())
    goal = booking(world, voice, service, start)
    opening = (*goal.opening, Said(text=voice.say("waitlist")))
    goal = replace(goal, act="waitlist", opening=opening, starts=frozenset())
    return plan(world, voice, goal), Wanted(waiting_for=service.pk, may_hand_over=True)


def _takes_another(world: World, voice: Voice, service: Service, start: dt.datetime) -> Made:
    goal = booking(world, voice, service, start)
    goal = replace(goal, starts=world.starts(service), easy=True)
    return plan(world, voice, goal), Wanted(new=(made(service, goal),))
