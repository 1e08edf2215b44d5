"""Many people at once, and a vendor at its worst: batches, some twice, some in the wrong order, some malformed.

STORM says how many conversations (the suite plays 100; `STORM=1000` is the whole proof, a minute or two).
"""

import os
import random
from typing import Any

import pytest

from conversations import turns
from conversations.models import Contact, Conversation, Message, UnreadEvent
from tenants import worklist
from tests.meta.conftest import change, new_id, payload, text

CONVERSATIONS = int(os.environ.get("STORM", "100"))
BATCH = 10
TWICE, WRONG_ORDER, MALFORMED = 0.05, 0.05, 0.02
SAID = ("Do you have a time next week?", "In the morning would be best")


def people(number: int) -> list[dict[str, Any]]:
    """Both messages of a conversation, in the order in which they were written."""
    phone = f"4479{number:08}"
    return [{**text(said, **{"from": phone}), "timestamp": str(1764200000 + place)} for place, said in enumerate(SAID)]


def deliveries(chance: random.Random) -> list[dict[str, Any]]:
    """What Meta posts: each message at least once."""
    told: list[dict[str, Any]] = []
    for number in range(CONVERSATIONS):
        both = people(number)
        told += reversed(both) if chance.random() < WRONG_ORDER else both
    batches = [told[start : start + BATCH] for start in range(0, len(told), BATCH)]
    posts = []
    for batch in batches:
        malformed = chance.random() < MALFORMED
        post = payload(change(name="", messages=[*batch, {"id": new_id()}] if malformed else batch))
        del post["entry"][0]["changes"][0]["value"]["contacts"]
        posts += [post] * (2 if chance.random() < TWICE else 1)
    return posts


@pytest.fixture
def answered(clinic: Any) -> Any:
    """The worker takes every turn that is due, and again whatever is rung for a second time."""

    def work() -> None:
        for pk in Conversation.objects.values_list("pk", flat=True):
            for _ in range(2):
                lease = worklist.claim(clinic.pk, turns.TURN, pk, early=True)
                if lease is not None:
                    turns.run_turn(clinic, pk, lease, provider="guided")

    return work


def test_each_of_a_thousand_is_answered_once_whatever_the_vendor_does(meta, clinic, answered):
    chance = random.Random(5)
    posts = deliveries(chance)
    assert {meta.post(post).status_code for post in posts} == {200}
    assert Contact.objects.count() == CONVERSATIONS
    assert Message.objects.filter(direction="in").count() == CONVERSATIONS * len(SAID)
    answered()
    assert {meta.post(post).status_code for post in posts[-20:]} == {200}, "told again after the answer"
    answered()
    wrote = Message.objects.filter(direction="out").values_list("conversation_id", "turn_id").distinct()
    saw = Message.objects.filter(direction="in").values_list("conversation_id", "answered_by").distinct()
    assert len(wrote) == CONVERSATIONS, "one turn each has written"
    assert sorted(saw) == sorted(wrote), "and has seen both messages"
    assert not Message.objects.filter(direction="in", answered_by__isnull=True).exists()
    assert UnreadEvent.objects.count() == len({str(post) for post in posts if _malformed(post)})


def _malformed(post: dict[str, Any]) -> bool:
    return any("from" not in each for each in post["entry"][0]["changes"][0]["value"]["messages"])
