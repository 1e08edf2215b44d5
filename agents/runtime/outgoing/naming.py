"""Which of the house's services a text names, in whatever language and in parts of their names."""

import re
from collections.abc import Sequence
from functools import lru_cache

from agents.runtime.outgoing.facts import Ground
from agents.runtime.outgoing.folding import fold
from agents.runtime.outgoing.said import Said
from agents.runtime.outgoing.sentences import Sentence
from agents.runtime.outgoing.treatments import treatments_at
from agents.runtime.outgoing.whole_words import by_itself

LIKE_ITS_END, LIKE_ITS_BEGINNING = 6, 4  # letters
COGNATE = 7  # letters in which a word is the same in another language: "physiotherapy", "fisioterapia"
_WORDS = re.compile(r"[^\W\d_]+")
FIRST = re.compile(
    r"(?<!\w)(?:first|initial) (?:time|visit|consultation|appointment|assessment|session|conversation)"
    r"|(?<!\w)erst(?:gesprach|termin|beratung|konsultation|untersuchung)"
    r"|(?<!\w)erste[rnsm]? (?:mal|termin|beratung|konsultation|besuch|sitzung)"
    r"|(?<!\w)primera (?:vez|visita|sesion|consulta|cita)|(?<!\w)premiere (?:fois|consultation|seance|visite)"
    r"|(?<!\w)primeira (?:vez|consulta|sessao|visita)"
)


def in_other_words(folded: str, ground: Ground) -> dict[int, str]:
    """Place → name (folded) of the service meant, where that can only be one of them."""
    assert ground.heard is not None
    return dict(_in_other_words(folded, tuple(each.name for each in ground.heard.brief.services)))


@lru_cache(maxsize=512)
def _in_other_words(folded: str, services: tuple[str, ...]) -> tuple[tuple[int, str], ...]:
    found: dict[int, str] = {}
    names = _folded(services)
    firsts = [each for each in names if FIRST.search(each)]
    if len(firsts) == 1:
        found.update({match.start(): firsts[0] for match in FIRST.finditer(folded)})
    for word in _WORDS.finditer(folded):
        meant = _part_of_one(word[0], names) or _ends_like_one(word[0], services)
        if meant:
            found[word.start()] = meant
    kinds = _kinds(services)
    for place, kind in treatments_at(folded):
        named = [name for name, known in kinds if kind in known]
        if len(named) == 1:
            found[place] = named[0]
    return tuple(found.items())


