"""The one module that imports the Anthropic SDK; it translates and decides nothing."""

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from agents.errors import ModelError, ModelRefused, ModelUnavailable
from agents.llm.claude import messages, prompt
from agents.llm.claude.prices import cost_micro
from agents.types import ModelAnswer, ModelRequest, Stop, Usage

if TYPE_CHECKING:
    from anthropic import Anthropic

SDK_RETRIES = 1  # the turn's own budget comes on top; the SDK honours retry-after
CONNECT_SECONDS = 5.0


@lru_cache(maxsize=4)
def _client(api_key: str, base_url: str) -> "Anthropic":
    """One per process: a new one costs 18 ms for its TLS context."""
    from anthropic import Anthropic

    return Anthropic(api_key=api_key, base_url=base_url or None, max_retries=SDK_RETRIES)


class Claude:
    """agents.types.LanguageModel over the Messages API, streaming or not."""

    name = "anthropic"

    def __init__(self, *, api_key: str, base_url: str = "", stream: bool = True) -> None:
        self._api_key = api_key
        self._base_url = base_url
        self._stream = stream

    def respond(self, request: ModelRequest) -> ModelAnswer:
        """One call; ModelUnavailable may be tried again, ModelRefused not. Nothing is taken from a cut stream."""
        import anthropic

        body = _body(request)
        try:
            message = self._call(body, request)
        except (
            anthropic.APIConnectionError,
            anthropic.RateLimitError,
            anthropic.InternalServerError,
        ) as error:
            raise ModelUnavailable(type(error).__name__, retry_after=_retry_after(error)) from error
        except (anthropic.RequestTimeoutError, anthropic.ConflictError) as error:
            raise ModelUnavailable(type(error).__name__) from error
        except anthropic.APIStatusError as error:
            raise _by_kind(error) from error
        except anthropic.AnthropicError as error:
            raise ModelUnavailable(type(error).__name__) from error
        except anthropic_transport_errors() as error:
            raise ModelUnavailable(type(error).__name__) from error
        return _answer(message, body)

    def _call(self, body: dict[str, Any], request: ModelRequest) -> Any:
        import httpx2

        client = _client(self._api_key, self._base_url)
        limits = httpx2.Timeout(request.timeout, connect=CONNECT_SECONDS)
        if not self._stream:
            return client.messages.create(**body, timeout=limits)
        with client.messages.stream(**body, timeout=limits) as stream:
            if request.on_text is not None:
                for piece in stream.text_stream:
                    request.on_text(piece)
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
        "tools": [
            {"name": tool.name, "description": tool.description, "input_schema": tool.schema, "strict": True}
            for tool in request.tools
        ],
        "messages": messages.to_messages(request.transcript, prompt.momentary(request.brief, request.note)),
    }


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
    body = error.body if isinstance(error.body, dict) else {}
    kind = (body.get("error") or {}).get("type", "")
    if error.status_code >= 500 or kind in (
        "overloaded_error",
        "api_error",
        "rate_limit_error",
        "timeout_error",
    ):
        return ModelUnavailable(kind or type(error).__name__)
    return ModelRefused(f"{error.status_code} {kind}".strip())


def _retry_after(error: Any) -> float | None:
    response = getattr(error, "response", None)
    value = response.headers.get("retry-after") if response is not None else None
    try:
        return float(value) if value else None
    except ValueError:
        return None
