"""Slips of the finger in the words that matter: two letters swapped, one missing, one too many.

A replaced letter is left alone ("cancer" is not "cancel"), and so is every word that the language has itself.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from agents.llm.guided.languages import Language
from agents.llm.guided.words import unaccented
from calendar_sync.when.language import language as when_language

LONG = 6  # letters from which on a slip is mended in any message; in shorter words two swapped letters, and the rest
# only where nothing was understood, or a yes is asked for
SHORT = 4
_WORD = re.compile(r"[^\W\d_]+")
_PLACEHOLDER = re.compile(r"\[[^\]]*\]")

WORDS = {
    "en": """yes sure perfect please works sounds good great thanks appointment appointments cancel cancelled reschedule
        change move book booking waiting list undo mistake minutes late running traffic address opening hours where
        price cost person human someone team tomorrow today morning afternoon evening instead soon possible urgent
        never mind leave""",
    "de": """bitte danke passt gerne ordnung termin termine absagen stornieren verschieben verlegen andern buchen
        warteliste ruckgangig versehen minuten verspate verspatung stau spater adresse offnungszeiten geoffnet kostet
        mensch menschen mitarbeiter morgen heute ubermorgen vormittag nachmittag abend lieber bald dringend wann welche
        brauche mochte""",
    "es": """gracias favor perfecto acuerdo vale cita citas cancelar cancele cambiar mover reservar pedir lista espera
        deshaga error minutos tarde retraso direccion horario abiertos cuesta precio persona alguien equipo manana
        pasado antes posible urgente necesito quiero quisiera cuando donde llego llegare llegando
        retrasado retrasada""",
    "fr": """merci oui parfait accord marche rendez vous annuler annulez deplacer reporter changer reserver liste
        attente erreur minutes retard adresse horaires ouverts coute prix personne quelqu equipe demain matin midi
        plutot possible urgent besoin voudrais quand quels""",
    "pt": """obrigado obrigada perfeito favor sim consulta consultas marcar marcacao cancelar cancele mudar remarcar
        lista espera desfazer desfaca engano minutos atrasado atrasada atraso morada horario abertos custa preco pessoa
        alguem equipa amanha manha tarde possivel urgente preciso quero queria gostaria quando""",
}

REAL = {  # words that are one slip away from those, and right
    "en": "work sound thank movie moved changed books boo pleased coast",
    "de": "anderen andere anderer anderem anderes liebe bitter bitten bad pass passe danken staub wanne "
    "verschrieben verschreiben",
    "es": "personal ante valer legos lleno",
    "fr": "personnel",
    "pt": "quer marca muda",
}


SHORTHAND = {
    "en": {
        "u": "you",
        "ur": "your",
        "n": "and",
        "cud": "could",
        "wud": "would",
        "wanna": "want to",
        "gonna": "going to",
    },
    "de": {"u": "und", "od": "oder"},
    "es": {"q": "que", "tb": "también", "tmb": "también", "tbn": "también", "xq": "porque", "x": "por"},
    "fr": {"pr": "pour", "vs": "vous", "ns": "nous", "bcp": "beaucoup", "svp": "s'il vous plaît"},
    "pt": {"vc": "você", "vcs": "vocês", "tb": "também", "tbm": "também", "q": "que", "pro": "para o"},
}


def mended(text: str, language: Language, *, shortest: int = LONG) -> str:
    """The text with slips in known words of at least so many letters set right; the rest letter for letter."""
    hidden = [match.span() for match in _PLACEHOLDER.finditer(text)]

    def right(match: re.Match[str]) -> str:
        if any(start <= match.start() < end for start, end in hidden):
            return match[0]
        return _meant(unaccented(match[0]).casefold(), language, shortest) or match[0]

    return _WORD.sub(right, text)


def _meant(word: str, language: Language, shortest: int) -> str:
    """The one known word that was meant; "" where it is right already, or nobody can tell."""
    known = _known(language)
    if word in SHORTHAND[language.code]:
        return SHORTHAND[language.code][word]
    if len(word) < min(shortest, SHORT) or word in known or word in language.function_words:
        return ""
    if word in _real(language.code) or word.removesuffix("s") in known:
        return ""  # "morgens" is no "morgen", "after work" no "works", and a plural is no slip
    if len(word) < shortest:  # two letters swapped seldom make another word
        swapped = {each for each in _swapped(word) if each in known and each[0] == word[0]}
        return swapped.pop() if len(swapped) == 1 else ""
    found = set(_slips(language).get(word, ()))
    found |= {shorter for shorter in _without_one(word) if shorter in known and len(shorter) >= shortest - 1}
    alike = {each for each in found if each[0] == word[0]}
    return alike.pop() if len(alike) == 1 else ""


@lru_cache(maxsize=8)
def _known(language: Language) -> frozenset[str]:
    days = (unaccented(each).casefold() for each in (*language.weekdays, *language.months))
    return frozenset({*WORDS[language.code].split(), *(part for day in days for part in day.split("-"))})


@lru_cache(maxsize=8)
def _real(code: str) -> frozenset[str]:
    """Words that are no slip: REAL, and every word that says when."""
    table = when_language(code)
    phrases = (*table.phrases, *(word for words in table.words.values() for word in words))
    return frozenset(word for phrase in (*phrases, REAL[code]) for word in phrase.split())


@lru_cache(maxsize=8)
def _slips(language: Language) -> dict[str, tuple[str, ...]]:
    """What each known word may look like with a letter missing or two swapped."""
    found: dict[str, tuple[str, ...]] = {}
    for word in _known(language):
        if len(word) >= SHORT:
            for slip in {*_without_one(word), *_swapped(word)} - {word}:
                found[slip] = (*found.get(slip, ()), word)
    return found


def _without_one(word: str) -> Iterator[str]:
    return (word[:place] + word[place + 1 :] for place in range(len(word)))


def _swapped(word: str) -> Iterator[str]:
    return (word[:place] + word[place + 1] + word[place] + word[place + 2 :] for place in range(len(word) - 1))