@lru_cache(maxsize=64)
def _folded(services: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(fold(each) for each in services)


@lru_cache(maxsize=4096)
def _part_of_one(word: str, names: tuple[str, ...]) -> str:
    """The only one of the names that a word is a part of; "" where there is none, or several."""
    found = [each for each in names if _is_part_of(word, each)]
    return found[0] if len(found) == 1 else ""


@lru_cache(maxsize=64)
def _kinds(services: tuple[str, ...]) -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple((fold(each), frozenset(kind for _, kind in treatments_at(fold(each)))) for each in services)


@lru_cache(maxsize=4096)
def _ends_like_one(word: str, services: tuple[str, ...]) -> str:
    """ "Sportmassage" is a massage; "Durchschnitt" is no cut."""
    for begins in range(LIKE_ITS_BEGINNING - 1, len(word) - LIKE_ITS_END):
        kinds = {kind for place, kind in treatments_at(word[begins:]) if not place}
        meant = [name for name, known in _kinds(services) if kinds & known]
        if len(meant) == 1 and not _PREFIX.fullmatch(word[:begins]):
            return meant[0]
    return ""


_PREFIX = re.compile(r"ab|an|auf|aus|be|durch|ein|nach|quer|um|unter|ver|vor|zu")
_COUNTS = re.compile(r"first|initial|erst\w*|primer[ao]?|premiere?|primeir[ao]|second\w*|segund[ao]|zweit\w*|long\w*")


def _is_part_of(word: str, name: str) -> bool:
    """ "Schnitt" and "Bart", of "Haarschnitt" and "Bartpflege"; "Farbtermin", of "Farbe"; "physiothérapie"."""
    if word == name or len(word) < LIKE_ITS_BEGINNING or _COUNTS.fullmatch(word):
        return False
    if " " in name:
        return (len(word) >= LIKE_ITS_END and name.endswith(word)) or word == name.split()[0]
    ends = len(word) >= LIKE_ITS_END and name.endswith(word)
    compound = len(name) > LIKE_ITS_BEGINNING and len(word) > len(name) and word.startswith(name[:-1])
    alike = len(word) > COGNATE and _sound(word)[:COGNATE] == _sound(name)[:COGNATE]
    return ends or _sound(name).startswith(_sound(word)) or compound or alike


@lru_cache(maxsize=2048)
def _sound(word: str) -> str:
    return word.replace("ph", "f").replace("th", "t").replace("y", "i")


_FIRST_OF_ALL = re.compile(r"(?:visit|appointment|time|session|termin|besuch|sitzung|mal|vez|fois|cita|sesion|seance)$")


def _meant(sentence: Sentence, ground: Ground) -> set[str]:
    """The services (folded) that a sentence names; "your first visit" may be of any."""
    assert ground.heard is not None
    names = {fold(each.name) for each in ground.heard.brief.services}
    loose = {match.start() for match in FIRST.finditer(sentence.folded) if _FIRST_OF_ALL.search(match[0])}
    other = {name for place, name in in_other_words(sentence.folded, ground).items() if place not in loose}
    return other | {name for name in names if by_itself(name).search(sentence.folded)}


_WANTED = re.compile(
    r"(?<!\w)(?:mocht\w+|lieber|statt\w*|want\w*|would|like|instead|quier\w*|querr\w*|queria|voul\w*|voudr\w*"
    r"|souhait\w*|quer|desej\w*|prefer\w*)(?!\w)"
)


def is_another_of_ours(sentence: Sentence, said: Sequence[Said], ground: Ground) -> bool:
    """ "On Wednesday at 17:00 you have a sports massage", when physiotherapy is coming then."""
    if ground.heard is None or not ground.coming or sentence.question or ground.offered:
        return False
    at = {each.start.time() for each in ground.coming}
    if not any(m.times & at for each in said for m in each.moments) or _OPEN.search(sentence.folded):
        return False
    if _WANTED.search(sentence.folded) or any(each.refuses or each.conditional for each in said):
        return False
    named = _meant(sentence, ground)
    return bool(named) and not named & {fold(each.service) for each in ground.coming}


_ADDED = re.compile(
    r"(?<!\w)(?:added|thrown in|included|as well|straight after|right after|mit drauf|dazu|dahinter|mit dabei|mit drin"
    r"|inklusive|anadid[oa]|incluid[oa]|tambien|justo despues|ajoutee?|inclus\w*|juste apres|acrescent\w+|adicion\w+"
    r"|tambem|logo a seguir)(?!\w)"
)
_OPEN = re.compile(
    r"(?<!\w)(?:can|could|would|might|if|costs?|price|takes|offer|kann|konnte|wyrde|wenn|kostet|preis|dauert|bieten"
    r"|puede|podria|si|cuesta|precio|dura|ofrec\w+|peut|pourrait|coute\w*|prix|dure|propos\w+|pode|poderia|se|custa"
    r"|preco|oferec\w+|each|jeweils|cada|chaque)(?!\w)"
)
_ADDED_BY_US = re.compile(
    r"\W*(?:(?:also|auch|tambien|aussi|tambem)\W+)?(?:i(?:'ve| have)? (?:also )?added"
    r"|(?:ich )?hab\w* (?:\w+ ){0,6}dazu\w*"
    r"|(?:he )?anadid?[oi]|j'ai (?:aussi )?ajoute|(?:acrescent|adicion)ei)(?!\w)"
)
_DID = frozenset({"booked", "acted", "done", "moved", "changed", "reserved"})


def adds_a_service(sentence: Sentence, said: Sequence[Said], ground: Ground) -> bool:
    """ "The beard trim is added", or "I've taken your colour out", of whom only has, or had, a haircut."""
    standing = {fold(each.service) for each in ground.coming or ground.changed if each.service}
    if not standing or ground.offered or ground.heard is None or sentence.question:
        return False
    by_us = _ADDED_BY_US.match(sentence.folded) is not None
    if not (by_us or all(each.asserts for each in said)) or _OPEN.search(sentence.folded):
        return False
    names = [fold(each.name) for each in ground.heard.brief.services]
    named = {name for name in names if by_itself(name).search(sentence.folded)}
    named |= set(in_other_words(sentence.folded, ground).values())
    claimed = set().union(*(each.claims for each in said))
    acts = _DID & claimed if ground.coming else {"cancelled"} & claimed
    return bool(named - standing) and bool(acts or (ground.coming and _ADDED.search(sentence.folded)))
