"""Several services that one message wants together: "a cut and a colour". "A cut or a colour" is no visit."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from agents.llm.guided.languages import Language
from agents.llm.guided.languages.professionals import names_somebody
from agents.llm.guided.service_names import meant_by, names_of, singular, usual_names_in
from agents.llm.guided.words import plain
from agents.types import Brief

MOST = 4  # services of one visit, as find_slots takes them
COMPLAINT = "toothache"  # is what somebody has, whatever they want done about it
_PARTS = re.compile(r"[a-z0-9]+|[,.+]")
_PLUS = re.compile(r"[&+]")
_BLANKED = re.compile(r" {3,}")  # where a date or a time stood, which joins nothing


def services_named(rest: str, brief: Brief, language: Language) -> tuple[str, ...]:
    """In the order in which they are named; () unless there are two or more, joined by "and" or the like."""
    text = _marked(rest)
    if len(brief.services) < 2 or not _joining(language)[0] & set(text.split()):
        return ()
    named = _apart(_own_names(text, brief))
    if len({service for _, _, service in named}) < 2:
        named = _apart([*_own_names(text, brief), *_usual_names(text, brief, language)])
    return next((run for each in _runs(text, named, language) if len(run := _unlike(each)) > 1), ())[:MOST]


def _unlike(run: tuple[str, ...]) -> tuple[str, ...]:
    """Without what another one holds already: "Cut and blow-dry" is a blow-dry, too."""
    return tuple(each for each in run if not any(plain(each) in plain(other) for other in run if other != each))


def _marked(rest: str) -> str:
    """Comparable words as in words.plain, and what stands between them."""
    rest = _BLANKED.sub(" . ", rest)
    bare = unicodedata.normalize("NFKD", _PLUS.sub("+", rest).casefold()).replace("'", "").replace("’", "")
    bare = "".join(each for each in bare if not unicodedata.combining(each))
    return f" {singular(' '.join(_PARTS.findall(bare)))} "


def _own_names(text: str, brief: Brief) -> Iterator[tuple[int, int, str]]:
    for service in brief.services:
        names = names_of(service)
        if COMPLAINT in names:
            continue
        for name in names - {"appointment"}:
            place = text.find(f" {name} ")
            if place >= 0:
                yield place + 1, place + 1 + len(name), service.name


def _usual_names(text: str, brief: Brief, language: Language) -> Iterator[tuple[int, int, str]]:
    for start, end, usual in usual_names_in(text, language):
        person = names_somebody(" ".join([text[start:end], *text[end:].split()[:1]]), language.code)
        service = meant_by(usual, brief) if COMPLAINT not in usual and not person else ""
        if service:
            yield start, end, service


def _apart(found: Iterator[tuple[int, int, str]] | list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """The longest names, none within another, in their order."""
    kept: list[tuple[int, int, str]] = []
    for start, end, service in sorted(found, key=lambda each: each[0] - each[1]):
        if all(end <= other[0] or other[1] <= start for other in kept):
            kept.append((start, end, service))
    return sorted(kept)


def _runs(text: str, named: list[tuple[int, int, str]], language: Language) -> Iterator[tuple[str, ...]]:
    """Stretches of names with nothing but joining words between them, at least one of which says "and"."""
    joiners, fillers = _joining(language)
    run: dict[str, None] = {}
    joined, last = False, 0
    for start, end, service in named:
        gap = set(text[last:start].split()) if run else set()
        joins = gap & joiners
        if run and not (gap <= joiners | fillers and (joins or "," in gap)):
            if joined:
                yield tuple(run)
            run, joined = {}, False
        elif run:
            joined = joined or bool(joins)
        run[service] = None
        last = end
    if joined:
        yield tuple(run)


@lru_cache(maxsize=8)
def _joining(language: Language) -> tuple[frozenset[str], frozenset[str]]:
    """Joiners and fillers, comparable."""
    table = language.counting
    return frozenset(map(singular, table.joiners)) | {"+"}, frozenset(map(singular, table.fillers)) | {","}
