"""What no skill of ours can do: speak to one of the people who treat, or see that something is paid."""

import re

from agents.runtime.outgoing.claims import takes_back
from agents.runtime.outgoing.facts import Ground
from agents.runtime.outgoing.people import practitioners_at
from agents.runtime.outgoing.sentences import Sentence

NEAR = 12  # characters in which a denial takes it back
_WHO = re.compile(
    r"(?<!\w)(?:doctors?|dentists?|hygienist|stylist|therapist|physio|arzt|arztin|zahnarzt|zahnarztin|stylistin"
    r"|therapeutin"
    r"|doctora|dentistas?|fisios?|docteure?s?|medecins?|dentistes?|coiffeuses?|kine|doutora?|medic[oa]"
    r"|cabeleireir[oa])(?!\w)"
)
_CONTACTED = re.compile(
    r"^\W*(?:ok(?:ay)?\W+)?(?:just |already |gerade |eben )?(?:had a (?:quick )?(?:word|chat)|spoke|told|called|rang"
    r"|asked|checked with|mit \w+(?: \w+){0,3} gesprochen)(?!\w)|(?<!\w)(?:(?:i|we)(?:'ve| have)?(?: just| already"
    r"| also)? (?:told|called|rung|rang|phoned|messaged|texted"
    r"|e-?mailed|informed"
    r"|notified|warned|alerted|spoken (?:to|with)|spoke (?:to|with)|talked (?:to|with)|checked with"
    r"|had a (?:quick )?(?:word|chat) with|let (?:dr|mia"
    r"|[a-z]+)(?: \w+){0,2}"
    r" know)|(?:habe|haben|hab)(?: \w+){1,6} (?:bescheid (?:gegeben|gesagt)|informiert|unterrichtet|angerufen"
    r"|verstandigt"
    r"|benachrichtigt)"
    r"|(?:habe|haben) (?:\w+ ){0,2}mit(?: \w+){1,4} (?:gesprochen|geredet)"
    r"|(?:he|hemos)(?: ya)? (?:avisado|llamado|informado|hablado)|(?:ya )?(?:le )?(?:avise|llame|hable)(?= (?:a|con))"
    r"|(?:j'ai|nous avons|on a)(?: deja| bien)? (?:prevenu|appele|averti|informe|parle (?:a|avec))"
    r"|(?:ja )?(?:avisei|liguei|falei com|informei|contactei))(?!\w)"
)
_KNOWS = re.compile(
    r"(?<!\w)(?:(?:already )?knows|has been (?:told|informed)|is aware|weis (?:schon |bereits )?(?:bescheid|dass|,)"
    r"|ist (?:schon "
    r"|bereits )?informiert|(?:ya )?(?:lo )?sabe que|esta (?:ya )?avisad[oa]|(?:est|a ete) (?:deja "
    r"|bien )?(?:au courant|prevenue?)"
    r"|sait (?:deja )?que|ja (?:foi avisad[oa]|esta avisad[oa]|sabe))(?!\w)"
)


_SAYS = re.compile(  # nobody of ours has said anything to an assistant
    r"(?<!\w)(?:(?:he|she|they) (?:says?|said|told me|agrees?|agreed|confirmed|thinks|asked me|sends?|is (?:fine"
    r"|happy|ok"
    r"|okay))|(?:er|sie) (?:sagt|sagte|meint|meinte|hat (?:\w+ )?(?:gesagt|zugesagt|zugestimmt|bestatigt)|lasst|ist"
    r" einverstanden)|(?:me )?(?:dice|dijo|ha dicho|comenta|ha confirmado|manda saludos|esta de acuerdo) (?:que|el"
    r"|ella|la"
    r"|los)|(?:il|elle) (?:dit|m'a dit|a dit|confirme|est d'accord|vous (?:salue|embrasse))|(?:ele|ela) (?:disse|diz"
    r"|falou"
    r"|concordou|confirmou|manda)|ont recu un message|got (?:my|a|the) message|hat (?:meine|die) nachricht"
    r"|haben (?:meine"
    r"|eine|die) nachricht|ha recibido (?:mi|el|un) (?:mensaje|aviso)|a recu mon message|recebeu (?:a minha|o meu|a)"
    r" mensagem)(?!\w)"
)
_IN_ANOTHERS_NAME = re.compile(  # no skill changes whose appointment it is
    r"(?:auf den namen|in the name of|(?:to|into|under|in) your|a nombre de|al nombre de|au nom de|no nome d[aeo]"
    r"|em nome"
    r" d[aeo]) (?:ihrer|ihres|deiner|deines|su|tu|votre|ton|ta|sua|seu|tua|teu|your)?"
    r" ?(?:schwester|bruders?|frau|mannes|mann|mutter|vaters?|tochter|sohne?s?|freundin|kollegin|sister|brother|wife"
    r"|husband|mother|father|mum|dad|daughter|son|friend|colleague|partner|hermana|hermano|mujer|marido|esposa|esposo"
    r"|madre"
    r"|padre|hija|hijo|amiga|amigo|soeur|frere|femme|mari|mere|pere|fille|fils|amie?|irma|irmao|esposa|mulher|marido"
    r"|mae"
    r"|pai|filha|filho)(?:'s name)?(?!\w)(?=.*(?:umgesch|ubertrag|geandert|jetzt|nun|changed|moved|now|switch"
    r"|transfer))"
    r"|(?:umgeschrieben|ubertragen|lauft jetzt|changed over|switched|transferred|put it (?:in|under)|ahora esta"
    r"|cambiad[oa]"
    r"|he (?:puesto|pasado|cambiado)|transferid[oa]|est (?:maintenant|desormais)|j'ai (?:mis|passe|change|transfere)"
    r"|passei"
    r"|mudei|alterei|transferi|esta agora|ist jetzt)[^.!?]{0,40} (?:auf den namen|in the name of|to the name of"
    r"|a nombre de"
    r"|al nombre de|au nom de|para o nome d[aeo]|no nome d[aeo]|em nome d[aeo]) (?:ihre|deine|your|su|tu|votre|ta|ton"
    r"|sua|seu"
    r"|tua|teu)"
)
_PAID = re.compile(
    r"(?<!\w)(?:(?:is|are|been|'s|was|all) (?:already |now |all )?paid(?! (?:at|by|in|with|after|when|on|per))"
    r"|(?:ist|sind|wurde)"
    r" (?:schon |bereits )?bezahlt|ha sido (?:abonad|pagad|cobrad)[oa]|(?:wurde|ist) (?:\w+ )?(?:abgebucht|beglichen)"
    r"|a ete (?:reglee?|debitee?)"
    r"|foi (?:pag|cobrad|debitad)[oa]|has been (?:charged|debited|settled)|esta (?:ya )?pagad[oa]|(?:est"
    r"|a ete) (?:deja )?payee?|esta (?:ja )?pag[oa])(?!\w)"
)


