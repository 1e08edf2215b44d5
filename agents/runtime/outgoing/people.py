"""Who is named in a reply as the one who treats."""

import re
from collections.abc import Sequence

from agents.runtime.outgoing.calendar_words import CALENDAR_WORDS
from agents.runtime.outgoing.facts import Ground
from agents.runtime.outgoing.folding import fold
from agents.runtime.outgoing.sentences import Sentence

NEAR = 24  # characters within which two words are one naming: "Ada Silva"
_TITLES = (
    r"(?:dr|dra|doctor|doctora|doktor|doutora?|docteure?|prof|professor|hr|herrn?|frau|mr|mrs|ms|miss|mme"
    r"|madame|monsieur|mlle|se[nñ]ora?|senhora?|sra?|don|dona)"
)
_NAME = r"[^\W\d_a-z\u00df-\u00ff][\w'’-]+"
_TITLED = re.compile(
    rf"(?<!\w)(?i:{_TITLES})\.?[ ]+((?:(?:de|da|do|dos|von|van|del|la|le"
    rf"|(?i:{_TITLES})\.?)[ ]+)*{_NAME}(?:[ ]+(?:(?:de|da|do|dos|von|van|del)[ ]+)?{_NAME})*)"
)
_PAIR = re.compile(rf"{_NAME} {_NAME}")  # "Ada Weber", of Ada Silva and Ben Weber
_BARE = re.compile(rf"((?:{_NAME})(?:[ ]+{_NAME})*)")
_ROLE = re.compile(  # "our hygienist Karen Blake"
    r"(?:dentist|hygienist|stylist|therapist|colleague|nurse|barber|hairdresser|physio|receptionist|Kolleg(?:e|in)"
    r"|(?:Zahn)?[Ää]rzt(?:in)?|Stylistin|Friseur(?:in)?|Therapeut(?:in)?|higienista|dentista|estilista|compañer[oa]"
    r"|colega|hygiéniste|dentiste|coiffeu(?:r|se)|collègue|thérapeute|cabeleireir[oa]|enfermeir[oa]|infirmière)"
    rf" ({_NAME}(?: {_NAME})?)"
)
_WORKS = re.compile(rf"(?:works?|arbeitet|trabaja|travaille|trabalha)(?: \w+){{0,3}}? ({_NAME} {_NAME})")
_DOES = re.compile(  # "Nina Schuster hat heute noch Zeit für dich"
    rf"(?:^|[.!?,] )({_NAME} {_NAME}) (?:has|can|will|is free|would|treats|sees|hat (?:\w+ )*?(?:Zeit|frei|Platz)"
    r"|schneidet|behandelt|betreut|kümmert|empfängt|tiene|puede|la atender|le atender|peut|vous (?:prend|reçoit|verra)"
    r"|tem|pode|vai atender|atende)(?!\w)"
)
_LISTED = re.compile(rf"{_NAME}(?: {_NAME})?(?:(?:,| and| und| y| e| et| &) {_NAME}(?: {_NAME})?)+")
_JOINT = re.compile(r",? (?:and|und|y|e|et|&) |, ")
_NOBODY = re.compile(
    r"(?:\bno|\bkeine?n?|\bning[uú]na?|\baucune?|\bpas de|\bnenhuma?)\s+$", re.IGNORECASE
)  # "no Dr Miller"
_ADDRESSED = re.compile(  # "Dear Ms Lopes": whom the reply is for
    r"(?:^|[\n.!?] *)(?:dear|hello|hi|hey|good (?:morning|afternoon|evening)|thanks?(?: you)?(?: very much)?"
    r"|guten (?:tag|morgen|abend)|hallo"
    r"|liebe[r]?|sehr geehrte[r]?|danke|vielen dank|grus gott|hola|buen[oa]s? (?:dias|tardes|noches)"
    r"|estimad[oa]|querid[oa]|gracias|bonjour|bonsoir"
    r"|cher|chere|merci|ola|oi|bom dia|boa (?:tarde|noite)|car[oa]|exm[oa]\.?|prezad[oa]|obrigad[oa]),? *$"
)
_TITLE_ONLY = re.compile(rf"^{_TITLES}$")
_CLOCK = re.compile(r"\d[:.]\d\d(?!\d)|\d ?[Uu]hr")
_GERMAN_NOUN = re.compile(
    r"(?:ung|heit|keit|schaft|tion|tat|ment|nis|en|ern|chen|termin|zeit|arzt|arztin|team|praxis"
    r"|kontrolle|reinigung|behandlung|bedarf|nichterscheinen)$"
)


def practitioners_named(text: str, ground: Ground) -> list[str]:
    """The business's practitioners whose name, or part of it, stands in the text; no namesake of theirs."""
    words = set(re.findall(r"[^\W\d_]+", fold(text)))
    found = []
    for name in ground.practitioners:
        parts = _parts(name)
        alone = [p for p in parts if sum(p in _parts(other) for other in ground.practitioners) == 1]
        alone = [p for p in alone if p not in ground.patients_names]
        if (alone and any(part in words for part in alone)) or (parts and parts <= words):
            found.append(name)
    return found


