"""Prices in a reply: the business's own, or somebody else's words."""

import itertools
import re
from collections.abc import Sequence
from decimal import Decimal

from agents.runtime.outgoing.amounts import AMOUNT, amounts_in, said_in
from agents.runtime.outgoing.facts import Ground
from agents.runtime.outgoing.folding import fold
from agents.runtime.outgoing.naming import in_other_words
from agents.runtime.outgoing.sentences import Sentence
from agents.runtime.outgoing.tariff import (
    contradicts_the_free_age,
    is_told,
    other_ages,
    says_no_fee,
    tells_no_price,
    topic_of,
)
from agents.runtime.outgoing.treatments import treatments
from agents.runtime.outgoing.whole_words import by_itself

_TOTAL = re.compile(
    r"\b(?:total|together|altogether|both|zusammen|insgesamt|gesamt|beides|ambos|ambas|en total|juntos|todo junto"
    r"|ensemble|au total|en tout|soit|les deux|no total|ao todo|ou seja|tudo|macht|makes|plus|hacen?|suman|somam"
    r"|summe|fait|font|faz|suma|soma|each|jeweils|cada|chacune?|as duas|os dois|las dos|los dos|beide)\b|[+=]"
)
MULTIPLES = (2, 3, 4)  # sessions at once


def wrong_prices(text: str, sentences: Sequence[Sentence], ground: Ground) -> list[str]:
    """["price"] when an amount is not that of the service it is said of, or nobody's."""
    if ground.heard is None:
        return []
    said = [said_in(each) for each in sentences]
    if not any(said) and tells_no_price(sentences, ground):
        return []
    return ["price"] if _Prices(sentences, said, ground).contradicts() else []


class _Prices:
    """One reading of a reply for its amounts."""

    def __init__(
        self, sentences: Sequence[Sentence], said: Sequence[list[tuple[int, Decimal]]], ground: Ground
    ) -> None:
        assert ground.heard is not None
        self.sentences, self.said, self.ground = sentences, said, ground
        listed = ground.heard.brief.services
        self.services = {fold(each.name): set(amounts_in(each.price)) for each in listed}
        self.by_other_name = _by_other_name(ground)
        self.every: set[Decimal] = set().union(*self.services.values()) if self.services else set()
        self.asked = fold(ground.patients_words[-1]) if ground.patients_words else ""
        self.previous = ""  # the service that was named last

    def contradicts(self) -> bool:
        asked = set(self._named(self.asked).values())
        topics = [topic_of(each.folded, self.ground, of_services=bool(asked)) for each in self.sentences]
        for sentence, topic, amounts in zip(self.sentences, topics, self.said, strict=True):
            if not amounts and says_no_fee(sentence, topic, self.ground):
                amounts.append((0, Decimal(0)))
        if not asked and contradicts_the_free_age(self.sentences, self.said, self.ground):
            return True
        if not any(self.said):
            return False
        self.context = _context(self.services, self.ground)
        written = {amount for amounts in self.said for _, amount in amounts}
        standing = {fold(each.service) for each in (*self.ground.coming, *self.ground.held)}
        many = asked if len(asked) > 1 or not self.ground.coming else set()
        self.spoken = many | standing | {name for name, own in self.services.items() if own and own <= written}
        rows = zip(self.sentences, topics, self.said, strict=True)
        return any(self._sentence(sentence, topic, amounts) for sentence, topic, amounts in rows)

    def _named(self, folded: str) -> dict[int, str]:
        """Place → service, by its name, by another name of it, or in other words."""
        named = _named(folded, self.services) or _named(folded, {key: set() for key in self.by_other_name})
        where = {place: self.by_other_name.get(name, name) for place, name in named.items()}
        return {**_outside(in_other_words(folded, self.ground), named), **where}

    def _sentence(
        self, sentence: Sentence, topic: re.Pattern[str] | None, amounts: Sequence[tuple[int, Decimal]]
    ) -> bool:
        where = self._named(sentence.folded)
        repeats = sentence.question and all(each in _elsewhere(self.ground, patient=True) for _, each in amounts)
        if amounts and not repeats:
            self.spoken |= set(where.values())
            for place, amount in amounts:
                if not self._is_so(place, amount, sentence, None if where else topic, where, amounts):
                    return True
        self.spoken |= set(where.values())
        if where:
            self.previous = where[max(where)]
        return False

    def _is_so(
        self,
        place: int,
        amount: Decimal,
        sentence: Sentence,
        topic: re.Pattern[str] | None,
        where: dict[int, str],
        amounts: Sequence[tuple[int, Decimal]],
    ) -> bool:
        folded = sentence.folded
        if not amount and not where and self.ground.changed and _FEE.search(folded):
            return True
        if not amount and other_ages(folded, self.ground):
            return False
        if topic is not None:
            return is_told(amount, topic, sentence, self.sentences, self.ground)
        compared = _COMPARED.search(folded[:place]) is not None
        said_of = "" if compared else _service_of(place, folded, where) or (self.previous if not where else "")
        own = self.every if compared else self.services.get(said_of, set())
        allowed = own or _standing_prices(sentence, self.services, self.context) or self.every
        return (
            amount in allowed
            or amount in _elsewhere(self.ground)
            or _is_sum_of_what_follows(amount, [*(each for _, each in amounts), *self._bare(folded)])
            or (bool(_TOTAL.search(f"{folded} {self.asked}")) and _is_sum(amount, self.services, self.spoken))
        )

    def _bare(self, folded: str) -> list[Decimal]:
        """Prices of ours without a currency: "38 plus 18, so 56 €"."""
        numbers = [Decimal(each) for each in re.findall(r"(?<![\w.,:£€$])\d+(?![\w:€£$]|[.,]\d| ?[€£])", folded)]
        return [each for each in numbers if each in self.every]


