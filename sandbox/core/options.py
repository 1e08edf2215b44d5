"""The command line."""

import argparse
from dataclasses import dataclass, field
from pathlib import Path

DEFAULT_TWILIO = ("AC" + "5" * 32, "sandbox-twilio-auth-token")
DEFAULT_GOOGLE = ("sandbox.apps.googleusercontent.com", "sandbox-google-secret")
DEFAULT_WEBHOOK = "http://127.0.0.1:8000/webhooks/twilio/"
DEFAULT_META_WEBHOOK = "http://127.0.0.1:8000/webhooks/meta/"
DEFAULT_META = ("100000000000001", "sandbox-meta-app-secret")
DEFAULT_META_TOKEN = "EAAsandboxtoken"


@dataclass(frozen=True, kw_only=True)
class Options:
    """`reroute` connects requests for a public origin elsewhere; they stay signed for the public one."""

    state: Path
    host: str = "127.0.0.1"
    port: int = 8700
    smtp_port: int = 8725
    webhook: str = DEFAULT_WEBHOOK
    twilio_accounts: dict[str, str] = field(default_factory=lambda: dict([DEFAULT_TWILIO]))
    google_clients: dict[str, str] = field(default_factory=lambda: dict([DEFAULT_GOOGLE]))
    meta_app: tuple[str, str] = DEFAULT_META
    meta_token: str = DEFAULT_META_TOKEN
    meta_webhook: str = DEFAULT_META_WEBHOOK
    specifications: Path | None = None
    keep_requests: Path | None = None
    anthropic_keys: frozenset[str] = frozenset()
    reroute: dict[str, str] = field(default_factory=dict)
    delivery_seconds: float = 0.15


def parse(arguments: list[str]) -> Options:
    """Options from the command line; ends the program with a clear message when they don't fit."""
    parser = _parser()
    given = parser.parse_args(arguments)
    accounts = [_pair(parser, "--twilio-account", text, ":") for text in given.twilio_account]
    clients = [_pair(parser, "--google-client", text, ":") for text in given.google_client]
    return Options(
        state=given.state,
        host=given.host,
        port=given.port,
        smtp_port=given.smtp_port,
        webhook=given.webhook,
        twilio_accounts=dict(accounts or [DEFAULT_TWILIO]),
        google_clients=dict(clients or [DEFAULT_GOOGLE]),
        meta_app=_pair(parser, "--meta-app", given.meta_app, ":"),
        meta_token=given.meta_token,
        meta_webhook=given.meta_webhook,
        specifications=given.specifications,
        keep_requests=given.keep_requests,
        anthropic_keys=frozenset(given.anthropic_key),
        reroute=dict(_pair(parser, "--reroute", text, "=") for text in given.reroute),
        delivery_seconds=given.delivery_seconds,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    add = parser.add_argument
    add("--state", type=Path, required=True, help="folder that keeps messages and events over restarts")
    add("--host", default="127.0.0.1")
    add("--port", type=int, default=8700, help="HTTP port, 0 for a free one")
    add("--smtp-port", type=int, default=8725, help="SMTP port, 0 for a free one")
    add("--webhook", default=DEFAULT_WEBHOOK, help="where patients' messages go, unless a number has its own")
    add("--twilio-account", action="append", default=[], metavar="SID:TOKEN")
    add("--google-client", action="append", default=[], metavar="ID:SECRET")
    add("--meta-app", default=":".join(DEFAULT_META), metavar="ID:SECRET")
    add("--meta-token", default=DEFAULT_META_TOKEN, help="opens every WhatsApp business account")
    add("--meta-webhook", default=DEFAULT_META_WEBHOOK, help="where Meta's webhooks go, unless a number has its own")
    add("--specifications", type=Path, help="folder of the vendors' OpenAPI documents that requests are held to")
    add("--keep-requests", type=Path, metavar="FILE", help="adds every request to a vendor as a line of JSON")
    add("--anthropic-key", action="append", default=[], help="accept only these keys (default: any)")
    add("--reroute", action="append", default=[], metavar="PUBLIC_ORIGIN=ADDRESS")
    add("--delivery-seconds", type=float, default=0.15, help="time between two statuses of a message")
    return parser


def _pair(parser: argparse.ArgumentParser, option: str, text: str, separator: str) -> tuple[str, str]:
    left, found, right = text.partition(separator)
    if not (found and left and right):
        parser.error(f"{option} wants two values joined by {separator!r}, got {text!r}")
    return left, right
