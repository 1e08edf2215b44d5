"""How what a sentence names agrees with what stands, was, is held and was offered: time, day, person, treatment.

Said in a few words that are the same in every language ("coming:yy-n" = of what is coming it names the time and the
day, nobody, and another treatment), so that what is learned of them holds for wordings never seen.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from agents.runtime.outgoing.facts import Ground, Standing
from agents.runtime.outgoing.folding import fold
from agents.runtime.outgoing.moments import Moment
from agents.runtime.outgoing.people import practitioners_named
from agents.runtime.outgoing.sentences import Sentence
from agents.runtime.outgoing.treatments import treatments
from agents.types import ServiceBrief

_CURRENCY = r"(?:[£€$]|euros?\b|eur\b|pounds?\b|quid\b|libras?\b|pfund\b|livres?\b)"
_PRICE = re.compile(rf"[£€$]\s?(\d+(?:[.,]\d\d)?)|(\d+(?:[.,]\d\d)?)\s?{_CURRENCY}", re.IGNORECASE)
_MINUTES = re.compile(r"(\d+)\s?-?min", re.IGNORECASE)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_CLOCK = re.compile(r"\d\d:\d\d")
NOTHING_BEARS_IT_OUT = frozenset({"time:none", "price:none", "number:unknown", "weekday:wrong"})


@dataclass(frozen=True, kw_only=True)
class Named:
    """What one sentence names. `words`: as they were written, with the names of services."""

    sentence: Sentence
    words: str
    moments: Sequence[Moment]
    people: Sequence[str]

    @property
    def times(self) -> list[Moment]:
        return [each for each in self.moments if each.times]

    @property
    def days(self) -> list[Moment]:
        return [each for each in self.moments if each.date is not None]


def named_in(sentence: Sentence, text: str, found: Sequence[Moment], ground: Ground) -> Named:
    words = text[sentence.start : sentence.end]
    return Named(sentence=sentence, words=words, moments=found, people=practitioners_named(words, ground))


def standing(ground: Ground) -> Mapping[str, Sequence[Standing]]:
    """What there is to agree with, by what has become of it."""
    committed = ground.committed
    return {
        "coming": ground.coming,
        "before": [end for each in committed.moved for end in each.ends if end.start == each.before],
        "cancelled": [end for each in committed.cancelled for end in each.ends],
        "held": ground.held,
        "offered": ground.offered,
    }


def agreements(named: Named, ground: Ground) -> Iterator[str]:
    pools = {name: pool for name, pool in standing(ground).items() if pool}
    told = _treatments(named, ground)
    for name, pool in pools.items():
        best = min((_signature(each, named, told) for each in pool), key=_worst_first)
        if best.strip("-"):
            yield f"{name}:{best}"
            yield f"{name}:wrong{best.count('n')}"
    if not pools and (named.moments or named.people):
        yield f"nothing:{bool(named.times)}{bool(named.days)}{bool(named.people)}"
    for moment in named.moments:
        yield from _moment(moment, pools, ground)
    yield from (f"who:{'+'.join(_pools_of(who, pools)) or 'none'}" for who in named.people)
    yield from _figures(named, pools, ground)


def _worst_first(signature: str) -> tuple[int, int]:
    return signature.count("n"), -signature.count("y")


def _signature(each: Standing, named: Named, told: Collection[str]) -> str:
    """Four letters for time, day, person and treatment: "y", "n", or "-" where none is named."""
    its = {*treatments(each.service), fold(each.service)} if each.service else set()
    return "".join(
        (
            _sign(named.times, any(each.start.time() in moment.times for moment in named.times)),
            _sign(named.days, any(moment.on(each.start.date()) for moment in named.days)),
            _sign(named.people, each.practitioner in named.people),
            _sign(told if its else (), bool(its & set(told))),
        )
    )


def _sign(named: Collection[object], agrees: bool) -> str:
    return ("y" if agrees else "n") if named else "-"


def _treatments(named: Named, ground: Ground) -> frozenset[str]:
    services = ground.heard.brief.services if ground.heard else ()
    listed = {fold(each.name) for each in services if fold(each.name) in named.sentence.folded}
    return treatments(named.sentence.folded) | listed


def _moment(moment: Moment, pools: Mapping[str, Sequence[Standing]], ground: Ground) -> Iterator[str]:
    if moment.wrong_weekday:
        yield "weekday:wrong"
    if not moment.times:
        if moment.date is not None:
            on = [name for name, pool in pools.items() if any(moment.on(each.start.date()) for each in pool)]
            yield f"day:{'+'.join(on) or 'none'}"
        return
    found = []
    for name, pool in pools.items():
        at = [each for each in pool if each.start.time() in moment.times]
        if at:
            found.append(name if any(moment.on(each.start.date()) for each in at) else f"{name}~")
    if moment.times & (ground.ends | ground.ends_of_offers):
        found.append("end")
    if {f"{time:%H:%M}" for time in moment.times} <= _bounds(ground):
        found.append("hours")
    yield f"time:{'+'.join(found) or 'none'}"


def _bounds(ground: Ground) -> set[str]:
    hours = ground.heard.brief.opening_hours if ground.heard else ()
    return set(_CLOCK.findall(" ".join(hours)))


def _pools_of(who: str, pools: Mapping[str, Sequence[Standing]]) -> list[str]:
    return [name for name, pool in pools.items() if any(each.practitioner == who for each in pool)]


def _figures(named: Named, pools: Mapping[str, Sequence[Standing]], ground: Ground) -> Iterator[str]:
    services = ground.heard.brief.services if ground.heard else ()
    if not _NUMBER.search(named.words):
        return
    told = _treatments(named, ground)
    spoken = [each for each in services if told & {fold(each.name), *treatments(each.name)}]
    theirs = {each.service for pool in pools.values() for each in pool}
    stand = [each for each in services if each.name in theirs]
    ours = {"named": spoken, "theirs": stand, "listed": services}
    written = _written(ground)
    for match in _PRICE.finditer(named.words):
        amount = (match[1] or match[2]).replace(",", ".").removesuffix(".00")
        whose = next((name for name, own in ours.items() if any(amount in _prices(each) for each in own)), None)
        yield f"price:{whose or ('written' if amount in written else 'none')}"
    for match in _MINUTES.finditer(named.words):
        whose = next((name for name, own in ours.items() if any(int(match[1]) == each.minutes for each in own)), None)
        yield f"minutes:{whose or ('written' if match[1] in written else 'none')}"
    if set(_NUMBER.findall(named.words)) - written - _numbers(pools, services):
        yield "number:unknown"


def _prices(service: ServiceBrief) -> set[str]:
    return set(_NUMBER.findall(service.price))


def _written(ground: Ground) -> set[str]:
    """Numbers in what the house publishes, the tools told and the patient wrote."""
    brief = ground.heard.brief if ground.heard else None
    own = [brief.address, brief.phone] if brief else []
    texts = [*ground.published, *ground.told_by_tools, *ground.patients_words, *own, *ground.references]
    hours = {str(int(each[:2])) for each in _bounds(ground)}
    return {*_NUMBER.findall(" ".join(texts)), *hours}


def _numbers(pools: Mapping[str, Sequence[Standing]], services: Sequence[ServiceBrief]) -> set[str]:
    starts = [each.start for pool in pools.values() for each in pool]
    moments = {f"{part}" for at in starts for part in (at.hour, at.hour - 12, at.minute, at.day, at.month, at.year)}
    two = {f"{part:02}" for at in starts for part in (at.hour, at.minute, at.day)}
    return moments | two | {f"{each.minutes}" for each in services} | {p for each in services for p in _prices(each)}
