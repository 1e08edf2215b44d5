"""The one module that imports the Anthropic SDK; it translates and decides nothing."""

import math
import time
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from agents.errors import ModelError, ModelRefused, ModelUnavailable
from agents.llm.catalogue import cost_micro
from agents.llm.claude import messages, prompt
from agents.types import ModelAnswer, ModelRequest, Question, Stop, ToolSpec, Usage

if TYPE_CHECKING:
    from anthropic import Anthropic

SDK_RETRIES = 0  # the turn tries again itself: each call is counted, and may be forbidden meanwhile
CONNECT_SECONDS = 5.0
NO_MONEY = ("credit balance", "usage limits")  # in a 400's message: the account's own, not the request's fault


@lru_cache(maxsize=4)
def _client(api_key: str, base_url: str) -> "Anthropic":
    """One per process: a new one costs 18 ms for its TLS context. Its own spans, which may hold words, are off, and
    the vendor isn't told the number of ours (agents.telemetry)."""
    from anthropic import Anthropic

    return Anthropic(
        api_key=api_key,
        base_url=base_url or None,
        max_retries=SDK_RETRIES,
        open_telemetry={"traces": False, "propagation": False},
    )


Hearer = Callable[[str], None] | None


class Claude:
    """agents.types.LanguageModel over the Messages API, streaming or not."""

    name = "anthropic"

    def __init__(self, *, api_key: str, base_url: str = "", stream: bool = True) -> None:
        self._api_key = api_key
        self._base_url = base_url
        self._stream = stream

    def respond(self, request: ModelRequest) -> ModelAnswer:
        """One call; ModelUnavailable may be tried again, ModelRefused not. Nothing is taken from a cut stream."""
        return self._send(_body(request), request.timeout, request.on_text)

    def ask(self, question: Question) -> ModelAnswer:
        """One answer to a question beside any conversation; errors as of `respond`."""
        return self._send(_question_body(question), question.timeout)

    def _send(self, body: dict[str, Any], timeout: float, on_text: Hearer = None) -> ModelAnswer:
        import anthropic

        try:
            message = self._call(body, timeout, on_text)
        except anthropic.APITimeoutError as error:
            raise ModelUnavailable("timeout", slow=True, billed=True) from error
        except anthropic.APIConnectionError as error:
            raise ModelUnavailable("no connection", billed=True) from error
        except (anthropic.RateLimitError, anthropic.InternalServerError) as error:
            raise ModelUnavailable(_kind(error), retry_after=_retry_after(error)) from error
        except (anthropic.RequestTimeoutError, anthropic.ConflictError) as error:
            raise ModelUnavailable(_kind(error)) from error
        except anthropic.APIStatusError as error:
            raise _by_kind(error) from error
        except anthropic.AnthropicError as error:
            raise ModelUnavailable(type(error).__name__, billed=True) from error
        except anthropic_transport_errors() as error:
            raise ModelUnavailable("the answer was cut off", slow=_timed_out(error), billed=True) from error
        return _answer(message, body)

    def _call(self, body: dict[str, Any], timeout: float, on_text: Hearer) -> Any:
        import httpx2

        client = _client(self._api_key, self._base_url)
        limits = httpx2.Timeout(timeout, connect=CONNECT_SECONDS)
        if not self._stream:
            return client.messages.create(**body, timeout=limits)
        ends = time.monotonic() + timeout
        with client.messages.stream(**body, timeout=limits) as stream:
            for event in stream:
                if on_text is not None and event.type == "text":
                    on_text(event.text)
                if time.monotonic() > ends:  # the client's own limit is per piece, and pieces may trickle for ever
                    raise ModelUnavailable("timeout", slow=True, billed=True)
            return stream.get_final_message()


def anthropic_transport_errors() -> tuple[type[Exception], ...]:
    """What reading a stream may raise beneath the SDK: a cut connection, JSON that ends in the middle."""
    import httpx2

    return (httpx2.HTTPError, httpx2.StreamError, ValueError)


def _body(request: ModelRequest) -> dict[str, Any]:
    cached = {"type": "ephemeral"}
    return {
        "model": request.model,
        "max_tokens": request.max_tokens,
        "system": [{"type": "text", "text": prompt.stable(request.brief), "cache_control": cached}],
        "tools": [_tool(each) for each in request.tools],
        "messages": messages.to_messages(
            request.window,
            prompt.momentary(request.brief, request.note, request.memory.facts),
            opening=prompt.earlier(request.memory.summary),
        ),
    }


def _question_body(question: Question) -> dict[str, Any]:
    kept = {"cache_control": {"type": "ephemeral"}} if question.cached else {}
    body: dict[str, Any] = {
        "model": question.model,
        "max_tokens": question.max_tokens,
        "system": [{"type": "text", "text": question.system, **kept}],
        "messages": [{"role": "user", "content": [{"type": "text", "text": question.text}]}],
    }
    return body | ({"tools": [_tool(question.tool)]} if question.tool else {})


def _tool(tool: ToolSpec) -> dict[str, Any]:
    return {"name": tool.name, "description": tool.description, "input_schema": tool.schema, "strict": True}


def _answer(message: Any, body: dict[str, Any]) -> ModelAnswer:
    content = [part.model_dump(mode="json", exclude_none=True) for part in message.content]
    usage = Usage(
        input_tokens=message.usage.input_tokens,
        output_tokens=message.usage.output_tokens,
        cache_read_tokens=message.usage.cache_read_input_tokens or 0,
        cache_write_tokens=message.usage.cache_creation_input_tokens or 0,
    )
    stop = messages.STOPS.get(message.stop_reason, Stop.TRUNCATED)
    blocks = messages.from_content(content)
    if stop is not Stop.TOOLS:  # never run a tool from a refused or truncated answer
        blocks = tuple(block for block in blocks if block.type != "tool_call")
    return ModelAnswer(
        blocks=blocks,
        stop=stop,
        model=message.model,
        usage=usage,
        cost_micro=cost_micro(message.model, usage),
        sent=body,
    )


def _by_kind(error: Any) -> ModelError:
    """An error event inside a stream comes with status 200: its body says what it was."""
    kind = _kind(error)
    if error.status_code >= 500 or kind in (
        "overloaded_error",
        "api_error",
        "rate_limit_error",
        "timeout_error",
    ):
        return ModelUnavailable(kind, billed=error.status_code < 400)
    if error.status_code == 401:
        return ModelRefused("401: Anthropic refuses the API key", blames="account")
    if error.status_code == 402 or any(words in str(error).lower() for words in NO_MONEY):
        return ModelRefused(f"{error.status_code}: the account at Anthropic has no money left", blames="account")
    if error.status_code == 403:
        return ModelRefused("403: Anthropic does not allow this model to the account", blames="model")
    if error.status_code == 404:
        return ModelRefused("404: Anthropic does not know this model", blames="model")
    return ModelRefused(f"{error.status_code} {kind}".strip())


def _kind(error: Any) -> str:
    """ "overloaded_error": the vendor's own word for it, else the SDK's."""
    body = error.body if isinstance(error.body, dict) else {}
    inner = body.get("error")
    return (inner.get("type") if isinstance(inner, dict) else "") or type(error).__name__


def _timed_out(error: Exception) -> bool:
    import httpx2

    return isinstance(error, httpx2.TimeoutException)


def _retry_after(error: Any) -> float | None:
    """Seconds; None where the vendor says nothing that can be waited for (a date, a word, a negative number)."""
    value = error.response.headers.get("retry-after", "")
    try:
        seconds = float(value)
    except ValueError:
        return None
    return seconds if math.isfinite(seconds) and seconds >= 0 else None
