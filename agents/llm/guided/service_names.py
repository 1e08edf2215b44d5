"""Which service and which person of the business a message names."""

import re
from functools import lru_cache

from agents.llm.guided.languages import Language, all_languages
from agents.llm.guided.words import plain
from agents.types import Brief, ServiceBrief

COMPOUNDING = ("de",)  # "Grippeimpfung" is an "Impfung"
LONG = 6  # letters of a word that may be the end of a longer one
_PLURAL = re.compile(r"(?<=[a-z]{2})s\b")
_OF_ANY_PLACE = frozenset(
    plain(
        """street road lane square avenue park market town city station centre center north south east west branch
        practice clinic salon studio location surgery strasse straße platz markt bahnhof stadt praxis filiale standort
        zentrum calle plaza avenida centro clinica consulta sede estacion mercado place gare cabinet ville marche site
        lieu praca estacao local main haupt hauptstrasse principal nord sued west"""
    ).split()
)
_OF_ANY_SERVICE = frozenset(
    plain(
        """appointment session treatment consultation review visit first follow check service assessment therapy termin
        sitzung behandlung beratung erste kontrolle sesion tratamiento consulta primera revision seance traitement
        consultation premiere controle sessao tratamento primeira"""
    ).split()
)
_TITLES = frozenset({"dr", "doctor", "mr", "mrs", "ms", "miss", "prof", "professor", "the", "and"})


def default_service(brief: Brief) -> ServiceBrief | None:
    """What somebody gets who only says "an appointment"."""
    general = [each for each in brief.services if "appointment" in map(plain, each.other_names)]
    usual = [each for each in brief.services if any(plain(n).endswith(" appointment") for n in each.other_names)]
    return next(iter([*general, *usual, *brief.services]), None)


def service_named(plainly: str, brief: Brief, language: Language) -> str:
    """The service that the words name: the longest name; the general one only if nothing else is named."""
    general = default_service(brief)
    plainly = f" {singular(plainly)} "
    named = {name: each for each in brief.services for name in _names(each) - {"appointment"} if f" {name} " in plainly}
    # "cut and blow dry" names one service, though "blow dry" is another one's name
    found = [
        (each is not general, len(name), each.name)
        for name, each in named.items()
        if not any(f" {name} " in f" {longer} " for longer in named if longer != name)
    ]
    if found and (max(found)[0] or language.code == "en"):
        return max(found)[2]
    if language.code != "en" or not brief.language.startswith("en"):
        meant = _meant(plainly, brief, language)
        if meant:
            return meant
    if found:
        return max(found)[2]
    return general.name if general is not None and len(brief.services) == 1 else ""


def service_hinted(plainly: str, brief: Brief) -> str:
    """The one service that has a telling word of a question in its name: "do you do online?"."""
    heard = set(singular(plainly).split())
    found = [each.name for each in brief.services if _words_of_name(each) & heard]
    return found[0] if len(found) == 1 else ""


def practitioner_named(plainly: str, brief: Brief) -> str:
    heard = set(plainly.split())
    found = [who for who in brief.practitioners if (set(plain(who).split()) - _TITLES) & heard]
    return found[0] if len(found) == 1 else ""


def place_named(plainly: str, brief: Brief) -> str:
    """The location that the words name: by its whole name, or by the words that only its name has ("in Headingley")."""
    whole = [each.name for each in brief.places if f" {plain(each.name)} " in f" {plainly} "]
    if whole:
        return max(whole, key=len)
    heard = set(plainly.split())
    telling = {each.name: _telling_words(each.name) for each in brief.places}
    found = [name for name, words in telling.items() if words & heard]
    return found[0] if len(found) == 1 else ""


def _words_of_name(service: ServiceBrief) -> set[str]:
    return {word for word in singular(plain(service.name)).split() if len(word) > 4} - _OF_ANY_SERVICE


def _telling_words(name: str) -> set[str]:
    return {word for word in plain(name).split() if len(word) > 3} - _OF_ANY_PLACE


def singular(plainly: str) -> str:
    """Without the s of the plural, which these languages share; good for comparing only."""
    return _PLURAL.sub("", plainly.strip())


def names_of(service: ServiceBrief) -> frozenset[str]:
    """What it is called, comparable."""
    return _names(service)


def usual_names_in(text: str, language: Language) -> list[tuple[int, int, list[str]]]:
    """Where in a comparable text services are spoken of in the patient's language, with their usual English names."""
    words = _words_of(language)
    found = ((match, match.lastindex or 1) for match in _pattern(language).finditer(text))
    return [(match.start(group), match.end(), words[match[group]]) for match, group in found]


def meant_by(usual: list[str], brief: Brief) -> str:
    """The service with such a usual name; "" for none."""
    for names in (_names, _meanings):
        found = dict.fromkeys(each.name for name in usual for each in brief.services if name in names(each))
        if found:
            return next(iter(found))
    return ""


def _meant(plainly: str, brief: Brief, language: Language) -> str:
    """The service that is called otherwise in the patient's language than in the business's."""
    usual = _usual_names(plainly, language)
    for names_of in (_names, _meanings):
        found = [each for name in usual for each in brief.services if name in names_of(each)]
        if found:
            general = default_service(brief)
            return next((each for each in found if each is not general), found[0]).name
    return ""


@lru_cache(maxsize=256)
def _names(service: ServiceBrief) -> frozenset[str]:
    return frozenset(singular(plain(each)) for each in (service.name, *service.other_names))


@lru_cache(maxsize=256)
def _meanings(service: ServiceBrief) -> frozenset[str]:
    """The usual English names of what its names say in any language."""
    return frozenset(
        name for each in _names(service) for table in all_languages() for name in _usual_names(each, table)
    )


def _usual_names(plainly: str, language: Language) -> list[str]:
    """The usual English names of all services that are spoken of, the longest words first."""
    found = [match[match.lastindex or 1] for match in _pattern(language).finditer(f" {plainly} ")]
    found = [word for word in found if not any(f" {word} " in f" {other} " for other in found if other != word)]
    found.sort(key=len, reverse=True)
    return [name for word in found for name in _words_of(language)[word]]


@lru_cache(maxsize=16)
def _words_of(language: Language) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, words in language.service_words.items():
        for word in words:
            found.setdefault(singular(plain(word)), []).append(singular(plain(name)))
    return found


@lru_cache(maxsize=16)
def _pattern(language: Language) -> re.Pattern[str]:
    known = sorted(_words_of(language), key=len, reverse=True)
    whole = "|".join(map(re.escape, known))
    if language.code not in COMPOUNDING:
        return re.compile(rf"(?<= )({whole})\w*")
    within = "|".join(re.escape(each) for each in known if len(each) >= LONG)
    return re.compile(rf"(?<= )(?=({whole})|\w*?({within}))\w+")
