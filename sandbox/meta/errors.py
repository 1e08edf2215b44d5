"""Graph's error answers. https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes"""

import secrets

from starlette.requests import Request
from starlette.responses import JSONResponse

# Code → HTTP status and title.
KNOWN: dict[int, tuple[int, str]] = {
    100: (400, "Invalid parameter"),
    190: (401, "Error validating access token"),
    200: (403, "Permission denied"),
    803: (404, "Some of the aliases you requested do not exist"),
    2388024: (400, "Content in this language already exists"),
    130429: (429, "Rate limit hit"),
    131009: (400, "Parameter value is not valid"),
    131026: (400, "Message undeliverable"),
    131047: (400, "Re-engagement message"),
    131051: (400, "Message type unknown"),
    131052: (400, "Media download error"),
    131056: (429, "(Business Account, Consumer Account) pair rate limit hit"),
    132000: (400, "Number of parameters does not match the expected number of params"),
    132001: (404, "Template name does not exist in the translation"),
    133010: (400, "Phone number not registered"),
}


class MetaError(Exception):
    """An error answer by Meta's code; `detail` is what a developer reads in error_data."""

    def __init__(self, code: int, detail: str = "") -> None:
        self.status, self.title = KNOWN[code]
        self.code = code
        self.detail = detail
        super().__init__(f"(#{code}) {self.title}: {detail}")


async def answer_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, MetaError)
    return JSONResponse({"error": body_of(error.code, error.detail)}, status_code=error.status)


def body_of(code: int, detail: str = "") -> dict[str, object]:
    """The `error` of an answer."""
    title = KNOWN[code][1] if code in KNOWN else "Error"
    return {
        "message": f"(#{code}) {title}",
        "type": "OAuthException",
        "code": code,
        "error_data": {"messaging_product": "whatsapp", "details": detail or title},
        "fbtrace_id": secrets.token_urlsafe(9),
    }
