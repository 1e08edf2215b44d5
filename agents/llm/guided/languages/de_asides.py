"""What is asked besides, in German: who is answering here, about others, how old somebody is, with whoever is free."""

PATTERNS = {
    "bot": (
        r"\b(?:sind sie|bist du|seid ihr|ist das|spreche ich(?: hier)? mit|schreibe ich(?: hier)? mit|rede ich mit) "
        r"(?:hier )?(?:ein|eine|einem|einer)? ?(?:\w+ )?(?:bot|chatbot|roboter|mensch\w*|ki|maschine|computer|person)\b"
        r"|\b(?:sind sie|bist du) echt\b|^\W*wer (?:bist du|sind sie)\b|\bmit wem (?:spreche|schreibe|rede) ich\b"
    ),
    "ability": r"\bwas (?:kannst du|konnen sie|konnt ihr)(?: hier| alles| denn| eigentlich)*\W*(?:\?|$|machen|tun)|"
    r"\bwie funktioniert (?:das|es)\b",
    "others": (
        r"\b(?:andere|anderen|anderer|ihre|eure) patient\w*\b|\bwer (?:ist|hat|kommt)(?: sonst| noch| schon| denn)* "
        r"(?:um|da|gebucht|einen termin|termine)\b"
    ),
    "age": (
        r"\b(?:er|sie|es|mein \w+|meine \w+) (?:ist|wird) (?:erst |schon |gerade |jetzt )?\d{1,2}"
        r"(?! ?(?:uhr|min|h\b|[:.]\d|tage?|wochen?|stunden?))\b|\b\d{1,2} ?(?:jahre?|j\.|monate?|wochen) ?alt\b|"
        r"\b\d{1,2}[- ]?jahrig\w*\b"
    ),
    "wonders": (
        r"\b(?:muss ich|soll ich|darf ich|brauche ich (?:ein\w*|meine?n?)|was (?:muss|soll|brauche) ich|"
        r"wie melde ich mich an|tut (?:das|es) weh|kann ich (?:\w+ ){1,3}mitbringen)\b"
    ),
    "professional": (
        r"\b(?:brauche?n?|brauchte|suche?n?|mochte|moechte|will|wollte|hatte gern\w*|benotige|(?:zu|bei|mit|nach)|"
        r"empfehl\w*|finde\w*)\b(?: \S+){0,2}? (?:eine[mnr]?|eine?|gute[nr]?|neue[nr]?) (?:\S+ ){0,2}?(?:(?:zahn|"
        r"haus|haut|frauen|kinder|augen|fach)?(?:arzt|arztin)|kieferorthopad\w+|gynakolog\w+|dermatolog\w+|"
        r"(?:psycho|physio)?therapeut(?:in|en)?|psycholog(?:e|en|in)|psychiater(?:in)?|osteopath(?:en|in)?|"
        r"fris(?:eu|o)r(?:in)?|barbier)s?\b|^\W*(?:(?:eine[mnr]?|eine?|gute[nr]?|neue[nr]?) )?(?:\S+ )?(?:(?:zahn|"
        r"haus|haut|frauen|kinder|augen|fach)?(?:arzt|arztin)|kieferorthopad\w+|gynakolog\w+|dermatolog\w+|"
        r"(?:psycho|physio)?therapeut(?:in|en)?|psycholog(?:e|en|in)|psychiater(?:in)?|osteopath(?:en|in)?|"
        r"fris(?:eu|o)r(?:in)?|barbier)s?(?: (?:gesucht|bitte|dringend))?\W*$"
    ),
    "place_or_day": r"(?!)",
    "anyone": (
        r"^\W*(?:(?:das ist )?(?:mir )?egal,? (?:bei |mit |von )?wem|bei wem auch immer|egal wer|irgendwer"
        r"|irgendjemand|"
        r"(?:bei )?(?:irgendwem|irgendjemandem)|wer (?:gerade |halt |eben )?(?:frei ist|da ist|zeit hat))"
        r"(?: bitte| danke)?\W*$"
    ),
}

TEXTS = {
    "bot": (
        "Ich bin der automatische Assistent von {business}, kein Mensch. Wenn Sie lieber mit unserem Team sprechen, "
        "schreiben Sie „Person“."
    ),
    "only_yours": "Ich kann nur über Ihre eigenen Termine Auskunft geben, nicht über die anderer Menschen.",
}
