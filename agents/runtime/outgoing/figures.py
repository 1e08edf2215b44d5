"""Prices in a reply: the business's own, or somebody else's words."""

import itertools
import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from agents.runtime.outgoing.facts import Ground
from agents.runtime.outgoing.folding import fold
from agents.runtime.outgoing.naming import in_other_words
from agents.runtime.outgoing.sentences import Sentence
from agents.runtime.outgoing.treatments import treatments
from agents.runtime.outgoing.whole_words import by_itself
from agents.runtime.outgoing.wording import Wording, all_wordings

_CURRENCY = (
    r"(?:euros?|eur|pounds?|gbp|quid|dollars?|usd|libras?|dolares|dolar|livres?|pfund|chf|francs?|franken"
    r"|reais|real|brl)"
)
_FIGURE = r"\d+(?:[.,']\d+|[ \u00a0]\d{3}(?!\d))*"
_AMOUNT = re.compile(
    rf"(?:us|r)?(?P<sign>[£€$])\s?(?P<a>{_FIGURE})|(?P<b>{_FIGURE})\s?(?:(?P<sign2>[£€$])"
    rf"|(?P<word>{_CURRENCY})\b)(?:\s?(?P<cents>\d\d)\b(?!\s?[:h]))?"
    rf"|\b(?P<code>eur|gbp|usd|chf)\s?(?P<c>{_FIGURE})"
)
_SOON = re.compile(rf"\s*(?:\w+\s){{0,2}}?({_FIGURE})(?![\w:])")
_CURRENCY_ALONE = re.compile(rf"(?<!\w){_CURRENCY}(?!\w)")
_NO_SERVICE = re.compile(
    r"wifi|wlan|umbuch|bekannt|know of|aware|conozco|constan?\b|connaissance|conhec|\bundo|verleg|verschieb"
    r"|mov|mud|report|deplac|cambi"
)
_TOTAL = re.compile(
    r"\b(?:total|together|altogether|both|zusammen|insgesamt|gesamt|beides|ambos|ambas|en total|juntos|todo junto"
    r"|ensemble|au total|en tout|soit|les deux|no total|ao todo|ou seja|tudo|macht|makes|plus|hacen?|suman|somam"
    r"|summe|fait|font|faz)\b"
)
_TOPICS = tuple(  # of no service: an amount that only the house's own words on the same matter may name
    re.compile(words)
    for words in (
        r"cancel|late\b|no-?show|missed|no present|no se present|no acud|nicht kommen|pas ven|absag|abgesagt"
        r"|storn|versaum|desist|ausfall|nichtersch|verspat|anul|annul|retard|absence|desmarc"
        r"|faltas?\b|faltar|atraso",
        r"\bpar[kq]|aparca|estacion|stationn|\bgarage|tiefgarage",
        r"deposit|anzahl|senal\b|acompte|arrhes|sinal\b|caucao",
    )
)
_PAYS_NOTHING = re.compile(
    r"\bon the house|\b(?:is|are) on us\b|\bgeht auf uns\b|\baufs haus|\bgeschenkt\b|\b(?:est|sont) offerte?s?\b"
    r"|por cuenta de la casa|invita la casa"
    r"|por conta da casa"
    r"|\bfree parking\b|\bparking for free\b|\bwithout (?:paying|any (?:fee|charge|cost))\b"
    r"|\baucun frais\b|\bpas de frais\b|\bno (?:fee|charge)s?\b|\bning[u]n (?:cargo|coste)\b|\bnenhum custo\b"
    r"|\bohne (?:gebuhr\w*|zu (?:be)?zahlen)\b|\bkeine gebuhr\w*\b|\bsin (?:pagar|cargo|coste|recargo)\b"
    r"|\bsans (?:payer|penalite)\b"
    r"|\bsem (?:pagar|custo\w*|taxa)\b|\b(?:cancell?\w*|parking|moving|rescheduling|changes?)[\w ]{0,20} (?:is"
    r"|are) (?:\w+ )?free\b|\b(?:don't"
    r"|do not|doesn't|need not|needn't) pay|pay nothing|zahl\w+ nichts|(?:no|nada) pagan?(?: nada)?\b"
    r"|ne pai\w+ (?:pas|rien)"
    r"|nao pagam?\b"
)
MULTIPLES = (2, 3, 4)  # sessions at once
_CHARGE = re.compile(
    rf"\b(?:fee|charge|penalty|fine|gebuhr|pauschale|cargo|recargo|penalizacion|multa|tasa|frais|penalite"
    rf"|supplement|taxa|custo)"
    rf" (?:of|von|de|d') ?({_FIGURE})(?![\w:])"
)
_AGE = re.compile(
    r"\b(?:under|below|younger than|up to|unter|bis|menores de|hasta|moins de|jusqu'a|menos de"
    r"|ate)[ -]?(?:los |aos )?(\d{1,2})(?:s|-year\w*)?\b(?! ?(?:h\b|hours?|stunden|horas|heures|min|uhr|days?"
    r"|tage|dias|jours|[:.]\d))"
)
_UNIT = re.compile(
    r"\s*(?:min\w*|stunden?|std|hours?|horas?|heures?|h\b|tage?|days?|dias?|jours?|uhr|:|%|prozent"
    r"|per ?cent|por ?cento|\.\d{2}\.)"
)
_WORDS = re.compile(r"[^\W\d_]+")


