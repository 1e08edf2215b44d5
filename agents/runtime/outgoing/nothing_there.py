"""What stands, told as not being there: "there's nothing in the book for Thursday", of Thursday's appointment.

Also where the patient names the day ("Do I have anything this week?" "I can't see any appointment"). A day on which
nothing is coming may be told to be empty.
"""

import re
from collections.abc import Sequence

from agents.runtime.outgoing.answers import moments_asked
from agents.runtime.outgoing.facts import Ground
from agents.runtime.outgoing.folding import fold
from agents.runtime.outgoing.moments import Moment
from agents.runtime.outgoing.naming import in_other_words
from agents.runtime.outgoing.sentences import Sentence

_APPOINTMENT = (
    r"(?:appointments?|bookings?|visit(?:s|es?|as?)?|besuch\w*|sessions?|reservations?|entry|entries|termin\w*"
    r"|buchung\w*|eintrag\w*"
    r"|reservierung\w*|sitzung\w*|citas?|reservas?|turnos?|sesion(?:es)?|rendez-vous|rdv|seances?|consultas?"
    r"|marcac(?:ao|oes)|sess(?:ao|oes)|agendamentos?|horarios? (?:marcad|agendad|reservad)\w+)"
)
_SEES = (
    r"(?:see|find|be|found|have|has|got|show\w*|locate|is|are|tengo|tien\w+|tenes|tenemos|consta|encuentr\w+"
    r"|encontramos"
    r"|aparece\w*|figura\w*|veo|vemos|hay|sale|existe\w*|vejo|vemos|encontr\w+|acho|achei|tem|temos|tens|ha"
    r"|trouv\w+|vois|voit|voyons|ai|as|a|avez|avons|apparait)"
)
_SMALL = (
    r"(?:an?|any|your|the|una?|su|tu|que|teng\w+|tien\w+|uma?|sua|tua|seu|teu|o|tenh\w+|d'|de|votre|ton|ta|here|aqui"
    r"|agendad\w+|reservad\w+|marcad\w+|ya|ja|under|for|me|le|te|lhe|upcoming|record of|ningun[ao]?|nenhum[ao]?)"
)
_BOOKED = (
    r"(?:booked|scheduled|registered|listed|expected|down|(?:in|on) (?:the|our) (?:books?|diary|calendar|system"
    r"|schedule)|eingetragen"
    r"|gebucht|vermerkt|vorgemerkt|angemeldet|eingeplant|hinterlegt|verzeichnet|agendad\w+|apuntad\w+|anotad\w+"
    r"|registrad\w+|programad\w+|citad[oa]|inscrit\w*|marcad[oa]s?|prevue?s?|notee?s?|enregistree?s?)"
)
_NOT = r"(?:not|\w+n't|cannot|nicht|no|nao|pas)"
_BOOK = (
    r"(?:list|books?|diary|calendar|system|schedule|agenda|lista|liste|kalender|terminplan|terminbuch|planning"
    r"|sistema|systeme)"
)
_PERSON = (
    r"(?:(?:not|\w+n't|cannot) (?:have|see|find|got|finding|seeing) you(?! (?:an?|any|the|some)(?!\w))"
    r"|(?:finde|sehe|habe|haben) (?:ich |wir )?(?:sie|dich) (?:[^\s,;:]+ ){0,3}nicht"
    r"|no (?:la|lo|le|te) (?:tengo|tenemos|veo|vemos|encuentro)|ne (?:vous|te) (?:vois|voyons|trouve|trouvons)"
    r"|nao (?:a|o|te|lhe) (?:tenho|temos|vejo|encontro)|nao (?:vejo|encontro|acho) (?:voce|a senhora|o senhor))"
)
_NONE = re.compile(
    rf"(?<!\w)(?:{_PERSON}|"
    rf"(?:no|zero|no (?:record|trace|sign) of an?|keine?[nmrs]?|aucune?|(?:pas|plus) de|ningun[ao]?"
    rf"|nenhum[ao]?) (?:[\w-]+ ){{0,2}}{_APPOINTMENT}"
    rf"|(?:can't|cannot|not|don't|doesn't|isn't|aren't|haven't|hasn't"
    rf"|\w+n't) (?:\w+ ){{0,4}}any (?:\w+ ){{0,2}}{_APPOINTMENT}"
    rf"|(?:not|\w+n't|cannot|no|nao|ne) (?:\w+ ){{0,3}}{_SEES}(?: {_SMALL}){{1,4}} {_APPOINTMENT}"
    rf"|no (?:te |le |me )?{_SEES} {_APPOINTMENT}|nao (?:lhe |te )?{_SEES} {_APPOINTMENT}"
    rf"|(?:not|\w+n't|nicht|no|nao|pas|nothing|nichts|nada|rien(?: de)?) (?:\w+ ){{0,3}}{_BOOKED}"
    rf"|{_NOT} (?:[^\s,;:]+ ){{0,3}}(?:in|on|im|auf|en|dans|sur|na|no|em) (?:[^\s,;:]+ ){{0,2}}{_BOOK}"
    r")(?!\w)"
)
_NOTHING = re.compile(r"(?<!\w)(?:nothing|nowt|nichts|nix|nada|rien|(?:not|\w+n't|cannot) (?:\w+ ){0,4}anything)(?!\w)")
_THEIRS = re.compile(
    r"(?<!\w)(?:(?:pour|para) (?:vous|toi|usted|ti|si|voce)|diary|calendar|system|down|in the book|on the books"
    r"|your name|for you|with us|on (?:file|record)"
    r"|coming up|planned|lined up|noted|anywhere|(?:ihren|deinen) namen|(?:fur|bei) (?:sie|dich|ihnen|dir|uns)|kalender"
    r"|system|geplant|vereinbart|notiert|drin|a (?:su|tu) nombre|con nosotros|figura\w*"
    r"|consta\w*|agenda|sistema|chez nous|(?:votre|ton) nom|systeme|planning|(?:seu|teu) nome|con+osco)(?!\w)"
)
_HAS = re.compile(
    r"(?<!\w)(?:have|has|got|there's|there is|is|see|find|found|gefunden|encontr\w+|ach(?:o|ei)|trouv\w+|gibt|haben"
    r"|hast|ist|sehe|finde|steht|stehen|liegt|tien\w+"
    r"|tenes|hay|veo|sale"
    r"|tens?|tem|ha|vejo|avez|as|y a|vois|trouve)(?!\w)"
)
_OF_OTHER_THINGS = re.compile(
    r"(?<!\w)(?:(?:nothing|nada|rien|nichts) (?:of (?:the kind|that|the sort)|de eso|de tel|disso)|davon|dazu|daruber"
    r"|others?|else|more|further|another|second|follow-?up|weitere\w*|andere\w*|sonst|mehr|zweite[nr]?"
    r"|neue[nr]?|otr[oa]s?|nuev[oa]|autres?|deuxieme|nouveau|outr[oa]s?|nov[oa]|a? ?mas|de plus|d'autre|except"
    r"|besides|only|apart|auser|nur|aparte|salvo|solo|sauf|hormis|seulement|fora|alem|exceto|apenas|free|available"
    r"|openings?|frei\w*|libres?|livres?|disponib\w+|disponive\w+|need\w*|necess\w*|necesit\w*|brauch\w*|precis\w*"
    r"|besoin|without|ohne|sin"
    r"|sans|sem|if|wenn|falls|until|bis|hasta|jusqu\w*|ate|pay|cost\w*|charge\w*|fee|price|bring|prepar\w+|worry"
    r"|changed?|wrong|moved|missing|zahlen|kostet|preis|mitbringen|beachten|vorbereiten|andert|geandert|pagar|cuesta"
    r"|precio|traer|llevar|cambi\w+|payer|prix|coute|apporter|chang\w+|trazer|levar|custa|preco|mud\w+|alter\w+"
    r"|cancel\w+|storn\w+|abgesagt|anul\w+|annul\w+|desmarc\w+|verschoben|verlegt|movid[oa]|deplace\w*)(?!\w)"
)
_MORE = {
    "es": re.compile(r"(?<!\w)(?:mas|(?<!\w)si(?!\w))(?!\w)"),
    "pt": re.compile(r"(?<!\w)mais(?!\w)|(?<!nao )(?<!\w)se(?!\w)"),
    "fr": re.compile(r"(?<!\w)si(?!\w)"),
}
_ABOUT_IT = re.compile(  # asked what to bring
    r"(?<!\w)(?:(?:about|on|regarding) (?:that|this|it)|sobre (?:eso|esto|ello|isso|isto|ese tema|esse assunto)"
    r"|al respecto|[aà] (?:ce|esse|este) (?:sujet|respeito)|la-dessus|quanto a isso|(?:dazu|daruber|davon"
    r"|hierzu))(?!\w)"
)
SHORT = 5  # words: "there's nothing then"
_PARTS = re.compile(r"[,;:](?!\d)| [–—-] |(?<!\w)(?:but|aber|sondern|pero|sino|mais|mas)(?!\w)")
_NO = re.compile(
    r"^\W*(?:no|nope|nein|nee|non|nao)(?:\W+(?:sorry|i'm afraid|afraid|leider|tut mir leid|lo siento|desole\w*|lamento"
    r"|infelizmente|malheureusement|helas|maria|not|nicht|pas|no|non|nao))*\W*$"
)
_HAVE_I = re.compile(
    r"(?<!\w)(?:do i (?:still )?(?:have|need to come)|have i(?: still)? got|am i|i'm|i am|is there|hab(?:e)?'? ?ich"
    r"|steht"
    r"|bin ich|tengo|tenia|estoy|hay|ai-je|j'ai|suis-je|je suis|tenho|estou|ha)(?!\w)"
)
_HAD = re.compile(
    r"(?<!\w)(?:appointments?|booked|booking|anything|something|in|down|still|termine?|gebucht|eingetragen|drin|dran"
    r"|was|noch|citas?|algo|turnos?|reserva\w*|apuntad[oa]|anotad[oa]|sesion(?:es)?|rendez-vous|rdv|quelque chose"
    r"|seances?|toujours|inscrit\w*|prevue?|consultas?|marcac(?:ao|oes)|marcad[oa]|sess(?:ao|oes)|alguma coisa)(?!\w)"
)


