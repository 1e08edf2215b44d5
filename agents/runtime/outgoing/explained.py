"""What a reply may say when nothing at all was done for the patient: whatever a sentence says, it must be of a kind.

It asks, offers, refuses, greets, sympathises, looks something up, or tells about the house. A sentence of none of these
kinds says that something was done, in words that no table knows. It is asked only while nothing was done.
"""

import re
from collections.abc import Collection

from agents.runtime.outgoing.accomplished import harmless
from agents.runtime.outgoing.claims import is_free, takes_back
from agents.runtime.outgoing.general import is_general
from agents.runtime.outgoing.kinds_of_words import HOURS, INVITES
from agents.runtime.outgoing.sentences import Sentence, without_pictures

_COURTESY = {
    "en": (
        r"some(?:one|body)|here|help|hello|hi|hey|hiya|morning|afternoon|evening|dear|welcome|thanks?|thank you"
        r"|cheers|sorry|apologi\w+|pleasure"
        r"|of course|sure|certainly|absolutely|gladly|happy|glad|lovely to|nice to|great to|good to|pleased"
        r"|delighted|hope"
        r"|take care|bye|goodbye|get well|congrat\w+|sounds? (?:painful|awful|nasty|uncomfortable|unpleasant)"
        r"|ouch|poor you"
        r"|(?:kind|nice|sweet) of you|good (?:question|point|idea)|i understand|understand|understood|i see"
        r"|oh (?:no|dear)|this is"
        r"|my name is|i'm (?:an?|the|robin)"
        r"|assistant|please|have a|enjoy|no (?:rush|hurry|problem|worries)|bear with me|one (?:moment|second"
        r"|sec)|hang on"
        r"|just a (?:moment|sec\w*|minute)|noted|got it|right away|makes sense|fair enough|alright|all right|ok"
        r"|okay|perfect|great"
    ),
    "de": (
        r"jemand|hier|helf\w*|hilf\w*|hallo|hi|hey|moin|servus|gruss? gott|gruezi|guten (?:tag|morgen|abend)"
        r"|liebe[r]?|willkommen|danke\w*|vielen dank"
        r"|dank|bitte|tut mir (?:sehr |wirklich )?leid|entschuldig\w+|verzeihung|gern\w*|naturlich"
        r"|selbstverstandlich|klar|sicher"
        r"|freut mich|freue mich|schon,|wie schon|gute besserung|alles gute|tschuss|auf wiedersehen|schonen"
        r"|herzlich\w*|glückwunsch"
        r"|(?:lieb|nett) von|klingt (?:schmerzhaft|unangenehm)|oje|oh je|autsch|das verstehe ich|verstehe"
        r"|verstanden|gute frage"
        r"|hier (?:ist|schreibt)"
        r"|ich bin (?:die|der|robin|ein\w*)|assistent\w*|mein name|moment|augenblick|sekunde|in ordnung"
        r"|alles klar|ok|okay|prima|super"
        r"|perfekt|macht nichts|kein problem|keine (?:sorge|eile)|einverstanden|gut"
    ),
    "es": (
        r"alguien|aqui|ayud\w+|mirando|buscando|revisando|consultando|viendo|hola|buen[oa]s?(?: (?:dias|tardes"
        r"|noches))?|estimad[oa]|bienvenid[oa]|gracias|de nada|por favor|perdon\w*|disculp\w*|lo siento"
        r"|lamento|siento|claro|por supuesto|desde luego|con (?:mucho )?gusto|encantad[oa]|me alegr\w+"
        r"|que (?:bien|pena|lastima|tenga|tengas|pase)|espero que"
        r"|cuidese|que (?:se )?mejore|adios|hasta (?:luego|pronto)|felici\w+|entiendo|comprendo|entendido"
        r"|a usted(?=,|\W*$)|a ti(?=,|\W*$)|amable|buena pregunta|le (?:escribe|saluda)"
        r"|soy|me llamo|asistente|un (?:momento|segundo|momentito)|espere|vale|ok|perfecto|genial|de acuerdo"
        r"|sin (?:prisa|problema)|tranquil[oa]"
        r"|muy bien|estupendo|sigo|buscando"
    ),
    "fr": (
        r"quelqu'un|on vous|aid\w+|bonjour|bonsoir|salut|coucou|cher|chere|bienvenue|merci|je vous (?:en )?prie"
        r"|s'il vous plait|svp|pardon|excus\w+|desole\w*|navre\w*"
        r"|bien sur|certainement|avec plaisir|volontiers|content\w*|ravi\w*|heureu\w+|enchante\w*|j'espere"
        r"|bon (?:retablissement|courage)"
        r"|au revoir|a bientot|bonne (?:journee|soiree|question)|felicitation\w*|je comprends|comprends|compris"
        r"|c'est note|je suis|ici|je m'appelle"
        r"|assistant\w*|un (?:instant|moment)|patient\w*|d'accord|ok|parfait|tres bien|entendu|super"
        r"|pas de (?:souci|probleme)|aucun souci|prenez soin"
        r"|aie|oh la|c'est gentil|trop gentil"
    ),
    "pt": (
        r"alguem|por aqui|ajud\w+|a (?:ver|procurar|verificar|consultar)|ola|oi|bom dia|boa (?:tarde|noite"
        r"|pergunta)|car[oa]|bem-vind[oa]|obrigad[oa]|de nada|por favor|desculp\w*|perd\w+|lamento|sinto (?:muito)?"
        r"|claro|com certeza|com (?:todo o )?(?:gosto|prazer)|fico (?:content|feliz)\w*|que (?:bom|pena|chato)"
        r"|tenha|tem um|continuacao de|espero que|as melhoras|adeus|tchau"
        r"|ate (?:logo|breve|ja)|parabens|entendo|compreendo|percebo|percebi|entendi|compreendido|sou|aqui (?:e"
        r"|\u00e9|fala)|chamo-me|assistente"
        r"|um (?:momento|instante|segundo|minutinho)|so um|aguarde|esta bem|ok|certo|perfeito|otimo|muito bem"
        r"|sem (?:problema|pressa)|tranquil[oa]|que simpatic[oa]|muito gentil"
    ),
}
_HOUSE = {
    "en": (
        r"patients?|clients?|customers?|dentists?|doctors?|hygienists?|stylists?|therapists?|practice|clinic"
        r"|salon|studio|treatments?|services?"
        r"|children|kids|everyone|people|parking|car park|bus|train|tram|station|entrance|stairs|lift"
        r"|wheelchair|reception\w*|forms?|card|cash|cheques?"
        r"|insurance|nhs|medicines?|medication|tablets|bring|wear|avoid|takes?|lasts?|minutes|emergency|999|112"
        r"|111|ambulance|website|email"
        r"|phone|address|our|prices?|today is|means|usually|normally|always|depends|languages?|speak|speaks"
        r"|with (?:dr|our)|recommended|helps?"
    ),
    "de": (
        r"patient\w*|kund\w+|zahn\w*|arzt\w*|arztin\w*|stylist\w*|friseur\w*|therapeut\w*|praxis|salon|studio"
        r"|behandl\w*|leistung\w*|kinder\w*"
        r"|alle|parken|parkplatz\w*|park\w*|bus\w*|bahn\w*|station|haltestelle|eingang|treppe\w*|aufzug"
        r"|rollstuhl\w*|empfang|formular\w*|karte|bar"
        r"|versicher\w*|kasse\w*|medikament\w*|mitbringen|bringen|dauert|minuten|notfall|notruf|112|116117"
        r"|webseite|telefon\w*|adresse"
        r"|unser\w*|preise?|heute ist|bedeutet|normalerweise|meistens|immer|hangt|kommt (?:darauf|drauf)"
        r"|sprech\w+|befund|rezept\w*|ruckfragen|erreich\w*"
    ),
    "es": (
        r"pacientes|clientes?|dentistas?|doctor\w*|medic[oa]s?|estilistas?|consulta|clinica|salon|tratamientos?"
        r"|servicios?|ninos?|menores|todos"
        r"|aparca\w*|estacion\w*|autobus\w*|metro|tren|parada|entrada|ascensor|escaleras|silla|recepcion"
        r"|formularios?|tarjeta|efectivo|cheques?|seguro\w*"
        r"|medic\w+|traiga|lleve|dura|duran|minutos|urgencia\w*|emergencia\w*|112|web|telefono|direccion"
        r"|nuestr[oa]s?|precios?|hoy es|significa"
        r"|normalmente|siempre|depende\w*|idiomas?|hablamos|receta\w*|llame"
    ),
    "fr": (
        r"patients|clients?|clientes?|dentistes?|docteur\w*|medecins?|coiffeu\w+|cabinet|clinique|salon|soins?"
        r"|traitements?|prestations?|enfants?|tous"
        r"|parking|stationn\w*|garer|bus|metro|tram|gare|arret|entree|ascenseur|escalier\w*|fauteuil|accueil"
        r"|formulaires?|carte|especes|cheques?"
        r"|mutuelle|assurance|medicament\w*|apport\w+|dure|durent|minutes|urgence\w*|15|112|site|telephone"
        r"|numero|adresse|notre|nos|prix|tarifs?"
        r"|coute\w*|nous sommes (?:le|lundi|mardi)|signifie|normalement|toujours|depend\w*|langues?|parlons"
        r"|ordonnance\w*|appelez"
    ),
    "pt": (
        r"pacientes|utentes|clientes?|dentistas?|doutor\w*|medic[oa]s?|cabeleireir\w+|clinica|salao|consultorio"
        r"|tratamentos?|servicos?|criancas?|menores"
        r"|todos|estacion\w*|parque|autocarro\w*|onibus|metro|comboio|trem|paragem|entrada|elevador|escadas"
        r"|cadeira|rececao|recepcao|formulari\w+|cartao"
        r"|dinheiro|cheques?|seguro\w*|convenio\w*|medicament\w*|traga|traz\w*|demora|dura|minutos|urgencia\w*"
        r"|emergencia\w*|112|site|telefone"
        r"|endereco|morada|noss[oa]s?|precos?|hoje \u00e9|significa|normalmente|sempre|depend\w*|idiomas?"
        r"|linguas?|falamos|receita\w*|ligue"
    ),
}
_GREETS = re.compile("|".join(rf"(?<!\w)(?:{words})(?!\w)" for words in _COURTESY.values()))
_OF_THE_HOUSE = re.compile("|".join(rf"(?<!\w)(?:{words})(?!\w)" for words in _HOUSE.values()))
_FIGURE = re.compile(r"[£€$]|\d{3,}|https?:|@|\d[:.h]\d\d")
_FULL = re.compile(r"(?<!\w)(?:full|ausgebucht|voll|complet\w*|llen[oa]s?|lotad\w+|esgotad\w+|chei[oa]s?)(?!\w)")
_FUTURE = re.compile(r"\w{2,}r(?:á|án|emos|ão|ont)(?!\w)")  # "escribirán", "écrira"
_TITLED = re.compile(
    r"(?<!\w)(?:mr|mrs|ms|miss|herr|frau|senora?|sra?|srta|don|dona|madame|mme|monsieur|mlle"
    r"|senhora?)(?!\w)\.?(?: [^\W\d_]+){1,2}"
)
_FOR_WHOM = re.compile(r"\W*(?:for|fur|para|pour) (?:[\w\[\].'-]+ ?){1,4}\W*")
_WORD = re.compile(r"[^\W\d_]+")
_PHRASE = re.compile(r"[,;:!–—]| - ")


