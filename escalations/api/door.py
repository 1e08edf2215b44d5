"""The one way in: business, key, scope, rate, shape; then the operation; then its answer. Nothing goes around it."""

from typing import Any, ClassVar

from django.core.exceptions import RequestDataTooBig
from django.db import transaction
from django.http import HttpRequest, UnreadablePostError
from django.http.response import HttpResponseBase
from pydantic import BaseModel, ValidationError
from rest_framework.exceptions import MethodNotAllowed
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView, set_rollback

from calendar_sync.errors import DiaryError
from escalations.api import diary_problems, idempotency, keys, problems, throttling
from escalations.api.idempotency import Written
from escalations.api.operations import Call, Operation
from escalations.api.problems import Missing, Problem
from escalations.api.shapes import LARGEST, Nothing
from escalations.models import ApiKey
from tenants.audit import record
from tenants.models import Business

CHALLENGE = 'Bearer realm="Frontdesk"'


class OnlyJson(BaseContentNegotiation):
    """There is one format; whoever asks for another gets this one."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        return parsers[0]

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> Any:
        return renderers[0], renderers[0].media_type


class Door(APIView):
    """The operations of one path, by method."""

    authentication_classes = ()
    permission_classes = ()
    throttle_classes = ()
    renderer_classes = (JSONRenderer,)
    content_negotiation_class = OnlyJson
    metadata_class = None
    operations: ClassVar[dict[str, Operation]] = {}

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        self.business, self.api_key = admit(request)

    def call(self, request: Request, **ids: int) -> Response:
        method = "GET" if request.method == "HEAD" else str(request.method)
        operation = self.operations[method]
        check_scope(self.business, self.api_key, operation)
        if any(each > LARGEST for each in ids.values()):
            raise Missing
        sent = body_sent(request) if operation.writes else b""
        call = Call(
            business=self.business,
            key=self.api_key,
            ids=ids,
            query=_query(operation, request),
            body=_body(operation, request, sent),
        )
        token = idempotency.token_of(request.headers) if operation.writes else None
        digest = idempotency.digest_of(method, request.path, sent)
        written = run(operation, call, token=token, digest=digest)
        response = Response(written.body, status=written.status)
        response["Cache-Control"] = "no-store"
        return response

    def http_method_not_allowed(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Response:
        if not self.operations:
            raise Missing
        raise MethodNotAllowed(str(request.method))

    @property
    def allowed_methods(self) -> list[str]:
        return [*self.operations]

    def get_exception_handler(self) -> Any:
        return refuse

    def handle_exception(self, exc: Exception) -> Response:
        response = super().handle_exception(exc)
        if response.status_code == 405:
            response["Allow"] = ", ".join(self.allowed_methods)
        return response


class Elsewhere(Door):
    """Any address below /api/ that is none of ours."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.http_method_names = [str(request.method).lower()]
        setattr(self, str(request.method).lower(), self.http_method_not_allowed)
        return super().dispatch(request, *args, **kwargs)


def refuse(error: Exception, context: Any) -> Response | None:
    problem = diary_problems.of(error) if isinstance(error, DiaryError) else problems.as_problem(error)
    if problem is None:
        return None
    set_rollback()
    headers = {"WWW-Authenticate": CHALLENGE} if problem.status == 401 else {}
    if problem.status == 429:
        headers["Retry-After"] = str(problem.more.pop("retry_after"))
    return problems.answer(problem, headers)


def admit(request: Request) -> tuple[Business, ApiKey]:
    """The business of the path and the key of the header, which must belong together. An address without a business
    is refused like a wrong key: nobody learns from here which businesses there are.
    """
    business: Business | None = getattr(request._request, "business", None)
    sort, _, token = request.headers.get("Authorization", "").partition(" ")
    if business is None or sort.lower() != "bearer" or not token.strip():
        raise Problem(401, "no_key", "Send an API key of this business: `Authorization: Bearer fd_…`.")
    if business.fenced_at is not None:
        raise Problem(503, "being_upgraded", "This business is being upgraded. Please try again later.")
    key = keys.find(token.strip())
    if key is None:
        raise Problem(401, "wrong_key", "This is not an API key of this business, or it was revoked.")
    wait = throttling.seconds_to_wait(key)
    if wait is not None:
        raise Problem(429, "too_many_calls", f"Too many calls. Please wait {wait} seconds.", retry_after=wait)
    keys.note_use(key)
    return business, key


def check_scope(business: Business, key: ApiKey, operation: Operation) -> None:
    if operation.scope not in key.scopes:
        raise Problem(403, "scope_missing", f"This key lacks the scope {operation.scope}.")
    if business.suspended and operation.writes:
        raise Problem(403, "suspended", "This business is suspended: nothing can be changed.")


def run(operation: Operation, call: Call[Any, Any], *, token: str | None = None, digest: str = "") -> Written:
    """A write is one transaction: what it does, its audit entry, and its record under the Idempotency-Key `token`."""
    if operation.before is not None:
        operation.before(call)
    if not operation.writes:
        return _answer(operation, call)
    with transaction.atomic():
        known = idempotency.earlier(call.key, token, digest) if token else None
        if known is not None:
            return known
        written = _answer(operation, call)
        record(call.business, None, f"api.{operation.name}", _subject(call), key=call.key.pk)
        if token:
            idempotency.keep(call.key, token, digest, written)
    return written


def _answer(operation: Operation, call: Call[Any, Any]) -> Written:
    answer = operation.handler(call)
    return Written(status=operation.status, body=None if answer is None else answer.model_dump(mode="json"))


def _subject(call: Call[Any, Any]) -> str:
    return " ".join(f"{name} {number}" for name, number in call.ids.items())


def _query(operation: Operation, request: Request) -> BaseModel:
    try:
        return operation.query.model_validate_strings(request.query_params.dict())
    except ValidationError as error:
        raise problems.from_pydantic(error, "query") from None


def body_sent(request: Request) -> bytes:
    try:
        return request._request.body
    except RequestDataTooBig:
        raise Problem(413, "too_large", "The body is larger than one megabyte.") from None
    except UnreadablePostError:
        raise Problem(400, "malformed", "The body could not be read.") from None


def needs_body(shape: type[BaseModel]) -> bool:
    """Whether something in it has to be said."""
    return any(each.is_required() for each in shape.model_fields.values())


def _body(operation: Operation, request: Request, sent: bytes) -> BaseModel:
    if operation.body is None:
        return Nothing()
    if not sent and not needs_body(operation.body):
        return operation.body()
    if not sent:
        raise Problem(400, "malformed", "The body is missing.")
    if str(request._request.content_type) != "application/json":
        raise Problem(415, "unsupported_media_type", "Send application/json.")
    try:
        return operation.body.model_validate_json(sent)
    except ValidationError as error:
        raise problems.from_pydantic(error, "body") from None
