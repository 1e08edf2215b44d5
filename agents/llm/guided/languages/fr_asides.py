"""What is asked besides, in French: who is answering here, about others, how old somebody is, with whoever is free."""

PATTERNS = {
    "bot": (
        r"\b(?:vous etes|etes-vous|es-tu|tu es|t'es|c'est|est-ce|je (?:parle|discute) (?:a|avec)) (?:un |une "
        r")?(?:\w+ )?"
        r"(?:bot|chatbot|robot|humain|ia|machine|ordinateur|vraie personne|personne reelle)\b|"
        r"^\W*(?:qui (?:etes-vous|es-tu)|(?:vous etes|t'es|tu es) qui)\b|\ba qui (?:je parle|ai-je affaire)\b|\bje "
        r"parle a qui\b"
    ),
    "ability": (
        r"\b(?:que|qu'est-ce que|quoi) (?:peux-tu|pouvez-vous|vous pouvez|tu peux|savez-vous) (?:faire|m'aider)\b|"
        r"\bcomment ca (?:marche|fonctionne)\b"
    ),
    "others": r"\b(?:d'autres|les autres|vos|autres) patients?\b|\bqui (?:d'autre )?(?:vient|a rendez-vous|est la) a\b",
    "age": (
        r"\b(?:il|elle|mon \w+|ma \w+) a (?:seulement |deja |presque )?\d{1,2}"
        r"(?! ?(?:h\b|heures?|[:.]\d|rdv|rendez|jours?))\b(?: ans| mois)?|\b\d{1,2} (?:ans|mois)\b(?! (?:plus|apres))"
    ),
    "wonders": (
        r"\b(?:faut-il|il faut (?:etre|venir|apporter|prevoir)|dois-je|je dois|est-ce que je dois|je peux (?:venir "
        r"avec|"
        r"apporter|amener)|puis-je (?:venir avec|apporter|amener)|ca fait mal|comment (?:m'inscrire|je m'inscris)|"
        r"comment (?:on|je|faut-il|faire|puis-je|peut-on) ?(?:fait |fais |faire )?(?:pour )?(?:s'|m')inscri\w+|"
        r"comment (?:s'inscri\w+|on s'inscrit))\b"
    ),
    "need_to_talk": (
        r"\b(?:besoin de|voudrais|veux|aimerais|envie de|faut que je) (?:parler|parle|discuter|echanger) (?:a|"
        r"avec) quelqu'?un\b(?! (?:de|du) (?:votre|la|l'))"
    ),
    "unreachable": (
        r"\b(?:personne|vous|on) (?:ne |n')?(?:repond\w*|decroche\w*)(?: (?:jamais|pas|plus))?(?: (?:au|le) "
        r"telephone)?\b"
    ),
    "so_many": (r"\b(?:deux|2|trois|3|quatre|4) (?:rdv|rendez[- ]?vous|seances|visites|creneaux|massages)\b"),
    "all_of_them": (r"\b(?:tous )?les deux(?: jours)?\b|\bchaque fois\b|\bet aussi\b"),
    "loud_and": (r"(?-i:\bET\b)"),
    "or_else": (r"\bou\b"),
    "suits": (r"\b(?:me (?:va|vont|convien\w+)|je peux|peu importe|n'importe|au choix)\b"),
    "place_or_day": r"(?!)",
    "anyone": (
        r"^\W*(?:(?:avec )?n'importe qui|peu importe (?:avec )?qui|(?:ca m'est egal|je m'en fiche),? (?:avec )?qui|"
        r"(?:avec )?(?:celui|celle) qui est libre|(?:avec )?qui vous voulez|pas de preference)(?: svp| merci)?\W*$"
    ),
}

TEXTS = {
    "unreached": "Désolé que vous n'ayez pas pu nous joindre ; je vous aide volontiers.",
    "day_by_day": "{count} rendez-vous, un jour après l'autre :",
    "next_day": "Et pour l'autre jour, c'est libre :",
    "bot": (
        "Je suis l'assistant automatique de {business}, pas une personne. Si vous préférez parler à notre équipe, "
        "écrivez « personne »."
    ),
    "only_yours": "Je ne peux parler que de vos propres rendez-vous, pas de ceux d'autres personnes.",
}
