"""A new business's schema: by the statements that the migrations have said before, or else by the migrations.

Never by cloning (docs/decisions/0008, 0025).
"""

import secrets

from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django_tenants.utils import tenant_context

from tenants import schema, schema_script
from tenants.migrating import migrate
from tenants.models import Business, SchemaScript

# The public schema's migrations create nothing in a business's: noting them as done spares rendering their models.
NOTE_SHARED = """
INSERT INTO django_migrations (app, name, applied)
SELECT app, name, applied FROM public.django_migrations WHERE app <> ALL(%s)
"""
NOTE_SCRIPTED = """
INSERT INTO django_migrations (app, name, applied)
SELECT app, name, now() FROM unnest(%s::text[], %s::text[]) WITH ORDINALITY AS noted (app, name, place) ORDER BY place
"""


def make_schema(business: Business) -> None:
    """Create the business's schema with all its tables; commits by itself."""
    schema.leave()
    script = schema_script.current()
    if script is None:
        by_migrations(business)
    else:
        _by_script(business, script)


def by_migrations(business: Business) -> None:
    """The long way; what it says is kept for the next ones. May leave a part behind when it fails."""
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE SCHEMA "{business.schema_name}"')
    with schema_script.recording() as statements, tenant_context(business), connection.cursor() as cursor:
        MigrationRecorder(connection).ensure_schema()
        cursor.execute(NOTE_SHARED, [list(settings.TENANT_APPS)])
        migrate(settings.TENANT_APPS)
    schema.leave()
    schema_script.keep(statements, business.schema_name)


def _by_script(business: Business, script: SchemaScript) -> None:
    apps, names = zip(*script.migrations, strict=True)
    with tenant_context(business), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f'CREATE SCHEMA "{business.schema_name}"')
        cursor.execute(script.statements)
        cursor.execute(NOTE_SHARED, [list(settings.TENANT_APPS)])
        cursor.execute(NOTE_SCRIPTED, [list(apps), list(names)])


def write_script() -> None:
    """Have the record of this code's migrations, so that nobody who signs up waits for them."""
    if schema_script.current() is not None:
        return
    passing = Business(schema_name=f"b_{secrets.token_hex(6)}")
    try:
        by_migrations(passing)
    finally:
        schema.leave()
        with connection.cursor() as cursor:
            cursor.execute(f'DROP SCHEMA IF EXISTS "{passing.schema_name}" CASCADE')
