"""Every claim of a reply, held against the facts.

A claim of an act needs the act. A time that is offered must come from a tool. What nobody has said and no tool has
returned is unfounded, however it is worded: the tables only tell what is no claim.
"""

from collections.abc import Iterable, Iterator

from agents.runtime.outgoing.delays import wrong_delays
from agents.runtime.outgoing.facts import Committed, Ground, Heard
from agents.runtime.outgoing.figures import wrong_prices
from agents.runtime.outgoing.house import contradicts_the_house
from agents.runtime.outgoing.last_look import is_so_after_all
from agents.runtime.outgoing.opening import wrong_hours
from agents.runtime.outgoing.people import strangers
from agents.runtime.outgoing.places import wrong_places, wrong_way_in
from agents.runtime.outgoing.quantities import wrong_quantities
from agents.runtime.outgoing.reviewing import Review
from agents.runtime.outgoing.secrets import leaked
from agents.runtime.outgoing.sentences import sentences
from agents.runtime.outgoing.service_words import without_names
from agents.runtime.outgoing.times import Fault

VAGUE = frozenset({"acted", "stands"})  # what sounds like an act, and like none that has a name


def unfounded(text: str, committed: Committed, heard: Heard | None = None) -> list[str]:
    """The kinds of what the text claims and nothing bears out, each once; [] when all of it is so."""
    return kinds_of(faults(text, committed, heard))


def kinds_of(found: Iterable[Fault]) -> list[str]:
    """Each once."""
    return list(dict.fromkeys(each.kind for each in found))


def are_certain(found: Iterable[Fault], committed: Committed, heard: Heard) -> bool:
    """No second model may overrule it: a secret of ours is told, or an act is named where nothing at all was done."""
    found = list(found)
    named = any(each.net == "acts" and each.kind not in VAGUE for each in found)
    return any(each.net == "secrets" for each in found) or (named and Ground(committed, heard).nothing_done)


def faults(text: str, committed: Committed, heard: Heard | None = None) -> Iterator[Fault]:
    """The same, with the check that found each."""
    ground = Ground(committed, heard)
    found = list(_found(text, ground))
    if heard is None or not is_so_after_all(text, found, ground):
        yield from found


def _found(text: str, ground: Ground) -> Iterator[Fault]:
    """By each net."""
    heard = ground.heard
    services = [each.name for each in heard.brief.services] if heard else []
    whole = sentences(text)
    review = Review(ground=ground, text=text, sentences=sentences(without_names(text, services)), whole=whole)
    yield from review.acts_and_times()
    if heard is None:
        return
    found = {
        "prices": wrong_prices(text, whole, ground),
        "people": strangers(text, whole, ground),
        "places": [*wrong_places(heard.said or text, ground), *wrong_way_in(heard.said or text, ground)],
        "delays": wrong_delays(text, ground),
        "quantities": wrong_quantities(whole, ground),
        "opening": wrong_hours(whole, text, ground),
        "house": contradicts_the_house(whole, ground),
        "secrets": leaked(text, heard),
    }
    yield from (Fault(kind, net) for net, kinds in found.items() for kind in kinds)
