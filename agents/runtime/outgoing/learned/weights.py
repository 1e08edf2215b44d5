"""The learned opinion: how likely a sentence makes each kind of claim."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from agents.runtime.outgoing.learned.features import SIZE

KINDS = ("none", "booked", "held", "moved", "cancelled", "waiting", "undone", "done", "beyond")
"""What a sentence claims. "none": nothing was done by it; "beyond": what no skill of ours can do (money, papers)."""
SCALE = 32.0  # a weight of 1 is stored as 32
LENGTH = 10.0  # of a sentence's features, all together
FILE = Path(__file__).parent / "weights.bin"  # SIZE rows of a signed byte for each kind, then one row of intercepts


def likelihoods(places: Sequence[int]) -> Mapping[str, float]:
    table = _table()
    summed = table[list(places)].sum(axis=0, dtype=np.float64) * (LENGTH / max(len(places), 1) ** 0.5)
    raw = (summed + table[SIZE]) / SCALE
    powers = np.exp(raw - raw.max())
    return dict(zip(KINDS, (powers / powers.sum()).tolist(), strict=True))


@lru_cache(maxsize=1)
def _table() -> npt.NDArray[np.int8]:
    return np.frombuffer(FILE.read_bytes(), dtype=np.int8).reshape(SIZE + 1, len(KINDS))
