"""Keeping what the business tells: every change cuts the entry anew into parts that can be searched."""

import datetime as dt
import operator
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

from django.contrib.postgres.search import SearchVector
from django.db import transaction
from django.db.models import Q, Value
from django.db.models.functions import Lower

from agents.knowledge import filling
from agents.knowledge.chunks import Chunk, chunks_of
from agents.knowledge.concepts import concepts_in
from agents.knowledge.words import folded
from agents.models import KnowledgeChunk, KnowledgeEntry
from tenants import clock

LONGEST = 60_000  # characters of a body
MOST_ENTRIES = 2_000  # of a business
DICTIONARIES = {"en": "english", "de": "german", "es": "spanish", "fr": "french", "pt": "portuguese"}


@dataclass(frozen=True, kw_only=True)
class Writing:
    """An entry as somebody wrote it."""

    title: str
    body: str
    language: str  # "en"; another than DICTIONARIES has is searched word by word
    origin: str = KnowledgeEntry.Origin.TYPED
    source: str = ""
    valid_from: dt.date | None = None
    valid_until: dt.date | None = None


def add(writing: Writing, *, user_id: int | None) -> KnowledgeEntry:
    with transaction.atomic():
        entry = KnowledgeEntry.objects.create(**vars(writing), made_by_id=user_id)
        _cut(entry)
        filling.call_for_vectors()
    return entry


def change(entry: KnowledgeEntry, writing: Writing) -> None:
    """Where it came from stays."""
    with transaction.atomic():
        current = KnowledgeEntry.objects.select_for_update().get(pk=entry.pk)
        for name in ("title", "body", "language", "valid_from", "valid_until"):
            setattr(current, name, getattr(writing, name))
        current.changed_at = clock.now()
        current.save()
        current.chunks.all().delete()
        _cut(current)
        filling.call_for_vectors()


def remove(entry: KnowledgeEntry) -> bool:
    """It is found no longer; False: it was removed already."""
    rows = KnowledgeEntry.objects.filter(pk=entry.pk, removed_at__isnull=True)
    return bool(rows.update(removed_at=clock.now()))


def restore(entry: KnowledgeEntry) -> bool:
    return bool(KnowledgeEntry.objects.filter(pk=entry.pk, removed_at__isnull=False).update(removed_at=None))


def twins(writings: Sequence[Writing]) -> list[KnowledgeEntry | None]:
    """For each an entry that says the same already, else one of the same title; one query."""
    titles, bodies = {each.title.casefold() for each in writings}, {each.body for each in writings}
    rows = KnowledgeEntry.objects.annotate(lowered=Lower("title")).filter(
        Q(body__in=bodies) | Q(lowered__in=titles), removed_at__isnull=True
    )
    known = list(rows)
    same = {each.title.casefold(): each for each in known} | {each.body: each for each in known}
    return [same.get(each.body) or same.get(each.title.casefold()) for each in writings]


def valid_on(day: dt.date) -> Q:
    """Entries that hold on a day of the business's calendar."""
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=day)
    return begun & (Q(valid_until__isnull=True) | Q(valid_until__gte=day)) & Q(removed_at__isnull=True)


def _cut(entry: KnowledgeEntry) -> None:
    parts = chunks_of(entry.body)
    KnowledgeChunk.objects.bulk_create(
        KnowledgeChunk(entry=entry, index=index, heading=part.heading, text=part.text, words=_words(entry, part))
        for index, part in enumerate(parts)
    )


def _words(entry: KnowledgeEntry, part: Chunk) -> SearchVector:
    """Title A, headings B, text D by the dictionary of the language; what it is about C, by none."""
    dictionary = DICTIONARIES.get(entry.language, "simple")
    title, heading, text = folded(entry.title), folded(part.heading), folded(part.text)
    about = concepts_in(f"{title} {heading} {text}")
    vectors = [
        SearchVector(Value(words), config=config, weight=weight)
        for words, config, weight in (
            (title, dictionary, "A"),
            (heading, dictionary, "B"),
            (text, dictionary, "D"),
            (about, "simple", "C"),
        )
    ]
    return reduce(operator.add, vectors)
