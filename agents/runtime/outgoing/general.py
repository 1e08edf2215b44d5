"""What is said of appointments in general: "visits cancelled within 24 hours are charged". It claims no act."""

import re
from collections.abc import Sequence

from agents.runtime.outgoing.facts import Ground, Heard
from agents.runtime.outgoing.folding import fold
from agents.runtime.outgoing.moments import Moment
from agents.runtime.outgoing.sentences import Sentence
from agents.runtime.outgoing.wording import Wording

A_SENTENCE = 4  # words: shorter ones ("all done") stand in many texts

_BEGINS = {
    "en": (
        r"(?:(?:please )?note that|also|and|but|normally|usually|generally|as a rule|in general|yes|no|of course)?,? ?"
        r"(?:(?:any|every|each|an?|most|single) (?:[\w-]+ )?(?:appointment|booking|visit|cancellation|change|reminder"
        r"|session|reservation|slot)s?|(?!(?:your|the|both|these|those|all|two|three|four|five|six|my|our|his|her)\b)"
        r"(?:[a-z-]+ )?(?:appointments|bookings|visits|cancellations|changes|reminders|confirmations|no-?shows"
        r"|sessions"
        r"|reservations)|(?:cancelling|moving|booking|changing|rescheduling|whoever|anyone|everyone|people|patients"
        r"|clients)\b|we (?:always|usually|normally|only|never|generally)\b)"
    ),
    "de": (
        r"(?:bitte beachten sie,? (?:dass )?|normalerweise|in der regel|grundsatzlich|generell|auch|und|ja|nein)?,? ?"
        r"(?:(?:werden |konnen )?(?:jede[rsn]?|eine?[nrm]?) (?:\w+ )?(?:termin|buchung|absage|stornierung|besuch"
        r"|anderung|sitzung|reservierung)|(?:bei )?(?!(?:ihre|deine|die|beide|zwei|drei|unsere|diese"
        r"|alle)\b)(?:\w+e[nr]? )?"
        r"(?:termine|buchungen|absagen|stornierungen|besuche|anderungen|verschiebungen|sitzungen|erinnerungen"
        r"|bestatigungen|reservierungen)|wer |man |wir \w+ (?:immer|nur|stets|grundsatzlich|normalerweise))"
    ),
    "es": (
        r"(?:normalmente|por norma|en general|generalmente|y|tambien|recuerde que|tenga en cuenta que|si|no)?,? ?"
        r"(?:(?:las|los) (?:citas|reservas|anulaciones|cancelaciones|cambios|turnos|visitas|sesiones|recordatorios"
        r"|consultas)|(?:toda|cada|cualquier|una|un) (?:citas?|reserva|anulacion|cancelacion|cambio|turno"
        r"|visita|sesion"
        r"|consulta)|(?:cancelaciones|anulaciones|cancelar|anular|cambiar|quien(?:es)?) )"
        r"(?!(?: \w+)? ?(?:han|estan|quedan|quedaron|fueron|ya|ha|esta|quedo)\b)"
    ),
    "fr": (
        r"(?:normalement|en general|en principe|et|aussi|oui|non|notez que|sachez que)?,? ?"
        r"(?:(?:un|tout|chaque|toute|une) (?:rendez-vous|rdv|annulation|reservation|modification|seance|consultation"
        r"|rappel|absence)|(?:les|tous les|toutes les) (?:rendez-vous|rdv|annulations|reservations"
        r"|modifications|seances"
        r"|consultations|rappels|absences)(?: \w+){0,3} (?:peuvent|doivent|se |restent|sont (?:toujours |\w+e?s "
        r"(?:par|ici|sous|jusqu|a |au|avant|automatiquement|toujours|directement|gratuitement|dans|via)))"
        r"|annuler|deplacer)"
    ),
    "pt": (
        r"(?:normalmente|em geral|por norma|e|tambem|lembre-se que|sim|nao)?,? ?"
        r"(?:(?:as|os) (?:consultas|marcacoes|reservas|desmarcacoes|cancelamentos|alteracoes|visitas|sessoes|lembretes"
        r"|confirmacoes|faltas|agendamentos)|(?:toda|todo|cada|qualquer|uma|um) (?:consulta|marcacao|reserva"
        r"|cancelamento|alteracao|visita|sessao|agendamento|falta)|(?:cancelamentos|desmarcacoes|faltas|cancelar"
        r"|desmarcar|remarcar|quem) ?)(?!(?: \w+)? ?(?:estao|foram|ficaram|ja|esta|foi|ficou)\b)"
    ),
}
_ANYWHERE = {
    "en": (
        r"(?<!your )(?<!the )(?<!both )(?:visits|appointments|bookings|sessions) (?:(?:that|which) are )?(?:cancelled"
        r"|moved|changed|missed|booked|made)|(?:cancelled|missed|booked) (?:visits|appointments|bookings|sessions)"
        r"|can (?:always |also |easily |simply |only )?be (?:cancelled|moved|changed|booked)"
    ),
    "de": (
        r"(?:abgesagte|gebuchte|versaumte|verpasste|stornierte|verschobene|vereinbarte)[nr]? (?:termine"
        r"|besuche|sitzungen)"
    ),
    "es": (
        r"(?:citas|visitas|consultas|reservas|sesiones) (?:anuladas|canceladas|reservadas|perdidas) (?:con"
        r"|sin|se|pueden|en|a|tarde|cuestan)\b"
    ),
    "fr": (
        r"(?:rendez-vous|seances|visites) (?:annul|manqu|pris|reserv)\w*(?: \w+)? (?:cout|tard|sont factur"
        r"|moins|sans|a|dans|peu|ser|se|hors)"
    ),
    "pt": (
        r"(?:consultas|visitas|reservas|marcacoes) (?:canceladas|desmarcadas|marcadas|perdidas) (?:com|sem"
        r"|sao|pod|tarde|custam|a)"
    ),
}
_YOURS = re.compile(
    r"(?<!\w)(?:for you|your (?:appointment|booking|visit|slot)|fur (?:sie|dich)|ihr(?:en?|em)? termin"
    r"|para (?:usted|ti"
    r"|si|voce)|a su nombre|su cita|pour (?:vous|toi)|a votre nom|votre rendez-vous|em seu nome|a sua consulta)(?!\w)"
)
_GENERAL = {code: re.compile(rf"^\W*(?:{_BEGINS[code]})|(?<!\w)(?:{_ANYWHERE[code]})") for code in _BEGINS}


