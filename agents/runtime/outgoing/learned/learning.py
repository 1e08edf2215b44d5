"""Weights from examples: a softmax regression, its steps scaled by what each place has seen (AdaGrad).

The same examples give the same weights: the order is shuffled with a seed, and nothing else is left to chance.
"""

import datetime as dt
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from agents.runtime.outgoing.learned.features import SIZE, features
from agents.runtime.outgoing.learned.weights import KINDS, LENGTH, SCALE
from agents.runtime.outgoing.opinion import signs
from agents.runtime.outgoing.said import read
from agents.runtime.outgoing.sentences import sentences

EXAMPLES = Path(__file__).parent / "examples"
NAMES = Path(__file__).parent / "names.txt"  # words (folded) of the names of those who are named in the examples
STAFF = "ada silva ben weber mia brandt jonas keller maria lopes"  # who stand for the house's own people
ROUNDS, STEP, DECAY = 8, 0.06, 3e-4

SEED = 19
SAMPLES = range(16)
OF_A_PATTERN = 0.3
SEEN, OF_SEEN = "seen_replies", 0.25  # the tables were mended for them: what they say of them teaches nothing
_CHOICE = re.compile(r"\{([^}]*)\}")
NOW = dt.datetime(2026, 11, 23, 8)  # noqa: DTZ001 (on the business's own clock, as all moments here)

Row = tuple[str, list[int], float]  # kind, places of its features, how much it counts


def examples() -> Iterator[tuple[str, str, float]]:
    """Kind, sentence and how much it counts; of a pattern ("{I|We} booked {it|that}") SAMPLES of what it stands for."""
    dice = random.Random(SEED)  # noqa: S311 (no secret)
    for path in sorted(EXAMPLES.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            kind, _, text = line.partition("|")
            if "{" not in text:
                yield kind, text, OF_SEEN if path.stem == SEEN else 1.0
                continue
            for sample in sorted({_CHOICE.sub(lambda match: dice.choice(match[1].split("|")), text) for _ in SAMPLES}):
                yield kind, " ".join(sample.split()), OF_A_PATTERN


def rows() -> Iterator[Row]:
    for kind, text, counts in examples():
        found = list(places_of(text, told=counts != OF_SEEN))
        if kind == "none" or len(found) == 1:  # which of several sentences claims it, nobody said
            yield from ((kind, places, counts) for places in found)


def places_of(text: str, *, told: bool = True) -> Iterator[list[int]]:
    """Of each sentence of a text, without knowing any business. `told`: with what the tables say of it."""
    things = re.compile(rf"(?<!\w)(?:{'|'.join(STAFF.split())})(?!\w)")
    for sentence in sentences(text):
        _, said = read(sentence, text, NOW)
        yield features(sentence.low, _names(), signs(sentence, said, things, ()) if told else ())


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    return frozenset(NAMES.read_text(encoding="utf-8").split())


def without_rare(found: Sequence[Row], least: int = 2) -> list[Row]:
    """What stands in one example only says nothing of others."""
    seen = Counter(place for _, places, _ in found for place in places)
    return [(kind, [each for each in places if seen[each] >= least], counts) for kind, places, counts in found]


def learn(found: Sequence[Row]) -> npt.NDArray[np.int8]:
    """The table that `weights` reads."""
    table = np.zeros((SIZE + 1, len(KINDS)))
    seen = np.full_like(table, 1e-3)
    order, dice = list(found), random.Random(SEED)  # noqa: S311 (no secret)
    total = np.zeros_like(table)
    for turn in range(ROUNDS):
        dice.shuffle(order)
        for kind, places, weight in order:
            at = np.asarray([*places, SIZE])
            size = np.full((len(at), 1), LENGTH / max(len(places), 1) ** 0.5)
            size[-1] = 1.0
            raw = (table[at] * size).sum(axis=0)
            powers = np.exp(raw - raw.max())
            wrong = powers / powers.sum()
            wrong[KINDS.index(kind)] -= 1.0
            slope = weight * size * wrong + DECAY * table[at]
            seen[at] += slope**2
            table[at] -= STEP * slope / np.sqrt(seen[at])
        if turn >= ROUNDS // 2:
            total += table
    return np.clip(np.round(total / (ROUNDS - ROUNDS // 2) * SCALE), -127, 127).astype(np.int8)
