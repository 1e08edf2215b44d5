"""Spanish."""

from calendar_sync.when.language import Language, Words, listed
from calendar_sync.when.languages.daily_round import DAILY_ROUND

_WEEKDAYS = (
    ("lunes", "lun"),
    ("martes", "mar", "mart"),
    ("miercoles", "mie", "mier", "mierc"),
    ("jueves", "jue", "juev"),
    ("viernes", "vie", "vier", "viern"),
    ("sabado", "sabados", "sab"),
    ("domingo", "domingos", "dom"),
)
_MONTHS = (
    ("enero", "ene"),
    ("febrero", "feb"),
    ("marzo",),
    ("abril", "abr"),
    ("mayo",),
    ("junio", "jun"),
    ("julio", "jul"),
    ("agosto", "ago"),
    ("septiembre", "setiembre", "sept", "sep"),
    ("octubre", "oct"),
    ("noviembre", "nov"),
    ("diciembre", "dic"),
)
_NUMBERS = listed(
    "cero una dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis diecisiete "
    "dieciocho diecinueve veinte veintiuno veintidos veintitres veinticuatro veinticinco veintiseis veintisiete "
    "veintiocho veintinueve treinta"
)
_TENS = {"cuarenta": 40, "cincuenta": 50, "treinta y cinco": 35, "cuarenta y cinco": 45, "cincuenta y cinco": 55}
_VALUES = {word: number for number, word in enumerate(_NUMBERS)} | _TENS
_SPOKEN = {word: number for word, number in _VALUES.items() if number > 4 and number % 5 == 0}

