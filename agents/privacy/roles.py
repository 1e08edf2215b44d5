"""Names that nobody announces, by the part that they play: "it's for Kwame", "Noah's appointment", "tell Hannah".

A capital letter is asked for everywhere, and no ordinary word, no day, no treatment is a name. German writes every noun
with a capital: there only what is said of people alone counts.
"""

import re
from collections.abc import Collection

from agents.privacy.introductions import name_end
from agents.privacy.reading import Claim, Reading
from agents.privacy.values import NAME
from agents.privacy.words import COMMON_WORDS, words

_CUES = re.compile(
    r"(?<![^\W_])(?:"
    # English
    r"(?:it's|its|it is|that's|this (?:one )?is|appointment|booking|slot|time|space) for(?: (?:little|baby|young))?"
    r"|under(?: the name(?: of)?)?|in the name of|(?:please )?(?:tell|ask|remind|inform|notify)|let(?= [a-z]+ know)"
    r"|bring(?:ing)?|fit(?: in)?|squeeze(?: in)?|see|book(?: in)?|me and|myself and|twins,?|kids,?|boys,?"
    r"|girls,?|children,?"
    r"|speaking:?|sur ?name(?: is|'s|: it's|:)?|surname: it's|for"
    # German
    r"|es geht um|(?:lauft|geht|ist|steht) auf|auf den namen|zwillinge[n]?,?|kinder[n]?,?|sag(?:en)? sie|sag"
    r"|richten sie"
    r"|ich und|wir,? das sind|ich bin'?s,?|im auftrag von|namens|konnen sie(?= [a-z\u00df]+ (?:noch|auch|am"
    r"|heute|morgen|dran))"
    # French
    r"|(?:c'est )?pour|au nom d[e']|(?:rdv|rendez-vous|consultation|creneau|seance) (?:de|d')|jumeaux,?"
    r"|jumelles,?|enfants,?"
    r"|di(?:tes|s) (?:a|\u00e0)|demandez (?:a|\u00e0)|moi et|de la part d[e']|prendre|voir|prevenez|prevenir|nommee?"
    # Spanish
    r"|(?:es )?para|a nombre de|(?:cita|hora|turno|visita|consulta) de|mellizos,?|gemelos,?|ninos,?|di(?:ga)?le a"
    r"|de parte de|(?:ver|atender|avisar|preguntar) a|avise a|yo y"
    # Portuguese
    r"|para (?:o|a)|em nome d[eao]|(?:consulta|marcacao|hora|horario) d[eao]|gemeos,?|diga (?:ao?|\u00e0)"
    r"|diz (?:ao?|\u00e0)"
    r"|d[ae] parte d[eao]|(?:ver|atender|avisar|trazer|encaixar) [oa]|avise [oa]|eu e(?: [oa])?"
    r") "
)
_ALL_NOUNS_BIG = re.compile(
    r"(?<![^\W_])(?:ich|nicht|und|der|die|das|ein|eine|einen|f\u00fcr|fur|bitte|mein|meine|uhr|ist)(?![^\W_])"
)
_ONLY_PEOPLE = re.compile(  # what German says of people alone
    r"(?:es geht um|(?:lauft|steht) auf|auf den namen|zwillingen?,?|sag(?:en)? sie|sag|richten sie|ich und"
    r"|ich bin'?s,?|im auftrag von|namens"
    r"|konnen sie) $"
)
_NOUN = re.compile(
    r"(?:ung|heit|keit|schaft|tion|tat|ment|nis|termin\w*|zeit|schmerz\w*|behandlung|haare?|zahn\w*|farbe|schnitt)$"
)
_OWNS = re.compile(
    r"(?<![^\W_])[^\W\d_]{3,}(?='s (?:appointment|booking|visit|slot|session|check|clean|filling|treatment"
    r"|tooth|teeth|hair|name|time)"
    r"|(?<=s) (?:termin|kontrolle|haarschnitt|zahn\w*|behandlung)(?![^\W_]))"
)
_WITH_ME = re.compile(r"(?<![^\W_])[^\W\d_]{3,}(?= (?:and (?:i|me|myself)|und ich|et moi|y yo|e eu)(?![^\W_]))")
_NEEDS = re.compile(
    r"(?:^|[.!?\n]\s{0,2})(?:[oa] )?(?=[^\W\d_])(?=(?:[^\W\d_]+ ){1,2}(?:needs|wants|would like|can't (?:make"
    r"|come)|has (?:toothache|a)|won't"
    r"|braucht|mochte|hat (?:schmerzen|zahn)|a besoin|a mal|voudrait|aimerait|necesita|quiere|tiene (?:dolor"
    r"|fiebre)|precisa|quer|tem (?:dor|febre))"
    r"(?![^\W_]))"
)
_LEADS = re.compile(r"^\s*(?=[^\W\d_]+ [^\W\d_]+(?: [^\W\d_]+)?,)")
_HOLIDAYS = words("""
christmas easter halloween weihnachten ostern pfingsten silvester noel paques toussaint navidad reyes
pascua natal pascoa carnaval whatsapp google invisalign nhs viele liebe beste herzliche freundliche
gruse grusse schone guten kind warm regards herzlichen unsere unser kleine kleiner bescheid revision
limpieza limpeza higiene controle detartrage reinigung kontrolle empaste obturacao corte couleur coupe
tinte color farbe waschen schneiden fohnen chemie strahnen wishes bonne bonjour journee soiree saludos
cordiales cordialement cumprimentos melhores many best vielen
""")
"""Written with a capital, and nobody."""


def read_roles(reading: Reading, plain: Collection[str] = ()) -> None:
    """`plain`: words (folded) that are nobody's secret, such as the names of staff: patients ask for them."""
    if reading.shadow.plain.islower():
        return
    german = len(_ALL_NOUNS_BIG.findall(reading.folded)) > 1

    def named(start: int) -> Claim | None:
        claim = _named(reading, start)
        words = set(re.findall(r"[^\W\d_]+", reading.folded[claim[1] : claim[2]])) if claim else set()
        return None if words & set(plain) else claim

    def leading(start: int) -> Claim | None:
        return _leading(reading, start) if named(start) else None

    def after_cue(match: re.Match[str]) -> Claim | None:
        if german and not _ONLY_PEOPLE.search(match[0]):
            return None
        return named(match.end())

    reading.sweep_folded(_CUES, after_cue)
    reading.sweep_folded(_OWNS, lambda match: named(match.start()))
    reading.sweep_folded(_WITH_ME, lambda match: named(match.start()))
    reading.sweep_folded(_NEEDS, lambda match: named(match.end()))
    reading.sweep_folded(_LEADS, lambda match: leading(match.end()))


def _named(reading: Reading, start: int) -> Claim | None:
    """A name begins at `start`, all of whose words have a capital and at least one of which is no ordinary word."""
    end = name_end(reading.rest, reading.folded, start, lower=False)
    words = re.findall(r"[^\W\d_]+", reading.folded[start:end])
    if not words or words[0] in COMMON_WORDS | _HOLIDAYS or len(words[0]) < 3 or _NOUN.search(words[-1]):
        return None
    return (NAME, start, end)


def _leading(reading: Reading, start: int) -> Claim | None:
    """ "Gareth Llewellyn, 10.30 tomorrow": two or three words with capitals before the first comma."""
    claim = _named(reading, start)
    if claim is None or reading.rest[claim[2] : claim[2] + 1] != ",":
        return None
    words = re.findall(r"[^\W\d_]+", reading.folded[start : claim[2]])
    return claim if len(words) > 1 and not any(word in COMMON_WORDS | _HOLIDAYS for word in words) else None
