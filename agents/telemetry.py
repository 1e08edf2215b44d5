"""Spans of turns, model calls and skills, sent by OTLP where OTEL_EXPORTER_OTLP_ENDPOINT is set; otherwise nothing.

    with telemetry.model_call("anthropic", request.model) as span:
        span.answered(model.respond(request))

Names are those of https://github.com/open-telemetry/semantic-conventions-genai. A span carries numbers, kinds and the
names of models and skills: no text, no argument, no person, and of an error only what kind it is.

The one module that imports OpenTelemetry, on first use. The provider is this module's own and never the global one:
libraries that trace by themselves would put addresses and words into their spans.
"""

import os
import re
import threading
from collections.abc import Mapping
from contextvars import ContextVar
from types import MappingProxyType, TracebackType
from typing import TYPE_CHECKING

import structlog
from django.conf import settings
from django.utils.crypto import salted_hmac

from agents.errors import ModelError
from agents.types import HandOver, ModelAnswer, Outcome, Reply, Stop

if TYPE_CHECKING:
    from opentelemetry.context import Context
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.trace import SpanKind, Tracer

log = structlog.get_logger(__name__)
Value = str | int | bool | list[str]
EXPORT_SECONDS = 3.0  # for one batch with all its attempts; the end of a process waits for a few batches at most
AGENT = "receptionist"
OUTSIDE = ("anthropic",)  # what answers from another machine
FINISHED = {
    Stop.END: "stop",
    Stop.TOOLS: "tool_call",
    Stop.TRUNCATED: "length",
    Stop.REFUSED: "content_filter",
    Stop.PAUSED: "pause",
}
NOTHING: Mapping[str, Value] = MappingProxyType({})
_CODE = re.compile(r"[a-z]{1,20}(?:_[a-z]{1,20}){0,4}$|\d{3}(?!\d)")  # overloaded_error, timeout, 404
_about: ContextVar[Mapping[str, Value]] = ContextVar("about", default=NOTHING)
_trace: ContextVar[int] = ContextVar("trace", default=0)
_making = threading.Lock()
_made: dict[str, "tuple[TracerProvider, Tracer] | None"] = {}


class Span:
    """What nobody hears of: telemetry is off."""

    def __enter__(self) -> "Span":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        """Errors pass."""

    def answered(self, answer: ModelAnswer) -> None:
        """A model's answer: which model, what it used, why it stopped."""

    def ended(self, outcome: Outcome) -> None:
        """What a turn came to."""

    def failed(self, kind: str) -> None:
        """`kind` is one of few words."""


OFF = Span()


def turn(
    *, schema: str, conversation_id: int, turn_id: int | None, version: int | None, provider: str, model: str
) -> Span:
    """The assistant's turn; what is begun within it belongs to it. `turn_id` None: a rehearsal, which is no row."""
    tracer = _tracer()
    if tracer is None:
        return OFF
    about = _conversation(schema, conversation_id) | {"frontdesk.rehearsal": turn_id is None}
    if turn_id is not None:
        about["frontdesk.turn.id"] = turn_id
    return _Sent(
        tracer,
        f"invoke_agent {AGENT}",
        about
        | {
            "gen_ai.operation.name": "invoke_agent",
            "gen_ai.provider.name": provider,
            "gen_ai.request.model": model,
            "gen_ai.agent.name": AGENT,
            "gen_ai.agent.version": str(version or 0),
        },
        about=about,
        trace=int(trace_id(schema, turn_id), 16) if turn_id is not None else 0,
    )


def model_call(provider: str, model: str, *, schema: str = "", conversation_id: int = 0) -> Span:
    """One call of a model, whether of a turn or, with `schema` and `conversation_id`, beside any."""
    tracer = _tracer()
    if tracer is None:
        return OFF
    about = _conversation(schema, conversation_id) if schema else _about.get()
    attributes = {"gen_ai.operation.name": "chat", "gen_ai.provider.name": provider, "gen_ai.request.model": model}
    return _Sent(tracer, f"chat {model}", {**about, **attributes}, outside=provider in OUTSIDE)


def skill(name: str) -> Span:
    """One skill, with its attempts. Names that a model made up are no skill's: give "unknown" for them."""
    tracer = _tracer()
    if tracer is None:
        return OFF
    attributes = {"gen_ai.operation.name": "execute_tool", "gen_ai.tool.name": name, "gen_ai.tool.type": "function"}
    return _Sent(tracer, f"execute_tool {name}", {**_about.get(), **attributes})


