"""What makes a yes less than one ("ok, but …", "if it's free", "let me check first"), by language; unaccented text.

`RESERVE` holds the words of a reserve, `NONE` such words where they hold none back ("no problem", "why not").
"""

import re

RESERVE = {
    "en": (
        r"\b(?:but|wait|hold on|hang on|actually|if|unless|only when|first(?! (?:one|option|slot|time|"
        r"thing))|let me|"
        r"check(?![- ]?(?:up|in|s? out))|think (?:about|it over)|need to ask|(?:have|has|had) to (?:ask|"
        r"work|see)|though|however|except|"
        r"instead|not|(?:is|do|does|would|wo|ca|could|did)n['’]?t|cannot|call you|ring you|get back to|"
        r"too (?:early|late|soon|far)|"
        r"already|why|maybe|perhaps|might|depends|rather|prefer|until|(?:some|any)(?:one|body) else|"
        r"i(?:['’]m)? work(?:ing)?|"
        r"wrong|incorrect|"
        r"i(?:['’]ve)? (?:have|got)|when i|because|could you|can you|can we|could we)\b"
    ),
    "de": (
        r"\b(?:aber|warte\w*|moment|eigentlich|wenn|falls|erst (?:mal|noch|einmal)|erstmal|zuerst|prufen|"
        r"nachsehen|"
        r"nachschauen|uberlegen|fragen|abklaren|melde mich|rufe? (?:noch|dann|sie|euch|dich)?|noch nicht|"
        r"nicht|kein\w*|"
        r"falsch\w*|"
        r"schon (?:etwas|was|einen)|arbeite[nt]?|zu (?:fruh|spat|bald|weit)|warum|wieso|weshalb|"
        r"vielleicht|lieber|"
        r"jemand ander\w*|woanders|sondern|bis|hab(?:e)? (?:ich )?(?:da|schon)|weil|konnt\w+ (?:ihr|sie|"
        r"wir)|konnen (?:wir|sie)|"
        r"geht auch)\b"
    ),
    "es": (
        r"\b(?:pero|esper[ae]\w*|un momento|en realidad|si (?:es|no|hay|puedo|me|se|fuera)|siempre que|"
        r"primero|consultar\w*|"
        r"esta mal|incorrect\w*|"
        r"preguntar\w*|pensar\w*|mirar\w*|comprobar\w*|ver si|todavia|aun no|ya tengo|trabaj\w+|demasiado|"
        r"muy (?:temprano|"
        r"pronto|tarde)|por que|quizas?|tal vez|a lo mejor|prefier\w+|otra persona|hasta las?|(?:le|os|"
        r"te) llamo|cuando|"
        r"porque|tengo que|podria(?:n|mos)?|puede(?:n|s)?|podemos)\b"
    ),
    "fr": (
        r"\b(?:mais|attend\w*|un instant|un moment|en fait|si (?:c'est|ca|je|on|possible que|vous|il)|"
        r"d'abord|verifi\w+|"
        r"demander|reflechir|voir avec|regarder|ne \w+ pas|pas encore|pas|plutot|deja|travaill\w+|"
        r"trop (?:tot|tard|loin)|"
        r"faux|une erreur|incorrect\w*|"
        r"pourquoi|peut-etre|quelqu'un d'autre|jusqu'a|rappell?e\w*|parce que|je dois|pourri(?:ez|ons)|"
        r"pouvez)\b"
    ),
    "pt": (
        r"\b(?:mas|esper[ae]\w*|um momento|na verdade|se (?:for|nao|eu|houver|der|puder)|primeiro|"
        r"verificar|ver se|"
        r"esta mal|errad[oa]s?|incorret\w*|"
        r"perguntar|pensar|confirmar com|ainda|ja tenho|trabalh\w+|muito (?:cedo|tarde)|(?:cedo|"
        r"tarde) demais|por ?que|"
        r"talvez|prefiro|outra pessoa|ate as?|(?:eu )?ligo|quando|tenho (?:que|de)|poderi(?:a|am)|podemos)\b"
    ),
}
NONE = {
    "en": (
        r"\b(?:no problem|nothing(?:['’]s)? wrong|"
        r"why not|no worries|not a problem|not bad|can['’]?t wait|cannot wait|if (?:that|"
        r"it)['’]?s "
        r"(?:ok|okay|fine|possible|alright|all right|still (?:free|available))|if (?:i|you) (?:can|could|"
        r"may|don['’]?t mind)|if possible|"
        r"don['’]?t mind|wouldn['’]?t miss it|let me (?:have|take|get|go|do)|not at all|actually (?:yes|"
        r"perfect|great|fine|good)|"
        r"(?:can|could) you (?:please )?(?:book|confirm|reserve|do|make|schedule|put|go ahead)|"
        r"i(?:['’]ve)? (?:have|got) (?:it|that|time|no (?:problem|objections?)))\b"
    ),
    "de": (
        r"\b(?:kein(?:e)? (?:problem|thema|einwande)|warum nicht|wieso nicht|wenn (?:das|es) (?:geht|"
        r"passt|moglich ist|ok ist)|wenn "
        r"moglich|nichts dagegen|nicht schlecht|(?:konnen|konnten) sie (?:das |den |ihn |es )?(?:bitte )?"
        r"(?:so )?(?:buchen|eintragen|bestatigen|reservieren))\b"
    ),
    "es": (
        r"\b(?:no hay problema|sin problemas?|por que no|si es posible|si (?:se )?puede(?: ser)?|"
        r"no me importa|(?:me )?"
        r"(?:puede|podria)s? (?:reservar|confirmar|apuntar|agendar)\w*)\b"
    ),
    "fr": (
        r"\b(?:pas de (?:probleme|souci)|pourquoi pas|si (?:c'est )?possible|sans (?:probleme|souci)|"
        r"(?:pouvez|pourriez)[- ]vous (?:le |la |me )?(?:reserver|confirmer|noter))\b"
    ),
    "pt": (
        r"\b(?:(?:sem|nao ha|nao tem) problemas?|por ?que nao|se (?:for )?possivel|se der|tem razao|"
        r"(?:pode|podem|poderia)s? (?:reservar|confirmar|marcar|agendar)\w*)\b"
    ),
}