def wrong_prices(text: str, sentences: Sequence[Sentence], ground: Ground) -> list[str]:
    """ "price" when an amount is not that of the service it is said of, or nobody's."""
    said = [_said(sentence) for sentence in sentences]
    if ground.heard is None or not any(said):
        return []
    services = {fold(each.name): _amounts_in(each.price) for each in ground.heard.brief.services}
    by_other_name = _by_other_name(ground)
    every = set().union(*services.values()) if services else set()
    previous = ""
    context = _context(services, ground)
    written = {amount for amounts in said for _, amount in amounts}
    standing = {fold(each.service) for each in (*ground.coming, *ground.held)}
    spoken = standing | {name for name, prices in services.items() if prices and prices <= written}
    for sentence, amounts in zip(sentences, said, strict=True):
        named = _named(sentence.folded, services) or _named(sentence.folded, {key: set() for key in by_other_name})
        where = {place: by_other_name.get(name, name) for place, name in named.items()}
        where = {**_outside(in_other_words(sentence.folded, ground), named), **where}
        if amounts and not (sentence.question and all(a in _elsewhere(ground, patient=True) for _, a in amounts)):
            for place, amount in amounts:
                if not amount and not where and ground.changed and _FEE.search(sentence.folded):
                    continue
                ages = set(_AGE.findall(sentence.folded)) if not amount else set()
                if ages and not ages <= _ages_free(ground):
                    return ["price"]
                spoken |= set(where.values())
                said_of = _service_of(place, sentence.folded, where) or (previous if not where else "")
                topic = _topic(sentence.folded, ground) if not where else None
                if topic is not None:
                    told = _told_of(topic, ground)
                    if amount in told or (not amount and topic is _TOPICS[0] and _is_before(sentence, topic, ground)):
                        continue
                    return ["price"]
                if _COMPARED.search(sentence.folded[:place]):
                    said_of = ""
                compared = every if _COMPARED.search(sentence.folded[:place]) else set()
                allowed = (
                    compared or services.get(said_of, set()) or _standing_prices(sentence, services, context) or every
                )
                if (
                    amount in allowed
                    or amount in _elsewhere(ground)
                    or _is_sum_of_what_follows(amount, amounts)
                    or (_TOTAL.search(sentence.folded) and _is_sum(amount, services, spoken))
                ):
                    continue
                return ["price"]
        spoken |= set(where.values())
        if where:
            previous = where[max(where)]
    return []


_FEE = re.compile(
    r"(?<!\w)(?:no (?:fee|charge)s?|keine gebuhr\w*|ning[u]n (?:cargo|coste)|aucun frais|nenhum custo)(?!\w)"
)
_EARLIER = re.compile(
    r"(?<!\w)(?:if|earlier|before|otherwise|wenn|fruher|vorher|sonst|si|antes|sino|avant|plus tot|sinon|se|mais cedo"
    r"|senao)(?!\w)"
)


