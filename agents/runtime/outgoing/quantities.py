"""How long, how old, which line, how much of it: figures with a unit, which somebody must have told."""

import itertools
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from agents.runtime.outgoing.facts import Ground
from agents.runtime.outgoing.folding import fold
from agents.runtime.outgoing.naming import in_other_words
from agents.runtime.outgoing.sentences import Sentence
from agents.runtime.outgoing.treatments import treatments
from agents.runtime.outgoing.whole_words import by_itself
from agents.runtime.outgoing.wording import all_wordings
from agents.types import ServiceBrief

COURTESY = 10  # minutes that anybody may be asked to come early
KEPT = 15  # minutes that a hold or an undoing may be said to last
ABOUT, BELOW, ONE_IN = 10, 5, 8  # minutes that "about an hour" may be too long or too short, or one in so many
AN_HOUR = 60
LONGEST = 360  # minutes of a visit; more hours than these are a delay (`delays`) or a time of day
AT_ONCE = 3  # services in one visit
_PER = r"(?<!per )(?<!pro )(?<!por )(?<!par )(?<!\d )(?<![£€$] )"
_IN_WORDS = (  # minutes, the longest first
    (90, r"(?:an|one|1) hour and a half|(?:anderthalb|eineinhalb) stunden|(?:una )?hora y media|(?:une )?heure et demie"
         r"|(?:uma )?hora e meia"),
    (75, r"(?:an|one) hour and a quarter|funf ?viertelstunden|(?:una )?hora y cuarto|(?:une )?heure et quart"
         r"|(?:uma )?hora e um quarto"),
    (45, r"three[ -]quarters of an hour|dreiviertelstunde|tres cuartos de hora|trois quarts d'heure"
         r"|tres quartos de hora"),
    (15, r"(?:a )?quarter of an hour|viertelstunde|cuarto de hora|quart d'heure|quarto de hora"),
    (30, r"half[ -]an[ -]hour|half[ -]hours?|halbe(?:n|s)? (?:stunde|stundchen)|halbstund\w*|media hor(?:a|ita)"
         r"|demi[ -]?heure|meia[ -]hora"),
)  # fmt: skip
_MINUTES = r"(?:min(?:s|utes?|uten|utos?|ut(?:inh|it)os)?)(?!\w)"
_HOURS = r"(?:hours?|hrs?|stunden?|horas?|heures?)(?!\w)"
_YEARS = r"(?:years?(?![ -]?check)|yrs?|jahren?|jahrigen?|anos|ans)(?!\w)"
_PERCENT = r"(?:%|per ?cent|prozent|por ?cien(?:to)?|pour ?cent|por ?cento)"
_LINES = re.compile(
    r"(?<!\w)(?:lines?|linien?|lineas?|lignes?|linhas?|bus|buses|busse|autobus|autobuses|autocarros?|tram|trams)"
    r"((?: (?:the |die |los |les |os |numbers? )?\d{1,3}\b(?![:.]\d)(?:,? ?(?:and|und|y|et|e|or|oder|o|ou|&))?,?)+)"
)
_BUS = re.compile(r"(?<![\d:.,])(\d{1,3}),? (?:bus|tram)(?:es)?(?!\w)")  # "the number 12 bus"
_AGE = re.compile(
    r"(?<!\w)(?:under|below|over|from|up to|unter|uber|ab|bis|menores de|mayores de|hasta|moins de|plus de|jusqu'a"
    r"|menos de|menores|ate(?: aos)?)[ -]?(?:los |aos )?(\d{1,2})(?:s|-?year\w*)?(?![\w:.,€£$%-]| ?(?:h|hours?|stunden|"
    r"horas|heures|min\w*|uhr|days?|tage\w*|dias|jours|years?|jahre\w*|anos|ans|%|[€£$]|p?m|a\.m)\b)"
)
HALF = 50
_HALF_PRICE = re.compile(
    r"(?<!\w)(?:half[ -]price|half (?:the|of the) (?:price|fee|cost)|(?:pay|pays) half|halbe[rn]? preis|die halfte"
    r"|(?:a |la )mitad"
    r" de(?:l)? precio|paga\w* la mitad|moitie prix|la moitie|demi[ -]tarif|meio preco|metade do preco"
    r"|paga\w* metade)(?!\w)"
)
_CHILDREN = re.compile(
    r"(?<!\w)(?:child\w*|kids?|under-?\d+s|toddlers?|bab(?:y|ies)|kinder\w*|kind|ninos?|ninas?|menores|enfants?"
    r"|crianca\w*"
    r"|bebes?|senior\w*|rentner\w*|jubilad\w+|retraite\w*)(?!\w)"
)
_ROUGHLY = re.compile(
    r"(?:about|around|roughly|some|approx\w*|ca|circa|etwa|rund|ungefahr|gut|gute|knapp|unos|unas|aproximadamente"
    r"|alrededor de|cerca de|environ|a peu pres|uns|umas|mais ou menos|mas o menos|una|une|uma|an|eine)\W*$"
)
_BEFOREHAND = re.compile(
    r"\W*(?:\w+ )?(?:early|earlier|before\w*|ahead|in advance|fruher|eher|vorher|vor (?:dem|ihrem|beginn)|antes"
    r"|de antelacion|de antecedencia|plus tot|avant|en avance|a l'avance|\u00e0 l'avance|mais cedo)(?!\w)"
)
_AT = re.compile(r"(?:\bat|\bum|\ba las|\ba la|\bhacia las|\ba|\bà|\bvers|\bas|\bàs|\bpelas|\bdas|\bde)\s*$")


