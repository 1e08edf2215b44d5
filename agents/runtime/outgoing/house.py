"""What the house has said of itself, told the other way round: "we take cheques", where it takes none."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from agents.runtime.outgoing.answers import YES
from agents.runtime.outgoing.facts import Ground
from agents.runtime.outgoing.folding import fold
from agents.runtime.outgoing.sentences import Sentence

_TOPICS = {
    "cheques": r"cheques?|schecks?|talao|taloes",
    "card": r"by card|(?:credit|debit) cards?|cards|ec[ -]karte|kreditkarte\w*|mit karte|kartenzahlung|tarjetas?"
    r"|(?:par|la) carte|carte bancaire|cartao|cartoes",
    "cash": r"cash|bargeld|barzahlung|in bar|bar|(?:en )?efectivo|especes|en liquide|(?:em )?(?:dinheiro|numerario)",
    "parking": r"parking|car park|park(?:en|platz|platze|plätze)|tiefgarage|aparcamiento|aparcar|stationnement"
    r"|se garer|garer|estacionamento|estacionar|parque de estacionamento",
    "form": r"forms?|formular\w*|formulaire\w*|fill (?:in|out)|ausfull\w+|rellenar|remplir|preench\w+"
    r"|questionnaire\w*|fragebogen",
    "early": r"(?:come|arrive|be) (?:\w+ ){0,3}early|(?:fruher|eher) (?:kommen|da sein)|(?:venir"
    r"|llegar) (?:con antelacion|antes)"
    r"|(?:venir|arriver) (?:\w+ ){0,3}en avance|(?:vir|chegar) (?:\w+ ){0,3}(?:mais cedo|antes|com antecedencia)",
    "lift": r"lift|elevator|aufzug|fahrstuhl|ascensor|ascenseur|elevador",
    "wheelchair": r"wheelchairs?|step[ -]free|rollstuhl\w*|barrierefrei|sillas? de ruedas|fauteuils? roulants?"
    r"|cadeiras? de rodas",
    "pets": r"dogs?|pets?|hunde?|haustiere?|perros?|mascotas?|chiens?|animaux|caes|animais",
    "wifi": r"wi-?fi|wlan",
    "insurance": r"insurances?|versicherung\w*|krankenkassen?|seguros?|assurances?|mutuelles?|convenios?",
}
ARTICLES = 1  # words beside a matter that is only named: "les chèques"
NEAR = 24  # characters in which a denial takes it back
_topics = {name: re.compile(rf"(?<!\w)(?:{words})(?!\w)") for name, words in _TOPICS.items()}
_ANY = re.compile("|".join(pattern.pattern for pattern in _topics.values()))
_PAID_BY = frozenset({"cheques", "card", "cash"})
_CARD = re.compile(r"(?<!\w)(?:cards?|karten?|tarjetas?|cartes?|cartao|cartoes)(?!\w)")
_ONLY_FR = re.compile(r"(?<!\w)(?:ne |n')(?=(?:\w+ ){1,3}que(?!\w))|(?<=\w )que(?= (?:la|le|les|des|du|en|par)\b)")
_ONLY = re.compile(
    r"(?<!\w)(?:only|just|nur|ausschlieslich|solo|unicamente|seulement|uniquement|apenas|somente|so)(?!\w)"
)
_DENIES = re.compile(
    r"(?<!\w)(?:no|not|non|nein|nope|\w+n't|cannot|never|none|without|nor|neither|nicht|kein\w*|nie|ohne|weder"
    r"|noch nicht|nunca"
    r"|ningun\w*|sin|ni|tampoco|ne|n'\w+|pas|aucune?|jamais|sans|nao|nenhum\w*|sem|nem|unable|entfallt)(?!\w)"
)
_PIECE = re.compile(
    r"[,;:.!?()\n–—]| - |(?<!\w)(?:but|only|aber|sondern|nur|pero|sino|solo|mais|seulement|uniquement|mas|apenas)(?!\w)"
)
_UNSURE = re.compile(
    r"(?<!\w)(?:whether|ob|perhaps|maybe|vielleicht|quiza\w*|tal vez|peut-etre|talvez|preferred|lieber|mejor)(?!\w)"
)


@lru_cache(maxsize=512)
def _told(folded: str) -> frozenset[tuple[str, bool]]:
    """Of which matters a text speaks, and whether it says that there is none."""
    if not _ANY.search(folded):
        return frozenset()
    plain = _ONLY_FR.sub(" seulement ", folded)
    found = {
        (name, bool(_DENIES.search(piece)))
        for piece in _pieces(plain)
        for name, pattern in _topics.items()
        if pattern.search(piece)
    }
    paid = {name for name, denied in found if not denied and name in _PAID_BY}
    paid |= {"card"} if paid and _CARD.search(plain) else set()
    if paid and _ONLY.search(plain):  # "only cash" says that no card is taken
        found |= {(name, True) for name in _PAID_BY - paid}
    return frozenset(found)


def _pieces(plain: str) -> list[str]:
    """What is only named belongs to what follows: "cheques, we don't take those"."""
    pieces: list[str] = []
    named = ""
    for piece in _PIECE.split(plain):
        if named and not _ANY.search(piece):
            pieces[-1] += piece
            named = "" if piece.strip() else named
            continue
        pieces.append(piece)
        named = piece if _ANY.search(piece) and len(_ANY.sub("", piece).split()) <= ARTICLES else ""
    return pieces


_INCLUDES = re.compile(  # what a treatment holds is told by the house only
    r"(?<!\w)(?:includ(?:es|ed)|beinhaltet|inbegriffen|inklusive|inkludiert|incluye\w*|incluid[oa]s?|inclut|inclus\w*"
    r"|inclui"
    r"|incluem)(?!\w)"
)


def _tells_what_is_included(sentence: Sentence) -> bool:
    match = _INCLUDES.search(sentence.folded)
    return (
        match is not None
        and not _is_open(sentence)
        and not _DENIES.search(sentence.folded[max(0, match.start() - NEAR) : match.start()])
    )


def contradicts_the_house(sentences: Sequence[Sentence], ground: Ground) -> list[str]:
    """["house"] when a sentence says the opposite of what the house has said on the same matter."""
    if ground.heard is None:
        return []
    if any(_tells_what_is_included(each) for each in sentences):
        told = _texts(ground)
        if not any(_INCLUDES.search(fold(text)) for text in told):
            return ["house"]
    said = [pair for each in sentences if not _is_open(each) for pair in _told(each.folded)]
    said += _answered(sentences, ground)
    if not said:
        return []
    known = frozenset(pair for text in _texts(ground) for pair in _told(fold(text)))
    one_sided = {pair for pair in known if (pair[0], not pair[1]) not in known}
    return ["house"] if any((name, not denied) in one_sided for name, denied in said) else []


_YES_TO_IT = re.compile(
    r"\W*(?:na klar|of course|naturlich|selbstverstandlich|bien sur|por supuesto|com certeza)(?!\w)"
)


_NO_PROBLEM = re.compile(r"(?<!\w)(?:no|kein|sin|pas de|aucun|sem|nenhum) proble\w+")


def _answered(sentences: Sequence[Sentence], ground: Ground) -> list[tuple[str, bool]]:
    """ "Of course", asked whether cheques are taken."""
    if not ground.patients_words or not sentences or sentences[0].question:
        return []
    asked, first = _told(fold(ground.patients_words[-1])), sentences[0].folded
    yes = YES.match(first) or _YES_TO_IT.match(first)
    plain = (_NO_PROBLEM.sub("", each.folded) for each in sentences)
    if len(asked) != 1 or not yes or any(_DENIES.search(each) for each in plain):
        return []
    return [pair for pair in asked if not pair[1]]


def _texts(ground: Ground) -> Iterator[str]:
    yield from ground.published
    yield from ground.told_by_tools


def _is_open(sentence: Sentence) -> bool:
    conditional = any(wording.pattern("conditions").search(sentence.folded) for wording in sentence.wordings)
    return sentence.question or conditional or bool(_UNSURE.search(sentence.folded))
