"""What was done, told as not done: "you're not on the waiting list yet", of somebody who has joined it."""

import re
from collections.abc import Sequence

from agents.runtime.outgoing.facts import Ground
from agents.runtime.outgoing.folding import fold
from agents.runtime.outgoing.kinds_of_words import UNDOES
from agents.runtime.outgoing.moments import Moment
from agents.runtime.outgoing.said import Said
from agents.runtime.outgoing.sentences import Sentence

_LIST = (
    r"wait(?:ing)?[ -]?list|warteliste|lista de espera|liste d'attente|(?:the|our|der|unserer|la|nuestra|notre"
    r"|na|da|nossa) list[ae]?"
)
_NOT = r"not|n't|couldn't|haven't|nicht|kein\w*|todavia no|aun no|no|pas|n'\w+|nao|ainda nao"
_DENIES = re.compile(
    rf"(?<!\w)(?:you(?:'re| are)|i|we|sie|du|ich|dich|te|le|la|lo|estas?|vous|voce|si|aun|todavia|ainda)?[^,;:.!?]*"
    rf"(?:(?<!\w)(?:{_NOT})|n't)(?!\w)[^,;:.!?]*(?:{_LIST})"
)
_OTHERWISE = re.compile(
    r"(?<!\w)(?:which|what|where|welche\w*|wo|que (?:numero|puesto|lugar)|quel\w*|cual|donde|onde|(?:your|ihren?"
    r"|deinen?|su|tu|votre|ta|o seu|a sua) (?:exact )?(?:place|position|number|platz|stelle"
    r"|nummer"
    r"|puesto|lugar|posicion|numero|place|rang|posicao)|long|how|wie lange|sagen|promise|garant\w+|versprech\w+|know"
    r"|weis|se cuanto|sais|sei|other|another|need"
    r"|brauch\w*|cost\w*|kost\w*|short|lang|moved?|ahead|guarantee|tell|say)(?!\w)"
)


_IN_CASE = re.compile(
    r"(?<!\w)(?:if|unless|should|wenn|falls|sollte|si|en caso|caso|se|price|preis|precio|prix|preco|everything else"
    r"|otherwise"
    r"|sonst|lo demas|le reste|o resto)(?!\w)"
)
_NOT_GONE = re.compile(
    r"(?<!\w)(?:(?:could|was|has)(?:n't| not)(?: been)? cancel\w*|not (?:been )?cancelled|nicht (?:abgesagt"
    r"|storniert|absagen"
    r"|stornieren)|no (?:\w+ ){0,3}(?:cancelad|anulad|cancelar|anular)\w*|pas (?:ete )?annulee?"
    r"|nao (?:\w+ ){0,2}cancelad\w+)"
)
_ANOTHER = re.compile(
    r"(?<!\w)(?:others?|else|more|further|another|second|next|follow-?up|weitere[nrs]?|andere[nrs]?|sonst|mehr"
    r"|zweite[nr]?|neue[nr]?"
    r"|otr[oa]s?|mas|nuev[oa]|autres?|plus|deuxieme|nouveau|outr[oa]s?|mais|nov[oa]|free|available|frei\w*|libres?"
    r"|livres?"
    r"|disponib\w+|need\w*|necess\w*|necesit\w*|brauch\w*|precis\w*|besoin|without|if|wenn|si|se|until|bis|hasta"
    r"|ate|yet|noch)(?!\w)"
)


_CALLED_OFF = re.compile(
    r"(?<!\w)(?:(?:is|are|'s) no longer (?:booked|reserved|scheduled)|(?:ist|steht) nicht mehr (?:gebucht"
    r"|eingetragen|vorgemerkt)"
    r"|ya no (?:esta|queda) (?:reservad|agendad|apuntad|confirmad)[oa]|n'est plus (?:reserve|prevu|programme)e?"
    r"|ja nao esta (?:marcad|agendad|reservad)[oa]"
    r"|(?:has|have|had|will have|'ll have) (?:had )?to (?:be )?(?:cancel\w*|called off|dropped|postpone\w*)"
    r"|(?:was|is|been) called off|(?:muss|musste|mussen|mussten) (?:leider )?(?:\w+ ){0,4}(?:abgesagt|abgesagt werden"
    r"|ausfallen|entfallen|gestrichen|absagen|verschoben)|fallt (?:leider )?(?:\w+ )?aus|(?:ha|han|hemos) tenido que"
    r" (?:ser )?(?:suspend|cancel|anul|aplaz)\w*|(?:queda|ha sido|fue) (?:suspendid|aplazad)[oa]|no (?:tendra lugar|se"
    r" (?:celebra|realiza|hara))\w*|(?:a|ont|avons) du (?:etre )?(?:annul|report|supprim)\w*|n'(?:aura|a) (?:pas|plus)"
    r" lieu|(?:teve|tivemos|foi preciso) (?:de |que )?(?:ser )?(?:cancel|desmarc|suspen|adi)\w*"
    r"|nao se (?:vai )?realiza\w*"
    r")(?!\w)"
)
_AS_IT_WAS = re.compile(
    r"(?<!\w)(?:where it was|as it was|unchanged|not (?:been )?(?:moved|changed)|(?:da,? )?wo (?:er|sie|es) war"
    r"|unverandert"
    r"|wie (?:bisher|gehabt)|nicht (?:verschoben|verlegt|geandert)|(?:donde|como) estaba|sin cambios"
    r"|no se ha (?:movid|cambiad)"
    r"\w*|la ou (?:il|elle) etait|(?:inchange|pas (?:ete )?(?:deplace|modifie|change))e?|onde estava|como estava|sem"
    r" alterac\w+|nao foi (?:alterad|mudad|remarcad)[oa])(?!\w)"
)


