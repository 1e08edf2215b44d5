"""What belongs together, in Spanish; see en_together."""

NUMBERS = {
    "un": 1,
    "una": 1,
    "uno": 1,
    "dos": 2,
    "tres": 3,
    "cuatro": 4,
    "cinco": 5,
    "seis": 6,
    "siete": 7,
    "ocho": 8,
    "nueve": 9,
    "diez": 10,
    "once": 11,
    "doce": 12,
    "cero": 0,
}
WEEKDAY = r"(?:lunes|martes|miercoles|jueves|viernes|sabados?|domingos?)"

TRIGGER = (
    r"\b(?:cada|tod[oa]s l[oa]s|semanal(?:mente)?|quincenal(?:mente)?|mensual(?:mente)?|diariamente|veces|sesiones|"
    r"citas|semanas?|mes(?:es)?)\b"
)
INTERVALS = (
    (r"\bquincenal(?:mente)?\b|\bcada (?:15|quince) dias\b|\bsemana si,? (?:y )?semana no\b", 14),
    (r"\bcada (?:{N} )?semanas?\b|\btodas las semanas\b|\bsemanal(?:mente)?\b|\buna vez (?:a la|por) semana\b", 7),
    (r"\bcada (?:{N} )?mes(?:es)?\b|\btodos los meses\b|\bmensual(?:mente)?\b|\buna vez al mes\b", 28),
    (r"\bcada (?:{N} )?dias?\b|\btodos los dias\b|\bdiariamente\b", 1),
)
WEAK = r"\b(?:todos los|cada)(?= {WD})"
COUNTS = (
    (r"{N} (?:veces|sesiones|citas|visitas|tratamientos)\b|{N} ?x\b", "times"),
    (r"\b(?:durante|por) (?:las proximas )?{N} semanas?\b", "weeks"),
    (r"\b(?:durante|por) (?:los proximos )?{N} mes(?:es)?\b", "months"),
)
SEATS = (
    (r"{N} (?:plazas?|lugar(?:es)?|sitios?|personas?|cupos?|puestos?|participantes)\b", 0),
    (r"\b(?:somos|seremos|vamos) {N}\b", 0),
    (r"\bpara mi y (?:para )?mi\b", 2),
)
JOINERS = frozenset(["y", "e", "mas", "con", "luego", "despues", "ademas", "tambien"])
FILLERS = frozenset(
    ["un", "una", "unos", "unas", "el", "la", "los", "las", "mi", "de", "del", "para", "junto", "juntos"]
)

PATTERNS = {
    "too": r"\b(?:tambien|ademas|y)\b",
    "rest": r"\b(?:el resto|todas (?:las )?(?:citas|sesiones|demas|siguientes)|toda la serie|"
    r"la serie(?: entera)?|todo)\b",
    "only_one": r"\b(?:solo|solamente|unicamente)\b",
    "skip": r"\b(?:salt(?:ar|e|ate|esela|ela)|sin (?:esa|ese|ella)|dej(?:e|ar|a) fuera|omit(?:ir|a))\b",
}

QUESTIONS = {
    "seats": "¿Para cuántas personas reservo?",
    "times": "¿Cuántas citas serán en total?",
    "every": "¿Cada cuántas semanas?",
}

TEXTS = {
    "visit": "Una sola visita, una cosa tras otra:",
    "visit_line": "{moment}: {service} con {practitioner}, {minutes} minutos{price}",
    "visit_alone": "Lo siento, no encuentro hora para todo junto.",
    "visit_booked": "Reservado, todo en una visita:",
    "done_line": "{moment}: {service} con {practitioner}",
    "visit_moved": "Su visita se ha cambiado:",
    "cancelled_all": "Canceladas:",
    "undone_all_booked": "Deshecho, estas citas quedan anuladas:",
    "undone_all_moved": "Deshecho, todo vuelve a su hora anterior:",
    "undone_all_cancelled": "Deshecho, estas citas siguen en pie:",
    "read_back_seats": "{seats} plazas: {service} con {practitioner} el {moment}, {minutes} minutos{price} cada una.",
    "seats_booked": "{seats} plazas reservadas: {service} con {practitioner} el {moment}.",
    "one_place": "Es una plaza; si vienen más personas, dígame cuántas.",
    "places_left": "{moment} (quedan {left} plazas)",
    "place_left": "{moment} (queda 1 plaza)",
    "group_full": "Lo siento, entonces no quedan {seats} plazas. Las próximas con sitio son:",
    "group_full_one": "Lo siento, entonces no queda ninguna plaza. Las próximas con sitio son:",
    "or_waitlist": "Si prefiere esperar a esta, escriba «lista de espera».",
    "seats_range": "Puedo reservar de 1 a {most} plazas a la vez. Para un grupo mayor, escriba «persona».",
    "series": "{count} citas, {rhythm}: {service} con {practitioner}, {minutes} minutos{price} cada una.",
    "every_week": "cada semana",
    "every_weeks": "cada {weeks} semanas",
    "series_instead": "{moment} (en lugar de las {time}, que está ocupado)",
    "series_missed": "No está libre, así que la dejaría fuera:",
    "series_some": "{fitting} de {count} están libres a las {time}.",
    "series_booked": "Reservado, {count} citas, {rhythm}: {service} con {practitioner}.",
    "series_left_out": "{moment} no está reservado, porque no está libre.",
    "series_changed": "Acaban de ocupar una de las horas. Ahora queda así:",
    "series_range": "Una serie tiene al menos 2 citas.",
    "series_most": "Son más citas de las que puedo reservar a la vez.",
    "series_weeks_only": "Solo puedo reservar una serie por semanas enteras.",
    "or_series": "O escriba «toda la serie» si se refiere a todas.",
    "others_stand": "Las demás citas de la serie siguen igual.",
    "summary_series": "Quiere una serie: cada {weeks} semanas, {times} veces.",
    "summary_visit": "Quiere en una visita: {services}.",
    "now_stands": "Ese botón es de un mensaje anterior. Ahora está así:",
}
