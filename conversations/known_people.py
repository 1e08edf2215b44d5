"""The people whom a conversation may speak of, so that they can be hidden from models."""

import datetime as dt
import re

from django.db import connection

from agents.types import KnownPerson
from calendar_sync.verified import OPEN
from conversations.models import Conversation
from tenants import clock
from tenants.folding import fold
from tenants.postgres.prepared import Prepared
from tenants.statements import Question, rows

CONTACT = "(SELECT contact_id FROM conversations_conversation WHERE id = %(conversation)s)"
_ASK = Prepared(f"""
SELECT 0, id, '', phone FROM conversations_contactidentity WHERE contact_id = {CONTACT}
UNION ALL SELECT 1, id, name, phone FROM calendar_sync_patient
 WHERE contact_id = {CONTACT} OR id = ANY(ARRAY({OPEN.replace("%(contact)s", CONTACT)})) ORDER BY 1, 2
""")  # noqa: S608 (a constant of ours)


_NAMED = """
SELECT name FROM calendar_sync_patient WHERE public.fold(name) = ANY(%(names)s)
UNION SELECT name FROM conversations_contact WHERE public.fold(name) = ANY(%(names)s)
UNION SELECT profile_name FROM conversations_contact WHERE public.fold(profile_name) = ANY(%(names)s)
"""
_WORD = re.compile(r"[^\W\d_](?:[\w'’.-]*\w)?")
LONGEST = 4  # words of a name
LOOKED_AT = 1_000  # words of a text


def people_in(text: str) -> list[str]:
    """Names of two words or more in a text that are a contact's or a patient's of this business. One query."""
    words = _WORD.findall(text)[:LOOKED_AT]
    runs = {
        fold(" ".join(words[place : place + length]))
        for length in range(2, LONGEST + 1)
        for place in range(len(words) - length + 1)
        if words[place][0].isupper()
    }
    if not runs:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_NAMED, {"names": sorted(runs)})
        return [name for (name,) in cursor.fetchall()]


def known_in(conversation: Conversation, now: dt.datetime | None = None) -> KnownPerson:
    """Whoever this conversation may speak of, so that it can be hidden. One query."""
    contact = conversation.contact
    found = rows(*question(conversation.pk, now or clock.now()))
    names = [contact.name, contact.profile_name, *(name for *_, name, _ in found)]
    phones = [phone for *_, phone in found]
    return KnownPerson(
        names=tuple(dict.fromkeys(filter(None, names))),
        phones=tuple(dict.fromkeys(filter(None, phones))),
        others=people_in,
    )


def question(conversation_id: int, now: dt.datetime) -> Question:
    """What `known_in` asks."""
    return _ASK, {"conversation": conversation_id, "now": now}
