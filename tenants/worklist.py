"""The work list: what is due in any business, claimed under a lease with a fencing number.

`call_for` writes the row in the caller's transaction and rings Celery after commit; a lost ring is mended by
the sweeper (`ring_due`). A worker that `claim`s gets a `Lease`; whatever it commits is guarded by
`Lease.hold` in the same transaction, so a worker that woke up too late changes nothing.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from tenants import bell
from tenants.postgres.prepared import Prepared
from tenants.statements import Question, later, row, rows

LEASE = dt.timedelta(seconds=settings.LEASE_SECONDS)
MAX_ATTEMPTS = 3
LOCKED = "FROM public.tenants_workitem WHERE id = %s AND fence = %s FOR NO KEY UPDATE"
FINISH = Prepared("""
WITH done AS (DELETE FROM public.tenants_workitem WHERE id = %(id)s AND fence = %(fence)s AND version = %(version)s
              RETURNING 1)
UPDATE public.tenants_workitem SET leased_until = NULL, attempts = 0, created_at = clock_timestamp()
 WHERE id = %(id)s AND fence = %(fence)s AND NOT EXISTS (SELECT FROM done) RETURNING 1""")
CALL = Prepared("""
INSERT INTO public.tenants_workitem AS item
       (business_id, kind, object_id, due_at, version, fence, attempts, created_at)
VALUES (%s, %s, %s, clock_timestamp() + %s, 1, 0, 0, clock_timestamp())
    ON CONFLICT (business_id, kind, object_id) DO UPDATE
   SET due_at = LEAST(EXCLUDED.due_at, item.created_at + %s),
       version = item.version + 1, parked_at = NULL,
       attempts = CASE WHEN item.parked_at IS NULL THEN item.attempts ELSE 0 END""")
CALL_AT_ONCE = """
INSERT INTO public.tenants_workitem AS item
       (business_id, kind, object_id, due_at, version, fence, attempts, created_at)
SELECT called.*, clock_timestamp(), 1, 0, 0, clock_timestamp() FROM ({}) AS called
    ON CONFLICT (business_id, kind, object_id) DO UPDATE
   SET due_at = EXCLUDED.due_at, version = item.version + 1, parked_at = NULL,
       attempts = CASE WHEN item.parked_at IS NULL THEN item.attempts ELSE 0 END"""
CLAIM = Prepared("""
UPDATE public.tenants_workitem
   SET fence = fence + 1, attempts = attempts + 1, leased_until = clock_timestamp() + %s
 WHERE business_id = %s AND kind = %s AND object_id = %s AND parked_at IS NULL
   AND (due_at <= clock_timestamp() OR %s)
   AND (leased_until IS NULL OR leased_until < clock_timestamp())