class _Figure:
    """A figure of a text: how much of what, from where to where, and whether it is said roughly or of coming early."""

    def __init__(self, unit: str, much: int, start: int, end: int, text: str) -> None:
        self.unit, self.much, self.start = unit, much, start
        self.roughly = bool(_ROUGHLY.search(text[:start]))
        self.beforehand = bool(_BEFOREHAND.match(text, end))


@lru_cache(maxsize=1)
def number() -> str:
    words = {word for wording in all_wordings() for word in wording.numbers}
    return rf"(?<![\w.,:/-])(\d{{1,3}}|{'|'.join(sorted(words, key=len, reverse=True))})"


@lru_cache(maxsize=8)
def _pattern(unit: str) -> re.Pattern[str]:
    return re.compile(rf"{number()}(?:\s?(?:-|–|to|bis|a|à)\s?(\d{{1,3}}))?[ -]?{unit}")


@lru_cache(maxsize=1)
def _values() -> dict[str, int]:
    return {word: value for wording in all_wordings() for word, value in wording.numbers.items()}


@lru_cache(maxsize=1)
def _aged() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:age of|alter von|edad de|age de|idade de|aged|age) {number()}(?!\w)")


def value_of(told: str) -> int:
    return int(told) if told.isdigit() else _values()[told]


@lru_cache(maxsize=1)
def _spelled() -> tuple[tuple[int, re.Pattern[str]], ...]:
    return tuple((minutes, re.compile(rf"{_PER}(?<!\w)(?:{words})(?!\w)")) for minutes, words in _IN_WORDS)


