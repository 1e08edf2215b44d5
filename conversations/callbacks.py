"""Whether a text promises that somebody will call, write or tell: in the five languages, sentence by sentence.

A question ("shall we call you back?"), a refusal ("we won't …") and an order to the reader ("call us back") promise
nothing. That somebody answers here is no callback: the escalation's clock holds that.
"""

import re

from tenants.folding import fold

PROMISED = "escalations.promised"  # due work of the desk: what an assistant's turn has promised
_WHO_EN = (
    r"(?:i|we|they|he|she|somebody|someone|(?:a|my|our) colleagues?|the (?:team|doctor|dentist|practice)|dr\.? \w+)"
)
_PATTERNS = [
    re.compile(each)
    for each in (
        rf"\b{_WHO_EN}(?:'ll| will| shall|(?: am|'m| are|'re| is|'s) going to)(?: \w+)?? (?:\w+ly )?"
        r"(?:(?:give you )?a (?:call|ring)|call|ring|phone|contact you|get back to|come back to|let you know|"
        r"be in touch|keep you (?:posted|informed)|write to you|message you|text you|e-?mail you|give you a call)\b",
        r"\b(?!you\b)\w+(?:'ll| will) (?:\w+ )?(?:call|ring|phone|contact|message|text|e-?mail) you\b",
        r"\b(?:ich|wir|er|jemand|team|frau \w+|herr \w+|kolleg\w+)\b[^,]*\bruf(?:e|en|t)\b[^,]*\b(?:zuruck|an)\b",
        r"\bruf(?:e|en|t) (?:ich|wir|sie jemand) [^,]*\b(?:zuruck|an)\b",
        r"\bmelden? (?:uns|mich)\b|\bmeldet sich\b|\bmeld(?:e|en) (?:ich mich|wir uns)\b",
        r"\b(?:ich|wir|jemand) \w* ?(?:gebe|geben|gibt) ihnen (?:\w+ )*bescheid\b|\bsie horen von (?:uns|mir)\b",
        r"\bsie werden (?:\w+ )*zuruckgerufen\b",
        r"\b(?:le|la|lo|te|os|les) (?:llamar(?:e|emos|a|an)|llamamos|avisar(?:e|emos|an)|avisamos|informaremos|"
        r"escribir(?:e|emos|an)|contactar(?:e|emos|an)|devolver(?:e|emos|an) la llamada|volver(?:e|emos) a llamar)\b",
        r"\b(?:nos pondremos|me pondre|se pondran?) en contacto\b",
        r"\b(?:nous|je|on|elle|il|quelqu'un|docteur \w+|dr\.? \w+|l'equipe) (?:vous|te) "
        r"(?:rappel\w+\b(?! (?:votre|vos|que|notre|nos)\b)|recontact\w+|contacter\w+|ecrir\w+|"
        r"tien(?:s|drai|drons|dra) (?:au courant|informe\w*))\b",
        r"\b(?:nous|je|on|elle|il) (?:reviendr\w+|reviens|revenons) vers vous\b",
        r"\b(?:ligamos|telefonamos|ligo|contactamos|avisamos|escrevemos|ligaremos|avisaremos)-(?:lhe|o|a|vos|te)\b",
        r"\b(?:vou|vamos|irei|iremos|vai|vao) (?:ligar|telefonar|contactar|avisar|escrever|entrar em contacto)",
        r"\b(?:ligar|telefonar|contactar|avisar)-lhe-(?:ei|emos)\b|\bentraremos em contacto\b",
    )
]
_NOT = re.compile(r"\b(?:won't|will not|not|never|nicht|nie|no|ne|n'|nao|nunca|jamais)\b|\bn'")
_BY_ITSELF = re.compile(
    r"\b(?:i|i'll|ich|je|as soon as|sobald|en cuanto|des que|assim que|"
    r"avisare|escribire|avisarei|escreverei|aviso|vou)\b"
)
_SENTENCE = re.compile(r"(?:\b(?:dra?|mrs?|ms|sra?|prof|mme)\.|[^.!?\n])+[.!?]*", re.IGNORECASE)


def promised(text: str, *, by_people: bool = False) -> str:
    """The sentence that promises, as it was written; "" where none does.

    `by_people`: of what the assistant wrote only what somebody else has to do. What it says it will do itself ("I'll
    write to you as soon as something comes free") it does by itself.
    """
    for found in _SENTENCE.finditer(text.replace("’", "'")):
        sentence = found.group().strip()
        plain = fold(sentence)
        if sentence.endswith("?") or _NOT.search(plain) or (by_people and _BY_ITSELF.search(plain)):
            continue
        if any(each.search(plain) for each in _PATTERNS):
            return sentence
    return ""