def is_general(folded: str, wordings: Sequence[Wording]) -> bool:
    """Whether a sentence (folded) tells a rule of the house. Not when it names a day: the caller sees to that."""
    return not _YOURS.search(folded) and any(_GENERAL[wording.code].search(folded) for wording in wordings)


WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_CLOSED_DAY = re.compile(r"^\W*[\w-]+\W+(?:closed|geschlossen|cerrado|ferme|fechado|encerrado)\W*$")


def is_closed_day(folded: str, found: Sequence[Moment], heard: Heard | None) -> bool:
    """A line of the published hours: "Saturday closed". "Fechado" is "done", too."""
    days = [each.date.readings[0].first.weekday() for each in found if each.date]
    if heard is None or len(days) != 1:
        return False
    weeks = (heard.brief.opening_hours, *(each.opening_hours for each in heard.brief.places))
    published = any(f"{WEEKDAYS[days[0]]} closed" in week for week in weeks)
    return published and _CLOSED_DAY.search(folded) is not None


def is_of_the_house(sentence: Sentence, ground: Ground) -> bool:
    """Word for word what the house has written, and of no appointment: "The toilets have been moved"."""
    words = sentence.folded.strip(" .!…")
    if len(words.split()) < A_SENTENCE or any(
        each.pattern(field).search(words) for each in sentence.wordings for field in ("noun", "appointment")
    ):
        return False
    return any(words in fold(text) for text in (*ground.published, *ground.told_by_tools))
