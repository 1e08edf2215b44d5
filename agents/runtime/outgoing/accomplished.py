"""Acts that are told as accomplished, whatever their verb: told by the forms of each language, not by lists of verbs.

English "I've …ed", German "habe … ge…t", Spanish "-é", French "j'ai …é", Portuguese "-ei". What looks, asks and tells
changes no diary, and is left out (`harmless`, beginnings of the verb). Over text in lower case that keeps its accents:
Spanish tells "guardé" from "guarde" by nothing else.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_EN_VERB = (
    r"[a-z-]{2,}ed|done|made|put|set|got|gotten|given|gave|taken|took|kept|held|found|sent|let|written|wrote"
    r"|drawn|drew"
    r"|dealt|brought|cut|shut|left|lined|run|struck|begun|thrown|threw|sold|bought|split|hidden|hung|laid|fit"
    r"|slid|shot"
)
_ADVERBS = (
    r"(?:(?:just|now|already|also|both|all|then|indeed|gladly|gone ahead and|went ahead and|successfully|officially"
    r"|only just|so|right|\w+ly)\s+)*"
)
_DE_VERB = (
    r"\w*ge[a-zäöüß]{2,}(?:t|en)|(?:ver|be|er|ent|zer|über|unter|um|wider)[a-zäöüß]{3,}(?:t|en)|\w+iert"
    r"|\w+be\w+(?:t|en)"
)
_ES_REGULAR = r"\w{2,}(?:ado|ido|ada|ida|ados|idos|adas|idas)|hech[oa]s?|puest[oa]s?|\w*scrit[oa]s?|\w*uelt[oa]s?"
_ES_PAST = (
    r"(?!\w+(?:[aei]r|dr|br)é\b)\w{2,}é|liberé|recuperé|retiré|preparé|separé|aparté|reparé|tiré"
    r"|\w{2,}(?:edí|erí|ertí|ibí|etí|ití)"
)
_FR_VERB = r"\w{2,}(?:é|és|ée|ées)|\w+(?:is|ise|it|ite|ert|erte|int)|\w{2,}(?:enu|enue|du|due|i|ie)"
_PT_PAST = r"(?!\w+(?:[aei]r)ei\b|sei\b|hei\b|lei\b|rei\b)\w{2,}ei|retirei|tirei|virei|preparei|separei|fiz|pus|dei"
_PT_MORE = r"|inseri|incluí|inclui|transferi|consegui|garanti|resolvi|abri|reservámos|marcámos|tratámos"
_PT_REGULAR = (
    r"\w{2,}(?:ado|ido|ada|ida|ados|idos|adas|idas)|feit[oa]s?|post[oa]s?|\w*scrit[oa]s?|entregue|aceite|limp[oa]"
)


@dataclass(frozen=True, kw_only=True)
class Accomplished:
    """`did` has a group `verb`. `short`: what alone makes a reply of a few words ("Sorted!")."""

    did: re.Pattern[str]
    harmless: re.Pattern[str]
    short: re.Pattern[str]


def _forms(*did: str, harmless: str, short: str) -> Accomplished:
    return Accomplished(
        did=re.compile("|".join(rf"(?<![\w'-])(?:{each})(?!\w)" for each in did).replace("(?P<verb>", "(")),
        harmless=re.compile(rf"(?:{harmless})"),
        short=re.compile(rf"\W*(?:{short})\W*"),
    )


FORMS = {
    "en": _forms(
        rf"(?:i|we)(?:'ve| have|'d)? {_ADVERBS}(?P<verb>{_EN_VERB})",
        rf"(?:you|it|that|this|everything|all|both|they|appointment|booking|visit|slot|spot|place|session|check-?up"
        rf"|request|change|name|date|time)(?:'s|'ve|'re| is| are| was| were| has| have| got| gets)"
        rf"(?: been| being)? {_ADVERBS}(?P<verb>{_EN_VERB})",
        harmless=(
            r"want|need|hop|ask|check|look|search|notic|understood|receiv|pass|forward|told|tell|let|sent|send"
            r"|saw|heard"
            r"|thought|assum|tri|mention|said|offer|list|expla|apolog|close|attach|shar|answer|repl|inform|alert|flag"
            r"|escalat|recommend|suggest|mix|misunder|misread|miss|love|lik|locat|bas|requir|includ|allow|train|qualif"
            r"|call|nam|interest|concern|worr|pleas|suppos|relat|limit|charg|cover|advis|tired|delay|welcom"
            r"|entitl|invit"
            r"|found|got|have|had|need|work|open|us|talk|refer|left|left|seen|delight|excit|thrill|look|review|compar"
            r"|consult|guess|figur|read|limited|clos|taken|occupi|experienc|involv|perform|refund|paid|swollen|chipp"
            r"|tak|cut|hurt|run|expect|prefer|propos|pick|reach|contact|notif|reopen|staff|link|display|print|learn"
            r"|register|recei|miss|lo|gone|change my|set up (?:for|to)|equipp|design|recomm|intend|meant|process"
        ),
        short=(
            r"(?:(?:that's|it's|all|and|you're|there|okay|ok|yes|yep|right|great|perfect|absolutely|now"
            r"|of course)\W+)*"
            r"(?:done|sorted|set|settled|arranged|fixed|finished|completed?|handled|actioned|booked|ready|in)"
        ),
    ),
    "de": _forms(
        rf"(?:ich|wir)(?: \w+){{0,2}} haben?(?: [\w:.-]+){{0,8}}? (?P<verb>{_DE_VERB})(?=\W*(?:$|[,;.!:–]))",
        r"(?:ich|wir) konnten? (?:(?!(?:nicht|leider|kein\w*|nichts)\b)[\w:.-]+ ){1,9}(?P<verb>\w{3,}(?:en|ern"
        r"|eln))(?=\W*(?:$|[,;.!:–]))",
        rf"(?:hab|habe|hab's|haben wir)(?: [\w:.-]+){{0,9}}? (?P<verb>{_DE_VERB})(?=\W*(?:$|[,;.!:–]))",
        harmless=(
            r"finden|sehen|erreichen|lesen|verstehen|hören|gefund|gesehen|\w*geschaut|nachge|verstand|weiterge"
            r"|\w*gefragt|geprüft|überprüft|notiert|erhalt"
            r"|gelesen|gehör|gedacht|gemeint|gesagt|geschickt|gesendet|informier|\w*geteilt|vorge|angeb|angebot"
            r"|verpass"
            r"|geöffn|geschloss|gesucht|genannt|gewünsch|gesproch|vergess|verwechs|begonn|gelernt|erklär|beantwort"
            r"|gemeld|benachricht|aufgelist|herausgefund|entdeck|zusammenge|erwähnt|empf|entschuld|geirrt"
            r"|versucht|gelegen"
            r"|missverst|durchgesehen|hingewies|gebet|gegeben|übersehen|rausgefund|besproch|verglich|probier|erreich"
        ),
        short=(
            r"(?:(?:das|alles|ist|so|ok|okay|ja|super|gut|klar|jetzt|schon|und|wird gemacht|geht klar)\W+)*"
            r"(?:erledigt|fertig|gemacht|geschafft|passiert|geritzt|gebongt|eingetütet|ist raus|drin|eingetragen)"
        ),
    ),
    "es": _forms(
        rf"(?:(?:se|te|le|les|lo|la|los|las) )*(?:he|hemos) (?:ya )?(?P<verb>{_ES_REGULAR})",
        rf"(?:(?:ya|yo|se|te|le|les|lo|la|los|las|listo,?|hecho,?) )*(?P<verb>{_ES_PAST})",
        r"(?:se|fue) (?P<verb>\w{2,}ó)",
        rf"(?:está|esta|queda|quedó) (?:ya |todo )?(?P<verb>{_ES_REGULAR})",
        r"(?P<verb>puse|hice|conseguí|logré|pude)(?= )",
        r"ya (?:se |te |le )?(?:lo|la|los|las|le|te) (?P<verb>\w{2,}e)",
        harmless=(
            r"liberó|llenó|agotó|ocupó|acabó|olvidó|encontr|vist|busqu|busca|mir|consult|pasado su|pasado tu"
            r"|pasé su|pasé la (?:preg|cons)|envi|pregunt"
            r"|entend|recib|leíd|dicho|avis|habl|comprob|revis|ofrec|mencion|transmit|inform|preguntado|qué"
            r"|porqué|café"
            r"|bebé|olvid|confund|equivoc|comunic|pedid|pedí|explic|propuest|traslad|remit|respond|intent|tenid|sid"
            r"|estad|podid|querid|pude ver|pasado|pasé|comenté|comentad|notific|escuch|llegad|perd|sé|esté|dé|est|lleg"
        ),
        short=(
            r"(?:(?:ya|todo|está|esta|queda|quedó|vale|ok|perfecto|genial|claro|pues|eso|de acuerdo|sí|en)\W+)*"
            r"(?:list[oa]s?|listito|hech[oa]s?|ya está|arreglad[oa]|orden|solucionad[oa]|resuelt[oa]"
            r"|apuntad[oa]|dicho y hecho)"
        ),
    ),
    "fr": _forms(
        rf"(?:j'ai|j'vous ai|(?:je|on|nous) (?:(?:l'|les |le |la |vous |te |t'|vous l'|te l'|vous les ))?(?:ai"
        rf"|a|avons))"
        rf"(?: (?:bien|déjà|tout|donc|juste|pu|aussi))* (?P<verb>{_FR_VERB})",
        r"c'est (?:bien |tout |donc )?(?P<verb>\w{2,}(?:é|ée|és))",
        rf"(?:l'|les |vous l'|vous les )(?:ai|avons|a) (?:bien |déjà )?(?P<verb>{_FR_VERB})",
        r"(?:j'ai|on a|nous avons) (?:bien )?pu (?:(?:vous|le|la|les|l') ?)*(?P<verb>\w+(?:er|ir|re))",
        r"(?:je viens|on vient|nous venons) (?:juste |tout juste )?(?:de |d')(?:(?:vous|le|la|les|l') ?)*"
        r"(?P<verb>\w+(?:er|ir|re))",
        harmless=(
            r"lundi|mardi|jeudi|vendredi|samedi|midi|aussi|ici|ainsi|merci|trouv|vu|regard|cherch|vérif|verif"
            r"|transm|passé|passer|compr|reçu|lu|demand|envoy|signal|consult|propos"
            r"|parl|entend|oubli|saisi|prév|préc|expliqu|dit|dire|donné|repér|signif|mention|inform|répond"
            r"|répét|contact"
            r"|remar|essay|avert|alert|comparé|relu|indiqué|écrit|fait (?:suivre|passer|part)|perdu|confondu"
            r"|été|choisi"
            r"|partag|fourni|réflé|affich|list|aid|lire|voir|rappel|eu|noté (?:votre|que|la)|trompé"
        ),
        short=(
            r"(?:(?:c'est|voilà|hop|ça|tout|et|ok|oui|parfait|est|très bien|super|bien|votre)\W+)*"
            r"(?:fait|réglé|bon|calé|noté|bouclé|ok pour vous|validé|en ordre|bouclée?|arrangé|enregistré)"
        ),
    ),
    "pt": _forms(
        rf"(?:(?:eu|já|me|lhe|te|o|a|os|as) )*(?P<verb>{_PT_PAST}{_PT_MORE})(?:-(?:lhe|o|a|os|as|te|vos))?",
        rf"(?:tenho|temos) (?:já |tudo )?(?P<verb>{_PT_REGULAR})",
        r"consegui (?P<verb>\w+r)",
        rf"(?:está|fica|ficou|foi) (?:tudo |já )?(?P<verb>{_PT_REGULAR})",
        harmless=(
            r"encontr|vi\b|procur|verifi|consult|passei|envi|pergunt|entend|perceb|receb|li\b|falei|avis|inform"
            r"|encaminh"
            r"|notei|anotei (?:a sua|o seu)|sugeri|ofereci|mencion|expliqu|tentei|pedi|esquec|enganei|confund|olhei"
            r"|respond|partilh|compartilh|comuniqu|disse|transmit|repass|fiquei|cheguei|adorei|lei|coloc\w+ a questão"
            r"|ver|falar|encontrar|achar|achei|consegui (?:ver|encontrar|achar|perceber)|listei|busquei"
            r"|indiquei|lembrei"
        ),
        short=(
            r"(?:(?:já|tudo|está|tá|ok|certo|perfeito|claro|sim|bem|então|ficou)\W+)*"
            r"(?:pront[oa]|prontinh[oa]|feit[oa]|feitinho|tratado|resolvido|certinho|tudo certo|combinado|em ordem)"
        ),
    ),
}


def accomplished(low: str, code: str) -> Iterator[tuple[int, int, str]]:
    """Where a clause (lower case, with accents) tells of an act, not of looking, asking or telling; its kind."""
    forms = FORMS[code]
    for match in (*forms.did.finditer(low), *_begins_with(low, code)):
        verb = match.start(match.lastindex or 0)
        if _NOT.search(low, match.start(), verb):
            continue
        if not forms.harmless.match(low, verb) and not _NO_ACT[code].match(low, verb):
            kind = (
                "cancelled"
                if _REMOVES[code].match(low, verb)
                else "moved"
                if _MOVES[code].match(low, verb)
                else "acted"
            )
            yield *match.span(), kind


def _begins_with(low: str, code: str) -> Iterator[re.Match[str]]:
    """ "Supprimé, n'y pensez plus"; "Reservadísimo"; "Shifted it to Friday"."""
    match = _FIRST[code].match(low)
    if match is not None:
        yield match


def harmless(low: str, code: str) -> bool:
    """Whether it tells of looking, asking or telling ("I've passed it on")."""
    forms = FORMS[code]
    return any(
        forms.harmless.match(low, each.start(each.lastindex or 0))
        for each in forms.did.finditer(low)
        if not each[0].startswith(("está", "esta", "queda", "c'est", "fica"))
    )


def is_short(low: str, code: str) -> bool:
    """A sentence that says nothing but that it is done."""
    return len(low) < 60 and FORMS[code].short.fullmatch(low) is not None


_FORMS_OF_VERBS = {
    "en": r"[a-z-]{3,}ed|got (?!it\b)|put|made|popped",
    "de": r"\w*ge[a-zäöüß]{2,}(?:t|en)|(?:ver|be|er|ent|zer|über|unter|um)[a-zäöüß]{3,}t|verschoben|übernommen|\w+iert",
    "es": _ES_REGULAR + r"|\w{2,}(?:ad|id)(?:ísim|isim|it)[oa]s?",
    "fr": r"\w{2,}(?:é|és|ée|ées)|pris|mis|inscrite?",
    "pt": _PT_REGULAR + r"|\w{2,}(?:ad|id)(?:íssim|inh)[oa]s?",
}
_VERBS = {
    code: re.compile(rf"\W*(?:\w+ ){{0,2}}?(?:{verb})(?!\w)")
    for code, verb in {**_FORMS_OF_VERBS, "en": _EN_VERB}.items()
}
_OPENERS = (
    r"(?:(?:ok|okay|yes|yep|right|great|perfect|all|so|and|und|y|e|et|there|ja|gut|super|prima|alles|klar|so|sí"
    r"|vale|perfecto|genial|claro|listo|pues"
    r"|oui|parfait|bien|d'accord|voilà|hop|et|sim|certo|perfeito|pronto|boa|já|ya|schon|déjà|zack|boom|supi)\W+)*"
)
_FIRST = {code: re.compile(rf"\W*{_OPENERS}({verb})(?![\w-])") for code, verb in _FORMS_OF_VERBS.items()}
_NOT = re.compile(r"(?<!\w)(?:nichts?|kein\w*|noch nicht|nie|niemals|not|n't|never|pas|rien|no|nada|não)(?!\w)")
_NO_ACT = {
    code: re.compile(words)
    for code, words in {
        "en": (
            r"interest|clos|locat|not|understood|bas|need|fed|red\b|hundred|unfortun|indeed|delight|excus"
            r"|agreed|advanced|tired|experienced"
        ),
        "de": (
            r"geschl|geöffn|gegen|gern|genau|gerade|gestern|geht|gibt|bitte|beste|bereit|leider|gut|verstand"
            r"|entspann|gelegen|gesund|gesamt|gesperrt"
        ),
        "es": (
            r"cerrad|abiert|encantad|estimad|perdid|bienvenid|ubicad|situad|incluid|entendid|cuidad|rápid"
            r"|rapid|nad[oa]|tod[oa]|demasiad|sábad|sabad"
            r"|medi[oa]|agradecid|debid|llamad|entrad|ocupad|lad[oa]|segund|estad|salud|jornad"
        ),
        "fr": (
            r"occup|not|désol|entend|ferm|ouvert|enchant|situ|compris|rass|côt|journ|soir|matin|anné|santé"
            r"|qualité|arriv|près|après|très|obligé|lié"
        ),
        "pt": (
            r"obrigad|fechad|entendid|cuidad|encantad|localizad|lad[oa]|tod[oa]|sábad|sabad|demasiad|nad[oa]"
            r"|medid|estad|segund|entrad|lotad|ocupad"
            r"|feriad|mercad|aliás|vid[oa]|devid|saúd|chegad|chamad"
        ),
    }.items()
}
_REMOVES = {
    code: re.compile(words)
    for code, words in {
        "en": (
            r"cancel|releas|freed|drop|remov|delet|eras|wip|struck|scrap|scratch|bin|axe|kill|void|pull"
            r"|withdr|clear|ditch|nix"
        ),
        "de": (
            r"abgesagt|storn|gestrich|gelösch|freige|raus|heraus|entfern|ausgetrag|gekill|gecancel|annull"
            r"|aufgelös|abgegeb"
        ),
        "es": r"liber|cancel|anul|quit|borr|elimin|retir|suspend|saqu",
        "fr": r"libér|annul|supprim|effac|retir|enlev|ôt|ray|rendu",
        "pt": r"libert|liber|cancel|desmarc|apag|tir|retir|elimin|remov|anul",
    }.items()
}
_MOVES = {
    code: re.compile(words)
    for code, words in {
        "en": (
            r"mov|shift|push|brought|nudg|slid|switch|swap|reschedul|postpon|delay|transfer|bump|rearrang"
            r"|tweak|adjust"
        ),
        "de": r"versch|verleg|umge|vorge|geschob|geänder|getausch|vorverl|nach hinten",
        "es": r"mov|mud|cambi|adelant|retras|aplaz|traslad|pospus|modific|pospuest",
        "fr": r"décal|déplac|avanc|repouss|report|chang|modifi|transfér|boug",
        "pt": r"mud|alter|adi|antecip|troqu|trocad|transfer|remarc|movi|reagend|empurr",
    }.items()
}


def participle(low: str, code: str) -> re.Match[str] | None:
    """The words up to a participle, at most two before it."""
    return _VERBS[code].match(low)
