"""Portuguese, of Portugal and Brazil."""

from calendar_sync.when.language import Language, Words, listed
from calendar_sync.when.languages.daily_round import DAILY_ROUND

_WEEKDAYS = (
    ("segunda feira", "segunda", "segundas", "seg"),
    ("terca feira", "terca", "tercas", "ter a feira", "ter"),
    ("quarta feira", "quarta", "quartas", "qua"),
    ("quinta feira", "quinta", "quintas", "qui"),
    ("sexta feira", "sexta", "sextas", "sex"),
    ("sabado", "sabados", "sab"),
    ("domingo", "domingos", "dom"),
)
_MONTHS = (
    ("janeiro", "jan"),
    ("fevereiro", "fev"),
    ("marco",),
    ("abril", "abr"),
    ("maio",),
    ("junho", "jun"),
    ("julho", "jul"),
    ("agosto", "ago"),
    ("setembro", "set"),
    ("outubro", "out"),
    ("novembro", "nov"),
    ("dezembro",),
)
_NUMBERS = listed(
    "zero uma duas tres quatro cinco seis sete oito nove dez onze doze treze catorze quinze dezasseis dezassete "
    "dezoito dezanove vinte"
)
_VALUES = {word: number for number, word in enumerate(_NUMBERS)}
_VALUES |= {"dois": 2, "quatorze": 14, "dezesseis": 16, "dezessete": 17, "dezenove": 19, "trinta": 30}
_VALUES |= {f"vinte e {word}": 20 + number for word, number in _VALUES.items() if 1 <= number <= 9}
_VALUES |= {"vinte e um": 21, "trinta e um": 31, "quarenta": 40, "cinquenta": 50}
_VALUES |= {"trinta e cinco": 35, "quarenta e cinco": 45, "cinquenta e cinco": 55}

_NO_DAY = (
    *(f"{nth} {what}" for nth in ("segunda", "quarta", "quinta", "sexta") for what in ("opcao", "vez", "consulta")),
    *(f"ter {number}" for number in ("um", "uma", "dois", "duas", "tres")),  # "posso ter uma consulta": no Tuesday
    *("por que nao", "se nao", "ou nao", "nao ha problema", "nao sei"),
)

