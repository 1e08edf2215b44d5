"""How well the search finds, on the library that was written before it."""

from agents.knowledge.search import search
from tests.knowledge.conftest import TODAY
from tests.knowledge.library import ABROAD, ASKED, UNANSWERABLE


def found(library, asked, known):
    """[(question, its key, keys found)]"""
    return [
        (question, key, [library[each.entry_id] for each in search(question, language=code if known else "", on=TODAY)])
        for question, code, key in asked
    ]


def report(name, results):
    first = sum(keys[:1] == [key] for _, key, keys in results) / len(results)
    three = sum(key in keys for _, key, keys in results) / len(results)
    print(f"{name}: hit@1 {first:.0%}, hit@3 {three:.0%} of {len(results)}")
    for question, key, keys in results:
        if keys[:1] != [key]:
            print("   ", question, "|", key, "|", keys)
    return first, three


def test_most_questions_find_their_entry(library):
    for known in (True, False):
        first, three = report(f"language {'known' if known else 'unknown'}", found(library, ASKED, known))
        assert first >= 0.85
        assert three >= 0.9
    assert report("another language", found(library, ABROAD, True))[1] >= 0.6


def test_nonsense_and_strange_questions_find_nothing(library):
    false = [
        (question, [(library[each.entry_id], each.rank) for each in search(question, language=code, on=TODAY)])
        for question, code in UNANSWERABLE
    ]
    wrong = [each for each in false if each[1]]
    print(f"false finds: {len(wrong)} of {len(UNANSWERABLE)}", *wrong, sep="\n    ")
    assert len(wrong) <= 3
