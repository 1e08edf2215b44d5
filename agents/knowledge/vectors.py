"""Vectors of the parts of entries, in a table that exists only where `manage.py embeddings` has made it (pgvector)."""

import datetime as dt
import json
from collections.abc import Callable

from django.conf import settings
from django.db import connection, transaction

from agents.knowledge.embedding import MOST_AT_ONCE, Vector, embed
from agents.models import KnowledgeChunk

FILLING_SECONDS = 60.0

_TABLE = """
CREATE TABLE IF NOT EXISTS agents_knowledgevector (
    chunk_id bigint PRIMARY KEY REFERENCES agents_knowledgechunk (id) ON DELETE CASCADE,
    model text NOT NULL,
    vector public.vector({size}) NOT NULL
)
"""
_NEAREST = """
SELECT chunk.id, 1 - (known.vector <=> %(vector)s::vector) AS similarity
FROM agents_knowledgevector known
JOIN agents_knowledgechunk chunk ON chunk.id = known.chunk_id
JOIN agents_knowledgeentry entry ON entry.id = chunk.entry_id
WHERE known.model = %(model)s AND entry.removed_at IS NULL
      AND (entry.valid_from IS NULL OR entry.valid_from <= %(on)s)
      AND (entry.valid_until IS NULL OR entry.valid_until >= %(on)s)
      AND known.vector <=> %(vector)s::vector <= %(distance)s
ORDER BY known.vector <=> %(vector)s::vector
LIMIT %(limit)s
"""

_WITHOUT = """
SELECT chunk.id FROM agents_knowledgechunk chunk
LEFT JOIN agents_knowledgevector known ON known.chunk_id = chunk.id AND known.model = %s
WHERE known.chunk_id IS NULL ORDER BY chunk.id LIMIT %s
"""


def make_ready() -> None:
    """The extension (by a role that may create it) and the current business's table; anew when the size changed."""
    size = int(settings.EMBEDDINGS_SIZE)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS vector SCHEMA public")
        cursor.execute(_TABLE.format(size=size))
        cursor.execute(
            "SELECT atttypmod FROM pg_attribute WHERE attrelid = 'agents_knowledgevector'::regclass"
            " AND attname = 'vector'"
        )
        if cursor.fetchone()[0] != size:
            cursor.execute("DROP TABLE agents_knowledgevector")
            cursor.execute(_TABLE.format(size=size))


def is_ready() -> bool:
    """Whether this business has the table; a table of another schema does not count."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM pg_tables WHERE schemaname = current_schema()"
            " AND tablename = 'agents_knowledgevector')"
        )
        return bool(cursor.fetchone()[0])


def fill(renew: Callable[[], None] = lambda: None) -> int:
    """Give a vector to each part that has none of the current model; how many. The server is asked outside of
    transactions, each time after `renew`; a part that was cut anew meanwhile is passed over."""
    done = 0
    for each in iter(_without, []):
        renew()
        vectors = embed([_said(chunk) for chunk in each], seconds=FILLING_SECONDS)
        with transaction.atomic(), connection.cursor() as cursor:
            for chunk, vector in zip(each, vectors, strict=True):
                cursor.execute(
                    "INSERT INTO agents_knowledgevector (chunk_id, model, vector)"
                    " SELECT id, %s, %s::vector FROM agents_knowledgechunk WHERE id = %s FOR KEY SHARE"
                    " ON CONFLICT (chunk_id) DO UPDATE SET model = excluded.model, vector = excluded.vector",
                    [settings.EMBEDDINGS_MODEL, json.dumps(vector), chunk.pk],
                )
        done += len(each)
    return done


def nearest(vector: Vector, *, on: dt.date, limit: int) -> list[tuple[int, float]]:
    """(chunk id, likeness) of the parts most alike, best first; those below EMBEDDINGS_THRESHOLD are none."""
    distance = 1 - settings.EMBEDDINGS_THRESHOLD
    given = {"vector": json.dumps(vector), "model": settings.EMBEDDINGS_MODEL, "on": on}
    with connection.cursor() as cursor:
        cursor.execute(_NEAREST, given | {"distance": distance, "limit": limit})
        return [(chunk, float(similarity)) for chunk, similarity in cursor.fetchall()]


def _without() -> list[KnowledgeChunk]:
    with connection.cursor() as cursor:
        cursor.execute(_WITHOUT, [settings.EMBEDDINGS_MODEL, MOST_AT_ONCE])
        ids = [row[0] for row in cursor.fetchall()]
    return list(KnowledgeChunk.objects.filter(pk__in=ids).select_related("entry"))


def _said(chunk: KnowledgeChunk) -> str:
    return f"{chunk.entry.title}\n{chunk.heading}\n{chunk.text}".replace("\n\n", "\n")
