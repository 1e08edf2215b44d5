"""The last line of a reply that booked or moved something: the address of its calendar file.

It is added after the model and the outgoing check, so that no address stands in a transcript.
"""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from calendar_sync.ics.links import link_for
from calendar_sync.models import HOLDS_TIME, Appointment, AppointmentChange
from calendar_sync.when import LANGUAGES
from calendar_sync.when.wording import in_words
from tenants.models import Business

MOST = 3  # links in one message; a series would bury the answer
_WORDS = {
    "en": "Add to your calendar",
    "de": "In den Kalender eintragen",
    "es": "Añadir a su calendario",
    "fr": "Ajouter à votre calendrier",
    "pt": "Adicionar ao seu calendário",
}
_MADE = (AppointmentChange.Act.BOOKED, AppointmentChange.Act.MOVED)


def with_calendar_links(business: Business, text: str, *, contact_id: int, turn_id: int) -> str:
    """The reply, and a line for each appointment that this turn made or moved and that still stands."""
    made = Appointment.objects.filter(
        contact_id=contact_id, status__in=HOLDS_TIME, changes__turn_id=turn_id, changes__act__in=_MADE
    )
    appointments = list(made.order_by("during", "pk").distinct()[:MOST])
    return f"{text.rstrip()}\n\n{_lines(business, appointments)}" if appointments else text


def _lines(business: Business, appointments: Sequence[Appointment]) -> str:
    language = business.language[:2] if business.language[:2] in LANGUAGES else "en"
    words = _WORDS[language]
    if len(appointments) == 1:
        return f"{words}: {link_for(business, appointments[0])}"
    zone = ZoneInfo(business.timezone)
    return "\n".join(
        f"{words}, {in_words(each.starts_at.astimezone(zone), language)}: {link_for(business, each)}"
        for each in appointments
    )
