"""A collector of OpenTelemetry in small: OTLP over HTTP, in protobuf, as of opentelemetry-proto.

`POST /otlp/v1/traces` takes what an exporter sends; `GET /control/otlp/spans` tells what came, decoded and as bytes.
"""

import base64
import gzip
from dataclasses import asdict, dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.core.world import World, world_of

PROTOBUF = "application/x-protobuf"
KINDS = ("unspecified", "internal", "server", "client", "producer", "consumer")


@dataclass(frozen=True, kw_only=True)
class Span:
    """Ids in hexadecimal; `parent_id` is "" for the first of a trace."""

    name: str
    trace_id: str
    span_id: str
    parent_id: str
    kind: str
    error: bool
    message: str
    events: int
    attributes: dict[str, Any]
    resource: dict[str, Any]
    scope: str


async def traces(request: Request) -> Response:
    from google.protobuf.message import DecodeError
    from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
        ExportTraceServiceRequest,
        ExportTraceServiceResponse,
    )

    if request.headers.get("content-type") != PROTOBUF:
        return Response(f"only {PROTOBUF}", status_code=415)
    body = await request.body()
    if request.headers.get("content-encoding") == "gzip":
        body = gzip.decompress(body)
    try:
        asked = ExportTraceServiceRequest.FromString(body)
    except DecodeError as error:
        return Response(str(error), status_code=400)
    kept = _kept(world_of(request))
    kept["bodies"].append(base64.b64encode(body).decode())
    kept["spans"] += [asdict(span) for span in _spans(asked)]
    return Response(ExportTraceServiceResponse().SerializeToString(), media_type=PROTOBUF)


async def read_spans(request: Request) -> JSONResponse:
    return JSONResponse(_kept(world_of(request)))


def _kept(world: World) -> dict[str, list[Any]]:
    kept: dict[str, list[Any]] = world.memory.setdefault("otlp", {"spans": [], "bodies": []})
    return kept


def _spans(asked: Any) -> list[Span]:
    return [
        Span(
            name=span.name,
            trace_id=span.trace_id.hex(),
            span_id=span.span_id.hex(),
            parent_id=span.parent_span_id.hex(),
            kind=KINDS[span.kind],
            error=span.status.code == 2,
            message=span.status.message,
            events=len(span.events),
            attributes=_values(span.attributes),
            resource=_values(group.resource.attributes),
            scope=scope.scope.name,
        )
        for group in asked.resource_spans
        for scope in group.scope_spans
        for span in scope.spans
    ]


def _values(pairs: Any) -> dict[str, Any]:
    return {pair.key: _value(pair.value) for pair in pairs}


def _value(value: Any) -> Any:
    kind = value.WhichOneof("value")
    if kind == "array_value":
        return [_value(each) for each in value.array_value.values]
    return getattr(value, kind) if kind else None


routes = [Route("/v1/traces", traces, methods=["POST"])]
control_routes = [Route("/otlp/spans", read_spans, methods=["GET"])]
