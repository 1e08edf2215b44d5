"""With real commits: each test breaks a business of its own."""

import datetime as dt
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.utils import ProgrammingError
from django_tenants.utils import tenant_context

from tenants import clock, upgrades
from tenants.models import Business

TOP = "escalations"


@pytest.fixture
def business(fresh_business):
    connection.set_schema_to_public()
    return fresh_business


def _upgrade():
    out = StringIO()
    call_command("upgrade", stdout=out)
    return out.getvalue()


def _run(business, statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement.replace("{schema}", f'"{business.schema_name}"'), values)


def _forget_migrations(business):
    """As if the app on top had only just been written; its tables are still there."""
    _run(business, "DELETE FROM {schema}.django_migrations WHERE app = %s", TOP)


def _remember_migrations(business):
    for app, name in sorted(MigrationLoader(None).disk_migrations):
        if app == TOP:
            _run(
                business,
                "INSERT INTO {schema}.django_migrations (app, name, applied) VALUES (%s, %s, now())",
                app,
                name,
            )


def _drop_tables(business):
    for model in apps.get_app_config(TOP).get_models(include_auto_created=True):
        _run(business, f"DROP TABLE {{schema}}.{model._meta.db_table} CASCADE")


def test_nothing_to_do_is_found_out_by_a_few_queries(business, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        assert "Nothing to upgrade." in _upgrade()


def test_only_the_business_that_lags_is_upgraded(business):
    _drop_tables(business)
    _forget_migrations(business)
    assert upgrades.lagging() == [business]
    assert _upgrade() == f"{business.slug}: upgraded.\n"
    from escalations.models import Escalation

    with tenant_context(business):
        assert Escalation.objects.count() == 0


def test_a_business_whose_migration_fails_is_fenced_off_and_healed_by_the_next_upgrade(business):
    _forget_migrations(business)  # running them again fails
    other = Business.objects.exclude(pk=business.pk).order_by("pk").last()
    with pytest.raises(CommandError, match=business.slug):
        _upgrade()
    business.refresh_from_db()
    assert business.fenced_at is not None
    assert Business.objects.get(pk=other.pk).fenced_at is None
    _remember_migrations(business)
    assert _upgrade() == f"{business.slug}: upgraded.\n"
    business.refresh_from_db()
    assert business.fenced_at is None


def test_one_failing_business_does_not_stop_the_others(business):
    """The broken one comes first in order."""
    second = Business.objects.get(slug="cut-and-co")
    for each in (business, second):
        _forget_migrations(each)
    _drop_tables(business)
    try:
        with pytest.raises(CommandError, match="cut-and-co"):
            _upgrade()
        business.refresh_from_db()
        assert business.fenced_at is None
        assert upgrades.lagging() == [second]
    finally:
        _remember_migrations(second)
        Business.objects.filter(pk=second.pk).update(fenced_at=None)


def test_a_business_that_was_never_finished_is_cleared_away(business):
    Business.objects.create(
        schema_name="b_abandoned", slug="abandoned", name="A", created_at=clock.now() - dt.timedelta(hours=2)
    )
    young = Business.objects.create(schema_name="b_young", slug="young-one", name="Y")
    _upgrade()
    assert not Business.objects.filter(slug="abandoned").exists()
    assert Business.objects.filter(pk=young.pk).exists()
    young.delete()


def test_a_schema_that_is_gone_counts_as_lagging(business):
    with pytest.raises(ProgrammingError):
        _run(business, "SELECT 1 FROM {schema}.nothing_here")
    _run(business, "DROP SCHEMA {schema} CASCADE")
    assert business in upgrades.lagging()
