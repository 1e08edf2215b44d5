"""What only the house's own words price: cancelling, parking, deposits, and from which age a child pays."""

import re
from collections.abc import Collection, Sequence
from decimal import Decimal

from agents.runtime.outgoing.amounts import PAYS_NOTHING, amounts_in
from agents.runtime.outgoing.facts import Ground
from agents.runtime.outgoing.folding import fold
from agents.runtime.outgoing.quantities import number, value_of
from agents.runtime.outgoing.sentences import Sentence

CANCELLING = re.compile(
    r"cancel|late\b|no-?show|missed|no present|no se present|no acud|nicht komm|pas ven|absag|abgesagt"
    r"|storn|versaum|desist|ausfall|nichtersch|verspat|anul|annul|retard|absence|desmarc"
    r"|falt[aeo]s?\b|faltar|atraso|(?:show|turn) up|(?:don't|can't|not) (?:come|make it|attend)|nicht (?:erschein"
    r"|auftauch)"
    r"|no (?:voy|aparezco)|(?:viens|vienne) pas|nao (?:vou|for|aparec)"
)
_TOPICS = (  # of no service: an amount that only the house's own words on the same matter may name
    CANCELLING,
    re.compile(r"\bpar[kq]|aparca|estacion|stationn|\bgarer?\b|\bgarage|tiefgarage"),
    re.compile(r"deposit|anzahl|senal\b|acompte|arrhes|sinal\b|caucao"),
)
_AGE = re.compile(
    r"\b(?:under|below|younger than|up to|unter|bis|menores de|hasta|moins de|jusqu'a|menos de"
    r"|ate)[ -]?(?:los |aos )?(\d{1,2})(?:s|-year\w*)?\b(?! ?(?:h\b|hours?|stunden|horas|heures|min|uhr|days?"
    r"|tage|dias|jours|[:.]\d))"
)
_EARLIER = re.compile(
    r"(?<!\w)(?:if|earlier|before|otherwise|wenn|fruher|vorher|sonst|si|antes|sino|avant|plus tot|sinon|se|mais cedo"
    r"|senao)(?!\w)"
)
_SOONER = re.compile(  # than a limit that was told just before
    r"(?<!\w)(?:earlier|sooner|before (?:that|then)|otherwise|more notice|in (?:good )?time|fruher|vorher|davor"
    r"|rechtzeitig|sonst|antes(?! d[aeo]\b)|antes (?:de eso|disso)|mas (?:tiempo|antelacion)|con tiempo|si no"
    r"|de lo contrario"
    r"|avant(?! (?:le|la|votre|l')\b)|plus tot|au-?dela|sinon|mais cedo|mais antecedencia|caso contrario|senao)(?!\w)"
)
_FEE = (
    r"(?:fees?|charges?|charged|costs?|penalt\w+|pay|payable|billed|gebuhr\w*|kost\w*|berechn\w*|zahl\w*|bezahl\w*"
    r"|strafe"
    r"|cargos?|costes?|costos?|recargos?|penaliz\w+|multas?|tasas?|cobra\w*|paga\w*|cuesta|factur\w*|frais|penalites?"
    r"|supplements?|paie\w*|payez|payer\w*|cout\w*|taxas?|custos?|custa\w*)"
)
_NO_FEE = re.compile(
    r"(?<!\w)(?:no|not|\w+n't|never|without|nothing|kein\w*|nichts?|ohne|ningun\w*|sin|nada|nunca|aucune?|pas|sans|rien"
    rf"|jamais|nenhuma?|nao|sem) (?:\w+ ){{0,4}}{_FEE}(?!\w)"
    rf"|(?<!\w){_FEE} (?:\w+ ){{0,4}}(?:nothing|nichts?|nada|rien|nenhuma?|ningun[ao]?|keine?)(?!\w)"
)
_UNSURE = re.compile(
    r"(?<!\w)(?:know|sure|say|tell|waive\w*|what|how|whether|weis|sagen|was|wie ?viel|ob|erlassen|saber|decir|cuanto"
    r"|perdon\w+|sais|dire|combien|sei|dizer|quanto|dispens\w+|more|mehr|mas|plus|mais)(?!\w)"
)
_EVER = re.compile(
    r"(?<!\w)(?:always|ever|any ?time|immer|stets|jederzeit|siempre|cuando quieras|toujours|a tout moment|sempre"
    r"|a qualquer (?:hora|momento))(?!\w)"
)
_TOO_LATE = re.compile(
    r"(?<!\w)(?:less|fewer|later) than|(?<!\w)(?:within|under) (?:the (?:last )?)?\d|weniger als|kurzer als"
    r"|innerhalb von|menos de|con menos|moins de|com menos|(?:last|final)[- ]minute|kurzfristig|en el ultimo momento"
    r"|em cima da hora|(?:au|a la) derniere? (?:moment|minute)|a ultima hora|à ultima hora"
)
_ONLY_THEN = re.compile(  # the fee: "that's only within 24 hours"
    r"(?<!\w)(?:only|just|nur|erst|solo|solamente|seulement|uniquement|que si|so|apenas|somente)(?!\w)[^,;.]*"
)
_PER_HOUR = re.compile(
    r"(?<!\w)(?:an?|per|each|every|pro|je|die|cada|por|par|la|a) ?(?:hour|stunde|hora|heure)|l'heure|hourly"
    r"|/ ?(?:h|hr|std)\b"
)
HOURS_AT_MOST = 12
_CHILD = re.compile(
    r"(?<!\w)(?:(?:my|your|our|the|his|her) sons?|daughters?|kids?|child\w*|toddler|bab(?:y|ies)|little one|boy|girl"
    r"|sohn\w*|tochter|kind\w*|kleine[rn]?"
    r"|junge|madchen|enkel\w*|hij[oa]s?|nin[oa]s?|peque\w*|bebes?|niet[oa]|nene|menores|fils|fille|enfants?|petite?"
    r"|filh[oa]\w*"
    r"|crianca\w*|menin[oa]|miud[oa]|net[oa])(?!\w)"
)
_FULL_PRICE = re.compile(
    r"(?<!\w)(?:(?:normal|full|regular|usual|adult|standard) (?:price|fee|rate)|(?:normalen?|vollen?|regularen?) preis"
    r"|precio (?:normal|completo|de adulto)|plein tarif|tarif (?:normal|adulte)|preco (?:normal|inteiro"
    r"|de adulto))(?!\w)"
)


