"""Vectors for entries as they are saved: work beside the page, where an embedding server is set up."""

import datetime as dt

import structlog
from django.db import connection

from agents.knowledge import embedding, vectors
from tenants import worklist
from tenants.models import Business
from tenants.worklist import Lease

log = structlog.get_logger(__name__)
EMBED = "agents.embed_knowledge"
LEASE = dt.timedelta(seconds=vectors.FILLING_SECONDS * 3)
A_MOMENT = dt.timedelta(seconds=2)  # several entries of one file are one piece of work
AT_MOST = dt.timedelta(seconds=30)
AGAIN = dt.timedelta(minutes=5)


def call_for_vectors() -> None:
    """Within the transaction that saves an entry of the current business."""
    business = getattr(connection, "tenant", None)
    if embedding.configured() and isinstance(business, Business):
        worklist.call_for(business.pk, EMBED, business.pk, wait=A_MOMENT, at_most=AT_MOST)


def fill(business: Business, _: int, lease: Lease) -> None:
    """Give a vector to whatever has none. Where the server fails it is tried again for as long as it takes: words
    alone are searched meanwhile. Without the table (`manage.py embeddings` makes it) there is nothing to fill."""
    if not embedding.configured() or not vectors.is_ready():
        return lease.finish()
    try:
        vectors.fill(lambda: lease.renew(LEASE))
    except embedding.EmbeddingFailed as error:
        log.warning("embedding.failed", business=business.pk, why=str(error))
        return lease.retry_in(AGAIN, forgive=True)
    return lease.finish()
