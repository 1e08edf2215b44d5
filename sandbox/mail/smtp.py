"""Takes every mail, as the mail server of everyone."""

import asyncio
import email
import email.policy
import socket
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope

from sandbox.core.state import Document
from sandbox.core.world import World

SIZE_LIMIT = 10_000_000


class Mailbox:
    """aiosmtpd's handler: one method per SMTP command that matters."""

    def __init__(self, world: World) -> None:
        self.world = world

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Envelope) -> str:
        content = envelope.content if isinstance(envelope.content, bytes) else (envelope.content or "").encode()
        message = email.message_from_bytes(content, policy=email.policy.default)
        number = self.world.store.next("mail")
        document = _document(number, envelope, message, content)
        self.world.store.put("mail", str(number), document)
        return "250 OK"


def _document(number: int, envelope: Envelope, message: EmailMessage, raw: bytes) -> Document:
    return {
        "id": number,
        "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "from": envelope.mail_from,
        "to": list(envelope.rcpt_tos),
        "subject": str(message.get("subject", "")),
        "headers": {name: str(value) for name, value in message.items()},
        "text": _part(message, "plain"),
        "html": _part(message, "html"),
        "raw": raw.decode("utf-8", "replace"),
    }


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    return str(part.get_content()) if part is not None else ""


async def start_smtp(world: World, listening: socket.socket) -> asyncio.Server:
    """Serves SMTP on a socket that already listens."""
    loop = asyncio.get_running_loop()
    return await loop.create_server(
        lambda: SMTP(
            Mailbox(world),
            hostname="sandbox.localhost",
            data_size_limit=SIZE_LIMIT,
            enable_SMTPUTF8=True,
            auth_required=False,
            loop=loop,
        ),
        sock=listening,
    )
