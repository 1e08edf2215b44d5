"""Simulated patients by seed: which sort comes when, in which language, and who writes."""

import datetime as dt
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_noop as N_

from conversations.evaluation.phrases import LANGUAGES
from conversations.evaluation.saying import Voice
from conversations.evaluation.scenario import CannotPlay, Plan, Scenario, Wanted
from conversations.evaluation.sorts import booking, house_rules, misuse, red_flags, refused, standing
from conversations.evaluation.world import FIRST_NAMES, LAST_NAMES, PHONE, Offering, World
from tenants.models import Business


@dataclass(frozen=True, kw_only=True)
class Sort:
    """`label`: translated when it is read. `weight`: how many of a round are of it. `foreign`: in any language, else
    mostly in the business's own.
    """

    label: str
    make: Callable[[World, Voice], tuple[Plan, Wanted]]
    weight: int
    foreign: bool = False


SORTS: Mapping[str, Sort] = {
    "ordinary": Sort(label=N_("Ordinary bookings"), make=booking.ordinary, weight=6),
    "practitioner": Sort(label=N_("Wish for somebody"), make=booking.practitioner, weight=2),
    "language": Sort(label=N_("Other languages"), make=booking.other_language, weight=5, foreign=True),
    "undecided": Sort(label=N_("Undecided"), make=booking.undecided, weight=3),
    "urgent": Sort(label=N_("Urgent"), make=booking.urgent, weight=2),
    "rude": Sort(label=N_("Rude"), make=booking.rude, weight=1),
    "questions": Sort(label=N_("Questions in between"), make=booking.questions, weight=2),
    "relative": Sort(label=N_("For somebody else"), make=booking.relative, weight=1),
    "two_patients": Sort(label=N_("Two patients"), make=booking.two_patients, weight=2),
    "move": Sort(label=N_("Moving"), make=standing.move, weight=3, foreign=True),
    "cancel": Sort(label=N_("Cancelling"), make=standing.cancel, weight=2, foreign=True),
    "ask": Sort(label=N_("Asking when"), make=standing.ask, weight=1, foreign=True),
    "undo": Sort(label=N_("Undoing"), make=standing.undo, weight=1),
    "late": Sort(label=N_("Running late"), make=standing.late, weight=2, foreign=True),
    "no_free_time": Sort(label=N_("No free time"), make=refused.no_free_time, weight=2),
    "closed_day": Sort(label=N_("Closed day"), make=refused.closed_day, weight=1),
    "too_soon": Sort(label=N_("Too soon"), make=refused.too_soon, weight=1),
    "too_far": Sort(label=N_("Too far ahead"), make=refused.too_far, weight=1),
    "waitlist": Sort(label=N_("Waiting list"), make=refused.waitlist, weight=1),
    "injection": Sort(label=N_("Orders to the machine"), make=misuse.injection, weight=3, foreign=True),
    "someone_else": Sort(label=N_("Someone else's data"), make=misuse.someone_else, weight=2, foreign=True),
    "person": Sort(label=N_("Asks for a person"), make=misuse.person, weight=1, foreign=True),
    "house_rule": Sort(label=N_("What your rules hand over"), make=house_rules.house_rule, weight=1),
    "unreadable": Sort(label=N_("Unreadable"), make=misuse.unreadable, weight=1),
    "red_flag": Sort(label=N_("Red flags"), make=red_flags.red_flag, weight=4, foreign=True),
}


def seeded(seed: str) -> random.Random:
    """The same seed plays the same patients."""
    return random.Random(seed)  # noqa: S311


FOREIGN_SHARE = 0.6  # of the sorts that are played in any language


def sort_of(seed: int, index: int) -> str:
    """Rounds of all sorts by their weights, each round in an order of its own."""
    deck = [name for name, sort in SORTS.items() for _ in range(sort.weight)]
    turn, place = divmod(index, len(deck))
    seeded(f"{seed}/round {turn}").shuffle(deck)
    return deck[place]


def moment_of(business: Business, seed: int, index: int, first: dt.date) -> dt.datetime:
    """When the scenario begins: within two weeks of `first`, while people are awake."""
    rng = seeded(f"{seed}/{index}/moment")
    day = first + dt.timedelta(days=rng.randrange(14))
    return dt.datetime.combine(day, dt.time(rng.randrange(8, 18), rng.randrange(0, 60, 5)), ZoneInfo(business.timezone))


def scenario(offering: Offering, seed: int, index: int, repeat: int) -> tuple[Scenario, Voice]:
    """Within the scenario's transaction, with the clock at `moment_of`; makes what the diary held before.

    A sort that this business gives no occasion for is played as an ordinary booking. Raises CannotPlay when nothing
    at all can be booked.
    """
    name = sort_of(seed, index)
    try:
        return _made(offering, seed, index, repeat, name)
    except CannotPlay:
        return _made(offering, seed, index, repeat, "ordinary")


def _made(offering: Offering, seed: int, index: int, repeat: int, name: str) -> tuple[Scenario, Voice]:
    sort = SORTS[name]
    facts = seeded(f"{seed}/{index}/{name}")
    world = World(
        offering=offering,
        rng=facts,
        phone=PHONE.format(facts.randrange(10**7)),
        name=f"{facts.choice(FIRST_NAMES)} {facts.choice(LAST_NAMES)}",
    )
    own = offering.business.language[:2]
    others = [each for each in LANGUAGES if each != own]
    foreign = name == "language" or (sort.foreign and facts.random() < FOREIGN_SHARE)
    voice = Voice(
        facts.choice(others) if foreign else own,
        seeded(f"{seed}/{index}/{name}/voice {repeat}"),
        day_first=offering.day_first,
    )
    if offering.known:
        world.known_contact()
    _somebody_was_there(world)
    plan, wanted = sort.make(world, voice)
    made = Scenario(name=f"{index + 1:03} {sort.label} ({voice.phrases.code})", sort=name, plan=plan, wanted=wanted)
    return made, voice


def _somebody_was_there(world: World) -> None:
    """A diary is never empty: somebody else's appointment or two."""
    service = world.service()
    starts = sorted(world.starts(service))[:60]
    world.fill(service, world.rng.sample(starts, k=min(world.rng.choice((1, 1, 2)), len(starts))))