_ONE_HOUR = re.compile(
    rf"{_PER}(?<!half )(?<!of )(?<!\w)(?:an|one|eine?|gute|a(?= \w+ hour)) (?:(?:ganze|volle|full|whole|good"
    rf"|solid) )?{_HOURS}"
    r"|(?<!\w)(?:una|une|uma) (?:hora|heure) (?:entera|completa|larga|entiere|complete|pleine|inteira)"
    r"|(?:arriv|lleg|ven|cheg|vir|present)\w*[^.;]{0,30} (?:una|une|uma) (?:hora|heure) (?=antes|avant|plus tot"
    r"|mais cedo|en avance|de antel|de anteced|de antec)"
    r"|(?:dur\w+|tard\w+|demor\w+|cerca de|comptez|prevoyez|pendant|environ) (?:\w+ )?(?:una|une|uma) (?:hora|heure)\b"
)  # "una hora" is a time, too
_PLACE = re.compile(
    r"(?<!\w)(?:first|second|third|fourth|next|\d+(?:st|nd|rd|th)|erste[rn]?|zweite[rn]?|dritte[rn]?|nachste[rn]?"
    r"|primer[oa]?|segund[oa]|tercer[oa]?|[cq]uart[oa]|siguiente|premiere?|deuxieme|seconde?|troisieme|quatrieme"
    r"|prochaine?|primeir[oa]"
    r"|terceir[oa]|proxim[oa]|(?:platz|number|numero|place) (?!auf|in|der|on|of|na|da|en|sur|de|dans)\w+)"
    r" (?:place |platz |puesto |lugar "
    r"|\w+ )?(?:in|on|auf|en"
    r"|sur|na|da|de|dans|der|of) (?:the |der |la |our |unserer |nuestra |notre |nossa )?(?:wait\w* )?(?:list|line"
    r"|queue|liste"
    r"|warteliste|lista|fila|cola|file)(?!\w)"
)  # on a waiting list, which nobody can know
_POSITION = re.compile(
    r"(?<!\w)(?:first|second|third|fourth|fifth|\d+(?:st|nd|rd|th)|erste[rn]?|zweite[rn]?|dritte[rn]?|vierte[rn]?"
    r"|primer[oa]?"
    r"|segund[oa]|tercer[oa]?|cuart[oa]|premiere?|deuxieme|seconde?|troisieme|primeir[oa]|terceir[oa]|quart[oa]"
    r"|quint[oa])"
    r" (?:place|position|platz|stelle|puesto|lugar|posicion|posicao|place|rang)(?!\w)|(?<!\w)(?:you're"
    r"|you are) (?:next|first|second)"
    r"|(?<!\w)(?:position|platz|puesto|lugar|numero|number) (?:\d+|eins|zwei|drei|one|two|three|uno|dos|tres|un"
    r"|deux|trois|um|dois)(?!\w)"
)
_SIGNS = re.compile(
    r"\bmin|hour|hrs?\b|stund|hora|hor ?ita|heure|year|yrs|jahr|anos|\bans\b|%|prozent|cent|cien|age|alter|edad|idade"
    r"|line|lini|lign|linh"
    r"|bus|autoc|tram|half|halb|halft|mitad|moitie|demi|metade|meio|child|kid|kind|nino|nina|menores|enfant|crianca"
    r"|beb|bab"
)


@lru_cache(maxsize=1024)
def figures(folded: str) -> tuple[_Figure, ...]:
    if not _SIGNS.search(folded):
        return ()
    found = [_Figure("percent", HALF, match.start(), match.end(), folded) for match in _HALF_PRICE.finditer(folded)]
    text = folded
    for much, pattern in _spelled():
        for match in pattern.finditer(text):
            found.append(_Figure("minutes", much, match.start(), match.end(), folded))
        text = pattern.sub(lambda match: "\u00b7" * len(match[0]), text)
    for match in _pattern(_MINUTES).finditer(text):
        found += _both("minutes", match, folded, 1)
    for match in _pattern(_HOURS).finditer(text):
        told = match[1].isdigit() or match[0].endswith(("hours", "stunden"))  # "tres horas" are times, too
        if told and _values().get(match[1], match[1]) not in (0, 1) and not _AT.search(text[: match.start()]):
            found += [each for each in _both("minutes", match, folded, AN_HOUR) if each.much <= LONGEST]
    for match in _ONE_HOUR.finditer(text):
        if not _AT.search(text[: match.start()]):
            found.append(_Figure("minutes", AN_HOUR, match.start(), match.end(), folded))
    for unit, pattern in (("years", _pattern(_YEARS)), ("percent", _pattern(_PERCENT))):
        found += [each for match in pattern.finditer(text) for each in _both(unit, match, folded, 1)]
    for match in _LINES.finditer(text):
        found += [_Figure("line", int(n), match.start(), match.end(), folded) for n in re.findall(r"\d+", match[1])]
    found += [_Figure("line", int(match[1]), match.start(), match.end(), folded) for match in _BUS.finditer(text)]
    found += [_Figure("years", value_of(m[1]), m.start(), m.end(), folded) for m in _aged().finditer(text)]
    if _CHILDREN.search(folded):
        found += [_Figure("years", int(match[1]), match.start(), match.end(), folded) for match in _AGE.finditer(text)]
    return tuple(found)


