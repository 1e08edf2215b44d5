"""The amounts of money that a text names, in figures and in words; 0 where it says that nothing is paid."""

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from agents.runtime.outgoing.folding import fold
from agents.runtime.outgoing.sentences import Sentence
from agents.runtime.outgoing.wording import Wording, all_wordings

_CURRENCY = (
    r"(?:euros?|eur|pounds?|gbp|quid|dollars?|usd|libras?|dolares|dolar|livres?|pfund|chf|francs?|franken"
    r"|reais|real|brl)"
)
_FIGURE = r"\d+(?:[.,']\d+|[ \u00a0]\d{3}(?!\d))*"
AMOUNT = re.compile(
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
PAYS_NOTHING = re.compile(
    r"\bkostet (?:nix|nichts)|\bon the house|\b(?:is|are) on us\b|\bgeht auf uns\b|\baufs haus|\bgeschenkt\b"
    r"|\b(?:est|sont) offerte?s?\b"
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
_CHARGE = re.compile(
    rf"\b(?:fee|charge|penalty|fine|gebuhr|pauschale|cargo|recargo|penalizacion|multa|tasa|frais|penalite"
    rf"|supplement|taxa|custo)"
    rf" (?:of|von|de|d') ?({_FIGURE})(?![\w:])"
)
_UNIT = re.compile(
    r"\s*(?:min\w*|stunden?|std|hours?|horas?|heures?|h\b|tage?|days?|dias?|jours?|uhr|:|%|prozent"
    r"|per ?cent|por ?cento|\.\d{2}\.)"
)
_WORDS = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=1024)  # what the house publishes
def amounts_in(text: str) -> frozenset[Decimal]:
    folded = fold(text)
    found = {amount for _, amount in _figures(folded)}
    for wording in all_wordings():
        found |= {amount for _, amount in _in_words(folded, wording)}
        if wording.pattern("free").search(folded):
            found.add(Decimal(0))
    return frozenset(found)


def said_in(sentence: Sentence) -> list[tuple[int, Decimal]]:
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
            found += [(match.start(), Decimal(0)) for match in PAYS_NOTHING.finditer(folded)]
            found += [(match.start(), Decimal(0)) for match in wording.pattern("free").finditer(folded)]
    return [(place, amount) for place, amount in dict.fromkeys(found) if not _denied(folded, place, amount)]


def _denied(folded: str, place: int, amount: Decimal) -> bool:
    """ "Not free of charge"; "cancelling is free of charge" speaks of no service."""
    if amount:
        return False
    return bool(_NO_SERVICE.search(folded) or re.search(r"(?:not|nicht|no|pas|nao|n't)\s+(?:\w+\s)?$", folded[:place]))


def _figures(folded: str) -> list[tuple[int, Decimal]]:
    found = []
    for match in AMOUNT.finditer(folded):
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