_PASSED_ON = re.compile(  # to one of them; to the team it may be
    r"(?<!\w)(?:(?:i|we)(?:'ve| have)? passed (?:this|it|that|\w+ \w+) on to|(?:habe"
    r"|haben)(?: \w+){1,6} (?:weitergegeben"
    r"|weitergeleitet|ausgerichtet)|lo (?:he|hemos) (?:pasado|transmitido|comunicado) a|(?:j'ai"
    r"|nous avons)(?: bien)? transmis"
    r"|transmiti|(?:passei|dei) o recado)(?!\w)"
)
_CALLS = re.compile(
    r"(?<!\w)(?:(?:call|ring|phone)s? you|giv(?:e|es|ing) you a (?:call|ring)|ruft (?:sie|dich)(?: \w+){0,5} (?:an"
    r"|zuruck)"
    r"|(?:te|le) (?:llama\w*|va a llamar|telefonea\w*)|(?:vous|te|t') ?(?:r?appell\w+|telephon\w+)"
    r"|(?:liga|ligara|telefona|telefonara)-(?:lhe|te)|(?:vai|vao)(?: te| lhe)? (?:ligar|telefonar)|(?:te"
    r"|lhe) liga\w*)(?!\w)"
)
_SENT = re.compile(
    r"(?<!\w)(?:i|we)(?:'ve| have)?(?: just| already| also)? (?:e-?mailed|texted) (?:you|them|him|her)(?!\w)|"
    r"(?<!\w)(?:(?:i|we)(?:'ve| have)?(?: just| already| also)? (?:sent|e-?mailed|texted)"
    r"|(?:habe|haben|hab)(?: ich| wir)?(?: \w+){0,6}(?= (?:\w+ ){0,3}(?:geschickt|gesendet|gemailt))"
    r"|(?:he|hemos)(?: \w+)? (?:enviado|mandado)|(?:te|le) (?:mande|envie)|(?:ai|avons)(?: \w+)? envoye"
    r"|(?:enviei|mandei|enviamos|mandamos)(?:-\w+)?)(?: \w+){0,4}"
    r" (?:e-?mails?|sms|texts?|mails?|letters?|briefe?|correos?|courriels?|cartas?|lettres?)(?!\w)"
)


def is_beyond_us(sentence: Sentence, ground: Ground) -> bool:
    """ "I've told Dr Silva"; "she already knows that you'll be late"; "your visit is paid for"."""
    text = sentence.folded
    if sentence.question or any(wording.pattern("conditions").search(text) for wording in sentence.wordings):
        return False
    paid = _PAID.search(text)
    if paid and not takes_back(text[max(0, paid.start() - NEAR) : paid.end()], sentence.wordings):
        return True
    if _IN_ANOTHERS_NAME.search(text) or _SENT.search(text):
        return True
    calls = _CALLS.search(text) and not takes_back(text, sentence.wordings)
    acts = calls or any(each.search(text) for each in (_CONTACTED, _KNOWS, _SAYS, _PASSED_ON))
    return bool(acts) and bool(_WHO.search(text) or practitioners_at(text, ground))
