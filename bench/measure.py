"""Timing: samples in rounds, and how often the database was asked."""

import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

ROUNDS = 3


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of the report. Times are milliseconds; `met` is None where there is no target."""

    what: str
    p50: float | None = None
    p95: float | None = None
    p99: float | None = None
    cpu: float | None = None
    target: str = ""
    met: bool | None = None
    note: str = ""


@dataclass(kw_only=True)
class Sample:
    """Milliseconds of some acts of one kind."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def at(self, percent: float) -> float:
        ordered = sorted(self.wall)
        return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]

    @contextmanager
    def one(self) -> Iterator[None]:
        """Time one act of this thread. CPU is Python's side; what PostgreSQL spends is in the wall time only."""
        wall, cpu = time.perf_counter(), time.thread_time()
        yield
        self.cpu.append((time.thread_time() - cpu) * 1000)
        self.wall.append((time.perf_counter() - wall) * 1000)


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Medians over the rounds; of each round's own p50, p95, p99 and mean CPU."""

    p50: float
    p95: float
    p99: float
    cpu: float | None  # None when the acts ran in other threads


def sample(act: Callable[[], object], times: int) -> Sample:
    taken = Sample()
    for _ in range(times):
        with taken.one():
            act()
    return taken


def in_rounds(round_: Callable[[], Sample]) -> Figures:
    """The figures of three rounds."""
    return figures([round_() for _ in range(ROUNDS)])


def figures(samples: Iterable[Sample]) -> Figures:
    taken = [each for each in samples if each.wall]
    return Figures(
        p50=statistics.median(each.at(50) for each in taken),
        p95=statistics.median(each.at(95) for each in taken),
        p99=statistics.median(each.at(99) for each in taken),
        cpu=statistics.median(statistics.fmean(each.cpu) for each in taken) if taken[0].cpu else None,
    )


def row(what: str, found: Figures, *, target: str = "", met: bool | None = None, note: str = "") -> Row:
    return Row(
        what=what,
        p50=found.p50,
        p95=found.p95,
        p99=found.p99,
        cpu=found.cpu,
        target=target,
        met=met,
        note=note,
    )


def queries(act: Callable[[], object]) -> int:
    """How many statements the product sent on this thread's connection."""
    from django.db import connection

    asked: list[str] = []

    def note(execute, sql, params, many, context):
        asked.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        act()
    return len(asked)


def round_trips(act: Callable[[], object]) -> int:
    """How often this thread's database connection waited for the server: counted in libpq's own protocol trace,
    because Django's query log leaves out BEGIN, COMMIT and SET search_path."""
    from django.db import connection

    connection.ensure_connection()
    server = connection.connection.pgconn
    with tempfile.TemporaryFile("w+b") as protocol:
        server.trace(protocol.fileno())
        try:
            act()
        finally:
            server.untrace()
        protocol.seek(0)
        return sum(b"\tReadyForQuery" in line for line in protocol)
