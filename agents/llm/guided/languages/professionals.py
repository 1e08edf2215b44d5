"""Whoever looks for a psychologist, a dentist or a hair salon wants an appointment; by language, of unaccented text."""

import re
from functools import lru_cache

WANT = {
    "en": (
        r"need(?:ed|ing)?|want(?:ed|ing)?|wanna|seek(?:ing)?|(?:look|search|hunt)(?:ing)? for|interested in|after|"
        r"find(?:ing)?|get|see(?:ing)?|visit|(?:talk|speak) (?:to|with)|out with|up with|how ?(?:['’]?bout| about)|"
        r"require|recommend"
    ),
    "de": (
        r"brauche?n?|brauchte|suche?n?|mochte|moechte|will|wollte|hatte gern\w*|benotige|(?:zu|bei|mit|nach)|"
        r"empfehl\w*|finde\w*"
    ),
    "es": r"necesit\w+|busco|buscando|quier\w+|quisiera|queria|ver|(?:con|para)|recomi\w+|encontrar",
    "fr": (r"besoin|cherche\w*|veux|voudrais|aimerais|voir|consulter|(?:avec|chez)|recommand\w*|trouver|parler a|faut"),
    "pt": r"precis\w+|procur\w+|quer\w+|queria|gostaria|ver|(?:com|para)|recomend\w+|encontrar",
}
A = {
    "en": r"an?|some|any|good|new",
    "de": r"eine[mnr]?|eine?|gute[nr]?|neue[nr]?",
    "es": r"una?|algun[oa]?|buen[oa]?|nuev[oa]|al",
    "fr": r"une?|d['’]une?|bon(?:ne)?",
    "pt": r"uma?|algum[a]?|bo[ma]|nov[oa]",
}
WHO = {
    "en": (
        r"dentist|orthodontist|doctor|gp|physician|general practitioner|gyna?ecologist|dermatologist|pa?ediatrician|"
        r"specialist|ent|ophthalmologist|therapist|counsel?lor|psychologist|psychiatrist|physio(?:therapist)?|"
        r"chiropractor|osteopath|hair ?dresser|(?:hair ?)?stylist|barber|beautician|"
        r"(?:(?:dental|dentist['’]?s|doctor['’]?s|medical|hair|beauty) )?(?:office|clinic|salon)|barber ?shop"
    ),
    "de": (
        r"(?:zahn|haus|haut|frauen|kinder|augen|fach)?(?:arzt|arztin)|kieferorthopad\w+|gynakolog\w+|dermatolog\w+|"
        r"(?:psycho|physio)?therapeut(?:in|en)?|psycholog(?:e|en|in)|psychiater(?:in)?|osteopath(?:en|in)?|"
        r"fris(?:eu|o)r(?:in|salon)?|barbier|(?:zahn)?arztpraxis|praxis"
    ),
    "es": (
        r"dentista|odontolog[oa]|ortodoncista|medic[oa]|doctora?|ginecolog[oa]|dermatolog[oa]|pediatra|especialista|"
        r"terapeuta|psicolog[oa]|psiquiatra|fisio(?:terapeuta)?|osteopata|peluquer(?:o|a|ia)|estilista|barbero|"
        r"clinica(?: dental)?"
    ),
    "fr": (
        r"dentiste|orthodontiste|medecin|docteur|generaliste|gyneco(?:logue)?|dermato(?:logue)?|pediatre|specialiste|"
        r"therapeute|psychologue|psychiatre|psy|kine(?:sitherapeute)?|osteo(?:pathe)?|coiffeu(?:r|se)|barbier|"
        r"cabinet(?: dentaire| medical)?|salon de coiffure"
    ),
    "pt": (
        r"dentista|ortodontista|medic[oa]|doutora?|ginecologista|dermatologista|pediatra|especialista|terapeuta|"
        r"psicolog[oa]|psiquiatra|fisio(?:terapeuta)?|osteopata|cabeleireir[oa]|barbeiro|estilista|"
        r"clinica(?: dentaria)?|salao(?: de (?:cabeleireiro|beleza))?"
    ),
}
WHERE = {
    "en": r"in|near|around|by|close to|from",
    "de": r"in|bei|nahe|um|rund um",
    "es": r"en|cerca de|por",
    "fr": r"a|en|pres de|dans|vers",
    "pt": r"em|no|na|perto de",
}
PLEASE = {
    "en": r"needed|wanted|please|pls|asap",
    "de": r"gesucht|bitte|dringend",
    "es": r"por favor|porfa|urgente",
    "fr": r"svp|s['’]il vous plait|urgent|urgence",
    "pt": r"por favor|pf|urgente",
}


def looks_for_one(text: str, language: str) -> bool:
    """`text` without accents. "Is there a doctor?" asks something else; "dentist in Leeds?" does not."""
    if language not in WHO:
        return False
    wants, named, _ = _patterns(language)
    return any(named.match(each) for each in re.split(r"(?<=[.!?])\s", text.strip())) or (
        "?" not in text and wants.search(text) is not None
    )


def speaks_of_one(text: str, language: str) -> bool:
    """ "Could you help us find a counselor?" """
    return language in WHO and _patterns(language)[0].search(text) is not None


def names_somebody(text: str, language: str) -> bool:
    """ "Family counselor": who it is, and no treatment."""
    return language in WHO and _patterns(language)[2].search(text) is not None


@lru_cache(maxsize=8)
def _patterns(language: str) -> tuple[re.Pattern[str], ...]:
    """Somebody is wanted; the text names one and hardly more; it ends in one."""
    want, a, who = WANT[language], A[language], WHO[language]
    wants = rf"\b(?:{want})\b(?: \S+){{0,2}}? (?:{a}) (?:\S+ ){{0,2}}?(?:{who})s?\b"
    place = rf"(?: (?:{WHERE[language]}) [^.,!?]{{1,40}})?(?:, [^.!?]{{1,40}})?"
    named = rf"\W*(?:(?:{a}) )?(?:[^\s?]+ )?(?:{who})s?{place}(?: (?:{PLEASE[language]}))?\W*$"
    last = rf"(?:^| )(?:{who})s?$"
    return tuple(re.compile(each, re.IGNORECASE) for each in (wants, named, last))
