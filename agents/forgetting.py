"""What the assistant read and did is deleted once it was kept long enough. Turns stay: how they ended and what
they cost is what reports count.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from agents.models import ConversationSummary, FactsRead, Pseudonym, Review, ShadowAnswer, Step, TranscriptEntry, Turn

AT_ONCE = 1000


def turns_before(before: dt.datetime) -> QuerySet[Turn]:
    """Turns whose steps are older than that and still there."""
    return (
        Turn.objects.filter(started_at__lt=before, steps__isnull=False).exclude(status=Turn.Status.RUNNING).distinct()
    )


def forget_steps(before: dt.datetime) -> int:
    """Delete the steps of turns from before that moment, and what was judged and tried beside them; how many turns."""
    gone = 0
    while numbers := list(turns_before(before).order_by().values_list("pk", flat=True)[:AT_ONCE]):
        Step.objects.filter(turn__in=numbers).delete()
        Turn.objects.filter(pk__in=numbers).update(sources=[])
        gone += len(numbers)
    for model in (ShadowAnswer, Review):
        model._default_manager.filter(at__lt=before).delete()
    return gone


def forget_transcripts(before: dt.datetime, quiet: Iterable[Any]) -> None:
    """Delete what models read of conversations before that moment, up to the first message since. `quiet`: ids of
    conversations without a message since, whose names behind placeholders go as well."""
    since = TranscriptEntry.objects.filter(
        conversation_id=OuterRef("conversation_id"), role=TranscriptEntry.Role.PATIENT, at__gte=before
    ).order_by("index")
    old = TranscriptEntry.objects.filter(at__lt=before).annotate(opens=Subquery(since.values("index")[:1]))
    _delete(old.filter(Q(index__lt=F("opens")) | Q(opens__isnull=True, conversation_id__in=quiet)))
    ConversationSummary.objects.filter(at__lt=before).delete()
    emptied = ~Q(conversation_id__in=TranscriptEntry.objects.values("conversation_id"))
    for model in (Pseudonym, ConversationSummary, FactsRead):
        model._default_manager.filter(emptied, conversation_id__in=quiet).delete()


def _delete(rows: QuerySet[TranscriptEntry]) -> None:
    while numbers := list(rows.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        TranscriptEntry.objects.filter(pk__in=numbers).delete()