RETURNING id, fence, version, attempts""")


class LeaseLost(Exception):
    """Another worker has claimed this work since: stop, and leave everything as it is."""


@dataclass(frozen=True, kw_only=True)
class Lease:
    """The right to do one piece of work until somebody else claims it."""

    item_id: int
    business_id: int
    kind: str
    object_id: int
    fence: int
    version: int
    attempts: int

    def hold(self, still: str = "TRUE", values: Sequence[Any] = ()) -> bool:
        """Inside the caller's transaction: lock the row and prove that the lease is still ours.

        `still`: a condition in SQL to be asked in the same round trip; its answer is returned.
        """
        return bool(self.ask(still, values))

    def ask(self, question: str, values: Sequence[Any] = ()) -> Any:
        """`hold`, answered by the value of any expression in SQL."""
        return self.proven(rows(*self.asking(question, values)))

    def asking(self, question: str = "TRUE", values: Sequence[Any] = ()) -> Question:
        """What `ask` asks, for whoever asks more in the same round trip; `proven` takes the answer."""
        assert connection.in_atomic_block, "hold() guards a transaction"
        return (
            Prepared(f"SELECT {question} {LOCKED}"),
            [*values, self.item_id, self.fence],
        )

    def proven(self, answer: Sequence[tuple[Any, ...]]) -> Any:
        if not answer:
            raise LeaseLost(f"{self.kind} {self.object_id}")
        return answer[0][0]

    def renew(self, lease: dt.timedelta = LEASE) -> None:
        if not row(
            """UPDATE public.tenants_workitem SET leased_until = clock_timestamp() + %s
                WHERE id = %s AND fence = %s RETURNING 1""",
            [lease, self.item_id, self.fence],
        ):
            raise LeaseLost(f"{self.kind} {self.object_id}")

    def finish(self) -> None:
        """The work is done: forget it, unless it was called for again meanwhile (then it is rung at once)."""
        if row(
            "DELETE FROM public.tenants_workitem WHERE id = %s AND fence = %s AND version = %s RETURNING 1",
            [self.item_id, self.fence, self.version],
        ):
            return
        if not row(
            """UPDATE public.tenants_workitem
                  SET leased_until = NULL, attempts = 0, created_at = clock_timestamp()
                WHERE id = %s AND fence = %s RETURNING 1""",
            [self.item_id, self.fence],
        ):
            raise LeaseLost(f"{self.kind} {self.object_id}")
        ring(self.business_id, self.kind, self.object_id)

    def finish_held(self) -> None:
        """`finish` in a transaction that has proven the lease by `hold`: nobody can have claimed it since, so there is
        no answer to wait for."""
        assert connection.in_atomic_block, "hold() guards a transaction"
        again: list[Any] = []
        later(*self.finishing(), then=again.extend)
        transaction.on_commit(lambda: bell.send(self.kind, self.business_id, self.object_id) if again else None)

    def finishing(self) -> Question:
        """What `finish_held` says, for a message that proves the lease itself: it does nothing without it. Whoever gets
        a row has to `ring`: the work was called for again."""
        return FINISH, {"id": self.item_id, "fence": self.fence, "version": self.version}

    def retry_in(self, wait: dt.timedelta, *, forgive: bool = False) -> None:
        """Give the work back, due again after `wait`; `forgive` does not count the attempt."""
        row(
            """UPDATE public.tenants_workitem SET leased_until = NULL, due_at = clock_timestamp() + %s,
                      attempts = CASE WHEN %s THEN 0 ELSE attempts END
               WHERE id = %s AND fence = %s RETURNING 1""",
            [wait, forgive, self.item_id, self.fence],
        )
        ring(self.business_id, self.kind, self.object_id, wait=wait)

    def park(self) -> None:
        """Poison: keep the row for a person to see; not rung for again until it is called for anew."""
        row(
            """UPDATE public.tenants_workitem SET leased_until = NULL, parked_at = clock_timestamp()
               WHERE id = %s AND fence = %s RETURNING 1""",
            [self.item_id, self.fence],
        )

    @property
    def exhausted(self) -> bool:
        return self.attempts > MAX_ATTEMPTS


def call_for(
    business_id: int,
    kind: str,
    object_id: int,
    *,
    wait: dt.timedelta = dt.timedelta(0),
    at_most: dt.timedelta | None = None,
) -> None:
    """Ask for work within the caller's transaction, due after `wait`.

    Asked again before it ran, the due time moves on (a burst of messages), but never beyond `at_most` after
    the first asking.
    """
    later(
        CALL,
        [business_id, kind, object_id, wait, at_most if at_most is not None else dt.timedelta(days=36500)],
    )
    ring(business_id, kind, object_id, wait=wait)


def call_for_each(business_id: int, kind: str, waits: Mapping[int, dt.timedelta]) -> None:
    """`call_for` of many things at once, in one statement. `waits`: object id → until it is due."""
    if not waits:
        return
    later(
        """INSERT INTO public.tenants_workitem AS item
                  (business_id, kind, object_id, due_at, version, fence, attempts, created_at)
           SELECT %s, %s, wanted.object_id, clock_timestamp() + wanted.wait, 1, 0, 0, clock_timestamp()
             FROM unnest(%s::bigint[], %s::interval[]) AS wanted (object_id, wait)
           ON CONFLICT (business_id, kind, object_id) DO UPDATE
              SET due_at = EXCLUDED.due_at, version = item.version + 1, parked_at = NULL,
                  attempts = CASE WHEN item.parked_at IS NULL THEN item.attempts ELSE 0 END""",
        [business_id, kind, list(waits), list(waits.values())],
    )
    for object_id, wait in waits.items():
        ring(business_id, kind, object_id, wait=wait)


def claim(
    business_id: int, kind: str, object_id: int, *, lease: dt.timedelta = LEASE, early: bool = False
) -> Lease | None:
    """Take the work if it is due (or `early`), not parked and not leased."""
    found = row(*claiming(business_id, kind, object_id, lease=lease, early=early))
    if found is None:
        return None
    return Lease(
        item_id=found[0],
        business_id=business_id,
        kind=kind,
        object_id=object_id,
        fence=found[1],
        version=found[2],
        attempts=found[3],
    )


def claiming(
    business_id: int, kind: str, object_id: int, *, lease: dt.timedelta = LEASE, early: bool = False
) -> Question:
    """What `claim` asks, for whoever asks more in the same round trip."""
    return CLAIM, [lease, business_id, kind, object_id, early]


def seconds_until_due(business_id: int, kind: str, object_id: int) -> float | None:
    """How long until this work may be claimed; None when there is nothing to claim."""
    found = row(
        """SELECT EXTRACT(EPOCH FROM GREATEST(due_at, COALESCE(leased_until, due_at)) - clock_timestamp())
             FROM public.tenants_workitem
            WHERE business_id = %s AND kind = %s AND object_id = %s AND parked_at IS NULL""",
        [business_id, kind, object_id],
    )
    return None if found is None else float(found[0])


def ring(business_id: int, kind: str, object_id: int, *, wait: dt.timedelta = dt.timedelta(0)) -> None:
    """Ring Celery after commit; at worst the sweeper does it some seconds later."""

    if wait <= dt.timedelta(seconds=55):
        transaction.on_commit(lambda: bell.send(kind, business_id, object_id, seconds=wait.total_seconds()))


def ring_due(limit: int = 500) -> int:
    """Ring for what is due and not being worked on; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT item.business_id, item.kind, item.object_id
                 FROM public.tenants_workitem item
                 JOIN public.tenants_business business
                   ON business.id = item.business_id AND business.fenced_at IS NULL
                WHERE item.parked_at IS NULL AND item.due_at <= clock_timestamp()
                  AND (item.leased_until IS NULL OR item.leased_until < clock_timestamp())
                ORDER BY item.due_at LIMIT %s""",
            [limit],
        )
        due = cursor.fetchall()
    for business_id, kind, object_id in due:
        ring(business_id, kind, object_id)
    return len(due)
