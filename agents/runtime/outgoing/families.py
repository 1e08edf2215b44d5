"""Claims without a verb of doing, by what they say: that it is yours, that you are in, that all is settled.

Families are the same in every language, so that a language is looked through family by family. Over folded text, as
the tables of `languages`.
"""

import re
from collections.abc import Mapping

from agents.runtime.outgoing.wording import Wording

_EN_PLACE = (
    r"(?:the |our |his |her |dr \w+'s |\w+'s )?(?:list|book|books|diary|calendar|schedule|system|rota|day|agenda|plan)"
)
FAMILIES: Mapping[str, Mapping[str, str]] = {
    "en": {
        "booked": (
            # it is yours, it has your name on it
            r"(?:is|are|it's|that's|'s) (?:now |all |both )*(?:yours|in your name|under your name)"
            r"|belongs to you|(?:has|have|got|holds?) your name"
            r"|(?:has|have|with|got) your name on|your name(?:'s| is)(?: now| already)? (?:down|in|on|there|against)"
            # you are in, it is in
            rf"|(?:you|it|that|this|appointment|booking|visit)(?:'re| are|'s| is) (?:now |all |already "
            rf"|both )*(?:in|on|down on)"
            rf" {_EN_PLACE}\b|(?:that|it)(?:'s| is) (?:now |all )?in(?=\s*(?:[!.,;:–-]|$))|you're (?:now "
            rf"|all )?(?:in|on)(?=\s*(?:[!.,–-]|$))"
            r"|you(?:'re| are)(?: \w+)? (?:good|fine|set|sorted|confirmed|locked in|covered|slotted|in) for"
            # we are waiting for you
            r"|(?:is|are|we're|he's|she's|will be|we'll be|'ll be) (?:now |already |all )*(?:expecting|waiting for"
            r"|looking forward to (?:seeing|meeting)) you|(?:knows|know) (?:that )?you(?:'re| are) coming"
            r"|see you there"
            r"|it's a date|you have a (?:confirmed )?(?:slot|place|spot|time|seat) with|you've got (?:a|the"
            r"|your) (?:slot|spot"
            r"|place|seat|booking|appointment)|you have (?:secured|got|a confirmed)"
        ),
        "done": (
            r"(?:you(?:'ll| will)(?: also)? (?:get|receive|have)|look out for) (?:a|an|your"
            r"|the) (?:\w+ )?(?:confirmation"
            r"|reminder)|(?:a|the|your) (?:\w+ )?confirmation (?:is on its way|has (?:gone|been)|will (?:follow"
            r"|arrive)"
            r"|was sent|email|text|message)|nothing (?:more|else|further) (?:for you |you need |you have )?to do"
            r"|no further action|everything(?:'s| is) (?:now |all )?(?:in place|set|ready|ok|okay|fine|in order|taken"
            r"|done|sorted|confirmed|arranged|fixed)|it(?:'s| is|'s all| is all) (?:official|happening|a go|settled"
            r"|in hand|under control)|you can (?:relax|stop worrying|rest easy|consider)|leave it (?:with|to) me, done"
            r"|mission accomplished|bob's your uncle|tick(?:ed)? off|job done|success"
        ),
        "moved": (
            r"(?:put|set|pushed|moved|brought) (?:it|that|your [\w -]{2,20}|this) (?:back|forward"
            r"|off) (?:by|an?|until|till)|(?:back|forward|later|earlier|out) by (?:an?|one|two|half|\d)"
        ),
        "cancelled": (
            r"(?:you )?(?:don't|do not|needn't|no longer|no) (?:need|have)?(?: to)? ?(?:come(?: in)?|turn up"
            r"|show up|attend)"
            r"(?! (?:early|earlier|fasting|back|with|in person|on an|alone|hungry|again|before))"
            r"|(?:there is|there's|you have|you've) (?:nothing|no appointment|no booking)s? (?:booked |planned "
            r"|in the \w+ )?"
            r"any ?more|(?:is|are|it's|that's|been) (?:now |all )?(?:off the|out of the|out of our|gone from|off our)"
            r"|no longer (?:in|on|there|valid|active|standing|exists?)\b|consider it (?:cancelled|gone|off)"
            r"|cancel(?:l?ation)? (?:went|has gone|is) (?:through|done|complete)"
        ),
    },
    "de": {
        "booked": (
            r"gehor(?:t|en) (?:jetzt |nun |damit |somit )*(?:ihnen|dir|sie)|(?:ist|sind) (?:jetzt |nun |damit "
            r"|somit |ganz )*"
            r"(?:ihre?r?s?|deine?r?s?|der ihre)(?=\s*(?:[!.,;:–-]|$))|(?:auf|unter|fur) (?:ihren"
            r"|deinen) namen(?! (?:buch|eintr"
            r"|reserv|vormerk|finde|find|nach|such|ist|sind))|(?:sie|du) (?:sind|bist|stehen"
            r"|stehst)(?: [\w:.,]+){0,6}?"
            r" (?:drin|dabei|dran|drauf|eingeplant|auf der liste|in der liste|im (?:buch|system|plan|kalender"
            r"|terminkalender))|(?:steht|stehen|ist|sind)(?: (?!nichts?\b|kein)\w+){0,3} (?:drin|im buch|im system"
            r"|im terminbuch"
            r"|in den buchern)"
            r"|(?:erwartet|erwarten|wartet|warten|freut sich|freuen uns|freue mich)(?: \w+){0,2} (?:auf )?(?:sie|dich)"
            r"(?=\s*(?:[!.,;:–-]|$|am|um|dann|zur|in|bei))|(?:weis|wissen)(?: \w+)? bescheid|man sieht sich"
            r"|wir sehen uns"
            r"|(?:das|der termin|alles|es) (?:klappt|passt) (?:dann|also|so)(?=\s*(?:[!.,–-]|$))|(?:ist"
            r"|sind) gesetzt|(?:ist|sind|sei)(?: \w+){0,3} fix(?=\s*(?:[!.,;:–-]|$))|(?:hat|haben) (?:schon "
            r"|jetzt )?(?:ihren|deinen) namen"
            r"|(?:auf|in) (?:dem|seinem|ihrem|unserem) (?:zettel|plan|buch)"
            r"|(?:termin|platz|zeit) (?:ist )?sicher|haben (?:sie|du)? ?(?:den|ihren) (?:termin"
            r"|platz)(?=\s*(?:[!.,–-]|$))"
        ),
        "done": (
            r"(?:sie|du) (?:erhalten|bekommen|bekommst|kriegen|erhaltst)(?: \w+){0,3} (?:bestatigung|erinnerung|"
            r"bestatigungs\w+)|bestatigung (?:ist unterwegs|kommt|folgt|ging|geht)|(?:sie mussen|mussen sie|du musst)"
            r" (?:nichts|sich um nichts)(?: \w+){0,2} (?:tun|machen|kummern)|(?:ist|ware|ist schon"
            r"|ist alles) (?:alles )?"
            r"(?:geritzt|gebongt|in trockenen tuchern|in sack und tuten|unter dach|im kasten|eingetutet"
            r"|erledigt|offiziell"
            r"|in ordnung gebracht|geregelt|organisiert)|ist (?:schon )?passiert|schon passiert|(?:\w*buchung"
            r"|reservierung|absage|stornierung|verlegung|verschiebung|anderung)(?: \w+){0,2} (?:hat|ist"
            r"|wurde)(?: \w+){0,3} (?:\w*ge\w+(?:t|en)|bestatigt|ubernommen)|alles (?:steht|klappt"
            r"|hat geklappt)|hat (?:alles )?(?:geklappt|funktioniert)"
        ),
        "cancelled": (
            r"(?:sie |du )?(?:brauchen|mussen|brauchst|musst)(?: sie| du)?(?: \w+){0,2} (?:nicht|nicht mehr)"
            r"(?: mehr)?(?: extra)? (?:zu )?(?:kommen|erscheinen|vorbeizukommen|vorbeikommen)|(?:ist"
            r"|sind) (?:jetzt |nun |damit"
            r" |schon )*(?:raus|weg|vom tisch|geplatzt|gekippt|aus dem \w+|gegessen)(?=\s*(?:[!.,;:–-]|$))"
            r"|hat sich erledigt|^\W*damit vom tisch"
            r"|(?:ist|steht|sind|stehen) (?:jetzt |nun |damit |also )*nicht (?:mehr|langer) (?:\w*gebucht|eingetragen"
            r"|vorgemerkt|reserviert|vereinbart|geplant|drin)"
            r"|(?:kein|keinen) termin mehr(?! (?:frei|verfugbar|anbiet|zu))|entfallt|entfallen|nicht mehr (?:im"
            r"|in der) (?:kalender|buch|liste|plan)"
        ),
    },
    "es": {
        "booked": (
            r"(?:es|son|ya es|queda|quedan|esta|estan) (?:ya )?(?:suy[oa]s?|tuy[oa]s?|a (?:su|tu) nombre"
            r"|para (?:usted|ti)"
            r"(?=\s*(?:[!.,;:–-]|$)))|(?:esta|estas|queda|quedas|ya esta) (?:ya |usted )*(?:dentro|en (?:la"
            r"|nuestra) (?:agenda|lista)"
            r"|anotad\w|apuntad\w|en el (?:sistema|calendario))|(?:le|te|lo|os) (?:esperamos|espera"
            r"|estara esperando|espero)|la (?:esperamos|espero|estara esperando)"
            r"|tiene(?:n)? (?:ya )?su nombre|nos vemos(?! (?:obligad|en la necesidad))|alli nos vemos"
            r"|aqui (?:le|te) esperamos|ya cuenta con|cuente con (?:ello|eso|su)"
            r"|(?:sabe|saben) que (?:viene|vendra)|tiene (?:ya )?(?:su |la |el )?(?:sitio|plaza|hueco|lugar"
            r"|turno|hora|cita)"
            r" (?:asegurad|garantizad|fij|cerrad|confirmad)\w*|(?:quedamos|quedo|queda) (?:en eso|asi|cerrad\w"
            r"|fij\w|pactad\w)"
        ),
        "done": (
            r"(?:recibira|recibiras|le llegara|te llegara|le enviaremos"
            r"|le mandamos)(?: \w+){0,2} (?:confirmacion|recordatorio)"
            r"|(?:la|su) confirmacion (?:va|llegara|esta) |no (?:tiene|tienes|hace falta"
            r"|necesita)(?: \w+){0,3} (?:nada mas|mas nada)"
            r"|todo (?:en orden|listo|hecho|arreglado|solucionado|resuelto|cerrado|ok|bien (?:cerrado|atado))"
            r"|asunto (?:resuelto"
            r"|arreglado|zanjado)|(?:ya )?(?:esta|quedo|queda) (?:todo )?(?:solucionad|resuelt|arreglad|list"
            r"|hech|zanjad)[oa]s?"
            r"|puede (?:estar tranquil|quedarse tranquil|despreocuparse)\w*|gestion (?:realizada|completada|hecha)"
        ),
        "cancelled": (
            r"(?:no|ya no) (?:hace falta|es necesario|tiene|necesita|debe)(?: que| de)? (?:venga|vengas|venir"
            r"|acudir|acuda|presentarse)"
            r"|ya no (?:esta|estan|queda|quedan) (?:\w+ )?(?:reservad|agendad|apuntad|confirmad|programad|anotad)[oa]s?"
            r"|ya no (?:figura|aparece|consta|existe)(?=\s*(?:[!.,;:]|$))|ya no (?:esta|sale|aparece) en"
            r"|^\W*fuera(?=\s*[!.,])|ya no (?:tiene|tienes|aparece|figura|existe|consta)(?: \w+){0,2} (?:cita"
            r"|nada|turno|reserva|en la agenda)"
            r"|(?:la|su|cita|reserva) (?:de baja|fuera de la agenda)|(?:dado|di|doy|damos|dada) de baja"
            r"|sin efecto|se cayo"
        ),
        "moved": (
            r"(?:pase|cambie|movi|corri|adelante|atrase|retrase) (?:su|tu|la) (?:cita|hora|consulta|visita"
            r"|turno|reserva)"
        ),
    },
    "fr": {
        "booked": (
            r"(?:est|sont|c'est) (?:donc |desormais |bien |maintenant )*(?:a vous|a toi|pour vous|a votre nom"
            r"|les? votres?"
            r"|la votre)(?=\s*(?:[!.,;:–-]|$))|(?:vous|tu) (?:etes|es|voila|voici)(?: bien| donc| maintenant"
            r"| desormais)*"
            r" (?:dans (?:l'|notre |le |son )?(?:agenda|planning|systeme|cahier|carnet|liste)|sur (?:la"
            r"|notre) liste|inscrite?|casee?|calee?|attendue?)"
            r"|(?:est|sont)(?: bien| donc| desormais)* (?:dans|a) (?:l'|notre |le |son )?(?:agenda|planning"
            r"|carnet|systeme)"
            r"|(?:vous|t') ?(?:attend|attendons|attendra|attendrons)|on se voit|a tres vite(?= (?:lundi|mardi"
            r"|mercredi|jeudi|vendredi|samedi))"
            r"|(?:est|sait|savent) au courant|sait que vous venez|c'est (?:tout )?bon pour|a (?:bien "
            r"|deja )?votre nom|rendez-vous pris|affaire conclue"
            r"|votre (?:place|creneau|heure|rendez-vous|rdv) est (?:assur|garanti|pris|cal|acquis|fix|bloqu)\w*"
        ),
        "done": (
            r"(?:vous|tu) (?:recevrez|allez recevoir|recevras)(?: \w+){0,2} (?:confirmation|rappel|sms|mail"
            r"|message de confirmation)"
            r"|confirmation (?:arrive|suit|est partie|vous (?:sera|parvien|a ete|est))|(?:vous n'avez |tu n'as "
            r"|)plus rien (?:d'autre )?a faire"
            r"|tout est (?:bon|regle|en ordre|pret|fait|ok|en place|cale|boucle|arrange)"
            r"|c'est (?:tout )?(?:regle|boucle|cale|en ordre|dans la boite"
            r"|officiel|acte|plie|arrange|valide|enregistre)e?|l'affaire est|le tour est joue|(?:vous pouvez"
            r"|soyez) (?:etre )?tranquille"
        ),
        "cancelled": (
            r"(?:inutile|pas besoin|plus besoin|pas la peine|plus la peine) de (?:venir|vous deplacer"
            r"|vous presenter|passer)"
            r"|(?:n'avez|n'as) plus (?:besoin de venir|de rendez-vous|de rdv|rien)(?! a )"
            r"|n'avez pas (?:besoin de|a) (?:venir|vous deplacer)"
            r"|(?:a|ont|vient de) (?:ete )?(?:saute|sauter|tombe(?:r)? a l'eau)|(?:tombe|passe) a la trappe"
            r"|n'est plus (?:dans|a|au) (?:l'|notre |le )?(?:agenda|planning)"
            r"|n'(?:est|etait) (?:donc |desormais )?plus (?:reserve|prevu|programme|inscrit|planifie|confirme"
            r"|enregistre)e?"
            r"|n'aura (?:pas|plus) lieu|n'a plus lieu"
        ),
    },
    "pt": {
        "booked": (
            r"(?:e|\u00e9|ficou|fica|esta|sao|ficam)(?: ja| agora)? (?:seu|sua|seus|suas|teu|tua|da senhora"
            r"|do senhor|de voce|no seu nome|em seu nome"
            r"|por sua conta|para si|para voce|pra voce)(?=\s*(?:[!.,;:–-]|$))|(?:esta|ficou|fica|ta"
            r"|voce esta)(?: ja| agora)? (?:na (?:nossa )?(?:agenda|lista)"
            r"|no (?:nosso )?(?:sistema|calendario|plano)|dentro|encaixad\w|inscrit\w|anotad\w|no livro)"
            r"|(?:esperamos|espera|aguardamos|espero|esperam)(?:-[oa]s?|-te|-lhe)?"
            r" (?:por )?(?:voce|si|pela senhora|pelo senhor|na|no|as|a sua)|(?:te|lhe|o) espera|(?:a|o|te|lhe"
            r"|ca a|ca o) (?:esperamos|aguardamos)|tem (?:ja )?o (?:seu|teu) nome|(?:vemo-nos|a gente se ve|nos vemos)"
            r"|(?:sabe|sabem) que (?:vem|voce vem)|(?:sua|a) (?:vaga|hora|consulta|marcacao) (?:esta "
            r"|ficou )?(?:garantid|assegurad|fechad|certa|guardad)\w*"
            r"|(?<!esta )(?<!estamos )(?<!estou )fechado(?= (?:entao|para)|\s*[!.,]|$)|combinado(?= (?:entao"
            r"|para)|\s*[!.]|$)"
        ),
        "done": (
            r"(?:vai receber|recebera|receberas|recebe)(?: \w+){0,2} (?:confirmacao|lembrete)"
            r"|confirmacao (?:ja |vai )?(?:seguiu|a caminho|segue|chega|foi)"
            r"|nao (?:precisa|tem|e preciso)(?: \w+){0,2} (?:mais nada|nada mais)|ta (?:tudo )?(?:certo|feito"
            r"|resolvido|ok|marcado)|(?:ja )?(?:esta|ficou|fica) (?:tudo )?"
            r"(?:tratad|resolvid|feit|pront|certinh|arranjad|ok|garantid|arrumad)\w*|tudo (?:certo|certinho"
            r"|tratado|resolvido|em ordem|pronto|feito|ok)"
            r"|pode (?:ficar|estar) (?:descansad|tranquil)\w*|assunto (?:resolvido|encerrado)"
        ),
        "moved": (
            r"(?:passei|mudei|troquei|movi|adiei|antecipei|puxei) (?:a |o )?(?:sua |seu |tua )?(?:consulta"
            r"|marcacao|hora|horario|visita)"
        ),
        "cancelled": (
            r"nao (?:precisa|e preciso|necessita|tem)(?: mais)?(?: de| que)? (?:vir|comparecer|aparecer)"
            r"|ja nao (?:tem|precisa|consta|existe|esta)(?: \w+){0,2}"
            r" (?:consulta|nada|vir|marcacao|na agenda)"
            r"|(?:ja nao|nao) (?:esta|estao|fica|se encontra) (?:mais )?(?:marcad|agendad|reservad"
            r"|confirmad)[oa]s?|(?:dei|dada|demos) baixa|sem efeito|(?:saiu|tirada"
            r"|fora) da agenda|nao tem mais (?:consulta|nada)"
        ),
    },
}


def compiled(wording: Wording) -> dict[str, re.Pattern[str]]:
    """Kind of claim → what makes it in this language."""
    found: dict[str, re.Pattern[str]] | None = _COMPILED.get(wording.code)
    if found is None:
        found = {kind: re.compile(rf"(?<!\w)(?:{words})(?!\w)") for kind, words in FAMILIES[wording.code].items()}
        _COMPILED[wording.code] = found
    return found


_COMPILED: dict[str, dict[str, re.Pattern[str]]] = {}
