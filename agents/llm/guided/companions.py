"""Several people of one message who each want an appointment: "for me and my son", "my wife and I both need one"."""

import re
from dataclasses import dataclass

from agents.llm.guided.languages import Language

_ASIDE = re.compile(  # "my daughter's tooth before my friend's wedding": the second is only spoken of
    r"\b(?:before|after|since|until|because|when|vor|nach|bevor|weil|wenn|antes|despues|porque|cuando|avant|apres|"
    r"parce|quand|depois|quando)\b",
    re.IGNORECASE,
)
CLOSE = 4  # words between two relatives of one breath: "for my wife and also for my son"
MOST = 4  # people


@dataclass(frozen=True, kw_only=True)
class Person:
    relation: str
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class Party:
    """Whoever is named, in order. `writer`: the one who writes comes first, before them."""

    people: tuple[Person, ...] = ()
    writer: bool = True


ALONE = Party()


def party_in(bare: str, text: str, language: Language) -> Party:
    """`bare`: the text without accents, letter for letter. ALONE unless two or more appointments are wanted."""
    words = language.words
    if not words["relative"].search(bare) or words["as_couple"].search(bare):
        return ALONE
    with_writer = bool(words["with_me"].search(bare))
    people = _in_one_breath(bare, text, language)
    if with_writer or words["also_for"].search(bare):
        return Party(people=people, writer=with_writer or len(people) == 1)
    if len(people) > 1 and words["for_other"].search(bare):
        return Party(people=people, writer=False)
    return Party(people=people) if words["both"].search(bare) else ALONE


def _how_many(said: str, language: Language) -> int:
    """ "My two kids": 2."""
    numbers = (int(word) if word.isdigit() else language.counting.numbers.get(word, 1) for word in said.lower().split())
    return min(MOST, max(1, *numbers))


def _in_one_breath(bare: str, text: str, language: Language) -> tuple[Person, ...]:
    """The relatives that follow one another closely, each with the name that stands right after."""
    found: list[Person] = []
    end = 0
    for match in language.words["relative"].finditer(bare):
        gap = bare[end : match.start()]
        if found and (len(gap.split()) > CLOSE or set(gap) & set(".!?") or _ASIDE.search(gap)):
            break
        name = language.words["name_after"].match(bare, match.end())
        said = text[name.start(1) : name.end(1)] if name else ""
        end = name.end() if name else match.end()
        person = Person(relation=match[1].lower(), name=said)
        found.extend([person] * (1 if said else _how_many(match[0], language)))
    return tuple(found[:MOST])
