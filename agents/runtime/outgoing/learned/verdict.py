"""The learned verdict on a whole reply: how surely it is untrue in its state."""

import zlib
from array import array
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

SIZE = 1 << 16  # places of the table of weights
SCALE = 100.0  # a weight of 1 is stored as 100
LENGTH = 10.0  # of a reply's features, all together
FILE = Path(__file__).parent / "verdict.bin"  # SIZE signed bytes, then the intercept


def places_of(features: Iterable[str]) -> list[int]:
    """Places in the table, each once."""
    return sorted({zlib.crc32(each.encode()) % SIZE for each in features})


def verdict(features: Iterable[str]) -> float:
    """The logarithm of the odds that the reply is untrue: above 0 it rather is, below 0 it rather is not."""
    return verdict_at(places_of(features))


def verdict_at(places: Sequence[int]) -> float:
    table = _table()
    return (sum(table[each] for each in places) * LENGTH / max(len(places), 1) ** 0.5 + table[SIZE]) / SCALE


@lru_cache(maxsize=1)
def _table() -> "array[int]":
    return array("b", FILE.read_bytes())
