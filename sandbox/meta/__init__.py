"""The place of the WhatsApp Cloud API. Nothing is built yet: every request is refused aloud."""

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

METHODS = ["GET", "POST", "DELETE"]


async def not_built(request: Request) -> JSONResponse:
    message = f"The sandbox does not play Meta yet: {request.method} {request.url.path}"
    return JSONResponse({"error": {"message": message, "type": "OAuthException", "code": 2}}, status_code=501)


routes = [Route("/{path:path}", not_built, methods=METHODS)]