def practitioners_at(folded: str, ground: Ground) -> list[tuple[int, str]]:
    """Where in a text a practitioner is named: the first word of each naming."""
    found: list[tuple[int, str]] = []
    parts = {name: _parts(name) for name in ground.practitioners}
    if not any(part in folded for own in parts.values() for part in own):
        return found
    for word in re.finditer(r"[^\W\d_]+", folded):
        names = [name for name, own in parts.items() if word[0] in own - ground.patients_names]
        if len(names) == 1 and (not found or found[-1][1] != names[0] or word.start() - found[-1][0] > NEAR):
            found.append((word.start(), names[0]))
    return found


def strangers(text: str, sentences: Sequence[Sentence], ground: Ground) -> list[str]:
    """ "practitioner" when somebody is named, by a title or after "with", whom the business does not have."""
    if ground.heard is None:
        return []
    theirs = [_parts(name) for name in ground.practitioners]
    patients = {part for name in ground.committed.names for part in _parts(name)}
    filled = hidden(text, ground.heard.said)
    named = [
        _parts(match[1])
        for match in _TITLED.finditer(text)
        if not _NOBODY.search(text[: match.start()]) and not _ADDRESSED.search(fold(text[: match.start()])[-30:])
    ]
    named += [_parts(match[1]) for pattern in (_ROLE, _DOES, _WORKS) for match in pattern.finditer(text)]
    named += _listed_with(text, theirs)
    for sentence in sentences:
        named += _named_with(text[sentence.start : sentence.end], sentence)
    mixed = [_parts(match[0]) for match in _PAIR.finditer(text)] if len(theirs) > 1 else []
    if any(len(pair) > 1 and pair <= set().union(*theirs) and not any(pair <= own for own in theirs) for pair in mixed):
        return ["practitioner"]
    unknown = [name for name in named if name and not any(name <= parts for parts in theirs)]
    if not unknown:
        return []
    others = patients | filled | _other_words(ground)
    return ["practitioner"] if any(_is_stranger(name, theirs, others) for name in unknown) else []


def _is_stranger(name: set[str], theirs: Sequence[set[str]], others: set[str]) -> bool:
    """A known surname with another first name is a stranger too."""
    rest = name - others
    return bool(rest) and not any(rest <= parts for parts in theirs)


def _listed_with(text: str, theirs: Sequence[set[str]]) -> list[set[str]]:
    """Who is listed beside one of ours by two names: "Mia Brandt, Jonas Keller und Sabine Vogt"."""
    found: list[set[str]] = []
    for match in _LISTED.finditer(text):
        people = [_parts(each) for each in _JOINT.split(match[0])]
        ours = sum(any(each <= own for own in theirs) for each in people if each)
        if ours:
            named = (each for each in people if len(each) > 1 or not any(map(_GERMAN_NOUN.search, each)))
            found += [each for each in named if len(each) > 1 or ours > 1]
    return found


def _named_with(raw: str, sentence: Sentence) -> list[set[str]]:
    """Who stands after "with". German writes every noun with a capital: there a figure must stand in the sentence,
    which is then about an appointment, and the word may not look like a noun."""
    found = []
    wording = sentence.wordings[0]
    for preposition in wording.pattern("with_whom").finditer(sentence.folded):
        name = (
            _BARE.match(raw, preposition.end() + 1) if raw[preposition.end() : preposition.end() + 1] == " " else None
        )
        if name is None:
            continue
        single = len(name[1].split()) == 1
        if wording.code == "de" and (preposition[0] == "zu" or (single and not _CLOCK.search(raw))):
            continue
        if wording.code == "de" and re.match(r"(?:Ihr|Dein|Unser|Mein|Ein|Kein)\w*\s", name[1]):
            continue
        parts = _parts(name[1])
        if wording.code == "de" and single and any(map(_GERMAN_NOUN.search, parts)):
            continue
        found.append(parts)
    return found


def hidden(text: str, said: str) -> set[str]:
    """Words that stand in the reply but not in the draft: what placeholders were filled with."""
    if not said or said == text:
        return set()
    return _parts(text) - _parts(said)


def _other_words(ground: Ground) -> set[str]:
    """Names that are nobody's: the business, its services, its streets, and whatever its own texts mention."""
    assert ground.heard is not None
    brief = ground.heard.brief
    texts = [
        brief.business,
        brief.assistant,
        brief.address,
        *(name for each in brief.services for name in (each.name, *each.other_names)),
    ]
    texts += [*ground.published, *ground.told_by_tools, *ground.said_before]
    return {part for text in texts for part in _parts(text)} | _COMMON


def _parts(name: str) -> set[str]:
    words = re.findall(r"[^\W\d_]+", fold(name))
    return {
        word
        for word in words
        if len(word) > 1
        and not _TITLE_ONLY.match(word)
        and word not in ("de", "da", "do", "dos", "von", "van", "del", "la", "le")
    }


_COMMON = CALENDAR_WORDS | {
    *("yes", "no", "ja", "nein", "doch", "klar", "oui", "non", "si", "sy", "sim", "nao", "claro", "sure"),
    *("both", "beide", "ambos", "ambas", "tous", "toutes", "todos", "todas", "alle"),
    "you",
    "your",
    "us",
    "our",
    "the",
    "whatsapp",
    "google",
    "nhs",
    "sms",
    "email",
    "ihnen",
    "ihrem",
    "ihrer",
    "ihr",
    "sie",
    "uns",
    "freude",
    "usted",
    "ustedes",
    "vous",
    "nous",
    "voce",
    "senhor",
    "senhora",
    "team",
    "equipo",
    "equipe",
    "praxis",
    "freundlichen",
    "grusen",
}
