"""German."""

from calendar_sync.when.language import Language, Words, listed
from calendar_sync.when.languages.daily_round import DAILY_ROUND

_WEEKDAYS = (
    ("montag", "montags", "mo"),
    ("dienstag", "dienstags", "di"),
    ("mittwoch", "mittwochs", "mi"),
    ("donnerstag", "donnerstags", "do"),
    ("freitag", "freitags", "fr"),
    ("samstag", "samstags", "sonnabend", "sa"),
    ("sonntag", "sonntags"),
)
_MONTHS = (
    ("januar", "janner", "jan"),
    ("februar", "feb"),
    ("marz", "maerz"),
    ("april", "apr"),
    ("mai",),
    ("juni", "jun"),
    ("juli", "jul"),
    ("august", "aug"),
    ("september", "sep", "sept"),
    ("oktober", "okt"),
    ("november", "nov"),
    ("dezember", "dez"),
)
_UNITS = listed("null eins zwei drei vier funf sechs sieben acht neun")
_TEENS = listed("zehn elf zwolf dreizehn vierzehn funfzehn sechzehn siebzehn achtzehn neunzehn")
_TENS = {"zwanzig": 20, "dreissig": 30, "dreißig": 30, "vierzig": 40, "funfzig": 50}
_NUMBERS = (
    {word: number for number, word in enumerate([*_UNITS, *_TEENS])} | _TENS | {"fuenf": 5, "zwoelf": 12, "zwo": 2}
)
_NUMBERS |= {
    f"{'ein' if unit == 1 else _UNITS[unit]}und{tens}": value + unit
    for tens, value in _TENS.items()
    for unit in range(1, 10)
}
_FIRST = listed("ersten zweiten dritten vierten funften sechsten siebten achten neunten")
_ORDINALS = {word: number for number, word in enumerate(_FIRST, 1)}
_ORDINALS |= {f"{word}ten": number for word, number in _NUMBERS.items() if 10 <= number < 20}
_ORDINALS |= {f"{word}sten": number for word, number in _NUMBERS.items() if 20 <= number <= 31}
_ORDINALS |= {word[:-1]: number for word, number in _ORDINALS.items() if word != "achten"}
_ORDINALS |= {f"{word}r": number for word, number in _ORDINALS.items() if word.endswith("te") or word == "erste"}


def _forms(*stems: str) -> tuple[str, ...]:
    return tuple(stem + ending for stem in stems for ending in ("e", "en", "er", "es", "em"))


