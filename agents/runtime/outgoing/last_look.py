"""The last look at what only soft nets stopped: the whole reply in its state, judged by what replies were taught.

The nets each see a sentence and one thing. What they stopped by its words may be so after all, where all that the reply
names is borne out and the whole sounds true. What contradicts the diary or the house stays stopped, however true it
sounds; what no net stopped is not looked at again.
"""

from collections.abc import Sequence

from agents.runtime.outgoing.agreement import NOTHING_BEARS_IT_OUT
from agents.runtime.outgoing.facts import Ground
from agents.runtime.outgoing.learned.replies import features_of
from agents.runtime.outgoing.learned.verdict import verdict
from agents.runtime.outgoing.times import Fault

SOFT = frozenset({"examples", "explained", "acts", "times", "mentions"})  # nets that go by words
SURELY_SO = -2.5  # odds (their logarithm) that a reply is untrue, below which it is believed to be so
_A_BOOKING = frozenset({"booked", "moved", "cancelled", "undone"})  # never believed where nothing at all was done
_UNBORNE = frozenset(f"v:{each}" for each in NOTHING_BEARS_IT_OUT)


def is_so_after_all(text: str, found: Sequence[Fault], ground: Ground) -> bool:
    """`found`: what the nets say of it; `ground` is heard."""
    if not found or not {each.net for each in found} <= SOFT:
        return False
    if ground.nothing_done and any(each.net == "acts" and each.kind in _A_BOOKING for each in found):
        return False
    features = features_of(text, ground)
    return not _UNBORNE & set(features) and verdict(features) < SURELY_SO
