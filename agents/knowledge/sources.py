"""What an answer rests on: the passages that a turn was shown, kept with it for staff."""

from collections.abc import Sequence
from typing import Any

from agents.knowledge.quoting import shared
from agents.knowledge.search import Passage
from agents.knowledge.words import content_words
from agents.models import KnowledgeChunk, Turn

Source = dict[str, Any]  # {"entry": id, "chunk": id, "title": "Parking"}


def remember(turn_id: int, passages: Sequence[Passage]) -> None:
    """In the skill's transaction; what an earlier search of the turn has shown stays. Rehearsals keep nothing."""
    turn = Turn.objects.only("sources").filter(pk=turn_id).first()
    if turn is None:
        return
    known = {each["chunk"]: each for each in turn.sources}
    for each in passages:
        known.setdefault(each.chunk_id, {"entry": each.entry_id, "chunk": each.chunk_id, "title": each.title})
    Turn.objects.filter(pk=turn_id).update(sources=list(known.values()))


def resting_on(text: str, shown: Sequence[Source]) -> list[Source]:
    """Those of the shown passages whose words the answer uses most, best first; one where no words tell."""
    if len(shown) < 2:
        return list(shown)
    texts = dict(KnowledgeChunk.objects.filter(pk__in=[each["chunk"] for each in shown]).values_list("pk", "text"))
    words = content_words(text)
    score = {each["chunk"]: shared(texts.get(each["chunk"], ""), words) for each in shown}
    best = max(score.values())
    if not best:
        return list(shown[:1])
    return sorted((each for each in shown if score[each["chunk"]] * 2 > best), key=lambda each: -score[each["chunk"]])
