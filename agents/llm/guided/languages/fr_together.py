"""What belongs together, in French; see en_together."""

NUMBERS = {
    "un": 1,
    "une": 1,
    "deux": 2,
    "trois": 3,
    "quatre": 4,
    "cinq": 5,
    "six": 6,
    "sept": 7,
    "huit": 8,
    "neuf": 9,
    "dix": 10,
    "onze": 11,
    "douze": 12,
    "zero": 0,
}
WEEKDAY = r"(?:lundis?|mardis?|mercredis?|jeudis?|vendredis?|samedis?|dimanches?)"

TRIGGER = (
    r"\b(?:tou(?:te)?s les|chaque|hebdomadaire\w*|mensuel\w*|quotidien\w*|par (?:semaine|mois)|fois|seances?|semaines?|"
    r"mois|quinzaine)\b"
)
INTERVALS = (
    (r"\btous les (?:15|quinze) jours\b|\bune semaine sur deux\b|\bchaque quinzaine\b", 14),
    (r"\btoutes les (?:{N} )?semaines?\b|\bchaque semaine\b|\bhebdomadaire\w*|\bune fois par semaine\b", 7),
    (r"\btous les (?:{N} )?mois\b|\bchaque mois\b|\bmensuel\w*|\bune fois par mois\b", 28),
    (r"\btous les (?:{N} )?jours\b|\bchaque jour\b|\bquotidien\w*", 1),
)
WEAK = r"\b(?:tous les|chaque)(?= {WD})"
COUNTS = (
    (r"{N} (?:fois|seances?|rendez[- ]vous|rdv|visites|soins)\b|{N} ?x\b", "times"),
    (r"\b(?:pendant|durant|pour|sur) (?:les )?{N} (?:prochaines )?semaines?\b", "weeks"),
    (r"\b(?:pendant|durant|pour|sur) (?:les )?{N} (?:prochains )?mois\b", "months"),
)
SEATS = (
    (r"{N} (?:places?|personnes?|participants?|adultes)\b", 0),
    (r"\b(?:nous sommes|nous serons|on est|on sera) {N}\b", 0),
    (r"\bpour moi et (?:pour )?(?:mon|ma)\b|\bmoi et (?:mon|ma)\b", 2),
)
JOINERS = frozenset(["et", "plus", "avec", "puis", "ensuite", "aussi"])
FILLERS = frozenset(
    [
        "un",
        "une",
        "le",
        "la",
        "les",
        "l",
        "mon",
        "ma",
        "mes",
        "de",
        "du",
        "des",
        "d",
        "apres",
        "suivi",
        "suivie",
        "par",
        "pour",
    ]
)

PATTERNS = {
    "too": r"\b(?:aussi|egalement|en plus|et)\b",
    "rest": r"\b(?:le reste|tou(?:te)?s les (?:rendez[- ]vous|seances|autres|suivants)|toute la serie|"
    r"la serie(?: entiere)?|"
    r"tout annuler|tous)\b",
    "only_one": r"\b(?:seulement|juste|uniquement)\b",
    "skip": r"\b(?:saut(?:er|ez)|sans (?:celui|celle)|laiss(?:er|ez)[- ](?:le |la |celui-la )?(?:de cote|tomber))\b",
}

QUESTIONS = {
    "seats": "Pour combien de personnes dois-je réserver ?",
    "times": "Combien de rendez-vous en tout ?",
    "every": "À combien de semaines d'intervalle ?",
}

TEXTS = {
    "visit": "Une seule visite, l'un après l'autre :",
    "visit_line": "{moment}: {service} avec {practitioner}, {minutes} minutes{price}",
    "visit_alone": "Désolé, je ne trouve pas d'horaire pour tout ensemble.",
    "visit_booked": "C'est réservé, tout en une visite :",
    "done_line": "{moment}: {service} avec {practitioner}",
    "visit_moved": "Votre visite a été déplacée :",
    "cancelled_all": "Annulés :",
    "undone_all_booked": "C'est défait, ces rendez-vous sont de nouveau annulés :",
    "undone_all_moved": "C'est défait, tout est revenu à l'ancienne heure :",
    "undone_all_cancelled": "C'est défait, ces rendez-vous tiennent de nouveau :",
    "read_back_seats": "{seats} places : {service} avec {practitioner} le {moment}, {minutes} minutes{price} chacune.",
    "seats_booked": "{seats} places sont réservées : {service} avec {practitioner} le {moment}.",
    "one_place": "Cela fait une place ; si vous êtes plusieurs, dites-moi combien.",
    "places_left": "{moment} (encore {left} places)",
    "place_left": "{moment} (encore 1 place)",
    "group_full": (
        "Désolé, il n'y a pas {seats} places libres à ce moment-là. Les prochaines séances avec de la place :"
    ),
    "group_full_one": "Désolé, il n'y a plus de place à ce moment-là. Les prochaines séances avec de la place :",
    "or_waitlist": "Si vous préférez attendre celle-ci, écrivez « liste d'attente ».",
    "seats_range": "Je peux réserver de 1 à {most} places à la fois. Pour un groupe plus grand, écrivez « personne ».",
    "series": "{count} rendez-vous, {rhythm} : {service} avec {practitioner}, {minutes} minutes{price} chacun.",
    "every_week": "chaque semaine",
    "every_weeks": "toutes les {weeks} semaines",
    "series_instead": "{moment} (au lieu de {time}, qui est pris)",
    "series_missed": "Pas libre, je le laisserais de côté :",
    "series_some": "{fitting} sur {count} sont libres à {time}.",
    "series_booked": "C'est réservé, {count} rendez-vous, {rhythm} : {service} avec {practitioner}.",
    "series_left_out": "{moment} n'est pas réservé, car ce n'est pas libre.",
    "series_changed": "Un des horaires vient d'être pris. Voici ce qu'il en est maintenant :",
    "series_range": "Une série compte au moins 2 rendez-vous.",
    "series_most": "Cela fait plus de rendez-vous que je ne peux en réserver à la fois.",
    "series_weeks_only": "Je ne peux réserver une série que par semaines entières.",
    "or_series": "Ou écrivez « toute la série » si vous les voulez tous.",
    "others_stand": "Les autres rendez-vous de la série restent inchangés.",
    "summary_series": "Souhaite une série : toutes les {weeks} semaines, {times} fois.",
    "summary_visit": "Souhaite en une visite : {services}.",
    "now_stands": "Ce bouton appartient à un ancien message. Voici ce qu'il en est maintenant :",
}