def courtesy(folded: str) -> bool:
    return bool(_GREETS.search(folded))


def of_the_house(folded: str) -> bool:
    return bool(_OF_THE_HOUSE.search(folded))


def unexplained(sentence: Sentence, things: re.Pattern[str], people: Collection[str]) -> bool:
    """Whether a sentence is of none of the kinds. Courtesy explains only its own phrase: "Great, that's in!".

    `things`: names (folded) of the house, its people and services; `people`: words of the names of patients, which
    explain only themselves.
    """
    if sentence.question or is_general(sentence.folded, sentence.wordings):
        return False
    text = without_pictures(sentence.folded)
    if (
        things.search(text)
        or _FIGURE.search(text)
        or _OF_THE_HOUSE.search(text)
        or _FULL.search(text)
        or HOURS.search(text)
        or INVITES.search(text)
    ):
        return False
    fields = ("offers", "wishes", "costs", "free", "where", "denials", "conditions")
    if any(wording.pattern(name).search(text) for wording in sentence.wordings for name in fields):
        return False
    if (
        is_free(text)
        or takes_back(text, sentence.wordings)
        or any(harmless(sentence.low, wording.code) for wording in sentence.wordings)
    ):
        return False
    if _FUTURE.search(sentence.low):
        return False
    if _FOR_WHOM.fullmatch(text):
        return False
    phrases = (_TITLED.sub("", each) for each in _PHRASE.split(text))
    phrases = (each for each in phrases if re.search(r"\w\w", each))
    return any(not (_GREETS.search(each) or set(_WORD.findall(each)) <= set(people)) for each in phrases)
