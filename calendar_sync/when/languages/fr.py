"""French."""

from calendar_sync.when.language import Language, Words, listed
from calendar_sync.when.languages.daily_round import DAILY_ROUND

_WEEKDAYS = (
    ("lundi", "lundis", "lun"),
    ("mardi", "mardis", "mar"),
    ("mercredi", "mercredis", "mer"),
    ("jeudi", "jeudis", "jeu"),
    ("vendredi", "vendredis", "ven"),
    ("samedi", "samedis", "sam"),
    ("dimanche", "dimanches", "dim"),
)
_MONTHS = (
    ("janvier", "janv"),
    ("fevrier", "fev", "fevr"),
    ("mars",),
    ("avril", "avr"),
    ("mai",),
    ("juin",),
    ("juillet", "juil"),
    ("aout",),
    ("septembre",),
    ("octobre", "oct"),
    ("novembre", "nov"),
    ("decembre", "dec"),
)
_NUMBERS = listed(
    "zero une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix_sept "
    "dix_huit dix_neuf vingt"
)
_VALUES = {word.replace("_", " "): number for number, word in enumerate(_NUMBERS)} | {"trente": 30, "quarante": 40}

_LATE = (
    "fin daprem",
    "en fin daprem",
    "debut daprem",
    "en debut daprem",
    "fin dapres midi",
    "en fin dapres midi",
    "debut dapres midi",
    "en debut dapres midi",
)
_NO_DAY = ("pourquoi pas", "pas mal", "pas de probleme", "pas de souci", "ou pas", "sinon pas", "pas encore")
_WORDS: Words = {
    "W": {word: number for number, words in enumerate(_WEEKDAYS) for word in words},
    "M": {word: number for number, words in enumerate(_MONTHS, 1) for word in words},
    "n": _VALUES | {"quelques": 2, "vingt et un": 21, "trente et un": 31, "cinquante": 50},
    "o": {
        **dict.fromkeys(("premier", "premiere"), 1),
        **dict.fromkeys(("deuxieme", "second", "seconde"), 2),
        "troisieme": 3,
    },
    "Q": ("un",),
    "u": {
        **dict.fromkeys(("minute", "minutes", "min", "mn"), ("minute", 1)),
        **dict.fromkeys(("jour", "jours"), ("day", 1)),
        **dict.fromkeys(("semaine", "semaines", "sem"), ("day", 7)),
        **dict.fromkeys(("mois",), ("month", 1)),
        **dict.fromkeys(("an", "ans", "annee", "annees"), ("year", 1)),
        **dict.fromkeys(("week end", "weekend", "week ends", "we", "wk end"), ("weekend", 1)),
    },
    "R": {
        **dict.fromkeys(
            ("aujourdhui", "aujourd hui", "plus tard aujourdhui", "ajd", "auj", "aujd", "aujourdui", "ojd"), 0
        ),
        **dict.fromkeys(("demain", "dem", "dmn", "2main", "demin"), 1),
        **dict.fromkeys(("apres demain", "apres dem", "apres 2main"), 2),
        "hier": -1,
        "avant hier": -2,
    },
    "P": {
        **DAILY_ROUND["fr"],
        **dict.fromkeys(
            (
                "matin",
                "matins",
                "du matin",
                "a la premiere heure",
                "premiere heure",
                "le matin",
                "dans la matinee",
                "matinee",
                "au matin",
                "mat",
                "fin de matinee",
                "en fin de matinee",
                "en avant midi",
                "dans lavant midi",
                "lavant midi",
                "davant midi",
            ),
            "morning",
        ),
        **dict.fromkeys(
            (
                "apres midi",
                "de lapres midi",
                "lapres midi",
                "dans lapres midi",
                "en apres midi",
                "aprem",
                "apm",
                "aprm",
                *_LATE,
            ),
            "afternoon",
        ),
        **dict.fromkeys(
            (
                "soir",
                "soirs",
                "du soir",
                "le soir",
                "dans la soiree",
                "soiree",
                "au soir",
                "fin de journee",
                "en fin de journee",
            ),
            "evening",
        ),
        "nuit": "night",
    },
    "Z": {"midi": 12, "minuit": 0},
    "k": ("heure", "heures", "h"),
    "h": ("et demie", "et demi"),
    "q": ("et quart",),
    "m": ("moins",),
    "b": {"jusqua": "until", "jusqu a": "until", "jusquau": "until", "au": "the"},
    "t": ("a",),
    "O": ("pour le", "durant", "dans la journee du"),
    "F": ("pour",),
    "g": ("il y a",),
    "i": {
        "dans": "",
        "dici": "within",
        "dans les prochains": "within",
        "dans les prochaines": "within",
        "en": "",
        "courant": "",
        "au mois de": "",
    },
    "f": {"du": "the", **dict.fromkeys(("de", "de la", "des", "de ce", "de cette"))},
    "d": ("le", "les", "la"),
    "N": dict.fromkeys(
        ("prochain", "prochaine", "prochains", "suivant", "suivante", "qui vient", "pro", "proch", "prochaines"), 1
    ),
    "T": ("ce", "cet", "cette"),
    "L": dict.fromkeys(("dernier", "derniere", "passe", "passee"), 1),
    "A": ("apres", "plus tard que"),
    "E": {"avant": "before", "avant le": "before", "au plus tard": "by", "au plus tard a": "by"},
    "~": ("vers", "environ", "aux alentours de", "autour de"),
    ">": {**dict.fromkeys(("des", "a partir de", "a partir du", "pas avant"), None), "depuis": "since"},
    "j": ("ou plus tard", "ou apres", "minimum"),
    "B": ("entre", "entre le"),
    "&": ("et",),
    "r": ("ou",),
    "!": (
        "pas",
        "pas le",
        "et pas",
        "et pas le",
        "jamais",
        "jamais le",
        "surtout pas",
        "surtout pas le",
        "mais pas",
        "mais pas le",
        "sauf",
        "sauf le",
        "excepte",
        "pas disponible",
        "a part",
        "plutot que",
    ),
    "l": (
        *("en vacances", "je suis en vacances", "je serai en vacances", "en conges", "je suis en conges"),
        *("je serai en conges", "en deplacement", "je suis en deplacement", "je serai en deplacement", "absent"),
        *("absente", "je suis absent", "je suis absente", "je serai absent", "je serai absente"),
        *("je ne suis pas la", "je ne serai pas la"),
    ),
    "U": ("ne va pas", "ne me va pas", "ne convient pas", "ne me convient pas", "nest pas possible"),
    "s": (
        *("le plus tot possible", "des que possible", "au plus vite", "au plus tot", "tout de suite", "asap"),
        *("le plus vite possible", "le plus rapidement possible", "des que vous pouvez", "aussi vite que possible"),
        *("dans combien de temps", "sous combien de temps", "dans quel delai", "sous quel delai", "quels delais"),
        *("quel est le delai", "quels sont les delais", "quels sont vos delais"),
        *("aussi tot que possible", "le premier disponible", "la premiere disponible", "le plus proche possible"),
    ),
    "S": {
        **dict.fromkeys(("fin", "la fin", "en fin"), "end"),
        **dict.fromkeys(("debut", "le debut", "en debut"), "start"),
        **dict.fromkeys(("milieu", "mi", "le milieu"), "middle"),
    },
    "X": ("maintenant", "en ce moment"),
    "%": ("le suivant", "celui dapres", "celui d apres", "la suivante"),
    "V": ("chaque", "tous les", "toutes les"),
    "K": ("fois", "personne", "personnes", "enfants", "euros", "rendez vous", "option"),
    "#": ("option", "numero", "chambre", "appartement", "rue", "etage"),
    "<": {"plus tard": 1, "plus tot": -1},
    "Y": ("deplacer", "changer", "reporter", "decaler"),
    "*": ("non", "plutot", "pardon", "je voulais dire", "en fait", "finalement", "mais"),
    "H": {
        "noel": (12, 25),
        "le reveillon": (12, 24),
        "la saint sylvestre": (12, 31),
        **dict.fromkeys(("nouvel an", "le nouvel an", "jour de lan"), (1, 1)),
        "paques": 0,
        "lundi de paques": 1,
        "lundi de pentecote": 50,
        "pentecote": 49,
        "ascension": 39,
        "lascension": 39,
        "mardi gras": -47,
        "toussaint": (11, 1),
        "la toussaint": (11, 1),
        "assomption": (8, 15),
        "armistice": (11, 11),
        "fete du travail": (5, 1),
        **dict.fromkeys(("fete nationale", "la fete nationale"), (7, 14)),
        "epiphanie": (1, 6),
        "saint valentin": (2, 14),
    },
    "z": (
        "a une",  # "à une dent"
        "l'un",  # is not short for Monday
        "bonne soiree",
        "bonne journee",
        "bon apres midi",
        "bonne nuit",
        "le premier rendez vous",
        "bon week end",
        *_NO_DAY,
    ),
}
_WEEK = ("u", ("day", 7))
_PHRASES = {
    **{
        f"{one} heure plus {way}": (("n", 1), ("u", ("hour", 1)), ("<", sign))
        for one in ("une", "d une", "dune")
        for way, sign in (("tard", 1), ("tot", -1))
    },
    "heures plus tard": (("u", ("hour", 1)), ("<", 1)),
    "heures plus tot": (("u", ("hour", 1)), ("<", -1)),
    "ce matin": (("R", 0), ("P", "morning")),
    "cet apres midi": (("R", 0), ("P", "afternoon")),
    **dict.fromkeys(("cet avant midi", "cette avant midi"), (("R", 0), ("P", "morning"))),
    **{f"a une {hour}": (("t", None), ("n", 1), ("k", None)) for hour in ("heure", "heures", "h")},
    **dict.fromkeys(("cette apres midi", "cet aprem", "cette aprem", "ct aprem"), (("R", 0), ("P", "afternoon"))),
    **{
        f"{eve} {of}": (("n", 1), ("u", ("day", 1)), ("E", "before"))
        for eve in ("la veille", "veille")
        for of in ("de", "du", "de la")
    },
    **{
        f"{day} {of}": (("n", 1), ("u", ("day", 1)), ("A", None))
        for day in ("le lendemain", "lendemain")
        for of in ("de", "du", "de la")
    },
    "ce soir": (("R", 0), ("P", "evening")),
    "cette nuit": (("R", 0), ("P", "night")),
    "moins le quart": (("m", None), ("q", None)),
    "moins quart": (("m", None), ("q", None)),
    "une quinzaine de jours": (("n", 1), ("u", ("day", 14))),
    "une quinzaine": (("n", 1), ("u", ("day", 14))),
    "quinze jours": (("n", 1), ("u", ("day", 14))),
    "15 jours": (("n", 1), ("u", ("day", 14))),
    "huit jours": (("n", 1), _WEEK),
    "en huit": (_WEEK,),
    "en quinze": (("u", ("day", 14)),),
    **dict.fromkeys(("trois quarts dheure", "trois quart dheure"), (("n", 45), ("u", ("minute", 1)))),
    "une demi heure": (("n", 30), ("u", ("minute", 1))),
    "la semaine dapres": (("d", None), _WEEK, ("A", None)),
    "davril": (("f", None), ("M", 4)),
    "daout": (("f", None), ("M", 8)),
    "doctobre": (("f", None), ("M", 10)),
    **dict.fromkeys(("daujourdhui", "daujourd hui"), (("R", 0),)),
    "en semaine": (("W", "weekday"),),
}
_MISSPELT = frozenset(
    listed("mercredi vendredi samedi dimanche aujourdhui janvier septembre octobre novembre decembre")
)

TABLE = Language(
    code="fr",
    words=_WORDS,
    phrases=_PHRASES,
    day_by_article=True,
    doubtful=frozenset(("mat",)),
    also_months={"sept": 9},
    often_misspelt=_MISSPELT,
)
