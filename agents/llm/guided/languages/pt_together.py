"""What belongs together, in Portuguese; see en_together."""

NUMBERS = {
    "um": 1,
    "uma": 1,
    "dois": 2,
    "duas": 2,
    "tres": 3,
    "quatro": 4,
    "cinco": 5,
    "seis": 6,
    "sete": 7,
    "oito": 8,
    "nove": 9,
    "dez": 10,
    "onze": 11,
    "doze": 12,
    "zero": 0,
}
WEEKDAY = r"(?:segundas?|tercas?|quartas?|quintas?|sextas?|sabados?|domingos?)"

TRIGGER = (
    r"\b(?:cada|em|tod[oa]s? [oa]s|toda|todo|semanal(?:mente)?|quinzenal(?:mente)?|mensal(?:mente)?|diariamente|vezes|"
    r"vez|sessoes|semanas?|mes(?:es)?)\b"
)
INTERVALS = (
    (r"\bquinzenal(?:mente)?\b|\bde (?:15|quinze) em (?:15|quinze) dias\b|\bsemana sim,? (?:e )?semana nao\b", 14),
    (r"\bde {N} em \w+ semanas?\b|\b(?:a )?cada (?:{N} )?semanas?\b", 7),
    (r"\btodas as semanas\b|\btoda (?:a )?semana\b|\bsemanal(?:mente)?\b|\buma vez por semana\b", 7),
    (r"\bde {N} em \w+ meses\b|\b(?:a )?cada (?:{N} )?mes(?:es)?\b", 28),
    (r"\btodos os meses\b|\btodo (?:o )?mes\b|\bmensal(?:mente)?\b|\buma vez por mes\b", 28),
    (r"\bde {N} em \w+ dias\b|\b(?:a )?cada (?:{N} )?dias?\b|\btodos os dias\b|\btodo dia\b|\bdiariamente\b", 1),
)
WEAK = r"\b(?:todas as|toda|todos os|todo)(?= {WD})"
COUNTS = (
    (r"{N} (?:vezes|sessoes|consultas|marcacoes|visitas|tratamentos)\b|{N} ?x\b", "times"),
    (r"\b(?:durante|por) (?:as proximas )?{N} semanas?\b", "weeks"),
    (r"\b(?:durante|por) (?:os proximos )?{N} mes(?:es)?\b", "months"),
)
SEATS = (
    (r"{N} (?:lugar(?:es)?|vagas?|pessoas?|participantes)\b", 0),
    (r"\b(?:somos|seremos|vamos) {N}\b", 0),
    (r"\bpara mim e (?:para )?(?:o |a )?(?:meu|minha)\b", 2),
)
JOINERS = frozenset(["e", "mais", "com", "depois", "tambem"])
FILLERS = frozenset(["um", "uma", "o", "a", "os", "as", "meu", "minha", "de", "do", "da", "para", "seguida", "junto"])

PATTERNS = {
    "too": r"\b(?:tambem|alem disso|mais|e)\b",
    "rest": r"\b(?:o resto|todas as (?:consultas|sessoes|marcacoes|outras|seguintes)|a serie(?: toda| inteira)?|"
    r"toda a serie|tudo)\b",
    "only_one": r"\b(?:so|somente|apenas)\b",
    "skip": r"\b(?:salt(?:ar|e)|pul(?:ar|e)|sem (?:essa|esse|ela)|deix(?:ar|e) (?:de )?fora)\b",
}

QUESTIONS = {
    "seats": "Para quantas pessoas devo marcar?",
    "times": "Quantas marcações serão ao todo?",
    "every": "Com quantas semanas de intervalo?",
}

TEXTS = {
    "visit": "Uma só visita, uma coisa a seguir à outra:",
    "visit_line": "{moment}: {service} com {practitioner}, {minutes} minutos{price}",
    "visit_alone": "Infelizmente não encontro horário para tudo junto.",
    "visit_booked": "Está marcado, tudo numa visita:",
    "done_line": "{moment}: {service} com {practitioner}",
    "visit_moved": "A sua visita foi mudada:",
    "cancelled_all": "Canceladas:",
    "undone_all_booked": "Desfeito, estas marcações estão de novo canceladas:",
    "undone_all_moved": "Desfeito, tudo voltou ao horário anterior:",
    "undone_all_cancelled": "Desfeito, estas marcações voltam a valer:",
    "read_back_seats": "{seats} lugares: {service} com {practitioner}, {moment}, {minutes} minutos{price} cada.",
    "seats_booked": "{seats} lugares estão marcados: {service} com {practitioner}, {moment}.",
    "one_place": "É um lugar; se vierem mais pessoas, diga-me quantas.",
    "places_left": "{moment} (restam {left} lugares)",
    "place_left": "{moment} (resta 1 lugar)",
    "group_full": "Infelizmente não há {seats} lugares livres nessa altura. As próximas com lugar são:",
    "group_full_one": "Infelizmente não há lugar nessa altura. As próximas com lugar são:",
    "or_waitlist": "Se preferir esperar por esta, escreva “lista de espera”.",
    "seats_range": "Posso marcar de 1 a {most} lugares de cada vez. Para um grupo maior, escreva “pessoa”.",
    "series": "{count} marcações, {rhythm}: {service} com {practitioner}, {minutes} minutos{price} cada.",
    "every_week": "todas as semanas",
    "every_weeks": "de {weeks} em {weeks} semanas",
    "series_instead": "{moment} (em vez das {time}, que está ocupado)",
    "series_missed": "Não está livre, por isso ficaria de fora:",
    "series_some": "{fitting} de {count} estão livres às {time}.",
    "series_booked": "Marcado, {count} marcações, {rhythm}: {service} com {practitioner}.",
    "series_left_out": "{moment} não está marcado, porque não está livre.",
    "series_changed": "Um dos horários acabou de ser ocupado. Agora fica assim:",
    "series_range": "Uma série tem pelo menos 2 marcações.",
    "series_most": "São mais marcações do que posso fazer de uma vez.",
    "series_weeks_only": "Só posso marcar uma série por semanas inteiras.",
    "or_series": "Ou escreva “a série toda” se forem todas.",
    "others_stand": "As outras marcações da série ficam como estão.",
    "summary_series": "Quer uma série: de {weeks} em {weeks} semanas, {times} vezes.",
    "summary_visit": "Quer numa visita: {services}.",
    "now_stands": "Esse botão é de uma mensagem anterior. Agora está assim:",
}