# Said of the times that were put to somebody: they want later ones, or earlier ones.
TOO_EARLY = {
    "en": r"\btoo early\b",
    "de": r"\bzu fruh\b",
    "es": r"\b(?:muy|demasiado) (?:temprano|pronto)\b",
    "fr": r"\btrop tot\b",
    "pt": r"\b(?:muito cedo|cedo (?:demais|de mais))\b",
}
TOO_LATE = {
    "en": r"\btoo late\b(?! (?:to|for that|now))",
    "de": r"\bzu spat\b",
    "es": r"\b(?:muy|demasiado) tarde\b",
    "fr": r"\btrop tard\b",
    "pt": r"\b(?:muito tarde|tarde (?:demais|de mais))\b",
}

# "Don't cancel it": said to the question whether to, it keeps the appointment.
KEEP = {
    "en": r"\b(?:do(?:n['’]?t| not)|never|not(?: to)?|without|rather not) (?:\w+ ){0,2}?cancel",
    "de": r"\b(?:nicht|nie|keinesfalls|bloss nicht) (?:\w+ ){0,2}?(?:absag|stornier|cancel|losch|streich)",
    "es": r"\bno (?:\w+ ){0,2}?(?:cancel|anul)",
    "fr": r"\b(?:ne |n['’]|pas |sans )(?:\w+ ){0,2}?(?:\w['’])?annul",
    "pt": r"\b(?:nao|nunca) (?:\w+ ){0,2}?(?:cancel|desmarc)",
}

POLITELY = re.compile(  # a question by its form, and a wish
    r"\b(?:(?:can|could|would|will) (?:you|we|i) (?:please |just )*|konn(?:en|ten|t|test) (?:sie|ihr|du|wir) .*|"
    r"pued\w+ |podria\w* |(?:pouvez|pourriez|peux)[- ](?:vous|tu) (?:l['’])?|pod\w+ |poderia\w* )"
    r"(?:cancel|absag|stornier|anul|annul|desmarc)"
)
