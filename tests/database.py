"""The test database: a copy of a template that has all tables, made once for each state of the migrations.

Migrating takes some twenty times as long as copying. The template stays on the server for the next run; its name is a
digest of everything that makes it, and a template of other code is dropped when a new one is made.
"""

import hashlib
import inspect
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import connection

PREFIX = "tests_template_"
UNFINISHED = f"{PREFIX}unfinished"


@contextmanager
def fresh_database() -> Iterator[None]:
    """Connect to a new database under the tests' own name; whatever a killed run left there is dropped."""
    creation = connection.creation
    name, before = creation._get_test_db_name(), connection.settings_dict["NAME"]
    assert name.startswith("test_"), "tests never touch the real database"
    with creation._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext(%s))", [PREFIX])  # until this session ends
        template = _template(cursor)
        _drop(cursor, name)
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        # Only the loss of the database server's machine would tell the difference, and no test plays that.
        cursor.execute(f'ALTER DATABASE "{name}" SET synchronous_commit = off')
    _connect_to(name)
    yield
    creation.destroy_test_db(before, verbosity=0)


def _template(cursor: Any) -> str:
    """The name of the one that this code needs; made when it isn't there."""
    wanted = PREFIX + _digest()[:16]
    cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX])
    there = [row[0] for row in cursor.fetchall()]
    if wanted in there:
        return wanted
    for old in there:
        _drop(cursor, old)
    cursor.execute(f'CREATE DATABASE "{UNFINISHED}"')
    _fill(UNFINISHED)
    cursor.execute(f'ALTER DATABASE "{UNFINISHED}" RENAME TO "{wanted}"')
    return wanted


def _fill(name: str) -> None:
    from tenants.upgrades import upgrade

    before = connection.settings_dict["NAME"]
    _connect_to(name)
    upgrade()
    _connect_to(before)


def _digest() -> str:
    from tenants import migrating, schema_making, schema_script, upgrades

    ways = "".join(map(inspect.getsource, (migrating, schema_making, schema_script, upgrades)))
    return hashlib.sha256((schema_script.digest() + ways).encode()).hexdigest()


def _drop(cursor: Any, name: str) -> None:
    cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _connect_to(name: str) -> None:
    connection.close()
    settings.DATABASES[connection.alias]["NAME"] = connection.settings_dict["NAME"] = name
