"""The words of a handoff in five languages; promise.py chooses among them."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Said:
    """`at`: hours and minutes; `day`: a weekday, with its date where it is far (`far`: a pattern of Django's)."""

    passed: str
    whenever: str
    now: str
    until: str
    tonight: str
    today: str
    tomorrow: str
    on_day: str
    or_else: str  # {until}: closing time; {back}: one of the three that follow
    from_today: str
    from_tomorrow: str
    from_day: str
    far: str


SAID = {
    "en": Said(
        passed="I've passed this to the team at {business}.",
        whenever="They will answer you here.",
        now="They are open and will answer you here.",
        until="They are open until {at} today and will answer you here.",
        tonight="They are open until {at} tonight and will answer you here.",
        today="They are back today at {at} and will answer you here then.",
        tomorrow="They are back tomorrow at {at} and will answer you here then.",
        on_day="They are back on {day} at {at} and will answer you here then.",
        or_else="They are open until {until} today. If they don't get to it by then, they will answer you here {back}.",
        from_today="from {at} today",
        from_tomorrow="from {at} tomorrow",
        from_day="on {day} from {at}",
        far="l j F",
    ),
    "de": Said(
        passed="Ich habe das an das Team von {business} weitergegeben.",
        whenever="Es antwortet Ihnen hier.",
        now="Es ist gerade da und antwortet Ihnen hier.",
        until="Es ist heute bis {at} Uhr da und antwortet Ihnen hier.",
        tonight="Es ist heute Nacht bis {at} Uhr da und antwortet Ihnen hier.",
        today="Es ist heute ab {at} Uhr wieder da und antwortet Ihnen dann hier.",
        tomorrow="Es ist morgen ab {at} Uhr wieder da und antwortet Ihnen dann hier.",
        on_day="Es ist am {day} ab {at} Uhr wieder da und antwortet Ihnen dann hier.",
        or_else="Es ist heute bis {until} Uhr da. Wenn es bis dahin nicht dazu kommt, antwortet es Ihnen hier {back}.",
        from_today="heute ab {at} Uhr",
        from_tomorrow="morgen ab {at} Uhr",
        from_day="am {day} ab {at} Uhr",
        far="l, j. F,",
    ),
    "es": Said(
        passed="He pasado su mensaje al equipo de {business}.",
        whenever="Le responderá por aquí.",
        now="Está disponible ahora y le responderá por aquí.",
        until="Está disponible hoy hasta las {at} y le responderá por aquí.",
        tonight="Está disponible esta noche hasta las {at} y le responderá por aquí.",
        today="Vuelve hoy a las {at} y entonces le responderá por aquí.",
        tomorrow="Vuelve mañana a las {at} y entonces le responderá por aquí.",
        on_day="Vuelve el {day} a las {at} y entonces le responderá por aquí.",
        or_else="Está disponible hoy hasta las {until}. Si no llega a responderle antes, lo hará por aquí {back}.",
        from_today="hoy a partir de las {at}",
        from_tomorrow="mañana a partir de las {at}",
        from_day="el {day} a partir de las {at}",
        far=r"l j \d\e F",
    ),
    "fr": Said(
        passed="J'ai transmis votre message à l'équipe de {business}.",
        whenever="Elle vous répondra ici.",
        now="Elle est là en ce moment et vous répondra ici.",
        until="Elle est là aujourd'hui jusqu'à {at} et vous répondra ici.",
        tonight="Elle est là cette nuit jusqu'à {at} et vous répondra ici.",
        today="Elle est de retour aujourd'hui à {at} et vous répondra ici à ce moment-là.",
        tomorrow="Elle est de retour demain à {at} et vous répondra ici à ce moment-là.",
        on_day="Elle est de retour le {day} à {at} et vous répondra ici à ce moment-là.",
        or_else="Elle est là aujourd'hui jusqu'à {until}. Si cela ne suffit pas, elle vous répondra ici {back}.",
        from_today="aujourd'hui à partir de {at}",
        from_tomorrow="demain à partir de {at}",
        from_day="le {day} à partir de {at}",
        far="l j F",
    ),
    "pt": Said(
        passed="Passei a sua mensagem à equipa de {business}.",
        whenever="Vai responder-lhe aqui.",
        now="Está disponível neste momento e vai responder-lhe aqui.",
        until="Está disponível hoje até às {at} e vai responder-lhe aqui.",
        tonight="Está disponível esta noite até às {at} e vai responder-lhe aqui.",
        today="Volta hoje às {at} e nessa altura vai responder-lhe aqui.",
        tomorrow="Volta amanhã às {at} e nessa altura vai responder-lhe aqui.",
        on_day="Volta {day} às {at} e nessa altura vai responder-lhe aqui.",
        or_else="Está disponível hoje até às {until}. Se não conseguir responder até lá, responde-lhe aqui {back}.",
        from_today="hoje a partir das {at}",
        from_tomorrow="amanhã a partir das {at}",
        from_day="{day} a partir das {at}",
        far=r"l, j \d\e F,",
    ),
}
# What is said first when the assistant itself failed on a message.
SORRY = {
    "en": "I'm sorry, something went wrong on our side and I couldn't deal with your message.",
    "de": "Es tut mir leid, bei uns ist etwas schiefgegangen und ich konnte Ihre Nachricht nicht bearbeiten.",
    "es": "Lo siento, algo ha fallado por nuestra parte y no he podido atender su mensaje.",
    "fr": "Je suis désolé, quelque chose a mal fonctionné chez nous et je n'ai pas pu traiter votre message.",
    "pt": "Lamento, algo correu mal do nosso lado e não consegui tratar da sua mensagem.",
}
# Nobody answered for a while: said once, before when they will.
WAITING = {
    "en": "I'm sorry that the team hasn't answered you yet.",
    "de": "Es tut mir leid, dass das Team Ihnen noch nicht geantwortet hat.",
    "es": "Siento que el equipo todavía no le haya respondido.",
    "fr": "Je suis désolé que l'équipe ne vous ait pas encore répondu.",
    "pt": "Lamento que a equipa ainda não lhe tenha respondido.",
}
PASSED_ON = {
    "en": "I've passed it on to somebody else there.",
    "de": "Ich habe es dort jetzt an jemand anderen weitergegeben.",
    "es": "Se lo he pasado a otra persona del equipo.",
    "fr": "Je l'ai transmis à une autre personne de l'équipe.",
    "pt": "Passei-o a outra pessoa da equipa.",
}
