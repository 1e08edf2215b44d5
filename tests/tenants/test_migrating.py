"""Migrations run by batches say what Django's own executor says, statement by statement. With real commits."""

import re
import secrets

import pytest
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django_tenants.utils import tenant_context

from tenants import schema, schema_making, schema_script
from tenants.migrating import migrate
from tenants.models import Business

MOMENT = re.compile(r"'\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?\+00:00'")  # a column's default while it is added


def _by_django(installed):
    executor = MigrationExecutor(connection)
    executor.migrate([node for node in executor.loader.graph.leaf_nodes() if node[0] in installed])


@pytest.fixture
def said_by(django_db_setup, django_db_blocker):
    """What a way of running all migrations says in a new, bare schema; the schemas are dropped afterwards."""
    made = []

    def say(way):
        business = Business(schema_name=f"b_{secrets.token_hex(6)}", slug="bare")
        made.append(business.schema_name)
        with connection.cursor() as cursor:
            cursor.execute(f'CREATE SCHEMA "{business.schema_name}"')
        with schema_script.recording() as statements, tenant_context(business), connection.cursor() as cursor:
            MigrationRecorder(connection).ensure_schema()
            cursor.execute(schema_making.NOTE_SHARED, [list(settings.TENANT_APPS)])
            way(settings.TENANT_APPS)
        return [MOMENT.sub("(moment)", statement) for statement in statements]

    with django_db_blocker.unblock():
        schema.leave()
        yield say
        schema.leave()
        with connection.cursor() as cursor:
            for name in made:
                cursor.execute(f'DROP SCHEMA IF EXISTS "{name}" CASCADE')
        connection.close()


def test_they_say_the_same_in_the_same_order_as_django_would(said_by):
    ours, djangos = said_by(migrate), said_by(_by_django)
    assert len(ours) > 500
    assert ours == djangos
