"""Workers in processes of their own, for tests that kill them. tests/crash/work.py is what they run."""

import atexit
import os
import signal
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
GIVEN = (
    *("TWILIO_BASE_URL", "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"),
    *("GOOGLE_BASE_URL", "GOOGLE_CLIENT_ID", "GOOGLE_CLIENT_SECRET", "SECRET_KEY", "REDIS_URL"),
)


def killed_at(point: str, **more: str) -> bool:
    """Let a worker do what is due; whether it was killed at the point. `more`: further settings of its environment."""
    return _forge(tuple(sorted((environment() | more).items()))).killed_at(point)


def environment() -> dict[str, str]:
    """What a worker of the tests' own database and sandbox needs."""
    database = connection.settings_dict
    login = f"{database['USER']}:{database['PASSWORD']}@{database['HOST']}:{database['PORT']}"
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "ANTHROPIC"))},
        **{name: getattr(settings, name) for name in GIVEN},
        "DATABASE_URL": f"postgres://{login}/{database['NAME']}",
        "PYTHONWARNINGS": "default",
    }


class Forge:
    """A process that has imported everything, and forks each worker."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.said = tempfile.TemporaryFile("w+")  # noqa: SIM115
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.crash.work"],
            cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.said, text=True,
        )  # fmt: skip

    def killed_at(self, point: str) -> bool:
        print(point, file=self.process.stdin, flush=True)
        ended = self.process.stdout.readline().strip()
        self.said.seek(0)
        assert ended in ("0", str(-signal.SIGKILL)), self.said.read()[-3000:]
        return ended != "0"

    def leave(self) -> None:
        self.process.communicate(timeout=20)
        self.said.close()


@cache
def _forge(environment: tuple[tuple[str, str], ...]) -> Forge:
    forge = Forge(dict(environment))
    atexit.register(forge.leave)
    return forge