_FEE = re.compile(
    r"(?<!\w)(?:no (?:fee|charge)s?|keine gebuhr\w*|ning[u]n (?:cargo|coste)|aucun frais|nenhum custo)(?!\w)"
)


def _by_other_name(ground: Ground) -> dict[str, str]:
    assert ground.heard is not None
    return {
        fold(other): fold(each.name)
        for each in ground.heard.brief.services
        for other in each.other_names
        if len(other) > 3 and other != "consultation"  # of any visit, in French
    }


def _outside(other: dict[int, str], named: dict[int, str]) -> dict[int, str]:
    """Those that don't stand within the name of a service: "blow-dry" of "cut and blow-dry"."""
    spans = [(place, place + len(name)) for place, name in named.items()]
    return {place: name for place, name in other.items() if not any(start <= place < end for start, end in spans)}


_MANY = re.compile(
    r"(?<!\w)(?:from|between|start\w*|lowest|cheap\w*|least|most|others?|ab|zwischen|gunstig\w*|andere\w*|desde"
    r"|entre|otr[oa]s?"
    r"|barat\w*|economic\w*|a partir|partir|moins cher\w*|autres?|outr[oa]s?)(?!\w)"
)


def _context(services: dict[str, set[Decimal]], ground: Ground) -> set[str]:
    """What the patient names last, where it is one service; else what stands or is offered."""
    assert ground.heard is not None
    for words in reversed(ground.patients_words[-2:]):
        asked = set(_named(fold(words), services).values()) | set(in_other_words(fold(words), ground).values())
        if len(asked) == 1 and len(treatments(words)) <= 1:
            return asked
        if asked or treatments(words):
            return set()
    return {fold(each.service) for each in (*ground.coming, *ground.offered) if each.service}


def _standing_prices(sentence: Sentence, services: dict[str, set[Decimal]], context: set[str]) -> set[Decimal]:
    """ "It will be £45 tomorrow" is said of what stands; set() where it may be said of something else."""
    if _MANY.search(sentence.folded) or sentence.item:
        return set()
    return set().union(*(services.get(each, set()) for each in context))


def _service_of(place: int, folded: str, named: dict[int, str]) -> str:
    """The service that an amount is said of: the one of its own piece, else the last before it, else the next one."""
    for match in _PIECE.finditer(folded):
        own = [name for at, name in named.items() if match.start() <= at < match.end()]
        if match.start() > place and own and AMOUNT.search(match[0]):
            named = {at: name for at, name in named.items() if at < match.start()}  # it has an amount of its own
            break
        if match.start() <= place < match.end() and len(set(own)) == 1:
            return own[0]
    begins = folded.rfind(";", 0, place)
    before = [at for at in named if begins < at <= place]
    if begins >= 0 and not before:
        return ""
    ends = folded.find(";", place)
    after = [at for at in named if ends < 0 or at < ends]
    return named[max(before)] if before else named[min(after)] if after else ""


_PIECE = re.compile(
    r"(?:[^,;:\n()]|[,:](?=\d))+?(?=[,;:\n()](?!\d)|$|(?<!\w)(?:and|und|y|et|e|plus|mas|mais)(?!\w))[,;:\n()]?"
    r"(?:and|und|y|et|e|plus|mas|mais)?"
)
_COMPARED = re.compile(
    r"(?<!\w)(?:instead of|rather than|not|compared (?:to|with)|statt|anstatt|nicht|und nicht|en (?:vez|lugar) de"
    r"|au lieu de"
    r"|em vez de|no|nao|pas)\W*$"
)  # "£60 instead of £45"


def _named(folded: str, services: dict[str, set[Decimal]]) -> dict[int, str]:
    found: dict[int, str] = {}
    taken: list[tuple[int, int]] = []
    for name in sorted(services, key=len, reverse=True):
        for match in by_itself(name, "(?:s|es|en|n)?").finditer(folded):
            if not any(a <= match.start() < b for a, b in taken):
                taken.append(match.span())
                found[match.start()] = name
    return found


def _elsewhere(ground: Ground, *, patient: bool = False) -> set[Decimal]:
    """Amounts in the business's own words, in passages and refusals; with `patient`, in theirs too."""
    texts = [*ground.published, *ground.told_by_tools, *ground.said_before, *(ground.patients_words if patient else ())]
    return {amount for text in texts for amount in amounts_in(text)}


def _is_sum_of_what_follows(amount: Decimal, amounts: Sequence[Decimal]) -> bool:
    """ "56 €: 38 € for the cut and 18 € for the beard", or what one costs more; each of those is checked on its own."""
    others = [each for each in amounts if each != amount]
    return len(others) > 1 and (sum(others) == amount or (len(others) == 2 and abs(others[0] - others[1]) == amount))


def _is_sum(amount: Decimal, services: dict[str, set[Decimal]], spoken: set[str]) -> bool:
    """The sum of two or three of the services that the reply speaks of, or that stand."""
    prices = [price for name in sorted(spoken) for price in services.get(name, ())]
    if any(price * times == amount for price in prices for times in MULTIPLES):
        return True
    return any(sum(some) == amount for size in (2, 3) for some in itertools.combinations(prices, size))