def _by_other_name(ground: Ground) -> dict[str, str]:
    assert ground.heard is not None
    return {
        fold(other): fold(each.name)
        for each in ground.heard.brief.services
        for other in each.other_names
        if len(other) > 3 and other != "consultation"  # of any visit, in French
    }


def _topic(folded: str, ground: Ground) -> re.Pattern[str] | None:
    """What an amount is asked for that is no service's; nothing is asked for nothing where the patient asked of it."""
    asked = fold(ground.patients_words[-1]) if ground.patients_words else ""
    own = next((each for each in _TOPICS if each.search(folded)), None)
    if own is None and not _EARLIER.search(folded) and _PAYS_NOTHING.search(folded):
        return next((each for each in _TOPICS if each.search(asked)), None)
    return own


def _outside(other: dict[int, str], named: dict[int, str]) -> dict[int, str]:
    """Those that don't stand within the name of a service: "blow-dry" of "cut and blow-dry"."""
    spans = [(place, place + len(name)) for place, name in named.items()]
    return {place: name for place, name in other.items() if not any(start <= place < end for start, end in spans)}


_MANY = re.compile(
    r"(?<!\w)(?:from|between|start\w*|lowest|cheap\w*|least|most|others?|ab|zwischen|gunstig\w*|andere\w*|desde"
    r"|entre|otr[oa]s?"
    r"|barat\w*|economic\w*|a partir|partir|moins cher\w*|autres?|outr[oa]s?)(?!\w)"
)


def _context(services: dict[str, set[Decimal]], ground: Ground) -> set[str]:
    """What the patient names last, where it is one service; else what stands or is offered."""
    assert ground.heard is not None
    for words in reversed(ground.patients_words[-2:]):
        asked = set(_named(fold(words), services).values()) | set(in_other_words(fold(words), ground).values())
        if len(asked) == 1 and len(treatments(words)) <= 1:
            return asked
        if asked or treatments(words):
            return set()
    return {fold(each.service) for each in (*ground.coming, *ground.offered) if each.service}


def _standing_prices(sentence: Sentence, services: dict[str, set[Decimal]], context: set[str]) -> set[Decimal]:
    """ "It will be £45 tomorrow" is said of what stands; set() where it may be said of something else."""
    if _MANY.search(sentence.folded) or sentence.item:
        return set()
    return set().union(*(services.get(each, set()) for each in context))


def _service_of(place: int, folded: str, named: dict[int, str]) -> str:
    """The service that an amount is said of: the one of its own piece, else the last before it, else the next one."""
    for match in _PIECE.finditer(folded):
        own = [name for at, name in named.items() if match.start() <= at < match.end()]
        if match.start() > place and own and _AMOUNT.search(match[0]):
            named = {at: name for at, name in named.items() if at < match.start()}  # it has an amount of its own
            break
        if match.start() <= place < match.end() and len(set(own)) == 1:
            return own[0]
    begins = folded.rfind(";", 0, place)
    before = [at for at in named if begins < at <= place]
    if begins >= 0 and not before:
        return ""
    ends = folded.find(";", place)
    after = [at for at in named if ends < 0 or at < ends]
    return named[max(before)] if before else named[min(after)] if after else ""


_PIECE = re.compile(
    r"(?:[^,;:\n()]|[,:](?=\d))+?(?=[,;:\n()](?!\d)|$|(?<!\w)(?:and|und|y|et|e|plus|mas|mais)(?!\w))[,;:\n()]?"
    r"(?:and|und|y|et|e|plus|mas|mais)?"
)
_COMPARED = re.compile(
    r"(?<!\w)(?:instead of|rather than|not|compared (?:to|with)|statt|anstatt|nicht|und nicht|en (?:vez|lugar) de"
    r"|au lieu de"
    r"|em vez de|no|nao|pas)\W*$"
)  # "£60 instead of £45"


def _named(folded: str, services: dict[str, set[Decimal]]) -> dict[int, str]:
    found: dict[int, str] = {}
    taken: list[tuple[int, int]] = []
    for name in sorted(services, key=len, reverse=True):
        for match in by_itself(name, "(?:s|es|en|n)?").finditer(folded):
            if not any(a <= match.start() < b for a, b in taken):
                taken.append(match.span())
                found[match.start()] = name
    return found


