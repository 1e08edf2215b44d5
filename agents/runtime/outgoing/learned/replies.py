"""A whole reply in its state, as the last look sees it: what it names, what it says of it, in words and meanings."""

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from agents.runtime.outgoing.agreement import agreements, named_in
from agents.runtime.outgoing.facts import Ground
from agents.runtime.outgoing.folding import fold
from agents.runtime.outgoing.learned.features import glosses_of, words_of
from agents.runtime.outgoing.opinion import opinion, signs
from agents.runtime.outgoing.pools import pool
from agents.runtime.outgoing.said import Said, read
from agents.runtime.outgoing.sentences import Sentence, sentences
from agents.runtime.outgoing.service_words import without_names

_POOLS = {"held": "reserved"}  # where the kind is called otherwise in `pools`
_STEPS = (0.1, 0.35, 0.7)  # likelihoods between which it is told little, somewhat, and surely
_TENTHS = 5
_YES = frozenset(["yes", "yep", "yeah", "sure", "ja", "jep", "klar", "genau", "si", "oui", "sim", "claro"])
_NO = frozenset(["no", "nope", "nein", "nee", "non", "nao", "not"])
_ENDS = ("^", "$")


def features_of(text: str, ground: Ground) -> list[str]:
    """Each once."""
    services = [each.name for each in ground.heard.brief.services] if ground.heard else []
    plain = sentences(without_names(text, services))
    whole = sentences(text)
    state = state_of(ground)
    asked = sorted(set(_glosses(words_of(" ".join(ground.patients_words), ground.name_words))))
    found = {f"in:{state}", f"length:{min(len(text.split()) // 8, 6)}", f"sentences:{min(len(plain), 5)}"}
    for place, (sentence, named) in enumerate(zip(plain, whole, strict=True)):
        more = any(later.question for later in plain[place + 1 : place + 3])
        found.update(_of_sentence(sentence, named, text, ground, state, "?" if more else "."))
        if not place:
            found.update(_answer(named, asked, state, ground))
    return sorted(found)


def state_of(ground: Ground) -> str:
    """What there is: "booked", "cancelled+offered", "nothing"."""
    told = {
        "moved": bool(ground.committed.moved),
        "booked": bool(ground.coming) and not ground.committed.moved,
        "cancelled": bool(ground.committed.cancelled),
        "held": bool(ground.held),
        "offered": bool(ground.offered) and not ground.held,
        "waiting": "join_waitlist" in ground.tools_done,
        "knowledge": ground.answers_from_knowledge,
    }
    return "+".join(name for name, is_so in told.items() if is_so) or "nothing"


def _of_sentence(
    sentence: Sentence, named: Sentence, text: str, ground: Ground, state: str, follows: str
) -> Iterator[str]:
    found, said = read(sentence, text, ground.now, ground.names)
    likely = opinion(sentence, said, ground, named.low)
    top = max(likely, key=lambda kind: likely[kind])
    role = _role(sentence, said)
    for kind, much in likely.items():
        yield from _kind(kind, much, state, role, ground)
    for kind in sorted(set().union(*(each.claims for each in said))):
        yield from (f"c:{kind}:{bool(pool(ground, kind))}:{role}", f"c:{kind}:{state}:{role}")
    for each in agreements(named_in(named, text, found, ground), ground):
        yield from (f"v:{each}", f"v:{each}:{role}", f"v:{each}:{top}", f"v:{each}:{state}:{role}{follows}")
    told = sorted(signs(sentence, said, ground.named_things, ground.their_people))
    for sign in told:
        yield from (f"s:{sign}", f"s:{sign}:{state}")
    yield from (f"s2:{first} {second}" for first, second in combinations(told, 2))
    yield from _words(words_of(named.low, ground.name_words), state, role)


def _role(sentence: Sentence, said: Sequence[Said]) -> str:
    if sentence.question:
        return "asks"
    for name in ("refuses", "offers", "wishes"):
        if any(getattr(each, name) for each in said):
            return name
    return "asserts"


def _kind(kind: str, much: float, state: str, role: str, ground: Ground) -> Iterator[str]:
    if kind == "none":
        step = int(much * _TENTHS)
        yield from (f"k:none{step}:{role}", f"k:none{step}:{state}:{role}")
        return
    step = sum(much >= each for each in _STEPS)
    if step:
        so = kind != "beyond" and bool(pool(ground, _POOLS.get(kind, kind)))
        yield from (f"k:{kind}{step}:{so}:{role}", f"k:{kind}{step}:{state}:{role}", f"k:any{step}:{so}:{role}")


def _words(words: Sequence[str], state: str, role: str) -> Iterator[str]:
    for word in words:
        yield from (f"w:{word}", f"w:{word}:{state}")
    row = [glosses for glosses in map(glosses_of, words) if glosses]
    each_once = sorted({gloss for glosses in row for gloss in glosses if gloss not in _ENDS})
    for gloss in each_once:
        yield from (f"g:{gloss}", f"g:{gloss}:{state}", f"g:{gloss}:{state}:{role}")
    yield from (f"gg:{first} {second}" for first, second in combinations(each_once, 2))
    yield from (f"g2:{a} {b}" for first, second in pairwise(row) for a in first for b in second)


def _answer(first: Sentence, asked: Sequence[str], state: str, ground: Ground) -> Iterator[str]:
    """Yes or no to what was asked."""
    words = [fold(word) for word in words_of(first.low, ground.name_words) if word not in (*_ENDS, "!")][:1]
    says = "yes" if _YES & set(words) else "no" if _NO & set(words) else "-"
    yield f"q:{says}:{state}"
    for gloss in asked:
        yield from (f"q:{gloss}:{says}", f"q:{gloss}:{says}:{state}", f"q:{gloss}:{state}")


def _glosses(words: Sequence[str]) -> list[str]:
    return [gloss for word in words for gloss in glosses_of(word) if gloss not in _ENDS]
