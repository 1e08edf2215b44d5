"""Questions that nothing answered: one open row for each, counted when it is asked again."""

from django.db import IntegrityError, transaction
from django.db.models import Case, F, Value, When

from agents.knowledge.words import folded, telling_words, without_placeholders
from agents.models import KnowledgeEntry, KnowledgeGap
from tenants import clock

LONGEST = 300
Status = KnowledgeGap.Status


def record(question: str, *, language: str, conversation_id: int, turn_id: int | None) -> None:
    """In the caller's transaction. `question` is redacted; one turn counts once, however often it asks."""
    asked = " ".join(without_placeholders(question).split())[:LONGEST]
    plain = " ".join(sorted(telling_words(question, language)))[:LONGEST] or folded(asked)[:LONGEST]
    if not plain or _counted(plain, conversation_id, turn_id):
        return
    try:
        with transaction.atomic():
            KnowledgeGap.objects.create(
                question=asked,
                plain=plain,
                language=language[:5],
                conversation_id=conversation_id,
                turn_id=turn_id,
            )
    except IntegrityError:  # somebody else asked it just now
        _counted(plain, conversation_id, turn_id)


def _counted(plain: str, conversation_id: int, turn_id: int | None) -> bool:
    """Whether the question is an open gap already; then it is asked once more."""
    again = Case(When(turn_id=turn_id, turn_id__isnull=False, then=Value(0)), default=Value(1))
    return bool(
        KnowledgeGap.objects.filter(plain=plain, status=Status.OPEN).update(
            times=F("times") + again, conversation_id=conversation_id, turn_id=turn_id, last_at=clock.now()
        )
    )


def open_count() -> int:
    return KnowledgeGap.objects.filter(status=Status.OPEN).count()


def answer(gap: KnowledgeGap, entry: KnowledgeEntry, *, user_id: int) -> bool:
    """The entry answers it; False: it is no longer open."""
    return _close(gap, Status.ANSWERED, user_id=user_id, entry=entry)


def answer_those_of(turn_id: int | None, entry: KnowledgeEntry, *, user_id: int) -> None:
    """What that turn had asked in vain is answered by the entry, which came to be in another way."""
    if turn_id is not None:
        rows = KnowledgeGap.objects.filter(turn_id=turn_id, status=Status.OPEN)
        rows.update(status=Status.ANSWERED, closed_by_id=user_id, entry=entry)


def reopen_those_of(entry: KnowledgeEntry) -> None:
    """The entry is taken back; what was asked anew meanwhile stands open by itself."""
    for gap in KnowledgeGap.objects.filter(entry=entry, status=Status.ANSWERED):
        reopen(gap)


def dismiss(gap: KnowledgeGap, *, user_id: int) -> bool:
    return _close(gap, Status.DISMISSED, user_id=user_id, entry=None)


def reopen(gap: KnowledgeGap) -> bool:
    """False when it is open, or the same question was asked anew meanwhile and stands open by itself."""
    try:
        with transaction.atomic():
            closed = KnowledgeGap.objects.filter(pk=gap.pk).exclude(status=Status.OPEN)
            return bool(closed.update(status=Status.OPEN, entry=None, closed_by_id=None))
    except IntegrityError:
        return False


def _close(gap: KnowledgeGap, status: str, *, user_id: int, entry: KnowledgeEntry | None) -> bool:
    rows = KnowledgeGap.objects.filter(pk=gap.pk, status=Status.OPEN)
    return bool(rows.update(status=status, closed_by_id=user_id, entry=entry))
