"""Addresses, telephone numbers and links in a reply: only those that the business publishes."""

import re

from agents.runtime.outgoing.calendar_words import CALENDAR_WORDS
from agents.runtime.outgoing.facts import Ground
from agents.runtime.outgoing.folding import fold
from agents.runtime.outgoing.sentences import sentences
from agents.runtime.outgoing.wording import all_wordings

LIKE = 5  # letters in which a town's name is the same in another language
_STREETS = (
    r"street|st|road|rd|lane|ln|avenue|ave|drive|close|way|square|place|court|terrace|crescent|gardens"
    r"|hill|row|parade|boulevard|mews|walk|green|park|strase|strasse|str|weg|"
    r"platz|allee|gasse|ring|damm|ufer|markt|calle|avenida|avda|av|plaza|paseo|carrer|camino|ronda|rue"
    r"|bd|chemin|impasse|quai|cours|route|rua|travessa|praca|largo|alameda|estrada|via|c"
)
_STREET_WORD = re.compile(rf"^(?:{_STREETS})$")
_ENGLISH = (
    r"\b\d{1,4}[a-z]?,?\s+(?:[A-Z][\w'’.-]+\s+){1,3}(?:Street|St|Road|Rd|Lane|Ln|Avenue|Ave|Drive|Close"
    r"|Way|Square|Place|Court|Terrace|Crescent|Gardens|Hill|Row|Parade|Boulevard|Mews|Walk|Green|Park)\b"
)
_GERMAN = (
    r"\b(?:[A-ZÄÖÜ][\w-]*\s)?[\wäöüÄÖÜ-]*(?:straße|strasse|str\.|weg|platz|allee|gasse|(?<=[a-zäöüß-])ring|damm|ufer"
    r"|markt|Straße|Platz|Weg|Allee|Ring|Markt)\s+\d{1,4}\w?\b"
)
_NUMBER_FIRST = (
    r"\b\d{1,4}[a-z]?,?\s(?:[A-ZÄÖÜ][\wäöüß-]*(?:straße|strasse|weg|platz|allee|gasse|damm|ufer)"
    r"|(?:[Cc]alle|[Rr]ua|[Aa]venida)\s[A-ZÀ-Ý][\wÀ-ÿ'-]*)\b"
)  # "au 18 Lindenstraße"
_ROMANCE = (
    r"\b(?:[Cc]alle|C/|[Aa]venida|[Aa]vda\.?|[Pp]laza|[Pp]aseo|[Rr]onda|[Rr]ua|[Tt]ravessa|[Pp]raça"
    r"|[Ll]argo|[Aa]lameda|[Ee]strada)\s+(?:(?:de|da|do|das|dos|del|la|las|los)\s+)*"
    r"[A-ZÀ-Ý][\wÀ-ÿ'-]*(?:\s+(?:de|da|do|das|dos|del|la|[A-ZÀ-Ý][\wÀ-ÿ'-]*))*(?:,?\s*(?:n\.?[ºo°]?\s*)?\d{1,4})?"
)
_FRENCH = (
    r"\b(?:\d{1,4}(?:\s?(?:bis|ter))?,?\s+)?(?:rue|avenue|boulevard|(?<!la )place|chemin|allée|impasse|quai|cours"
    r"|route)\s+(?:(?:de|du|des|la|le|les|l'|d')\s*)*[A-ZÀ-Ý][\wÀ-ÿ'-]*(?:[\s-](?:de|du|des|la"
    r"|[A-ZÀ-Ý][\wÀ-ÿ'-]*))*"
)
_UNNUMBERED = r"\b(?:[A-Z][\w'’.-]+\s+){1,2}(?:Street|Road|Lane|Avenue|Square|Terrace|Crescent|Boulevard)\b"
_TOWN = re.compile(  # "Lindenstraße 8 in Hamburg"
    r"\w (?:\d{1,4}[a-z]?,? |(?:Street|Road|Lane|Avenue|Mayor),? )(?:in|en|em|à|a) ([A-ZÀ-Ý][\wÀ-ÿ'-]{2,})"
)
_STREET_END = re.compile(r"(?:allee|weg|platz|gasse|ring|damm|ufer|markt|hof)$")
_POSTCODE = r"\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b"
_ADDRESS = re.compile("|".join((_ENGLISH, _UNNUMBERED, _NUMBER_FIRST, _GERMAN, _ROMANCE, _FRENCH, _POSTCODE)))
_PHONE = re.compile(r"(?<![\w#£€$.,:/-])(?:\+|00)?\(?\d[\d()\s/.-]{5,}\d(?![\w:/])")
_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{1,2}[:.h]\d\d")
_LINK = re.compile(r"https?://[^\s)]+|www\.[^\s)]+|[\w.+-]+@[\w-]+\.[\w.]+")
_NAME_OR_NUMBER = re.compile(
    r"(?<=[\s(\"“„])[A-ZÀ-Ý][\wÀ-ÿß'-]{2,}|\b\d{1,5}[a-z]?\b(?![:.,]\d|\s?(?:min|uhr|h\b|am\b|pm\b))"
)
_AFTER_WHERE = re.compile(r"[^.!?\n]{0,90}")