_FREE = re.compile(
    r"(?<!not )(?<!n't )(?<!nicht )(?<!no )(?<!pas )(?<!nao )(?<!\w)"
    r"(?:free(?! (?:spac|spot|plac|slot|time|appoint))|gratis|frei|umsonst|gratuit\w*|de graca)(?!\w)"
)


def topic_of(folded: str, ground: Ground, *, of_services: bool) -> re.Pattern[str] | None:
    """What an amount is asked for that is no service's. `of_services`: the patient asked about one."""
    own = next((each for each in _TOPICS if each.search(folded)), None)
    if own is not None or not ground.patients_words:
        return own
    asked = next((each for each in _TOPICS if each.search(fold(ground.patients_words[-1]))), None)
    if asked is None or (PAYS_NOTHING.search(folded) and not _EARLIER.search(folded)):
        return asked
    about_it = (
        bool(told_of(asked, ground)) and not of_services and not any(each.search(folded) for each in (_CHILD, _AGE))
    )
    about_it = about_it and not _CHILD.search(fold(ground.patients_words[-1]))
    return asked if about_it else None


def says_no_fee(sentence: Sentence, topic: re.Pattern[str] | None, ground: Ground) -> bool:
    """ "You won't be charged", of what the house has a price for."""
    text = sentence.folded
    if topic is None or sentence.question or _UNSURE.search(text):
        return False
    if not _NO_FEE.search(text) and (topic is CANCELLING or not _FREE.search(text)):
        return False
    return bool(told_of(topic, ground))


def tells_no_price(sentences: Sequence[Sentence], ground: Ground) -> bool:
    """Of a reply without an amount: nothing is said to be free either, and no child's age was asked about."""
    free = any(_NO_FEE.search(each.folded) or _FREE.search(each.folded) for each in sentences)
    return not free and _age_asked(ground) is None


def is_told(
    amount: Decimal, topic: re.Pattern[str], sentence: Sentence, reply: Sequence[Sentence], ground: Ground
) -> bool:
    """In the house's words on the matter, or so many hours of it; nothing is paid before a limit."""
    if amount in told_of(topic, ground) or amount in _by_the_hour(topic, reply, ground):
        return True
    return not amount and topic is CANCELLING and _is_before(sentence, reply, ground)


