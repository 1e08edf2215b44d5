"""Where the measuring happens: a database and a Redis number of its own on the checkout's own servers."""

import os
import secrets
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import psycopg
import redis
from psycopg import sql

from frontdesk.stack.embedded import provide_environment

REDIS_NUMBER = 15  # the demo has 0, tests count up from 1
FROM_OUTSIDE = ("DATABASE_URL", "REDIS_URL", "ANTHROPIC_API_KEY", "ANTHROPIC_BASE_URL", "TWILIO_BASE_URL")


@contextmanager
def own_database() -> Iterator[None]:
    """Django is set up in a migrated, empty database; whatever the environment points at is left alone."""
    for name in FROM_OUTSIDE:
        os.environ.pop(name, None)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "frontdesk.settings")
    os.environ["LOG_LEVEL"] = "ERROR"
    warnings.filterwarnings("ignore", message="No directory at", module="django")  # static files aren't collected
    with provide_environment():
        server, name = os.environ["DATABASE_URL"], f"bench_{secrets.token_hex(4)}"
        os.environ["REDIS_URL"] = f"{os.environ['REDIS_URL'].rsplit('/', 1)[0]}/{REDIS_NUMBER}"
        _administer(server, sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        os.environ["DATABASE_URL"] = urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
        try:
            _migrate()
            yield
        finally:
            _close()
            _administer(server, sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _administer(server: str, statement: sql.Composed) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement)


def _migrate() -> None:
    import django

    django.setup()
    from tenants.upgrades import upgrade

    upgrade()


def _close() -> None:
    from django.db import connections

    connections.close_all()
    redis.Redis.from_url(os.environ["REDIS_URL"]).flushdb()  # bells that nobody will hear
