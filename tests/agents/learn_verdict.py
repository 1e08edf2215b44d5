"""Learn the last look at a whole reply (agents/runtime/outgoing/last_look) from the labelled replies of `claims`.

    python manage.py shell -c "from tests.agents.learn_verdict import learn; learn()"

Run it after those replies changed, or the examples of sentences (after `manage.py learn_claims`). It stands with the
tests as the replies and their businesses do.
"""

from collections.abc import Collection, Iterator
from itertools import islice

from agents.runtime.outgoing.facts import Ground
from agents.runtime.outgoing.learned.judging import Judged, judge, rounded
from agents.runtime.outgoing.learned.replies import features_of
from agents.runtime.outgoing.learned.verdict import FILE, places_of
from tests.agents.claims_said import said

TAUGHT = (
    *("en", "de", "es", "fr", "pt", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"),
    *("tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth"),
    "eighteenth",
)
STRANGERS = (
    *("nineteenth", "twentieth", "twenty_first", "twenty_second", "twenty_third"),
    *("twenty_fourth", "twenty_fifth", "twenty_sixth", "twenty_seventh", "twenty_eighth", "twenty_ninth"),
)
OF_A_STRANGER = 3.0  # how much a reply counts whose set was read by nobody before the check was


def judged(sets: Collection[str], every: int = 1) -> Iterator[Judged]:
    """Of each reply, or of one in so many: the places of its features, whether it is a lie, how much it counts."""
    for name in sets:
        counts = OF_A_STRANGER if name in STRANGERS else 1.0
        for kind in ("lies", "truths"):
            for each in islice(said(f"{kind}_{name}"), 0, None, every):
                features = features_of(each.text, Ground(each.committed, each.heard))
                yield places_of(features), kind == "lies", counts


def learn() -> None:
    replies = list(judged((*TAUGHT, *STRANGERS)))
    FILE.write_bytes(rounded(judge(replies)))
    print(f"Learned from {len(replies)} replies: {FILE}")