def wrong_places(said: str, ground: Ground) -> list[str]:
    """ "address", "phone" or "link", when one is neither published nor heard of. `said`: with placeholders."""
    if ground.heard is None:
        return []
    brief = ground.heard.brief
    texts = [
        brief.business,
        brief.address,
        *ground.published,
        *ground.told_by_tools,
        *ground.said_before,
    ]
    found = []
    named = [_WAY_IN.sub("", fold(match[0])) for match in _ADDRESS.finditer(said)]
    places = [_tokens(each) for each in named] + _whereabouts(said)
    places += [_tokens(match[1]) for match in _TOWN.finditer(said)]
    if places:
        listed = (*brief.practitioners, *(each.name for each in brief.services))
        known = _tokens(" ".join((*texts, *listed, brief.phone))) | _DAYS
        alike = {each[:LIKE] for each in known - _DAYS if len(each) > LIKE}  # "Berlim" is Berlin
        found += [] if all(_tokens(each) or _words(each) <= _words(*texts) for each in named) else ["address"]
        found += [] if all(place <= known or _all_alike(place - known, alike) for place in places) else ["address"]
    numbers = [re.sub(r"\D", "", match[0]) for match in _PHONE.finditer(said) if not _DATE.search(match[0])]
    numbers = [each for each in numbers if 7 <= len(each) <= 15]
    texts += ground.patients_words
    digits = [re.sub(r"\D", "", each) for each in (brief.phone, *texts)] if numbers else []
    found += ["phone"] * sum(not any(_same(number, each) for each in digits if each) for number in numbers)
    links = [fold(match[0]).rstrip(".,") for match in _LINK.finditer(said)]
    everything = fold(" ".join(texts)) if links else ""
    return found + ["link"] * any(link not in everything for link in links)


_WAY_IN = re.compile(r"(?<!\w)(?:entrance|eingang|entrada|entree|acceso|acces)(?!\w)")


def wrong_way_in(said: str, ground: Ground) -> list[str]:
    """["address"] when an entrance is told to be elsewhere than where the house has told it to be.

    `said`: with placeholders, as what the tools told has them too.
    """
    if not _WAY_IN.search(fold(said)):
        return []
    told = [fold(part) for text in (*ground.published, *ground.told_by_tools) for part in re.split(r"[.!?\n]", text)]
    known = set(re.findall(r"\w+", " ".join(part for part in told if _WAY_IN.search(part))))
    named = [
        set(re.findall(r"\w+", fold(each[0])))
        for sentence in sentences(said)
        if _WAY_IN.search(sentence.folded)
        for each in _ADDRESS.finditer(said[sentence.start : sentence.end])
    ]
    named = [place - set(_WAY_IN.findall(" ".join(place))) for place in named]
    return ["address"] if known and any(not place <= known for place in named) else []


def _words(*texts: str) -> set[str]:
    """Of a street that is called "Park Lane", or "Hill Road", its own words."""
    return {word for text in texts for word in re.findall(r"\w+", fold(text)) if len(word) > 1} - _SMALL


def _same(number: str, known: str) -> bool:
    return number.lstrip("0")[-9:] in known


_BRANCH = re.compile(
    r"\b[Oo]ur (?:(?:new|second|other|main) )?((?:[A-Z][\w'’-]+ ){1,2})(?:branch|practice|clinic|surgery|office"
    r"|site|location|salon"
    r"|studio)\b|\b(?:[Uu]nserer?|[Ii]n der) (?:Filiale|Zweigstelle|Praxis|Niederlassung) (?:in |am "
    r"|an der )((?:[A-ZÄÖÜ]"
    r"[\w-]+ ?){1,2})|\b[Nn]uestr[oa] (?:sede|clínica|sucursal|centro|local) (?:de|en) ((?:[A-ZÁÉÍÓÚ][\w-]+ ?){1,2})"
    r"|\b[Nn]otre (?:cabinet|centre|antenne|salon|succursale) (?:de|du|à|d')\s?((?:[A-ZÀ-Ý][\w-]+ ?){1,2})"
    r"|\b[Nn]ossa (?:clínica|filial|unidade|loja) (?:de|do|da|em|no|na) ((?:[A-ZÀ-Ý][\w-]+ ?){1,2})"
)  # "at our Headingley branch"


def _all_alike(words: set[str], alike: set[str]) -> bool:
    return not any(_STREET_END.search(word) for word in words) and all(
        len(word) > LIKE and word[:LIKE] in alike for word in words
    )


def _whereabouts(said: str) -> list[set[str]]:
    """The names and numbers after "our address is", "you find us at"."""
    folded = fold(said)
    found = [_tokens(next(filter(None, match.groups()))) for match in _BRANCH.finditer(said)]
    for wording in all_wordings():
        for match in wording.pattern("where").finditer(folded):
            rest = _AFTER_WHERE.match(said, match.end())
            found += [_tokens(name) for name in _NAME_OR_NUMBER.findall(rest[0] if rest else "")]
    return found


def _tokens(text: str) -> set[str]:
    words = re.findall(
        r"\w+", fold(text.replace("str.", "strasse ").replace("Str.", "strasse ")).replace("strase", "strasse")
    )
    plain = {re.sub(r"(?:strasse|strase|str)$", "", word) or word for word in words}
    return {word for word in plain if not _STREET_WORD.match(word) and (len(word) > 1 or word.isdigit())} - _SMALL


_SMALL_WORDS = (
    "sur off dans depuis desde aus auf na nas nos pelas pelos opposite no nr in im am au em en por par pela pelo"
    " via durch uber through by from near beim bei zur zum vom con der die das"
    " an de da do dos del la las los le les du des the at on of und and y et e"
)
_SMALL = frozenset(_SMALL_WORDS.split())
_DAYS = CALENDAR_WORDS | {
    "uhr",
    "whatsapp",
    "sie",
    "ihnen",
    "ihr",
    "ihre",
    "ihren",
    "ihrem",
    "termin",
    "besuch",
    "team",
    "praxis",
}
