"""The demo's programs and the environment that points the product at the sandbox."""

import secrets
import sys
from collections.abc import Mapping
from dataclasses import dataclass

from frontdesk.stack.checkout import Checkout
from frontdesk.stack.supervisor import Program

VOICE = "VOICE_MODEL_FOLDER"
WORKER_THREADS = 16  # turns mostly wait for a model


@dataclass(frozen=True, kw_only=True)
class Ports:
    web: int
    sandbox: int
    smtp: int

    @property
    def web_origin(self) -> str:
        return f"http://127.0.0.1:{self.web}"

    @property
    def sandbox_origin(self) -> str:
        return f"http://127.0.0.1:{self.sandbox}"


def environment_for(checkout: Checkout, ports: Ports, given: Mapping[str, str]) -> dict[str, str]:
    """What the children get. Twilio, Meta, Google and mail go to the sandbox, Anthropic only without a key."""
    vendors = checkout.secrets(
        {
            "TWILIO_ACCOUNT_SID": lambda: "AC" + secrets.token_hex(16),
            "TWILIO_AUTH_TOKEN": lambda: secrets.token_hex(16),
            "META_APP_ID": lambda: str(10**14 + secrets.randbelow(10**14)),
            "META_APP_SECRET": lambda: secrets.token_hex(16),
            "META_ACCESS_TOKEN": lambda: f"EAA{secrets.token_hex(24)}",
            "META_VERIFY_TOKEN": lambda: secrets.token_urlsafe(24),
            "META_CONFIG_ID": lambda: str(10**14 + secrets.randbelow(10**14)),
            "GOOGLE_CLIENT_ID": lambda: f"{secrets.token_hex(8)}.apps.googleusercontent.com",
            "GOOGLE_CLIENT_SECRET": lambda: secrets.token_urlsafe(24),
        }
    )
    environment = {
        **given,
        **{name: value for name, value in vendors.items() if name.startswith(("TWILIO_", "GOOGLE_", "META_"))},
        "DJANGO_SETTINGS_MODULE": "frontdesk.settings",
        "PUBLIC_ORIGIN": ports.web_origin,
        "STATIC_BUILT": "true",
        "STATIC_ROOT": str(checkout.local / "static"),
        "TWILIO_BASE_URL": f"{ports.sandbox_origin}/twilio",
        "GOOGLE_BASE_URL": f"{ports.sandbox_origin}/google",
        "META_BASE_URL": f"{ports.sandbox_origin}/meta",
        "EMAIL_URL": f"smtp://127.0.0.1:{ports.smtp}",
    }
    if not environment.get("ANTHROPIC_API_KEY"):
        environment.pop("ANTHROPIC_API_KEY", None)
        environment["ANTHROPIC_BASE_URL"] = f"{ports.sandbox_origin}/anthropic"
    return environment


def programs(checkout: Checkout, ports: Ports, environment: Mapping[str, str]) -> tuple[Program, ...]:
    """The sandbox first: the others talk to it. Last, where there is a model for it, what listens to voice notes."""
    python = (sys.executable, "-m")
    celery = (*python, "celery", "-A", "frontdesk")
    sandbox = (*python, "sandbox", "--port", str(ports.sandbox), "--smtp-port", str(ports.smtp))
    accounts = (
        *("--state", str(checkout.local / "sandbox"), "--webhook", f"{ports.web_origin}/webhooks/twilio/"),
        *("--twilio-account", f"{environment['TWILIO_ACCOUNT_SID']}:{environment['TWILIO_AUTH_TOKEN']}"),
        *("--meta-app", f"{environment['META_APP_ID']}:{environment['META_APP_SECRET']}"),
        *("--meta-token", environment["META_ACCESS_TOKEN"], "--meta-webhook", f"{ports.web_origin}/webhooks/meta/"),
        *("--google-client", f"{environment['GOOGLE_CLIENT_ID']}:{environment['GOOGLE_CLIENT_SECRET']}"),
    )
    web = (*python, "uvicorn", "frontdesk.asgi:application", "--host", "127.0.0.1", "--port", str(ports.web))
    worker = ("worker", "--pool", "threads", "--concurrency", str(WORKER_THREADS), "--loglevel", "INFO")
    quiet = ("--without-gossip", "--without-mingle")
    listener = ("worker", "-Q", "listening", "-n", "listener@%h", "--pool", "prefork", "--concurrency", "1")
    schedule = str(checkout.run / "beat-schedule")
    return (
        Program(name="sandbox", command=(*sandbox, *accounts), port=ports.sandbox),
        Program(
            name="web",
            command=(*web, "--timeout-graceful-shutdown", "2", "--no-access-log"),
            port=ports.web,
        ),
        Program(name="worker", command=(*celery, *worker, *quiet)),
        Program(name="beat", command=(*celery, "beat", "--schedule", schedule, "--pidfile", "")),
        *([Program(name="listener", command=(*celery, *listener, *quiet))] if environment.get(VOICE) else []),
    )