def _elsewhere(ground: Ground, *, patient: bool = False) -> set[Decimal]:
    """Amounts in the business's own words, in passages and refusals; with `patient`, in theirs too."""
    texts = [*ground.published, *ground.told_by_tools, *ground.said_before, *(ground.patients_words if patient else ())]
    return {amount for text in texts for amount in _amounts_in(text)}


def _ages_free(ground: Ground) -> set[str]:
    """Ages that stand beside "free" in the house's own words."""
    texts = [*ground.published, *ground.told_by_tools, *ground.said_before]
    cut = (fold(part) for text in texts for part in re.split(r"(?<=[.!?])\s|\n", text))
    return {age for part in cut if Decimal(0) in _amounts_in(part) for age in re.findall(r"\b\d{1,2}\b", part)}


def _is_before(sentence: Sentence, topic: re.Pattern[str], ground: Ground) -> bool:
    """Nothing is charged for cancelling, or only from a limit on that the sentence names ("24 hours before")."""
    told = _sentences_on(topic, ground)
    if not told and _EVER.search(sentence.folded):
        return False
    if _TOO_LATE.search(sentence.folded):
        return not any(_amounts_in(part) for part in told)
    limits = {number for part in told for number in re.findall(r"\b\d{1,2}\b", part)}
    return not any(_amounts_in(part) for part in told) or bool(
        limits & set(re.findall(r"\b\d{1,2}\b", sentence.folded))
    )


_EVER = re.compile(
    r"(?<!\w)(?:always|ever|any ?time|immer|stets|jederzeit|siempre|cuando quieras|toujours|a tout moment|sempre"
    r"|a qualquer (?:hora|momento))(?!\w)"
)
_TOO_LATE = re.compile(
    r"(?<!\w)(?:less|fewer|later) than|(?<!\w)(?:within|under) (?:the (?:last )?)?\d|weniger als|kurzer als"
    r"|innerhalb von"
    r"|menos de|con menos|moins de|com menos|last[- ]minute|kurzfristig|en el ultimo momento|em cima da hora"
    r"|au dernier moment|a la derniere minute|a ultima hora|à ultima hora"
)


def _sentences_on(topic: re.Pattern[str], ground: Ground) -> list[str]:
    texts = [*ground.published, *ground.told_by_tools, *ground.said_before]
    cut = (fold(part) for text in texts for part in re.split(r"(?<=[.!?])\s|\n", text))
    return [part for part in cut if topic.search(part)]


def _told_of(topic: re.Pattern[str], ground: Ground) -> set[Decimal]:
    """Amounts in the sentences of the house, of its passages and of earlier replies that speak of this matter."""
    return {amount for part in _sentences_on(topic, ground) for amount in _amounts_in(part)}


def _amounts_in(text: str) -> set[Decimal]:
    folded = fold(text)
    found = {amount for _, amount in _figures(folded)}
    for wording in all_wordings():
        found |= {amount for _, amount in _in_words(folded, wording)}
        if wording.pattern("free").search(folded):
            found.add(Decimal(0))
    return found


def _said(sentence: Sentence) -> list[tuple[int, Decimal]]:
    folded = sentence.folded
    found = _figures(folded)
    for wording in sentence.wordings:
        found += [each for each in _in_words(folded, wording) if each not in found]
        for match in wording.pattern("costs").finditer(folded):
            number = _SOON.match(folded, match.end())
            if number and not _UNIT.match(folded, number.end()) and (amount := _decimal(number[1])) is not None:
                found.append((number.start(1), amount))
        for match in _CHARGE.finditer(folded):
            if not _UNIT.match(folded, match.end()) and (amount := _decimal(match[1])) is not None:
                found.append((match.start(1), amount))
        if not sentence.question:
            found += [(match.start(), Decimal(0)) for match in _PAYS_NOTHING.finditer(folded)]
            found += [(match.start(), Decimal(0)) for match in wording.pattern("free").finditer(folded)]
    return [(place, amount) for place, amount in dict.fromkeys(found) if not _denied(folded, place, amount)]