def _by_the_hour(topic: re.Pattern[str], reply: Sequence[Sentence], ground: Ground) -> set[Decimal]:
    rates = {rate for part in _sentences_on(topic, ground) if _PER_HOUR.search(part) for rate in amounts_in(part)}
    if not rates:
        return set()
    texts = (*(each.folded for each in reply), *(fold(each) for each in ground.patients_words[-1:]))
    many = {value_of(match[1]) for text in texts for match in re.finditer(number(), text)}
    return {rate * each for rate in rates for each in many if each <= HOURS_AT_MOST}


def other_ages(folded: str, ground: Ground) -> bool:
    """It says that up to an age nothing is paid, and the house has told another."""
    return not set(_AGE.findall(folded)) <= _ages_free(ground)


def contradicts_the_free_age(
    sentences: Sequence[Sentence], said: Sequence[Sequence[tuple[int, Decimal]]], ground: Ground
) -> bool:
    """ "£20 for him", of a child of 3, where those under 5 are free; "she's free", of one who is 8."""
    age = _age_asked(ground)
    limits = _ages_free(ground) if age is not None else set()
    if age is None or len(limits) != 1:
        return False
    limit = int(*limits)
    about = [(each, found) for each, found in zip(sentences, said, strict=True) if not _on_a_topic(each.folded)]
    amounts = {amount for _, found in about for _, amount in found}
    amounts |= {Decimal(0) for each, _ in about if _FREE.search(each.folded)}
    if age < limit:
        full = any(_FULL_PRICE.search(each.folded) for each, _ in about)
        return (bool(amounts) or full) and Decimal(0) not in amounts
    return amounts == {Decimal(0)} and not any(str(limit) in each.folded for each in sentences)


def _on_a_topic(folded: str) -> bool:
    return any(each.search(folded) for each in _TOPICS)


def _age_asked(ground: Ground) -> int | None:
    """Of the child that the patient asks about."""
    asked = fold(ground.patients_words[-1]) if ground.patients_words else ""
    if not _CHILD.search(asked):
        return None
    aged = (
        rf"{number()}[ -]?(?:years?|yrs?|y/?o|jahre?|jahrig\w*|anos|anitos|ans)(?!\w)"
        rf"|(?:is|'s|ist|wird|tiene|cumple|es|tem|faz|turns|turned|a|de|von|mit|con|com) {number()}(?![\w:.£€]"
        rf"| ?(?:uhr|h\b|pm|am))"
    )
    match = re.search(aged, asked)
    return value_of(match[1] or match[2]) if match else None


def _ages_free(ground: Ground) -> set[str]:
    """Ages that stand beside "free" in the house's own words."""
    cut = _pieces(ground)
    return {age for part in cut if Decimal(0) in amounts_in(part) for age in re.findall(r"\b\d{1,2}\b", part)}


def _is_before(sentence: Sentence, reply: Sequence[Sentence], ground: Ground) -> bool:
    """Nothing is charged for cancelling, or only from a limit on that the sentence names ("24 hours before")."""
    told = _sentences_on(CANCELLING, ground)
    if not told and _EVER.search(sentence.folded):
        return False
    charged = any(amounts_in(part) for part in told)
    if not charged or _TOO_LATE.search(_ONLY_THEN.sub("", sentence.folded)):
        return not charged
    limits = {number for part in told for number in re.findall(r"\b\d{1,2}\b", part)}
    where = " ".join(each.folded for each in reply) if _SOONER.search(sentence.folded) else sentence.folded
    return bool(limits & set(re.findall(r"\b\d{1,2}\b", where)))


def told_of(topic: re.Pattern[str], ground: Ground) -> Collection[Decimal]:
    """Amounts in the sentences of the house, of its passages and of earlier replies that speak of this matter."""
    return {amount for part in _sentences_on(topic, ground) for amount in amounts_in(part)}


def _sentences_on(topic: re.Pattern[str], ground: Ground) -> list[str]:
    return [part for part in _pieces(ground) if topic.search(part)]


def _pieces(ground: Ground) -> list[str]:
    texts = [*ground.published, *ground.told_by_tools, *ground.said_before]
    return [fold(part) for text in texts for part in re.split(r"(?<=[.!?])\s|\n", text)]