def _both(unit: str, match: re.Match[str], folded: str, times: int) -> list[_Figure]:
    told = [each for each in match.groups() if each]
    values = [int(each) if each.isdigit() else _values()[each] for each in told]
    return [_Figure(unit, value * times, match.start(), match.end(), folded) for value in values]


def wrong_quantities(sentences: Sequence[Sentence], ground: Ground) -> list[str]:
    """["quantity"] when a duration, an age, a share or a line is neither a service's nor told by anybody."""
    if ground.heard is None:
        return []
    services = ground.heard.brief.services
    context = _named(" ".join(fold(each) for each in ground.patients_words[-2:]), services, ground)
    context += [each for each in services if each.name in {s.service for s in (*ground.coming, *ground.offered)}]
    any_figures = any(figures(each.folded) for each in sentences)
    for sentence in sentences:
        named = _named(sentence.folded, services, ground) if any_figures else []
        for figure in figures(sentence.folded):
            begins = sentence.folded.rfind(";", 0, figure.start) + 1  # "…; the following ones, 50 minutes"
            own = _named(sentence.folded[begins:], services, ground) if begins else named
            if not _is_told(figure, ground) and not _lasts(figure, own or ([] if begins else context) or services):
                return ["quantity"]
        place = _PLACE.search(sentence.folded) or (
            "join_waitlist" in ground.tools_done and _POSITION.search(sentence.folded)
        )
        if not sentence.question and place:
            return ["waiting"]
        context += named
    return []


def _lasts(figure: _Figure, services: Iterable[ServiceBrief]) -> bool:
    """As long as one of the services, or some of them together."""
    if figure.unit != "minutes" or figure.beforehand:
        return False
    lengths = {each.name: each.minutes for each in services}
    sums = {
        sum(some) for size in range(1, AT_ONCE + 1) for some in itertools.combinations(list(lengths.values()), size)
    }
    return any(figure.much == each or (figure.roughly and _is_about(figure.much - each, each)) for each in sums)


def _is_about(off: int, minutes: int) -> bool:
    return -max(BELOW, minutes // ONE_IN) <= off <= max(ABOUT, minutes // ONE_IN)


def _is_told(figure: _Figure, ground: Ground) -> bool:
    kept = figure.much <= KEPT and bool(ground.offered or ground.held or ground.changed)
    if figure.unit == "minutes" and not figure.beforehand and (kept or figure.much in ground.numbers):
        return True
    told = (*ground.published, *ground.told_by_tools, *ground.said_before, *ground.patients_words)
    if any(figure.much == each.much and figure.unit == each.unit for text in told for each in figures(fold(text))):
        return True
    if figure.beforehand and figure.much <= COURTESY:
        return not any(each.beforehand for text in told for each in figures(fold(text)))
    if figure.unit in ("line", "years"):  # "children under 5", "6 and 28"
        pieces = (piece for text in told for piece in re.split(r"[.!?\n]", fold(text)))
        about = (each for each in pieces if figure.unit == "line" or not _LINES.search(each))
        return any(re.search(rf"(?<!\d){figure.much}(?!\d| ?min|[:.]\d)", each) for each in about)
    return False


def _named(folded: str, services: Sequence[ServiceBrief], ground: Ground) -> list[ServiceBrief]:
    """The services that a text (folded) names, in whatever language."""
    kinds = treatments(folded)
    meant = set(in_other_words(folded, ground).values())
    return [
        each
        for each in services
        if fold(each.name) in meant
        or by_itself(fold(each.name)).search(folded)
        or (kinds and kinds & treatments(each.name))
    ]
