"""What is said every day of what stands, what was done and what was found: let through in five languages, whoever says
it of which business."""

from itertools import product

from tests.agents.claims_said import Said

# The day, the time and the person of the appointment that stands; of the one that was moved.
BOOKED = {
    "": {"en": ("Tuesday", "14:00", "Dr Ada Silva"), "de": ("Dienstag", "14:00", "Dr. Silva"),
         "es": ("martes", "14:00", "la doctora Silva"), "fr": ("mardi", "14:00", "la docteure Silva"),
         "pt": ("terça", "14:00", "a doutora Silva")},
    "salon/": {"en": ("Thursday", "16:15", "Mia"), "de": ("Donnerstag", "16:15", "Mia Brandt"),
               "es": ("jueves", "16:15", "Mia"), "fr": ("jeudi", "16:15", "Mia Brandt"),
               "pt": ("quinta", "16:15", "a Mia")},
    "physio/": {"en": ("Wednesday", "17:00", "Laura"), "de": ("Mittwoch", "17:00", "Laura Gómez"),
                "es": ("miércoles", "17:00", "Laura Gómez"), "fr": ("mercredi", "17:00", "Laura"),
                "pt": ("quarta", "17:00", "a Laura")},
}  # fmt: skip
SERVICE = {
    "": {"en": "check-up", "de": "Kontrolle", "es": "revisión", "fr": "contrôle", "pt": "consulta"},
    "salon/": {"en": "haircut", "de": "Haarschnitt", "es": "corte", "fr": "coupe", "pt": "corte"},
    "physio/": {"en": "session", "de": "Sitzung", "es": "sesión de fisioterapia", "fr": "séance", "pt": "sessão"},
}
STANDS = {
    "en": ("Your {service} is on {day} at {time} with {who}.", "You have a {service} on {day} at {time}.",
           "It's on {day} at {time}, with {who}.", "Yes, {day} at {time} is still in the diary."),
    "de": ("Ihr Termin ist am {day} um {time} Uhr bei {who}.",
           "Sie haben am {day} um {time} Uhr einen Termin bei {who}.", "Am {day} um {time} Uhr, bei {who}.",
           "Ja, {day} um {time} Uhr steht noch."),
    "es": ("Tu {service} es el {day} a las {time} con {who}.", "Tiene cita el {day} a las {time}.",
           "Es el {day} a las {time}, con {who}.", "Sí, lo del {day} a las {time} sigue en pie."),
    "fr": ("Votre {service} est {day} à {time} avec {who}.", "Vous avez rendez-vous {day} à {time}.",
           "C'est {day} à {time}, avec {who}.", "Oui, {day} à {time} tient toujours."),
    "pt": ("A sua {service} é na {day} às {time} com {who}.", "Tem marcação na {day} às {time}.",
           "É na {day} às {time}, com {who}.", "Sim, na {day} às {time} continua de pé."),
}  # fmt: skip
NOTHING = {
    "en": ("Which day would suit you?", "Would you like me to look for a time?", "How can I help you today?",
           "I'll ask the team, who will answer here.", "I'm afraid I can't give medical advice."),
    "de": ("Welcher Tag passt Ihnen?", "Soll ich einen Termin suchen?", "Wie kann ich Ihnen helfen?",
           "Ich frage das Team, es antwortet Ihnen hier.", "Dazu darf ich leider nichts raten."),
    "es": ("¿Qué día le viene bien?", "¿Quiere que le busque una hora?", "¿En qué puedo ayudarle?",
           "Se lo pregunto al equipo, que le contestará aquí.", "Lo siento, no puedo dar consejos médicos."),
    "fr": ("Quel jour vous conviendrait ?", "Voulez-vous que je cherche une heure ?", "Comment puis-je vous aider ?",
           "Je demande à l'équipe, qui vous répondra ici.", "Je ne peux pas donner de conseil médical, désolé."),
    "pt": ("Que dia lhe dá jeito?", "Quer que procure uma hora?", "Em que posso ajudar?",
           "Vou perguntar à equipa, que lhe responde aqui.", "Não posso dar conselhos médicos, desculpe."),
}  # fmt: skip


def ordinary():
    for house, (language, wordings) in product(BOOKED, STANDS.items()):
        day, time, who = BOOKED[house][language]
        service = SERVICE[house][language]
        for words in wordings:
            yield Said(state=f"{house}booked", text=words.format(service=service, day=day, time=time, who=who))
    for house, state, (_language, wordings) in product(
        BOOKED, ("nothing", "booked", "offered", "cancelled"), NOTHING.items()
    ):
        yield from (Said(state=f"{house}{state}", text=words) for words in wordings)


def test_ordinary_replies_are_let_through():
    said = list(ordinary())
    stopped = [(each.state, each.text, each.nets) for each in said if each.faults]
    assert len(said) == 3 * 5 * 4 + 3 * 4 * 5 * 5
    assert stopped == []
