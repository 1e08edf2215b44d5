"""Conditions in rules of the business: "refunds, except for vouchers", "children under 16", "from 70 years on"."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from agents.llm.guided.words import unaccented

_EXCEPT = re.compile(
    r"\b(?:except(?:\s+(?:for|when|if|in case of))?|unless|other than|apart from|but not"
    r"|ausser|ausgenommen|es sei denn|aber nicht|mit ausnahme von"
    r"|excepto|salvo|a menos que|pero no|menos si"
    r"|sauf(?:\s+si)?|excepte|hormis|a moins que|mais pas"
    r"|exceto|a nao ser(?:\s+que)?|mas nao)\b",
    re.IGNORECASE,
)
_YEARS = r"(?:\s*-?\s*(?:years?(?:\s+old|\s+of\s+age)?|year-olds?|jahren?|jahre\s+alt|anos|ans))?"
_UNDER = re.compile(
    r"\b(?:under|below|younger than|less than|unter|junger als|bis unter|menor(?:es)?\s+(?:de|que)|moins\s+de)"
    rf"\s+(?:the age of\s+)?(\d{{1,2}}){_YEARS}\b",
    re.IGNORECASE,
)
_OVER = re.compile(
    r"\b(?:over|above|older than|more than|uber|alter als|ab|mayor(?:es)?\s+(?:de|que)|plus\s+de|mais\s+de"
    rf"|maior(?:es)?\s+(?:de|que))\s+(?:the age of\s+)?(\d{{1,3}}){_YEARS}\b",
    re.IGNORECASE,
)
_AGE = re.compile(
    r"\b(\d{1,3})\s*-?\s*(?:years?\s*-?\s*olds?|yrs?\s+old|y/?o|jahre\s+alt|jahrige[rsn]?|anos|ans)\b"
    r"|\b(?:(?:he|she|who|son|daughter|child|boy|girl|er|sie|sohn|tochter|kind|junge)\s+(?:is|ist|wird|turned)"
    r"|(?:he|she)[’']s|i[’']m|i am|ich bin|aged?)\s+(\d{1,3})"
    r"(?=\s*(?:$|[.,;!?)]|years?\b|and\b|und\b|y\b|et\b|e\b))",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\b\d{1,2}\s*(?:[:.h]\s*\d{2}|am\b|pm\b|uhr\b|h\b|o'?clock)", re.IGNORECASE)
_WHO = re.compile(
    r"\b(?:who|when|if|and|for|die|der|wenn|und|fur|que|si|y|para|qui|et|pour|e|se|quando)\b", re.IGNORECASE
)
_PEOPLE = """patient patients client clients child children kid kids minor minors anybody anyone people somebody someone
    kind kinder minderjahrige patienten kunden nino ninos nina ninas paciente pacientes cliente clientes enfant
    enfants mineur mineurs crianca criancas menores age aged ages years year old jahre jahren anos ans"""
PEOPLE = frozenset(_PEOPLE.split())  # whom an age is said of: no subject of their own beside it


@dataclass(frozen=True, kw_only=True)
class Conditions:
    """What of a rule is its subject, what it leaves out, and for which ages (in whole years) it is."""

    subject: str
    exceptions: tuple[str, ...] = ()
    under: int | None = None  # younger than that
    over: int | None = None  # that or older

    @property
    def of_ages(self) -> bool:
        return self.under is not None or self.over is not None

    def fit(self, ages: Iterable[int]) -> bool:
        """Whether an age was said that the rule is for; true where it is for all."""
        return not self.of_ages or any(
            (self.under is None or age < self.under) and (self.over is None or age >= self.over) for age in ages
        )


@lru_cache(maxsize=256)
def conditions_of(rule: str) -> Conditions:
    plain = unaccented(rule.replace("ß", "ss").replace("ẞ", "SS"))
    subject, *exceptions = _EXCEPT.split(plain)
    under, over = _UNDER.search(subject), _OVER.search(subject)
    for found in (under, over):
        if found:
            words = subject.replace(found[0], " ").split()
            subject = " ".join(word for word in words if word.strip(".,;:()").lower() not in PEOPLE)
            subject = subject if _WHO.search(subject) else ""  # else it is what then happens: "need a parent"
    return Conditions(
        subject=subject,
        exceptions=tuple(exceptions),
        under=int(under[1]) if under else None,
        over=int(over[1]) if over else None,
    )


def ages_in(text: str) -> list[int]:
    """Ages that somebody tells: "my son is 12", "eine 9-jährige", "tiene 15 años"; no time of day."""
    bare = _CLOCK.sub(" ", unaccented(text))
    return [age for found in _AGE.finditer(bare) if (age := int(found[1] or found[2])) <= 120]
