"""What a handoff tells the contact, in their language: who answers and when. Only what the opening hours bear out."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.formats import date_format

from calendar_sync import brief
from tenants.models import Business


@dataclass(frozen=True, kw_only=True)
class _Said:
    """`at`: hours and minutes; `day`: a weekday, with its date where it is far (`far`: a pattern of Django's)."""

    passed: str
    whenever: str
    now: str
    until: str
    tonight: str
    today: str
    tomorrow: str
    on_day: str
    far: str


_SAID = {
    "en": _Said(
        passed="I've passed this to the team at {business}.",
        whenever="They will answer you here.",
        now="They are open and will answer you here.",
        until="They are open until {at} today and will answer you here.",
        tonight="They are open until {at} tonight and will answer you here.",
        today="They are back today at {at} and will answer you here then.",
        tomorrow="They are back tomorrow at {at} and will answer you here then.",
        on_day="They are back on {day} at {at} and will answer you here then.",
        far="l j F",
    ),
    "de": _Said(
        passed="Ich habe das an das Team von {business} weitergegeben.",
        whenever="Es antwortet Ihnen hier.",
        now="Es ist gerade da und antwortet Ihnen hier.",
        until="Es ist heute bis {at} Uhr da und antwortet Ihnen hier.",
        tonight="Es ist heute Nacht bis {at} Uhr da und antwortet Ihnen hier.",
        today="Es ist heute ab {at} Uhr wieder da und antwortet Ihnen dann hier.",
        tomorrow="Es ist morgen ab {at} Uhr wieder da und antwortet Ihnen dann hier.",
        on_day="Es ist am {day} ab {at} Uhr wieder da und antwortet Ihnen dann hier.",
        far="l, j. F,",
    ),
    "es": _Said(
        passed="He pasado su mensaje al equipo de {business}.",
        whenever="Le responderá por aquí.",
        now="Está disponible ahora y le responderá por aquí.",
        until="Está disponible hoy hasta las {at} y le responderá por aquí.",
        tonight="Está disponible esta noche hasta las {at} y le responderá por aquí.",
        today="Vuelve hoy a las {at} y entonces le responderá por aquí.",
        tomorrow="Vuelve mañana a las {at} y entonces le responderá por aquí.",
        on_day="Vuelve el {day} a las {at} y entonces le responderá por aquí.",
        far=r"l j \d\e F",
    ),
    "fr": _Said(
        passed="J'ai transmis votre message à l'équipe de {business}.",
        whenever="Elle vous répondra ici.",
        now="Elle est là en ce moment et vous répondra ici.",
        until="Elle est là aujourd'hui jusqu'à {at} et vous répondra ici.",
        tonight="Elle est là cette nuit jusqu'à {at} et vous répondra ici.",
        today="Elle est de retour aujourd'hui à {at} et vous répondra ici à ce moment-là.",
        tomorrow="Elle est de retour demain à {at} et vous répondra ici à ce moment-là.",
        on_day="Elle est de retour le {day} à {at} et vous répondra ici à ce moment-là.",
        far="l j F",
    ),
    "pt": _Said(
        passed="Passei a sua mensagem à equipa de {business}.",
        whenever="Vai responder-lhe aqui.",
        now="Está disponível neste momento e vai responder-lhe aqui.",
        until="Está disponível hoje até às {at} e vai responder-lhe aqui.",
        tonight="Está disponível esta noite até às {at} e vai responder-lhe aqui.",
        today="Volta hoje às {at} e nessa altura vai responder-lhe aqui.",
        tomorrow="Volta amanhã às {at} e nessa altura vai responder-lhe aqui.",
        on_day="Volta {day} às {at} e nessa altura vai responder-lhe aqui.",
        far=r"l, j \d\e F,",
    ),
}
SMALL_DAYS = ("es", "fr", "pt")  # weekdays and months begin small there; Django's Portuguese ones don't
# What is said first when the assistant itself failed on a message.
SORRY = {
    "en": "I'm sorry, something went wrong on our side and I couldn't deal with your message.",
    "de": "Es tut mir leid, bei uns ist etwas schiefgegangen und ich konnte Ihre Nachricht nicht bearbeiten.",
    "es": "Lo siento, algo ha fallado por nuestra parte y no he podido atender su mensaje.",
    "fr": "Je suis désolé, quelque chose a mal fonctionné chez nous et je n'ai pas pu traiter votre message.",
    "pt": "Lamento, algo correu mal do nosso lado e não consegui tratar da sua mensagem.",
}


def promise(business: Business, now: dt.datetime, language: str = "en") -> str:
    """ "I've passed this to the team at Bright Smile. They are open until 17:30 today and will answer you here." """
    said = _SAID[language]
    return f"{said.passed.format(business=business.name)} {_when(business, now, language)}"


def _when(business: Business, now: dt.datetime, language: str) -> str:
    said, opening = _SAID[language], brief.next_opening(business, now)
    zone = ZoneInfo(business.timezone)
    local = now.astimezone(zone)
    if opening is None:
        return said.whenever
    if opening <= now:
        return _until(said, (brief.closing(business, now) or now).astimezone(zone), local)
    return _back(said, opening.astimezone(zone), local, language)


def _until(said: _Said, closing: dt.datetime, local: dt.datetime) -> str:
    """No time where it stays open for days."""
    if closing.date() == local.date():
        return said.until.format(at=f"{closing:%H:%M}")
    return said.tonight.format(at=f"{closing:%H:%M}") if closing - local < dt.timedelta(hours=12) else said.now


def _back(said: _Said, opening: dt.datetime, local: dt.datetime, language: str) -> str:
    days, at = (opening.date() - local.date()).days, f"{opening:%H:%M}"
    if days < 2:
        return (said.tomorrow if days else said.today).format(at=at)
    with translation.override(language):
        day = date_format(opening, "l" if days < 7 else said.far)
    return said.on_day.format(day=day.lower() if language in SMALL_DAYS else day, at=at)