_NO_DAY = ("warum nicht", "wenn nicht", "oder nicht", "nicht schlecht", "kein problem", "nicht sicher")
_WORDS: Words = {
    "W": {word: number for number, words in enumerate(_WEEKDAYS) for word in words},
    "M": {word: number for number, words in enumerate(_MONTHS, 1) for word in words},
    "n": _NUMBERS | {"ein paar": 2, "paar": 2, "neune": 9, "zehne": 10, "elfe": 11, "zwolfe": 12},
    "o": _ORDINALS,
    "Q": ("ein", "eine", "einen", "einer", "einem", "ne", "nem", "nen", "ner"),
    "u": {
        **dict.fromkeys(("minute", "minuten", "min"), ("minute", 1)),
        **dict.fromkeys(("stunde", "stunden", "std"), ("hour", 1)),
        **dict.fromkeys(("tag", "tage", "tagen", "tages"), ("day", 1)),
        **dict.fromkeys(("woche", "wochen"), ("day", 7)),
        **dict.fromkeys(("monat", "monate", "monaten", "monats"), ("month", 1)),
        **dict.fromkeys(("jahr", "jahre", "jahren", "jahres"), ("year", 1)),
        **dict.fromkeys(("wochenende", "wochenenden", "we"), ("weekend", 1)),
    },
    "R": {
        **dict.fromkeys(("heute", "heut", "hete", "spater heute", "heute noch"), 0),
        **dict.fromkeys(("morgen", "mrgn"), 1),
        **dict.fromkeys(("ubermorgen", "uebermorgen"), 2),
        "gestern": -1,
        "vorgestern": -2,
    },
    "P": {
        **DAILY_ROUND["de"],
        **dict.fromkeys(
            (
                "am morgen",
                "morgens",
                "fruh",
                "frueh",
                "am vormittag",
                "vormittag",
                "vormittags",
                "vorm",
                "vormittach",
                "in der fruh",
                "gleich fruh",
                "gleich in der fruh",
            ),
            "morning",
        ),
        **dict.fromkeys(("mittag", "mittags", "am mittag"), "midday"),
        **dict.fromkeys(("nachmittag", "nachmittags", "am nachmittag", "nachm", "nachmittach", "nm"), "afternoon"),
        **dict.fromkeys(("abend", "abends", "am abend", "abds", "feierabend", "nach feierabend"), "evening"),
        **dict.fromkeys(("nacht", "nachts", "in der nacht"), "night"),
    },
    "Z": {"zwolf uhr mittags": 12, "mitternacht": 0},
    "k": ("uhr",),
    "h": {"halb": None, "dreiviertel": 45, "drei viertel": 45},
    "q": ("viertel",),
    "b": {"bis": "until", "bis um": "until"},
    "t": ("um", "auf", "punkt", "um punkt", "schlag"),
    "O": ("am", "an", "irgendwann am"),
    "F": ("fur", "fuer"),
    "i": {
        "in": "",
        "im": "",
        "irgendwann im": "",
        **dict.fromkeys(("innerhalb von", "in den nachsten", "in den naechsten"), "within"),
    },
    "f": ("des", "vom"),
    "d": ("der", "den", "die", "das", "dem"),
    "N": {
        **dict.fromkeys((*_forms("nachst", "naechst", "folgend"), "nachst"), 1),
        **dict.fromkeys(_forms("ubernachst", "uebernaechst"), 2),
    },
    "T": _forms("dies"),
    "L": dict.fromkeys((*_forms("letzt", "vorig", "vergangen"),), 1),
    "G": dict.fromkeys(_forms("kommend"), 1),
    "w": ("ab heute", "ab jetzt"),
    "A": ("nach", "spater als"),
    "E": {"vor": "before", **dict.fromkeys(("spatestens", "spatestens um", "nicht nach"), "by")},
    "~": ("gegen", "etwa", "ungefahr", "circa", "ca", "so gegen", "rund"),
    ">": {"ab": None, "von": None, "nicht vor": None, "fruhestens": None, "seit": "since"},
    "Y": ("verschieben", "verlegen", "verschiebe", "andern", "umbuchen"),
    "j": ("oder spater", "oder danach", "aufwarts"),
    "B": ("zwischen", "zw"),
    "I": ("kw", "kalenderwoche"),
    "&": ("und", "u"),
    "r": ("oder", "od", "o", "oder auch"),
    "!": (
        "nicht",
        "nicht am",
        "nicht den",
        "und nicht",
        "und nicht am",
        "nie",
        "bloss nicht",
        "blos nicht",
        "aber nicht",
        "aber nicht am",
        "ausser",
        "ausser am",
        "außer",
        "außer am",
        "kein",
        "kann nicht am",
        "statt",
    ),
    "l": (
        *("im urlaub", "im urlaub bin", "bin ich im urlaub", "bin im urlaub", "verreist"),
        *("verreist bin", "bin ich verreist", "bin ich weg", "bin weg", "weg bin"),
        *("nicht da", "nicht da bin", "bin ich nicht da", "auf reisen", "auf reisen bin"),
    ),
    "U": (
        "geht nicht",
        "passt nicht",
        "passt mir nicht",
        "geht leider nicht",
        "passt leider nicht",
        "ist schlecht",
        "is schlecht",
        "schlecht",
        "klappt nicht",
        "klappt leider nicht",
        "geht gar nicht",
        "geht garnicht",
        "passt gar nicht",
        "ist blod",
        "ist doof",
        "auch nicht",
        "geht net",
        "is nix",
    ),
    "s": (
        *("so bald wie moglich", "sobald wie moglich", "so schnell wie moglich", "schnellstmoglich", "sofort"),
        *("moglichst bald", "baldmoglichst", "asap", "so fruh wie moglich", "so bald wie moeglich"),
        *("so schnell es geht", "so bald es geht", "so schnell wie es geht", "so bald wie es geht", "so fruh es geht"),
        *("moglichst schnell", "moglichst fruh", "je fruher desto besser", "je eher desto besser", "fruhestmoglich"),
        *("wie schnell kann", "wie schnell konnte", "wie schnell konnen", "wie schnell bekomme", "wie bald kann"),
        *("wie bald konnte", "wie fruh kann", "wie schnell geht"),
        *("am schnellsten", "den nachsten freien", "der nachste freie", "den fruhesten", "ehestmoglich"),
    ),
    "S": {"ende": "end", "anfang": "start", "mitte": "middle"},
    "X": ("jetzt", "jetzt gleich", "gerade jetzt"),
    "%": ("den drauf", "den darauf", "den danach", "den darauffolgenden", "die drauf", "den ubernachsten"),
    "V": ("jede", "jeden", "jeder", "jedes", "alle"),
    "K": (
        "mal",
        "advent",
        "personen",
        "leute",
        "kinder",
        "termine",
        "jahre alt",
        "euro",
        "termin",
        "option",
        "vorschlag",
    ),
    "#": ("option", "nummer", "nr", "zimmer", "hausnummer", "wohnung", "stock", "praxis"),
    "<": {"spater": 1, "fruher": -1, "spaeter": 1, "frueher": -1, "nach hinten": 1, "nach vorne": -1},
    "*": (
        *("nein", "doch lieber", "lieber", "sondern", "ich meinte", "ich meine", "eigentlich", "doch", "nee", "noe"),
        *(
            "moment",
            "ne moment",
            "quatsch",
            "stopp",
            "halt stopp",
            "korrektur",
            "vielmehr",
            "sorry",
            "pardon",
            "falsch",
        ),
        *("ach nein", "ach ne", "ne doch", "ne warte", "warte"),
    ),
    "H": {
        **dict.fromkeys(("weihnachten", "heiligabend", "heiliger abend"), (12, 24)),
        **dict.fromkeys(("silvester",), (12, 31)),
        **dict.fromkeys(("neujahr",), (1, 1)),
        **dict.fromkeys(("ostersonntag", "ostern"), 0),
        "grundonnerstag": -3,
        "karfreitag": -2,
        "zwischen den jahren": (12, 27),
        **dict.fromkeys(("erster weihnachtstag", "erster weihnachtsfeiertag", "ersten weihnachtstag"), (12, 25)),
        **dict.fromkeys(("zweiter weihnachtstag", "zweiter weihnachtsfeiertag", "zweiten weihnachtstag"), (12, 26)),
        "ostermontag": 1,
        **dict.fromkeys(("pfingsten", "pfingstsonntag"), 49),
        "pfingstmontag": 50,
        "rosenmontag": -48,
        "aschermittwoch": -46,
        "fronleichnam": 60,
        **dict.fromkeys(("himmelfahrt", "christi himmelfahrt"), 39),
        "muttertag": (5, 6, 2),
        "nikolaus": (12, 6),
        "allerheiligen": (11, 1),
        "maria himmelfahrt": (8, 15),
        "reformationstag": (10, 31),
        "tag der deutschen einheit": (10, 3),
        "dreikonigstag": (1, 6),
        "tag der arbeit": (5, 1),
    },
    "z": (
        "guten morgen",
        "guten abend",
        "guten tag",
        "gute nacht",
        "schonen abend",
        "schonen tag",
        "auf jeden fall",
        "im moment",
        "einen moment",
        "kleinen moment",
        "nachste zeit",
        "na ja",
        "na klar",
        "na gut",
        "na dann",
        "na super",
        *_NO_DAY,
    ),
}
_WEEK = ("u", ("day", 7))
_PARTS = {
    **dict.fromkeys(("morgen", "fruh", "frueh", "vormittag"), "morning"),
    "mittag": "midday",
    "nachmittag": "afternoon",
    "abend": "evening",
    "nacht": "night",
}
_PHRASES = {
    "ubernachste woche": (("N", 2), _WEEK),
    "uebernaechste woche": (("N", 2), _WEEK),
    **{f"{said} wo": (("N", 1), _WEEK) for said in ("nachste", "naechste", "nachster", "na", "kommende")},
    "morgen fruh": (("R", 1), ("P", "morning")),
    "morgen frueh": (("R", 1), ("P", "morning")),
    "heute nacht": (("R", 0), ("P", "night")),
    "halbe stunde": (("n", 30), ("u", ("minute", 1))),
    **{f"{a} halben stunde": (("n", 30), ("u", ("minute", 1))) for a in ("einer", "ner", "der")},
    **{
        f"{a} {part}": (("n", minutes), ("u", ("minute", 1)))
        for a in ("einer", "ner", "ne", "eine")
        for part, minutes in (("viertelstunde", 15), ("dreiviertelstunde", 45), ("dreiviertel stunde", 45))
    },
    **dict.fromkeys(
        ("dreiviertelstunde", "dreiviertel stunde", "drei viertel stunde"), (("n", 45), ("u", ("minute", 1)))
    ),
    "viertelstunde": (("n", 15), ("u", ("minute", 1))),
    "wochentags": (("W", "weekday"),),
    "werktags": (("W", "weekday"),),
    "ein uhr": (("n", 1), ("k", None)),
    **{
        f"{names[0]}{part}{ending}": (("W", number), ("P", value))
        for number, names in enumerate(_WEEKDAYS)
        for part, value in _PARTS.items()
        for ending in ("", "s")
    },
    "anderthalb stunden": (("n", 90), ("u", ("minute", 1))),
    "eineinhalb stunden": (("n", 90), ("u", ("minute", 1))),
    "zweieinhalb stunden": (("n", 150), ("u", ("minute", 1))),
    "die woche danach": (("d", None), _WEEK, ("A", None)),
    "eine woche spater": (("Q", None), _WEEK, ("<", 1)),
}
_MISSPELT = frozenset(
    listed("montag dienstag mittwoch donnerstag freitag samstag sonntag ubermorgen nachmittag vormittag dezember")
)
_PARTS = {
    "morgen": "morning",
    "vormittag": "morning",
    "mittag": "midday",
    "nachmittag": "afternoon",
    "abend": "evening",
}
_PHRASES |= {
    f"{day[0]}{part}": (("W", number), ("P", value))
    for number, day in enumerate(_WEEKDAYS)
    for part, value in _PARTS.items()
}

TABLE = Language(
    code="de",
    words=_WORDS,
    phrases=_PHRASES,
    half_is_before=True,
    before_is_ago=True,
    ordinal_dot=True,
    often_misspelt=_MISSPELT,
)
