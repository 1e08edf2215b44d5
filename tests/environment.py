"""Brings the checkout's own servers up before pytest-django reads the settings (a `-p` plugin: see pyproject)."""

import os
import sys

from cryptography.fernet import Fernet

from frontdesk.stack.embedded import provide_environment
from frontdesk.words.catalogs import compile_stale

list(compile_stale())
_servers = provide_environment(True)
_servers.__enter__()
# Dozens of programs are started here, each for itself: what one has compiled the next one reads.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
os.environ["FIELD_KEYS"] = Fernet.generate_key().decode()
# A Redis database of their own for each test process, so that a demo of the same checkout hears nothing of them.
_worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
os.environ["REDIS_URL"] = f"{os.environ['REDIS_URL'].rsplit('/', 1)[0]}/{1 + _worker % 15}"
os.environ["PUBLIC_ORIGIN"] = "http://testserver"
for name in ("ANTHROPIC_API_KEY", "ANTHROPIC_BASE_URL", "EMAIL_URL", "OTEL_EXPORTER_OTLP_ENDPOINT"):
    os.environ.pop(name, None)


def pytest_unconfigure() -> None:
    _servers.__exit__(None, None, None)
