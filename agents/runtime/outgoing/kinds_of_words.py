"""Words of any language that tell what a sentence is about."""

import re

INVITES = re.compile(
    r"\b(?:send me|reply with|let me know|tell me|choose|pick|schicken sie|sagen sie|schreiben sie"
    r"|nennen sie|wahlen sie|envieme|digame|elija|escoja"
    r"|responda|envoyez|dites-moi|choisissez|repondez|envie|diga|escolha)\b"
)
OPEN = re.compile(r"\b(?:open|geoffnet|offen|abierto[s]?|abrimos|ouvert[s]?|ouvrons|abertos?|aberta)\b")
HOURS = re.compile(
    r"\b(?:open\w*|clos\w+|hours|lunch|break|geoffnet|offnet|offnen|offen|offnungszeiten|schlies\w+"
    r"|mittagspause|sprechzeiten|sprechstunde|abierto\w*|abrimos|abre|"
    r"cierra|cerramos|horarios?|atendemos|ouvert\w*|ouvr\w+|ferm\w+|horaires|abert\w+|abrimos|fecha\w*"
    r"|atendimento|funciona\w*|telefon\w*|phone)\b"
)
