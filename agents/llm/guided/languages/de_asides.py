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
        r"wie melde ich mich an|tut (?:das|es) weh|kann ich (?:\w+ ){1,3}mitbringen|"
        r"wie (?:kann|muss|soll) (?:ich|man) (?:mich|sich) (?:\w+ ){0,4}anmelden|wie meldet? (?:man|ich) (?:sich|"
        r"mich) (?:\w+ ){0,4}an|wie werde ich (?:neue?r? )?patient(?:in)?)\b"
    ),
    "need_to_talk": (
        r"\b(?:muss|mochte|will|wurde gern\w*|brauche|wollte) (?:\w+ ){0,4}(?:mit )?(?:jemand\w*|wen) (?:(?:zum "
        r")?reden|sprechen)\b"
    ),
    "unreachable": (
        r"\b(?:niemand|keiner|keine sau|nie (?:jemand|einer)) (?:\w+ ){0,3}(?:ans? (?:telefon|apparat)|ran|"
        r"erreichbar|abhebt?|hebt ab|nimmt ab|antwortet|zuruck)\b|\b(?:geht|hebt|nimmt) (?:\w+ ){0,3}(?:niemand|"
        r"keiner|nie jemand)(?: (?:ans telefon|ran|ab))?\b"
    ),
    "so_many": (r"\b(?:zwei|2|drei|3|vier|4) (?:\w+e )?(?:termine|sitzungen|behandlungen|massagen|fullungen)\b"),
    "all_of_them": (r"\bbeide (?:tage|termine)\b|\ban beiden\b|\bjeweils\b|\bsowohl\b|\bund auch\b|\bbeides\b"),
    "loud_and": (r"(?-i:\bUND\b)"),
    "or_else": (r"\b(?:oder|entweder)\b"),
    "suits": (r"\b(?:passen|passt mir|(?:kann|konnte) ich|habe? ich (?:frei|zeit)|egal)\b"),
    "place_or_day": r"(?!)",
    "anyone": (
        r"^\W*(?:(?:das ist )?(?:mir )?egal,? (?:bei |mit |von )?wem|bei wem auch immer|egal wer|irgendwer"
        r"|irgendjemand|"
        r"(?:bei )?(?:irgendwem|irgendjemandem)|wer (?:gerade |halt |eben )?(?:frei ist|da ist|zeit hat))"
        r"(?: bitte| danke)?\W*$"
    ),
}

TEXTS = {
    "unreached": "Es tut mir leid, dass Sie uns nicht erreicht haben; ich helfe Ihnen gern.",
    "day_by_day": "{count} Termine, ein Tag nach dem anderen:",
    "next_day": "Und am anderen Tag ist frei:",
    "bot": (
        "Ich bin der automatische Assistent von {business}, kein Mensch. Wenn Sie lieber mit unserem Team sprechen, "
        "schreiben Sie „Person“."
    ),
    "only_yours": "Ich kann nur über Ihre eigenen Termine Auskunft geben, nicht über die anderer Menschen.",
}