def _denied(folded: str, place: int, amount: Decimal) -> bool:
    """ "Not free of charge"; "cancelling is free of charge" speaks of no service."""
    if amount:
        return False
    return bool(_NO_SERVICE.search(folded) or re.search(r"(?:not|nicht|no|pas|nao|n't)\s+(?:\w+\s)?$", folded[:place]))


def _figures(folded: str) -> list[tuple[int, Decimal]]:
    found = []
    for match in _AMOUNT.finditer(folded):
        amount = _decimal(match["a"] or match["b"] or match["c"])
        if amount is not None:
            cents = Decimal(match["cents"]) / 100 if match["cents"] and amount == int(amount) else Decimal(0)
            found.append((match.start(), amount + cents))
    return found


def _decimal(figures: str) -> Decimal | None:
    """ "1.234,50", "1,234.50", "45,5" and "45": the last separator divides when one or two digits follow it."""
    bare = re.sub(r"[' \u00a0]", "", figures)
    last = max(bare.rfind("."), bare.rfind(","))
    if last >= 0 and len(bare) - last - 1 in (1, 2):
        bare = f"{re.sub(r'[.,]', '', bare[:last])}.{bare[last + 1 :]}"
    else:
        bare = re.sub(r"[.,]", "", bare)
    try:
        return Decimal(bare).normalize() + 0
    except InvalidOperation:
        return None


def _in_words(folded: str, wording: Wording) -> list[tuple[int, Decimal]]:
    """ "forty-five pounds", "fünfundvierzig Euro", "cuarenta y cinco euros"."""
    found = []
    for match in _CURRENCY_ALONE.finditer(folded):
        words = list(_WORDS.finditer(folded[max(0, match.start() - 60) : match.start()]))
        values: list[int] = []
        for word in reversed(words):
            value = _value(word[0], wording)
            if value is None and word[0] in ("and", "y", "et", "e", "und"):
                continue
            if value is None:
                break
            values.insert(0, value)
        if values and (amount := _joined(values)):
            found.append((match.start() - 1, Decimal(amount)))
    return found


def _joined(values: Sequence[int]) -> int:
    total = current = 0
    for value in values:
        if value == 1000:
            total, current = total + max(1, current) * 1000, 0
        elif value == 100 and 1 <= current < 10:
            current *= 100
        elif value == 20 and current == 4:  # quatre-vingts
            current = 80
        else:
            current += value
    return total + current


def _value(word: str, wording: Wording) -> int | None:
    """A number word, German ones taken apart: "hundertfünfundvierzig"."""
    if word in wording.numbers:
        return wording.numbers[word]
    if wording.code != "de":
        return None
    for big, value in (("tausend", 1000), ("hundert", 100)):
        if big in word:
            head, _, tail = word.partition(big)
            first = wording.numbers.get(head, 1) if head in wording.numbers or not head else None
            rest = _value(tail.removeprefix("und"), wording) if tail else 0
            return None if first is None or rest is None else first * value + rest
    head, und, tail = word.partition("und")
    if und and head in wording.numbers and tail in wording.numbers:
        return wording.numbers[head] + wording.numbers[tail]
    return None


def _is_sum_of_what_follows(amount: Decimal, amounts: Sequence[tuple[int, Decimal]]) -> bool:
    """ "56 €: 38 € for the cut and 18 € for the beard", or what one costs more; each of those is checked on its own."""
    others = [each for _, each in amounts if each != amount]
    return len(others) > 1 and (sum(others) == amount or (len(others) == 2 and abs(others[0] - others[1]) == amount))


def _is_sum(amount: Decimal, services: dict[str, set[Decimal]], spoken: set[str]) -> bool:
    """The sum of two or three of the services that the reply speaks of, or that stand."""
    prices = [price for name in sorted(spoken) for price in services.get(name, ())]
    if any(price * times == amount for price in prices for times in MULTIPLES):
        return True
    return any(sum(some) == amount for size in (2, 3) for some in itertools.combinations(prices, size))
