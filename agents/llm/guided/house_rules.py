"""Rules of the business in plain words that ask for people, as far as words can be compared.

"Anything about insurance, refunds or invoices" holds three subjects; a message that holds all that one of them
consists of is one for people, in whatever language it is written; exceptions and ages are read too
(rule_conditions.py). What a rule says beyond that, another model reads.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from agents.knowledge.concepts import concept_of
from agents.knowledge.words import content_words, folded, weight_of
from agents.llm.guided.rule_conditions import ages_in, conditions_of
from agents.llm.guided.story import Story
from agents.types import HouseRule

STEM = 6  # letters of a word that are compared, so that its endings don't matter
_OR = re.compile(r"[,;:/.()\n–—]|\b(?:or|oder|o|u|ou)\b", re.IGNORECASE)
_AND = re.compile(r"\b(?:and|und|sowie|y|et|e)\b", re.IGNORECASE)
_NAMES = r"[A-Z]\w+\.?(?:\s+(?:(?:de|da|do|von|van|or|and|und|oder|y|o|et|ou|e)\s+)?[A-Z]\w+\.?)*"
_TO_WHOM = re.compile(  # "go to Olivia", "mit Dr. Weber sprechen": who is asked, not what about
    rf"\b(?:to|with|by|para|con|com|ao|pour|avec|chez|a)\s+(?:(?:our|the|nuestr[ao]|notre|[ao]s?|la|le|el)\s+)?{_NAMES}"
    rf"|\b(?:an|mit|bei|zu|von|durch)\s+(?:(?:Frau|Herrn?|Dr|Prof)\.?\s+)+{_NAMES}"
    rf"|\b[Aa]sk\s+{_NAMES}"
    r"|\ban\s+[A-Z]\w+\s+(?=(?:weiter|uber)?(?:geben|leiten|reichen|schicken|verweisen)\b)"
)
_OF_RULES = """hand handed handing over pass passed passes forward forwarded transfer escalate ask asks asked asking
    mention mentions mentioned talk talks speak speaks write writes wants wanted question questions request
    requests about goes belongs concerning regarding related topic topics subject case cases always never
    whenever human humans person people complain complains complaint complaints beschwerde beschwerden queja
    quejas plainte plaintes queixa queixas colleague colleagues staff team manager owner reception who
    everything something else gehort gehoren betrifft ubergeben weitergeben weiterleiten fragt fragen frage
    erwahnt spricht sprechen reden schreibt mochte thema themen fall falls immer mensch menschen mitarbeiter
    kollegen kollegin
    leitung rezeption alles rund pasar pase derivar derive pregunta preguntas preguntan menciona habla escribe
    tema temas caso casos siempre persona personas equipo responsable recepcion todo transmettre transmets
    transferer demande demandes demandent mentionne parle ecrit sujet sujets cas toujours personne personnes
    equipe accueil passar passe encaminhar pergunta perguntas perguntar fala escreve assunto assuntos sempre
    pessoa pessoas equipa responsavel rececao"""
_ABOUT_THE_RULE = frozenset(_OF_RULES.split())  # says that it is a rule, or who is to be asked; not what it is about


def matters_of(rule: str, services: Iterable[str]) -> list[str]:
    """What a rule is about, each matter in the rule's own words (small, unaccented): "insurance", "refunds"."""
    subject, own = (
        _without_whom(conditions_of(rule).subject),
        frozenset(key for each in services for key in _keys(each)),
    )
    return list(filter(None, (" ".join(_telling(part)) for part in _parts(subject, own))))


def called_for(story: Story) -> HouseRule | None:
    """The first rule whose subject is spoken of in this turn."""
    said = frozenset(key for each in story.heard for key in _keys(each.text))
    ages = [age for each in story.heard for age in ages_in(each.text)]
    services = frozenset(key for each in story.brief.services for key in _keys(each.name))
    return next((rule for rule in story.brief.escalates if _applies(rule.text, said, ages, services)), None)


def _applies(rule: str, said: frozenset[str], ages: Sequence[int], services: frozenset[str]) -> bool:
    conditions = conditions_of(rule)
    if not conditions.fit(ages) or any(_speaks_of(each, said, services) for each in conditions.exceptions):
        return False
    alone = conditions.of_ages and not _subjects(conditions.subject, services)
    return alone or _speaks_of(conditions.subject, said, services)


def _speaks_of(text: str, said: frozenset[str], services: frozenset[str]) -> bool:
    return any(subject <= said for subject in _subjects(text, services))


@lru_cache(maxsize=512)
def _subjects(text: str, services: frozenset[str]) -> tuple[frozenset[str], ...]:
    parts = _parts(_without_whom(text), services)
    return tuple(filter(None, (frozenset(_keys(part)) for part in parts)))


def _without_whom(text: str) -> str:
    left = _TO_WHOM.sub(" ", text)
    return left if any(_telling(left)) else text


def _parts(text: str, services: frozenset[str]) -> Iterator[str]:
    """ "Bills and refunds" are two subjects; "pregnant and wants a massage" is one, for a massage alone is booked."""
    for part in _OR.split(text):
        joined = _AND.split(part)
        whole = len(joined) > 1 and any(services & set(_keys(each)) for each in joined)
        yield from (part,) if whole else joined


@lru_cache(maxsize=1024)
def _keys(text: str) -> tuple[str, ...]:
    return tuple(_key(word) for word in _telling(text))


def _telling(text: str) -> list[str]:
    return [word for word in content_words(folded(text)) if word not in _ABOUT_THE_RULE and weight_of(word) == 1.0]


def _key(word: str) -> str:
    return concept_of(word) or word[:STEM].removesuffix("s")
