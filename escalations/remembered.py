"""What is remembered of a contact, as staff see and change it. Changes are audited by ids, never by contents."""

import datetime as dt
import json
from collections.abc import Sequence
from typing import Any

from cryptography.fernet import InvalidToken
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext

from agents.memory import facts
from agents.memory.facts import NewFact
from agents.memory.subjects import subject_of
from agents.models import Fact
from conversations.models import Conversation, Message
from escalations.people import name_of
from tenants import audit, clock
from tenants.events import publish
from tenants.models import Business, User
from tenants.secret_fields import cipher

UNDO_WITHIN = dt.timedelta(minutes=10)
UNDO = "undo_fact"  # in the session: the token of the newest deletion
IN_PANEL = 6


def read(contact_id: int, most: int | None = None) -> Sequence[Fact]:
    """What stands, pinned first, then the newest; each with `staff_name`, `conversation_id` of its source and
    `label`."""
    source = Message.objects.filter(pk=OuterRef("source_message_id")).values("conversation_id")[:1]
    rows = facts.standing(contact_id).select_related("supersedes")
    rows = rows.annotate(staff_name=name_of("staff_id"), conversation_id=Subquery(source))
    found: list[Any] = list(rows.order_by("-pinned", "-at", "-pk")[:most])
    for each in found:
        each.label = gettext(subject_of(each.subject).label)
    return found


def add(business: Business, user: User, contact_id: int, subject: str, text: str) -> bool:
    """False when it is known already."""
    with transaction.atomic():
        made = facts.note(NewFact(contact_id=contact_id, subject=subject, text=text, staff_id=user.pk))
        return _noted(business, user, "fact.added", made)


def correct(business: Business, user: User, fact: Fact, text: str) -> bool:
    with transaction.atomic():
        return _noted(business, user, "fact.corrected", facts.correct(fact.pk, text, user.pk))


def pin(business: Business, user: User, fact: Fact, pinned: bool) -> bool:
    with transaction.atomic():
        done = facts.pin(fact.pk, pinned)
        return _noted(business, user, "fact.pinned" if pinned else "fact.unpinned", fact if done else None)


def delete(business: Business, user: User, fact: Fact) -> str:
    """The text is wiped at once. What may bring it back for some minutes, encrypted, for the session of who did it."""
    with transaction.atomic():
        kept = facts.delete(fact.pk, user.pk)
        _noted(business, user, "fact.deleted", fact if kept else None)
    if not kept:
        return ""
    token = {"business": business.pk, "contact": fact.contact_id, "at": clock.now().isoformat(), "kept": kept}
    return cipher().encrypt(json.dumps(token).encode()).decode()


def undoable(business: Business, contact_id: int, token: str) -> dict[int, str]:
    """What a token still brings back for this contact."""
    try:
        held = json.loads(cipher().decrypt(token.encode()))
    except (InvalidToken, ValueError):
        return {}
    late = clock.now() - dt.datetime.fromisoformat(held["at"]) > UNDO_WITHIN
    if late or held["business"] != business.pk or held["contact"] != contact_id:
        return {}
    return {int(pk): text for pk, text in held["kept"].items()}


def undo(business: Business, user: User, contact_id: int, token: str) -> bool:
    """False when it is too late, or something else is noted on the subject by now."""
    kept = undoable(business, contact_id, token)
    with transaction.atomic():
        if not kept or facts.restore(kept) is None:
            return False
        return _noted(business, user, "fact.restored", Fact.objects.filter(pk__in=kept).order_by("-pk").first())


def _noted(business: Business, user: User, action: str, fact: Fact | None) -> bool:
    if fact is None:
        return False
    audit.record(business, user, action, f"fact {fact.pk}", contact=fact.contact_id)
    for pk in Conversation.objects.filter(contact_id=fact.contact_id).values_list("pk", flat=True):
        publish(business, "conversation", pk)
    return True
