"""What belongs together, in German; see en_together."""

NUMBERS = {
    "ein": 1,
    "eine": 1,
    "einen": 1,
    "einer": 1,
    "zwei": 2,
    "zwo": 2,
    "drei": 3,
    "vier": 4,
    "funf": 5,
    "fuenf": 5,
    "sechs": 6,
    "sieben": 7,
    "acht": 8,
    "neun": 9,
    "zehn": 10,
    "elf": 11,
    "zwolf": 12,
    "zwoelf": 12,
    "null": 0,
    "zweite": 2,
    "zweiten": 2,
    "dritte": 3,
    "dritten": 3,
    "vierte": 4,
    "vierten": 4,
}
WEEKDAY = r"(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag)"

TRIGGER = (
    r"\b(?:alle|jede[nrs]?|\w*wo(?:e)?chentlich\w*|monatlich\w*|ta(?:e)?glich|wochen?|monate?n?|termine|sitzungen|"
    r"behandlungen|\d+-?ta(?:e)?gig|vierzehnta\w+|\w*mal)\b|\d ?x\b"
)
INTERVALS = (
    (r"\bzweiwo(?:e)?chentlich\b|\b(?:14|vierzehn)-?ta(?:e)?gig\b|\balle (?:vierzehn|14) tage\b", 14),
    (r"\bjede[nr] {N}(?= {WD})", 7),
    (
        r"\b(?:alle|jede) (?:{N} )?wochen?\b|\bwo(?:e)?chentlich\b|\b(?:einmal|1 ?x|1 ?mal) (?:pro|die|in der) woche\b",
        7,
    ),
    (r"\balle (?:{N} )?monate\b|\bmonatlich\b|\bjeden monat\b|\beinmal (?:pro|im) monat\b", 28),
    (r"\balle (?:{N} )?tage\b|\bta(?:e)?glich\b|\bjeden tag\b", 1),
)
WEAK = r"\bjede[nr](?= {WD})"
COUNTS = (
    (r"{N} ?-?mal\b|{N} ?x\b|{N} (?:termine|sitzungen|behandlungen|einheiten|stunden)\b", "times"),
    (r"\b(?:fur|fuer|uber|ueber|die nachsten) {N} wochen?\b|{N} wochen? lang\b", "weeks"),
    (r"\b(?:fur|fuer|uber|ueber|die nachsten) {N} monate?n?\b|{N} monate? lang\b", "months"),
)
SEATS = (
    (r"{N} (?:freie )?(?:pla(?:e)?tze?|platz|personen|person|leute|teilnehmer\w*|erwachsene)\b", 0),
    (r"\bwir sind (?:zu )?{N}\b", 0),
    (r"\bzu zweit\b|\bich und\b|\bmich und\b|\bund mich\b", 2),
    (r"\bzu dritt\b", 3),
    (r"\bzu viert\b", 4),
)
JOINERS = frozenset(["und", "plus", "mit", "dann", "danach", "sowie", "dazu"])
FILLERS = frozenset(
    [
        "ein",
        "eine",
        "einen",
        "einer",
        "der",
        "die",
        "das",
        "den",
        "dem",
        "auch",
        "noch",
        "mein",
        "meine",
        "anschliessend",
        "direkt",
        "zusammen",
        "professionelle",
        "fur",
    ]
)

PATTERNS = {
    "too": r"\b(?:auch|ausserdem|zusatzlich|dazu|noch|und)\b",
    "rest": r"\b(?:den rest|die restlichen|alle (?:termine|folgenden|weiteren|anderen|sitzungen)|"
    r"(?:die )?ganze (?:serie|"
    r"reihe)|alles|die serie)\b",
    "only_one": r"\b(?:nur|bloss)\b",
    "skip": r"\b(?:auslassen|weglassen|uberspringen|ohne (?:den|diesen)|lass(?:en)?(?: sie)? (?:den|das|"
    r"ihn) (?:weg|aus))\b",
}

QUESTIONS = {
    "seats": "Für wie viele Personen soll ich buchen?",
    "times": "Wie viele Termine sollen es insgesamt sein?",
    "every": "Wie viele Wochen sollen dazwischen liegen?",
}

TEXTS = {
    "visit": "Ein Besuch, eins nach dem anderen:",
    "visit_line": "{moment}: {service} bei {practitioner}, {minutes} Minuten{price}",
    "visit_alone": "Für alles zusammen finde ich leider keine Zeit.",
    "visit_booked": "Gebucht, alles in einem Besuch:",
    "done_line": "{moment}: {service} bei {practitioner}",
    "visit_moved": "Ihr Besuch ist verlegt:",
    "cancelled_all": "Abgesagt:",
    "undone_all_booked": "Rückgängig gemacht, diese Termine sind wieder gestrichen:",
    "undone_all_moved": "Rückgängig gemacht, alles ist wieder zur alten Zeit:",
    "undone_all_cancelled": "Rückgängig gemacht, diese Termine stehen wieder:",
    "read_back_seats": "{seats} Plätze: {service} bei {practitioner} am {moment}, je {minutes} Minuten{price}.",
    "seats_booked": "{seats} Plätze sind gebucht: {service} bei {practitioner} am {moment}.",
    "one_place": "Das ist ein Platz; wenn Sie mehr sind, sagen Sie mir einfach, wie viele.",
    "places_left": "{moment} (noch {left} Plätze)",
    "place_left": "{moment} (noch 1 Platz)",
    "group_full": "Dann sind leider keine {seats} Plätze frei. Das sind die nächsten mit Platz:",
    "group_full_one": "Dann ist leider kein Platz frei. Das sind die nächsten mit Platz:",
    "or_waitlist": "Wenn Sie lieber auf diesen warten, schreiben Sie „Warteliste“.",
    "seats_range": "Ich kann 1 bis {most} Plätze auf einmal buchen. Für eine größere Gruppe schreiben Sie „Mensch“.",
    "series": "{count} Termine, {rhythm}: {service} bei {practitioner}, je {minutes} Minuten{price}.",
    "every_week": "jede Woche",
    "every_weeks": "alle {weeks} Wochen",
    "series_instead": "{moment} (statt {time}, da ist besetzt)",
    "series_missed": "Nicht frei, das würde ich auslassen:",
    "series_some": "{fitting} von {count} sind um {time} frei.",
    "series_booked": "Gebucht, {count} Termine, {rhythm}: {service} bei {practitioner}.",
    "series_left_out": "{moment} ist nicht gebucht, weil da besetzt ist.",
    "series_changed": "Gerade wurde etwas davon vergeben. So steht es jetzt:",
    "series_range": "Eine Serie hat mindestens 2 Termine.",
    "series_most": "Das sind mehr Termine, als ich auf einmal buchen kann.",
    "series_weeks_only": "Eine Serie kann ich nur in ganzen Wochen buchen.",
    "or_series": "Oder schreiben Sie „die ganze Serie“, wenn Sie alle meinen.",
    "others_stand": "Die anderen Termine der Serie bleiben bestehen.",
    "summary_series": "Möchte eine Serie: alle {weeks} Wochen, {times}-mal.",
    "summary_visit": "Möchte in einem Besuch: {services}.",
    "now_stands": "Dieser Knopf gehört zu einer älteren Nachricht. So steht es jetzt:",
}
