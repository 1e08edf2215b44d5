"""What is asked besides, in Portuguese: who is answering here, about others, how old somebody is, with whoever is
free.
"""

PATTERNS = {
    "bot": (
        r"\b(?:voce|vc|tu|isto|isso|voces) (?:e|es|sao) (?:um |uma )?(?:\w+ )?(?:bot|chatbot|robo|robot|maquina"
        r"|human[oa]|"
        r"pessoa|ia|computador)\b|\b(?:estou a falar|estou falando|falo) com (?:quem|um (?:bot|robo|humano)|uma "
        r"(?:pessoa|maquina))\b|\be uma pessoa real\b|^\W*quem (?:e|es)(?: voce| tu)?\W*$"
    ),
    "ability": (
        r"\bo que (?:voce|vc|voces)? ?(?:pode|podem|consegue|sabe|faz)(?: fazer)?\W*(?:\?|$)|\bcomo (?:isto|isso|e "
        r"que isto) funciona\b"
    ),
    "others": (
        r"\b(?:outr[oa]s|vossos|seus) pacientes\b|\boutr[oa] paciente\b|\bquem (?:mais )?(?:vem|tem consulta|esta) "
        r"(?:as|na|no|a)\b"
    ),
    "age": (
        r"\b(?:ele|ela|(?:o )?meu \w+|(?:a )?minha \w+) tem (?:so |apenas |ja |quase )?\d{1,2}(?! ?(?:h\b|horas|[:.]\d|"
        r"consultas?|dias?))\b|\b\d{1,2} (?:anos|aninhos|meses)(?: de idade)?\b(?! (?:depois|mais tarde))"
    ),
    "wonders": (
        r"\b(?:tenho (?:de|que)|preciso (?:de )?(?:levar|trazer|ir|estar)|devo (?:ir|levar|trazer)|posso (?:levar"
        r"|trazer)|"
        r"e preciso (?:levar|trazer|ir|estar)|vai doer|como me (?:inscrevo|registo)|"
        r"como (?:faco|fazemos|posso) (?:\w+ )?(?:para |pra )?(?:me )?(?:cadastrar|registar|registrar|"
        r"inscrever)(?:-me)?|como (?:me|nos) (?:cadastro|registro|registramos)|isso doi)\b"
    ),
    "need_to_talk": (
        r"\b(?:preciso|precisava|quero|queria|gostava|gostaria|tenho) (?:de |que )?(?:falar|conversar|desabafar) "
        r"com alguem\b(?! (?:da|do|de) (?:vossa|sua|clinica|recepcao|equip\w+)\b)"
    ),
    "unreachable": (r"\b(?:ninguem|nao) (?:me |nos )?(?:atende\w*|responde\w*)(?: (?:o |ao )?telefone)?\b"),
    "so_many": (r"\b(?:duas|2|tres|3|quatro|4) (?:consultas|marcacoes|sessoes|visitas|massagens)\b"),
    "all_of_them": (r"\b(?:os dois|as duas)(?: dias| vezes)?\b|\bambos\b|\bambas\b|\be tambem\b"),
    "loud_and": (r"(?-i:\bE\b)"),
    "or_else": (r"\bou\b"),
    "suits": (r"\b(?:me (?:da|dao) jeito|servem?|tanto faz|qualquer|(?:eu )?posso (?:na|no))\b"),
    "place_or_day": (
        r"^\W*(?:(?:pode ser|quero|prefiro|fico com|entao|escolho|sim)[\s,]+)*a (segunda|quarta|quinta|sexta)"
        r"(?: (?:por favor|pf|pfv|obrigad[oa]|entao))*\W*$"  # "na segunda" and "segunda-feira" are days
    ),
    "anyone": (
        r"^\W*(?:com (?:qualquer (?:um|uma|pessoa)|quem (?:for|estiver|puder)(?: livre)?)|tanto faz (?:com )?quem|quem "
        r"estiver (?:livre|disponivel)|(?:e-me )?indiferente (?:com )?quem|sem preferencia)(?: por favor| "
        r"obrigad[oa])?\W*$"
    ),
}

TEXTS = {
    "unreached": "Lamento que não tenha conseguido falar connosco; ajudo com todo o gosto.",
    "day_by_day": "{count} marcações, um dia de cada vez:",
    "next_day": "E para o outro dia está livre:",
    "bot": (
        "Sou o assistente automático de {business}, não uma pessoa. Se preferir falar com a nossa equipa, escreva "
        "“pessoa”."
    ),
    "only_yours": "Só posso falar das suas próprias marcações, não das de outras pessoas.",
}
