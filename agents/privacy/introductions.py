"""Names that nobody told us, where a sentence introduces them: "my name is …", "für meine Tochter …", "Name: …"."""

import re

from agents.privacy.reading import Claim, Reading
from agents.privacy.values import NAME
from agents.privacy.words import COMMON_WORDS, NOT_A_NAME, PARTICLES, TRADE_WORDS

_CERTAIN = re.compile(
    r"\b(?:(?:my|his|her|the|their|patient's|full|first|last)\s(?:(?:full|first|last"
    r"|middle)\s)?(?:sur)?name(?:\sis|'s|:)|names|"
    r"name's|they call me|call me|(?:i'm|i am|is|is called|called|named)\s(?:called|named)|surname is|"
    r"(?:mein|ihr|sein|der)\s(?:voller\s)?name\sist|(?:ich|sie|er|sohn|tochter|mann|frau|kind)\s(?:heisse|heise"
    r"|heist|heisst)|"
    r"je m'appelle|s'appelle|mon (?:nom|prenom) (?:est|c'est)|"
    r"(?:me|se) llamo|se llama|mi (?:nombre|apellido) es|su nombre es|"
    r"(?:o )?(?:meu|seu) nome (?:e|completo e)|chamo-me|me chamo|chama-se|on behalf of)\s*:?\s*"
    r"|(?:^|[\n;,(]\s{0,3})(?:(?:full|first|last|patient|patient's|contact|your|my|mein|mon|mi"
    r"|(?:o )?meu)\s)?(?:name|surname"
    r"|patient(?:in)?|vorname|nachname|familienname|nom|prenom|nombre|apellidos?|nome|apelido"
    r"|sobrenome|paciente)(?:\s?\([^)\n]{0,20}\))?\s?[:=]\s?"
)
_LIKELY = re.compile(
    r"\b(?:i'm|i am|this is|it's|it is|its|here is|speaking with|ich bin|hier ist|hier spricht"
    r"|hier schreibt|schreibt ihnen|vous ecrit|(?:le|te) (?:escribe|habla)|lhe (?:escreve|fala)|"
    r"je suis|c'est|ici|soy|d?aqui(?:\s(?:e|habla|fala))?(?:\s[oa])?|habla|sou(?:\s[oa])?|fala(?:\s[oa])?)\s"
)
_WRITES = re.compile(
    r"\b(?:this is|hier ist|hier schreibt|aqui (?:fala|e|\u00e9)(?: [oa])?|le escribe|vous ecrit"
    r"|lhe escreve(?: [oa])?)\s(?=[^\W\d_]+(?:[,.!\n]|$))"
)
_RELATIVE = re.compile(
    r"\b(?:my|our|mein(?:e[nmrs]?)?|unser(?:e[nmrs]?)?|mon|ma|notre|mi|nuestr[oa]|(?:[oa] )?(?:meu"
    r"|minha|nossa?))\s"
    r"(?:\w{2,12}\s)?(?:son|daughter|wife|husband|partner|mother|father|mum|mom|dad|baby|child|brother"
    r"|sister|nephew|niece|"
    r"grandson|granddaughter|grandmother|grandfather|friend|girlfriend|boyfriend|fiancee?|aunt|uncle|"
    r"sohn(?:es)?|tochter|frau|mann|mutter|vater|kind|bruder|schwester|oma|opa|enkel(?:in)?"
    r"|freund(?:in)?|partner(?:in)?|"
    r"fils|fille|femme|mari|mere|pere|enfant|bebe|frere|soeur|ami|amie|compagne|compagnon|"
    r"hij[oa]|mujer|esposa|marido|madre|padre|ninh?[oa]|herman[oa]|abuel[oa]|amig[oa]|novi[oa]|nieto|nieta|"
    r"filh[oa]|mulher|mae|pai|irmao?|av[oo]|amigo|amiga|neto|neta)"
    r"(?:\s?,\s?|\s(?:is\s)?(?:called|named)\s|(?:'s|\sihr|\ssein)?\sname\s(?:is|ist)\s|\s(?:heisst"
    r"|heist|s'appelle|se llama|chama-se)\s|\s?\(|\s)"
)
_BOOKED_FOR = re.compile(
    r"\b(?:book(?:ing|ed)?|appointment|slot|reservation|rendez-vous|rdv|cita|reserva|consulta|marcacao)\s(?:for"
    r"|pour|para)\s"
)
"""Two words with capitals follow; one alone may well be a treatment."""
_PRESENTED = re.compile(
    r"\s(?:here|speaking|mein name|hier|a l'appareil|al habla|al aparato|a falar)\b(?=\s*(?:$|[,.;!:\n-]))"
)
_BEFORE = re.compile(r"(?:^|[,.;!:\n])\s{0,3}$")
_TITLED = re.compile(
    r"(?:\b(?:mr|mrs|ms|miss|mx|herrn?|frau|madame|mme|monsieur|mlle|senora?|sra?|dona|senhora?)\b\.?"
    r"|(?<![^\W_])m\.)\s"
)
_SIGNED = re.compile(
    r"\b(?:regards|thanks|thank you|cheers|best wishes|best|sincerely|yours|love|grus{1,2}e?n?"
    r"|lg|vg|mfg|danke|dank|(?:thanks|thank you) (?:so|very) much|danke (?:schon|sehr)|merci beaucoup|"
    r"cordialement|merci|bien a vous|saludos|un saludo|atentamente|gracias|cumprimentos|obrigad[oa]"
    r"|abraco|atenciosamente)"
    r"\s?[,!.\-]*\s{0,3}(?=[^\W\d_])"
)
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['\-.](?=[^\W\d_]))*\.?")
_GAP = re.compile(r"[ \t]{1,2}|(?<=\.)")
_END = re.compile(r"\s*(?:$|[,.;!?)\n:…]|-\s)")
_SIGNATURE_END = re.compile(r"[\s.!x❤🙏😊-]*$")
_ASKS_NAME = re.compile(r"\b(?:name|names|called|heissen|heisen|nom|prenom|nombre|llama|nome|chama)\b")
_ANSWER = re.compile(
    r"\s*(?:(?:yes|sure|ok|hi|hello|it's|its|it is|ja|klar|oui|si|sim|claro|bien sur|c'est|es"
    r"|e)[,.!]?\s+){0,2}"
)
_AND = frozenset({"and", "und", "y", "e", "et"})
_LONGEST = 5


def asks_for_name(text: str) -> bool:
    """Whether a question (folded) asks for somebody's name."""
    return _ASKS_NAME.search(text) is not None


def read_introductions(reading: Reading, *, expected: bool) -> None:
    plain = reading.shadow.plain

    def following(match: re.Match[str], *, lower: bool) -> Claim | None:
        end = name_end(reading.rest, reading.folded, match.end(), lower=lower)
        return (NAME, match.end(), end) if end else None

    reading.sweep_folded(_CERTAIN, lambda match: following(match, lower=True))
    if expected:
        reading.claim(_answer(reading))
    reading.sweep_folded(_RELATIVE, lambda match: following(match, lower=False) or _closing(reading, match))
    reading.sweep_folded(_WRITES, lambda match: _closing(reading, match))
    if plain.islower():
        return
    reading.sweep_folded(_LIKELY, lambda match: following(match, lower=False))
    reading.sweep_folded(_BOOKED_FOR, lambda match: _in_full(reading, following(match, lower=False)))
    reading.sweep_folded(_TITLED, lambda match: following(match, lower=False))
    reading.sweep_folded(_PRESENTED, lambda match: _presented(reading, match))
    reading.sweep_folded(_SIGNED, lambda match: _signature(reading, match))


def name_end(plain: str, folded: str, start: int, *, lower: bool) -> int:
    """Where the name that begins at `start` ends; 0 when none begins there.

    Words with a capital belong to it, particles between them too ("Ana de la Cruz"). With `lower` a name may be
    written small ("my name is anna berg"); then it ends at the first ordinary word.
    """
    end, position, words = 0, start, 0
    while words < _LONGEST and (word := _WORD.match(plain, position)):
        spelled, small = word.group(), folded[word.start() : word.end()].rstrip(".")
        if lower and small in _AND:
            break
        particle = small in PARTICLES and words > 0 and _GAP.match(plain, word.end()) is not None
        if not particle:
            if not _belongs(spelled, small, first=words == 0, lower=lower):
                break
            end = word.end() - (len(spelled) > 2 and spelled.endswith("."))
            lower = (lower and not spelled[0].isupper()) or (lower and words == 0 and not spelled[0].isupper())
        words += 1
        gap = _GAP.match(plain, word.end())
        if gap is None or (len(spelled) > 2 and spelled.endswith(".")):
            break
        position = gap.end()
    return end


def _belongs(spelled: str, small: str, *, first: bool, lower: bool) -> bool:
    if small in NOT_A_NAME or small.partition("'")[0] in {"i", "it", "that", "he", "she", "we", "there"}:
        return False
    if spelled[0].isupper() or (not spelled[0].islower() and not spelled[0].isascii()):
        return True
    return lower and len(small) > 1 and (first or small not in COMMON_WORDS)


_QUALITY = re.compile(r"(?:ous|ful|able|ible|less|ical|lich|isch|eux|euse|avel|ivel)$")
"""Ends of words for what something is like: "this is ridiculous"."""


def _closing(reading: Reading, match: re.Match[str]) -> Claim | None:
    """ "for my son leo." — a small letter counts when the phrase ends with the word."""
    word = _WORD.match(reading.rest, match.end())
    if word is None:
        return None
    small = reading.folded[word.start() : word.end()].rstrip(".")
    ends = _END.match(reading.rest, match.end() + len(small)) is not None
    named = ends and len(small) > 2 and small not in COMMON_WORDS and not _QUALITY.search(small)
    return (NAME, match.end(), match.end() + len(small)) if named else None


def _signature(reading: Reading, match: re.Match[str]) -> Claim | None:
    end = name_end(reading.rest, reading.folded, match.end(), lower=False)
    return (NAME, match.end(), end) if end and _SIGNATURE_END.match(reading.rest, end) else None


def _in_full(reading: Reading, claim: Claim | None) -> Claim | None:
    """A first and a last name, neither an ordinary word, with no ordinary noun after them ("Deep Tissue Massage")."""
    if claim is None:
        return None
    words = reading.folded[claim[1] : claim[2]].split()
    after = _WORD.match(reading.folded, claim[2] + 1)
    ordinary = any(word in COMMON_WORDS for word in words) or (after is not None and after.group() in TRADE_WORDS)
    return claim if len(words) > 1 and not ordinary else None


def _presented(reading: Reading, match: re.Match[str]) -> Claim | None:
    """ "Rhiannon Pugh here, …": one to three words with capitals, at the beginning of a phrase."""
    before = list(_WORD.finditer(reading.rest, max(0, match.start() - 60), match.start()))[-3:]
    for count in range(1, len(before) + 1):
        start = before[-count].start()
        if not _BEFORE.search(reading.rest[:start]):
            continue
        end = name_end(reading.rest, reading.folded, start, lower=False)
        return (NAME, start, end) if end == match.start() else None
    return None


def _answer(reading: Reading) -> list[Claim]:
    """A short answer to "what is your name?" is a name, or several joined by and or comma."""
    start = _ANSWER.match(reading.folded)
    position = start.end() if start else 0
    end = name_end(reading.rest, reading.folded, position, lower=True)
    return [(NAME, position, end)] if end else []
