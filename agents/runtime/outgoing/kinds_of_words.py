"""Words of any language that tell what a sentence is about."""

import re

INVITES = re.compile(
    r"\b(?:send me|reply with|let me know|tell me|choose|pick|schicken sie|sagen sie|schreiben sie"
    r"|nennen sie|wahlen sie|envieme|digame|elija|escoja"
    r"|responda|envoyez|dites-moi|choisissez|repondez|envie|diga|escolha)\b"
)
OPEN = re.compile(
    r"\b(?:open|geoffnet|offen|offnen|offnet|abierto[s]?|abrimos|abris|abre|abren|ouvrez|ouvert[s]?|ouvrons|ouvre"
    r"|abertos?|aberta|abrem)\b"
)
REOPENS = re.compile(
    r"\W*(?:(?:we're|we are|we'll be|but|and) )*(?:back|open\w*|reopen\w*)(?!\w)"
    r"|\W*(?:(?:wir sind|sind wir|wir haben|ab) )*(?:\w+ ){0,4}wieder (?:da|offen|geoffnet|auf)(?!\w)"
    r"|\W*(?:volvemos|reabrimos|voltamos|(?:nous |on )?rouvr\w+|(?:nous sommes|on est) de retour)(?!\w)"
)
"""The house, after a day on which it is closed."""
THAT_DAY = re.compile(
    r"(?<!\w)(?:that day|then|an (?:dem|diesem) tag|da|ese dia|ce jour(?:-la)?|nesse dia|esse dia|as usual"
    r"|ganz normal|wie (?:immer"
    r"|gewohnt)|como siempre|comme d'habitude|como sempre|normalmente)(?!\w)"
)
HOURS = re.compile(
    r"\b(?:open\w*|clos\w+|hours|lunch|break|geoffnet|offnet|offnen|offen|offnungszeiten|schlies\w+"
    r"|mittagspause|sprechzeiten|sprechstunde|abierto\w*|abrimos|abre|"
    r"cierra|cerramos|hemos cerrado|schluss|horarios?|atendemos|ouvert\w*|ouvr\w+|ferm\w+|horaires|abert\w+|abrimos"
    r"|fecha\w*"
    r"|atendimento|funciona\w*|telefon\w*|phone|(?:sind wir|wir sind) (?=.*\bda\b)|we're (?:back|here)|estamos"
    r"|sommes (?:la|de retour))\b"
)
WAS = re.compile(
    r"(?<!\w)(?:had|was|were|used to|hatten?|hattest|war|waren|tenias?|era|avais|aviez|avait|etait|tinha|tinhas"
    r"|antes)(?!\w)"
)
"""Of the past: where something was that is cancelled or moved now."""
ROOM = re.compile(
    r"(?<!\w)(?:there(?:'s| is) (?:room|space)|we have (?:room|space)|noch platz|platz frei|hay (?:sitio|hueco"
    r"|plaza|lugar)"
    r"|il y a de la place|(?:ha|tem|temos) (?:vaga|lugar))(?!\w)"
)
PENDING = re.compile(
    r"(?<!\w)(?:provisional\w*|on hold|for (?:your )?(?:ok|okay|confirmation|yes)|until you (?:confirm|say|ok)|once you"
    r" (?:confirm|say)|your (?:ok|okay|yes|go-ahead)|unverbindlich|vorlaufig|vorgemerkt|zuruckgelegt|(?:dein"
    r"|ihr)(?:em|en)?"
    r" (?:ok|okay|ja|einverstandnis)|bis sie (?:bestatigen|zusagen)|provisori\w+|provisoire\w*|de forma provisional"
    r"|a falta de"
    r"|visto bueno|su (?:ok|confirmacion|si|sy)|votre (?:accord|feu vert|oui|confirmation)|que vous confirmiez"
    r"|(?:a|o) sua? (?:\w+ )?(?:confirmacao|ok|sim)|o seu sim|que confirme|falta (?:so|apenas|solo))(?!\w)"
)
"""Of what is held: that it still waits for a yes."""
OFF = re.compile(
    r"(?<!\w)(?:cancel\w*|annul\w*|anul\w*|absag\w*|abgesagt\w*|storn\w*|desmarc\w*|entfall\w*|entfallt|gestrichen"
    r"|(?:is|are|all|now) off)(?!\w)|'s off(?!\w)"
)
"""That something is cancelled, as a verb or a noun."""
LOOKS = re.compile(
    r"(?<!\w)(?:let me (?:check|see|look)|i(?:'ll| will|'m going to) (?:check|see|look)|i'm checking"
    r"|(?:ich )?(?:prufe|schaue|sehe)"
    r" (?:ich )?(?:gern\w* |gleich |kurz )*(?:nach|ob|mal|,)|prufe ich|ich prufe|lo miro|miro|voy a (?:mirar|ver"
    r"|comprobar)|compruebo"
    r"|je (?:verifie|regarde)|vou (?:ver|verificar)|deixe[- ]me ver|verifico)(?!\w)"
)
"""A clause that looks something up: what it names is not yet known."""
INSTEAD = re.compile(
    r"\b(?:replac\w+|originally|ersetzt|ursprunglich|sustitu\w+|reemplaza\w*|inicialmente|remplac\w+|initialement"
    r"|substitu\w+|instead|rather than|from|old|was|statt|anstatt|anstelle|von|vom|vorher|bisher\w*|alte[nrm]?|au lieu"
    r"|ancien|etait"
    r"|en lugar|en vez|antes|antigua|anterior|era|em vez|plus|ya no|ja nao|no longer|nicht mehr)\b"
)
UNDOES = re.compile(
    r"(?<!\w)(?:would|undo\w*|back|revert\w*|restore|ware\w*|wyrde\w*|ruckgangig|zuruck\w*|seria|volver\w*|vuelv\w+"
    r"|deshac\w*|deshag\w*|dejar\w*|serait|revien\w*|revenir|annuler (?:le|ce) (?:changement|deplacement)|remett\w*"
    r"|voltar\w*|volta|desfa\w+|desfiz\w*|reverter\w*|repor)(?!\w)"
)
"""Of what was moved: that it could be where it was."""
BEFORE = re.compile(
    r"\W*(?:(?:\w+ ){0,2}(?:previous|former|original|alte[rs]?|bisherige[rs]?|anterior|antig[ou]a?|ancienn?e?"
    r"|precedente?)(?: \w+)?|before|previously|old(?: time)?|was|until now|vorher|bisher|bislang|alt|war|antes"
    r"|anterior|era"
    r"|hasta ahora|avant|ancien"
    r"|jusqu'ici|ate agora)\W*:"
)
"""What leads a line about where something was."""
STAYS = re.compile(
    r"\b(?:stays?|remains?|still|too|as well|kept|bleib\w*|weiterhin|zusatzlich|mantien\w*|sigue\w*|tambien"
    r"|reste\w*|maintenu\w*|aussi"
    r"|toujours|mantem|continua|tambem)\b"
)
TOO = re.compile(
    r"(?<!\w)(?:remains?|additional|backup|as a reserve|permanece|fica como|queda como|reste (?:en|a)|as well|both"
    r"|two|too|still|beide|zwei|zusatzlich|weiterhin|ausserdem|ademas|dos|mantien\w+|sigue|aussi"
    r"|toujours|puis encore|deux|ainda|mantem|duas|alem|tambem)(?!\w)"
)
"""Beside a time where something was before: that it stands there, too."""
SEEKS = re.compile(r"\W*(?:what|whether|was|ob|que|si|ce qui|ce qu'il|o que|se)(?!\w)")
"""A clause that asks in passing: "I look what is free today"."""
WHETHER = re.compile(r"(?<!\w)(?:whether|if|ob|si|s'il|se)(?: \w+){0,2} $")
