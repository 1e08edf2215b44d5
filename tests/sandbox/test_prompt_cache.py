"""The sandbox counts cached input as the vendor does: by comparing prefixes."""

import pytest

from sandbox.anthropic.caching import LIFE, PromptCache

MARK = {"cache_control": {"type": "ephemeral"}}
SYSTEM = {"type": "text", "text": "x" * 8000}


def body(*texts, marked=True, model="claude-haiku-5-5", system=SYSTEM):
    content = [{"type": "text", "text": text} for text in texts]
    if marked and len(content) > 1:
        content[-2] |= MARK
    return {"model": model, "system": [{**system, **MARK}], "messages": [{"role": "user", "content": content}]}


def read(usage):
    return usage["cache_read_input_tokens"]


def test_the_first_request_writes_and_the_next_reads_and_writes_what_is_new():
    cache = PromptCache()
    first = cache.usage(body("hello " * 100, "now"))
    assert (read(first), first["cache_creation_input_tokens"] > 2000) == (0, True)
    second = cache.usage(body("hello " * 100, "bye " * 100, "later"))
    assert read(second) == first["cache_creation_input_tokens"]
    assert 80 < second["cache_creation_input_tokens"] < 150
    assert second["input_tokens"] < 20
    total = cache.usage(body("hello " * 100, "bye " * 100, "later"))
    assert sum(total.values()) == sum(second.values())


@pytest.mark.parametrize("changed", [{"model": "claude-sonnet-5-5"}, {"system": {"type": "text", "text": "y" * 8000}}])
def test_another_model_or_another_beginning_shares_nothing(changed):
    cache = PromptCache()
    cache.usage(body("hello", "now"))
    assert read(cache.usage(body("hello", "now", **changed))) == 0


def test_a_changed_middle_keeps_what_stands_before_it():
    cache = PromptCache()
    cache.usage(body("hello " * 100, "now"))
    usage = cache.usage(body("goodbye " * 100, "now"))
    assert 1900 < read(usage) < 2100


def test_it_looks_back_over_twenty_blocks_only():
    cache = PromptCache()
    cache.usage(body("a", "now"))
    near = cache.usage(body("a", *"b" * 15, "now"))
    assert read(near) > 2000
    cache = PromptCache()
    cache.usage({**body("a", "now"), "system": [SYSTEM]})
    assert read(cache.usage({**body("a", *"b" * 25, "now"), "system": [SYSTEM]})) == 0


def test_small_prompts_are_not_cached_and_old_ones_are_forgotten():
    cache = PromptCache()
    small = body("hello", "now", system={"type": "text", "text": "short"})
    cache.usage(small)
    assert read(cache.usage(small)) == 0
    cache.usage(body("hello", "now"))
    cache.until = {digest: until - LIFE - 1 for digest, until in cache.until.items()}
    assert read(cache.usage(body("hello", "now"))) == 0
