"""The learned opinion: how likely a sentence makes each kind of claim."""

from array import array
from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import exp
from operator import itemgetter
from pathlib import Path

from agents.runtime.outgoing.learned.features import SIZE

KINDS = ("none", "booked", "held", "moved", "cancelled", "waiting", "undone", "done", "beyond")
"""What a sentence claims. "none": nothing was done by it; "beyond": what no skill of ours can do (money, papers)."""
SCALE = 32.0  # a weight of 1 is stored as 32
LENGTH = 10.0  # of a sentence's features, all together
FILE = Path(__file__).parent / "weights.bin"  # SIZE rows of a signed byte for each kind, then one row of intercepts


def likelihoods(places: Sequence[int]) -> Mapping[str, float]:
    pick = itemgetter(*places, SIZE)  # the row of SIZE holds the intercepts
    evened = LENGTH / max(len(places), 1) ** 0.5
    raw = []
    for column in _columns():
        *weights, intercept = pick(column)
        raw.append((sum(weights) * evened + intercept) / SCALE)
    powers = [exp(each - max(raw)) for each in raw]
    return {kind: power / sum(powers) for kind, power in zip(KINDS, powers, strict=True)}


@lru_cache(maxsize=1)
def _columns() -> "tuple[array[int], ...]":
    table = array("b", FILE.read_bytes())
    return tuple(table[place :: len(KINDS)] for place in range(len(KINDS)))
