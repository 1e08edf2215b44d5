"""What the migrations of this code say to Postgres when they make a business's schema, written down once.

The migration executor renders thousands of models to find the same few hundred statements for each business. They
are noted while it makes one (`recording`) and kept in public under a digest of the migrations; the next business is
made by sending them in one go (docs/decisions/0025). A record of other migrations is never used.
"""

import datetime as dt
import hashlib
import inspect
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import django
import structlog
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django_tenants.utils import schema_context

from tenants import clock
from tenants.models import SchemaScript

log = structlog.get_logger(__name__)
KEPT = dt.timedelta(days=1)  # longer than any deploy in which processes of two versions make businesses

# What only looks, what the connection does for itself, and the executor's notes (`SchemaScript.migrations` has them).
_LEFT_OUT = re.compile(
    r"\s*(?:SELECT\b(?!.*\bsetval\()|SHOW\b|SET\s+search_path\b|INSERT\s+INTO\s+\"?django_migrations\b)",
    re.IGNORECASE | re.DOTALL,
)
# Nobody waits for an index of an empty table, and in a transaction it can't be made without waiting.
_WITHOUT_WAITING = re.compile(r"(\s*(?:CREATE(?: UNIQUE)?|DROP) INDEX) CONCURRENTLY\b", re.IGNORECASE)


def current() -> SchemaScript | None:
    """The record of exactly this code's migrations, if one was kept."""
    return SchemaScript.objects.filter(digest=digest()).first()


@contextmanager
def recording() -> Iterator[list[str]]:
    """Everything that changes something on this thread's connection within the block, in order."""
    statements: list[str] = []

    def note(execute: Any, statement: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
        result = execute(statement, params, many, context)
        text = str(statement)
        if not _LEFT_OUT.match(text):
            statements.extend(_filled_in(text, each) for each in (params if many else [params]))
        return result

    with connection.execute_wrapper(note):
        yield statements


def _filled_in(statement: str, params: Any) -> str:
    operations: Any = connection.ops
    text = statement if params is None else operations.compose_sql(statement, params)
    return _WITHOUT_WAITING.sub(r"\1", text)


def keep(statements: list[str], schema_name: str) -> None:
    """Keep what made this schema as the way to make the next ones."""
    text = "\n;\n".join(statements)
    if schema_name in text:
        log.error("schema_script.unusable", reason="a migration names the schema that it runs in")
        return
    with schema_context(schema_name):
        noted = MigrationRecorder.Migration.objects.filter(app__in=settings.TENANT_APPS).order_by("id")
        migrations = [list(pair) for pair in noted.values_list("app", "name")]
    SchemaScript.objects.bulk_create(
        [SchemaScript(digest=digest(), statements=text, migrations=migrations)], ignore_conflicts=True
    )
    SchemaScript.objects.exclude(digest=digest()).filter(made_at__lt=clock.now() - KEPT).delete()


@cache
def digest() -> str:
    """SHA-256 over the source of all migrations that this process would run, and what turns them into statements."""
    found = hashlib.sha256(django.get_version().encode())
    for (app, name), migration in sorted(migrations_of_the_code().items()):
        source = Path(inspect.getfile(type(migration)))
        found.update(f"\0{app}.{name}\0".encode() + source.read_bytes())
    return found.hexdigest()


@cache
def migrations_of_the_code() -> dict[tuple[str, str], Any]:
    """By app label and name; a squashed one stands for those it replaces."""
    return dict(MigrationLoader(None, ignore_no_migrations=True).graph.nodes.items())
