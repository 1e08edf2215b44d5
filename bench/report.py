"""The table on the terminal and the same as JSON."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

from bench.measure import Row

HEAD = ("what", "p50 ms", "p95 ms", "CPU ms", "target", "")
VERDICT = {True: "met", False: "NOT MET", None: ""}


def table(rows: Sequence[Row]) -> str:
    lines = [HEAD, *(_cells(row) for row in rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(HEAD))]
    return "\n".join("  ".join(_padded(line, widths)).rstrip() for line in lines)


def write_json(rows: Iterable[Row], path: Path) -> None:
    path.write_text(json.dumps([asdict(row) for row in rows], indent=2) + "\n", encoding="utf-8")


def _cells(row: Row) -> tuple[str, ...]:
    what = f"{row.what} ({row.note})" if row.note else row.what
    return (what, _ms(row.p50), _ms(row.p95), _ms(row.cpu), row.target, VERDICT[row.met])


def _padded(cells: Sequence[str], widths: Sequence[int]) -> Iterable[str]:
    for place, (cell, width) in enumerate(zip(cells, widths, strict=True)):
        yield cell.rjust(width) if 1 <= place <= 3 else cell.ljust(width)


def _ms(value: float | None) -> str:
    return "" if value is None else f"{value:,.2f}" if value < 10 else f"{value:,.1f}"