_NO_DAY = ("por que no", "si no", "o no", "no hay problema", "no se")
_WORDS: Words = {
    "W": {word: number for number, words in enumerate(_WEEKDAYS) for word in words},
    "M": {word: number for number, words in enumerate(_MONTHS, 1) for word in words},
    "n": _VALUES | {"un par de": 2, "unos": 2, "uno": 1, "treinta y uno": 31},
    "o": {
        **dict.fromkeys(("primero", "primer", "primera"), 1),
        **dict.fromkeys(("segundo", "segunda"), 2),
        **dict.fromkeys(("tercero", "tercer", "tercera"), 3),
    },
    "Q": ("un",),
    "u": {
        **dict.fromkeys(("minuto", "minutos", "min"), ("minute", 1)),
        **dict.fromkeys(("hora", "horas", "horita"), ("hour", 1)),
        **dict.fromkeys(("dia", "dias"), ("day", 1)),
        **dict.fromkeys(("semana", "semanas"), ("day", 7)),
        **dict.fromkeys(("quincena",), ("day", 14)),
        **dict.fromkeys(("mes", "meses"), ("month", 1)),
        **dict.fromkeys(("ano", "anos"), ("year", 1)),
        **dict.fromkeys(("fin de semana", "finde"), ("weekend", 1)),
    },
    "R": {"hoy": 0, "hoy mas tarde": 0, "mas tarde hoy": 0, "ayer": -1}
    | dict.fromkeys(("manana", "mnn", "mnna", "mna", "manna", "mnana", "maana"), 1)
    | dict.fromkeys(("pasado manana", "pasao manana", "pasado mnn", "pasado mna"), 2),
    "P": {
        **DAILY_ROUND["es"],
        **dict.fromkeys(
            (
                "por la manana",
                "de la manana",
                "en la manana",
                "a la manana",
                "mananas",
                "x la manana",
                "a primera hora",
                "a media manana",
                "media manana",
            ),
            "morning",
        ),
        **dict.fromkeys(
            (
                "por la tarde",
                "de la tarde",
                "en la tarde",
                "a la tarde",
                "tarde",
                "tardes",
                "x la tarde",
                "a media tarde",
                "media tarde",
                "despues de comer",
            ),
            "afternoon",
        ),
        **dict.fromkeys(("por la noche", "de la noche", "en la noche", "noche", "x la noche"), "evening"),
        "de la madrugada": "night",
    },
    "Z": {
        **dict.fromkeys(("mediodia", "a mediodia", "al mediodia", "medio dia"), 12),
        **dict.fromkeys(("medianoche", "a medianoche", "media noche"), 0),
    },
    "a": {"am": "am", "pm": "pm"},
    "k": ("en punto", "hrs"),
    "h": ("y media",),
    "q": ("y cuarto",),
    "m": ("menos",),
    "b": {"a": None, "al": "the", "hasta": "until", "hasta las": "until", "hasta el": "until"},
    "t": ("a las", "a la", "las"),
    "O": ("para el", "durante el"),
    "F": ("para las", "para la", "pa las", "pa la"),
    "g": ("hace",),
    "i": {"en": "", "dentro de": "", "de aqui a": "", "en las proximas": "within", "en los proximos": "within"},
    "f": {"de": None, "del": "the", "de este": None, "de la": None},
    "d": ("el", "los", "la", "el dia"),
    "N": dict.fromkeys(
        (
            "proximo",
            "proxima",
            "que viene",
            "siguiente",
            "que entra",
            "q viene",
            "k viene",
            "q entra",
            "prox",
            "entrante",
        ),
        1,
    ),
    "T": ("este", "esta"),
    "L": dict.fromkeys(("pasado", "pasada", "anterior", "ultimo", "ultima"), 1),
    "A": ("despues de", "despues de las", "despues del", "mas tarde de las", "mas tarde de", "pasadas las"),
    "E": {
        **dict.fromkeys(("antes de", "antes de las", "antes del"), "before"),
        **dict.fromkeys(("como tarde", "no mas tarde de las", "a mas tardar"), "by"),
    },
    "~": (
        "sobre las",
        "sobre la",
        "hacia las",
        "alrededor de las",
        "alrededor de",
        "mas o menos",
        "tipo",
        "tipo las",
        "como a las",
    ),
    ">": {
        **dict.fromkeys(("desde", "desde las", "desde el", "a partir de", "a partir de las", "a partir del", "de las")),
        **dict.fromkeys(
            ("duele desde", "duele desde el", "dolor desde", "dolor desde el", "mal desde el", "mal desde"), "since"
        ),
    },
    "j": ("en adelante", "o mas tarde", "o despues"),
    "B": ("entre", "entre las", "entre el"),
    "&": ("y",),
    "r": ("o",),
    "!": (
        "no el",
        "no los",
        "y no el",
        "y no",
        "nunca",
        "nunca los",
        "menos los",
        "menos el",
        "excepto",
        "excepto el",
        "salvo",
        "salvo el",
        "no puedo el",
        "no puedo",
    ),
    "l": (
        *("de vacaciones", "estoy de vacaciones", "estare de vacaciones", "de viaje", "estoy de viaje"),
        *("estare de viaje", "estoy fuera", "estare fuera", "no estoy", "no estare"),
    ),
    "U": (
        "no puedo",
        "no me viene bien",
        "no me va bien",
        "no me va",
        "no es posible",
        "me va mal",
        "me viene mal",
        "me viene fatal",
        "imposible",
        "es imposible",
        "tampoco",
        "lo tengo complicado",
        "esta complicado",
    ),
    "s": (
        *("lo antes posible", "cuanto antes", "lo mas pronto posible", "ya mismo", "inmediatamente"),
        *("lo mas rapido posible", "lo antes que pueda", "lo mas pronto que pueda", "tan pronto como sea posible"),
        *(
            "que tan pronto",
            "que tan rapido",
            "como de pronto",
            "cuanto tardan en atender",
            "cuanto tardais en atender",
        ),
        *("cuanto tardan en darme", "cuanto tardais en darme", "para cuando lo mas pronto"),
        *("en cuanto pueda", "en cuanto sea posible", "la primera que tenga", "lo primero que tenga", "asap"),
    ),
    "S": {
        **dict.fromkeys(("fin", "final", "finales", "ultimos", "a ultimos", "a finales", "a final", "a fin"), "end"),
        **dict.fromkeys(
            ("principios", "principio", "a principios", "comienzos", "inicio", "primeros", "a primeros", "a comienzos"),
            "start",
        ),
        **dict.fromkeys(("mediados", "a mediados"), "middle"),
    },
    "X": ("ahora", "ahora mismo"),
    "%": ("el otro", "el de despues", "el de la otra semana", "el de la semana siguiente"),
    "V": ("cada", "todos los", "todas las"),
    "K": ("veces", "persona", "personas", "ninos", "citas", "euros", "pesos", "opcion", "cita"),
    "#": ("opcion", "numero", "piso", "habitacion", "calle"),
    "<": {"mas tarde": 1, "despues": 1, "mas temprano": -1, "antes": -1},
    "Y": ("mover", "cambiar", "cambie", "mueva", "pasar", "reprogramar"),
    "*": (
        "no",
        "mejor",
        "perdon",
        "digo",
        "espera",
        "mejor dicho",
        "quise decir",
        "en realidad",
        "cambialo a",
        "queria decir",
        "sino",
    ),
    "H": {
        **dict.fromkeys(("navidad",), (12, 25)),
        "nochebuena": (12, 24),
        "nochevieja": (12, 31),
        "ano nuevo": (1, 1),
        "dia de reyes": (1, 6),
        "reyes": (1, 6),
        "viernes santo": -2,
        "domingo de resurreccion": 0,
        "semana santa": -6,
        "jueves santo": -3,
        "domingo de pascua": 0,
        "lunes de pascua": 1,
        "domingo de ramos": -7,
        "miercoles de ceniza": -46,
        "todos los santos": (11, 1),
        "dia de muertos": (11, 2),
        "dia de la hispanidad": (10, 12),
        "san valentin": (2, 14),
        "san juan": (6, 24),
        "dia del trabajo": (5, 1),
        "inmaculada": (12, 8),
    },
    "z": ("buenas tardes", "buenas noches", "buenos dias", "esta bien", "el primero", "la primera", "a ver", *_NO_DAY),
}
_WEEK = ("u", ("day", 7))
_PHRASES = {
    "una hora mas tarde": (("n", 1), ("u", ("hour", 1)), ("<", 1)),
    "una hora antes": (("n", 1), ("u", ("hour", 1)), ("<", -1)),
    "esta tarde": (("R", 0), ("P", "afternoon")),
    "esta noche": (("R", 0), ("P", "evening")),
    "esta manana": (("R", 0), ("P", "morning")),
    "menos cuarto": (("m", None), ("q", None)),
    **dict.fromkeys(("de hoy en ocho", "de hoy en ocho dias"), (("R", 0), _WEEK)),
    **dict.fromkeys(("de hoy en quince", "de hoy en quince dias"), (("R", 0), ("u", ("day", 14)))),
    **{
        f"{a}cuarto {to} {las}": (("q", None), ("F", None))
        for a in ("", "un ")
        for to in ("para", "pa")
        for las in ("las", "la")
    },
    **{f"la manana {of}": (("P", "morning"), ("f", None)) for of in ("de", "del")},
    "o pasado": (("r", None), ("R", 2)),
    **{f"la semana {after} la proxima": (("N", 2), _WEEK) for after in ("siguiente a", "despues de")},
    **{
        f"{eve} {of}": (("n", 1), ("u", ("day", 1)), ("E", "before"))
        for eve in ("vispera", "la vispera")
        for of in ("de", "del")
    },
    **{
        f"{day} {of}": (("n", 1), ("u", ("day", 1)), ("A", None))
        for day in ("dia siguiente", "el dia siguiente")
        for of in ("a", "al")
    },
    "el primero de": (("d", None), ("o", 1), ("f", None)),
    "tres cuartos de hora": (("n", 45), ("u", ("minute", 1))),
    **{f"{of}la otra semana": (("N", 1), _WEEK) for of in ("", "de ")},
    "la primera semana": (("d", None), ("o", 1), _WEEK),
    "media hora": (("n", 30), ("u", ("minute", 1))),
    "la semana siguiente": (("d", None), _WEEK, ("A", None)),
    "entre semana": (("W", "weekday"),),
    **{f"y {word}": (("m", 1), ("n", number)) for word, number in _SPOKEN.items()},
}
_MISSPELT = frozenset(listed("miercoles septiembre noviembre diciembre"))

TABLE = Language(
    code="es",
    words=_WORDS,
    phrases=_PHRASES,
    day_by_article=True,
    next_is_nearest=True,
    eight_is_a_week=True,
    after_tomorrow=frozenset(("pasado", "pasao")),
    often_misspelt=_MISSPELT,
)
