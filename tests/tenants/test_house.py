from django.apps import apps
from django.conf import settings
from django.db import connection


def test_a_model_lives_in_the_public_schema_or_in_the_businesses_never_in_both():
    assert not set(settings.SHARED_APPS) & set(settings.TENANT_APPS)


def test_a_business_has_its_tables_in_its_own_schema_and_none_of_the_public_ones(clinic):
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", [clinic.schema_name])
        tables = {row[0] for row in cursor.fetchall()}
    own = {
        m._meta.db_table
        for app in settings.TENANT_APPS
        for m in apps.get_app_config(app).get_models(include_auto_created=True)
    }
    assert tables == own | {"django_migrations"}
