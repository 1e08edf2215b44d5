"""Anthropic's error answers. https://docs.anthropic.com/en/api/errors."""

import secrets

from starlette.requests import Request
from starlette.responses import JSONResponse

STATUS = {
    "invalid_request_error": 400,
    "authentication_error": 401,
    "billing_error": 402,
    "permission_error": 403,
    "not_found_error": 404,
    "request_too_large": 413,
    "rate_limit_error": 429,
    "api_error": 500,
    "timeout_error": 504,
    "overloaded_error": 529,
}


class AnthropicError(Exception):
    """An error answer of one of the types above."""

    def __init__(self, kind: str, message: str, *, status: int | None = None, headers: dict[str, str] | None = None):
        super().__init__(message)
        self.kind = kind
        self.status = status or STATUS[kind]
        self.headers = headers or {}


def invalid(message: str) -> AnthropicError:
    return AnthropicError("invalid_request_error", message)


def new_request_id() -> str:
    return f"req_{secrets.token_hex(12)}"


def body_of(kind: str, message: str, request_id: str) -> dict[str, object]:
    return {"type": "error", "error": {"type": kind, "message": message}, "request_id": request_id}


async def answer_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, AnthropicError)
    request_id = new_request_id()
    headers = {"request-id": request_id, **error.headers}
    return JSONResponse(body_of(error.kind, str(error), request_id), status_code=error.status, headers=headers)
