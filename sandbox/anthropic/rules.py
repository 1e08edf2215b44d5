"""What the API refuses although the shape is right: models, newer models' limits, tools and their results."""

from typing import Any

from sandbox.anthropic.errors import AnthropicError, invalid

# Models of 2026, with what each refuses. The list of the installed package is asked for older ones.
NO_SAMPLING = ("claude-haiku-5-5", "claude-sonnet-5-5", "claude-opus-5-5")
NO_FORCED_TOOL = ("claude-sonnet-5-5", "claude-opus-5-5")
NO_DISABLED_THINKING = ("claude-sonnet-5-5",)
BREAKPOINTS = 4
SMALLEST_BUDGET = 1024

Block = dict[str, Any]


def check(body: dict[str, Any]) -> None:
    """Raises AnthropicError for the first thing that the API would refuse."""
    model = body["model"]
    if model not in known_models():
        raise AnthropicError("not_found_error", f"model: {model}")
    if body.get("max_tokens", 1) < 0:
        raise invalid("max_tokens: Input should be greater than or equal to 0")
    if not body["messages"]:
        raise invalid("messages: at least one message is required")
    _check_limits_of(model, body)
    _check_tools(body)
    _check_results(body["messages"])
    _check_texts(body)
    if _breakpoints(body) > BREAKPOINTS:
        found = _breakpoints(body)
        raise invalid(f"A maximum of {BREAKPOINTS} blocks with cache_control may be provided. Found {found}.")


def known_models() -> tuple[str, ...]:
    from typing import get_args

    from anthropic.types.model import Model

    literal = next(choice for choice in get_args(Model) if get_args(choice))
    return get_args(literal)


def _check_limits_of(model: str, body: dict[str, Any]) -> None:
    thinking = body.get("thinking") or {}
    if model in NO_SAMPLING:
        for name in ("temperature", "top_p", "top_k"):
            if body.get(name) is not None:
                raise invalid(f"`{name}` is not supported on this model.")
        if body["messages"][-1]["role"] == "assistant":
            raise invalid(
                "This model does not support assistant message prefill. The conversation must end with a user message."
            )
        if "budget_tokens" in thinking:
            raise invalid('"thinking.type.enabled" is not supported for this model. Use "thinking.type.adaptive".')
    forced = (body.get("tool_choice") or {}).get("type") in ("any", "tool")
    if model in NO_FORCED_TOOL and forced:
        raise invalid("tool_choice: forcing tool use is not supported on this model.")
    if model in NO_DISABLED_THINKING and thinking.get("type") == "disabled":
        raise invalid('"thinking.type.disabled" is not supported on this model.')
    if "budget_tokens" in thinking and thinking["budget_tokens"] < SMALLEST_BUDGET:
        raise invalid("thinking.enabled.budget_tokens: Input should be greater than or equal to 1024")


def _check_tools(body: dict[str, Any]) -> None:
    tools = list(body.get("tools") or [])
    names = [tool.get("name") for tool in tools]
    if len(set(names)) < len(names):
        raise invalid("tools: Tool names must be unique.")
    for index, tool in enumerate(tools):
        if tool.get("strict") and "input_schema" in tool:
            _check_strict(tool["input_schema"], f"tools.{index}.custom")
    choice = body.get("tool_choice") or {}
    if choice and not tools:
        raise invalid("tool_choice may only be specified while providing tools.")
    if choice.get("type") == "tool" and choice.get("name") not in names:
        raise invalid(f"Tool '{choice.get('name')}' not found in provided tools")
    uses = any(b["type"] in ("tool_use", "tool_result") for m in body["messages"] for b in blocks_of(m))
    if uses and not tools:
        raise invalid("Requests which include `tool_use` or `tool_result` blocks must define tools.")


def _check_strict(schema: Any, path: str) -> None:
    """Structured outputs: every object is closed. Ranges and lengths are not guaranteed, so not accepted."""
    if isinstance(schema, list):
        for item in schema:
            _check_strict(item, path)
    if not isinstance(schema, dict):
        return
    if schema.get("type") == "object" and schema.get("additionalProperties") is not False:
        raise invalid(f"{path}: For 'object' type, 'additionalProperties' must be explicitly set to false")
    for key in ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength"):
        if key in schema and not isinstance(schema[key], dict):
            raise invalid(f"{path}: For '{schema.get('type')}' type, property '{key}' is not supported")
    for key in ("properties", "$defs", "definitions"):
        for inner in (schema.get(key) or {}).values():
            _check_strict(inner, path)
    for key in ("items", "anyOf", "allOf"):
        _check_strict(schema.get(key), path)


def blocks_of(message: dict[str, Any]) -> list[Block]:
    """A message's content as blocks."""
    content = message["content"]
    return [{"type": "text", "text": content}] if isinstance(content, str) else list(content)


def _check_results(messages: list[dict[str, Any]]) -> None:
    """Each tool_use is answered by a tool_result in the next message, all in one, and none is answered twice."""
    waiting: list[str] = []
    for index, message in enumerate(messages):
        blocks = blocks_of(message)
        results = [block["tool_use_id"] for block in blocks if block["type"] == "tool_result"]
        for position, block in enumerate(blocks):
            if block["type"] == "tool_result" and block["tool_use_id"] not in waiting:
                raise invalid(
                    f"messages.{index}.content.{position}: unexpected `tool_use_id` found in `tool_result` blocks: "
                    f"{block['tool_use_id']}. Each `tool_result` block must have a corresponding `tool_use` block "
                    "in the previous message."
                )
        missing = [identifier for identifier in waiting if identifier not in results]
        if missing:
            raise invalid(
                f"messages.{index - 1}: `tool_use` ids were found without `tool_result` blocks immediately after: "
                f"{', '.join(missing)}. Each `tool_use` block must have a corresponding `tool_result` block in the "
                "next message."
            )
        if len(set(results)) < len(results):
            raise invalid(f"messages.{index}: each tool_use must have a single result.")
        kinds = [block["type"] for block in blocks]
        if results and "tool_result" in kinds[len(results) :]:
            raise invalid(f"messages.{index}: `tool_result` blocks must come first in the content.")
        waiting = [block["id"] for block in blocks if block["type"] == "tool_use"]
    if waiting and messages[-1]["role"] == "assistant":
        raise invalid(f"messages.{len(messages) - 1}: `tool_use` ids were found without `tool_result` blocks.")


def _check_texts(body: dict[str, Any]) -> None:
    last = len(body["messages"]) - 1
    for index, message in enumerate(body["messages"]):
        blocks = blocks_of(message)
        if not blocks and not (index == last and message["role"] == "assistant"):
            raise invalid(f"messages.{index}: all messages must have non-empty content")
        for position, block in enumerate(blocks):
            if block["type"] == "text" and not block["text"]:
                raise invalid(f"messages.{index}.content.{position}: text content blocks must be non-empty")
    system = body.get("system")
    if isinstance(system, list) and any(not block["text"] for block in system):
        raise invalid("system: text content blocks must be non-empty")


def _breakpoints(value: Any) -> int:
    """How many cache breakpoints stand in the request."""
    if isinstance(value, dict):
        own = 1 if value.get("cache_control") else 0
        return own + sum(_breakpoints(v) for key, v in value.items() if key not in ("input_schema", "input"))
    if isinstance(value, list):
        return sum(_breakpoints(item) for item in value)
    return 0
