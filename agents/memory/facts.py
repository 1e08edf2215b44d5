"""Facts about a contact: noted, superseded, corrected, pinned, deleted; and those that matter now.

Every change locks the contact's facts, so that two writers never both replace the same one.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector
from django.db import connection, transaction
from django.db.models import F, FloatField, QuerySet, Value
from django.db.models.functions import Coalesce

from agents.memory.subjects import OF, subject_of
from agents.models import ConversationSummary, Fact, FactsRead, Turn
from tenants import clock

LONGEST = 300
SHOWN = 8
WORDS_LOOKED_FOR = 40
CONFIG = "simple"  # accents are folded here, so that it holds for every language


@dataclass(frozen=True, kw_only=True)
class NewFact:
    """`said_at`: when it was said, for what was noted or corrected later stands above it; `heard`: the words, by
    which it is found again."""

    contact_id: int
    subject: str
    text: str
    source_message_id: int | None = None
    staff_id: int | None = None
    patient_id: int | None = None
    said_at: dt.datetime | None = None
    heard: str = ""


def standing(contact_id: int) -> QuerySet[Fact]:
    """What is known now: not deleted, not replaced."""
    return Fact.objects.filter(contact_id=contact_id, deleted_at__isnull=True, superseded_by__isnull=True)


def relevant(contact_id: int, newest_words: str) -> list[Fact]:
    """The few that matter now: pinned, then those that share words with the newest messages, then the newest."""
    words = folded(newest_words).split()[-WORDS_LOOKED_FOR:]
    rank = SearchRank(F("words"), SearchQuery(" | ".join(words), config=CONFIG, search_type="raw")) if words else None
    known = standing(contact_id).annotate(
        rank=Coalesce(rank, Value(0.0), output_field=FloatField()) if rank else Value(0.0)
    )
    return list(known.order_by("-pinned", "-rank", "-at", "-pk")[:SHOWN])


def note(new: NewFact) -> Fact | None:
    """Add a fact, in the place of what it supersedes. None when nothing is new in it, or it is older than what is
    known, or it was taken from the same message once before (and corrected or deleted since)."""
    text = _tidy(new.text)
    if not text:
        return None
    with transaction.atomic():
        _lock(new.contact_id)
        known = standing(new.contact_id)
        if new.source_message_id and _taken_before(new):
            return None
        older = known.filter(subject=new.subject).first() if _replaces(new.subject) else None
        same = [older] if older else known.filter(subject=new.subject)
        if any(folded(each.text) == folded(text) for each in same):
            return None
        if older and new.said_at and older.at > new.said_at:
            return None
        return _create(new, text, older)


def correct(fact_id: int, text: str, staff_id: int) -> Fact | None:
    """What staff say instead. None when the fact no longer stands, or says so already."""
    text = _tidy(text)
    with transaction.atomic():
        fact = _locked(fact_id)
        if fact is None or not text or fact.text == text:
            return None
        new = NewFact(
            contact_id=fact.contact_id,
            subject=fact.subject,
            text=text,
            staff_id=staff_id,
            patient_id=fact.patient_id,
            source_message_id=fact.source_message_id,
        )
        return _create(new, text, fact)


def pin(fact_id: int, pinned: bool) -> bool:
    return bool(Fact.objects.filter(pk=fact_id, deleted_at__isnull=True).update(pinned=pinned))


def delete(fact_id: int, staff_id: int) -> dict[int, str]:
    """Wipe the text of a fact and of what it replaced; the rows stay. What was wiped, for undoing it."""
    with transaction.atomic():
        fact = _locked(fact_id)
        if fact is None:
            return {}
        known = {each.pk: each for each in Fact.objects.filter(contact_id=fact.contact_id, subject=fact.subject)}
        chain = [fact]
        while chain[-1].supersedes_id in known:
            chain.append(known[chain[-1].supersedes_id])
        kept = {each.pk: each.text for each in chain if each.deleted_at is None}
        Fact.objects.filter(pk__in=kept).update(text="", words=None, deleted_at=clock.now(), staff_id=staff_id)
        return kept


def restore(kept: dict[int, str]) -> int | None:
    """Undo a deletion: the texts stand again. The contact's id; None when it can't be undone any more."""
    with transaction.atomic():
        rows = list(Fact.objects.filter(pk__in=kept, deleted_at__isnull=False))
        if not rows:
            return None
        _lock(rows[0].contact_id)
        if _taken_meanwhile(rows):
            return None
        for row in rows:
            row.text, row.deleted_at, row.words = kept[row.pk], None, _vector(kept[row.pk], row.subject)
        Fact.objects.bulk_update(rows, ["text", "deleted_at", "words"])
        return rows[0].contact_id


def forget_contact(contact_id: int) -> None:
    """Erasure: facts, summaries and how far was read are gone; the transcript and the messages go elsewhere."""
    with transaction.atomic():
        conversations = Turn.objects.filter(contact_id=contact_id).values("conversation_id")
        ConversationSummary.objects.filter(conversation_id__in=conversations).delete()
        FactsRead.objects.filter(conversation_id__in=conversations).delete()
        Fact.objects.filter(contact_id=contact_id).delete()


def folded(text: str) -> str:
    """Lower case, without accents, words apart by one space."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W_]+", bare))


def _replaces(subject: str) -> bool:
    return subject_of(subject).single or OF in subject


def _taken_before(new: NewFact) -> bool:
    return Fact.objects.filter(
        contact_id=new.contact_id, subject=new.subject, source_message_id=new.source_message_id
    ).exists()


def _taken_meanwhile(rows: Sequence[Fact]) -> bool:
    """A new fact on the same subject has been noted since: bringing the old one back would make two."""
    replacing = [row.subject for row in rows if _replaces(row.subject)]
    return standing(rows[0].contact_id).filter(subject__in=replacing).exists()


def _create(new: NewFact, text: str, older: Fact | None) -> Fact:
    return Fact.objects.create(
        contact_id=new.contact_id,
        patient_id=new.patient_id,
        kind=subject_of(new.subject).kind,
        subject=new.subject[:40],
        text=text,
        pinned=bool(older and older.pinned),
        made_by=Fact.Maker.STAFF if new.staff_id else Fact.Maker.ASSISTANT,
        staff_id=new.staff_id,
        source_message_id=new.source_message_id,
        supersedes=older,
        words=_vector(text, new.subject, new.heard),
    )


def _vector(text: str, subject: str, heard: str = "") -> SearchVector:
    words = folded(f"{text} {subject_of(subject).label} {heard[:LONGEST]}")
    return SearchVector(Value(words), config=CONFIG)


def _locked(fact_id: int) -> Fact | None:
    """The fact, if it still stands once nobody else changes this contact's facts."""
    contact = Fact.objects.filter(pk=fact_id).values_list("contact_id", flat=True).first()
    if contact is None:
        return None
    _lock(contact)
    return standing(contact).filter(pk=fact_id).first()


def _lock(contact_id: int) -> None:
    """Until the transaction ends. The key holds the schema, for locks know none."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended('facts of ' || %s || current_schema(), 0))",
            [str(contact_id)],
        )


def _tidy(text: str) -> str:
    return " ".join(text.replace("\x00", "").split())[:LONGEST]
