"""Texts as vectors, by whatever server EMBEDDINGS_URL names that speaks `POST /embeddings` as OpenAI's does.

It is optional: without it the search goes by words alone. A question is redacted before it is sent. Entries are sent as
the business wrote them, so the server is to be the operator's own, or one that may read them.
"""

import json
import urllib.request
from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock

import structlog
from django.conf import settings

log = structlog.get_logger(__name__)
SECONDS = 3.0  # a question waits no longer; the search by words goes on without it
MOST_AT_ONCE = 64
REMEMBERED = 256
Vector = list[float]

_known: OrderedDict[str, Vector] = OrderedDict()
_lock = Lock()


class EmbeddingFailed(Exception):
    """The server is away, slow, or answers something else."""


def configured() -> bool:
    return bool(settings.EMBEDDINGS_URL)


def embed(texts: Sequence[str], *, seconds: float = SECONDS) -> list[Vector]:
    """One vector for each text, in order. Call it outside of transactions; raises EmbeddingFailed."""
    body = json.dumps({"model": settings.EMBEDDINGS_MODEL, "input": list(texts)}).encode()
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {settings.EMBEDDINGS_KEY}"}
    request = urllib.request.Request(  # noqa: S310 (the operator's own address)
        f"{settings.EMBEDDINGS_URL}/embeddings", data=body, headers=headers
    )
    try:
        with urllib.request.urlopen(request, timeout=seconds) as answer:  # noqa: S310
            rows = sorted(json.load(answer)["data"], key=lambda row: int(row["index"]))
            vectors = [[float(number) for number in row["embedding"]] for row in rows]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EmbeddingFailed(type(error).__name__) from error
    if len(vectors) != len(texts) or any(len(each) != settings.EMBEDDINGS_SIZE for each in vectors):
        raise EmbeddingFailed("the answer has another shape than EMBEDDINGS_SIZE")
    return vectors


def think_of(question: str) -> Vector | None:
    """The vector of a redacted question, remembered; None when there is no server or it fails."""
    if not configured() or not question.strip():
        return None
    known = known_of(question)
    if known is not None:
        return known
    try:
        vector = embed([question])[0]
    except EmbeddingFailed as error:
        log.warning("embedding.failed", why=str(error))
        return None
    with _lock:
        _known[question] = vector
        while len(_known) > REMEMBERED:
            _known.popitem(last=False)
    return vector


def known_of(question: str) -> Vector | None:
    """As `think_of`, of what was thought of before: no network, so it may be called within a transaction."""
    with _lock:
        return _known.get(question)