def trace_id(schema: str, turn_id: int) -> str:
    """Under which a turn is found, 32 hexadecimal digits: known beforehand, and the same when it is continued."""
    return salted_hmac("telemetry.trace", f"{schema}:{turn_id}", algorithm="sha256").hexdigest()[:32]


def enabled() -> bool:
    return bool(settings.OTEL_EXPORTER_OTLP_ENDPOINT)


def end() -> None:
    """Send what waits, for some seconds at most: the process is about to end."""
    with _making:
        ending = [made for made in _made.values() if made is not None]
        _made.clear()
    for provider, _ in ending:
        provider.shutdown()


class _Sent(Span):
    """Open from `with` to its end; the current span of this thread meanwhile."""

    def __init__(
        self,
        tracer: "Tracer",
        name: str,
        attributes: Mapping[str, Value],
        *,
        outside: bool = False,
        about: Mapping[str, Value] | None = None,
        trace: int = 0,
    ) -> None:
        self._tracer = tracer
        self._name = name
        self._attributes = attributes
        self._outside = outside
        self._opens = about
        self._trace = trace

    def __enter__(self) -> Span:
        from opentelemetry import context, trace

        kind: SpanKind = trace.SpanKind.CLIENT if self._outside else trace.SpanKind.INTERNAL
        within: Context | None = context.Context() if self._opens is not None else None  # a turn is nobody's child
        chosen = _trace.set(self._trace)
        self._span = self._tracer.start_span(self._name, within, kind, self._attributes)
        _trace.reset(chosen)
        self._before = _about.set(self._opens if self._opens is not None else _about.get())
        self._current = context.attach(trace.set_span_in_context(self._span))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        from opentelemetry import context

        if error is not None:
            self.failed(_kind(error))
        context.detach(self._current)
        _about.reset(self._before)
        self._span.end()

    def answered(self, answer: ModelAnswer) -> None:
        usage = answer.usage
        self._span.set_attributes(
            {
                "gen_ai.response.model": answer.model[:60],
                "gen_ai.response.finish_reasons": [FINISHED[answer.stop]],
                # The convention's sum holds what came from the cache; Anthropic's own doesn't.
                "gen_ai.usage.input_tokens": usage.input_tokens + usage.cache_read_tokens + usage.cache_write_tokens,
                "gen_ai.usage.output_tokens": usage.output_tokens,
                "gen_ai.usage.cache_read.input_tokens": usage.cache_read_tokens,
                "gen_ai.usage.cache_write.input_tokens": usage.cache_write_tokens,
            }
        )

    def ended(self, outcome: Outcome) -> None:
        named = {Reply: "reply", HandOver: "handoff"}
        self._span.set_attribute("frontdesk.outcome", named.get(type(outcome), "silence"))

    def failed(self, kind: str) -> None:
        from opentelemetry.trace import StatusCode

        self._span.set_attribute("error.type", kind)
        self._span.set_status(StatusCode.ERROR)


def _conversation(schema: str, conversation_id: int) -> dict[str, Value]:
    return {"frontdesk.business": schema, "gen_ai.conversation.id": f"{schema}/{conversation_id}"}


def _kind(error: BaseException) -> str:
    """The vendor's code where there is one, else the name of the exception: never its message."""
    code = _CODE.match(str(error)) if isinstance(error, ModelError) else None
    return code.group() if code else type(error).__name__


def _tracer() -> "Tracer | None":
    endpoint = settings.OTEL_EXPORTER_OTLP_ENDPOINT
    if not endpoint:
        return None
    with _making:
        if endpoint not in _made:
            _made[endpoint] = _make(endpoint)
        made = _made[endpoint]
    return made[1] if made is not None else None


def _make(endpoint: str) -> "tuple[TracerProvider, Tracer] | None":
    """One for the process: a bounded queue that drops what is too much, emptied by a thread of its own."""
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
        from opentelemetry.sdk.trace.id_generator import RandomIdGenerator
    except ImportError:
        log.error("telemetry.not_installed", needed="requirements/telemetry.in")
        return None

    class Ids(RandomIdGenerator):
        def generate_trace_id(self) -> int:
            return _trace.get() or super().generate_trace_id()

    resource = Resource.create({"service.name": os.environ.get("OTEL_SERVICE_NAME", "frontdesk")})
    provider = TracerProvider(resource=resource, id_generator=Ids())
    exporter = OTLPSpanExporter(endpoint=f"{endpoint}/v1/traces", timeout=EXPORT_SECONDS)
    provider.add_span_processor(BatchSpanProcessor(exporter))
    return provider, provider.get_tracer("frontdesk")
