"""Who works when, and who treats whom on a day: nothing that this turn may know tells it, but the times themselves."""

import re
from collections.abc import Sequence

from agents.runtime.outgoing.facts import Ground
from agents.runtime.outgoing.folding import fold
from agents.runtime.outgoing.moments import Moment
from agents.runtime.outgoing.people import practitioners_at
from agents.runtime.outgoing.said import Said
from agents.runtime.outgoing.sentences import Sentence

_WORKS = re.compile(
    r"(?<!\w)(?:works?|working|is (?:only |just )?in|here|comes in|sees (?:patients|people|clients)|on duty|arbeitet"
    r"|ist (?:\w+ ){0,3}(?:da|hier|im haus|im laden|in der praxis|im dienst)|im (?:laden|haus|dienst)|behandelt"
    r"|empfangt"
    r"|sprechstunde|trabaja|atiende|esta (?=.*(?:lunes|martes|miercoles|jueves|viernes|dia|hoy|manana))|pasa consulta"
    r"|viene|consulte|travaille|recoit|exerce|(?:est )?presente?|est la|trabalha|atende|vem|esta ca"
    r"|da consultas?)(?!\w)"
)
_ALONE = re.compile(
    r"(?<!\w)(?:only|just|never|always|nur|nie|immer|ausschlieslich|solo|solamente|unicamente|nunca|siempre|seulement"
    r"|uniquement|jamais|toujours|que (?:le|les)|so(?= (?:atende|trabalha|vem|esta))|apenas|somente|sempre)(?!\w)"
)
_EVERY = re.compile(
    r"(?<!\w)(?:every|each|all (?:week|day)|jeden|die ganze woche|toda la semana|cada|todos los|toute la semaine"
    r"|tous les|a semana toda|toda a semana|todos os|todas as|on \w+days|(?:mon|tues|wednes|thurs|fri|satur)days"
    r"|(?:mon|diens|mittwoch|donners|frei|sams)tags|les (?:lun|mar|mercre|jeu|vendre)dis|los (?:lunes|martes|miercoles"
    r"|jueves|viernes)|(?:as|às|nas) (?:segundas|tercas|quartas|quintas|sextas))(?!\w)"
)
_OPEN = re.compile(
    r"(?<!\w)(?:can|could|may|might|would|if|whether|free|kann|konnte|wyrde|wenn|ob|frei|puede|podria|si|libre\w*"
    r"|hueco|peut|pourrait|libre|pode|poderia|se|livre|know|weis|sabe|sais|sei|check|look|prufe|schaue|miro|compruebo"
    r"|regarde|verifie|verifico|vejo|ver)(?!\w)"
)


def tells_the_rota(sentence: Sentence, found: Sequence[Moment], said: Sequence[Said], ground: Ground) -> bool:
    """ "Dr Weber only works on Mondays"; "Mia is in on Thursday", unless one of the known times is hers that day."""
    text = sentence.folded
    if ground.heard is None or sentence.question or _OPEN.search(text):
        return False
    named = practitioners_at(text, ground)
    if not named or not _WORKS.search(text) or any(each.times for each in found):
        return False
    days = [each for each in found if each.date is not None]
    if not days and not _EVERY.search(text):
        return False
    told = (*ground.published, *ground.told_by_tools, *ground.said_before)
    if any(practitioners_at(fold(each), ground) and _WORKS.search(fold(each)) for each in told):
        return False
    if _ALONE.search(text) or _EVERY.search(text):
        return True
    known = [*ground.coming, *ground.offered, *ground.held]
    who = {name for _, name in named}
    theirs = [each for each in known if each.practitioner in who]
    return not all(any(day.on(each.start.date()) for each in theirs) for day in days)


def is_with_nobody_then(sentence: Sentence, found: Sequence[Moment], said: Sequence[Said], ground: Ground) -> bool:
    """ "On Tuesday it's Dr Weber", when all that is known of that Tuesday is with Dr Silva."""
    text = sentence.folded
    if sentence.question or not all(each.asserts for each in said) or _OPEN.search(text):
        return False
    days = [each for each in found if each.names_a_day]
    named = {name for _, name in practitioners_at(text, ground)}
    if len(days) != 1 or len(named) != 1 or any(each.times for each in found):
        return False
    known = [*ground.coming, *ground.offered, *ground.held, *ground.changed]
    then = {each.practitioner for each in known if days[0].on(each.start.date())}
    return bool(then) and "" not in then and not then & named