def says_nothing_is_there(first: bool, sentence: Sentence, found: Sequence[Moment], ground: Ground) -> bool:
    """`found`: its moments, by their place in it. `first`: it is the reply's first sentence."""
    if not ground.coming or sentence.question:
        return False
    text = _without(sentence.folded, found)
    no = first and _NO.match(text) is not None
    none = _NONE.search(text)
    denial = none or _NOTHING.search(text)
    if not (no or denial) or _is_of_other_things(text, sentence, ground):
        return False
    asked = fold(ground.patients_words[-1]) if ground.patients_words else ""
    after = bool(_HAVE_I.search(asked) and _HAD.search(asked)) and not _OF_OTHER_THINGS.search(asked)
    if (no or _ABOUT_IT.search(text)) and not after:
        return False
    begins, ends = _piece(denial, text)
    days = [each for each in found if each.date is not None and each.start < ends]
    days = [each for each in days if each.start >= begins] or days[-1:]
    own = text[begins:ends]
    asks = [each for each in moments_asked(ground) if each.date is not None]
    short = bool(asks) and len(own.split()) <= SHORT and _HAS.search(own)
    if not (short or no or none or after or _THEIRS.search(own) or (days and _HAS.search(own))):
        return False
    return _are_theirs(days or asks, ground)


