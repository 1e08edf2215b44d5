"""A new business's schema, made by migration (docs/decisions/0008: not by cloning)."""

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django_tenants.utils import tenant_context

from tenants import schema
from tenants.models import Business

# The public schema's migrations create nothing in a business's: noting them as done spares rendering their models.
NOTE_SHARED = """
INSERT INTO django_migrations (app, name, applied)
SELECT app, name, applied FROM public.django_migrations WHERE app <> ALL(%s)
"""


def make_schema(business: Business) -> None:
    """Create the business's schema with all its tables; commits by itself."""
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE SCHEMA "{business.schema_name}"')
    with tenant_context(business), connection.cursor() as cursor:
        MigrationRecorder(connection).ensure_schema()
        cursor.execute(NOTE_SHARED, [list(settings.TENANT_APPS)])
    call_command("migrate_schemas", tenant=True, schema_name=business.schema_name, interactive=False, verbosity=0)
    schema.leave()