_WORDS: Words = {
    "W": {word: number for number, words in enumerate(_WEEKDAYS) for word in words},
    "M": {word: number for number, words in enumerate(_MONTHS, 1) for word in words},
    "n": _VALUES | {"uns": 2, "alguns": 2},
    "o": {
        **dict.fromkeys(("primeiro", "primeira"), 1),
        "segundo": 2,
        **dict.fromkeys(("terceiro", "terceira"), 3),
    },
    "Q": ("um",),
    "u": {
        **dict.fromkeys(("minuto", "minutos", "min"), ("minute", 1)),
        **dict.fromkeys(("hora", "horas", "horinha"), ("hour", 1)),
        **dict.fromkeys(("dias",), ("day", 1)),
        **dict.fromkeys(("semana", "semanas"), ("day", 7)),
        **dict.fromkeys(("quinzena",), ("day", 14)),
        **dict.fromkeys(("mes", "meses"), ("month", 1)),
        **dict.fromkeys(("ano", "anos"), ("year", 1)),
        **dict.fromkeys(("fim de semana", "fds", "final de semana"), ("weekend", 1)),
    },
    "R": {
        **dict.fromkeys(("hoje", "hj", "oje", "hoje mais tarde", "mais tarde hoje"), 0),
        **dict.fromkeys(("amanha", "amnh", "amh", "amnha"), 1),
        **dict.fromkeys(("depois de amanha", "dps de amanha", "depois d amanha", "dps amanha", "depois damanha"), 2),
        "ontem": -1,
        "anteontem": -2,
    },
    "P": {
        **DAILY_ROUND["pt"],
        **dict.fromkeys(
            (
                "de manha",
                "a primeira hora",
                "logo de manha",
                "logo cedo",
                "da manha",
                "pela manha",
                "manha",
                "manhas",
                "na parte da manha",
                "de manhazinha",
                "manhazinha",
                "fim da manha",
                "no fim da manha",
                "no final da manha",
                "cedinho",
            ),
            "morning",
        ),
        **dict.fromkeys(
            (
                "a tarde",
                "da tarde",
                "de tarde",
                "pela tarde",
                "tarde",
                "tardes",
                "a tardinha",
                "de tardinha",
                "fim da tarde",
                "no fim da tarde",
                "ao fim da tarde",
                "final da tarde",
                "no final da tarde",
            ),
            "afternoon",
        ),
        **dict.fromkeys(
            ("a noite", "da noite", "de noite", "noite", "fim do dia", "ao fim do dia", "no fim do dia"), "evening"
        ),
        "da madrugada": "night",
    },
    "Z": {
        **dict.fromkeys(("meio dia", "ao meio dia"), 12),
        **dict.fromkeys(("meia noite", "a meia noite"), 0),
    },
    "a": {"am": "am", "pm": "pm"},
    "k": ("em ponto", "hrs", "h"),
    "h": ("e meia",),
    "q": ("e quarto", "e um quarto"),
    "m": ("menos",),
    "b": {"a": None, "ao": "the", "ate": "until", "ate as": "until", "ate ao": "until"},
    "t": ("as", "a uma hora as"),
    "J": ("feira", "f"),
    "O": ("na", "no", "nas", "aos", "para", "para a", "para o"),
    "g": ("ha", "faz"),
    "i": {"em": "", "dentro de": "", "daqui a": "", "daqui": "", "nas proximas": "within", "nos proximos": "within"},
    "f": {"do": "the", **dict.fromkeys(("de", "da", "deste", "desta"))},
    "d": ("o", "dia", "no dia", "o dia", "ao dia", "do dia"),
    "N": dict.fromkeys(
        ("proximo", "proxima", "que vem", "seguinte", "na proxima", "no proximo", "q vem", "k vem", "prox", "a seguir"),
        1,
    ),
    "T": ("este", "esta", "neste", "nesta"),
    "L": dict.fromkeys(("passado", "passada", "ultimo", "ultima"), 1),
    "A": (
        "depois de",
        "dps de",
        "dps das",
        "depois das",
        "depois da",
        "apos",
        "apos as",
        "a seguir a",
        "mais tarde que",
    ),
    "E": {
        **dict.fromkeys(("antes de", "antes das", "antes do", "antes da"), "before"),
        **dict.fromkeys(("o mais tardar", "no maximo as"), "by"),
    },
    "~": (
        "por volta das",
        "por volta de",
        "pelas",
        "la pelas",
        "umas",
        "la pras",
        "la para as",
        "tipo",
        "cerca das",
        "mais ou menos",
    ),
    ">": {
        **dict.fromkeys(("desde", "desde as", "a partir de", "a partir das", "a partir do", "das")),
        **dict.fromkeys(("doi desde", "dor desde", "doer desde", "mal desde"), "since"),
    },
    "j": ("em diante", "ou mais tarde", "ou depois"),
    "B": ("entre", "entre as", "entre o"),
    "&": ("e",),
    "r": ("ou",),
    "!": (
        "nao na",
        "nao no",
        "e nao",
        "e nao na",
        "e nao no",
        "nunca",
        "menos na",
        "menos no",
        "sem ser",
        "menos",
        "exceto",
        "exceto na",
        "exceto no",
        "nao posso na",
        "nao posso no",
        "salvo",
    ),
    "l": (
        *("de ferias", "estou de ferias", "vou estar de ferias", "estarei de ferias", "estou fora"),
        *("vou estar fora", "estarei fora", "nao estou", "nao vou estar", "nao estarei"),
        *("estou a viajar", "vou viajar", "estou viajando"),
    ),
    "U": (
        "nao posso",
        "nao da",
        "nao me da jeito",
        "nao consigo",
        "nao e possivel",
        "impossivel",
        "e impossivel",
        "tambem nao",
        "nao rola",
        "e complicado",
        "e ruim",
        "ruim",
    ),
    "s": (
        *("o mais rapido possivel", "o quanto antes", "quanto antes", "o mais cedo possivel", "imediatamente"),
        *("o mais depressa possivel", "o mais breve possivel", "assim que possivel", "logo que possivel", "asap"),
        *("quao rapido", "quao cedo", "em quanto tempo consigo", "em quanto tempo posso", "qual o prazo"),
        *("em quanto tempo conseguem", "quanto tempo demora para ser atendid"),
        *("o mais cedo que puder", "o mais rapido que puder", "assim que puder", "quanto mais cedo melhor"),
    ),
    "S": {
        **dict.fromkeys(("fim", "final", "no fim", "no final", "o fim"), "end"),
        **dict.fromkeys(("inicio", "comeco", "no inicio", "no comeco"), "start"),
        **dict.fromkeys(("meio", "meados", "em meados"), "middle"),
    },
    "X": ("agora", "agora mesmo"),
    "%": ("na outra", "no outro", "a outra", "o outro", "na seguinte", "no seguinte"),
    "V": ("cada", "todas as", "todos os", "toda"),
    "K": ("vezes", "pessoa", "pessoas", "crianca", "criancas", "consultas", "euros", "reais", "opcao"),
    "#": ("opcao", "numero", "andar", "sala", "apartamento", "rua"),
    "<": {"mais tarde": 1, "mais cedo": -1},
    "Y": ("mudar", "alterar", "remarcar", "passar", "trocar"),
    "*": (
        "nao",
        "melhor",
        "desculpe",
        "desculpa",
        "quer dizer",
        "digo",
        "perdao",
        "quis dizer",
        "na verdade",
        "queria dizer",
        "alias",
    ),
    "H": {
        "natal": (12, 25),
        "vespera de natal": (12, 24),
        **dict.fromkeys(("ano novo", "ano bom"), (1, 1)),
        **dict.fromkeys(("passagem de ano", "reveillon"), (12, 31)),
        "pascoa": 0,
        "sexta feira santa": -2,
        "carnaval": -47,
        "quarta feira de cinzas": -46,
        "corpus christi": 60,
        "domingo de ramos": -7,
        "tiradentes": (4, 21),
        "finados": (11, 2),
        "dia de finados": (11, 2),
        "todos os santos": (11, 1),
        "dia do trabalhador": (5, 1),
        "sao joao": (6, 24),
    },
    "z": ("boa tarde", "boa noite", "bom dia", "mais tarde possivel", "bom fim de semana", *_NO_DAY),
}
_PHRASES = {
    **dict.fromkeys(("hoje a noite", "logo a noite", "logo de noite"), (("R", 0), ("P", "evening"))),
    **dict.fromkeys(("logo a tarde", "logo de tarde"), (("R", 0), ("P", "afternoon"))),
    **{f"agora {of} tarde": (("R", 0), ("P", "afternoon")) for of in ("a", "de", "da")},
    **{f"agora {of} manha": (("R", 0), ("P", "morning")) for of in ("de", "pela")},
    **{f"{of} outra semana": (("N", 2), ("u", ("day", 7))) for of in ("na", "a", "para a")},
    **dict.fromkeys(("um quarto para as", "quarto para as", "um quarto pras"), (("q", None), ("F", None))),
    **dict.fromkeys(("pras", "pra as"), (("O", None), ("t", None))),
    **{f"nao {this}": (("!", None), ("T", None)) for this in ("nesta", "neste", "essa", "esse", "nessa", "nesse")},
    **{f"nao {the}": (("!", None), ("d", None)) for the in ("dia", "no dia", "o dia")},
    **{
        f"{day} {of}": (("n", 1), ("u", ("day", 1)), ("A", None))
        for day in ("dia seguinte", "o dia seguinte", "no dia seguinte")
        for of in ("a", "ao")
    },
    **{f"{to} semana": (("N", 1), ("u", ("day", 7))) for to in ("pra", "para a", "pra a")},
    **{
        f"{to} semana {next_}": (("N", 1), ("u", ("day", 7)))
        for to in ("pra", "para a", "pra a")
        for next_ in ("que vem", "q vem", "seguinte")
    },
    "vespera de": (("n", 1), ("u", ("day", 1)), ("E", "before")),
    "vespera do": (("n", 1), ("u", ("day", 1)), ("E", "before")),
    "esta noite": (("R", 0), ("P", "evening")),
    "esta tarde": (("R", 0), ("P", "afternoon")),
    "menos um quarto": (("m", None), ("q", None)),
    "menos quarto": (("m", None), ("q", None)),
    "um dia": (("n", 1), ("u", ("day", 1))),
    "tres quartos de hora": (("n", 45), ("u", ("minute", 1))),
    "meia hora": (("n", 30), ("u", ("minute", 1))),
    "a uma": (("t", None), ("n", 1)),
    "para a uma": (("O", None), ("t", None), ("n", 1)),
    "dias de semana": (("W", "weekday"),),
    "a semana seguinte": (("d", None), ("u", ("day", 7)), ("A", None)),
    **{f"e {word}": (("m", 1), ("n", value)) for word, value in _VALUES.items() if value > 4 and value % 5 == 0},
}
_MISSPELT = frozenset(listed("segunda sabado setembro novembro dezembro"))

TABLE = Language(
    code="pt",
    words=_WORDS,
    phrases=_PHRASES,
    day_by_article=True,
    next_is_nearest=True,
    eight_is_a_week=True,
    numbered_weekdays=True,
    also_months={"dez": 12},
    doubtful=frozenset(("ter",)),
    often_misspelt=_MISSPELT,
)