_FAILED = re.compile(
    r"^\W*(?:not yet|noch nicht|leider (?:noch )?nicht|leider nein|todavia no|aun no|pas encore|ainda nao)(?!\w)"
    r"|(?<!\w)(?:(?:i |we )?(?:couldn't|could not|wasn't able to|weren't able to|didn't manage to|failed to)"
    r"|still (?:active|booked|there|in the diary)|noch (?:aktiv|drin|gebucht|im kalender)"
    r"|konnte(?:n)? (?:\w+ ){0,4}nicht"
    r"|no (?:he|hemos|se ha) (?:podid|conseguid)o|no (?:pude|pudimos|consegui|logre)|sigue (?:\w+ ){0,3}activ[oa]"
    r"|sigue en pie"
    r"|(?:n'ai|n'avons|n'a) pas (?:pu|reussi)|toujours actif|nao (?:consegui\w*|foi possivel|deu)"
    r"|ainda (?:esta )?ativ[oa])"
    r"(?!\w)"
)
_FOUND_OUT = re.compile(
    r"(?<!\w)(?:find|found|see|tell|reach|finden|sehen|sagen|erreichen|encontrar|ver|decir|trouver|voir|dire|achar"
    r"|dizer"
    r"|card|karte|tarjeta|carte|cartao)(?!\w)"
)


_REMAINS = re.compile(
    r"(?<!\w)(?:again|wieder|de nuevo|otra vez|de nouveau|de novo|outra vez|remains?|stays?|still|in place|backup"
    r"|bleibt|weiterhin|trotzdem|fica como|queda como|se queda|sigue"
    r"|mantien\w+"
    r"|permanece|reste|maintenu|fica|continua|mantem)(?!\w)"
)
_GONE = re.compile(r"(?<!\w)(?:not|no longer|nicht|no|ya no|pas|plus|nao|ja nao|free|frei|libre|livre)(?!\w)")


def keeps_the_old(sentence: Sentence, said: Sequence[Said], ground: Ground) -> bool:
    """ "Wednesday's stays as a reserve", of what was moved away from Wednesday."""
    if not ground.committed.moved or sentence.question or UNDOES.search(sentence.folded):
        return False
    before = [each.before.date() for each in ground.committed.moved if each.before]
    now = {each.start.date() for each in ground.coming}
    return any(
        not (each.clause.asked or each.wishes or each.refuses)
        and _REMAINS.search(each.clause.text)
        and not _GONE.search(each.clause.text)
        and any(
            m.names_a_day and any(m.on(day) for day in before) and not any(m.on(day) for day in now)
            for m in each.moments
        )
        for each in said
    )


def says_it_failed(sentence: Sentence, ground: Ground) -> bool:
    """ "Not yet"; "I couldn't take it out"; "it's still active", of what was moved or cancelled."""
    text = sentence.folded
    if not ground.changed or sentence.question or not _FAILED.search(text) or _FOUND_OUT.search(text):
        return False
    asked = fold(ground.patients_words[-1]) if ground.patients_words else ""
    return not any(each.search(text) for each in (_NEW, _IN_CASE)) and not _NEW.search(asked)


_NEW = re.compile(
    r"(?<!\w)(?:new|another|other|neue[nrs]?|andere[nrs]?|otr[oa]s?|nuev[oa]|autres?|nouve\w+|outr[oa]s?|nov[oa])(?!\w)"
)


