"""One at a time, in all processes: an advisory lock that outlives the connection on which the work is done."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections


@contextmanager
def exclusive(purpose: str, number: int = 0) -> Iterator[None]:
    """Wait for whoever holds the same purpose and number, then hold it for the block.

    On a connection of its own: running a schema's migrations closes the usual one, which would let go of the lock.
    """
    holder = connections.create_connection("default")
    try:
        with holder.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(hashtext(%s), %s)", [purpose, number])
        yield
    finally:
        holder.close()
