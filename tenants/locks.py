"""Who goes first: one at a time in all processes, and whoever locks much steps back."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, connections, transaction

IN_THE_WAY = ("40P01", "55P03")  # deadlock detected, lock not available in time
PATIENCE = "400ms"  # less than Postgres waits before it looks for a deadlock's victim
TRIES = 60


@contextmanager
def exclusive(purpose: str, number: int = 0) -> Iterator[None]:
    """Wait for whoever holds the same purpose and number, then hold it for the block: an advisory lock.

    On a connection of its own: running a schema's migrations closes the usual one, which would let go of the lock.
    """
    holder = connections.create_connection("default")
    try:
        with holder.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(hashtext(%s), %s)", [purpose, number])
        yield
    finally:
        holder.close()


def give_way(act: Callable[[], None]) -> None:
    """Do `act` in a transaction of its own that is rolled back and done again whenever somebody is in its way.

    For what locks many tables beside people at work, in an order that is not theirs: of two that wait for each other
    this one steps back, so that the other loses nothing. Raises OperationalError after half a minute of it.
    """
    for tried in range(1, TRIES + 1):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}'")
                act()
            return
        except OperationalError as error:
            if tried == TRIES or getattr(error.__cause__, "sqlstate", None) not in IN_THE_WAY:
                raise
        time.sleep(0.1)
