"""Google's error answers. https://developers.google.com/workspace/calendar/api/guides/errors."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse


class GoogleError(Exception):
    """An API error: HTTP status, reason and message, with what they point at."""

    def __init__(self, code: int, reason: str, message: str, **where: str) -> None:
        super().__init__(message)
        self.code = code
        self.detail = {"domain": "global", "reason": reason, "message": message, **where}


class OAuthError(Exception):
    """The token endpoint's error: {"error": …, "error_description": …}."""

    def __init__(self, error: str, description: str, *, status: int = 400) -> None:
        super().__init__(description)
        self.status = status
        self.body = {"error": error, "error_description": description}


def not_found() -> GoogleError:
    return GoogleError(404, "notFound", "Not Found")


def invalid(message: str) -> GoogleError:
    return GoogleError(400, "invalid", message)


def required(message: str) -> GoogleError:
    return GoogleError(400, "required", message)


def bad_request(message: str) -> GoogleError:
    return GoogleError(400, "badRequest", message)


async def answer_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, GoogleError)
    body: dict[str, Any] = {"errors": [error.detail], "code": error.code, "message": str(error)}
    if error.code == 401:
        body["status"] = "UNAUTHENTICATED"
    return JSONResponse({"error": body}, status_code=error.code)


async def answer_oauth_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, OAuthError)
    return JSONResponse(error.body, status_code=error.status)
