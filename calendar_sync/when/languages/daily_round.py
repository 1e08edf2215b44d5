"""Parts of the day that are told by what people do all day: work, school, lunch."""

from collections.abc import Iterable


def _phrases(beginnings: Iterable[str], ends: Iterable[str]) -> list[str]:
    return [f"{beginning} {end}" for beginning in beginnings for end in ends]


def _round(*, work: list[str], school: list[str], early: list[str], midday: list[str]) -> dict[str, str]:
    """`work`: what means after work; `school`: after school; `early`: before either; `midday`: in between."""
    parts = {"evening": work, "after_school": school, "early": early, "midday": midday}
    return {phrase: part for part, phrases in parts.items() for phrase in phrases}


_EN_SCHOOL = ("school", "class", "nursery", "kindergarten", "the school run", "school pick up", "school pickup")
_DE_WORK = ("der arbeit", "feierabend", "dienstschluss", "arbeitsschluss", "der schicht", "buroschluss")
_DE_SCHOOL = ("der schule", "schulschluss", "schulende", "dem unterricht", "der kita", "dem kindergarten")
_ES_WORK = ("del trabajo", "de trabajar", "del curro", "de la pega", "del laburo", "de la oficina", "de mi trabajo")
_ES_SCHOOL = ("del cole", "del colegio", "de la escuela", "de clase", "de clases", "de las clases", "de la guarderia")
_ES_LUNCH = ("hora de comer", "hora de comida", "hora de la comida", "hora del almuerzo", "hora de almuerzo")
_FR_WORK = ("le travail", "le boulot", "le taf", "la job", "mon travail", "le bureau", "ma journee de travail")
_FR_SCHOOL = ("lecole", "l ecole", "les cours", "la classe", "la creche", "la garderie")
_FR_LUNCH = ("pause midi", "pause dejeuner", "pause de midi", "pause du midi", "pause diner", "pause repas")
_PT_WORK = ("trabalho", "servico", "expediente", "emprego", "escritorio")
_PT_SCHOOL = ("da escola", "das aulas", "da aula", "do colegio", "da creche")
_PT_LUNCH = ("hora do almoco", "hora de almoco", "pausa do almoco", "pausa de almoco", "intervalo do almoco")

DAILY_ROUND = {
    "en": _round(
        work=[
            "after i finish work",
            "when i finish work",
            "once i finish work",
            "after my shift",
            "after office hours",
        ],
        school=[*_phrases(("after", "straight after"), _EN_SCHOOL), "when school finishes", "when school is out"],
        early=[
            *_phrases(("before",), ("work", "school", "my shift", "i start work", "the school run")),
            *("on my way to work", "on the way to work", "on the way to school"),
        ],
        midday=["lunch break", "lunchbreak", "lunch hour", "midday break", "lunch breaks"],
    ),
    "de": _round(
        work=[*_phrases(("nach", "ab", "zum"), _DE_WORK), "wenn ich feierabend habe", "nach meiner schicht"],
        school=_phrases(("nach", "ab"), _DE_SCHOOL),
        early=_phrases(("vor",), ("der arbeit", "arbeitsbeginn", "der schule", "schulbeginn", "der schicht")),
        midday=["mittagspause", "in der mittagspause", "in meiner mittagspause", "uber mittag", "mittagszeit"],
    ),
    "es": _round(
        work=[
            *_phrases(("despues", "saliendo", "al salir", "cuando salgo", "cuando salga", "a la salida"), _ES_WORK),
            *("despues de mi turno", "despues de la jornada"),
        ],
        school=_phrases(("despues", "saliendo", "al salir", "cuando salgan", "a la salida"), _ES_SCHOOL),
        early=[
            *_phrases(("antes",), (*_ES_WORK, *_ES_SCHOOL)),
            *("antes de entrar a trabajar", "antes de entrar al trabajo", "antes de ir a trabajar"),
        ],
        midday=[
            *_phrases(("a la", "en la", "en mi", "durante la", "durante mi"), _ES_LUNCH),
            *("pausa del almuerzo", "pausa de la comida", "descanso de la comida", "descanso del almuerzo"),
        ],
    ),
    "fr": _round(
        work=[*_phrases(("apres", "en sortant du"), _FR_WORK), "apres mon shift", "a la sortie du travail"],
        school=_phrases(("apres", "a la sortie de", "en sortant de", "a la fin de"), _FR_SCHOOL),
        early=_phrases(("avant",), (*_FR_WORK, *_FR_SCHOOL)),
        midday=[*_FR_LUNCH, "heure du midi", "heure du lunch", "heure du dejeuner", "heure de table", "temps de midi"],
    ),
    "pt": _round(
        work=[
            *_phrases(("depois do", "dps do", "apos o", "saindo do", "a saida do", "quando sair do"), _PT_WORK),
            "depois de trabalhar",
        ],
        school=_phrases(("depois", "dps", "a saida", "saindo", "quando sair"), _PT_SCHOOL),
        early=[*_phrases(("antes do",), _PT_WORK), *_phrases(("antes",), _PT_SCHOOL), "antes de trabalhar"],
        midday=[*_phrases(("na", "na minha", "a", "no", "no meu"), _PT_LUNCH), *_PT_LUNCH, "horario de almoco"],
    ),
}
