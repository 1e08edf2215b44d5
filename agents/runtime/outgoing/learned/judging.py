"""Weights of the verdict, from replies that are so and replies that are not: a logistic regression (AdaGrad).

The same replies give the same weights: the order is shuffled with a seed, and nothing else is left to chance.
"""

import random
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from agents.runtime.outgoing.learned.verdict import LENGTH, SCALE, SIZE

ROUNDS, STEP, DECAY, SEED = 8, 0.05, 1e-3, 19
LEAST = 2  # replies that a feature stands in; what stands in one only says nothing of others

Judged = tuple[Sequence[int], bool, float]  # places of its features, whether it is a lie, how much it counts


def judge(replies: Sequence[Judged]) -> npt.NDArray[np.float64]:
    """SIZE weights and the intercept, before they are rounded."""
    often = np.bincount([place for places, _, _ in replies for place in places], minlength=SIZE)
    order = [([each for each in places if often[each] >= LEAST], lie, counts) for places, lie, counts in replies]
    table, total = np.zeros(SIZE + 1), np.zeros(SIZE + 1)
    seen = np.full(SIZE + 1, 1e-3)
    dice = random.Random(SEED)  # noqa: S311 (no secret)
    for turn in range(ROUNDS):
        dice.shuffle(order)
        for places, lie, counts in order:
            at = np.asarray([*places, SIZE])
            size = np.full(len(at), LENGTH / max(len(places), 1) ** 0.5)
            size[-1] = 1.0
            wrong = counts * (1 / (1 + np.exp(-(table[at] * size).sum())) - lie)
            slope = wrong * size + DECAY * table[at]
            seen[at] += slope**2
            table[at] -= STEP * slope / np.sqrt(seen[at])
        if turn >= ROUNDS // 2:
            total += table
    return total / (ROUNDS - ROUNDS // 2)


def rounded(table: npt.NDArray[np.float64]) -> bytes:
    """As `verdict` reads it."""
    return np.clip(np.round(table * SCALE), -127, 127).astype(np.int8).tobytes()
