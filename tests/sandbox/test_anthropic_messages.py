"""Anthropic's own client talks to the scripted model."""

import json
from collections.abc import Iterator
from typing import Any

import anthropic
import httpx2
import pytest

from tests.sandbox.conftest import Sandbox

MODEL = "claude-haiku-5-5"
FIND = {
    "name": "find_slots",
    "description": "Free times",
    "strict": True,
    "input_schema": {
        "type": "object",
        "properties": {"day": {"type": "string"}},
        "required": ["day"],
        "additionalProperties": False,
    },
}
BOOK = {**FIND, "name": "book"}
SLOTS = json.dumps({"ok": True, "slots": [{"slot": "ticket-1", "start": "2026-11-24 15:30"}]})


@pytest.fixture
def client(sandbox: Sandbox) -> Iterator[anthropic.Anthropic]:
    with anthropic.Anthropic(api_key="key", base_url=f"{sandbox.url}/anthropic", max_retries=0, timeout=20) as made:
        yield made


def user(text: Any) -> dict[str, Any]:
    return {"role": "user", "content": text}


def ask(client: anthropic.Anthropic, *messages: Any, **fields: Any) -> anthropic.types.Message:
    talk = list(messages) or [user("Hello")]
    return client.messages.create(**{"model": MODEL, "max_tokens": 200, "messages": talk, **fields})


def script(sandbox: Sandbox, *answers: dict[str, Any]) -> None:
    sandbox.post("/anthropic/script", answers=list(answers))


def used(identifier: str = "toolu_1", name: str = "find_slots") -> dict[str, Any]:
    block = {"type": "tool_use", "id": identifier, "name": name, "input": {"day": "2026-11-24"}}
    return {"role": "assistant", "content": [block]}


def result(content: Any = SLOTS, identifier: str = "toolu_1") -> dict[str, Any]:
    return {"type": "tool_result", "tool_use_id": identifier, "content": content}


def test_without_a_script_it_says_so(client):
    message = ask(client)
    assert "no script" in message.content[0].text
    assert message.stop_reason == "end_turn"
    assert message.usage.input_tokens > 0


def story(sandbox: Sandbox) -> None:
    script(
        sandbox,
        {"when": "hours", "text": "We open at nine."},
        {
            "when": "book|appointment",
            "content": [
                {"type": "text", "text": "Let me look."},
                {
                    "type": "tool_use",
                    "name": "find_slots",
                    "input": {"day": {"$from_last_user_text": r"on (\S+)"}},
                },
            ],
        },
        {
            "when": "book|appointment",
            "after": "find_slots",
            "content": [
                {
                    "type": "tool_use",
                    "name": "book",
                    "input": {
                        "day": {"$from_last_tool_result": "slots.0.slot"},
                        "same": {"$from_tool_result": {"tool": "find_slots", "path": "slots.0.slot"}},
                    },
                }
            ],
            "usage": {"input_tokens": 7, "cache_read_input_tokens": 900},
        },
        {"after": "book", "text": "See you at ${start}."},
    )


@pytest.mark.parametrize("streaming", [False, True])
def test_a_script_tells_a_whole_story_in_any_order(sandbox, client, streaming):
    def turn(*messages: Any) -> anthropic.types.Message:
        if not streaming:
            return ask(client, *messages, tools=[FIND, BOOK])
        with client.messages.stream(model=MODEL, max_tokens=200, messages=list(messages), tools=[FIND, BOOK]) as stream:
            return stream.get_final_message()

    story(sandbox)
    wish = user("Please book me an appointment on 2026-11-24")
    first = turn(wish)
    assert first.stop_reason == "tool_use"
    assert first.content[0].text == "Let me look."
    find = first.content[1]
    assert (find.name, find.input) == ("find_slots", {"day": "2026-11-24"})

    assert turn(user("What are your hours?")).content[0].text == "We open at nine."

    talk = [wish, {"role": "assistant", "content": first.content}, user([result(SLOTS, find.id)])]
    second = turn(*talk)
    book = second.content[0]
    assert (book.name, book.input) == ("book", {"day": "ticket-1", "same": "ticket-1"})
    assert (second.usage.input_tokens, second.usage.cache_read_input_tokens) == (7, 900)

    booked = result([{"type": "text", "text": '{"start": "15:30"}'}], book.id)
    last = turn(*talk, {"role": "assistant", "content": second.content}, user([booked]))
    assert last.content[0].text == "See you at 15:30."
    state = sandbox.control.get("/anthropic/script").json()
    assert [entry["used"] for entry in state["answers"]] == [1, 1, 1, 1]
    assert state["unanswered"] == []


