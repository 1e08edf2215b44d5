"""The people whom a conversation may speak of, so that they can be hidden from models."""

from django.db import connection

from agents.types import KnownPerson
from calendar_sync.verified import OPEN
from conversations.models import Conversation
from tenants import clock

_ASK = f"""
SELECT 0, id, '', phone FROM conversations_contactidentity WHERE contact_id = %(contact)s
UNION ALL SELECT 1, id, name, phone FROM calendar_sync_patient
 WHERE contact_id = %(contact)s OR id = ANY(ARRAY({OPEN})) ORDER BY 1, 2
"""  # noqa: S608 (a constant of ours)


def known_in(conversation: Conversation) -> KnownPerson:
    """Whoever this conversation may speak of, so that it can be hidden. One query."""
    contact = conversation.contact
    with connection.cursor() as cursor:
        cursor.execute(_ASK, {"contact": contact.pk, "now": clock.now()})
        rows = cursor.fetchall()
    names = [contact.name, contact.profile_name, *(name for *_, name, _ in rows)]
    phones = [phone for *_, phone in rows]
    return KnownPerson(
        names=tuple(dict.fromkeys(filter(None, names))), phones=tuple(dict.fromkeys(filter(None, phones)))
    )
