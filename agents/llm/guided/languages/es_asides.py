"""What is asked besides, in Spanish: who is answering here, about others, how old somebody is, with whoever is free."""

PATTERNS = {
    "bot": (
        r"\b(?:eres|es usted|sois|esto es|es esto|(?:estoy )?(?:hablando|hablo|escribo) con) (?:un |una )?(?:\w+ )?"
        r"(?:bot|chatbot|robot|maquina|human[oa]|persona|ia|ordenador)\b|^\W*quien (?:eres|es usted)\b|\bcon quien "
        r"(?:hablo|estoy hablando)\b"
    ),
    "ability": (
        r"\bque (?:puedes|puede|podeis|sabes|sabe) hacer\b|\bcomo funciona (?:esto|eso)\b|\ben que (?:me )?puedes "
        r"ayudar"
    ),
    "others": (
        r"\b(?:otr[oa]s|vuestr[oa]s|sus) pacientes\b|\botr[oa] paciente\b|\bquien (?:mas )?(?:viene|tiene cita|esta) "
        r"(?:a las?|el|en)\b"
    ),
    "age": (
        r"\b(?:el|ella|mi \w+) tiene (?:solo |ya |casi )?\d{1,2}(?! ?(?:h\b|horas|[:.]\d|citas?|dias?))\b|"
        r"\b\d{1,2} (?:anos|anitos|meses)(?: de edad)?\b(?! (?:despues|mas tarde))"
    ),
    "wonders": (
        r"\b(?:hay que|tengo que|debo (?:ir|llevar|traer)|puedo (?:llevar|traer)|que (?:llevo|traigo)|me va a doler|"
        r"como me registro|"
        r"como (?:me|nos) (?:registro|registramos|inscribo|apunto|doy de alta|damos de alta)|como (?:hago|hacemos|"
        r"puedo|se hace) para (?:registrarme|registrarnos|darme de alta|inscribirme)|como puedo (?:registrarme|"
        r"inscribirme|darme de alta)|va a doler)\b"
    ),
    "need_to_talk": (
        r"\b(?:necesito|quiero|quisiera|querria|me gustaria|tengo que|necesitaria) (?:hablar|conversar|platicar) "
        r"con alguien\b(?! (?:de|del) (?:su|vuestro|la|el)\b)"
    ),
    "unreachable": (
        r"\b(?:nadie|no) (?:me |nos )?(?:contesta\w*|responde\w*|coge\w*|atiende\w*|cogen|atienden)(?: (?:el |al "
        r")?(?:telefono|llamadas?))?\b"
    ),
    "so_many": (r"\b(?:dos|2|tres|3|cuatro|4) (?:citas|turnos|sesiones|horas|visitas|empastes|masajes)\b"),
    "all_of_them": (r"\b(?:los|las) dos(?: dias)?\b|\bambos\b|\bambas\b|\by tambien\b"),
    "loud_and": (r"(?-i:\bY\b)"),
    "or_else": (r"\bo\b"),
    "suits": (r"\b(?:me (?:va|van|viene|vienen) (?:bien|mejor)|puedo los|da igual|cualquiera)\b"),
    "place_or_day": r"(?!)",
    "anyone": (
        r"^\W*(?:(?:me )?(?:da igual|es igual|es indiferente),? (?:con )?quien|con (?:quien sea|cualquiera)|quien sea|"
        r"con (?:el|la) que (?:este libre|pueda)|(?:con )?quien (?:pueda|este libre))(?: por favor| gracias)?\W*$"
    ),
}

TEXTS = {
    "unreached": "Siento que no haya podido hablar con nosotros; aquí le ayudo con gusto.",
    "day_by_day": "{count} citas, un día después del otro:",
    "next_day": "Y para el otro día está libre:",
    "bot": (
        "Soy el asistente automático de {business}, no una persona. Si prefiere hablar con nuestro equipo, escriba "
        "«persona»."
    ),
    "only_yours": "Solo puedo informarle de sus propias citas, no de las de otras personas.",
}
