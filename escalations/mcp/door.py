"""`POST /b/<slug>/api/mcp`: one message in, one out (streamable HTTP, answered as JSON; there is nothing to stream)."""

from typing import Any

from django.conf import settings
from pydantic_core import from_json
from rest_framework.request import Request
from rest_framework.response import Response

from escalations.api.door import Door, body_sent
from escalations.api.problems import Problem
from escalations.mcp import messages
from escalations.mcp.messages import HANDSHAKE, MODERN, PARSE_ERROR, Caller, Reply, RpcError


class McpDoor(Door):
    """The key, the rate and the business are the API's door's to check."""

    @property
    def allowed_methods(self) -> list[str]:
        return ["POST"]

    def http_method_not_allowed(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        raise Problem(405, "method_not_allowed", "There are no sessions and no streams: send POST.")

    def post(self, request: Request) -> Response:
        origin = request.headers.get("Origin")
        if origin not in (None, settings.PUBLIC_ORIGIN):
            raise Problem(403, "origin_refused", "This is for programs, not for pages of other sites.")
        reply = self._reply(request)
        response = Response(reply.body, status=reply.status)
        response["Cache-Control"] = "no-store"
        return response

    def _reply(self, request: Request) -> Reply:
        version = request.headers.get("Mcp-Protocol-Version")
        if version not in (None, *HANDSHAKE, *MODERN):
            return messages.refusal(None, messages.unsupported(version), modern=True)
        try:
            message = from_json(body_sent(request))
        except ValueError:
            return messages.refusal(None, RpcError(PARSE_ERROR, "This is not JSON."), modern=True)
        caller = Caller(business=self.business, key=self.api_key, headers=request.headers)
        return messages.answer(caller, message)