def denies_what_stands(sentence: Sentence, found: Sequence[Moment], ground: Ground) -> bool:
    """ "It had to be called off", of what is coming; "it was not cancelled", of what was."""
    if ground.coming and not ground.changed and not sentence.question and _CALLED_OFF.search(sentence.folded):
        return not _IN_CASE.search(sentence.folded)
    if ground.committed.moved and not sentence.question and not found and _AS_IT_WAS.search(sentence.folded):
        return not _IN_CASE.search(sentence.folded)
    if sentence.question or found or _ANOTHER.search(sentence.folded):
        return False
    return bool(ground.committed.cancelled and not ground.coming and _NOT_GONE.search(sentence.folded))


_HAVE_I = re.compile(
    r"(?<!\w)(?:do i (?:still )?have|have i got|am i (?:still )?(?:booked|down|in)|is there|hab(?:e)? ich"
    r"|hab'? ?ich|steht|hab ich|tengo"
    r"|tenia|estoy|ai-je|j'ai|suis-je|tenho|estou)(?!\w)"
)
_APPOINTMENT = re.compile(
    r"(?<!\w)(?:appointments?|booked|booking|termine?|gebucht|citas?|rendez-vous|rdv|consultas?|marcacao|down"
    r"|was bei (?:euch|ihnen))(?!\w)"
)
_YES = re.compile(r"\W*(?:yes|yep|yeah|sure|ja|doch|klar|genau|sy|si|claro|oui|sim|certainly|you (?:do|are))(?!\w)")


def affirms_what_is_not(first: Sentence, ground: Ground) -> bool:
    """ "Yes, I can see one for you", asked whether there is an appointment, when there is none."""
    if not ground.nothing_done or not ground.patients_words or first.question:
        return False
    asked = fold(ground.patients_words[-1])
    about = _HAVE_I.search(asked) and _APPOINTMENT.search(asked)
    return bool(about and _YES.match(first.folded) and not _ANOTHER.search(asked))


_JOINS = re.compile(
    r"(?<!\w)(?:add|put|join|sign|go|set|eintrag\w*|trag\w*|setz\w*|auf|apunt\w*|inscri\w*|anad\w*|pon\w*|entrar"
    rf"|mett\w*|mis\w*|ajout\w*|inscrev\w*|adicion\w*|coloc\w*|ponh\w*|fique)(?!\w).{{0,40}}(?:{_LIST})"
)
_OFF_IT = re.compile(
    r"(?<!\w)(?:off|from|another|other|too|as well|runter|von|aus|andere\w*|auch|de la|otr[oa]|tambien|retir\w*|autre"
    r"|aussi|da lista|outr[oa]|tambem|tirar|remov\w*)(?!\w)"
)
_AM_I_ON_IT = re.compile(
    rf"(?<!\w)(?:am i|bin ich|steh'?e? ich|estoy|estou|suis-je|je suis|{_LIST}|apuntad[oa]|apuntaste|inscrit\w*"
    r"|eingetragen|added)(?!\w)"
)
_NOT_ON_IT = re.compile(
    r"\W*(?:not yet|no|nope|nein|noch nicht|leider (?:noch )?nicht|todavia no|aun no|pas encore|non|nao"
    r"|ainda nao)(?!\w)"
)
_PLACE_FREE = re.compile(
    r"(?<!\w)(?:slots?|free|news|place|spot|anything|frei\w*|platz|was|etwas|dran|hueco|sitio|libre|algo"
    r"|novedad\w*|libere"
    r"|creneau|vagas?|lugar|novidades?)(?!\w)"
)
_UNKNOWN = re.compile(r"(?<!\w)(?:lo se|no se|sabe\w*|sure)(?!\w)")
AN_ANSWER = 8  # words


def denies_it_is_on_the_list(sentence: Sentence, ground: Ground) -> bool:
    """ "Not yet", asked whether they are on the list; "shall I put you on the waiting list?"; of who has joined it."""
    if "join_waitlist" not in ground.tools_done:
        return False
    text = sentence.folded
    asked = fold(ground.patients_words[-1]) if ground.patients_words else ""
    if sentence.question:
        return bool(_JOINS.search(text)) and not (_OFF_IT.search(text) or _OFF_IT.search(asked))
    if any(each.search(asked) or each.search(text) for each in (_OTHERWISE, _UNKNOWN)):
        return False
    short = len(text.split()) <= AN_ANSWER and not re.search(_LIST, text)
    answers = not sentence.start and short and bool(_NOT_ON_IT.match(text))
    return answers and bool(_AM_I_ON_IT.search(asked)) and not _PLACE_FREE.search(asked)


def denies_the_list(sentence: Sentence, ground: Ground) -> bool:
    if denies_it_is_on_the_list(sentence, ground):
        return True
    if "join_waitlist" not in ground.tools_done or sentence.question:
        return False
    return bool(_DENIES.search(sentence.folded)) and not _OTHERWISE.search(sentence.folded)