def _piece(denial: re.Match[str] | None, text: str) -> tuple[int, int]:
    """Where the part of the sentence begins and ends that denies: "for Thursday there's nothing; you're on Friday"."""
    begins, ends = 0, len(text)
    if denial is None:
        return begins, ends
    for mark in _PARTS.finditer(text):
        begins, ends = (mark.end(), ends) if mark.end() <= denial.start() else (begins, min(ends, mark.start()))
    return begins, ends


def _are_theirs(days: Sequence[Moment], ground: Ground) -> bool:
    """Something is coming on one of those days, at the time that is named with it; or no day is named at all."""
    return not days or any(
        day.on(each.start.date()) and (not day.times or each.start.time() in day.times)
        for day in days
        for each in ground.coming
    )


def _without(folded: str, found: Sequence[Moment]) -> str:
    """As long as the text: "next week" is no next appointment."""
    for each in found:
        folded = folded[: each.start] + "\u00b7" * (each.end - each.start) + folded[each.end :]
    return folded


def _is_of_other_things(text: str, sentence: Sentence, ground: Ground) -> bool:
    """ "No other appointment", "nothing to pay"; "no colour appointment", beside a haircut."""
    if _OF_OTHER_THINGS.search(text):
        return True
    if any(wording.code in _MORE and _MORE[wording.code].search(text) for wording in sentence.wordings):
        return True
    if ground.heard is None:
        return False
    theirs = {fold(each.service) for each in ground.coming}
    return bool(set(in_other_words(sentence.folded, ground).values()) - theirs)
