"""Finding what the business has written: passages for a question, best first, or none when nothing speaks of it.

One query by words. Each telling word of the question is looked for by the dictionary of each entry's own language, as
it is, as the beginning of a word (compounds), or by what it is about (agents.knowledge.concepts). A word counts the
more the fewer entries hold it; a passage's rank is the share of the question that it covers, 0 to 1. Below THRESHOLD it
is not one.
"""

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from django.db import connection

from agents.knowledge import vectors
from agents.knowledge.concepts import concept_of
from agents.knowledge.embedding import Vector
from agents.knowledge.entries import DICTIONARIES
from agents.knowledge.words import telling_words, weight_of
from agents.models import KnowledgeChunk

THRESHOLD = 0.42
BEGINNING, ABOUT = 0.6, 0.75  # what a match is worth that is not the word itself
FUSION = 60  # of reciprocal rank fusion: how little the first places are preferred
PREFIX = 4  # letters that a beginning must have
_BY_LANGUAGE = json.dumps(DICTIONARIES)


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A part of an entry. `heading` is "" where the text has none; `rank` is 0 to 1."""

    entry_id: int
    chunk_id: int
    title: str
    heading: str
    text: str
    rank: float


_SEARCH = """
WITH asked AS (
    SELECT n, worth, dictionary, to_tsquery(dictionary::regconfig, word) AS word,
           to_tsquery(dictionary::regconfig, beginning) AS beginning
    FROM unnest(%(n)s::int[], %(worth)s::float8[], %(dictionaries)s::text[], %(words)s::text[], %(beginnings)s::text[])
         AS given (n, worth, dictionary, word, beginning)
), live AS (
    SELECT id, title, language, (%(by_language)s::jsonb ->> language) AS dictionary
    FROM agents_knowledgeentry
    WHERE removed_at IS NULL AND (valid_from IS NULL OR valid_from <= %(on)s)
          AND (valid_until IS NULL OR valid_until >= %(on)s)
), hits AS (
    SELECT chunk.id, chunk.entry_id, asked.n, max(
        asked.worth * CASE WHEN chunk.words @@ asked.word THEN 1 ELSE %(beginning)s END
        * CASE WHEN ts_filter(chunk.words, '{a,b}') @@ asked.beginning THEN 1 ELSE 0.85 END) AS strength
    FROM asked
    JOIN agents_knowledgechunk chunk ON chunk.words @@ asked.beginning
    JOIN live ON live.id = chunk.entry_id
    WHERE asked.dictionary = coalesce(live.dictionary, 'simple') OR asked.worth < 1
    GROUP BY chunk.id, chunk.entry_id, asked.n
), counted AS (
    SELECT n, count(DISTINCT entry_id) AS entries FROM hits GROUP BY n
), weighed AS (
    SELECT word.n, word.weight * ln(1 + (whole.entries - found.entries + 0.5) / (found.entries + 0.5)) AS weight
    FROM unnest(%(weights)s::float8[]) WITH ORDINALITY AS word (weight, n)
    CROSS JOIN (SELECT count(*)::float8 AS entries FROM live) AS whole
    CROSS JOIN LATERAL (
        SELECT greatest(1, coalesce((SELECT entries FROM counted WHERE n = word.n), 0))
    ) AS found (entries)
)
SELECT live.id, chunk.id, live.title, chunk.heading, chunk.text, ranked.rank
FROM (
    SELECT hits.id, hits.entry_id, sum(hits.strength * weighed.weight) / (SELECT sum(weight) FROM weighed) AS rank
    FROM hits JOIN weighed USING (n) GROUP BY hits.id, hits.entry_id
) AS ranked
JOIN live ON live.id = ranked.entry_id
JOIN agents_knowledgechunk chunk ON chunk.id = ranked.id
WHERE ranked.rank >= %(threshold)s
ORDER BY ranked.rank DESC, (live.language = %(language)s) DESC, live.id, chunk.index
LIMIT %(limit)s
"""


def search(
    question: str, *, language: str = "", on: dt.date, limit: int = 3, vector: Vector | None = None
) -> list[Passage]:
    """`language`: of the question ("en"), "" when not known; `on`: the business's today; `vector`: of the (redacted)
    question, where an embedding server is set up: then what is alike is found too, and both orders are merged."""
    by_words = _by_words(question, language, on, limit * 2 if vector else limit)
    if vector is None or not vectors.is_ready():
        return by_words[:limit]
    return _merged(by_words, vectors.nearest(vector, on=on, limit=limit * 2))[:limit]


def _merged(by_words: list[Passage], alike: list[tuple[int, float]]) -> list[Passage]:
    """Reciprocal rank fusion; what only one of the two has found keeps its own measure as rank."""
    likeness = dict(alike)
    known = {each.chunk_id: each for each in by_words}
    rows = KnowledgeChunk.objects.filter(pk__in=likeness.keys() - known.keys()).select_related("entry")
    for each in rows:
        known[each.pk] = Passage(
            entry_id=each.entry_id,
            chunk_id=each.pk,
            title=each.entry.title,
            heading=each.heading,
            text=each.text,
            rank=round(likeness[each.pk], 3),
        )
    score: dict[int, float] = dict.fromkeys(known, 0.0)
    for order in ([each.chunk_id for each in by_words], [chunk for chunk, _ in alike]):
        for place, chunk in enumerate(order):
            if chunk in score:
                score[chunk] += 1 / (FUSION + place)
    return sorted(known.values(), key=lambda each: -score[each.chunk_id])


def _by_words(question: str, language: str, on: dt.date, limit: int) -> list[Passage]:
    words = telling_words(question, language)
    if not words:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_SEARCH, _parameters(words) | {"on": on, "language": language, "limit": limit})
        return [
            Passage(entry_id=entry, chunk_id=chunk, title=title, heading=heading, text=text, rank=round(rank, 3))
            for entry, chunk, title, heading, text, rank in cursor.fetchall()
        ]


def _parameters(words: list[str]) -> dict[str, Any]:
    """Each word in each dictionary, and what it is about in none."""
    asked: list[tuple[int, float, str, str, str]] = []
    for n, word in enumerate(words, start=1):
        plain = f"'{word}'"
        beginning = f"{plain}:*" if len(word) >= PREFIX else plain
        asked += [(n, 1.0, dictionary, plain, beginning) for dictionary in (*DICTIONARIES.values(), "simple")]
        if about := concept_of(word):
            asked.append((n, ABOUT, "simple", about, about))
    columns = list(zip(*asked, strict=True))
    names = ("n", "worth", "dictionaries", "words", "beginnings")
    return {name: list(column) for name, column in zip(names, columns, strict=True)} | {
        "by_language": _BY_LANGUAGE,
        "beginning": BEGINNING,
        "weights": [weight_of(word) for word in words],
        "threshold": THRESHOLD,
    }