@pytest.mark.parametrize(
    ("model", "fields", "word"),
    [
        (MODEL, {"extra_body": {"tempo": 1}}, "tempo: Extra inputs are not permitted"),
        (MODEL, {"max_tokens": "many"}, "max_tokens: Input should be a valid integer"),
        (MODEL, {"messages": []}, "at least one message"),
        (MODEL, {"messages": [{"role": "owner", "content": "x"}]}, "messages.0.role"),
        (MODEL, {"messages": [user([{"type": "text", "txt": "x"}])]}, "messages.0.content.0.text: Field required"),
        (MODEL, {"messages": [user("")]}, "must be non-empty"),
        (MODEL, {"messages": [user("x"), {"role": "assistant", "content": "So"}]}, "prefill"),
        (MODEL, {"extra_body": {"temperature": 0.2}}, "temperature"),
        (MODEL, {"extra_body": {"top_p": 0.2}}, "top_p"),
        ("claude-sonnet-5-5", {"tools": [FIND], "tool_choice": {"type": "any"}}, "tool_choice"),
        ("claude-opus-5-5", {"tools": [FIND], "tool_choice": {"type": "tool", "name": "find_slots"}}, "tool_choice"),
        ("claude-sonnet-5-5", {"thinking": {"type": "disabled"}}, "disabled"),
        (MODEL, {"thinking": {"type": "enabled", "budget_tokens": 2000}}, "adaptive"),
        (MODEL, {"tools": [{**FIND, "input_schema": {"type": "object", "properties": {}}}]}, "additionalProperties"),
        (MODEL, {"tools": [FIND, FIND]}, "unique"),
        (MODEL, {"tools": [{"input_schema": {"type": "object"}}]}, "tools.0.name"),
        (MODEL, {"tools": [FIND], "messages": [user("x"), used(), user("and?")]}, "without `tool_result`"),
        (MODEL, {"tools": [FIND], "messages": [user([result()])]}, "unexpected `tool_use_id`"),
        (MODEL, {"tools": [FIND], "messages": [user("x"), used(), user([result(), result()])]}, "single result"),
        (MODEL, {"messages": [user("x"), used(), user([result()])]}, "must define tools"),
        (
            MODEL,
            {"tools": [FIND], "messages": [user("x"), used(), user([{"type": "text", "text": "x"}, result()])]},
            "come first",
        ),
        (
            MODEL,
            {"system": [{"type": "text", "text": "x", "cache_control": {"type": "ephemeral"}}] * 5},
            "maximum of 4 blocks",
        ),
    ],
)
def test_it_refuses_what_the_api_refuses(client, model, fields, word):
    with pytest.raises(anthropic.BadRequestError) as error:
        ask(client, **{"model": model, **fields})
    assert error.value.body["error"]["type"] == "invalid_request_error"
    assert word in error.value.body["error"]["message"]


def test_an_older_model_still_takes_a_temperature(client):
    assert ask(client, model="claude-haiku-4-5", extra_body={"temperature": 0.2}).content


def test_unknown_models_and_missing_keys_are_refused(sandbox, client):
    with pytest.raises(anthropic.NotFoundError):
        ask(client, model="claude-nonsense-1")
    body = {"model": MODEL, "max_tokens": 5, "messages": [user("x")]}
    url = f"{sandbox.url}/anthropic/v1/messages"
    keyless = sandbox.control.post(url, json=body, headers={"anthropic-version": "2023-06-01"})
    assert (keyless.status_code, keyless.json()["error"]["type"]) == (401, "authentication_error")
    assert sandbox.control.post(url, json=body, headers={"x-api-key": "k"}).status_code == 400


def test_scripted_errors_have_the_vendors_status(sandbox, client):
    script(
        sandbox,
        {"error": {"type": "overloaded_error"}},
        {"error": {"type": "rate_limit_error", "retry_after": 3}},
        {"text": "", "content": [], "stop_reason": "refusal"},
    )
    with pytest.raises(anthropic.APIStatusError) as overloaded:
        ask(client)
    assert overloaded.value.status_code == 529
    with pytest.raises(anthropic.RateLimitError) as limited:
        ask(client)
    assert limited.value.response.headers["retry-after"] == "3"
    assert ask(client).stop_reason == "refusal"


def streamed(client: anthropic.Anthropic) -> Iterator[Any]:
    with client.messages.create(
        model=MODEL, max_tokens=200, messages=[user("Hello")], tools=[FIND], stream=True
    ) as stream:
        yield from stream


def remember(events: Iterator[Any], seen: list[str]) -> None:
    for event in events:
        seen.append(event.type)


def test_a_stream_dies_in_the_middle_of_a_tool_call(sandbox, client):
    call = {"content": [{"type": "tool_use", "name": "find_slots", "input": {"day": "2026-11-24"}}]}
    script(sandbox, {**call, "cut_after_events": 5}, {**call, "error_after_events": 3, "error": {}})
    seen: list[str] = []
    # The client passes its transport's error on while it reads a stream.
    with pytest.raises(httpx2.TransportError):
        remember(streamed(client), seen)
    assert seen == ["message_start", "content_block_start", "content_block_delta", "content_block_delta"]
    with pytest.raises(anthropic.APIStatusError) as error:
        list(streamed(client))
    assert error.value.body["error"]["type"] == "overloaded_error"


def test_a_script_that_does_not_fit_is_an_error_aloud(sandbox, client):
    script(sandbox, {"content": [{"type": "tool_use", "name": "x", "input": {"$from_last_tool_result": "a"}}]})
    with pytest.raises(anthropic.BadRequestError, match="Sandbox script"):
        ask(client)
    bad = sandbox.control.post("/anthropic/script", json={"answers": [{"whenn": "x", "text": "y"}]})
    assert (bad.status_code, "whenn" in bad.json()["error"]) == (400, True)


def test_tokens_are_counted_and_models_listed(client):
    assert client.messages.count_tokens(model=MODEL, messages=[user("x" * 400)]).input_tokens > 100
    assert MODEL in [model.id for model in client.models.list()]
