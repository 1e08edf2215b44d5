"""Holds a request to the types of the installed `anthropic` package: also what they would let pass.

The package's TypedDicts are for type checkers; pydantic reads them leniently (unknown keys, unread iterables).
The API refuses unknown keys, so this walks the annotations itself.
"""

import functools
import types
import typing
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import typing_extensions

from sandbox.anthropic.errors import AnthropicError, invalid

# Known to the API, though the package's types don't list them any more: older models take them.
SAMPLING = {"temperature": float, "top_p": float, "top_k": int}
SCALARS = {str: "string", int: "integer", float: "number", bool: "boolean"}


@functools.cache
def _request_types() -> tuple[Any, Any]:
    from anthropic.types.message_count_tokens_params import MessageCountTokensParams
    from anthropic.types.message_create_params import MessageCreateParamsNonStreaming

    return MessageCreateParamsNonStreaming, MessageCountTokensParams


def check_create(body: Any) -> dict[str, Any]:
    """The body of POST /v1/messages. AnthropicError names the first field that doesn't fit."""
    body = _object(body)
    stream = body.get("stream")
    if stream is not None and not isinstance(stream, bool):
        raise invalid("stream: Input should be a valid boolean")
    for name, kind in SAMPLING.items():
        if body.get(name) is not None:
            _check(kind, body[name], name)
    rest = {key: value for key, value in body.items() if key not in ("stream", *SAMPLING)}
    _check(_request_types()[0], rest, "")
    return body


def check_count(body: Any) -> dict[str, Any]:
    """The body of POST /v1/messages/count_tokens."""
    body = _object(body)
    _check(_request_types()[1], body, "")
    return body


def _object(body: Any) -> dict[str, Any]:
    if not isinstance(body, dict):
        raise invalid("Input should be a valid dictionary")
    return body


@functools.cache
def _hints(shape: Any) -> dict[str, Any]:
    return typing_extensions.get_type_hints(shape, include_extras=True)


def _check(kind: Any, value: Any, path: str) -> None:
    origin = typing_extensions.get_origin(kind)
    if origin in (typing_extensions.Required, typing_extensions.NotRequired, typing.Annotated):
        _check(typing_extensions.get_args(kind)[0], value, path)
    elif kind in (Any, object):
        return
    elif typing_extensions.is_typeddict(kind):
        _check_fields(kind, value, path)
    elif origin is typing.Literal:
        if value not in typing_extensions.get_args(kind) or isinstance(value, bool):
            wanted = " or ".join(repr(choice) for choice in typing_extensions.get_args(kind))
            raise invalid(f"{path}: Input should be {wanted}")
    elif origin in (typing.Union, types.UnionType):
        _check_union(typing_extensions.get_args(kind), value, path)
    elif kind in (None, type(None)):
        if value is not None:
            raise invalid(f"{path}: Input should be null")
    elif kind in SCALARS:
        _check_scalar(kind, value, path)
    else:
        _check_collection(kind, origin, value, path)


def _check_fields(shape: Any, value: Any, path: str) -> None:
    if not isinstance(value, dict):
        raise invalid(f"{path}: Input should be a valid dictionary")
    hints = _hints(shape)
    open_ended = getattr(shape, "__pydantic_config__", {}).get("extra") == "allow"
    for name, hint in hints.items():
        # `__required_keys__` misses Required[…] where a module has its annotations as strings.
        wanted = name in shape.__required_keys__ or typing_extensions.get_origin(hint) is typing_extensions.Required
        if wanted and name not in value:
            raise invalid(f"{_join(path, name)}: Field required")
    for name, item in value.items():
        if name in hints:
            _check(hints[name], item, _join(path, name))
        elif not open_ended:
            raise invalid(f"{_join(path, name)}: Extra inputs are not permitted")


def _check_union(choices: Sequence[Any], value: Any, path: str) -> None:
    """The error of the choice that the value is tagged as, else of the one that it comes closest to."""
    if isinstance(value, dict):
        tagged = [choice for choice in choices if _tag_fits(choice, value)]
        choices = tagged or choices
    failures: list[AnthropicError] = []
    for choice in choices:
        try:
            _check(choice, value, path)
        except AnthropicError as error:
            failures.append(error)
        else:
            return
    raise max(failures, key=lambda error: str(error).partition(":")[0].count("."))


def _tag_fits(choice: Any, value: Mapping[str, Any]) -> bool:
    """Whether `type` (or `role`) is one that this shape allows."""
    if not typing_extensions.is_typeddict(choice):
        return False
    for tag in ("type", "role"):
        hint = _hints(choice).get(tag)
        if hint is not None and tag in value:
            try:
                _check(hint, value[tag], tag)
            except AnthropicError:
                return False
    return True


def _check_scalar(kind: Any, value: Any, path: str) -> None:
    fits = isinstance(value, (int, float) if kind is float else kind)
    if not fits or (isinstance(value, bool) and kind is not bool):
        raise invalid(f"{path}: Input should be a valid {SCALARS[kind]}")


def _check_collection(kind: Any, origin: Any, value: Any, path: str) -> None:
    arguments = typing_extensions.get_args(kind)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        if not isinstance(value, dict):
            raise invalid(f"{path}: Input should be a valid dictionary")
        for name, item in value.items():
            _check(arguments[1], item, _join(path, name))
    elif isinstance(origin, type) and (issubclass(origin, Iterable) or "Sequence" in origin.__name__):
        if not isinstance(value, list):
            raise invalid(f"{path}: Input should be a valid list")
        for index, item in enumerate(value):
            _check(arguments[0], item, _join(path, str(index)))
    else:
        # Files and paths of the package's types: they never come as JSON.
        raise invalid(f"{path}: Input is of a kind that JSON can't carry")


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
