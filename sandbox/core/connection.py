"""Connections that can be cut: an ASGI application has no way to do that by itself."""

from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

EXTENSION = "sandbox.transport"


class CuttableProtocol(HttpToolsProtocol):
    """Puts the transport into the scope."""

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope["extensions"] = {EXTENSION: self.transport}


class ConnectionCut(Exception):
    """Raised by an endpoint (also in the middle of a stream) to end the connection without another byte."""


def cut(scope: Any) -> None:
    """Ends the connection at once, as a crashed server or network would."""
    scope["extensions"][EXTENSION].abort()
