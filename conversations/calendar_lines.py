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
from tenants.postgres.prepared import Prepared
from tenants.statements import Question, models_in, reading, rows

MOST = 3  # links in one message; a series would bury the answer
_WORDS = {
    "en": "Add to your calendar",
    "de": "In den Kalender eintragen",
    "es": "Añadir a su calendario",
    "fr": "Ajouter à votre calendrier",
    "pt": "Adicionar ao seu calendário",
}
_MADE = (AppointmentChange.Act.BOOKED, AppointmentChange.Act.MOVED)
_MADE_BY_TURN = Prepared("""
 WHERE contact_id = %s AND status = ANY(%s)
   AND EXISTS (SELECT FROM calendar_sync_appointmentchange
                WHERE appointment_id = calendar_sync_appointment.id AND turn_id = %s AND act = ANY(%s))
 ORDER BY during, id LIMIT %s""")


def with_calendar_links(business: Business, text: str, *, contact_id: int, turn_id: int) -> str:
    """The reply, and a line for each appointment that this turn made or moved and that still stands."""
    found = rows(*question(contact_id=contact_id, turn_id=turn_id))
    appointments = [each for (each,) in models_in((Appointment,), found)]
    return f"{text.rstrip()}\n\n{_lines(business, appointments)}" if appointments else text


def question(*, contact_id: int, turn_id: int) -> Question:
    """What `with_calendar_links` asks, for whoever asks more in the same round trip."""
    standing, acts = ([str(each) for each in names] for names in (HOLDS_TIME, _MADE))
    return reading(Appointment, _MADE_BY_TURN, [contact_id, standing, turn_id, acts, MOST])


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
