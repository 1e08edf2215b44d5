"""Spanish."""

from calendar_sync.when.language import Language, Words, listed

_WEEKDAYS = (
    ("lunes", "lun"),
    ("martes",),
    ("miercoles", "mie"),
    ("jueves", "jue"),
    ("viernes", "vie"),
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
_SPOKEN = {word: number for number, word in enumerate(_NUMBERS) if number in (5, 10, 20, 25)}

_WORDS: Words = {
    "W": {word: number for number, words in enumerate(_WEEKDAYS) for word in words},
    "M": {word: number for number, words in enumerate(_MONTHS, 1) for word in words},
    "n": {word: number for number, word in enumerate(_NUMBERS)} | {"un par de": 2, "uno": 1, "treinta y uno": 31},
    "o": {"primero": 1, "primer": 1, "primera": 1, "ultimo": -1},
    "Q": ("un",),
    "u": {
        **dict.fromkeys(("minuto", "minutos", "min"), ("minute", 1)),
        **dict.fromkeys(("hora", "horas"), ("hour", 1)),
        **dict.fromkeys(("dia", "dias"), ("day", 1)),
        **dict.fromkeys(("semana", "semanas"), ("day", 7)),
        **dict.fromkeys(("quincena",), ("day", 14)),
        **dict.fromkeys(("mes", "meses"), ("month", 1)),
        **dict.fromkeys(("ano", "anos"), ("year", 1)),
        **dict.fromkeys(("fin de semana", "finde"), ("weekend", 1)),
    },
    "R": {"hoy": 0, "hoy mas tarde": 0, "mas tarde hoy": 0, "manana": 1, "pasado manana": 2, "pasado": 2, "ayer": -1},
    "P": {
        **dict.fromkeys(("por la manana", "de la manana", "en la manana", "a la manana", "mananas"), "morning"),
        **dict.fromkeys(("por la tarde", "de la tarde", "en la tarde", "a la tarde", "tarde", "tardes"), "afternoon"),
        **dict.fromkeys(("por la noche", "de la noche", "en la noche", "noche"), "evening"),
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
    "b": {"a": None, "al": None, "hasta": "until", "hasta las": "until", "hasta el": "until"},
    "t": ("a las", "a la", "las"),
    "O": ("para el", "durante el"),
    "F": ("para las", "para la"),
    "i": {"en": "", "dentro de": "", "de aqui a": "", "en las proximas": "within", "en los proximos": "within"},
    "f": ("de", "del", "de este", "de la"),
    "d": ("el", "los", "la", "el dia"),
    "N": dict.fromkeys(("proximo", "proxima", "que viene", "siguiente", "que entra"), 1),
    "T": ("este", "esta"),
    "L": dict.fromkeys(("pasado lunes", "anterior", "ultimo"), 1),
    "A": ("despues de", "despues de las", "despues del", "mas tarde de las", "mas tarde de", "pasadas las"),
    "E": {
        **dict.fromkeys(("antes de", "antes de las", "antes del"), "before"),
        **dict.fromkeys(("como tarde", "no mas tarde de las", "a mas tardar"), "by"),
    },
    "~": ("sobre las", "sobre la", "hacia las", "alrededor de las", "alrededor de", "mas o menos"),
    ">": ("desde", "desde las", "desde el", "a partir de", "a partir de las", "a partir del", "de las"),
    "j": ("en adelante", "o mas tarde", "o despues"),
    "B": ("entre", "entre las", "entre el"),
    "&": ("y",),
    "r": ("o",),
    "!": ("no el", "no los", "menos el", "excepto", "excepto el", "salvo", "salvo el", "no puedo el", "no puedo"),
    "U": ("no puedo", "no me viene bien", "no me va bien", "no me va", "no es posible"),
    "s": ("lo antes posible", "cuanto antes", "lo mas pronto posible", "ya mismo", "inmediatamente"),
    "S": {
        **dict.fromkeys(("fin", "final", "finales", "a finales", "a final", "a fin"), "end"),
        **dict.fromkeys(("principios", "principio", "a principios", "comienzos", "inicio"), "start"),
        **dict.fromkeys(("mediados", "a mediados"), "middle"),
    },
    "X": ("ahora", "ahora mismo"),
    "V": ("cada", "todos los", "todas las"),
    "K": ("veces", "personas", "ninos", "citas", "euros", "pesos", "opcion", "cita"),
    "#": ("opcion", "numero", "piso", "habitacion", "calle"),
    "<": {"mas tarde": 1, "despues": 1, "mas temprano": -1, "antes": -1},
    "Y": ("mover", "cambiar", "cambie", "mueva", "pasar", "reprogramar"),
    "*": ("no", "mejor", "perdon", "quise decir", "en realidad", "cambialo a", "queria decir", "sino"),
    "H": {
        **dict.fromkeys(("navidad",), (12, 25)),
        "nochebuena": (12, 24),
        "nochevieja": (12, 31),
        "ano nuevo": (1, 1),
        "dia de reyes": (1, 6),
        "reyes": (1, 6),
        "viernes santo": -2,
        "jueves santo": -3,
        "domingo de pascua": 0,
    },
    "z": ("buenas tardes", "buenas noches", "buenos dias", "esta bien", "el primero", "la primera", "a ver"),
}
_WEEK = ("u", ("day", 7))
_PHRASES = {
    "esta tarde": (("R", 0), ("P", "afternoon")),
    "esta noche": (("R", 0), ("P", "evening")),
    "esta manana": (("R", 0), ("P", "morning")),
    "menos cuarto": (("m", None), ("q", None)),
    "media hora": (("n", 30), ("u", ("minute", 1))),
    "la semana siguiente": (("d", None), _WEEK, ("A", None)),
    "entre semana": (("W", "weekday"),),
    **{f"y {word}": (("m", 1), ("n", number)) for word, number in _SPOKEN.items()},
}

TABLE = Language(code="es", words=_WORDS, phrases=_PHRASES, day_by_article=True)
