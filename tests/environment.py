"""Brings the checkout's own servers up before pytest-django reads the settings (a `-p` plugin: see pyproject)."""

import os

from cryptography.fernet import Fernet

from frontdesk.stack.embedded import provide_environment

_servers = provide_environment(True)
_servers.__enter__()
os.environ["FIELD_KEYS"] = Fernet.generate_key().decode()
os.environ["PUBLIC_ORIGIN"] = "http://testserver"
for name in ("ANTHROPIC_API_KEY", "ANTHROPIC_BASE_URL", "EMAIL_URL"):
    os.environ.pop(name, None)


def pytest_unconfigure() -> None:
    _servers.__exit__(None, None, None)
